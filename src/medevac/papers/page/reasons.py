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
_UNSOUND = (KeyError, TypeError, ValueError, IndexError, AttributeError)  # from facts of another form


def explained(words: Words, one: Unplaced) -> tuple[str, str]:
    """The explanation and its language."""
    if words.language == EXPLANATIONS or one.facts is None or one.reason is None:
        return one.explanation, EXPLANATIONS
    sentence = _Sentence(words, one.patient, one.facts)
    try:
        return _after_a_change(sentence) or _WRITERS[one.reason](sentence), words.language
    except _UNSOUND:
        return one.explanation, EXPLANATIONS


def together(words: Words, one: Unplaced) -> tuple[str, str] | None:
    """What holds for everybody who stays for the same cause, and what is the patient's own (may be empty).

    None where the explanation is the patient's own altogether, or where sound facts are missing.
    """
    if one.reason != "worse-score" or one.facts is None:
        return None
    it = _Sentence(words, one.patient, one.facts)
    try:
        if _kept_for(it):
            return None
        joins = it.facts["flight"] is not None
        start = it.text("together_joins" if joins else "together_no_flight")
        ending = _ending(it, "together_tried")
        return f"{start} {ending}".strip(), _joined(it) if joins else ""
    except _UNSOUND:
        return None


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
    facts = it.facts
    if facts["flight"] is None:
        text = it.text("worse_score_no_flight")
    else:
        hospitals = it.listed(facts["hospitals"])
        text = it.text(
            "worse_score_joins", who=it.who(), flight=facts["flight"], hospitals=hospitals, change=_change(it)
        )
    return f"{text} {_ending(it, 'worse_score_tried')}".strip()


def _ending(it: _Sentence, tried: str) -> str:
    """What was tried beyond joining a flight as it is, and what a better plan could have more."""
    facts = it.facts
    if facts.get("fewest_touched"):
        return it.text("not_moved")
    if facts["optimal"]:
        return "" if facts["flight"] is not None else it.text("worse_score_optimal")
    gap = facts["gap"]
    rest = it.text("gap_unknown") if gap is None else it.text("gap_known", gap=it.words.score(gap))
    return f"{it.text(tried, who=it.who())} {rest}"


def _change(it: _Sentence) -> str:
    """By how much the score would change, with its sign."""
    change = it.facts["change"]
    return f"{'+' if change >= 0 else '−'}{it.words.score(abs(change))}"


def _joined(it: _Sentence) -> str:
    """The flight that could be joined, the hospitals, and the change of the score, without a sentence."""
    facts = it.facts
    return it.text(
        "joins_short", flight=facts["flight"], hospitals=it.listed(facts["hospitals"]), change=_change(it)
    )


def _kept_for(it: _Sentence) -> bool:
    return any(it.facts.get(key) for key in ("held", "stranded", "held_family"))


def _after_a_change(it: _Sentence) -> str | None:
    """Why somebody stays whom `replan` keeps waiting; None for all others."""
    facts = it.facts
    if facts.get("stranded"):
        return it.text("stranded", hospital=facts["held"])
    if facts.get("held"):
        return it.text("held", hospital=facts["held"])
    if facts.get("held_family"):
        return it.text("held_family", members=it.listed(facts["held_family"]))
    return None


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
