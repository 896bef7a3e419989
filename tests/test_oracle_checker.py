"""The independent checker: small plans computed by hand that pass, and one broken plan for each rule."""

import copy
import hashlib
import json
from collections.abc import Callable

import pytest

from oracle.checker import check
from oracle.reasons import check_reasons

# One degree of a great circle on a sphere of radius 6371.0 km. At this speed a degree takes one minute.
DEGREE_KM = 111.19492664455873
FIRST, SECOND, THIRD = "2026-01-12", "2026-01-13", "2026-01-14"


def hand_problem() -> dict:
    """Return a problem on the equator: base B 90°, hub H 0°, airport A 60° and hub K 30°.

    Legs in minutes: B-H 90, H-A 60, A-B 30, H-B 90. Loading 30, turnaround 40, unloading 5, reporting 60.
    """
    hospital_rooms = {"isolation": 1, "intensive": 1, "child": 1, "companions": 2}
    return {
        "format": "medevac-problem/1",
        "name": "by hand",
        "start": FIRST,
        "days": 3,
        "airports": {
            "H": {"lat": 0, "lon": 0},
            "K": {"lat": 0, "lon": 30},
            "A": {"lat": 0, "lon": 60, "opens": "06:00", "closes": "20:00", "ambulances": 2},
            "B": {"lat": 0, "lon": 90},
        },
        "hubs": {"H": {"load_minutes": 30}, "K": {"load_minutes": 30}},
        "countries": {"X": {"limit": 2, "fair_share": 0}, "Y": {}},
        "hospitals": [
            {
                "id": "hA",
                "country": "X",
                "reach": [{"airport": "A", "road_minutes": 10}],
                "places": {"burns": 2, "trauma": {"count": 1, "from": FIRST, "until": FIRST}},
                "suitability": {"burns": 0.9},
                "arrivals_per_day": 2,
                "until": SECOND,
                **hospital_rooms,
            },
            {
                "id": "hB",
                "country": "Y",
                "reach": [{"airport": "B", "road_minutes": 20}],
                "places": {"burns": 1},
                **hospital_rooms,
            },
        ],
        "aircraft": [
            {
                "id": "p",
                "base": "B",
                "days": [FIRST, SECOND, THIRD],
                "max_flights": 2,
                "max_stops": 2,
                "range_km": 100 * DEGREE_KM,
                "speed_kmh": 60 * DEGREE_KM,
                "leg_minutes": 0,
                "turnaround_minutes": 40,
                "unload_minutes": 5,
                "report_minutes": 60,
                "duty_minutes": [
                    {"report_from": "04:00", "report_until": "12:00", "legs": {"2": 330, "3": 310}}
                ],
                "cost_per_hour": 1000,
                "layouts": [
                    {"id": "l", "litters": 2, "intensive": 1, "seats": 3, "isolation": 1, "care": 2},
                    {"id": "m", "litters": 2, "intensive": 1, "seats": 3},
                ],
            }
        ],
        "patients": [
            {
                "id": "u1",
                "hub": "H",
                "ready": FIRST,
                "priority": 1,
                "waiting_days": 15,
                "position": "litter",
                "needs": ["burns"],
                "isolation": "contact",
                "companions": 1,
                "care": 1,
                "max_transit_minutes": 105,
                "fit_until": f"{FIRST}T09:15Z",
                "prefers": "X",
            },
            {
                "id": "u2",
                "hub": "H",
                "ready": FIRST,
                "priority": 3,
                "position": "seat",
                "needs": ["burns"],
                "care": 1,
                "max_transit_minutes": 600,
                "hospitals": ["hB"],
            },
            {
                "id": "u3",
                "hub": "K",
                "ready": FIRST,
                "priority": 2,
                "position": "seat",
                "needs": ["eyes"],
                "max_transit_minutes": 600,
            },
        ],
        "fixed": [{"patient": "u1", "hospital": "hA", "flight": {"aircraft": "p", "date": FIRST}}],
    }


