"""The four sheets of the workbook: asks, answers, offers, choices."""

from __future__ import annotations

from medevac.tables.columns import Column, Kind, Sheet, Words, worded


def _shown(key: str, heading: tuple[str, str, str]) -> Column:
    return worded(key, Kind.CALCULATED, heading)


CASE = worded(
    "case",
    Kind.NAME,
    ("Case", "Sak", "Випадок"),
    ("Its pseudonym, such as RK-4082.", "Pseudonymet, som RK-4082.", "Псевдонім, наприклад RK-4082."),
    "RK-4082",
    required=True,
)
ASKED = worded(
    "asked",
    Kind.NAME,
    ("Whom", "Hvem", "Кого"),
    (
        "The region or hospital, as it is called here.",
        "Regionen eller sykehuset, slik det heter her.",
        "Регіон або лікарня, як вони називаються тут.",
    ),
    "Helse Vest",
    required=True,
)
ASK = worded(
    "ask",
    Kind.NAME,
    ("Ask", "Spørsmål", "Запит"),
    (
        "As it was taken away. Empty: found by case and whom.",
        "Slik det ble hentet ut. Tom: finnes ved sak og hvem.",
        "Як вивантажено. Порожньо: знаходять за випадком і тим, кого запитано.",
    ),
)
ISOLATION = (
    ("With an isolation room", "Med isolat", "З ізоляційною палатою"),
    ("Yes or no.", "Ja eller nei.", "Так чи ні."),
)
COMPANIONS = (
    ("Companions", "Ledsagere", "Супровідники"),
    ("How many, from 0 to 20.", "Hvor mange, fra 0 til 20.", "Скільки, від 0 до 20."),
)
PAYER = worded(
    "payer",
    Kind.NAME,
    ("Who pays", "Hvem som betaler", "Хто платить"),
    ("For the treatment; in words.", "For behandlingen; med ord.", "За лікування; словами."),
)
STATE = _shown("state", ("State (calculated)", "Tilstand (beregnet)", "Стан (обчислено)"))
DIAGNOSIS = _shown("diagnosis", ("Diagnosis (calculated)", "Diagnose (beregnet)", "Діагноз (обчислено)"))

ASKS = Sheet(
    "asks",
    Words("Asks", "Spørsmål", "Запити"),
    Words("One row for each ask.", "Én rad for hvert spørsmål.", "Один рядок на кожен запит."),
    (
        CASE,
        ASKED,
        worded(
            "deadline",
            Kind.INSTANT,
            ("Answer by, UTC", "Svar innen, UTC", "Відповісти до, UTC"),
            ("A new ask needs it.", "Et nytt spørsmål må ha det.", "Для нового запиту обов'язково."),
            "2026-01-31T12:00Z",
        ),
        worded(
            "remark",
            Kind.NAME,
            ("Remark", "Merknad", "Примітка"),
            ("For all who are asked.", "Til alle som spørres.", "Для всіх, кого запитано."),
        ),
        worded(
            "telephone",
            Kind.NAME,
            ("Telephone for questions", "Telefon for spørsmål", "Телефон для запитань"),
            ("The duty number.", "Vaktnummeret.", "Номер чергового."),
            "+47 22 33 44 55",
        ),
        worded(
            "asker",
            Kind.NAME,
            ("Who asks", "Hvem som spør", "Хто запитує"),
            (
                "Empty: your own organisation.",
                "Tom: din egen organisasjon.",
                "Порожньо: ваша організація.",
            ),
        ),
        ASK,
        STATE,
        _shown("made_at", ("Asked, UTC (calculated)", "Spurt, UTC (beregnet)", "Запитано, UTC (обчислено)")),
        DIAGNOSIS,
    ),
    free=False,
    order=1,
)

