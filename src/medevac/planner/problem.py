"""What must be decided, as plain frozen data: the in-memory form of `medevac-problem/1`.

This file holds the shapes only. Reading a document and finding its faults is the work of
`medevac.planner.reading`; the meaning of every field is fixed in docs/reference/format.md.
Clock times (`opens`, `closes`, `report_from`, …) are whole minutes from 00:00 UTC, 1440 for 24:00.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Position = Literal["seat", "litter", "intensive"]
Isolation = Literal["none", "contact", "airborne"]
FamilyRule = Literal["same-hospital", "same-stop"]

DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport: position in degrees, opening hours in minutes, ambulances per flight (None: no limit)."""

    code: str
    lat: float
    lon: float
    opens: int = 0
    closes: int = DAY_MINUTES
    ambulances: int | None = None

    @property
    def always_open(self) -> bool:
        """Open round the clock, also after midnight (rule 3)."""
        return self.opens == 0 and self.closes == DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Country:
    """A receiving country: `limit` is a hard number of patients, `fair_share` a soft one."""

    code: str
    limit: int | None = None
    fair_share: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """An airport from which a hospital is reached, and the minutes on the road."""

    airport: str
    road_minutes: float


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one specialty, with dates of their own where they have any (both ends included)."""

    count: int
    from_date: date | None = None
    until_date: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether the places' own dates hold on `day`."""
        return (self.from_date is None or day >= self.from_date) and (
            self.until_date is None or day <= self.until_date
        )


@dataclass(frozen=True, slots=True)
class Hospital:
    """A receiving hospital with what it offers; `isolation`, `intensive`, `child` are counts of places."""

    id: str
    country: str
    reach: tuple[Reach, ...]
    places: Mapping[str, Places]
    suitability: Mapping[str, float] = field(default_factory=dict)
    from_date: date | None = None
    until_date: date | None = None
    isolation: int = 0
    intensive: int = 0
    child: int = 0
    companions: int = 0
    arrivals_per_day: int | None = None

    def open_on(self, day: date) -> bool:
        """Whether the hospital's dates hold on `day`."""
        return (self.from_date is None or day >= self.from_date) and (
            self.until_date is None or day <= self.until_date
        )

    def suitability_of(self, specialty: str) -> float:
        """Suitability for a specialty; 0.5 where it is not named (FORMAT: may be left out)."""
        return self.suitability.get(specialty, 0.5)


@dataclass(frozen=True, slots=True)
class Layout:
    """One cabin layout; `seats` are those left after the crew's own; None means no limit."""

    id: str
    litters: int
    intensive: int
    seats: int
    isolation: int | None = None
    care: float | None = None


@dataclass(frozen=True, slots=True)
class DutyBand:
    """The longest duty in minutes by number of legs, for reports in [report_from, report_until)."""

    report_from: int
    report_until: int
    legs: Mapping[int, float]

    def limit(self, legs: int) -> float | None:
        """Longest duty for `legs` legs, or None where so many are not allowed."""
        known = sorted(self.legs)
        for count in known:
            if legs <= count:
                return self.legs[count]
        return None


@dataclass(frozen=True, slots=True)
class Aircraft:
    """An aircraft with its base, dates, limits and layouts. `duty_minutes` is one number or bands."""

    id: str
    base: str
    days: tuple[date, ...]
    max_flights: int
    max_stops: int
    range_km: float
    speed_kmh: float
    leg_minutes: float
    turnaround_minutes: float
    unload_minutes: float
    report_minutes: float
    duty_minutes: float | tuple[DutyBand, ...]
    cost_per_hour: float
    layouts: tuple[Layout, ...]

    def layout(self, layout_id: str) -> Layout:
        """The layout with this id; KeyError if there is none."""
        for layout in self.layouts:
            if layout.id == layout_id:
                return layout
        raise KeyError(layout_id)

    def longest_duty(self, report_clock: float, legs: int) -> float | None:
        """Longest duty in minutes for a report at this clock minute (modulo 24 h) and number of legs.

        None where no band holds the report time or so many legs are not allowed (rule 4).
        """
        if isinstance(self.duty_minutes, int | float):
            return float(self.duty_minutes)
        clock = report_clock % DAY_MINUTES
        for band in self.duty_minutes:
            if band.report_from <= clock < band.report_until:
                return band.limit(legs)
        return None


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient who waits. `ready` is the first date of travel, `fit_until` the last instant of arrival."""

    id: str
    hub: str
    ready: date
    priority: int
    position: Position
    needs: tuple[str, ...]
    max_transit_minutes: float
    fit_until: datetime | None = None
    waiting_days: float = 0
    isolation: Isolation = "none"
    child: bool = False
    companions: int = 0
    care: float = 0
    family: str | None = None
    refuses: tuple[str, ...] = ()
    prefers: str | None = None
    hospitals: tuple[str, ...] | None = None
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class FlightKey:
    """Names a flight: at most one per aircraft and date."""

    aircraft: str
    date: date


@dataclass(frozen=True, slots=True)
class Fixed:
    """A patient who must be placed at this hospital, on this flight if one is named."""

    patient: str
    hospital: str
    flight: FlightKey | None = None


@dataclass(frozen=True, slots=True)
class FixedFlight:
    """A flight that is flown exactly as given; `leaves_base` is in minutes from 00:00 of its date."""

    aircraft: str
    date: date
    layout: str
    hub: str
    stops: tuple[str, ...]
    leaves_base: int
    closed: bool = False

    @property
    def key(self) -> FlightKey:
        """Aircraft and date."""
        return FlightKey(self.aircraft, self.date)


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes a plan better; the defaults are those of the format."""

    priority: Mapping[int, float] = field(default_factory=lambda: {1: 100.0, 2: 30.0, 3: 10.0})
    waiting_per_week: float = 0.25
    waiting_weeks_cap: float = 8
    suitability: float = 3
    preference: float = 1.5
    transit_per_hour: float = 0.2
    above_fair_share: float = 0.5
    cost_per_1000: float = 0.1


@dataclass(frozen=True, slots=True)
class Problem:
    """One whole evacuation problem. Mappings keep the document's order; `hubs` gives load minutes."""

    name: str
    start: date
    days: int
    airports: Mapping[str, Airport]
    hubs: Mapping[str, float]
    countries: Mapping[str, Country]
    hospitals: tuple[Hospital, ...]
    aircraft: tuple[Aircraft, ...]
    patients: tuple[Patient, ...]
    families: Mapping[str, FamilyRule] = field(default_factory=dict)
    fixed: tuple[Fixed, ...] = ()
    fixed_flights: tuple[FixedFlight, ...] = ()
    weights: Weights = field(default_factory=Weights)

    @property
    def last_date(self) -> date:
        """The last date of the window."""
        return self.start + timedelta(days=self.days - 1)

    def family_rule(self, family: str) -> FamilyRule:
        """How a family stays together; `same-hospital` unless said otherwise."""
        return self.families.get(family, "same-hospital")

    def hospital(self, hospital_id: str) -> Hospital:
        """The hospital with this id; KeyError if there is none."""
        for hospital in self.hospitals:
            if hospital.id == hospital_id:
                return hospital
        raise KeyError(hospital_id)

    def aircraft_by_id(self, aircraft_id: str) -> Aircraft:
        """The aircraft with this id; KeyError if there is none."""
        for aircraft in self.aircraft:
            if aircraft.id == aircraft_id:
                return aircraft
        raise KeyError(aircraft_id)
