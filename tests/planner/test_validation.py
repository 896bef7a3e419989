"""Tests that every input rule of the format is checked, at the right place, and all at once."""

import copy

import pytest
from format_examples import OPTIONAL_KEYS, full_problem, set_at, value_at

from medevac.planner.faults import FaultsError
from medevac.planner.reading import read_problem


def paths(document) -> list[str]:
    """The places of all faults of a problem."""
    with pytest.raises(FaultsError) as caught:
        read_problem(document)
    return [fault.path for fault in caught.value.faults]


def path_of(place: tuple) -> str:
    """A place in the words of a fault."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


# Values that do not fit, by place; each must be refused at exactly that place.
WRONG_VALUES = {
    ("name",): ["", "  ", None, 3],
    ("start",): [None, "2026-13-01", "2026-1-2", 20260112, "2026-01-12T00:00Z", "２026-01-12"],
    ("days",): [0, 367, 1.5, True, "7", None],
    ("airports", "ENGM", "lat"): [-90.1, 91, "60", None, True],
    ("airports", "ENGM", "lon"): [-180.1, 181, [], None],
    ("airports", "EDDF", "opens"): ["24:00", "4:00", "04:60", 240, "22:00Z"],
    ("airports", "EDDF", "closes"): ["24:01", "04:00", "03:00", "25:00", 1320],
    ("airports", "EDDF", "ambulances"): [-1, 1.5, True, "2"],
    ("airports", "EDDF"): [None, [], "x"],
    ("hubs", "EPRZ", "load_minutes"): [-1, 45.5, None, "60", False],
    ("countries", "NO", "limit"): [-1, 0.5, "6"],
    ("countries", "DE"): [None, 3],
    ("hospitals", 0, "id"): ["", None, 5],
    ("hospitals", 0, "country"): ["SE", "", None, 1],
    ("hospitals", 0, "until"): ["2026-01-11", "soon"],
    ("hospitals", 0, "places", "burns"): [-1, 1.5, True, "2"],
    ("hospitals", 0, "places", "trauma", "count"): [-1, None],
    ("hospitals", 0, "suitability", "burns"): [-0.1, 1.1, "high"],
    ("hospitals", 0, "reach", 0, "airport"): ["XXXX", None],
    ("hospitals", 0, "reach", 0, "road_minutes"): [-1, 0.5, None],
    ("hospitals", 0, "arrivals_per_day"): [-1, 2.5],
    ("aircraft", 0, "base"): ["XXXX", "EPRZ", "LZIB", None],
    ("aircraft", 0, "days"): [None, "2026-01-14", {}],
    ("aircraft", 0, "days", 0): ["2026-01-11", "2026-01-19", None, 14],
    ("aircraft", 0, "max_flights"): [-1, 1.5, "1"],
    ("aircraft", 0, "range_km"): [0, -1, None, "far", 1e300],
    ("aircraft", 0, "speed_kmh"): [0, -780, True],
    ("aircraft", 0, "leg_minutes"): [0.5, -1],
    ("aircraft", 0, "duty_minutes"): [[], -1, 0.5, None, "840"],
    ("aircraft", 0, "cost_per_hour"): [-1, None, 10**400],
    ("aircraft", 0, "layouts", 0, "seats"): [-1, 1.5, None],
    ("aircraft", 0, "layouts", 0, "care"): [-1, "x"],
    ("aircraft", 1, "duty_minutes", 0, "report_until"): ["05:00", "04:00", "24:01"],
    ("aircraft", 1, "duty_minutes", 1, "report_from"): ["12:29", "24:00", None],
    ("aircraft", 1, "duty_minutes", 0, "legs"): [{}, None, []],
    ("aircraft", 1, "duty_minutes", 0, "legs", "4"): [-1, 0.5, None],
    ("patients", 0, "hub"): ["ENGM", "XXXX", None],
    ("patients", 0, "ready"): [None, "2026-02-30"],
    ("patients", 1, "fit_until"): [
        "2026-01-16",
        "2026-01-16T12:00",
        "2026-01-16T24:00Z",
        "2026-02-30T12:00Z",
    ],
    ("patients", 0, "priority"): [0, 4, 1.5, "1", True, None],
    ("patients", 0, "waiting_days"): [-1, "12"],
    ("patients", 0, "position"): ["sitting", "Litter", None, 1],
    ("patients", 0, "needs"): [[], None, "burns"],
    ("patients", 0, "needs", 0): ["", None, 1],
    ("patients", 0, "isolation"): ["yes", 1, False],
    ("patients", 0, "child"): [0, 1, "no"],
    ("patients", 0, "companions"): [-1, 1.5],
    ("patients", 0, "family"): ["", 7],
    ("patients", 0, "refuses"): ["DE", {}],
    ("patients", 0, "refuses", 0): ["FR", None],
    ("patients", 0, "prefers"): ["FR", 1],
    ("patients", 1, "hospitals", 0): ["NO-XXX", None],
    ("patients", 1, "chosen"): ["NO-XXX", 1],
    ("families", "F7"): ["together", 1],
    ("fixed", 0, "patient"): ["UA-26-9999", "UA-26-0002", None],
    ("fixed", 1, "patient"): ["UA-26-0001"],
    ("fixed", 0, "hospital"): ["NO-XXX", None],
    ("fixed", 1, "flight", "aircraft"): ["nothing", None],
    ("fixed", 1, "flight", "date"): ["2026-01-14", "2025-01-13", None],
    ("fixed_flights", 0, "date"): ["2026-01-14", "2026-01-19", None],
    ("fixed_flights", 0, "layout"): ["standrad", None],
    ("fixed_flights", 0, "hub"): ["ENGM", None],
    ("fixed_flights", 0, "stops"): [[], None],
    ("fixed_flights", 0, "stops", 0): ["LZIB", "XXXX", None],
    ("fixed_flights", 0, "stops", 1): ["ENGM"],
    ("fixed_flights", 0, "leaves_base"): ["24:00", "2026-01-14T06:30Z", 390, None, "2026-01-13T06:30"],
    ("fixed_flights", 0, "closed"): [0, "yes"],
    ("weights", "waiting_per_week"): [-0.1, "a"],
    ("weights", "priority", "1"): [-1, [], 1e16],
}


@pytest.mark.parametrize(
    ("place", "value"), [(place, value) for place, values in WRONG_VALUES.items() for value in values]
)
def test_a_wrong_value_is_refused_where_it_stands(place, value):
    """Tests that each value that breaks an input rule is refused at its own place."""
    document = full_problem()
    if place == ("fixed", 0, "patient") and value == "UA-26-0002":
        place = ("fixed", 1, "patient")
        document["fixed"][0]["patient"] = value
    else:
        set_at(document, place, value)
    assert path_of(place) in paths(document)


OBJECTS = [
    (),
    ("airports", "ENGM"),
    ("hubs", "EPRZ"),
    ("countries", "NO"),
    ("hospitals", 0),
    ("hospitals", 0, "reach", 0),
    ("hospitals", 0, "places", "trauma"),
    ("aircraft", 0),
    ("aircraft", 0, "layouts", 0),
    ("aircraft", 1, "duty_minutes", 0),
    ("patients", 0),
    ("fixed", 1),
    ("fixed", 1, "flight"),
    ("fixed_flights", 0),
    ("weights",),
    ("weights", "priority"),
]


@pytest.mark.parametrize("place", OBJECTS)
def test_an_unknown_key_is_refused_and_a_free_one_ignored(place):
    """Tests that objects are closed at every level, but for keys that start with x-."""
    document = full_problem()
    value_at(document, place)["x-note"] = {"anything": [1, None]}
    problem = read_problem(document).problem
    assert problem == read_problem(full_problem()).problem
    value_at(document, place)["note"] = 1
    assert paths(document) == [path_of((*place, "note"))]


REQUIRED_KEYS = {
    (): "format name start days airports hubs countries hospitals aircraft patients",
    ("airports", "ENGM"): "lat lon",
    ("hubs", "EPRZ"): "load_minutes",
    ("hospitals", 0): "id country reach places",
    ("hospitals", 0, "reach", 0): "airport road_minutes",
    ("hospitals", 0, "places", "trauma"): "count",
    ("aircraft", 0): "id base days max_stops range_km speed_kmh leg_minutes turnaround_minutes unload_minutes"
    " report_minutes duty_minutes cost_per_hour layouts",
    ("aircraft", 0, "layouts", 0): "id litters intensive seats",
    ("aircraft", 1, "duty_minutes", 0): "report_from report_until legs",
    ("patients", 0): "id hub ready priority position needs max_transit_minutes",
    ("fixed", 1): "patient hospital",
    ("fixed", 1, "flight"): "aircraft date",
    ("fixed_flights", 0): "aircraft date layout hub stops leaves_base",
}


@pytest.mark.parametrize(
    ("place", "key"), [(place, key) for place, keys in REQUIRED_KEYS.items() for key in keys.split()]
)
def test_a_key_that_must_be_there_is_missed(place, key):
    """Tests that each key that may not be left out is asked for by name, and that null does not do."""
    document = full_problem()
    value_at(document, place)[key] = None
    assert path_of((*place, key)) in paths(document)
    del value_at(document, place)[key]
    assert path_of((*place, key)) in paths(document)


@pytest.mark.parametrize(
    ("place", "key"), [(place, key) for place, keys in OPTIONAL_KEYS.items() for key in keys]
)
def test_null_means_the_same_as_leaving_out(place, key):
    """Tests that null is allowed wherever leaving out is, with the same meaning."""
    null, absent = full_problem(), full_problem()
    value_at(null, place)[key] = None
    value_at(absent, place).pop(key, None)
    assert read_problem(null).problem == read_problem(absent).problem


def test_the_defaults_are_those_of_the_format():
    """Tests that what is left out gets the format's meaning."""
    document = full_problem()
    patient, hospital, aircraft = (document[key][0] for key in ("patients", "hospitals", "aircraft"))
    for key in ("waiting_days", "companions", "care", "isolation", "child", "refuses", "prefers"):
        del patient[key]
    for key in ("from", "until", "isolation", "intensive", "child", "companions", "suitability"):
        del hospital[key]
    del aircraft["max_flights"], document["weights"]
    aircraft["days"] = ["2026-01-14", "2026-01-16"]
    problem = read_problem(document).problem
    first = problem.patients[0]
    assert (first.waiting_days, first.companions, first.care, first.child) == (0, 0, 0, False)
    assert (first.isolation, first.refuses, first.prefers) == ("none", (), None)
    assert problem.hospitals[0].suitability_of("burns") == 0.5
    assert problem.hospitals[0].companions == 0
    assert problem.aircraft[0].max_flights == 2
    assert problem.weights.priority == {1: 100, 2: 30, 3: 10}


