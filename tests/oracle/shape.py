"""Whether a plan document has the keys and kinds of values of the format, before any rule is looked at."""

import datetime as dt
import re

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\dZ")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = (int, float)

PLAN = {
    "format": str,
    "problem": dict,
    "status": str,
    "score": (*NUMBER, type(None)),
    "bound": (*NUMBER, type(None)),
    "terms": (dict, type(None)),
    "flights": list,
    "placements": list,
    "unplaced": list,
    "solver": dict,
}
PLAN_OPTIONAL = {"pins": list, "standby": dict, "conflicts": list}
PARTS = {
    "flights": (
        {
            "id": str,
            "aircraft": str,
            "layout": str,
            "date": str,
            "hub": str,
            "leaves_base": str,
            "legs": list,
        },
        {},
    ),
    "placements": (
        {
            "patient": str,
            "hospital": str,
            "flight": str,
            "leaves_at": str,
            "transit_minutes": NUMBER,
            "basis": str,
        },
        {},
    ),
    "unplaced": ({"patient": str, "reason": (str, type(None)), "explanation": str}, {"facts": dict}),
    "pins": ({"patient": str, "cost": (*NUMBER, type(None))}, {}),
    "conflicts": ({"patients": list, "rule": (str, int), "explanation": str}, {}),
}
LEG = {"from": str, "to": str, "departs": str, "arrives": str}
SOLVER = {"name": str, "version": str, "method": str, "seconds": NUMBER, "seed": (int, type(None))}


def shape_faults(plan: dict) -> list[str]:
    """Return the missing, unknown and mistyped keys, and dates and instants that cannot be read."""
    faults = _record(plan, "plan", PLAN, PLAN_OPTIONAL)
    if faults:
        return faults
    if plan["format"] != "medevac-plan/1":
        faults.append(f"Format: expected format medevac-plan/1, got {plan['format']}.")
    faults += _record(plan["problem"], "problem", {"name": str, "sha256": str}, {})
    faults += _record(plan["solver"], "solver", SOLVER, {})
    for part, (needed, optional) in PARTS.items():
        for n, record in enumerate(plan.get(part) or []):
            faults += _record(record, f"{part}[{n}]", needed, optional)
    if plan["terms"] is not None:
        names = ("priority", "suitability", "preference", "transit", "fair_share", "cost")
        faults += _record(plan["terms"], "terms", dict.fromkeys(names, NUMBER), {})
    if not faults:
        faults += _flight_times(plan)
    return faults


def _record(record, path: str, needed: dict, optional: dict) -> list[str]:
    if not isinstance(record, dict):
        return [f"Format: {path} is not an object."]
    faults = []
    for key, kinds in needed.items():
        if key not in record:
            faults.append(f"Format: {path} has no key {key}.")
        elif not isinstance(record[key], kinds) or isinstance(record[key], bool):
            faults.append(f"Format: {path}.{key} is {record[key]!r}.")
    for key, kinds in optional.items():
        if record.get(key) is not None and not isinstance(record[key], kinds):
            faults.append(f"Format: {path}.{key} is {record[key]!r}.")
    for key in record:
        if key not in needed and key not in optional and not key.startswith("x-"):
            faults.append(f"Format: unknown key {path}.{key}.")
    return faults


def _flight_times(plan: dict) -> list[str]:
    faults = []
    for flight in plan["flights"]:
        name = f"flight {flight['id']}"
        for n, leg in enumerate(flight["legs"]):
            faults += _record(leg, f"{name}.legs[{n}]", LEG, {})
        if faults:
            continue
        if not (DATE.fullmatch(flight["date"]) and _is_date(flight["date"])):
            faults.append(f"Format: {name} has the date {flight['date']}.")
        instants = [flight["leaves_base"]]
        instants += [leg[key] for leg in flight["legs"] for key in ("departs", "arrives")]
        for instant in instants:
            if not (INSTANT.fullmatch(instant) and _is_date(instant[:10])):
                faults.append(f"Format: {name} has the instant {instant}, expected YYYY-MM-DDTHH:MMZ.")
        if len(flight["legs"]) < 2:
            faults.append(f"Format: {name} has {len(flight['legs'])} legs; to the hub and back takes two.")
    return faults


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
