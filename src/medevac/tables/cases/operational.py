"""The columns that hold operational data: how the patient travels, how soon, and where to."""

from __future__ import annotations

from medevac.tables.cases.case_column import case_column
from medevac.tables.columns import Kind

OPERATIONAL = (
    case_column(
        "ewrs_number",
        Kind.NAME,
        ("EWRS number", "EWRS-nummer", "Номер EWRS"),
        (
            "The number of the request in the EU's EWRS.",
            "Nummeret på forespørselen i EUs EWRS.",
            "Номер запиту в EWRS ЄС.",
        ),
    ),
    case_column(
        "priority",
        Kind.CHOICE,
        ("Priority", "Prioritet", "Пріоритет"),
        (
            "P1 urgent, P2 priority, P3 routine. Empty for a new case: P3.",
            "P1 haster, P2 prioritert, P3 rutine. Tom for en ny sak: P3.",
            "P1 терміново, P2 пріоритетно, P3 планово. Порожньо для нового випадку: P3.",
        ),
        "P2",
    ),
    case_column(
        "category",
        Kind.CHOICE,
        ("Category", "Kategori", "Категорія"),
        (
            "What kind of illness. Empty for a new case: other.",
            "Hva slags sykdom. Tom for en ny sak: annet.",
            "Вид захворювання. Порожньо для нового випадку: інше.",
        ),
        "trauma",
    ),
    case_column(
        "specialties",
        Kind.NAMES,
        ("Specialties needed", "Fagområder som trengs", "Потрібні спеціальності"),
        ("At most 12, separated by commas.", "Høyst 12, skilt med komma.", "Щонайбільше 12, через кому."),
        ["orthopaedics"],
    ),
    case_column(
        "dependency",
        Kind.NUMBER,
        ("Dependency", "Pleiebehov", "Залежність"),
        (
            "1 ventilated or invasively monitored, 2 frequent monitoring, 3 simple nursing, 4 help only.",
            "1 respirator eller invasiv overvåking, 2 hyppig overvåking, 3 enkel pleie, 4 bare hjelp.",
            "1 — ШВЛ або інвазивний моніторинг, 2 — частий моніторинг, 3 — простий догляд, 4 — допомога.",
        ),
        3,
    ),
    case_column(
        "flight_class",
        Kind.NAME,
        ("Class", "Klasse", "Клас"),
        (
            "1A to 4, by the mission's table of classes.",
            "1A til 4, etter oppdragets klassetabell.",
            "Від 1A до 4, за таблицею класів місії.",
        ),
    ),
    case_column(
        "position",
        Kind.CHOICE,
        ("Position", "Stilling", "Положення"),
        (
            "How the patient travels. Empty for a new case: seat.",
            "Hvordan pasienten reiser. Tom for en ny sak: sete.",
            "Як їде пацієнт. Порожньо для нового випадку: сидячи.",
        ),
        "litter",
    ),
    case_column(
        "weight_kg",
        Kind.NUMBER,
        ("Weight in kg", "Vekt i kg", "Вага, кг"),
        ("A whole number.", "Et helt tall.", "Ціле число."),
        82,
    ),
    case_column(
        "oxygen_litres",
        Kind.NUMBER,
        ("Oxygen in litres a minute", "Oksygen i liter per minutt", "Кисень, літрів на хвилину"),
        (
            "Empty for a new case: none.",
            "Tom for en ny sak: ingen.",
            "Порожньо для нового випадку: не потрібен.",
        ),
        2,
    ),
    *(
        case_column(key, Kind.FLAG, heading, ("Yes or no.", "Ja eller nei.", "Так чи ні."))
        for key, heading in (
            ("ventilator", ("Ventilator", "Respirator", "Апарат ШВЛ")),
            ("monitor", ("Monitor", "Overvåkingsutstyr", "Монітор")),
            ("suction", ("Suction", "Sug", "Відсмоктувач")),
            ("incubator", ("Incubator", "Kuvøse", "Інкубатор")),
        )
    ),
    case_column(
        "infusions",
        Kind.NUMBER,
        ("Infusions", "Infusjoner", "Інфузії"),
        ("How many pumps.", "Hvor mange pumper.", "Скільки насосів."),
        1,
    ),
    case_column(
        "external_fixators",
        Kind.NUMBER,
        ("External fixators", "Eksterne fiksatorer", "Зовнішні фіксатори"),
        ("How many.", "Hvor mange.", "Скільки."),
        1,
    ),
    case_column(
        "cabin_altitude_m",
        Kind.NUMBER,
        (
            "Highest cabin altitude in metres",
            "Høyeste kabinhøyde i meter",
            "Найбільша висота в кабіні, метрів",
        ),
        (
            "Empty: the usual 2,400 m. 0 is sea level.",
            "Tom: de vanlige 2400 m. 0 er havnivå.",
            "Порожньо: звичайні 2400 м. 0 — рівень моря.",
        ),
    ),
    case_column(
        "isolation",
        Kind.CHOICE,
        ("Isolation", "Isolasjon", "Ізоляція"),
        (
            "Contact until screened negative. Empty for a new case: contact.",
            "Kontakt inntil negativ screening. Tom for en ny sak: kontakt.",
            "Контактна до негативного скринінгу. Порожньо для нового випадку: контактна.",
        ),
        "contact",
    ),
    case_column(
        "escort",
        Kind.CHOICE,
        ("Escort needed", "Følge som trengs", "Потрібен супровід"),
        (
            "Who must go along, if anybody.",
            "Hvem som må følge med, om noen.",
            "Хто має супроводжувати, якщо треба.",
        ),
        "nurse",
    ),
    case_column(
        "ready_from",
        Kind.DATE,
        ("Ready to leave from", "Klar til avreise fra", "Готовий до від'їзду з"),
        ("From which day on.", "Fra hvilken dag.", "З якого дня."),
    ),
    case_column(
        "preferred_countries",
        Kind.NAMES,
        ("Preferred countries", "Foretrukne land", "Бажані країни"),
        (
            "Codes of two letters such as NO, separated by commas.",
            "Koder på to bokstaver som NO, skilt med komma.",
            "Коди з двох літер, як-от NO, через кому.",
        ),
        ["NO"],
    ),
    case_column(
        "refused_countries",
        Kind.NAMES,
        ("Refused countries", "Avslåtte land", "Небажані країни"),
        (
            "Codes of two letters, separated by commas.",
            "Koder på to bokstaver, skilt med komma.",
            "Коди з двох літер, через кому.",
        ),
    ),
    case_column(
        "wants_return",
        Kind.FLAG,
        (
            "Wishes to return after treatment",
            "Ønsker å reise hjem etter behandling",
            "Бажає повернутися після лікування",
        ),
        (
            "Yes or no; empty: not asked yet.",
            "Ja eller nei; tom: ikke spurt ennå.",
            "Так чи ні; порожньо: ще не питали.",
        ),
        True,
    ),
    case_column(
        "payer",
        Kind.NAME,
        ("Who pays", "Hvem som betaler", "Хто платить"),
        ("In words.", "Med ord.", "Словами."),
    ),
)
