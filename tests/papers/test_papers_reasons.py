"""Tests that the reason why a patient stays is told in the page's language, from the real planner's facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from small_week import Document, planned, read

from medevac.papers import PAGE_LANGUAGES, make_page
from medevac.papers.languages import words_for
from medevac.papers.page.reasons import explained
from medevac.planner.plan import Unplaced


def no_specialty(data: Document) -> None:
    """P5 needs what nobody offers."""
    data["patients"][4]["needs"] = ["burns", "oncology"]


def refused(data: Document) -> None:
    """P5 refuses Norway, and only Oslo is in the list of answers."""
    data["patients"][4] |= {"refuses": ["NO"], "hospitals": ["NO-OUS"]}


def no_flight(data: Document) -> None:
    """P5 may be ten minutes in transit."""
    data["patients"][4]["max_transit_minutes"] = 10


def no_capacity(data: Document) -> None:
    """Oslo's three places and Hamburg's one are taken."""
    data["hospitals"][0]["places"]["burns"] = 3
    data["hospitals"][1]["places"]["burns"] = 1


def country_limit(data: Document) -> None:
    """Norway receives three at most, and Hamburg is full."""
    data["hospitals"][1]["places"]["burns"] = 1


def flight_full(data: Document) -> None:
    """All three litters are taken."""
    data["countries"]["NO"].pop("limit")
    data["aircraft"][0]["layouts"][0]["litters"] = 3


def family(data: Document) -> None:
    """One litter is left, for P5 and P6 together."""
    flight_full(data)
    data["aircraft"][0]["layouts"][0]["litters"] = 4
    data["hospitals"][0]["places"]["burns"] = 9
    data["patients"][4]["family"] = "F7"
    data["patients"].append(data["patients"][4] | {"id": "P6"})


def worse_score(data: Document) -> None:
    """There is room, but the plan was called good enough."""


CASES: dict[str, tuple[Callable[[Document], None], tuple[str, ...]]] = {
    "no-specialty": (no_specialty, ("P5", "burns", "oncology")),
    "refused": (refused, ("P5", "NO-OUS", "DE-UKE")),
    "no-flight": (no_flight, ("P5", "EPRZ", "NO-OUS", "10")),
    "no-capacity": (no_capacity, ("P5", "NO-OUS", "DE-UKE", "burns", "3", "1")),
    "country-limit": (country_limit, ("P5", "NO-OUS", "3")),
    "flight-full": (flight_full, ("P5", "F1", "3")),
    "family": (family, ("P5", "P6", "F1", "F7")),
    "worse-score": (worse_score, ("P5", "F1")),
}


@pytest.mark.parametrize("reason", CASES)
@pytest.mark.parametrize("language", ["nb", "uk"])
def test_each_reason_is_told_with_its_names_and_numbers(reason: str, language: str) -> None:
    """Tests the sentence that is written from facts, and that it is not the English one."""
    change, words = CASES[reason]
    document = read(change)
    one = next(one for one in planned(document).unplaced if one.patient == "P5")
    assert one.reason == reason
    text, spoken = explained(words_for(language), one)
    assert spoken == language
    assert text != one.explanation
    assert [word for word in words if word not in text] == []
    assert not set("{}") & set(text)


def test_english_is_the_plan_s_own_explanation() -> None:
    """Tests that English is shown as the plan gives it."""
    one = planned(read()).unplaced[0]
    assert explained(words_for("en"), one) == (one.explanation, "en")


@pytest.mark.parametrize(
    "facts", [None, {}, {"hospitals": 7}, {"hospitals": [{"hospital": "X"}]}, {"hospitals": [None]}]
)
def test_without_sound_facts_the_explanation_is_marked_as_english(facts: dict[str, Any] | None) -> None:
    """Tests a plan by another planner: its words are shown, and a screen reader is told their language."""
    one = Unplaced("P5", "no-capacity", "Full, alas.", facts)
    assert explained(words_for("uk"), one) == ("Full, alas.", "en")
    document = read()
    page = make_page(document, planned(document, [one]), language="uk").decode()
    assert 'lang="en">Full, alas.<' in page


def test_a_long_list_is_shortened() -> None:
    """Tests that twenty hospitals are told as five and fifteen more."""
    facts = {
        "countries": [{"country": "NO", "received": 3, "limit": 3, "hospitals": [f"H{n}" for n in range(20)]}]
    }
    text, _ = explained(words_for("nb"), Unplaced("P5", "country-limit", "", facts))
    assert "H4 … og 15 til" in text
    assert "Norge (3 av 3)" in text
    assert "H5" not in text


def test_patients_without_a_reason_are_one_group() -> None:
    """Tests that reason null, as in an infeasible plan, has a heading of its own."""
    document = read()
    plan = planned(document)
    plan = replace(plan, unplaced=(replace(plan.unplaced[0], reason=None, facts=None),))
    assert "Ingen plan er mulig (1)" in make_page(document, plan, language="nb").decode()


def stays(name: str, facts: dict[str, Any]) -> Unplaced:
    """Somebody who stays because of the score."""
    plain = {"family": [], "flight": None, "hospitals": [], "change": None, "optimal": False, "gap": 7.5}
    return Unplaced(name, "worse-score", f"{name} stays.", plain | facts)


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_who_stays_for_the_same_cause_is_told_of_together(language: str) -> None:
    """Tests that a sentence stands once, that nobody is lost, and that what is one's own stays one's own."""
    document = read()
    names = ["P1", "P2", "P3", "P4", "P5"]
    alike = [stays(name, {}) for name in names[:3]]
    joins = stays("P4", {"flight": "F1", "hospitals": ["NO-OUS"], "change": -3.25})
    apart = Unplaced("P5", "worse-score", "P5 stays.", None)
    plan = replace(planned(document), placements=(), unplaced=(*alike, joins, apart))
    text = make_page(document, plan, language=language).decode()
    words = words_for(language)
    assert text.count(words("reasons.together_no_flight")) == 1
    assert all(f"<strong>{name}</strong>" in text for name in names[:3])
    assert words("reasons.joins_short", flight="F1", hospitals="NO-OUS", change="−3") not in text
    assert explained(words, joins)[0] in text
    assert ">P5 stays.<" in text
    assert f"{words('reasons.worse_score')} (5)" in text


def test_those_who_could_join_have_flight_and_change_of_their_own() -> None:
    """Tests that what was tried is told once for three who could join a flight."""
    document = read()
    ones = [stays(f"P{n}", {"flight": "F1", "hospitals": ["NO-OUS"], "change": -float(n)}) for n in (1, 2, 3)]
    plan = replace(planned(document), placements=(), unplaced=tuple(ones))
    text = make_page(document, plan, language="nb").decode()
    assert text.count("kunne blitt med en flyging i planen") == 1
    assert [f"F1 til NO-OUS: −{n},00" in text for n in (1, 2, 3)] == [True] * 3


@pytest.mark.parametrize("language", ["nb", "uk"])
@pytest.mark.parametrize(
    ("facts", "key", "values"),
    [
        ({"held": "NO-OUS"}, "held", {"hospital": "NO-OUS"}),
        ({"held": "NO-OUS", "stranded": True}, "stranded", {"hospital": "NO-OUS"}),
        ({"held_family": ["P2"]}, "held_family", {"members": "P2"}),
    ],
)
def test_who_is_kept_waiting_by_a_change(
    language: str, facts: dict[str, Any], key: str, values: dict[str, str]
) -> None:
    """Tests that the reason is what `replan` decided, and not what would be true of a plan made anew."""
    words = words_for(language)
    expected = words(f"reasons.{key}", patient="P1", **values)
    assert explained(words, stays("P1", facts)) == (expected, language)
    moved = explained(words, stays("P1", {"fewest_touched": True}))[0]
    assert words("reasons.not_moved") in moved
    assert words("reasons.gap_known", gap=words.score(7.5)) not in moved
