"""Countries by their ISO 3166 code, named in the service's languages by Unicode's CLDR (the library babel).

Which countries take part in what is said by missions; here is only what a country is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pycountry
from babel import Locale
from django.utils.translation import get_language

from medevac.directory.search_keys import search_key

LANGUAGES = ("en", "nb", "uk")
# PostgreSQL and Python sort by code point, which is no language's order.
_ALPHABETS = {
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


@dataclass(frozen=True)
class Country:
    """One country.

    Parameters
    ----------
    code
        Two letters (ISO 3166-1 alpha-2).
    alpha_3
        Three letters, as maps name it.
    names
        By language.
    """

    code: str
    alpha_3: str
    names: dict[str, str]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.names[reader_language()]

    @property
    def key(self) -> str:
        """What a search looks in: the code and all names."""
        return search_key(self.code, self.alpha_3, *self.names.values())


def reader_language() -> str:
    """The language that is spoken to the reader, among those of the service."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


@cache
def countries() -> dict[str, Country]:
    """Every country of ISO 3166 by its code."""
    territories = {language: Locale(language).territories for language in LANGUAGES}
    return {
        one.alpha_2: Country(
            one.alpha_2,
            one.alpha_3,
            {language: str(names[one.alpha_2]) for language, names in territories.items()},
        )
        for one in pycountry.countries
    }


def country_name(code: str) -> str:
    """What a country is called in the reader's language; its code where nobody knows it."""
    known = countries().get(code)
    return known.name if known else code


def sorted_countries(language: str | None = None) -> list[Country]:
    """Every country in the order of the alphabet of a language; of the reader's where none is named."""
    wanted = language or reader_language()
    return sorted(countries().values(), key=lambda one: sorting_key(one.names[wanted], wanted))


def find_countries(text: str) -> list[Country]:
    """The countries that a text names, in any language and script, in the order of the reader's alphabet."""
    words = search_key(text).split()
    return [one for one in sorted_countries() if all(word in one.key for word in words)]


def alphabet(language: str) -> str:
    """The letters of a language in their order."""
    return _ALPHABETS.get(language, "abcdefghijklmnopqrstuvwxyz")


def sorting_key(text: str, language: str) -> tuple[int, ...]:
    """By what a name stands in the order of a language's alphabet.

    Letters with an accent stand with the plain letter; Norwegian's last three and Ukraine's own are letters.
    """
    places = {letter: place for place, letter in enumerate(alphabet(language), start=1)}
    found = []
    for letter in text.casefold():
        if letter in places:
            found.append(places[letter])
        else:
            found.extend(places.get(plain, 0) for plain in search_key(letter) or " ")
    return tuple(found)
