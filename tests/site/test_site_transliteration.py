"""Tests that Ukrainian becomes Latin by the table of 2010, and that a search tries every script."""

from __future__ import annotations

import pytest

from medevac.people.transliteration import cyrillic, latin, spellings


@pytest.mark.parametrize(
    ("ukrainian", "expected"),
    [
        ("Алушта Борщагівка Вишгород", "Alushta Borshchahivka Vyshhorod"),
        ("Ґалаґан Згорани Розгон", "Galagan Zghorany Rozghon"),
        ("Єнакієве Гаєвич", "Yenakiieve Haievych"),
        ("Їжакевич Кадиївка", "Yizhakevych Kadyivka"),
        ("Йосипівка Стрий", "Yosypivka Stryi"),
        ("Юрій Корюківка", "Yurii Koriukivka"),
        ("Яготин Костянтин", "Yahotyn Kostiantyn"),
        ("Знам'янка Знам’янка", "Znamianka Znamianka"),
        ("Харків Щербухи", "Kharkiv Shcherbukhy"),
        ("О'Ніл says “so”", "ONil says “so”"),
    ],
)
def test_latin(ukrainian: str, expected: str) -> None:
    """Tests the letters of the table, those that differ at the beginning of a word, and апостроф."""
    assert latin(ukrainian) == expected


def test_what_is_not_ukrainian_stays() -> None:
    """Tests that Norwegian, Polish and quotation marks are left alone."""
    assert latin("Åsheim d'Arc Wójcik 7") == "Åsheim d'Arc Wójcik 7"


def test_a_likely_way_back() -> None:
    """Tests that a name in Latin letters is near enough to the Cyrillic one for trigrams to find it."""
    assert cyrillic("Kharkiv") == "харків"
    assert cyrillic("Shcherban") == "щербан"


def test_every_spelling_once() -> None:
    """Tests that what was written comes first, in small letters, and nothing twice."""
    assert spellings("Харків") == ("харків", "kharkiv")
    assert spellings("Kharkiv") == ("kharkiv", "харків")
