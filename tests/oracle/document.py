"""The problem document with every default filled in, and its dates and clock times as minutes.

It judges nothing: a document that breaks the input rules may raise any error here.
"""

import datetime as dt
import math

EPSILON = 1e-6  # "every comparison allowing 1e-6"
DAY = 1440
ALWAYS = (0, DAY)  # opens and closes of an airport that never closes

WEIGHTS = {
    "waiting_per_week": 0.25,
    "waiting_weeks_cap": 8,
    "suitability": 3,
    "preference": 1.5,
    "transit_per_hour": 0.2,
    "above_fair_share": 0.5,
    "cost_per_1000": 0.1,
}
PRIORITY = {"1": 100, "2": 30, "3": 10}


def filled(problem: dict) -> dict:
    """Return a copy in which nothing that may be left out is missing; lists of records become maps by id."""
    doc = _without_free_keys(problem)
    start = dt.date.fromisoformat(doc["start"])
    weights = _given(doc.get("weights"))
    return {
        "name": doc["name"],
        "start": start,
        "days": doc["days"],
        "airports": {code: _airport(airport) for code, airport in doc["airports"].items()},
        "hubs": doc["hubs"],
        "countries": {
            code: {"limit": None, "fair_share": None, **_given(country)}
            for code, country in doc["countries"].items()
        },
        "hospitals": {hospital["id"]: _hospital(hospital, start) for hospital in doc["hospitals"]},
        "aircraft": {aircraft["id"]: _aircraft(aircraft, start) for aircraft in doc["aircraft"]},
        "patients": {patient["id"]: _patient(patient, start) for patient in doc["patients"]},
        "families": {name: rule or "same-hospital" for name, rule in _given(doc.get("families")).items()},
        "fixed": [_fixed(fixed, start) for fixed in doc.get("fixed") or []],
        "fixed_flights": [_fixed_flight(flight, start) for flight in doc.get("fixed_flights") or []],
        "weights": {**WEIGHTS, **weights, "priority": {**PRIORITY, **_given(weights.get("priority"))}},
    }


def clock(text: str) -> int:
    """Return the minutes since midnight of ``HH:MM``; 24:00 is 1440."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def day_number(date: str, start: dt.date) -> int:
    """Return the number of days from the start of the window to a date."""
    return (dt.date.fromisoformat(date) - start).days


def instant_minute(instant: str, start: dt.date) -> int:
    """Return the minutes from 00:00 of the first day of the window to ``YYYY-MM-DDTHH:MMZ``."""
    date, time = instant.removesuffix("Z").split("T")
    return day_number(date, start) * DAY + clock(time)


def date_text(day: int, start: dt.date) -> str:
    return (start + dt.timedelta(days=day)).isoformat()


def instant_text(minute: float, start: dt.date) -> str:
    """Return the instant, rounded to the minute, as it is printed in a plan."""
    whole = math.floor(minute + 0.5)
    day, rest = divmod(whole, DAY)
    return f"{date_text(day, start)}T{rest // 60:02d}:{rest % 60:02d}Z"


def within(day: int, dated: dict) -> bool:
    """Say whether the dates of a hospital or of a kind of place hold on a day."""
    return (dated["from"] is None or dated["from"] <= day) and (
        dated["until"] is None or day <= dated["until"]
    )


def family_of(doc: dict, patient_id: str) -> list[str]:
    """Return the patient and all who share the family, in the problem's order."""
    family = doc["patients"][patient_id]["family"]
    if family is None:
        return [patient_id]
    return [other for other, patient in doc["patients"].items() if patient["family"] == family]


def family_rule(doc: dict, patient_id: str) -> str:
    return doc["families"].get(doc["patients"][patient_id]["family"], "same-hospital")


def suits(doc: dict, patient: dict, hospital: dict) -> bool:
    """Rule 7 without dates and counts in use: specialties, ``refuses``, ``hospitals`` and ``chosen``."""
    return offers(patient, hospital) and accepts(patient, hospital)


