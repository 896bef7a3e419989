"""What keeps a waiting patient from a flight as it is flown: the first cause, as data and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from medevac.planner.explain.sentences import listed
from medevac.planner.joining import PatientWays
from medevac.planner.lookup import may_go, offers
from medevac.planner.occupancy import DEMANDS, FlownFlight
from medevac.planner.open_decision import OpenDecision
from medevac.planner.problem import Patient

NAMES = {
    "seats": "seats on board",
    "litters": "litters on board",
    "intensive": "intensive-care places on board",
    "isolation": "airborne-isolation places on board",
    "care": "care on board",
    "ambulances": "ambulances",
    "places": "{specialty} places",
    "isolation rooms": "isolation rooms",
    "child places": "places for children",
    "intensive places": "intensive-care places",
    "companion housing": "housing for companions",
    "arrivals": "arrivals on that date",
    "country": "arrivals under the country's limit",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Why a patient cannot take a freed place: a word, a sentence, and the sentence's data."""

    cause: str
    sentence: str
    facts: dict[str, Any]


def what_blocks(work: OpenDecision, flight: int, flown: FlownFlight, patient: Patient) -> Block | None:
    """The first cause that keeps one patient, family aside, from a flight; None where there is none.

    Parameters
    ----------
    work
        The decision, with the freed place free.
    flight
        The flight's number in the decision.
    """
    day = flown.choice.date
    if patient.hub != flown.choice.hub:
        return Block(
            "hub", f"waits at {patient.hub}; the flight leaves {flown.choice.hub}.", {"hub": patient.hub}
        )
    if day < patient.ready:
        ready = patient.ready.isoformat()
        return Block("ready", f"is ready on {ready}; the flight is on {day}.", {"ready": ready})
    hospitals = [one for one in work.index.problem.hospitals if offers(one, patient.needs)]
    if not hospitals:
        needs = list(patient.needs)
        return Block("specialty", f"needs {listed(needs)}, which no hospital offers.", {"needs": needs})
    left = [one for one in hospitals if may_go(patient, one)]
    if not left:
        return Block("refused", "may go to no hospital that offers what is needed.", {})
    ways = PatientWays(work, patient)
    mine = ways.table.flight[ways.rows] == flight
    if not mine.any():
        drops = list(flown.choice.stops)
        text = f"reaches no hospital that fits in time from {listed(drops, 'or')}."
        return Block("route", text, {"drops": drops})
    if not ways.blocked[mine].all():
        return None
    return _lacking(work, ways, mine)


def _lacking(work: OpenDecision, ways: PatientWays, mine: Any) -> Block:
    """What is lacking on the way that lacks least; of equal ones the most valuable."""
    asked = np.flatnonzero(ways.demand > 0)
    positions = np.flatnonzero(mine)
    lacks = ways.lacks[positions]
    order = np.lexsort((-ways.values[positions], lacks.sum(axis=1)))
    best = int(positions[order[0]])
    row = int(ways.rows[best])
    hospital = work.index.problem.hospitals[ways.table.hospital[row]]
    wanting = []
    for column in np.flatnonzero(ways.lacks[best]):
        number = int(ways.numbers[best][column])
        what = DEMANDS[int(asked[column])]
        limit, free = float(work.occupancy.limits[number]), float(work.occupancy.free[number])
        wanting.append(
            {
                "what": what,
                "specialty": ways.patient.needs[0],
                "taken": limit - free,
                "total": limit,
                "needed": float(ways.demand[asked[column]]),
                "users": sorted(work.occupancy.users[number]),
            }
        )
    text = listed([_short(one) for one in wanting])
    sentence = f"lacks {text} on the way to {hospital.id} over {ways.table.drops[row]}."
    facts = {"hospital": hospital.id, "drop": ways.table.drops[row], "lacks": wanting}
    return Block("room", sentence, facts)


def _short(one: dict[str, Any]) -> str:
    free = max(0.0, one["total"] - one["taken"]) + 0.0
    name = NAMES[one["what"]].format(specialty=one["specialty"])
    return f"{name} ({free:g} left, {one['needed']:g} needed)"
