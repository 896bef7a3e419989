"""Tiny random problems: valid by the input rules, every feature on now and then, fit for brute force.

The same seed gives the same problem. Most are feasible; the rest fix what cannot be.
"""

import datetime as dt
import random
from itertools import permutations

from hypothesis import strategies as st

from .bruteforce import best_score
from .document import filled
from .flying import departures, earliest, fly, route_faults

START = dt.date(2026, 1, 12)
SPECIALTIES = ("burns", "trauma", "onco")
COUNTRIES = ("NO", "DE", "IT")


def tiny_problem(seed: int) -> dict:
    """Return a problem of at most 6 patients, 4 hospitals, 5 airports, 2 aircraft and 3 flight slots."""
    return _build(random.Random(seed))


def tiny_problems() -> st.SearchStrategy[dict]:
    """Return a strategy of the same problems that hypothesis can shrink."""
    return st.randoms(use_true_random=False).map(_build)


def _build(rnd: random.Random) -> dict:
    days = rnd.randint(1, 3)
    dates = [_date(day) for day in range(days)]
    airports = _airports(rnd)
    codes = list(airports)
    hubs = codes[: 2 if len(codes) > 3 and _chance(rnd, 0.25) else 1]
    others = codes[len(hubs) :]
    countries = {code: _country(rnd) for code in COUNTRIES[: rnd.randint(1, 3)]}
    hospitals = [
        _hospital(rnd, n, others, hubs, list(countries), dates) for n in range(rnd.choice([1, 2, 3, 3, 4]))
    ]
    problem = {
        "format": "medevac-problem/1",
        "name": "tiny",
        "start": dates[0],
        "days": days,
        "airports": airports,
        "hubs": {hub: {"load_minutes": rnd.choice([0, 30, 60])} for hub in hubs},
        "countries": countries,
        "hospitals": hospitals,
        "aircraft": _fleet(rnd, others, dates),
        "patients": [_patient(rnd, n, hubs, hospitals, dates) for n in range(rnd.choice([1, 3, 4, 5, 6]))],
    }
    _families(rnd, problem)
    _fixed_flights(rnd, problem)
    _fixed(rnd, problem)
    if "fixed" in problem and _chance(rnd, 0.7) and best_score(problem) is None:
        del problem["fixed"]
    _weights(rnd, problem)
    return problem


def _chance(rnd: random.Random, probability: float) -> bool:
    return rnd.randint(0, 99) < round(100 * probability)


def _date(day: int) -> str:
    return (START + dt.timedelta(days=day)).isoformat()


def _airports(rnd: random.Random) -> dict:
    airports = {}
    for code in ("H", "A", "B", "C", "D")[: rnd.choice([2, 3, 4, 4, 5])]:
        # About 1100 km by 1150 km: legs of half an hour to three hours.
        airport = {"lat": 48 + rnd.randint(0, 100) / 10, "lon": 8 + rnd.randint(0, 160) / 10}
        if _chance(rnd, 0.35):
            opens = rnd.randint(0, 36) * 15
            airport |= {"opens": _clock(opens)} if _chance(rnd, 0.8) else {}
            airport |= {"closes": _clock(opens + rnd.randint(20, 60) * 15)} if _chance(rnd, 0.8) else {}
        if _chance(rnd, 0.2):
            airport["ambulances"] = rnd.choice([0, 1, 1, 2, 3])
        airports[code] = airport
    return airports


def _clock(minutes: int) -> str:
    minutes = min(minutes, 1440)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _country(rnd: random.Random) -> dict:
    country = {}
    if _chance(rnd, 0.25):
        country["limit"] = rnd.choice([0, 1, 2, 2, 3])
    if _chance(rnd, 0.35):
        country["fair_share"] = rnd.randint(0, 2)
    return country


def _dates(rnd: random.Random, dates: list[str]) -> dict:
    first = rnd.randint(-1, len(dates) - 1)
    last = rnd.randint(max(first, 0), len(dates))
    return {
        "from": _date(first) if _chance(rnd, 0.7) else None,
        "until": _date(last) if _chance(rnd, 0.7) else None,
    }


def _hospital(
    rnd: random.Random, n: int, airports: list[str], hubs: list[str], countries: list[str], dates: list[str]
) -> dict:
    # Now and then a hub is itself near a hospital: no drop of its own flights, but one of another hub's.
    within_reach = airports + (hubs if _chance(rnd, 0.1) else [])
    reach = rnd.sample(within_reach, min(len(within_reach), rnd.choice([1, 1, 2])))
    offered = rnd.sample(SPECIALTIES, rnd.choice([1, 2, 2, 3]))
    places = {}
    for specialty in offered:
        places[specialty] = rnd.choice([0, 1, 1, 1, 2, 2, 3])
        if _chance(rnd, 0.2):
            places[specialty] = {"count": places[specialty], **_dates(rnd, dates)}
    hospital = {
        "id": f"h{n}",
        "country": rnd.choice(countries),
        "reach": [{"airport": code, "road_minutes": rnd.choice([10, 25, 45, 90])} for code in reach],
        "places": places,
    }
    if _chance(rnd, 0.5):
        hospital["suitability"] = {specialty: rnd.randint(0, 10) / 10 for specialty in offered[:2]}
    if _chance(rnd, 0.2):
        hospital |= _dates(rnd, dates)
    for room, most in (("isolation", 3), ("intensive", 2), ("child", 2), ("companions", 4)):
        if _chance(rnd, 0.85):
            hospital[room] = rnd.randint(0 if _chance(rnd, 0.2) else 1, most)
    if _chance(rnd, 0.2):
        hospital["arrivals_per_day"] = rnd.choice([0, 1, 1, 2])
    return hospital


