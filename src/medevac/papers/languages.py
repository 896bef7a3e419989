"""The words of the papers in each language, and how a language writes dates, numbers and countries.

The texts are in `words/LANGUAGE.toml`; a text with a count has one form per plural of its language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

PAGE_LANGUAGES = ("en", "nb", "uk")
MANIFEST_LANGUAGES = (*PAGE_LANGUAGES, "de", "pl")

_LOCALES = {"en": "en_GB", "nb": "nb_NO", "uk": "uk_UA", "de": "de_DE", "pl": "pl_PL"}
_WITH_DOT = ("de", "nb")  # 8. desember 2026


class Words:
    """One language: its texts by key, such as `page.flights`, and its ways of writing."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(_LOCALES[language])
        self._texts = texts_of(language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its placeholders filled."""
        text = self._texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} is a text with a count in {self.language}: ask for it with `count`.")
        return text.format(**values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of a key in the plural form that a number takes; the placeholder is `number`."""
        forms = self._texts[key]
        form = self._locale.plural_form(number)
        text: str = forms.get(form, forms["other"])
        return text.format(number=self.number(number), **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as this language writes it, with so many decimals at most."""
        pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
        return format_decimal(round(value, decimals) + 0.0, pattern, locale=self._locale)

    def score(self, value: float) -> str:
        """A score with its two decimals."""
        text = format_decimal(round(value, 2) + 0.0, "#,##0.00", locale=self._locale)
        return text.replace("-", "−")

    def day(self, day: date) -> str:
        """A date in full with the day of the week."""
        return format_date(day, self._dotted("EEEE d MMMM y"), locale=self._locale)

    def short_day(self, day: date) -> str:
        """A date in short with the day of the week."""
        return format_date(day, self._dotted("EEE d MMM y"), locale=self._locale)

    def date_only(self, day: date) -> str:
        """A date in short without the day of the week, such as a day of birth."""
        return format_date(day, self._dotted("d MMM y"), locale=self._locale)

    def _dotted(self, pattern: str) -> str:
        """The pattern with a dot behind the day where the language writes one."""
        return pattern.replace("d M", "d. M") if self.language in _WITH_DOT else pattern

    def country(self, code: str) -> str:
        """The name of a country, or its code where there is none."""
        return str(self._locale.territories.get(code, code))

    def listed(self, items: Sequence[str], style: str = "standard") -> str:
        """Items as a list in a sentence."""
        return format_list(list(items), style=style, locale=self._locale)  # type: ignore[arg-type]

    def duration(self, minutes: float) -> str:
        """Whole minutes as hours and minutes."""
        whole = round(abs(minutes))
        sign = "−" if minutes <= -0.5 else ""
        hours, rest = divmod(whole, 60)
        if not hours:
            return f"{sign}{rest} {self('shared.minutes_short')}"
        whole_hours = f"{sign}{hours} {self('shared.hours_short')}"
        return f"{whole_hours} {rest:02} {self('shared.minutes_short')}" if rest else whole_hours


@cache
def words_for(language: str) -> Words:
    """The words of a language."""
    return Words(language)


@cache
def texts_of(language: str) -> dict[str, Any]:
    """All texts of a language by `table.key`."""
    source = files("medevac.papers") / "words" / f"{language}.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, texts in tables.items() for key, text in texts.items()}