ANSWERS = Sheet(
    "answers",
    Words("Answers", "Svar", "Відповіді"),
    Words("One row for each ask.", "Én rad for hvert spørsmål.", "Один рядок на кожен запит."),
    (
        CASE,
        ASKED,
        worded(
            "yes",
            Kind.FLAG,
            ("Can take the patient", "Kan ta pasienten", "Може прийняти пацієнта"),
            (
                "Yes or no. Empty: no answer yet.",
                "Ja eller nei. Tom: ikke svar ennå.",
                "Так чи ні. Порожньо: відповіді ще немає.",
            ),
            True,
        ),
        worded(
            "no_reason",
            Kind.NAME,
            ("Why not", "Hvorfor ikke", "Чому ні"),
            ("With a no; one of the list.", "Ved nei; en av listen.", "Якщо ні; одне зі списку."),
        ),
        worded(
            "hospital",
            Kind.NAME,
            ("Hospital", "Sykehus", "Лікарня"),
            (
                "With a yes of a region: its code or name.",
                "Ved ja fra en region: koden eller navnet.",
                "Якщо «так» від регіону: код або назва.",
            ),
        ),
        worded(
            "earliest_day",
            Kind.DATE,
            ("Earliest day", "Tidligste dag", "Найраніший день"),
            ("A yes needs it.", "Et ja må ha den.", "Для «так» обов'язково."),
            "2026-02-03",
        ),
        worded("isolation", Kind.FLAG, *ISOLATION),
        worded("companions", Kind.NUMBER, *COMPANIONS),
        PAYER,
        worded(
            "remark",
            Kind.NAME,
            ("Remark", "Merknad", "Примітка"),
            (
                "In words. Another reason needs it.",
                "Med ord. En annen grunn må ha den.",
                "Словами. Для іншої причини обов'язково.",
            ),
        ),
        worded(
            "answerer",
            Kind.NAME,
            ("Answered by", "Svart av", "Хто відповів"),
            (
                "Name and function of whoever telephoned or wrote.",
                "Navn og funksjon på den som ringte eller skrev.",
                "Ім'я та посада того, хто телефонував або писав.",
            ),
            "Kari Nordmann, duty nurse",
        ),
        worded(
            "answered_at",
            Kind.INSTANT,
            ("Answered at, UTC", "Svart når, UTC", "Коли відповіли, UTC"),
            (
                "When it was said or written.",
                "Når det ble sagt eller skrevet.",
                "Коли це сказали або написали.",
            ),
            "2026-01-30T09:15Z",
        ),
        worded(
            "channel",
            Kind.NAME,
            ("Came", "Kom", "Надійшло"),
            (
                "By telephone, or by e-mail or letter. Empty: by telephone.",
                "På telefon, eller i e-post eller brev. Tom: på telefon.",
                "Телефоном або поштою. Порожньо: телефоном.",
            ),
        ),
        ASK,
        STATE,
        _shown(
            "deadline",
            ("Answer by, UTC (calculated)", "Svar innen, UTC (beregnet)", "Відповісти до, UTC (обчислено)"),
        ),
    ),
    free=False,
    order=2,
)

OFFER = worded(
    "offer",
    Kind.NAME,
    ("Offer", "Tilbud", "Пропозиція"),
    (
        "As it was taken away. Empty for a new one.",
        "Slik det ble hentet ut. Tom for et nytt.",
        "Як вивантажено. Порожньо для нової.",
    ),
)
OFFERS = Sheet(
    "offers",
    Words("Offers", "Tilbud", "Пропозиції"),
    Words("One row for each offer.", "Én rad for hvert tilbud.", "Один рядок на кожну пропозицію."),
    (
        CASE,
        worded(
            "hospital",
            Kind.NAME,
            ("Hospital", "Sykehus", "Лікарня"),
            ("Its code or name.", "Koden eller navnet.", "Код або назва."),
            "NO-OUS",
            required=True,
        ),
        worded(
            "place",
            Kind.NAME,
            ("Place", "Plass", "Місце"),
            (
                "As the hospital calls it. Never a patient's name.",
                "Slik sykehuset kaller den. Aldri navnet på en pasient.",
                "Як його називає лікарня. Ніколи не ім'я пацієнта.",
            ),
            "7B-1",
            required=True,
        ),
        worded(
            "specialty",
            Kind.NAME,
            ("Specialty", "Fagområde", "Спеціальність"),
            (
                "Only for a place that a hospital has named; one of the list.",
                "Bare for en plass som et sykehus har nevnt; et av listen.",
                "Лише для місця, яке лікарня назвала; одна зі списку.",
            ),
        ),
        worded(
            "organisation",
            Kind.NAME,
            ("Offered by", "Tilbudt av", "Хто пропонує"),
            (
                "Empty: your own organisation.",
                "Tom: din egen organisasjon.",
                "Порожньо: ваша організація.",
            ),
        ),
        worded(
            "earliest_day",
            Kind.DATE,
            ("Earliest day", "Tidligste dag", "Найраніший день"),
            (
                "The first day on which the hospital can receive the patient.",
                "Første dag sykehuset kan ta imot pasienten.",
                "Перший день, коли лікарня може прийняти пацієнта.",
            ),
            "2026-02-03",
        ),
        worded(
            "stay_days",
            Kind.NUMBER,
            ("Expected stay in days", "Forventet opphold i dager", "Очікуване перебування, днів"),
            (
                "Empty: as the place has it.",
                "Tom: som for plassen.",
                "Порожньо: як указано для місця.",
            ),
            60,
        ),
        worded(
            "isolation",
            Kind.FLAG,
            ISOLATION[0],
            ("Empty: as the case needs it.", "Tom: som saken trenger.", "Порожньо: як потребує випадок."),
        ),
        worded(
            "companions",
            Kind.NUMBER,
            COMPANIONS[0],
            ("Empty: as many as the case has.", "Tom: så mange som saken har.", "Порожньо: як у випадку."),
        ),
        worded(
            "housing",
            Kind.NAME,
            ("Housing of companions", "Bolig for ledsagere", "Житло супровідників"),
            (
                "It stands on the choice sheet as you write it.",
                "Det står på valgarket slik du skriver det.",
                "На аркуші вибору буде так, як ви напишете.",
            ),
        ),
        worded(
            "homeward",
            Kind.NAME,
            ("Way home", "Hjemreise", "Дорога додому"),
            (
                "Who arranges the return, and who pays.",
                "Hvem som ordner hjemreisen, og hvem som betaler.",
                "Хто організує повернення й хто платить.",
            ),
        ),
        PAYER,
        worded(
            "expires_at",
            Kind.INSTANT,
            ("Holds until, UTC", "Gjelder til, UTC", "Діє до, UTC"),
            ("Empty: the usual time.", "Tom: vanlig tid.", "Порожньо: звичайний термін."),
        ),
        OFFER,
        STATE,
        _shown("sent_at", ("Sent, UTC (calculated)", "Sendt, UTC (beregnet)", "Надіслано, UTC (обчислено)")),
    ),
    free=False,
    order=3,
)