def _fleet(rnd: random.Random, airports: list[str], dates: list[str]) -> list[dict]:
    slots = rnd.randint(1, 3)
    fleet = []
    for n in range(rnd.randint(1, min(2, slots))):
        flights = rnd.randint(1, min(slots, len(dates)))
        slots -= flights
        fleet.append(_aircraft(rnd, n, airports, sorted(rnd.sample(dates, flights))))
        if slots == 0:
            break
    return fleet


def _aircraft(rnd: random.Random, n: int, airports: list[str], days: list[str]) -> dict:
    aircraft = {
        "id": f"p{n}",
        "base": rnd.choice(airports),
        "days": days,
        "max_stops": rnd.randint(1, 3),
        # Short ranges need a stop on the way.
        "range_km": rnd.choice([650, 900, 2500, 2500, 2500, 2500]),
        "speed_kmh": rnd.choice([300, 450, 780]),
        "leg_minutes": rnd.choice([0, 12, 24]),
        "turnaround_minutes": rnd.choice([0, 20, 50]),
        "unload_minutes": rnd.choice([0, 15, 30]),
        "report_minutes": rnd.choice([0, 60, 90]),
        "duty_minutes": _duty(rnd),
        "cost_per_hour": rnd.choice([0, 2000, 9000, 30000]),
        "layouts": [_layout(rnd, name) for name in ("l0", "l1")[: rnd.choice([1, 1, 2])]],
    }
    if _chance(rnd, 0.2):
        aircraft["max_flights"] = rnd.randint(0 if _chance(rnd, 0.2) else 1, len(days))
    return aircraft


def _duty(rnd: random.Random) -> int | list[dict]:
    if _chance(rnd, 0.55):
        return rnd.choice([600, 840, 840, 1300, 1500])
    if _chance(rnd, 0.2):
        return [
            {
                "report_from": "20:00",
                "report_until": "24:00",
                "legs": {"3": rnd.randint(600, 1000), "4": rnd.randint(400, 700)},
            }
        ]
    noon = rnd.randint(8, 16) * 60
    most = rnd.randint(500, 1200)
    early = {"2": most, "4": most - rnd.choice([0, 60, 150])}
    late = {"3": rnd.randint(400, 1200)}
    return [
        {"report_from": _clock(rnd.choice([0, 240])), "report_until": _clock(noon), "legs": early},
        {"report_from": _clock(noon + rnd.choice([0, 90])), "report_until": "24:00", "legs": late},
    ]


def _layout(rnd: random.Random, name: str) -> dict:
    litters = rnd.choice([0, 1, 2, 2, 2, 3, 3, 4])
    layout = {
        "id": name,
        "litters": litters,
        "intensive": rnd.randint(min(litters, 0 if _chance(rnd, 0.3) else 1), litters),
        "seats": rnd.choice([2, 3, 4, 6]),
    }
    if _chance(rnd, 0.3):
        layout["isolation"] = rnd.randint(0, 1)
    if _chance(rnd, 0.3):
        layout["care"] = rnd.choice([1, 2, 2.5, 3, 4])
    return layout


