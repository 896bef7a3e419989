"""Documents for the tests of reading: the examples of the format page, one rich problem, random ones."""

import copy
import json

from hypothesis import strategies as st

FORMAT_PROBLEM = """
{
  "format": "medevac-problem/1",
  "name": "week 3, 2026",
  "start": "2026-01-12", "days": 7,
  "airports": {"EPRZ": {"lat": 50.11, "lon": 22.019}, "ENGM": {"lat": 60.194, "lon": 11.1},
               "EDDF": {"lat": 50.033, "lon": 8.57, "opens": "04:00", "closes": "22:00", "ambulances": 12}},
  "hubs": {"EPRZ": {"load_minutes": 60}},
  "countries": {"NO": {"limit": 6, "fair_share": 4}, "DE": {}},
  "hospitals": [
    {"id": "NO-OUS", "country": "NO", "reach": [{"airport": "ENGM", "road_minutes": 45}],
     "from": "2026-01-12", "until": "2026-02-01",
     "places": {"burns": 2, "trauma": {"count": 3, "from": "2026-01-14", "until": null}},
     "suitability": {"burns": 0.9}, "isolation": 2, "intensive": 1, "child": 1, "companions": 4,
     "arrivals_per_day": 3}],
  "aircraft": [
    {"id": "SAS-737", "base": "ENGM", "days": ["2026-01-14"], "max_flights": 1, "max_stops": 5,
     "range_km": 4000, "speed_kmh": 780, "leg_minutes": 24, "turnaround_minutes": 50, "unload_minutes": 30,
     "report_minutes": 60, "duty_minutes": 840, "cost_per_hour": 9000,
     "layouts": [{"id": "standard", "litters": 18, "intensive": 3, "seats": 30, "isolation": null,
                  "care": null}]}],
  "patients": [
    {"id": "UA-26-0001", "hub": "EPRZ", "ready": "2026-01-12", "fit_until": null, "priority": 1,
     "waiting_days": 12, "position": "litter", "needs": ["burns"], "isolation": "contact", "child": false,
     "companions": 1, "care": 0, "max_transit_minutes": 600, "family": null, "refuses": ["DE"],
     "prefers": "NO", "hospitals": null, "chosen": null}],
  "families": {},
  "fixed": [{"patient": "UA-26-0001", "hospital": "NO-OUS"}],
  "fixed_flights": [],
  "weights": {"priority": {"1": 100, "2": 30, "3": 10}, "waiting_per_week": 0.25, "waiting_weeks_cap": 8,
              "suitability": 3, "preference": 1.5, "transit_per_hour": 0.2, "above_fair_share": 0.5,
              "cost_per_1000": 0.1}
}
"""

FORMAT_PLAN = """
{
  "format": "medevac-plan/1",
  "problem": {"name": "week 3, 2026", "sha256": "…of the problem file's bytes"},
  "status": "optimal",
  "score": 124.58, "bound": 124.58,
  "terms": {"priority": 125.0, "suitability": 2.7, "preference": 1.5, "transit": -0.87, "fair_share": 0.0,
            "cost": -3.75},
  "flights": [
    {"id": "F1", "aircraft": "SAS-737", "layout": "standard", "date": "2026-01-14", "hub": "EPRZ",
     "leaves_base": "2026-01-14T06:00Z",
     "legs": [{"from": "ENGM", "to": "EPRZ", "departs": "2026-01-14T06:00Z", "arrives": "2026-01-14T08:05Z"},
              {"from": "EPRZ", "to": "ENGM", "departs": "2026-01-14T09:05Z", "arrives": "2026-01-14T11:10Z"}]}],
  "placements": [{"patient": "UA-26-0001", "hospital": "NO-OUS", "flight": "F1", "leaves_at": "ENGM",
                  "transit_minutes": 260, "basis": "proposal"}],
  "unplaced": [],
  "solver": {"name": "medevac", "version": "0.1.0", "method": "…", "seconds": 1.9, "seed": 0}
}
"""


def format_problem() -> dict:
    """The problem of the format page."""
    return json.loads(FORMAT_PROBLEM)


def format_plan() -> dict:
    """The plan of the format page."""
    return json.loads(FORMAT_PLAN)


