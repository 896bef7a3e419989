"""Tests that countries have their names in each language's own order, and that either script finds them."""

from __future__ import annotations

import pycountry
import pytest
from django.utils import translation

from medevac.directory.countries import LANGUAGES, countries, country_name, find_countries, sorted_countries
from medevac.directory.search_keys import in_latin, search_key


def test_every_country_has_a_name_in_each_language() -> None:
    """Tests that no country of ISO 3166 lacks a name, and that none is only its code."""
    assert len(countries()) == len(list(pycountry.countries))
    for one in countries().values():
        assert set(one.names) == set(LANGUAGES)
        assert all(name and name != one.code for name in one.names.values())


def test_names_follow_the_reader() -> None:
    """Tests that a country is called as the reader's language does."""
    for language, name in (("en", "Poland"), ("nb", "Polen"), ("uk", "Польща")):
        with translation.override(language):
            assert country_name("PL") == name


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        # Norwegian: Zambia, Zimbabwe, Østerrike (Ø after Z), Øst-Timor; then Åland.
        ("nb", ["ZM", "ZW", "AT", "AX"]),
        # Ukrainian: Естонія, Єгипет, Ізраїль, Італія, Йорданія; Unicode would put Є and І before А.
        ("uk", ["AT", "EE", "EG", "IL", "IT", "JO"]),
        ("en", ["AF", "AX", "AL", "NO", "PL"]),
    ],
)
def test_order_is_the_alphabets(language: str, codes: list[str]) -> None:
    """Tests that countries stand in the order of a language's alphabet."""
    order = [one.code for one in sorted_countries(language) if one.code in codes]
    assert order == codes


@pytest.mark.parametrize("text", ["Норвегія", "norge", "Norway", "NOR", "норв"])
def test_a_country_is_found_in_any_language(text: str) -> None:
    """Tests that names in each language, and the code, find a country."""
    assert "NO" in {one.code for one in find_countries(text)}


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        # Cabinet resolution 55 of 2010, its own examples.
        ("Згорани", "zghorany"),
        ("Розгон", "rozghon"),
        ("Їжакевич", "yizhakevych"),
        ("Кадиївка", "kadyivka"),
        ("Йосипівка", "yosypivka"),
        ("Стрий", "stryi"),
        ("Юрій", "yurii"),
        ("Костянтин", "kostiantyn"),
        ("Гаєвич", "haievych"),
        ("Знам'янка", "znamianka"),
        ("Щербухи", "shcherbukhy"),
        ("Ґалаґан", "galagan"),
    ],
)
def test_transliteration_is_the_tables(text: str, latin: str) -> None:
    """Tests that Ukrainian is written in Latin letters as the resolution's own examples do."""
    assert in_latin(text) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [("Харків", "Kharkiv"), ("ЛЬВІВ", "lviv"), ("Łódź", "lodz"), ("Tromsø", "Tromso"), ("Århus", "arhus")],
)
def test_either_script_has_one_key(one: str, other: str) -> None:
    """Tests that what is written in two scripts, or without accents, is looked for as the same."""
    assert search_key(one) == search_key(other)
