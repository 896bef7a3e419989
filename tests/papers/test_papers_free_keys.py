"""Tests of what papers read from a problem's free keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small_week import document, read

from medevac.papers.free_keys import CrewMember, read_free_keys


def free(**changes: Any) -> Any:
    """The free keys of the small week with some of the document's own keys changed."""
    return read_free_keys(json.dumps(document() | changes).encode())


def test_free_keys_are_found_by_id() -> None:
    """Tests names, oxygen and crew of the small week."""
    found = read_free_keys(read().raw)
    assert found.patient_names == {"P1": "Олександра Шевченко", "P4": "Åse Żółć"}
    assert found.oxygen_lpm == {"P2": 2.0, "P4": 0.0}
    assert found.hospital_names == {"NO-OUS": "Oslo universitetssykehus"}
    assert found.crew_of("SAS-737") == (
        CrewMember("Nurse", "Kari Nordmann"),
        CrewMember("Interpreter", "Олена Бондар"),
    )
    assert (found.oxygen_reserve, found.diversion_minutes, found.warnings) == (2.0, 0.0, ())


def test_an_aircraft_s_own_crew_comes_first() -> None:
    """Tests that a crew in one text, as a workbook's cell holds it, is read line by line."""
    data = document()
    data["aircraft"][0]["x-crew"] = "Medical crew director: Ola; Nurse:\nParamedic"
    found = read_free_keys(json.dumps(data).encode())
    assert found.crew_of("SAS-737") == (
        CrewMember("Medical crew director", "Ola"),
        CrewMember("Nurse", ""),
        CrewMember("", "Paramedic"),
    )


@pytest.mark.parametrize("name", [7, True, ["a"], {"a": 1}, "  "])
def test_a_name_that_is_no_text_leaves_a_blank_line(name: object) -> None:
    """Tests that the warning names patient, key, what was expected and what came."""
    data = document()
    data["patients"][0]["x-name"] = name
    found = read_free_keys(json.dumps(data).encode())
    assert "P1" not in found.patient_names
    assert found.warnings == (
        f"P1: x-name: expected a text, got {json.dumps(name)}. A blank line is printed instead.",
    )


@pytest.mark.parametrize("rate", ["2", -1, True, [2]])
def test_oxygen_that_is_no_amount_is_never_guessed(rate: object) -> None:
    """Tests that a rate as text or below zero leaves a blank line and a warning."""
    data = document()
    data["patients"][1]["x-oxygen_lpm"] = rate
    found = read_free_keys(json.dumps(data).encode())
    assert "P2" not in found.oxygen_lpm
    assert "P2: x-oxygen_lpm: expected litres per minute, 0 or more" in found.warnings[0]


def test_reserve_and_diversion_can_be_set() -> None:
    """Tests the two settings; a reserve below 1 would carry less than is needed and is not taken."""
    assert free(**{"x-oxygen_reserve": 1.5, "x-diversion_minutes": 45}).oxygen_reserve == 1.5
    assert free(**{"x-diversion_minutes": 45}).diversion_minutes == 45
    small = free(**{"x-oxygen_reserve": 0.5})
    assert (small.oxygen_reserve, len(small.warnings)) == (2.0, 1)


@pytest.mark.parametrize("crew", [7, [[1]], [{"role": 1}], {"role": "Nurse"}])
def test_a_crew_of_another_form_is_left_out(crew: object) -> None:
    """Tests that blank lines are printed, and that it is told."""
    found = free(**{"x-crew": crew})
    assert (found.crew, len(found.warnings)) == ((), 1)
