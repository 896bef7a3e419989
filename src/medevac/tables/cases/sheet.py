"""The one sheet of the workbook of cases: its columns, which right each asks for, and their limits."""

from __future__ import annotations

from typing import Any

from medevac.tables.cases.words import CHOICES, SHEET_NAME
from medevac.tables.columns import Column, Kind, Sheet, Words

NAME, NAMES, NUMBER, DATE, FLAG, CHOICE = (
    Kind.NAME,
    Kind.NAMES,
    Kind.NUMBER,
    Kind.DATE,
    Kind.FLAG,
    Kind.CHOICE,
)
KEYS = ("own_reference", "ewrs_number")
NOTHING_TO_ADD = Words("", "", "")


def _column(
    key: str,
    kind: Kind,
    heading: tuple[str, str, str],
    note: tuple[str, str, str],
    example: Any = None,
    *,
    required: bool = False,
) -> Column:
    choices = tuple(CHOICES.get(key, ()))
    return Column(key, kind, Words(*heading), Words(*note), example, required=required, choices=choices)


OPERATIONAL = (
    _column(
        "ewrs_number",
        NAME,
        ("EWRS number", "EWRS-nummer", "Номер EWRS"),
        (
            "The number of the request in the EU's EWRS.",
            "Nummeret på forespørselen i EUs EWRS.",
            "Номер запиту в EWRS ЄС.",
        ),
    ),
    _column(
        "priority",
        CHOICE,
        ("Priority", "Prioritet", "Пріоритет"),
        (
            "P1 urgent, P2 priority, P3 routine. Empty for a new case: P3.",
            "P1 haster, P2 prioritert, P3 rutine. Tom for en ny sak: P3.",
            "P1 терміново, P2 пріоритетно, P3 планово. Порожньо для нового випадку: P3.",
        ),
        "P2",
    ),
    _column(
        "category",
        CHOICE,
        ("Category", "Kategori", "Категорія"),
        (
            "What kind of illness. Empty for a new case: other.",
            "Hva slags sykdom. Tom for en ny sak: annet.",
            "Вид захворювання. Порожньо для нового випадку: інше.",
        ),
        "trauma",
    ),
    _column(
        "specialties",
        NAMES,
        ("Specialties needed", "Fagområder som trengs", "Потрібні спеціальності"),
        ("At most 12, separated by commas.", "Høyst 12, skilt med komma.", "Щонайбільше 12, через кому."),
        ["orthopaedics"],
    ),
    _column(
        "dependency",
        NUMBER,
        ("Dependency", "Pleiebehov", "Залежність"),
        (
            "1 ventilated or invasively monitored, 2 frequent monitoring, 3 simple nursing, 4 help only.",
            "1 respirator eller invasiv overvåking, 2 hyppig overvåking, 3 enkel pleie, 4 bare hjelp.",
            "1 — ШВЛ або інвазивний моніторинг, 2 — частий моніторинг, 3 — простий догляд, 4 — допомога.",
        ),
        3,
    ),
    _column(
        "flight_class",
        NAME,
        ("Class", "Klasse", "Клас"),
        (
            "1A to 4, by the mission's table of classes.",
            "1A til 4, etter oppdragets klassetabell.",
            "Від 1A до 4, за таблицею класів місії.",
        ),
    ),
    _column(
        "position",
        CHOICE,
        ("Position", "Stilling", "Положення"),
        (
            "How the patient travels. Empty for a new case: seat.",
            "Hvordan pasienten reiser. Tom for en ny sak: sete.",
            "Як їде пацієнт. Порожньо для нового випадку: сидячи.",
        ),
        "litter",
    ),
    _column(
        "weight_kg",
        NUMBER,
        ("Weight in kg", "Vekt i kg", "Вага, кг"),
        ("A whole number.", "Et helt tall.", "Ціле число."),
        82,
    ),
    _column(
        "oxygen_litres",
        NUMBER,
        ("Oxygen in litres a minute", "Oksygen i liter per minutt", "Кисень, літрів на хвилину"),
        (
            "Empty for a new case: none.",
            "Tom for en ny sak: ingen.",
            "Порожньо для нового випадку: не потрібен.",
        ),
        2,
    ),
    *(
        _column(key, FLAG, heading, ("Yes or no.", "Ja eller nei.", "Так чи ні."))
        for key, heading in (
            ("ventilator", ("Ventilator", "Respirator", "Апарат ШВЛ")),
            ("monitor", ("Monitor", "Overvåkingsutstyr", "Монітор")),
            ("suction", ("Suction", "Sug", "Відсмоктувач")),
            ("incubator", ("Incubator", "Kuvøse", "Інкубатор")),
        )
    ),
    _column(
        "infusions",
        NUMBER,
        ("Infusions", "Infusjoner", "Інфузії"),
        ("How many pumps.", "Hvor mange pumper.", "Скільки насосів."),
        1,
    ),
    _column(
        "external_fixators",
        NUMBER,
        ("External fixators", "Eksterne fiksatorer", "Зовнішні фіксатори"),
        ("How many.", "Hvor mange.", "Скільки."),
        1,
    ),
    _column(
        "cabin_altitude_m",
        NUMBER,
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
    _column(
        "isolation",
        CHOICE,
        ("Isolation", "Isolasjon", "Ізоляція"),
        (
            "Contact until screened negative. Empty for a new case: contact.",
            "Kontakt inntil negativ screening. Tom for en ny sak: kontakt.",
            "Контактна до негативного скринінгу. Порожньо для нового випадку: контактна.",
        ),
        "contact",
    ),
    _column(
        "escort",
        CHOICE,
        ("Escort needed", "Følge som trengs", "Потрібен супровід"),
        (
            "Who must go along, if anybody.",
            "Hvem som må følge med, om noen.",
            "Хто має супроводжувати, якщо треба.",
        ),
        "nurse",
    ),
    _column(
        "ready_from",
        DATE,
        ("Ready to leave from", "Klar til avreise fra", "Готовий до від'їзду з"),
        ("From which day on.", "Fra hvilken dag.", "З якого дня."),
    ),
    _column(
        "preferred_countries",
        NAMES,
        ("Preferred countries", "Foretrukne land", "Бажані країни"),
        (
            "Codes of two letters such as NO, separated by commas.",
            "Koder på to bokstaver som NO, skilt med komma.",
            "Коди з двох літер, як-от NO, через кому.",
        ),
        ["NO"],
    ),
    _column(
        "refused_countries",
        NAMES,
        ("Refused countries", "Avslåtte land", "Небажані країни"),
        (
            "Codes of two letters, separated by commas.",
            "Koder på to bokstaver, skilt med komma.",
            "Коди з двох літер, через кому.",
        ),
    ),
    _column(
        "wants_return",
        FLAG,
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
    _column(
        "payer",
        NAME,
        ("Who pays", "Hvem som betaler", "Хто платить"),
        ("In words.", "Med ord.", "Словами."),
    ),
)
CLINICAL = (
    _column(
        "diagnosis",
        NAME,
        ("Diagnosis in words", "Diagnose med ord", "Діагноз словами"),
        ("What the patient suffers from.", "Hva pasienten lider av.", "На що страждає пацієнт."),
        "Open fracture of the left tibia",
        required=True,
    ),
    _column(
        "icd10",
        NAMES,
        ("ICD-10 codes", "ICD-10-koder", "Коди МКХ-10"),
        ("Separated by commas.", "Skilt med komma.", "Через кому."),
        ["S82.2"],
    ),
    _column(
        "injury_date",
        DATE,
        ("Date of injury", "Skadedato", "Дата травми"),
        ("When it happened.", "Når det skjedde.", "Коли це сталося."),
        "2026-01-12",
    ),
    _column(
        "mechanism",
        NAME,
        ("Mechanism of injury", "Skademekanisme", "Механізм травми"),
        ("In a few words.", "Med noen få ord.", "Кількома словами."),
        "blast",
    ),
    *(
        _column(key, NAME, heading, ("In words.", "Med ord.", "Словами."))
        for key, heading in (
            ("history", ("History", "Sykehistorie", "Анамнез")),
            ("allergies", ("Allergies", "Allergier", "Алергії")),
            ("medicines", ("Medicines", "Legemidler", "Ліки")),
            (
                "cautions",
                ("Cautions for flight", "Forsiktighetsregler for flyging", "Застереження для польоту"),
            ),
        )
    ),
)
_IN_ITS_SCRIPT = (
    "In its own script; Latin letters are made from it.",
    "I egen skrift; latinske bokstaver lages av den.",
    "Рідною мовою; латиницю буде створено автоматично.",
)
_AS_IN_PASSPORT = (
    "As in the passport; empty: by Ukraine's table of 2010.",
    "Som i passet; tom: etter Ukrainas tabell av 2010.",
    "Як у паспорті; порожньо: за українською таблицею 2010 року.",
)
PERSONAL = (
    _column(
        "own_reference",
        NAME,
        ("Own reference", "Egen referanse", "Власний номер"),
        (
            "Your own number of the case. It or the EWRS number must be there, and finds the case again.",
            "Ditt eget nummer på saken. Det eller EWRS-nummeret må være med, og finner saken igjen.",
            "Ваш власний номер випадку. Він або номер EWRS має бути, і за ним випадок знайдуть знову.",
        ),
        "A-17",
    ),
    _column("family_name", NAME, ("Family name", "Etternavn", "Прізвище"), _IN_ITS_SCRIPT, "Згурський"),
    _column("given_name", NAME, ("Given name", "Fornavn", "Ім'я"), _IN_ITS_SCRIPT, "Юрій"),
    _column("patronymic", NAME, ("Patronymic", "Farsnavn", "По батькові"), _IN_ITS_SCRIPT),
    _column(
        "latin_family_name",
        NAME,
        ("Family name in Latin letters", "Etternavn med latinske bokstaver", "Прізвище латиницею"),
        _AS_IN_PASSPORT,
    ),
    _column(
        "latin_given_name",
        NAME,
        ("Given name in Latin letters", "Fornavn med latinske bokstaver", "Ім'я латиницею"),
        _AS_IN_PASSPORT,
    ),
    _column(
        "birth_year",
        NUMBER,
        ("Year of birth", "Fødselsår", "Рік народження"),
        (
            "Year or date of birth must be there.",
            "Fødselsår eller fødselsdato må være med.",
            "Має бути рік або дата народження.",
        ),
        1990,
    ),
    _column(
        "birth_date",
        DATE,
        ("Date of birth", "Fødselsdato", "Дата народження"),
        ("The year follows from it.", "Året følger av den.", "Рік визначається з неї."),
        "1990-04-05",
    ),
    _column(
        "sex",
        CHOICE,
        ("Sex", "Kjønn", "Стать"),
        (
            "As in the passport. Empty for a new case: unknown.",
            "Som i passet. Tom for en ny sak: ukjent.",
            "Як у паспорті. Порожньо для нового випадку: невідома.",
        ),
        "male",
    ),
    _column(
        "citizenship",
        NAME,
        ("Citizenship", "Statsborgerskap", "Громадянство"),
        (
            "The code of the country in two letters, such as UA.",
            "Landets kode på to bokstaver, som UA.",
            "Код країни з двох літер, як-от UA.",
        ),
        "UA",
    ),
    _column(
        "languages",
        NAME,
        ("Languages", "Språk", "Мови"),
        ("The best first.", "Det beste først.", "Найкраща — перша."),
        "uk, en",
    ),
    _column(
        "service",
        CHOICE,
        ("Civilian or military", "Sivil eller militær", "Цивільна особа чи військовий"),
        (
            "Empty for a new case: unknown.",
            "Tom for en ny sak: ukjent.",
            "Порожньо для нового випадку: невідомо.",
        ),
        "civilian",
    ),
    _column(
        "telephone",
        NAME,
        ("Telephone", "Telefon", "Телефон"),
        ("With the country's prefix.", "Med landkode.", "З кодом країни."),
        "+380 67 123 45 67",
    ),
    _column(
        "document_number",
        NAME,
        ("Number of the identity paper", "Nummer på identitetspapir", "Номер посвідчення особи"),
        (
            "Passport or identity card. It is kept encrypted.",
            "Pass eller identitetskort. Det lagres kryptert.",
            "Паспорт або ID-картка. Зберігається зашифрованим.",
        ),
    ),
)
ANOTHER = _column(
    "another_person",
    FLAG,
    ("Another patient of that name", "En annen pasient med det navnet", "Інший пацієнт із таким ім'ям"),
    (
        "Yes where a live case was reported and this is somebody else.",
        "Ja når det ble meldt om en levende sak og dette er noen andre.",
        "Так, якщо повідомлено про чинний випадок, а це інша людина.",
    ),
)
SHOWN = tuple(
    Column(key, Kind.CALCULATED, Words(*heading), NOTHING_TO_ADD)
    for key, heading in (
        ("pseudonym", ("Pseudonym (calculated)", "Pseudonym (beregnet)", "Псевдонім (обчислено)")),
        ("state", ("State (calculated)", "Tilstand (beregnet)", "Стан (обчислено)")),
        ("mission", ("Mission (calculated)", "Oppdrag (beregnet)", "Місія (обчислено)")),
        ("requester", ("Filed by (calculated)", "Meldt av (beregnet)", "Подав (обчислено)")),
        ("age_band", ("Age (calculated)", "Alder (beregnet)", "Вік (обчислено)")),
        ("due_at", ("Due, UTC (calculated)", "Frist, UTC (beregnet)", "Термін, UTC (обчислено)")),
        ("companions_count", ("Companions (calculated)", "Følge (beregnet)", "Супроводжувачі (обчислено)")),
    )
)
SHEET = Sheet(
    "cases",
    SHEET_NAME,
    Words("One row for each case.", "Én rad for hver sak.", "Один рядок на кожен випадок."),
    (*PERSONAL, *CLINICAL, *OPERATIONAL, ANOTHER, *SHOWN),
    required=True,
)

# Of the models; tests/cases holds that they agree.
LONGEST: dict[str, int] = {
    "own_reference": 60,
    "ewrs_number": 40,
    "family_name": 100,
    "given_name": 100,
    "patronymic": 100,
    "latin_family_name": 100,
    "latin_given_name": 100,
    "languages": 100,
    "telephone": 30,
    "document_number": 60,
    "diagnosis": 4000,
    "mechanism": 200,
    "history": 20000,
    "allergies": 2000,
    "medicines": 4000,
    "cautions": 2000,
    "flight_class": 2,
    "payer": 120,
}
MOST_NAMES: dict[str, tuple[int, int]] = {  # how many, and how long each
    "specialties": (12, 60),
    "icd10": (20, 8),
    "preferred_countries": (10, 2),
    "refused_countries": (40, 2),
}
RANGES: dict[str, tuple[int, int]] = {
    "birth_year": (1900, 2100),
    "dependency": (1, 4),
    "weight_kg": (1, 350),
    "oxygen_litres": (0, 60),
    "infusions": (0, 12),
    "external_fixators": (0, 6),
    "cabin_altitude_m": (0, 3000),
}
COUNTRIES = ("citizenship", "preferred_countries", "refused_countries")
PAST = ("birth_date", "injury_date")
FIRST_YEAR = 1900