def test_single_weights_keep_the_others():
    """Tests that weights may be given key by key, also inside priority."""
    document = full_problem() | {"weights": {"priority": {"2": 40}, "suitability": 5}}
    weights = read_problem(document).problem.weights
    assert weights.priority == {1: 100, 2: 40, 3: 10}
    assert (weights.suitability, weights.preference) == (5, 1.5)


def test_whole_numbers_may_be_written_with_a_point():
    """Tests that 45.0 minutes are 45 minutes."""
    document = full_problem()
    document["hubs"]["EPRZ"]["load_minutes"] = 45.0
    minutes = read_problem(document).problem.hubs["EPRZ"]
    assert minutes == 45
    assert isinstance(minutes, int)


REPEATS = [
    (("hospitals",), "id"),
    (("aircraft",), "id"),
    (("patients",), "id"),
    (("aircraft", 0, "layouts"), "id"),
    (("hospitals", 0, "reach"), "airport"),
    (("fixed",), "patient"),
    (("fixed_flights",), "date"),
]


@pytest.mark.parametrize(("place", "key"), REPEATS)
def test_a_repeated_name_is_refused_at_the_second(place, key):
    """Tests that names are used once in their list."""
    document = full_problem()
    entries = value_at(document, place)
    entries.append(copy.deepcopy(entries[0]))
    assert paths(document) == [f"{path_of(place)}[{len(entries) - 1}].{key}"]