def full_problem() -> dict:
    """A problem without faults or oddities in which every key of the format is used."""
    problem = format_problem()
    problem["hubs"]["LZIB"] = {"load_minutes": 45}
    problem["airports"]["LZIB"] = {"lat": 48.17, "lon": 17.21, "opens": "00:00", "closes": "24:00"}
    problem["countries"]["DE"] = {"limit": 9, "fair_share": 9}
    problem["hospitals"].append(
        {
            "id": "DE-FRA",
            "country": "DE",
            "reach": [{"airport": "EDDF", "road_minutes": 30}, {"airport": "ENGM", "road_minutes": 900}],
            "places": {"trauma": {"count": 2, "from": "2026-01-12", "until": "2026-01-20"}, "burns": 1},
        }
    )
    aircraft = copy.deepcopy(problem["aircraft"][0])
    bands = [
        {"report_from": "05:00", "report_until": "12:30", "legs": {"4": 720, "5": 690}},
        {"report_from": "12:30", "report_until": "24:00", "legs": {"3": 600}},
    ]
    aircraft |= {"id": "LH-321", "base": "EDDF", "days": ["2026-01-13", "2026-01-15"], "duty_minutes": bands}
    aircraft["layouts"].append({"id": "dense", "litters": 30, "intensive": 0, "seats": 9, "isolation": 1})
    problem["aircraft"].append(aircraft)
    for name in ("UA-26-0002", "UA-26-0003"):
        patient = copy.deepcopy(problem["patients"][0])
        wishes = {"refuses": [], "prefers": "DE", "hospitals": ["DE-FRA", "NO-OUS"], "chosen": "DE-FRA"}
        patient |= {"id": name, "hub": "LZIB", "family": "F7", "needs": ["trauma", "burns"], **wishes}
        patient |= {"fit_until": "2026-01-16T12:00Z", "care": 1.5, "child": True, "isolation": "airborne"}
        problem["patients"].append(patient)
    problem["families"] = {"F7": "same-stop"}
    flight = {"aircraft": "LH-321", "date": "2026-01-13"}
    problem["fixed"].append({"patient": "UA-26-0002", "hospital": "DE-FRA", "flight": flight})
    problem["fixed_flights"] = [
        {**flight, "layout": "dense", "hub": "LZIB", "stops": ["ENGM", "EDDF"]}
        | {"leaves_base": "2026-01-13T06:30Z", "closed": True}
    ]
    return problem


# Every key that may be left out or null, by the place of its object.
OPTIONAL_KEYS = {
    (): ("families", "fixed", "fixed_flights", "weights"),
    ("airports", "EDDF"): ("opens", "closes", "ambulances"),
    ("countries", "NO"): ("limit", "fair_share"),
    ("hospitals", 0): ("from", "until", "suitability", "isolation", "intensive", "child", "companions"),
    ("hospitals", 0, "suitability"): ("burns",),
    ("hospitals", 0, "places", "trauma"): ("from", "until"),
    ("aircraft", 0): ("max_flights",),
    ("aircraft", 1, "layouts", 0): ("isolation", "care"),
    ("patients", 1): ("fit_until", "waiting_days", "isolation", "child", "companions", "care", "family"),
    ("patients", 2): ("refuses", "prefers", "hospitals", "chosen"),
    ("fixed", 1): ("flight",),
    ("fixed_flights", 0): ("closed",),
    ("weights",): ("priority", "waiting_per_week", "preference", "cost_per_1000"),
    ("weights", "priority"): ("1", "2", "3"),
}

COUNTS = [
    ("hospitals", 0, "places", "burns"),
    ("hospitals", 0, "intensive"),
    ("countries", "NO", "limit"),
    ("aircraft", 0, "layouts", 0, "litters"),
    ("aircraft", 0, "max_stops"),
    ("patients", 0, "companions"),
]
MINUTES = [
    ("hubs", "EPRZ", "load_minutes"),
    ("hospitals", 0, "reach", 0, "road_minutes"),
    ("aircraft", 0, "duty_minutes"),
    ("aircraft", 1, "duty_minutes", 0, "legs", "4"),
    ("patients", 0, "max_transit_minutes"),
]
AMOUNTS = [
    ("weights", "suitability"),
    ("aircraft", 0, "cost_per_hour"),
    ("patients", 0, "waiting_days"),
    ("aircraft", 1, "layouts", 0, "care"),
]


def value_at(document, place: tuple):
    """The value at a place of a document."""
    for step in place:
        document = document[step]
    return document


def set_at(document, place: tuple, value) -> None:
    """Set the value at a place of a document."""
    value_at(document, place[:-1])[place[-1]] = value


@st.composite
def problems(draw) -> dict:
    """Valid problems: the rich one with other numbers, and optional keys left out or null."""
    problem = full_problem()
    for place in COUNTS:
        set_at(problem, place, draw(st.integers(0, 99)))
    for place in MINUTES:
        set_at(problem, place, draw(st.integers(0, 2000) | st.integers(0, 90).map(float)))
    for place in AMOUNTS:
        set_at(problem, place, draw(st.floats(0, 1e6) | st.integers(0, 100)))
    set_at(problem, ("hospitals", 0, "suitability", "burns"), draw(st.floats(0, 1)))
    for place in sorted(OPTIONAL_KEYS, key=len, reverse=True):
        parent = value_at(problem, place)
        for key in OPTIONAL_KEYS[place]:
            fate = draw(st.sampled_from(("kept", "kept", "null", "left out")))
            if fate == "null":
                parent[key] = None
            if fate == "left out":
                parent.pop(key, None)
    return problem


ODD_VALUES = st.sampled_from(
    [None, True, False, 0, -1, 1.5, 1e308, 10**20, "", " ", "x", "\x00", "24:00", "9999-12-31", [], {}, [[]]]
) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def _places(value, place=()):
    """Every place of a document."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (*place, step)
        yield from _places(inner, (*place, step))


def mutate(document, draw) -> None:
    """Change one random place: delete it, put an odd value there, repeat it or add a key."""
    place = draw(st.sampled_from(list(_places(document))))
    parent = document
    for step in place[:-1]:
        parent = parent[step]
    way = draw(st.sampled_from(("delete", "odd", "odd", "repeat", "key")))
    if way == "delete":
        del parent[place[-1]]
    elif way == "odd":
        parent[place[-1]] = copy.deepcopy(draw(ODD_VALUES))
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(parent[place[-1]]))
    else:
        parent[draw(st.text(max_size=4))] = copy.deepcopy(draw(ODD_VALUES))