def _patient(rnd: random.Random, n: int, hubs: list[str], hospitals: list[dict], dates: list[str]) -> dict:
    offered = [specialty for hospital in hospitals for specialty in hospital["places"]]
    patient = {
        "id": f"u{n}",
        "hub": rnd.choice(hubs),
        "ready": rnd.choice(dates) if _chance(rnd, 0.3) else dates[0],
        "priority": rnd.randint(1, 3),
        "position": rnd.choice(["seat", "seat", "seat", "litter", "litter", "litter", "intensive"]),
        "needs": [rnd.choice(offered)],
        "max_transit_minutes": rnd.choice([300, 480, 720, 1200]),
    }
    if _chance(rnd, 0.1):
        second = rnd.choice(SPECIALTIES)
        patient["needs"] += [second] if second not in patient["needs"] else []
    if _chance(rnd, 0.5):
        patient["waiting_days"] = rnd.randint(0, 70)
    if _chance(rnd, 0.15):
        last = _date(rnd.choice([0, len(dates) - 1, len(dates) - 1, len(dates)]))
        patient["fit_until"] = f"{last}T{rnd.randint(0, 23):02d}:{rnd.randint(0, 59):02d}Z"
    if _chance(rnd, 0.3):
        patient["isolation"] = rnd.choice(["contact", "airborne"])
    if _chance(rnd, 0.2):
        patient["child"] = True
    if _chance(rnd, 0.3):
        patient["companions"] = rnd.randint(1, 2)
    if _chance(rnd, 0.25):
        patient["care"] = rnd.choice([0.5, 1, 2])
    ids = [hospital["id"] for hospital in hospitals]
    countries = [hospital["country"] for hospital in hospitals]
    if _chance(rnd, 0.1):
        patient["refuses"] = [rnd.choice(countries)]
    if _chance(rnd, 0.3):
        patient["prefers"] = rnd.choice(countries)
    if _chance(rnd, 0.2):
        patient["hospitals"] = rnd.sample(ids, rnd.randint((len(ids) + 1) // 2, len(ids)))
    if _chance(rnd, 0.1):
        patient["chosen"] = rnd.choice(ids)
    return patient


def _families(rnd: random.Random, problem: dict) -> None:
    patients = problem["patients"]
    if len(patients) < 2 or not _chance(rnd, 0.3):
        return
    size = rnd.choice([2, 2, 3]) if len(patients) > 2 else 2
    for patient in rnd.sample(patients, size):
        patient["family"] = "F"
        patient["hub"] = patients[0]["hub"]
    for patient in patients:
        if patient.get("family"):
            patient["hub"] = patients[0]["hub"]
    if _chance(rnd, 0.5):
        problem["families"] = {"F": rnd.choice(["same-stop", "same-stop", "same-hospital"])}


def _fixed_flights(rnd: random.Random, problem: dict) -> None:
    """Add at most one fixed flight; nearly always one that the rules allow."""
    if not _chance(rnd, 0.3):
        return
    doc = filled(problem)
    aircraft = rnd.choice(problem["aircraft"])
    hub = rnd.choice(list(problem["hubs"]))
    drops = [code for code in problem["airports"] if code != hub]
    ways = [
        way
        for count in range(1, 1 + min(len(drops), aircraft["max_stops"]))
        for way in permutations(drops, count)
        if aircraft["base"] not in way[:-1]
    ]
    if not ways:
        return
    way = rnd.choice(ways)
    route = fly(doc, aircraft["id"], hub, way)
    allowed = [] if route_faults(doc, route) else departures(doc, route)
    leaves = earliest(allowed, rnd.randint(0, 900))
    if leaves is None:
        leaves = earliest(allowed, 0)
    if leaves is None:
        if not _chance(rnd, 0.1):
            return
        leaves = rnd.randint(0, 1439)
    date = rnd.choice(aircraft["days"])
    flight = {
        "aircraft": aircraft["id"],
        "date": date,
        "layout": rnd.choice(aircraft["layouts"])["id"],
        "hub": hub,
        "stops": list(way),
        "leaves_base": f"{date}T{leaves // 60:02d}:{leaves % 60:02d}Z",
    }
    if _chance(rnd, 0.3):
        flight["closed"] = True
    problem["fixed_flights"] = [flight]


def _fixed(rnd: random.Random, problem: dict) -> None:
    """Fix up to two patients, mostly to hospitals that offer what they need."""
    if not _chance(rnd, 0.35):
        return
    fixed = []
    for patient in rnd.sample(problem["patients"], min(len(problem["patients"]), rnd.choice([1, 1, 2]))):
        able = [
            hospital["id"]
            for hospital in problem["hospitals"]
            if patient["needs"][0] in hospital["places"]
            and patient.get("chosen") in (None, hospital["id"])
            and hospital["id"] in (patient.get("hospitals") or [hospital["id"]])
            and hospital["country"] not in patient.get("refuses", [])
        ]
        if not able:
            continue
        record = {"patient": patient["id"], "hospital": rnd.choice(able)}
        if _chance(rnd, 0.4):
            flights = problem.get("fixed_flights") or [
                {"aircraft": aircraft["id"], "date": date}
                for aircraft in problem["aircraft"]
                for date in aircraft["days"]
            ]
            flight = rnd.choice(flights)
            record["flight"] = {"aircraft": flight["aircraft"], "date": flight["date"]}
        fixed.append(record)
    if fixed:
        problem["fixed"] = fixed


def _weights(rnd: random.Random, problem: dict) -> None:
    """Make the terms comparable now and then, so that none is decided by priority alone."""
    if not _chance(rnd, 0.5):
        return
    weights = {"priority": {"1": rnd.choice([100, 8]), "2": 6, "3": 4}}
    for key, values in (
        ("transit_per_hour", [0, 0.2, 2]),
        ("above_fair_share", [0.5, 3, 9]),
        ("cost_per_1000", [0.05, 0.1]),
        ("preference", [0, 1.5, 5]),
        ("suitability", [0, 3, 6]),
        ("waiting_per_week", [0, 0.25]),
        ("waiting_weeks_cap", [0, 3]),
    ):
        if _chance(rnd, 0.5):
            weights[key] = rnd.choice(values)
    problem["weights"] = weights