def offers(patient: dict, hospital: dict) -> bool:
    return all(
        need in hospital["places"] and hospital["places"][need]["count"] >= 1 for need in patient["needs"]
    )


def accepts(patient: dict, hospital: dict) -> bool:
    if hospital["country"] in patient["refuses"]:
        return False
    if patient["hospitals"] is not None and hospital["id"] not in patient["hospitals"]:
        return False
    return patient["chosen"] is None or patient["chosen"] == hospital["id"]


def _without_free_keys(value):
    if isinstance(value, dict):
        return {key: _without_free_keys(item) for key, item in value.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [_without_free_keys(item) for item in value]
    return value


def _given(record: dict | None) -> dict:
    return {key: value for key, value in (record or {}).items() if value is not None}


def _airport(airport: dict) -> dict:
    full = {"opens": "00:00", "closes": "24:00", "ambulances": None, **_given(airport)}
    return {**full, "opens": clock(full["opens"]), "closes": clock(full["closes"])}


def _dates(record: dict, start: dt.date) -> dict:
    return {
        end: None if record.get(end) is None else day_number(record[end], start) for end in ("from", "until")
    }


def _hospital(hospital: dict, start: dt.date) -> dict:
    nothing = {"isolation": 0, "intensive": 0, "child": 0, "companions": 0, "arrivals_per_day": None}
    full = {**nothing, **_given(hospital)}
    places = {}
    for specialty, value in _given(full["places"]).items():
        record = value if isinstance(value, dict) else {"count": value}
        places[specialty] = {"count": record["count"], **_dates(record, start)}
    roads: dict[str, float] = {}
    for reach in full["reach"]:
        road = reach["road_minutes"]
        roads[reach["airport"]] = min(road, roads.get(reach["airport"], road))
    suitability = {**dict.fromkeys(places, 0.5), **_given(full.get("suitability"))}
    return {**full, **_dates(full, start), "places": places, "roads": roads, "suitability": suitability}


def _aircraft(aircraft: dict, start: dt.date) -> dict:
    full = {"max_flights": len(aircraft["days"]), **_given(aircraft)}
    layouts = {
        layout["id"]: {"isolation": None, "care": None, **_given(layout)} for layout in full["layouts"]
    }
    duty = full["duty_minutes"]
    if isinstance(duty, list):
        duty = [
            {
                "from": clock(band["report_from"]),
                "until": clock(band["report_until"]),
                "legs": {int(legs): limit for legs, limit in band["legs"].items()},
            }
            for band in duty
        ]
    days = sorted(day_number(date, start) for date in full["days"])
    return {**full, "days": days, "layouts": layouts, "duty_minutes": duty}


def _patient(patient: dict, start: dt.date) -> dict:
    nothing = {
        "waiting_days": 0,
        "companions": 0,
        "care": 0,
        "isolation": "none",
        "child": False,
        "fit_until": None,
        "family": None,
        "prefers": None,
        "hospitals": None,
        "chosen": None,
        "refuses": [],
    }
    full = {**nothing, **_given(patient)}
    fit = full["fit_until"]
    return {
        **full,
        "ready": day_number(full["ready"], start),
        "fit_until": math.inf if fit is None else instant_minute(fit, start),
    }


def _fixed(fixed: dict, start: dt.date) -> dict:
    flight = fixed.get("flight")
    slot = None if flight is None else (flight["aircraft"], day_number(flight["date"], start))
    return {"patient": fixed["patient"], "hospital": fixed["hospital"], "slot": slot}


def _fixed_flight(flight: dict, start: dt.date) -> dict:
    return {
        "slot": (flight["aircraft"], day_number(flight["date"], start)),
        "layout": flight["layout"],
        "hub": flight["hub"],
        "stops": tuple(flight["stops"]),
        "leaves": instant_minute(flight["leaves_base"], start),
        "closed": bool(flight.get("closed")),
    }
