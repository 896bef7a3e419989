"""A plan document for what brute force has found, with the reasons of the table."""

from .document import DAY, date_text, instant_text
from .placement_rules import basis_of
from .reasons import Judge
from .scores import plan_terms

SOLVER = {"name": "oracle", "version": "1", "method": "brute force", "seconds": 0.0, "seed": 0}


def infeasible_document(doc: dict) -> dict:
    """Return the plan that says that no plan is valid."""
    explanation = "What is fixed cannot all be done."
    return {
        **_heading(doc, "infeasible", None),
        "terms": None,
        "flights": [],
        "placements": [],
        "unplaced": [
            {"patient": patient, "reason": None, "explanation": explanation} for patient in doc["patients"]
        ],
        "conflicts": [
            {
                "patients": [fixed["patient"] for fixed in doc["fixed"]],
                "rule": "fixed",
                "explanation": explanation,
            }
        ],
    }


def plan_document(doc: dict, score: float, flights: list, placed: list) -> dict:
    """Return an optimal plan.

    Parameters
    ----------
    flights
        The chosen `bruteforce.Option` of every flight.
    placed
        For each placed group the index of its flight and a `bruteforce.Seat` for each patient.
    """
    fixed_slots = {flight["slot"] for flight in doc["fixed_flights"]}
    used = {n for n, _ in placed}
    # A flight that carries nobody and costs nothing may be part of an optimum, but need not be valid.
    kept = [n for n, option in enumerate(flights) if n in used or option.slot in fixed_slots]
    names = {n: f"F{order}" for order, n in enumerate(kept, 1)}
    seats = [(n, seat) for n, way in placed for seat in way]
    transits = {seat.patient: _transit(doc, flights[n], seat) for n, seat in seats}
    terms = plan_terms(
        doc,
        [(seat.patient, seat.hospital, transits[seat.patient]) for _, seat in seats],
        [(flights[n].slot[0], flights[n].route.flying_minutes) for n in kept],
    )
    plan = {
        **_heading(doc, "optimal", score),
        "terms": terms,
        "flights": [_flight(doc, names[n], flights[n]) for n in kept],
        "placements": [
            {
                "patient": seat.patient,
                "hospital": seat.hospital,
                "flight": names[n],
                "leaves_at": seat.stop,
                "transit_minutes": round(transits[seat.patient]),
                "basis": basis_of(doc["patients"][seat.patient], seat.hospital),
            }
            for n, seat in seats
        ],
        "unplaced": [],
    }
    judge = Judge(doc, plan)
    for patient in doc["patients"].keys() - transits.keys():
        reason = judge.first_reason(patient)
        plan["unplaced"].append({"patient": patient, "reason": reason, "explanation": reason})
    plan["unplaced"].sort(key=lambda record: record["patient"])
    return plan


def _heading(doc: dict, status: str, score: float | None) -> dict:
    return {
        "format": "medevac-plan/1",
        "problem": {"name": doc["name"], "sha256": ""},
        "status": status,
        "score": score,
        "bound": score,
        "solver": SOLVER,
    }


def _transit(doc: dict, option, seat) -> float:
    unload = doc["aircraft"][option.slot[0]]["unload_minutes"]
    road = doc["hospitals"][seat.hospital]["roads"][seat.stop]
    return option.route.transit_to[seat.stop] + unload + road


def _flight(doc: dict, name: str, option) -> dict:
    aircraft_id, day = option.slot
    route = option.route
    assert 0 <= option.leaves - day * DAY < DAY
    legs = [
        {
            "from": route.airports[n],
            "to": route.airports[n + 1],
            "departs": instant_text(option.leaves + departs, doc["start"]),
            "arrives": instant_text(option.leaves + arrives, doc["start"]),
        }
        for n, (departs, arrives) in enumerate(zip(route.departs, route.arrives, strict=True))
    ]
    return {
        "id": name,
        "aircraft": aircraft_id,
        "layout": option.layout_id,
        "date": date_text(day, doc["start"]),
        "hub": route.hub,
        "leaves_base": instant_text(option.leaves, doc["start"]),
        "legs": legs,
    }
