"""Why a patient stays, as a sentence in the page's language, written from the facts that the plan gives.

A plan's own explanation is English. Where facts are missing, or are not as our planner gives them, that
explanation is shown instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from medevac.papers.languages import Words
from medevac.planner.plan import Unplaced

Facts = Mapping[str, Any]
LONGEST_LIST = 6
EXPLANATIONS = "en"


def explained(words: Words, one: Unplaced) -> tuple[str, str]:
    """The explanation and its language."""
    if words.language == EXPLANATIONS or one.facts is None or one.reason is None:
        return one.explanation, EXPLANATIONS
    try:
        return _WRITERS[one.reason](_Sentence(words, one.patient, one.facts)), words.language
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return one.explanation, EXPLANATIONS


class _Sentence:
    """One patient's facts, and the words to tell them."""

    def __init__(self, words: Words, patient: str, facts: Facts) -> None:
        self.words, self.patient, self.facts = words, patient, facts

    def text(self, key: str, **values: object) -> str:
        """A sentence or a part of one."""
        return self.words(f"reasons.{key}", **{"patient": self.patient} | values)

    def listed(self, items: Sequence[str], style: str = "standard") -> str:
        """A list, shortened where it is long."""
        if len(items) <= LONGEST_LIST:
            return self.words.listed([str(one) for one in items], style)
        shown = [str(one) for one in items[: LONGEST_LIST - 1]]
        more = self.text("and_more", number=self.words.number(len(items) - len(shown)))
        return f"{', '.join(shown)} … {more}"

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return self.words.number(value, 2)

    def who(self) -> str:
        """The patient, with family where there is one."""
        members = self.facts["family"]
        return self.text("with_family", members=self.listed(members)) if members else self.patient


def _no_specialty(it: _Sentence) -> str:
    needs = it.listed(it.facts["needs"])
    if it.facts["missing"]:
        return it.text("no_specialty_missing", needs=needs, missing=it.listed(it.facts["missing"], "or"))
    return it.text("no_specialty_together", needs=needs)


def _refused(it: _Sentence) -> str:
    facts, grounds = it.facts, []
    if facts["refused_countries"]:
        countries = it.listed([it.words.country(code) for code in facts["refused_countries"]])
        grounds.append(it.text("refused_countries", countries=countries))
    if facts["accepted"] is not None:
        accepted = it.listed(facts["accepted"], "or") or it.text("refused_nowhere")
        grounds.append(it.text("refused_accepted", hospitals=accepted))
    if facts["chosen"] is not None:
        grounds.append(it.text("refused_chosen", hospital=facts["chosen"]))
    return it.text("refused_sentence", able=it.listed(facts["hospitals"]), grounds="; ".join(grounds))


def _no_flight(it: _Sentence) -> str:
    facts = it.facts
    text = it.text(
        "no_flight_sentence", who=it.who(), hub=facts["hub"], hospitals=it.listed(facts["hospitals"], "or")
    )
    limits = {
        "transit": lambda: it.text("limit_transit", time=it.words.duration(facts["max_transit_minutes"])),
        "fit_until": lambda: it.text("limit_fit_until", until=facts["fit_until"]),
        "ready": lambda: it.text("limit_ready", day=facts["ready"]),
        "on_board": lambda: it.text("limit_on_board"),
    }
    binding = it.listed([limits[one]() for one in facts["binding"]], "or")
    return f"{text} {it.text('no_flight_binding', binding=binding)}" if binding else text


def _no_capacity(it: _Sentence) -> str:
    full = [f"{one['hospital']} ({_used_up(it, one)})" for one in it.facts["hospitals"]]
    return it.text("no_capacity_sentence", hospitals=it.listed(full))


def _used_up(it: _Sentence, one: Facts) -> str:
    """What one hospital lacks."""
    if one["what"] == "dates":
        return it.text("lack_dates", specialty=one["specialty"])
    if one["what"] == "arrivals":
        return it.text("lack_arrivals", total=it.number(one["total"]))
    what = it.text("lack_" + one["what"].replace(" ", "_"), specialty=one["specialty"] or "")
    text = it.text("taken_of", what=what, taken=it.number(one["taken"]), total=it.number(one["total"]))
    if one["needed"] > 1:
        return f"{text}, {it.text('needed', number=it.number(one['needed']))}"
    return text


def _country_limit(it: _Sentence) -> str:
    countries = it.facts["countries"]
    full = [
        f"{it.words.country(one['country'])} ({it.text('of', taken=one['received'], total=one['limit'])})"
        for one in countries
    ]
    room = it.listed([name for one in countries for name in one["hospitals"]])
    return it.text("country_limit_sentence", hospitals=room, countries=it.listed(full))


def _flight_full(it: _Sentence) -> str:
    flights = it.listed([_full_flight(it, one) for one in it.facts["flights"]])
    return it.text("flight_full_sentence", hospitals=it.listed(it.facts["hospitals"], "or"), flights=flights)


def _full_flight(it: _Sentence, one: Facts) -> str:
    if one["closed"]:
        return it.text("flight_closed", flight=one["flight"])
    lacks = []
    for lack in one["lacks"]:
        what = it.text(f"aboard_{lack['what']}")
        if lack["airport"]:
            what = it.text("at_airport", what=what, airport=lack["airport"])
        text = it.text("taken_of", what=what, taken=it.number(lack["taken"]), total=it.number(lack["total"]))
        if lack["needed"] > 1:
            text = f"{text}, {it.text('needed', number=it.number(lack['needed']))}"
        lacks.append(text)
    return f"{one['flight']} ({it.listed(lacks)})"


def _family(it: _Sentence) -> str:
    return it.text(
        "family_sentence",
        flights=it.listed(it.facts["flights"], "or"),
        family=it.facts["family"],
        members=it.listed(it.facts["members"]),
    )


def _worse_score(it: _Sentence) -> str:
    facts, who = it.facts, it.who()
    joins = facts["flight"] is not None
    if joins:
        change = f"{'+' if facts['change'] >= 0 else '−'}{it.words.score(abs(facts['change']))}"
        hospitals = it.listed(facts["hospitals"])
        text = it.text(
            "worse_score_joins", who=who, flight=facts["flight"], hospitals=hospitals, change=change
        )
    else:
        text = it.text("worse_score_no_flight")
    if facts["optimal"]:
        return text if joins else f"{text} {it.text('worse_score_optimal')}"
    gap = facts["gap"]
    ending = it.text("gap_unknown") if gap is None else it.text("gap_known", gap=it.words.score(gap))
    return f"{text} {it.text('worse_score_tried', who=who)} {ending}"


_WRITERS: dict[str, Callable[[_Sentence], str]] = {
    "no-specialty": _no_specialty,
    "refused": _refused,
    "no-flight": _no_flight,
    "no-capacity": _no_capacity,
    "country-limit": _country_limit,
    "flight-full": _flight_full,
    "family": _family,
    "worse-score": _worse_score,
}
