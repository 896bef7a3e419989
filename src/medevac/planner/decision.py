"""What a planner decides, and nothing that follows from it. The printed plan is made by `assemble`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medevac.planner.problem import FixedFlight, FlightKey


@dataclass(frozen=True, slots=True)
class FlightChoice:
    """One flight: `stops` are the drops in order, the base last if it is one.

    `leaves_base` is in whole minutes from 00:00 UTC of `date`.
    """

    aircraft_id: str
    date: date
    layout_id: str
    hub: str
    stops: tuple[str, ...]
    leaves_base: int

    @property
    def key(self) -> FlightKey:
        """Aircraft and date, which name a flight (rule 1)."""
        return FlightKey(self.aircraft_id, self.date)

    @classmethod
    def of_fixed(cls, fixed: FixedFlight) -> FlightChoice:
        """The choice that a fixed flight leaves: none."""
        return cls(fixed.aircraft, fixed.date, fixed.layout, fixed.hub, fixed.stops, fixed.leaves_base)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One placed patient. `flight_index` counts in `Decision.flights`; `leaves_at` is the drop airport."""

    patient_id: str
    hospital_id: str
    flight_index: int
    leaves_at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """All flights that are flown and all patients who are placed."""

    flights: tuple[FlightChoice, ...]
    assignments: tuple[Assignment, ...]