def hand_plan() -> dict:
    """Return the plan B-H-A-B at 06:00 with u1 to hA and u2 to hB, the base being a drop.

    06:00 B, 07:30 H, 08:00, 09:00 A, 09:40, 10:10 B. u1 60 + 30 + 5 + 10 = 105 minutes of transit, u2
    30 + 60 + 40 + 30 + 5 + 20 = 185. Duty 60 + 250 = 310.
    u1: 100 × (1 + 0.25 × 2) = 150, 3 × 0.9 = 2.7, preferred 1.5; u2: 10, 3 × 0.5 = 1.5.
    Transit: 0.2 × 290 / 60 = 0.9667; one patient above the fair share of X: 0.5; flying 3 h: 0.1 × 3 = 0.3.
    """
    return {
        "format": "medevac-plan/1",
        "problem": {"name": "by hand", "sha256": "unknown"},
        "status": "optimal",
        "score": 163.93,
        "bound": 163.93,
        "terms": {
            "priority": 160.0,
            "suitability": 4.2,
            "preference": 1.5,
            "transit": -0.97,
            "fair_share": -0.5,
            "cost": -0.3,
        },
        "flights": [
            {
                "id": "F1",
                "aircraft": "p",
                "layout": "l",
                "date": FIRST,
                "hub": "H",
                "leaves_base": f"{FIRST}T06:00Z",
                "legs": [
                    leg("B", "H", FIRST, "06:00", "07:30"),
                    leg("H", "A", FIRST, "08:00", "09:00"),
                    leg("A", "B", FIRST, "09:40", "10:10"),
                ],
            }
        ],
        "placements": [
            placement("u1", "hA", "A", 105, "proposal"),
            placement("u2", "hB", "B", 185, "accepted"),
        ],
        "unplaced": [{"patient": "u3", "reason": "no-specialty", "explanation": "No hospital treats eyes."}],
        "solver": {"name": "hand", "version": "1", "method": "by hand", "seconds": 0.1, "seed": 0},
    }


def leg(here: str, there: str, date: str, departs: str, arrives: str) -> dict:
    return {"from": here, "to": there, "departs": f"{date}T{departs}Z", "arrives": f"{date}T{arrives}Z"}


def placement(patient: str, hospital: str, leaves_at: str, transit: float, basis: str) -> dict:
    return {
        "patient": patient,
        "hospital": hospital,
        "flight": "F1",
        "leaves_at": leaves_at,
        "transit_minutes": transit,
        "basis": basis,
    }


def empty_flight(name: str, date: str, leaves: str = "06:00", layout: str = "l") -> dict:
    """Return the legs B-H-A-B flown on some date, printed for 06:00 or an hour later."""
    legs = {
        "06:00": ["06:00", "07:30", "08:00", "09:00", "09:40", "10:10"],
        "07:00": ["07:00", "08:30", "09:00", "10:00", "10:40", "11:10"],
    }[leaves]
    return {
        "id": name,
        "aircraft": "p",
        "layout": layout,
        "date": date,
        "hub": "H",
        "leaves_base": f"{date}T{leaves}Z",
        "legs": [
            leg("B", "H", date, *legs[:2]),
            leg("H", "A", date, *legs[2:4]),
            leg("A", "B", date, *legs[4:]),
        ],
    }


def test_the_plan_by_hand_is_valid():
    """Tests that a plan computed by hand, at the very edge of its limits, has no fault."""
    assert check(hand_problem(), hand_plan()) == []
    assert check_reasons(hand_problem(), hand_plan()) == []


def test_sha256_is_compared_when_bytes_are_given():
    """Tests that the checksum of the problem file is looked at, but only if the file is there."""
    data = json.dumps(hand_problem()).encode()
    plan = hand_plan()
    assert [fault for fault in check(hand_problem(), plan, problem_bytes=data) if "sha256" in fault]
    plan["problem"]["sha256"] = hashlib.sha256(data).hexdigest()
    assert check(hand_problem(), plan, problem_bytes=data) == []


