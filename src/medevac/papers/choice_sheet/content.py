"""What stands on the choice sheet, as plain texts in one language; the template says where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from medevac.papers.languages import Words
from medevac.papers.manifest.glyphs import Printer

LONGEST = 300  # characters of a text that the template is given; more than fits
NEAREST_KM = 10  # a distance is told in tens of kilometres


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPlace:
    """One offer; None is what nobody has said. `until` is in the zone in which it is to be read."""

    country: str
    hospital: str
    earliest_day: date
    until: datetime
    city: str = ""
    km: float | None = None
    stay_days: int | None = None
    companions: int = 0
    housing: str = ""
    homeward: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """The case by its pseudonym, the offers, and whether distances count from its hospital or from Lviv."""

    pseudonym: str
    offers: Sequence[OfferedPlace]
    from_hospital: bool = False


class _Content:
    def __init__(self, words: Words, printer: Printer, from_hospital: bool) -> None:
        self.words, self.printer, self.from_hospital = words, printer, from_hospital

    def say(self, key: str, **values: object) -> str:
        return self.words(f"choice.{key}", **values)

    def as_written(self, text: str) -> str:
        """What the country has written; in its own words, whatever the language of the sheet."""
        return self.printer(text[:LONGEST]) or self.say("not_said")

    def distance(self, km: float | None) -> str:
        if km is None:
            return self.say("not_known")
        number = self.words.number(round(km / NEAREST_KM) * NEAREST_KM)
        return self.say("from_hospital" if self.from_hospital else "from_lviv", number=number)

    def stay(self, days: int | None) -> str:
        return self.words.count("choice.about_days", days) if days else self.say("not_known")

    def companions(self, number: int) -> str:
        return self.words.count("choice.people", number) if number else self.say("nobody")

    def until(self, moment: datetime) -> str:
        zone = moment.tzname() or ""
        return f"{self.words.short_day(moment.date())}, {moment:%H:%M} {zone}".strip()

    def column(self, one: OfferedPlace) -> dict[str, Any]:
        """The head of an offer's column, and its answers in the order of the rows."""
        hospital = self.printer(one.hospital[:LONGEST])
        return {
            "country": self.printer(self.words.country(one.country)),
            "city": self.printer(one.city[:LONGEST]),
            "answers": [
                self.distance(one.km),
                hospital,
                self.words.short_day(one.earliest_day),
                self.stay(one.stay_days),
                self.companions(one.companions),
                self.as_written(one.housing),
                self.as_written(one.homeward),
                self.as_written(one.payer),
                self.until(one.until),
            ],
        }


ROWS = ("distance", "hospital", "earliest", "stay", "companions", "housing", "homeward", "payer", "answer_by")
SAID = (
    "title",
    "introduction",
    "one_offer",
    "silence",
    "as_written",
    "case",
    "first_choice",
    "second_choice",
    "second_explained",
    "none_of_these",
    "name",
    "representative",
    "interpreter",
    "date",
    "signature",
    "record",
    "confidential",
    "more",
)


def content_of(facts: SheetFacts, words: Words, printer: Printer) -> dict[str, Any]:
    """Everything that the template sets, in one language."""
    of = _Content(words, printer, facts.from_hospital)
    return {
        "language": words.language,
        "pseudonym": facts.pseudonym,
        "rows": [of.say(f"row_{name}") for name in ROWS],
        "offers": [of.column(one) for one in facts.offers],
        "words": {key: of.say(key) for key in SAID},
    }
