"""The words that stand in cells and on tabs besides the sheets' own: choices, yes and no, marks."""

from __future__ import annotations

from medevac.tables.columns import Language, Words, plain

CHOICES: dict[str, Words] = {
    "seat": Words("seat", "sete", "сидячи"),
    "litter": Words("litter", "båre", "лежачи"),
    "intensive": Words("intensive", "intensiv", "інтенсивна терапія"),
    "none": Words("none", "ingen", "немає"),
    "contact": Words("contact", "kontakt", "контактна"),
    "airborne": Words("airborne", "luftbåren", "повітряна"),
    "same-hospital": Words("same hospital", "samme sykehus", "та сама лікарня"),
    "same-stop": Words("same stop", "samme stopp", "та сама зупинка"),
}
YES = Words("yes", "ja", "так")
NO = Words("no", "nei", "ні")
EMPTY_LIST = Words("(none)", "(ingen)", "(жодного)")
EXAMPLE_MARK = Words("Example: ", "Eksempel: ", "Приклад: ")

GUIDE = Words("Read me", "Les meg", "Прочитайте")
LISTS = Words("Lists", "Lister", "Довідник")

SETTING = Words("Setting", "Innstilling", "Параметр")
VALUE = Words("Value", "Verdi", "Значення")
USUAL = Words("Usual value", "Vanlig verdi", "Звичайне значення")
EXAMPLE = Words("Example", "Eksempel", "Приклад")
MEANING = Words("What it means", "Hva det betyr", "Що це означає")

_FLAGS = {plain(word): True for word in (*YES.all, "true")} | {
    plain(word): False for word in (*NO.all, "false")
}
_EMPTY_LISTS = {plain(word) for word in EMPTY_LIST.all}
_CHOICE_WORDS = {plain(word): key for key, words in CHOICES.items() for word in (key, *words.all)}
_EXAMPLE_MARKS = tuple(plain(mark) for mark in EXAMPLE_MARK.all)


def flag_of(text: str) -> bool | None:
    """Yes or no in any language; None for any other word."""
    return _FLAGS.get(plain(text))


def flag_word(value: bool, language: Language) -> str:
    """Yes or no."""
    return (YES if value else NO).of(language)


def choice_of(text: str) -> str | None:
    """The format's word for a word in any language."""
    return _CHOICE_WORDS.get(plain(text))


def means_empty_list(text: str) -> bool:
    """Whether a text says that a list is there and has no entry."""
    return plain(text) in _EMPTY_LISTS


def marks_example(text: str) -> bool:
    """Whether the first cell of a row says that the row is an example."""
    return plain(text).startswith(_EXAMPLE_MARKS)