# Each change to the problem alone makes the plan break the rule that is named.
PROBLEM_CHANGES: dict[str, tuple[str, Callable[[dict], object]]] = {
    "date not in days": ("Rule 1 (flight)", lambda p: p["aircraft"][0].update(days=[SECOND])),
    "max_flights": ("Rule 1 (max_flights)", lambda p: p["aircraft"][0].update(max_flights=0)),
    "max_stops": ("Rule 1 (flight)", lambda p: p["aircraft"][0].update(max_stops=1)),
    "unknown layout": ("Rule 1 (flight)", lambda p: p["aircraft"][0]["layouts"].pop(0)),
    "range": ("Rule 2 (range)", lambda p: p["aircraft"][0].update(range_km=89 * DEGREE_KM)),
    "hub hours": ("Rule 3 (timeline)", lambda p: p["airports"]["H"].update(opens="07:31")),
    "hub closes": ("Rule 3 (timeline)", lambda p: p["airports"]["H"].update(closes="07:59")),
    "drop opens": ("Rule 3 (timeline)", lambda p: p["airports"]["A"].update(opens="09:01")),
    "drop closes": ("Rule 3 (timeline)", lambda p: p["airports"]["A"].update(closes="09:39")),
    "base closes": ("Rule 3 (timeline)", lambda p: p["airports"]["B"].update(closes="10:09")),
    "base opens": ("Rule 3 (timeline)", lambda p: p["airports"]["B"].update(opens="10:11")),
    "duty": ("Rule 4 (duty)", lambda p: p["aircraft"][0].update(duty_minutes=309)),
    "duty band": ("Rule 4 (duty)", lambda p: p["aircraft"][0]["duty_minutes"][0]["legs"].update({"3": 309})),
    "too many legs": ("Rule 4 (duty)", lambda p: p["aircraft"][0]["duty_minutes"][0]["legs"].pop("3")),
    "no band": ("Rule 4 (duty)", lambda p: p["aircraft"][0]["duty_minutes"][0].update(report_until="05:00")),
    "seats": ("Rule 5 (on board)", lambda p: p["aircraft"][0]["layouts"][0].update(seats=1)),
    "litters": ("Rule 5 (on board)", lambda p: p["aircraft"][0]["layouts"][0].update(litters=0)),
    "care": ("Rule 5 (on board)", lambda p: p["aircraft"][0]["layouts"][0].update(care=1.5)),
    "isolation": (
        "Rule 5 (on board)",
        lambda p: (
            p["patients"][0].update(isolation="airborne"),
            p["aircraft"][0]["layouts"][0].update(isolation=0),
        ),
    ),
    "intensive": (
        "Rule 5 (on board)",
        lambda p: (
            p["patients"][0].update(position="intensive"),
            p["aircraft"][0]["layouts"][0].update(intensive=0),
        ),
    ),
    "another hub": ("Rule 6 (hub)", lambda p: p["patients"][1].update(hub="K")),
    "ready": ("Rule 6 (ready)", lambda p: p["patients"][1].update(ready=SECOND)),
    "reach": ("Rule 6 (reach)", lambda p: p["hospitals"][1]["reach"][0].update(airport="A")),
    "hospital from": ("Rule 6 (hospital dates)", lambda p: p["hospitals"][1].update({"from": SECOND})),
    "hospital until": ("Rule 6 (hospital dates)", lambda p: p["hospitals"][1].update(until="2026-01-11")),
    "transit": ("Rule 6 (transit)", lambda p: p["patients"][0].update(max_transit_minutes=104)),
    "fit_until": ("Rule 6 (fit_until)", lambda p: p["patients"][0].update(fit_until=f"{FIRST}T09:14Z")),
    "ambulances": ("Rule 6 (ambulances)", lambda p: p["airports"]["A"].update(ambulances=0)),
    "specialty": ("Rule 7 (specialty)", lambda p: p["patients"][1].update(needs=["burns", "trauma"])),
    "no place at all": ("Rule 7 (specialty)", lambda p: p["hospitals"][1]["places"].update(burns=0)),
    "dated places": (
        "Rule 7 (dated places)",
        lambda p: p["hospitals"][1]["places"].update(burns={"count": 1, "from": SECOND}),
    ),
    "refuses": ("Rule 7 (choice)", lambda p: p["patients"][0].update(refuses=["X"])),
    "hospitals": ("Rule 7 (choice)", lambda p: p["patients"][1].update(hospitals=["hA"])),
    "chosen": ("Rule 7 (choice)", lambda p: p["patients"][1].update(chosen="hA")),
    "isolation room": ("Rule 7 (counts)", lambda p: p["hospitals"][0].update(isolation=0)),
    "child place": (
        "Rule 7 (counts)",
        lambda p: (p["patients"][1].update(child=True), p["hospitals"][1].update(child=0)),
    ),
    "intensive place": (
        "Rule 7 (counts)",
        lambda p: (p["patients"][0].update(position="intensive"), p["hospitals"][0].update(intensive=0)),
    ),
    "housing": ("Rule 7 (counts)", lambda p: p["hospitals"][0].update(companions=0)),
    "arrivals": ("Rule 7 (arrivals_per_day)", lambda p: p["hospitals"][0].update(arrivals_per_day=0)),
    "same hospital": (
        "Rule 8 (family)",
        lambda p: [patient.update(family="F") for patient in p["patients"][:2]],
    ),
    "same stop": (
        "Rule 8 (family)",
        lambda p: (
            [patient.update(family="F") for patient in p["patients"][:2]],
            p.update(families={"F": "same-stop"}),
        ),
    ),
    "family not whole": (
        "Rule 8 (family)",
        lambda p: [patient.update(family="F") for patient in p["patients"][1:]],
    ),
    "country limit": ("Rule 9 (country limit)", lambda p: p["countries"]["X"].update(limit=0)),
    "fixed not placed": (
        "Rule 10 (fixed)",
        lambda p: p.update(fixed=[{"patient": "u3", "hospital": "hA"}]),
    ),
    "fixed elsewhere": (
        "Rule 10 (fixed)",
        lambda p: p.update(fixed=[{"patient": "u1", "hospital": "hB"}]),
    ),
    "fixed on another flight": (
        "Rule 10 (fixed)",
        lambda p: p["fixed"][0].update(flight={"aircraft": "p", "date": SECOND}),
    ),
    "fixed flight not flown": (
        "Rule 10 (fixed flight)",
        lambda p: p.update(fixed_flights=[fixed_flight(date=SECOND)]),
    ),
    "fixed flight at another minute": (
        "Rule 10 (fixed flight)",
        lambda p: p.update(fixed_flights=[fixed_flight(leaves="06:01")]),
    ),
    "fixed flight with other stops": (
        "Rule 10 (fixed flight)",
        lambda p: p.update(fixed_flights=[fixed_flight(stops=["A"])]),
    ),
    "fixed flight with another layout": (
        "Rule 10 (fixed flight)",
        lambda p: p.update(fixed_flights=[fixed_flight(layout="m")]),
    ),
    "closed flight": (
        "Rule 10 (closed)",
        lambda p: p.update(fixed_flights=[{**fixed_flight(), "closed": True}]),
    ),
    "basis": ("Basis", lambda p: p["patients"][1].update(chosen="hB")),
    "name of the problem": ("Problem", lambda p: p.update(name="another")),
    "priority weight": ("Score", lambda p: p.update(weights={"priority": {"3": 11}})),
    "waiting capped": ("Score", lambda p: p.update(weights={"waiting_weeks_cap": 1})),
    "road minutes": ("Transit", lambda p: p["hospitals"][1]["reach"][0].update(road_minutes=22)),
    "a longer way": ("Legs", lambda p: p["hubs"]["H"].update(load_minutes=28)),
}


