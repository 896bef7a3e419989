"""The columns that say who the patient is, and the requester's own reference."""

from __future__ import annotations

from medevac.tables.cases.case_column import case_column
from medevac.tables.columns import Kind

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
    case_column(
        "own_reference",
        Kind.NAME,
        ("Own reference", "Egen referanse", "Власний номер"),
        (
            "Your own number of the case. It or the EWRS number must be there, and finds the case again.",
            "Ditt eget nummer på saken. Det eller EWRS-nummeret må være med, og finner saken igjen.",
            "Ваш власний номер випадку. Він або номер EWRS має бути, і за ним випадок знайдуть знову.",
        ),
        "A-17",
    ),
    case_column(
        "family_name", Kind.NAME, ("Family name", "Etternavn", "Прізвище"), _IN_ITS_SCRIPT, "Згурський"
    ),
    case_column("given_name", Kind.NAME, ("Given name", "Fornavn", "Ім'я"), _IN_ITS_SCRIPT, "Юрій"),
    case_column("patronymic", Kind.NAME, ("Patronymic", "Farsnavn", "По батькові"), _IN_ITS_SCRIPT),
    case_column(
        "latin_family_name",
        Kind.NAME,
        ("Family name in Latin letters", "Etternavn med latinske bokstaver", "Прізвище латиницею"),
        _AS_IN_PASSPORT,
    ),
    case_column(
        "latin_given_name",
        Kind.NAME,
        ("Given name in Latin letters", "Fornavn med latinske bokstaver", "Ім'я латиницею"),
        _AS_IN_PASSPORT,
    ),
    case_column(
        "birth_year",
        Kind.NUMBER,
        ("Year of birth", "Fødselsår", "Рік народження"),
        (
            "Year or date of birth must be there.",
            "Fødselsår eller fødselsdato må være med.",
            "Має бути рік або дата народження.",
        ),
        1990,
    ),
    case_column(
        "birth_date",
        Kind.DATE,
        ("Date of birth", "Fødselsdato", "Дата народження"),
        ("The year follows from it.", "Året følger av den.", "Рік визначається з неї."),
        "1990-04-05",
    ),
    case_column(
        "sex",
        Kind.CHOICE,
        ("Sex", "Kjønn", "Стать"),
        (
            "As in the passport. Empty for a new case: unknown.",
            "Som i passet. Tom for en ny sak: ukjent.",
            "Як у паспорті. Порожньо для нового випадку: невідома.",
        ),
        "male",
    ),
    case_column(
        "citizenship",
        Kind.NAME,
        ("Citizenship", "Statsborgerskap", "Громадянство"),
        (
            "The code of the country in two letters, such as UA.",
            "Landets kode på to bokstaver, som UA.",
            "Код країни з двох літер, як-от UA.",
        ),
        "UA",
    ),
    case_column(
        "languages",
        Kind.NAME,
        ("Languages", "Språk", "Мови"),
        ("The best first.", "Det beste først.", "Найкраща — перша."),
        "uk, en",
    ),
    case_column(
        "service",
        Kind.CHOICE,
        ("Civilian or military", "Sivil eller militær", "Цивільна особа чи військовий"),
        (
            "Empty for a new case: unknown.",
            "Tom for en ny sak: ukjent.",
            "Порожньо для нового випадку: невідомо.",
        ),
        "civilian",
    ),
    case_column(
        "telephone",
        Kind.NAME,
        ("Telephone", "Telefon", "Телефон"),
        ("With the country's prefix.", "Med landkode.", "З кодом країни."),
        "+380 67 123 45 67",
    ),
    case_column(
        "document_number",
        Kind.NAME,
        ("Number of the identity paper", "Nummer på identitetspapir", "Номер посвідчення особи"),
        (
            "Passport or identity card. It is kept encrypted.",
            "Pass eller identitetskort. Det lagres kryptert.",
            "Паспорт або ID-картка. Зберігається зашифрованим.",
        ),
    ),
)