@pytest.mark.parametrize(
    "place", [("patients", 0, "needs"), ("patients", 0, "refuses"), ("aircraft", 0, "days")]
)
def test_a_repeated_value_is_refused_at_the_second(place):
    """Tests that needs, refused countries and dates come once."""
    document = full_problem()
    value_at(document, place).append(value_at(document, place)[0])
    assert paths(document) == [f"{path_of(place)}[1]"]


def test_a_misspelt_key_is_answered_with_the_nearest():
    """Tests that the remedy names the key that was meant."""
    document = full_problem()
    document["patients"][0]["compannions"] = 1
    with pytest.raises(FaultsError, match='Did you mean "companions"'):
        read_problem(document)


def test_a_misspelt_name_is_answered_with_the_nearest():
    """Tests that the remedy names the hospital that was meant."""
    document = full_problem()
    document["fixed"][0]["hospital"] = "no-ous"
    with pytest.raises(FaultsError, match='Did you mean "NO-OUS"'):
        read_problem(document)


def test_all_faults_come_at_once():
    """Tests that faults of several sections are found in one reading, in the document's order."""
    document = full_problem()
    document["days"] = 0
    document["airports"]["EDDF"]["closes"] = "03:00"
    document["hospitals"][0]["country"] = "SE"
    document["aircraft"][0]["speed_kmh"] = 0
    document["patients"][2]["needs"] = ["burns", "burns"]
    document["weights"]["preference"] = -1
    assert paths(document) == [
        "days",
        "airports.EDDF.closes",
        "hospitals[0].country",
        "aircraft[0].speed_kmh",
        "patients[2].needs[1]",
        "weights.preference",
    ]


