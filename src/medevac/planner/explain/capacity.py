"""What a hospital lacks for one patient alone, given what a decision uses up (reason `no-capacity`)."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from datetime import date
from typing import Any

from medevac.planner.occupancy import ARRIVALS, PLACES, ROOMS, Occupancy, demand_of
from medevac.planner.problem import Hospital, Patient
from medevac.planner.timeline import TOLERANCE

Facts = dict[str, Any]


class Capacity:
    """What hospitals have left; patients who need the same of a hospital share the answer."""

    def __init__(self, occupancy: Occupancy) -> None:
        self._occupancy = occupancy
        self._counted: dict[Hashable, Facts | None] = {}

    def used_up(self, patient: Patient, hospital: Hospital, days: Collection[date]) -> Facts | None:
        """Find the first thing that the patient needs and the hospital has no more of.

        Parameters
        ----------
        days
            Dates on which a flight could bring the patient there.

        Returns
        -------
        Facts: the hospital, `what` is used up, how much is taken, of how much, and needed; None if there
        is room on at least one of the dates.
        """
        specialty = patient.needs[0]
        isolated, intensive = patient.isolation != "none", patient.position == "intensive"
        key = (hospital.id, specialty, isolated, intensive, patient.child, patient.companions)
        if key not in self._counted:
            self._counted[key] = self._first_count(patient, hospital)
        return self._counted[key] or self._closed_days(patient, hospital, days)

    def _first_count(self, patient: Patient, hospital: Hospital) -> Facts | None:
        """Facts of the first count that leaves the patient no room."""
        occupancy, demand = self._occupancy, demand_of(patient).tolist()
        numbers = {"places": occupancy.place(hospital.id, patient.needs[0])}
        numbers |= {what: occupancy.room(hospital.id, what) for what in ROOMS}
        for (what, number), needed in zip(numbers.items(), demand[PLACES:ARRIVALS], strict=True):
            if needed > max(0.0, occupancy.free[number] + TOLERANCE):
                return {
                    "hospital": hospital.id,
                    "what": what,
                    "specialty": patient.needs[0] if what == "places" else None,
                    "taken": occupancy.taken(number),
                    "total": float(occupancy.limits[number]),
                    "needed": needed,
                }
        return None

    def _closed_days(self, patient: Patient, hospital: Hospital, days: Collection[date]) -> Facts | None:
        """Facts if on none of the dates all needs are offered and another arrival is left."""
        for need in patient.needs:
            places = hospital.places[need]
            if places.from_date or places.until_date:
                days = [day for day in days if places.open_on(day)]
            if not days:
                return {"hospital": hospital.id, "what": "dates", "specialty": need}
        most = hospital.arrivals_per_day
        if most is None or any(self._arrivals(hospital, day) < most for day in days):
            return None
        return {
            "hospital": hospital.id,
            "what": "arrivals",
            "specialty": None,
            "total": most,
            "dates": sorted(day.isoformat() for day in days),
        }

    def _arrivals(self, hospital: Hospital, day: date) -> int:
        number = self._occupancy.arrivals(hospital.id, day)
        return 0 if number is None else len(self._occupancy.users[number])
