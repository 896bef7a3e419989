"""Tests that a problem survives the way into a workbook and back, whatever it holds."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from format_examples import full_problem, problems, set_at, value_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medevac.planner import FaultsError, read_problem
from medevac.tables import LANGUAGES, read_workbook, write_workbook
from oracle.tiny import tiny_problems

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
Document = dict[str, Any]

# Every object of the rich problem that may carry keys of one's own.
OPEN_OBJECTS: list[tuple[str | int, ...]] = [
    (),
    ("airports",),
    ("airports", "EDDF"),
    ("hubs",),
    ("hubs", "EPRZ"),
    ("countries",),
    ("countries", "DE"),
    ("hospitals", 0),
    ("hospitals", 0, "reach", 0),
    ("hospitals", 0, "places"),
    ("hospitals", 0, "places", "trauma"),
    ("hospitals", 0, "suitability"),
    ("aircraft", 0),
    ("aircraft", 1, "layouts", 1),
    ("aircraft", 1, "duty_minutes", 0),
    ("aircraft", 1, "duty_minutes", 0, "legs"),
    ("patients", 2),
    ("families",),
    ("fixed", 1),
    ("fixed", 1, "flight"),
    ("fixed_flights", 0),
    ("weights",),
    ("weights", "priority"),
]
ODD_TEXTS = ("=1+1", "json:{", " a ", "\x00", "\r\n", "_x000D_", "_x0041_", "ax005F_b", "\ud800", "\ufffe")
ODD_WORDS = (
    "Example: x",
    "Приклад: 1",
    "(none)",
    "a, b",
    "a;b",
    "+47",
    "'",
    "x-",
    "1,5",
    "2026-01-01",
    "null",
)
TEXTS = st.text(max_size=8) | st.sampled_from(ODD_TEXTS + ODD_WORDS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
NAMES = TEXTS.filter(lambda text: bool(text.strip()) and "\ud800" not in text and not text.startswith("x-"))


def there_and_back(document: Document, language: Any) -> Document:
    """The document after the way through a workbook; both must mean the same problem."""
    before = read_problem(json.dumps(document).encode())
    after = read_workbook(write_workbook(json.loads(before.raw), language))
    assert after.problem == before.problem
    assert len(after.warnings) == len(before.warnings)
    found: Document = json.loads(after.raw)
    return found


def own_keys(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every x- key of a document with its place and value."""
    found: dict[tuple[Any, ...], Any] = {}
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.startswith("x-"):
                found[(*path, key)] = inner
            else:
                found |= own_keys(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found |= own_keys(inner, (*path, index))
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(document=tiny_problems(), language=st.sampled_from(LANGUAGES))
def test_tiny_problems_survive(document: Document, language: Any) -> None:
    """Tests problems with every feature on now and then, in every language."""
    there_and_back(document, language)


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(document=problems(), language=st.sampled_from(LANGUAGES))
def test_nulls_and_odd_numbers_survive(document: Document, language: Any) -> None:
    """Tests that what is null and what is left out mean the same again, and that no digit is lost."""
    there_and_back(document, language)


@settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_keys_of_one_s_own_survive(data: Any) -> None:
    """Tests x- keys with any JSON value in every object, and that the way back keeps their places."""
    document = full_problem()
    for place in data.draw(st.lists(st.sampled_from(OPEN_OBJECTS), max_size=4)):
        value_at(document, place)["x-" + data.draw(TEXTS)] = data.draw(VALUES)
    found = there_and_back(document, data.draw(st.sampled_from(LANGUAGES)))
    assert own_keys(found) == own_keys(json.loads(json.dumps(document)))


@settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
@given(specialty=NAMES, hospital=NAMES, patient=NAMES, family=NAMES, layout=NAMES)
def test_any_name_survives(specialty: str, hospital: str, patient: str, family: str, layout: str) -> None:
    """Tests names with commas, outer blanks, control characters, marks of examples and of formulas."""
    document = full_problem()
    first, alone = document["hospitals"][0], copy.deepcopy(document["patients"][0])
    first["places"] = {specialty: 1, f"{specialty}2": 1}
    first["suitability"] = {specialty: 0.25}
    document["hospitals"].append(first | {"id": f"{hospital}3"})
    alone |= {"id": f"{patient}4", "needs": [specialty], "family": family, "hospitals": [f"{hospital}3"]}
    document["patients"].append(alone)
    document["families"] |= {family: "same-stop"}
    document["aircraft"][0]["layouts"][0]["id"] = layout
    there_and_back(document, "uk")


@pytest.mark.parametrize("key", ["refuses", "hospitals"])
def test_an_empty_list_is_not_nothing(key: str) -> None:
    """Tests that hospitals that have all said no are not the same as hospitals that nobody asked."""
    document = full_problem()
    document["patients"][1] |= {key: [], "chosen": None}
    found = there_and_back(document, "nb")
    assert found["patients"][1][key] == []


def test_an_aircraft_without_dates_survives() -> None:
    """Tests the other empty lists: no dates, no layouts, no airport in reach, no places."""
    document = full_problem()
    document |= {"fixed": [], "fixed_flights": []}
    document["aircraft"][0] |= {"days": [], "layouts": []}
    document["hospitals"][1] |= {"reach": [], "places": {}}
    there_and_back(document, "en")


def test_old_dates_survive() -> None:
    """Tests dates before 1900, which a spreadsheet cannot count."""
    document = full_problem()
    document["hospitals"][0] |= {"from": "1066-10-14", "until": "1900-02-28"}
    set_at(document, ("patients", 0, "fit_until"), "1899-12-31T23:59Z")
    there_and_back(document, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_problem_gives_the_same_bytes(language: Any) -> None:
    """Tests that no clock and no chance is in the file."""
    assert write_workbook(full_problem(), language) == write_workbook(full_problem(), language)


def test_what_has_no_room_in_a_cell_is_refused() -> None:
    """Tests that a text is never cut off in silence."""
    document = full_problem()
    document["patients"][1]["x-history"] = "a" * 40_000
    with pytest.raises(FaultsError, match=r'patients: row 3, column "x-history": .*40000 characters'):
        write_workbook(document, "en")