SHEET_OF_CHOICES = Sheet(
    "choices",
    Words("Choices", "Valg", "Вибір"),
    Words("One row for each choice.", "Én rad for hvert valg.", "Один рядок на кожен вибір."),
    (
        CASE,
        worded(
            "offer",
            Kind.NAME,
            ("Chosen offer", "Valgt tilbud", "Обрана пропозиція"),
            (
                "The offer as the sheet of offers has it.",
                "Tilbudet slik arket med tilbud har det.",
                "Пропозиція, як на аркуші пропозицій.",
            ),
            required=True,
        ),
        worded(
            "second",
            Kind.NAME,
            ("Second choice", "Andrevalg", "Другий вибір"),
            (
                "Another offer, which stays in reserve.",
                "Et annet tilbud, som blir i reserve.",
                "Інша пропозиція, яка лишається в резерві.",
            ),
        ),
        worded(
            "chooser",
            Kind.NAME,
            ("Who chose", "Hvem som valgte", "Хто обрав"),
            ("One of the list.", "En av listen.", "Одне зі списку."),
            "patient",
        ),
        worded(
            "chooser_name",
            Kind.NAME,
            ("Name of whoever chose", "Navnet på den som valgte", "Ім'я того, хто обрав"),
            ("As on the signed sheet.", "Som på det signerte arket.", "Як на підписаному аркуші."),
        ),
        worded(
            "language",
            Kind.NAME,
            ("Language", "Språk", "Мова"),
            (
                "In which the offers were explained.",
                "Som tilbudene ble forklart på.",
                "Якою пояснили пропозиції.",
            ),
            "українська",
        ),
        worded(
            "interpreter",
            Kind.NAME,
            ("Interpreter", "Tolk", "Перекладач"),
            ("Name, where one was needed.", "Navn, der det trengtes.", "Ім'я, якщо був потрібен."),
        ),
        worded(
            "chosen_at",
            Kind.INSTANT,
            ("Chosen at, UTC", "Valgt når, UTC", "Коли обрано, UTC"),
            ("As on the signed sheet.", "Som på det signerte arket.", "Як на підписаному аркуші."),
            "2026-01-31T14:00Z",
        ),
        worded(
            "document",
            Kind.NAME,
            ("Signed sheet", "Signert ark", "Підписаний аркуш"),
            (
                "The number of the document; attach it to the case first.",
                "Nummeret på dokumentet; legg det ved saken først.",
                "Номер документа; спершу долучіть його до випадку.",
            ),
        ),
        _shown(
            "recorded_at",
            ("Recorded, UTC (calculated)", "Ført, UTC (beregnet)", "Записано, UTC (обчислено)"),
        ),
        _shown(
            "ended_at", ("Ended, UTC (calculated)", "Avsluttet, UTC (beregnet)", "Завершено, UTC (обчислено)")
        ),
    ),
    free=False,
    order=4,
)
SHEETS = (ASKS, ANSWERS, OFFERS, SHEET_OF_CHOICES)
