"""Orders rows by the reader's alphabet in the database, which itself sorts by code point alone.

Each letter of the alphabet is replaced by one of a run of characters that stand in the right order; letters
with an accent stand with the plain letter, and letters of the other script after all of them.
"""

from __future__ import annotations

import unicodedata

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, IntegerField, TextField, Value
from django.db.models.functions import Lower

from medevac.directory.countries import alphabet, reader_language, sorted_countries

_FIRST = 0x2B0  # modifier letters: eighty without capitals, after ASCII and before Cyrillic
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WITH_ACCENTS = (*range(0xC0, 0x180), *range(0x400, 0x500))  # where European letters with accents are


def by_country(field: str = "country") -> Func:
    """The place of a country among all of them by its name in the reader's language."""
    codes = [one.code for one in sorted_countries()]
    return Func(
        Value(codes, output_field=ArrayField(TextField())),
        Func(F(field), template="(%(expressions)s)::text", output_field=TextField()),
        function="array_position",
        output_field=IntegerField(),
    )


def by_alphabet(field: str) -> Func:
    """A text, spelled so that it sorts as the reader's alphabet does."""
    letters, places = _spelling(reader_language())
    return Func(Lower(field), Value(letters), Value(places), function="translate", output_field=CharField())


def _spelling(language: str) -> tuple[str, str]:
    """Letters, and at the same place of the second text what stands for them."""
    own = alphabet(language)
    in_order = own + "".join(letter for letter in _LATIN if letter not in own)
    told = {letter: chr(_FIRST + place) for place, letter in enumerate(in_order)}
    for number in _WITH_ACCENTS:
        letter = chr(number)
        plain = _WITHOUT.get(letter) or unicodedata.normalize("NFD", letter)[0]
        if letter not in told and letter == letter.lower() and plain in told:
            told[letter] = told[plain]
    return "".join(told), "".join(told.values())


_WITHOUT = {"ø": "o", "æ": "a", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "ħ": "h"}