def test_a_missing_section_gives_one_fault():
    """Tests that references into a section that is not there are not blamed."""
    document = full_problem()
    del document["airports"]
    assert paths(document) == ["airports"]


def test_an_unknown_hub_is_refused():
    """Tests that a hub must be an airport."""
    document = full_problem()
    document["hubs"]["EPRX"] = {"load_minutes": 1}
    assert paths(document) == ["hubs.EPRX"]


def test_names_are_not_blank():
    """Tests that a blank airport code is refused, in quotes."""
    document = full_problem()
    document["airports"][" "] = {"lat": 1, "lon": 1}
    assert paths(document) == ['airports[" "]']


def test_a_family_leaves_from_one_hub():
    """Tests that a member with another hub is refused."""
    document = full_problem()
    document["patients"][2]["hub"] = "EPRZ"
    assert paths(document) == ["patients[2].hub"]


@pytest.mark.parametrize("legs", ["0", "04", "-1", "1.5", "four", "", "٤"])
def test_numbers_of_legs_are_whole_and_above_zero(legs):
    """Tests that the keys of a duty band are judged."""
    document = full_problem()
    document["aircraft"][1]["duty_minutes"][0]["legs"] = {legs: 700}
    (path,) = paths(document)
    assert path.startswith("aircraft[1].duty_minutes[0].legs")


def test_a_band_inside_another_is_an_overlap():
    """Tests that 06:00-07:00 inside 05:00-12:30 is refused, wherever it is listed."""
    document = full_problem()
    band = {"report_from": "06:00", "report_until": "07:00", "legs": {"4": 1}}
    document["aircraft"][1]["duty_minutes"].append(band)
    assert paths(document) == ["aircraft[1].duty_minutes[2].report_from"]


def test_the_base_comes_last_among_the_stops():
    """Tests that a fixed flight may end at its base, but not pass through it."""
    document = full_problem()
    document["fixed_flights"][0]["stops"] = ["EDDF", "ENGM"]
    assert paths(document) == ["fixed_flights[0].stops[0]"]


def test_rules_of_flying_are_not_judged():
    """Tests that too many stops are for the planner to call infeasible, not for reading."""
    document = full_problem()
    document["aircraft"][1]["max_stops"] = 1
    assert read_problem(document).problem.fixed_flights[0].stops == ("ENGM", "EDDF")


@pytest.mark.parametrize("leaves", ["2026-01-13T06:30Z", "06:30"])
def test_a_fixed_flight_leaves_at_an_instant_or_a_clock_time(leaves):
    """Tests that both forms mean minute 390 of the flight's date."""
    document = full_problem()
    document["fixed_flights"][0]["leaves_base"] = leaves
    assert read_problem(document).problem.fixed_flights[0].leaves_base == 390


def test_a_specialty_may_be_null():
    """Tests that null places mean that the specialty is not offered."""
    document = full_problem()
    document["hospitals"][1]["places"]["burns"] = None
    assert "burns" not in read_problem(document).problem.hospitals[1].places
