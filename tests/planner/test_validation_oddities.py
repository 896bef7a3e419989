"""Tests that what is legal but most likely not meant is warned of, and nothing else is."""

import pytest
from format_examples import full_problem, set_at

from medevac.planner.reading import read_problem

ODDITIES = {
    "hospitals[1].reach": ("hospitals", 1, "reach", [{"airport": "FAR", "road_minutes": 1}]),
    "hospitals[0].reach": ("hospitals", 0, "reach", []),
    "aircraft[0].days": ("aircraft", 0, "days", []),
    "aircraft[0].layouts": ("aircraft", 0, "layouts", []),
    "aircraft[0].max_flights": ("aircraft", 0, "max_flights", 2),
    "aircraft[0].layouts[0].intensive": ("aircraft", 0, "layouts", 0, "intensive", 19),
    "countries.NO.fair_share": ("countries", "NO", "fair_share", 7),
    "patients[0].ready": ("patients", 0, "ready", "2026-01-19"),
    "patients[1].fit_until": ("patients", 1, "fit_until", "2026-01-11T23:59Z"),
    "patients[0].needs": ("patients", 0, "needs", ["eyes"]),
    "patients[0]": ("patients", 0, "refuses", ["DE", "NO"]),
    "patients[0].prefers": ("patients", 0, "prefers", "DE"),
    "patients[1].chosen": ("patients", 1, "hospitals", ["NO-OUS"]),
    "patients[2].chosen": ("patients", 2, "refuses", ["DE"]),
    "families.F9": ("families", "F9", "same-stop"),
    "patients[0].hub": ("hubs", "FAR", {"load_minutes": 1}),
}


@pytest.mark.parametrize("path", ODDITIES)
def test_what_is_legal_but_odd_is_warned_of(path):
    """Tests that each oddity gives a warning at its place and the problem is read all the same."""
    *place, value = ODDITIES[path]
    document = full_problem()
    document["airports"]["FAR"] = {"lat": -50, "lon": 22}
    set_at(document, tuple(place), value)
    if path == "patients[0].hub":
        document["patients"][0]["hub"] = "FAR"
    warnings = read_problem(document).warnings
    assert path in [warning.path for warning in warnings]
    assert {warning.severity for warning in warnings} == {"warning"}


def test_a_hospital_is_reached_by_a_chain_of_legs():
    """Tests that no warning is given for an airport that only another stop brings into range.

    On the equator a degree is 111.2 km: hub at 0°, stops at 3° and 6°, range 400 km. The base lies at 2°.
    """
    document = full_problem()
    for code, lon in {"EPRZ": 0, "LZIB": 0, "ENGM": 2, "NEAR": 3, "EDDF": 6}.items():
        document["airports"][code] = {"lat": 0, "lon": lon}
    document["aircraft"] = document["aircraft"][:1]
    document["aircraft"][0]["range_km"] = 400
    document["hospitals"][0]["reach"].append({"airport": "NEAR", "road_minutes": 1})
    document["fixed"], document["fixed_flights"] = [], []
    assert read_problem(document).warnings == ()
    document["airports"]["EDDF"]["lon"] = 7
    assert [warning.path for warning in read_problem(document).warnings] == []
    document["hospitals"][1]["reach"].pop()
    assert [warning.path for warning in read_problem(document).warnings] == ["hospitals[1].reach"]
