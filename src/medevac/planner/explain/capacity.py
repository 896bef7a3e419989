"""What a hospital lacks for one patient alone, given what a decision uses up (reason `no-capacity`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from medevac.planner.occupancy import PLACES, ROOMS, Occupancy, demand_of
from medevac.planner.problem import Hospital, Patient
from medevac.planner.timeline import TOLERANCE


def used_up(
    occupancy: Occupancy, patient: Patient, hospital: Hospital, days: set[date]
) -> dict[str, Any] | None:
    """Find the first thing that the patient needs and the hospital has no more of.

    Parameters
    ----------
    days
        Dates on which a flight could bring the patient there.

    Returns
    -------
    Facts: the hospital, `what` is used up, how much is taken, of how much, and needed; None if there is
    room on at least one of the dates.
    """
    for what, number, needed in _counted(occupancy, patient, hospital):
        if needed > max(0.0, occupancy.free[number] + TOLERANCE):
            return {
                "hospital": hospital.id,
                "what": what,
                "specialty": patient.needs[0] if what == "places" else None,
                "taken": occupancy.taken(number),
                "total": float(occupancy.limits[number]),
                "needed": needed,
            }
    return _closed_days(occupancy, patient, hospital, days)


def _counted(occupancy: Occupancy, patient: Patient, hospital: Hospital) -> Iterator[tuple[str, int, float]]:
    """The place, rooms and housing that the patient needs: name, number, amount."""
    demand = demand_of(patient)
    yield "places", occupancy.place(hospital.id, patient.needs[0]), float(demand[PLACES])
    for column, what in enumerate(ROOMS, start=PLACES + 1):
        yield what, occupancy.room(hospital.id, what), float(demand[column])


def _closed_days(
    occupancy: Occupancy, patient: Patient, hospital: Hospital, days: set[date]
) -> dict[str, Any] | None:
    """Facts if on none of the dates all needs are offered and another arrival is left."""
    offered = set(days)
    for need in patient.needs:
        offered = {day for day in offered if hospital.places[need].open_on(day)}
        if not offered:
            return {"hospital": hospital.id, "what": "dates", "specialty": need}
    if hospital.arrivals_per_day is None:
        return None
    for day in offered:
        number = occupancy.arrivals(hospital.id, day)
        taken = 0 if number is None else len(occupancy.users[number])
        if taken < hospital.arrivals_per_day:
            return None
    return {
        "hospital": hospital.id,
        "what": "arrivals",
        "specialty": None,
        "total": hospital.arrivals_per_day,
        "dates": sorted(day.isoformat() for day in offered),
    }
