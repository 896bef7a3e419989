"""The problem after a change: who is left, what is kept, what has been flown, and what is closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from medevac.planner.lookup import ProblemIndex
from medevac.planner.plan import Plan
from medevac.planner.problem import (
    DAY_MINUTES,
    Airport,
    Country,
    FamilyRule,
    Fixed,
    FixedFlight,
    FlightKey,
    Hospital,
    Patient,
    Problem,
)
from medevac.planner.replanning.changes import Changes
from medevac.planner.replanning.diverting import Diversion, divert
from medevac.planner.replanning.progress import FlightState, in_utc
from medevac.planner.timeline import minute_of


@dataclass(frozen=True, slots=True)
class OldPlace:
    """Where the old plan put a patient."""

    hospital: str
    flight: FlightKey
    leaves_at: str


@dataclass(frozen=True, slots=True)
class SlotRule:
    """What binds one flight beyond the problem: the clock, and what has happened or was named.

    `not_before` is in minutes from 00:00 of its date. `hub`, `leaves_base` and `must_fly` are set for a
    flight that has left its base; `layout` also where one was named.
    """

    not_before: float = 0.0
    leaves_base: int | None = None
    hub: str | None = None
    layout: str | None = None
    must_fly: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """The changed problem with what the format cannot say of it.

    `old` holds the old places of everybody who may count as touched; `held` the places that are kept for
    patients who stay waiting; `stranded` those of them who are on board without a landing.
    """

    problem: Problem
    old: Mapping[str, OldPlace]
    states: Mapping[FlightKey, FlightState]
    diversions: Mapping[FlightKey, Diversion]
    rules: Mapping[FlightKey, SlotRule]
    closed: frozenset[str]
    held: Mapping[str, str]
    stranded: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default_factory=tuple)


def change(index: ProblemIndex, plan: Plan, states: Sequence[FlightState], changes: Changes) -> Changed:
    """Make the changed problem.

    Parameters
    ----------
    index
        The problem with everything that was added.
    plan, states
        The old plan and how far its flights have come.
    """
    work = _Change(index, plan, states, changes)
    return work.make()


class _Change:
    """One change at work; each method makes one part of the new problem."""

    def __init__(
        self, index: ProblemIndex, plan: Plan, states: Sequence[FlightState], changes: Changes
    ) -> None:
        self.index = index
        self.problem = index.problem
        self.changes = changes
        self.closed = frozenset(changes.close)
        self.states = {FlightKey(one.flight.aircraft.id, one.flight.flight.date): one for one in states}
        self.keys = {state.flight.flight.id: key for key, state in self.states.items()}
        self.placed = {one.patient: one for one in plan.placements if one.patient not in changes.without}
        self.notes: list[str] = []
        self.diversions = self._divert()
        self.stranded = frozenset(name for one in self.diversions.values() for name in one.stranded)
        self.held = {name: self.placed[name].hospital for name in (*changes.hold, *sorted(self.stranded))}

    def make(self) -> Changed:
        """Put all parts together."""
        flown = self._flown_fixed()
        days = self._days()
        flights = self._fixed_flights(days)
        patients = tuple(self._patient(one) for one in self.problem.patients if self._stays(one.id))
        aircraft = tuple(
            replace(one, days=days[one.id], max_flights=min(one.max_flights, len(days[one.id])))
            for one in self.problem.aircraft
        )
        problem = replace(
            self.problem,
            airports={code: self._airport(one) for code, one in self.problem.airports.items()},
            hubs={code: self._load_minutes(code) for code in self.problem.hubs},
            countries={code: self._country(one) for code, one in self.problem.countries.items()},
            hospitals=tuple(self._hospital(one) for one in self.problem.hospitals),
            aircraft=aircraft,
            patients=patients,
            families=self._families(patients),
            fixed=(*self._open_fixed(flown, days), *flown.values()),
            fixed_flights=flights,
        )
        old = {
            name: OldPlace(one.hospital, self.keys[one.flight], one.leaves_at)
            for name, one in self.placed.items()
            if name not in self.changes.named
        }
        return Changed(
            problem=problem,
            old=old,
            states=self.states,
            diversions=self.diversions,
            rules=self._rules(days),
            closed=self.closed,
            held=self.held,
            stranded=self.stranded,
            notes=tuple(self.notes),
        )

    def _stays(self, name: str) -> bool:
        return name not in self.changes.without

    # -- what has been flown ---------------------------------------------------------------------------

    def _divert(self) -> dict[FlightKey, Diversion]:
        """The stops of every flight that has left the hub."""
        found = {}
        for key, state in self.states.items():
            if state.has_left_hub:
                aboard = [one for one in self.placed.values() if self.keys[one.flight] == key]
                found[key] = divert(self.index, state, aboard, self.closed)
        return found

    def _flown_fixed(self) -> dict[str, Fixed]:
        """Everybody who has left the hub, fixed to hospital and flight."""
        return {
            name: Fixed(name, self.placed[name].hospital, key)
            for key, diversion in self.diversions.items()
            for name in diversion.leaves_at
        }

    def _fixed_flights(self, days: Mapping[str, tuple[date, ...]]) -> tuple[FixedFlight, ...]:
        """Fixed flights of the problem that still hold, then those that have left the hub, closed."""
        kept = []
        for one in self.problem.fixed_flights:
            if one.key in self.diversions or self._under_way(one.key):
                continue
            if one.date not in days[one.aircraft]:
                self.notes.append(f"The fixed flight of {one.aircraft} on {one.date} was not flown.")
                continue
            shut = [code for code in (one.hub, *one.stops) if code in self.closed]
            if shut:
                self.notes.append(
                    f"The fixed flight of {one.aircraft} on {one.date} stops at {', '.join(shut)}, which is "
                    "closed: it is fixed no longer."
                )
                continue
            state = self.states.get(one.key)
            named = None if state is None else self.changes.layouts.get(state.flight.flight.id)
            kept.append(one if named is None else replace(one, layout=named))
        flown = [self._flown_flight(key) for key in self.diversions]
        return (*kept, *flown)

    def _under_way(self, key: FlightKey) -> bool:
        return key in self.states and self.states[key].has_left_base

    def _flown_flight(self, key: FlightKey) -> FixedFlight:
        choice = self.states[key].choice
        return FixedFlight(
            choice.aircraft_id,
            choice.date,
            choice.layout_id,
            choice.hub,
            self.diversions[key].stops,
            choice.leaves_base,
            closed=True,
        )

    def _days(self) -> dict[str, tuple[date, ...]]:
        """Dates on which each aircraft has flown or may still leave."""
        today = None if self.changes.now is None else in_utc(self.changes.now).date()
        return {
            one.id: tuple(
                day
                for day in one.days
                if today is None or day >= today or self._under_way(FlightKey(one.id, day))
            )
            for one in self.problem.aircraft
        }

    def _open_fixed(self, flown: Mapping[str, Fixed], days: Mapping[str, tuple[date, ...]]) -> list[Fixed]:
        """Patients whom the problem fixes and who have not flown yet."""
        found = []
        for one in self.problem.fixed:
            if not self._stays(one.patient) or one.patient in flown or one.patient in self.held:
                continue
            flight = one.flight
            if flight is not None and flight.date not in days[flight.aircraft]:
                self.notes.append(
                    f"{one.patient} was fixed to {flight.aircraft} on {flight.date}, which has passed: "
                    f"only the hospital {one.hospital} stays fixed."
                )
                flight = None
            found.append(replace(one, flight=flight))
        return found

    def _rules(self, days: Mapping[str, tuple[date, ...]]) -> dict[FlightKey, SlotRule]:
        """The rule of each flight that has not left the hub."""
        found = {}
        for aircraft in self.problem.aircraft:
            for day in days[aircraft.id]:
                key = FlightKey(aircraft.id, day)
                if key not in self.diversions:
                    found[key] = self._rule(key)
        return found

    def _rule(self, key: FlightKey) -> SlotRule:
        state = self.states.get(key)
        if state is not None and state.stage == "boarding":
            choice = state.choice
            shut = choice.hub in self.closed
            return SlotRule(0.0, choice.leaves_base, choice.hub, choice.layout_id, must_fly=not shut)
        layout = None if state is None else self.changes.layouts.get(state.flight.flight.id)
        return SlotRule(self._not_before(key.date, self.changes.now), layout=layout)

    @staticmethod
    def _not_before(day: date, now: datetime | None) -> float:
        return 0.0 if now is None else max(0.0, minute_of(day, in_utc(now)))

    # -- who is left, and what is kept -----------------------------------------------------------------

    def _patient(self, patient: Patient) -> Patient:
        """A patient as before; who is held is not ready within the window.

        Who has flown keeps only those needs of which the hospital has places left: a kept place may be the
        last, and a hospital that offers none would make what has happened break rule 7.
        """
        if patient.id in self.held:
            return replace(patient, ready=self.problem.last_date + timedelta(days=1))
        key = self.keys[self.placed[patient.id].flight] if patient.id in self.placed else None
        if key not in self.diversions or len(patient.needs) == 1:
            return patient
        places = self._hospital(self.index.hospitals[self.placed[patient.id].hospital]).places
        lost = [one for one in patient.needs[1:] if one in places and not places[one].count]
        return replace(patient, needs=tuple(one for one in patient.needs if one not in lost))

    def _families(self, patients: Collection[Patient]) -> dict[str, FamilyRule]:
        left = {one.family for one in patients}
        return {name: rule for name, rule in self.problem.families.items() if name in left}

    def _keepers(self, hospital: str) -> list[Patient]:
        """Patients for whom a place at this hospital is kept."""
        return [self.index.patients[name] for name, where in self.held.items() if where == hospital]

    def _hospital(self, hospital: Hospital) -> Hospital:
        """A hospital less what is kept, and without the roads from closed airports."""
        keepers = self._keepers(hospital.id)
        places = dict(hospital.places)
        for one in keepers:
            if one.needs[0] in places:
                known = places[one.needs[0]]
                places[one.needs[0]] = replace(known, count=max(0, known.count - 1))
        flown_over = {
            code
            for diversion in self.diversions.values()
            for name, code in diversion.leaves_at.items()
            if self.placed[name].hospital == hospital.id
        }
        return replace(
            hospital,
            reach=tuple(
                one for one in hospital.reach if one.airport not in self.closed or one.airport in flown_over
            ),
            places=places,
            isolation=max(0, hospital.isolation - sum(one.isolation != "none" for one in keepers)),
            child=max(0, hospital.child - sum(one.child for one in keepers)),
            intensive=max(0, hospital.intensive - sum(one.position == "intensive" for one in keepers)),
            companions=max(0, hospital.companions - sum(one.companions for one in keepers)),
        )

    def _country(self, country: Country) -> Country:
        """A country less those whose places are kept there."""
        kept = sum(self.index.hospitals[name].country == country.code for name in self.held.values())
        return replace(
            country,
            limit=None if country.limit is None else max(0, country.limit - kept),
            fair_share=None if country.fair_share is None else max(0, country.fair_share - kept),
        )

    def _airport(self, airport: Airport) -> Airport:
        """A closed airport keeps its last minute only: the format knows no airport without hours."""
        if not self._shut(airport.code):
            return airport
        return replace(airport, opens=DAY_MINUTES - 1, closes=DAY_MINUTES, ambulances=0)

    def _load_minutes(self, hub: str) -> float:
        """Loading at a closed hub takes longer than its last minute, so that no flight leaves it."""
        return max(2, self.problem.hubs[hub]) if self._shut(hub) else self.problem.hubs[hub]

    def _shut(self, code: str) -> bool:
        """Whether an airport is closed, and no flight that has left the hub has used it or will."""
        return code in self.closed and all(
            code not in (self.states[key].choice.hub, *diversion.stops)
            for key, diversion in self.diversions.items()
        )
