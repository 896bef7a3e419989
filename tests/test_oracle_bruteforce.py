"""The brute force against answers computed by hand, a plainer enumeration, and the checker."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import HealthCheck, given, settings

from oracle.bruteforce import best_plan, best_score
from oracle.checker import check
from oracle.document import DAY, date_text, filled, instant_text, offers
from oracle.flying import departures, earliest, fly, route_faults, time_faults
from oracle.placement_rules import basis_of
from oracle.reasons import Judge, Reading, check_reasons
from oracle.scores import plan_terms
from oracle.tiny import tiny_problem, tiny_problems

# One degree of a great circle on a sphere of radius 6371.0 km. At this speed a degree takes one minute.
DEGREE_KM = 111.19492664455873
SPEED = 60 * DEGREE_KM
DATES = ["2026-01-12", "2026-01-13"]


def equator_problem(**changes: object) -> dict:
    """Return a problem on the equator: hub H at 0°, airport A at 60°, base B at 90°; a degree takes a minute.

    B-H takes 90 minutes, H-A 60, A-B 30, H-B 90. One hospital near A (10 minutes by road, 1 place), one
    near B (20 minutes, 1 place). Loading takes 30 minutes, a turnaround 40, unloading nothing.
    """
    problem = {
        "format": "medevac-problem/1",
        "name": "equator",
        "start": DATES[0],
        "days": 2,
        "airports": {
            "H": {"lat": 0, "lon": 0},
            "A": {"lat": 0, "lon": 60},
            "B": {"lat": 0, "lon": 90},
        },
        "hubs": {"H": {"load_minutes": 30}},
        "countries": {"X": {}, "Y": {}},
        "hospitals": [
            {
                "id": "hA",
                "country": "X",
                "reach": [{"airport": "A", "road_minutes": 10}],
                "places": {"burns": 1},
            },
            {
                "id": "hB",
                "country": "Y",
                "reach": [{"airport": "B", "road_minutes": 20}],
                "places": {"burns": 1},
            },
        ],
        "aircraft": [
            {
                "id": "p",
                "base": "B",
                "days": [DATES[0]],
                "max_stops": 2,
                "range_km": 20000,
                "speed_kmh": SPEED,
                "leg_minutes": 0,
                "turnaround_minutes": 40,
                "unload_minutes": 0,
                "report_minutes": 60,
                "duty_minutes": 600,
                "cost_per_hour": 1000,
                "layouts": [{"id": "l", "litters": 2, "intensive": 0, "seats": 2}],
            }
        ],
        "patients": [patient("u1"), patient("u2")],
        "weights": {"transit_per_hour": 6, "cost_per_1000": 10},
    }
    return {**problem, **changes}


def patient(name: str, **changes: object) -> dict:
    return {
        "id": name,
        "hub": "H",
        "ready": DATES[0],
        "priority": 3,
        "position": "litter",
        "needs": ["burns"],
        "max_transit_minutes": 600,
        **changes,
    }


def with_aircraft(**changes: object) -> dict:
    problem = equator_problem()
    problem["aircraft"][0] |= changes
    return problem


def test_two_stops_are_worth_it():
    """Tests that both patients travel on one flight when the second stop costs nothing more."""
    # Each patient: 10 + 3 × 0.5 = 11.5.
    # Transit over H-A-B: 30+60+10 = 100 and 30+60+40+30+20 = 180 minutes, together 28.
    # Cost: 90 + 60 + 30 minutes of flying = 3 h, 10 × 3 × 1000 / 1000 = 30. 23 − 28 − 30 < 0: nobody flies.
    assert best_score(equator_problem()) == 0
    # With a tenth of both weights 23 − 2.8 − 3 = 17.2.
    assert best_score(
        equator_problem(weights={"transit_per_hour": 0.6, "cost_per_1000": 1})
    ) == pytest.approx(17.2)


def test_a_fixed_patient_travels_at_a_loss():
    """Tests that a fixed patient is placed although that lowers the score."""
    fixed = [{"patient": "u1", "hospital": "hB"}]
    # To hB straight: transit 30+90+20 = 140 min = 14, cost 3 h = 30: 11.5 − 14 − 30 = −32.5.
    # Over A it would be 11.5 − 18 − 30 = −36.5, and with u2 to hA another +1.5: −35.
    # So u1 flies straight and alone.
    assert best_score(equator_problem(fixed=fixed)) == pytest.approx(-32.5)


def test_a_fixed_flight_is_paid_for_even_when_empty():
    """Tests that a fixed flight costs its hours and that patients join it only when it is not closed."""
    flight = {
        "aircraft": "p",
        "date": DATES[0],
        "layout": "l",
        "hub": "H",
        "stops": ["A"],
        "leaves_base": f"{DATES[0]}T06:00Z",
    }
    # 3 h of flying cost 30; one patient to hA brings 11.5 − 10 = 1.5.
    assert best_score(equator_problem(fixed_flights=[flight])) == pytest.approx(-28.5)
    assert best_score(equator_problem(fixed_flights=[{**flight, "closed": True}])) == pytest.approx(-30)


def test_a_fixed_flight_that_breaks_duty_is_infeasible():
    """Tests that a fixed flight beyond the duty limit leaves no plan."""
    # B-H-A-B: 60 + 90 + 30 + 60 + 40 + 30 = 310 minutes of duty.
    flight = {
        "aircraft": "p",
        "date": DATES[0],
        "layout": "l",
        "hub": "H",
        "stops": ["A"],
        "leaves_base": f"{DATES[0]}T06:00Z",
    }
    for duty, expected in ((310, -28.5), (309, None)):
        problem = with_aircraft(duty_minutes=duty) | {"fixed_flights": [flight]}
        assert best_score(problem) == (expected and pytest.approx(expected))


def test_a_short_range_needs_a_stop_on_the_way():
    """Tests that an airport out of range of the hub is reached over another."""
    cheap = {"transit_per_hour": 0.6, "cost_per_1000": 0}
    # Only hB, straight from the hub: 11.5 − 1.4 = 10.1.
    problem = with_aircraft() | {"weights": cheap}
    problem["hospitals"] = problem["hospitals"][1:]
    assert best_score(problem) == pytest.approx(10.1)
    # The base at 90, the hub now at -20: 110 degrees are out of range of 100, so nobody can be fetched.
    problem["airports"]["H"]["lon"] = -20
    problem["aircraft"][0]["range_km"] = 100 * DEGREE_KM
    assert best_score(problem) == 0
    # Hub at 0 again, the hospital at C, 150 degrees from the hub and 60 from the base; A lies between.
    # Loading 30, H-A 60, turnaround 40, A-C 90, road 20: 240 minutes, 11.5 − 2.4 = 9.1.
    problem["airports"] |= {"H": {"lat": 0, "lon": 0}, "C": {"lat": 0, "lon": 150}}
    problem["hospitals"][0]["reach"][0]["airport"] = "C"
    assert best_score(problem) == pytest.approx(9.1)


def test_a_flight_past_midnight_holds_up_the_next_one():
    """Tests that an aircraft that is back too late cannot fly on the next date."""
    # The hub is open from 20:00 to 24:00, so B is left between 18:30 and 22:00, and reached again
    # over A after 90 + 30 + 60 + 40 + 30 = 250 minutes: the second flight is not held up.
    problem = with_aircraft(days=DATES, max_stops=1)
    problem["airports"]["H"] |= {"opens": "20:00"}
    problem["weights"] = {"transit_per_hour": 0, "cost_per_1000": 0}
    problem["hospitals"][0]["places"]["burns"] = 2
    problem["hospitals"].pop()
    problem["aircraft"][0]["layouts"][0]["litters"] = 1
    assert best_score(problem) == pytest.approx(23)
    # With a turnaround of 24 h the first, leaving at 18:30, is back 210 + 1440 minutes later: 22:00 on
    # the next day, just in time. One minute more is too much.
    problem["aircraft"][0] |= {"turnaround_minutes": 1440, "duty_minutes": 3000}
    assert best_score(problem) == pytest.approx(23)
    problem["aircraft"][0]["turnaround_minutes"] = 1441
    assert best_score(problem) == pytest.approx(11.5)


def test_a_family_is_whole_or_stays():
    """Tests the two rules for families where each hospital has one place."""
    cheap = {"transit_per_hour": 0, "cost_per_1000": 0}
    together = [patient("u1", family="F"), patient("u2", family="F")]
    assert best_score(equator_problem(weights=cheap)) == pytest.approx(23)
    assert best_score(equator_problem(weights=cheap, patients=together)) == 0
    # Under same-stop they may go to two hospitals, but only from one airport.
    same_stop = equator_problem(weights=cheap, patients=together, families={"F": "same-stop"})
    assert best_score(same_stop) == 0
    same_stop["hospitals"][1]["reach"].append({"airport": "A", "road_minutes": 60})
    assert best_score(same_stop) == pytest.approx(23)


def test_fair_share_and_limit():
    """Tests that a patient above the fair share costs, and that none goes above the limit."""
    problem = equator_problem(weights={"transit_per_hour": 0, "cost_per_1000": 0, "above_fair_share": 4})
    problem["hospitals"][0]["places"]["burns"] = 2
    problem["hospitals"].pop()
    problem["countries"]["X"] = {"fair_share": 1}
    assert best_score(problem) == pytest.approx(19)
    problem["countries"]["X"] = {"limit": 1}
    assert best_score(problem) == pytest.approx(11.5)


# --- against a plainer enumeration, without dominance and bounds, judged by the checker ---


def plain_best(problem: dict, most: int) -> float | str | None:
    """Return the best score over all routes, layouts and placements, or "too many" beyond some plans.

    Each flight leaves at the first minute of a scan over the day that rules 3 and 4 allow and that is after
    the previous flight of the aircraft.
    """
    doc = filled(problem)
    fixed = {flight["slot"]: flight for flight in doc["fixed_flights"]}
    slots = [(aircraft["id"], day) for aircraft in doc["aircraft"].values() for day in aircraft["days"]]
    ways = [[None, *_ways(doc, slot, fixed.get(slot))] for slot in slots]
    placed = [_placements(doc, slots, patient_id) for patient_id in doc["patients"]]
    size = 1
    for choices in (*ways, *placed):
        size *= len(choices)
    if size > most:
        return "too many"
    best = None
    for flown in product(*ways):
        flights = _timed(doc, slots, flown, fixed)
        if flights is None:
            continue
        for chosen in product(*placed):
            plan = _plan(doc, flights, chosen)
            if plan is not None and (best is None or plan["score"] > best) and check(problem, plan) == []:
                best = plan["score"]
    return best


def _ways(doc: dict, slot: tuple, fixed: dict | None) -> list[tuple]:
    if fixed is not None:
        return [(fly(doc, slot[0], fixed["hub"], fixed["stops"]), fixed["layout"])]
    aircraft = doc["aircraft"][slot[0]]
    found = []
    for hub in doc["hubs"]:
        drops = [code for code in doc["airports"] if code != hub]
        for count in range(1, 1 + min(len(drops), aircraft["max_stops"])):
            for way in permutations(drops, count):
                route = fly(doc, slot[0], hub, way)
                if not route_faults(doc, route):
                    found += [(route, layout) for layout in aircraft["layouts"]]
    return found


def _placements(doc: dict, slots: list, patient_id: str) -> list:
    found = [None]
    for slot, hospital in product(slots, doc["hospitals"].values()):
        found += [(patient_id, slot, hospital["id"], stop) for stop in hospital["roads"]]
    return found


def _timed(doc: dict, slots: list, flown: tuple, fixed: dict) -> dict | None:
    flights, back = {}, {}
    for slot, way in zip(slots, flown, strict=True):
        if way is None:
            continue
        after = back.get(slot[0], 0) - slot[1] * DAY
        minutes = range(DAY)
        if slot in fixed:
            minutes = [fixed[slot]["leaves"] - slot[1] * DAY]
        leaves = next((m for m in minutes if m >= after - 1e-6 and not time_faults(doc, way[0], m)), None)
        if leaves is None:
            return None
        flights[slot] = (*way, slot[1] * DAY + leaves)
        back[slot[0]] = slot[1] * DAY + leaves + way[0].back
    return flights


def _plan(doc: dict, flights: dict, chosen: tuple) -> dict | None:
    placements, placed = [], []
    for choice in filter(None, chosen):
        patient_id, slot, hospital_id, stop = choice
        if slot not in flights or stop not in flights[slot][0].transit_to:
            return None
        unload = doc["aircraft"][slot[0]]["unload_minutes"]
        transit = flights[slot][0].transit_to[stop] + unload + doc["hospitals"][hospital_id]["roads"][stop]
        placed.append((patient_id, hospital_id, transit))
        placements.append(
            {
                "patient": patient_id,
                "hospital": hospital_id,
                "flight": f"{slot}",
                "leaves_at": stop,
                "transit_minutes": transit,
                "basis": basis_of(doc["patients"][patient_id], hospital_id),
            }
        )
    used = {patient_id for patient_id, _, _ in placed}
    if not all(offers(doc["patients"][p], doc["hospitals"][h]) for p, h, _ in placed):
        return None
    terms = plan_terms(doc, placed, [(slot[0], flight[0].flying_minutes) for slot, flight in flights.items()])
    return {
        "format": "medevac-plan/1",
        "problem": {"name": doc["name"], "sha256": ""},
        "status": "feasible",
        "score": sum(terms.values()),
        "bound": None,
        "terms": terms,
        "flights": [
            {
                "id": f"{slot}",
                "aircraft": slot[0],
                "layout": layout,
                "date": date_text(slot[1], doc["start"]),
                "hub": route.hub,
                "leaves_base": instant_text(leaves, doc["start"]),
                "legs": [
                    {
                        "from": route.airports[n],
                        "to": route.airports[n + 1],
                        "departs": instant_text(leaves + route.departs[n], doc["start"]),
                        "arrives": instant_text(leaves + route.arrives[n], doc["start"]),
                    }
                    for n in range(len(route.departs))
                ],
            }
            for slot, (route, layout, leaves) in flights.items()
        ],
        "placements": placements,
        "unplaced": [
            {"patient": patient_id, "reason": "worse-score", "explanation": "Not judged here."}
            for patient_id in doc["patients"]
            if patient_id not in used
        ],
        "solver": {"name": "plain", "version": "1", "method": "enumeration", "seconds": 0, "seed": 0},
    }


def test_nothing_better_is_found_by_plain_enumeration():
    """Tests that trying every plan of small problems gives the same best score."""
    compared = 0
    for seed in range(120):
        problem = tiny_problem(seed)
        plain = plain_best(problem, 2000)
        if plain == "too many":
            continue
        compared += 1
        best = best_score(problem)
        assert best == (plain if plain is None else pytest.approx(plain, abs=1e-6)), seed
    assert compared >= 10


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_best_plans_are_valid(first: int):
    """Tests that the checker and the judge of reasons accept what brute force finds."""
    for seed in range(first, first + 50):
        problem = tiny_problem(seed)
        plan = best_plan(problem)
        assert check(problem, plan) + check_reasons(problem, plan) == [], seed


@given(tiny_problems())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_patient_more_never_lowers_the_best(problem: dict):
    """Tests that the best score does not rise when a patient whom nothing binds to others is taken away."""
    bound = {fixed["patient"] for fixed in problem.get("fixed", [])}
    free = [p["id"] for p in problem["patients"] if p["id"] not in bound and p.get("family") is None]
    best = best_score(problem)
    for patient_id in free:
        fewer = {**problem, "patients": [p for p in problem["patients"] if p["id"] != patient_id]}
        without = best_score(fewer)
        assert (without is None) == (best is None)
        assert best is None or without <= best + 1e-6


def test_allowed_departures_are_those_without_faults():
    """Tests that the intervals of departures agree with judging every minute of the day."""
    for seed in range(0, 60, 4):
        problem = tiny_problem(seed)
        doc = filled(problem)
        for aircraft, hub in product(doc["aircraft"], doc["hubs"]):
            drops = [code for code in doc["airports"] if code != hub]
            for way in combinations(drops, min(2, len(drops))):
                route = fly(doc, aircraft, hub, way)
                intervals = departures(doc, route)
                allowed = {minute for low, high in intervals for minute in range(low, high + 1)}
                assert allowed == {m for m in range(DAY) if not time_faults(doc, route, m)}
                if intervals:
                    assert earliest(intervals, 0) == min(allowed)


def test_whoever_can_fly_alone_is_placed_when_nothing_else_binds():
    """Tests that no-flight agrees with a brute force in which one group has every place and no cost."""
    reading = Reading(members_suited=True)
    for seed in range(150):
        problem = tiny_problem(seed)
        empty = best_plan({**problem, "patients": [], "fixed": [], "fixed_flights": []})
        for group in groups(problem):
            judge = Judge(filled(problem), empty)
            reason = judge.first_reason(group[0]["id"], reading)
            if reason in ("no-specialty", "refused"):
                continue
            assert (best_score(alone(problem, group)) == 0) == (reason == "no-flight"), (seed, group)


def groups(problem: dict) -> list[list[dict]]:
    """Return every patient, families whole."""
    family = [patient for patient in problem["patients"] if patient.get("family")]
    others = [[patient] for patient in problem["patients"] if not patient.get("family")]
    return others + ([family] if family else [])


def alone(problem: dict, group: list[dict]) -> dict:
    """Return the problem with one group, hospitals that are never full and flights that cost nothing."""
    plenty = dict.fromkeys(("isolation", "intensive", "child", "companions", "arrivals_per_day"), 99)
    hospitals = []
    for hospital in problem["hospitals"]:
        counts = {
            specialty: value["count"] if isinstance(value, dict) else value
            for specialty, value in hospital["places"].items()
        }
        places = {specialty: 99 if count else 0 for specialty, count in counts.items()}
        hospitals.append({**hospital, **plenty, "places": places})
    return {
        **problem,
        "patients": group,
        "hospitals": hospitals,
        "countries": {code: {} for code in problem["countries"]},
        "fixed": [],
        "fixed_flights": [],
        "weights": {"transit_per_hour": 0, "cost_per_1000": 0},
    }


def test_tiny_problems_repeat_and_are_mostly_feasible():
    """Tests that a seed fixes the problem and that most problems can be solved."""
    assert tiny_problem(7) == tiny_problem(7)
    scores = [best_score(tiny_problem(seed)) for seed in range(100)]
    assert sum(score is not None for score in scores) > 70
    assert sum(score is not None and score > 0 for score in scores) > 40