def fixed_flight(
    date: str = FIRST, leaves: str = "06:00", stops: list[str] | None = None, layout: str = "l"
) -> dict:
    return {
        "aircraft": "p",
        "date": date,
        "layout": layout,
        "hub": "H",
        "stops": stops or ["A", "B"],
        "leaves_base": f"{date}T{leaves}Z",
    }


@pytest.mark.parametrize("name", PROBLEM_CHANGES)
def test_a_rule_that_the_problem_tightens_is_reported(name: str):
    """Tests that a plan is reported, by the name of the rule, once the problem asks for more."""
    rule, change = PROBLEM_CHANGES[name]
    problem = hand_problem()
    change(problem)
    assert any(fault.startswith(rule) for fault in check(problem, hand_plan())), check(problem, hand_plan())


def test_a_fixed_flight_that_is_flown_as_given_is_no_fault():
    """Tests that the hand-made plan also obeys a fixed flight that says the same, closed or not."""
    problem = hand_problem() | {"fixed_flights": [fixed_flight()]}
    assert check(problem, hand_plan()) == []
    problem["fixed_flights"][0]["closed"] = True
    problem["fixed"].append({"patient": "u2", "hospital": "hB", "flight": {"aircraft": "p", "date": FIRST}})
    assert check(problem, hand_plan()) == []


