"""The words that stand in cells of the workbook of cases, by column; the same word may mean two things."""

from __future__ import annotations

from medevac.tables.columns import Words, plain

SHEET_NAME = Words("Cases", "Saker", "Випадки")
GUIDE_TITLE = Words(
    "medevac · cases as a workbook", "medevac · saker som arbeidsbok", "medevac · випадки у книзі Excel"
)
GUIDE = (
    Words(
        "One row is one case. Point at a heading to read its note. A heading with * must be filled in.",
        "Én rad er én sak. Pek på en overskrift for å lese merknaden. En overskrift med * må fylles ut.",
        "Один рядок — один випадок. Наведіть курсор на заголовок, щоб прочитати примітку. Заголовок із * "
        "обов'язковий.",
    ),
    Words(
        "Give each row a reference of your own or an EWRS number: it finds the case later.",
        "Gi hver rad en egen referanse eller et EWRS-nummer: den finner saken når filen leses på nytt.",
        "Дайте кожному рядку власний номер або номер EWRS: за ним випадок знайдуть під час нового читання.",
    ),
    Words(
        "An empty cell changes nothing of a case that is there already.",
        "En tom celle endrer ingenting i en sak som finnes fra før.",
        "Порожня клітинка нічого не змінює у випадку, який уже є.",
    ),
    Words(
        "Several entries in one cell are separated by commas. Dates are like 2026-01-31.",
        "Flere oppføringer i én celle skilles med komma. Datoer skrives som 2026-01-31.",
        "Кілька значень в одній клітинці розділяйте комами. Дати — як 2026-01-31.",
    ),
    Words(
        "The row that begins with “Example:” is not read. Do not merge cells.",
        "Raden som begynner med «Eksempel:» blir ikke lest. Ikke slå sammen celler.",
        "Рядок, що починається з «Приклад:», не читається. Не об'єднуйте клітинки.",
    ),
    Words(
        "First you are shown what the file would do; nothing is written until you say so.",
        "Først vises hva filen ville gjort; ingenting skrives før du sier fra.",
        "Спершу буде показано, що зробить файл; нічого не записується, доки ви не підтвердите.",
    ),
    Words(
        "This file holds names and health data. Send it by safe ways, and delete it afterwards.",
        "Denne filen inneholder navn og helseopplysninger. Send den på sikre måter, og slett den etterpå.",
        "У цьому файлі є імена та медичні дані. Надсилайте його лише призначеними для цього шляхами, а потім "
        "видаліть.",
    ),
)

CHOICES: dict[str, dict[str, Words]] = {
    "sex": {
        "female": Words("female", "kvinne", "жіноча"),
        "male": Words("male", "mann", "чоловіча"),
        "other": Words("other", "annet", "інша"),
        "unknown": Words("unknown", "ukjent", "невідома"),
    },
    "service": {
        "civilian": Words("civilian", "sivil", "цивільна особа"),
        "military": Words("military", "militær", "військовий"),
        "unknown": Words("unknown", "ukjent", "невідомо"),
    },
    "category": {
        "trauma": Words("injury", "skade", "травма"),
        "burns": Words("burns", "brannskade", "опіки"),
        "cancer": Words("cancer", "kreft", "рак"),
        "rare-child": Words("rare disease of a child", "sjelden sykdom hos barn", "рідкісна хвороба дитини"),
        "infection": Words("infection", "infeksjon", "інфекція"),
        "other": Words("other", "annet", "інше"),
    },
    "priority": {
        "P1": Words("P1", "P1", "P1"),
        "P2": Words("P2", "P2", "P2"),
        "P3": Words("P3", "P3", "P3"),
    },
    "position": {
        "seat": Words("seat", "sete", "сидячи"),
        "litter": Words("litter", "båre", "лежачи"),
        "intensive": Words("intensive", "intensiv", "інтенсивна терапія"),
    },
    "isolation": {
        "none": Words("none", "ingen", "немає"),
        "contact": Words("contact", "kontakt", "контактна"),
        "airborne": Words("airborne", "luftbåren", "повітряна"),
    },
    "escort": {
        "nurse": Words("nurse", "sykepleier", "медсестра"),
        "doctor": Words("doctor", "lege", "лікар"),
        "guardian": Words("guardian", "verge", "опікун"),
    },
}
_MEANINGS = {
    column: {plain(word): key for key, words in choices.items() for word in (key, *words.all)}
    for column, choices in CHOICES.items()
}


def meaning_of(column: str, text: str) -> str | None:
    """The format's word for what stands in a cell of a column, in any language; None where it is none."""
    return _MEANINGS[column].get(plain(text))
