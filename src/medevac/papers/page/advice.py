"""What would help most, as sentences in the page's language, written from the facts of each proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medevac.papers.languages import Words

if TYPE_CHECKING:
    from medevac.planner.advice import Proposal

MOST_LINES = 6
LEAST_SHOWN = 0.005  # what is less would be shown as 0.00


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One change that would help, and what it adds to the score, with what that number proves."""

    text: str
    gain: str


def advice_lines(words: Words, proposals: Sequence[Proposal] | None) -> tuple[AdviceLine, ...] | None:
    """The most helpful changes, the best first; None where nobody has asked."""
    if proposals is None:
        return None
    helpful = [one for one in proposals if one.figure.gain >= LEAST_SHOWN]
    return tuple(AdviceLine(_change(words, one), _gain(words, one)) for one in helpful[:MOST_LINES])


def _gain(words: Words, one: Proposal) -> str:
    kind = one.figure.kind.replace(" ", "_")
    return words(f"advice.gain_{kind}", gain=words.score(one.figure.gain))


def _change(words: Words, one: Proposal) -> str:
    facts = one.facts
    if one.kind == "seat":
        return words(f"advice.seat_{facts['what']}", aircraft=facts["aircraft"])
    if one.kind != "place":
        return words(f"advice.kind_{one.kind}", **facts)
    numbers = {"count": words.number(facts["count"]), "before": words.number(facts["count"] - 1)}
    if "room" in facts:
        return words(f"advice.room_{facts['room']}", hospital=facts["hospital"], **numbers)
    return words("advice.place", specialty=facts["specialty"], hospital=facts["hospital"], **numbers)