# Each change to the plan alone breaks the rule that is named.
PLAN_CHANGES: dict[str, tuple[str, Callable[[dict], object]]] = {
    "unknown key": ("Format: unknown key plan.extra", lambda p: p.update(extra=1)),
    "missing key": ("Format: plan has no key solver", lambda p: p.pop("solver")),
    "unknown key below": (
        "Format: unknown key placements[0].seat",
        lambda p: p["placements"][0].update(seat=1),
    ),
    "instant": ("Format", lambda p: p["flights"][0].update(leaves_base=f"{FIRST}T06:00:30Z")),
    "unknown patient": ("Format", lambda p: p["placements"][0].update(patient="nobody")),
    "unknown flight": ("Format", lambda p: p["placements"][0].update(flight="F9")),
    "another date": ("Rule 3 (timeline)", lambda p: p["flights"][0].update(date=SECOND)),
    "two a day": ("Rule 1 (one a day)", lambda p: p["flights"].append(empty_flight("F2", FIRST, "07:00"))),
    "not back yet": ("Rule 1 (chain)", lambda p: p["flights"].append(empty_flight("F2", FIRST, "07:00"))),
    "three flights": (
        "Rule 1 (max_flights)",
        lambda p: p["flights"].extend([empty_flight("F2", SECOND), empty_flight("F3", THIRD)]),
    ),
    "hub as a drop": ("Rule 1 (flight)", lambda p: p["flights"][0]["legs"][1].update(to="H")),
    "no drop": (
        "Rule 1 (flight)",
        lambda p: (
            p["flights"][0].update(legs=[p["flights"][0]["legs"][0], leg("H", "B", FIRST, "08:00", "09:30")]),
            p.update(placements=[]),
        ),
    ),
    "not a stop": ("Rule 6 (drop)", lambda p: p["placements"][0].update(leaves_at="K")),
    "leg times": ("Legs", lambda p: p["flights"][0]["legs"][1].update(arrives=f"{FIRST}T09:02Z")),
    "legs apart": ("Legs", lambda p: p["flights"][0]["legs"][1].update({"from": "K"})),
    "transit printed": ("Transit", lambda p: p["placements"][0].update(transit_minutes=107)),
    "basis": ("Basis", lambda p: p["placements"][0].update(basis="chosen")),
    "twice": ("Patients", lambda p: p["unplaced"].append({**p["unplaced"][0], "patient": "u2"})),
    "left out": ("Patients", lambda p: p.update(unplaced=[])),
    "reason": ("Reasons", lambda p: p["unplaced"][0].update(reason="bad-luck")),
    "no explanation": ("Reasons", lambda p: p["unplaced"][0].update(explanation=" ")),
    "score": ("Score", lambda p: p.update(score=164.0, bound=164.0)),
    "term": ("Score: the term transit", lambda p: p["terms"].update(transit=0.97)),
    "score null": ("Score", lambda p: p.update(score=None)),
    "bound below": ("Bound", lambda p: p.update(bound=163.87)),
    "gap": ("Status", lambda p: p.update(bound=163.96)),
    "no bound": ("Status", lambda p: p.update(bound=None)),
    "feasible though proved": ("Status", lambda p: p.update(status="feasible")),
    "unknown status": ("Status", lambda p: p.update(status="good")),
    "conflicts": (
        "Status",
        lambda p: p.update(conflicts=[{"patients": [], "rule": "fixed", "explanation": "None."}]),
    ),
    "standby": ("Standby", lambda p: p.update(standby={"F2": {"seat": ["u3"]}})),
    "pins": ("Pins", lambda p: p.update(pins=[{"patient": "u2", "cost": 1.0}])),
}


@pytest.mark.parametrize("name", PLAN_CHANGES)
def test_a_broken_plan_is_reported(name: str):
    """Tests that a change to the plan is reported by the name of the rule that it breaks."""
    rule, change = PLAN_CHANGES[name]
    plan = hand_plan()
    change(plan)
    faults = check(hand_problem(), plan)
    assert any(fault.startswith(rule) for fault in faults), faults


def test_rounding_is_forgiven():
    """Tests that a minute in printed times and 0.05 in scores are within what a checker allows."""
    plan = hand_plan()
    plan["flights"][0]["legs"][1]["arrives"] = f"{FIRST}T09:01Z"
    plan["placements"][0]["transit_minutes"] = 104
    plan["terms"]["transit"] = -1.0
    assert check(hand_problem(), plan) == []


def test_opening_hours_count_from_the_date_of_the_flight():
    """Tests that 24:00 closes an airport at midnight unless it also opens at 00:00."""
    problem, plan = hand_problem(), hand_plan()
    # The same flight sixteen hours later: 22:00 B, 23:30 H, 00:00, 01:00 A, 01:40, 02:10 B.
    problem["aircraft"][0]["duty_minutes"] = 310
    problem["airports"]["A"] = {"lat": 0, "lon": 60}
    problem["patients"][0]["fit_until"] = f"{SECOND}T01:15Z"
    plan["flights"][0]["leaves_base"] = f"{FIRST}T22:00Z"
    plan["flights"][0]["legs"] = [
        leg("B", "H", FIRST, "22:00", "23:30"),
        {**leg("H", "A", SECOND, "00:00", "01:00")},
        leg("A", "B", SECOND, "01:40", "02:10"),
    ]
    assert check(problem, plan) == []
    problem["airports"]["H"]["closes"] = "24:00"
    problem["airports"]["H"]["opens"] = "23:30"
    assert check(problem, plan) == []
    problem["airports"]["A"]["opens"] = "00:01"
    assert [fault[:17] for fault in check(problem, plan)] == ["Rule 3 (timeline)"]


def test_infeasible_plans_are_empty_and_name_a_conflict():
    """Tests the shape of a plan that says that nothing is possible."""
    plan = hand_plan() | {
        "status": "infeasible",
        "score": None,
        "bound": None,
        "terms": None,
        "flights": [],
        "placements": [],
        "unplaced": [
            {"patient": name, "reason": None, "explanation": "u1 cannot be at hA."}
            for name in ("u1", "u2", "u3")
        ],
        "conflicts": [{"patients": ["u1"], "rule": "fixed", "explanation": "hA is closed."}],
    }
    assert check(hand_problem(), plan) == []
    assert check_reasons(hand_problem(), plan) == []
    for change in (
        {"conflicts": []},
        {"score": 0.0},
        {"flights": hand_plan()["flights"]},
        {"unplaced": [{**record, "reason": "refused"} for record in plan["unplaced"]]},
    ):
        assert any(fault.startswith("Infeasible") for fault in check(hand_problem(), plan | change)), change


# What makes each reason true of u3 beside the plan by hand, which leaves a place for burns at hA, none at hB.
REASONS: dict[str, Callable[[dict], object]] = {
    "no-specialty": lambda p: None,
    "refused": lambda p: p["patients"][2].update(needs=["burns"], refuses=["X", "Y"]),
    "no-flight": lambda p: p["patients"][2].update(needs=["burns"], ready="2026-01-15", hub="H"),
    "no-capacity": lambda p: p["patients"][2].update(
        needs=["burns"], hub="H", isolation="contact", chosen="hA"
    ),
    "country-limit": lambda p: (
        p["patients"][2].update(needs=["burns"], hub="H"),
        p["countries"]["X"].update(limit=1),
    ),
    "flight-full": lambda p: p["patients"][2].update(needs=["burns"], hub="H", care=1),
    "family": lambda p: (
        [patient.update(needs=["burns"], hub="H", family="F") for patient in p["patients"][2:]],
        p["patients"].append({**p["patients"][2], "id": "u4"}),
        p["airports"]["A"].update(ambulances=3),
        p["hospitals"][0]["places"].update(burns=4),
        p["hospitals"][0].update(arrivals_per_day=4),
        p["countries"]["X"].update(limit=4),
    ),
    "worse-score": lambda p: p["patients"][2].update(needs=["burns"], hub="H"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_first_true_reason_is_asked_for(reason: str):
    """Tests that of the eight reasons only the first true one is accepted."""
    problem, plan = hand_problem(), hand_plan()
    REASONS[reason](problem)
    names = [patient["id"] for patient in problem["patients"][2:]]
    for given in REASONS:
        plan["unplaced"] = [{"patient": name, "reason": given, "explanation": "Because."} for name in names]
        faults = check_reasons(problem, plan)
        assert (faults == []) == (given == reason), (given, faults)


def test_a_detour_makes_a_flight_possible():
    """Tests that a patient beyond the range of the hub has a flight when a stop lies between."""
    # hC at C 120° east: 120 degrees from the hub, range 100. Over A it is 60 + 40 + 60 minutes; home 30.
    problem, plan = hand_problem(), hand_plan()
    problem["airports"]["C"] = {"lat": 0, "lon": 120}
    problem["hospitals"].append(
        {"id": "hC", "country": "Y", "reach": [{"airport": "C", "road_minutes": 0}], "places": {"eyes": 0}}
    )
    problem["hospitals"][2]["places"]["eyes"] = 1
    problem["patients"][2]["hub"] = "H"
    problem["aircraft"][0]["duty_minutes"] = 1000
    plan["unplaced"][0]["reason"] = "worse-score"
    assert check_reasons(problem, plan) == []
    longest = copy.deepcopy(problem)
    # 30 loading + 60 + 40 + 60 + 5 unloading = 195 minutes of transit.
    longest["patients"][2]["max_transit_minutes"] = 195
    assert check_reasons(longest, plan) == []
    longest["patients"][2]["max_transit_minutes"] = 194
    assert "no-flight" in check_reasons(longest, plan)[0]
