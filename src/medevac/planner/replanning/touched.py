"""Who is touched by a new plan, from where to where, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from medevac.planner.decision import Decision
from medevac.planner.explain.sentences import listed
from medevac.planner.lookup import ProblemIndex, may_go, offers
from medevac.planner.plan import Plan
from medevac.planner.problem import FlightKey, Patient
from medevac.planner.replanning.changed import Changed, OldPlace


@dataclass(frozen=True, slots=True)
class Touch:
    """A patient of the old plan, not named by the change, whose hospital, flight, stop or placing changes.

    `now` is None for a patient who was placed and stays waiting.
    """

    patient: str
    was: OldPlace
    now: OldPlace | None
    why: str


def places_of(decision: Decision) -> dict[str, OldPlace]:
    """Hospital, flight and drop of everybody in a decision."""
    return {
        one.patient_id: OldPlace(one.hospital_id, decision.flights[one.flight_index].key, one.leaves_at)
        for one in decision.assignments
    }


def find_touched(old_index: ProblemIndex, changed: Changed, decision: Decision) -> tuple[Touch, ...]:
    """List everybody who is touched, in the old problem's order, with why."""
    places = places_of(decision)
    why = _Why(old_index, changed)
    return tuple(
        Touch(one.id, changed.old[one.id], places.get(one.id), why.of(one.id))
        for one in old_index.problem.patients
        if one.id in changed.old and changed.old[one.id] != places.get(one.id)
    )


def find_joined(changed: Changed, decision: Decision) -> dict[str, OldPlace]:
    """Everybody who is placed and was not: the waiting who take what is free, and the added."""
    return {name: place for name, place in places_of(decision).items() if name not in changed.old}


def flights_by_key(plan: Plan) -> Mapping[FlightKey, str]:
    """The ids of a plan's flights by aircraft and date."""
    return {FlightKey(one.aircraft, one.date): one.id for one in plan.flights}


class _Why:
    """What stands against an old place, the first that is found."""

    def __init__(self, old_index: ProblemIndex, changed: Changed) -> None:
        self.old_index = old_index
        self.changed = changed
        self.index = ProblemIndex(changed.problem)
        self.aboard: dict[FlightKey, list[Patient]] = {}
        for name, place in changed.old.items():
            self.aboard.setdefault(place.flight, []).append(self.index.patients[name])

    def of(self, name: str) -> str:
        """One sentence."""
        place, patient = self.changed.old[name], self.index.patients[name]
        for found in (
            self._closed(place),
            self._family(patient),
            self._flight(place),
            self._layout(place),
            self._hospital(patient, place),
            self._kept(place),
        ):
            if found:
                return found
        return "Not everybody could keep their place after the change, and this way the fewest lose theirs."

    def _closed(self, place: OldPlace) -> str | None:
        state = self.changed.states[place.flight]
        if place.leaves_at in self.changed.closed:
            return f"{place.leaves_at}, where the patient was to leave, is closed."
        if state.choice.hub in self.changed.closed and not state.has_left_hub:
            return f"The hub {state.choice.hub} is closed."
        return None

    def _family(self, patient: Patient) -> str | None:
        if patient.family is None:
            return None
        members = [one.id for one in self.old_index.family_of(patient) if one.id != patient.id]
        held = [name for name in members if name in self.changed.held]
        if held:
            return f"The family stays together, and {listed(held)} cannot travel now."
        closed = [
            name
            for name in members
            if name in self.changed.old and self._closed(self.changed.old[name]) is not None
        ]
        return f"The family stays together, and {listed(closed)} must be moved." if closed else None

    def _flight(self, place: OldPlace) -> str | None:
        aircraft = self.index.aircraft.get(place.flight.aircraft)
        if aircraft is None or place.flight.date not in aircraft.days:
            return f"{place.flight.aircraft} no longer flies on {place.flight.date}."
        rule = self.changed.rules.get(place.flight)
        if rule is not None and rule.not_before >= 1440:
            return f"The flight of {place.flight.date} has not left, and its day has passed."
        return None

    def _layout(self, place: OldPlace) -> str | None:
        """Whether the named layout has too little room for all who were on board."""
        rule = self.changed.rules.get(place.flight)
        state = self.changed.states[place.flight]
        if rule is None or rule.layout is None or state.flight.layout.id == rule.layout:
            return None
        layout = state.flight.aircraft.layout(rule.layout)
        aboard = self.aboard[place.flight]
        positions = Counter(one.position for one in aboard)
        lying = positions["litter"] + positions["intensive"]
        seated = positions["seat"] + sum(one.companions for one in aboard)
        wanting = [
            f"{what} ({has} for {needed})"
            for what, has, needed in (
                ("litters", layout.litters, lying),
                ("intensive places", layout.intensive, positions["intensive"]),
                ("seats", layout.seats, seated),
            )
            if needed > has
        ]
        return f"Layout {layout.id} has too few {listed(wanting)}." if wanting else None

    def _hospital(self, patient: Patient, place: OldPlace) -> str | None:
        hospital = self.index.hospitals[place.hospital]
        if not offers(hospital, patient.needs):
            return f"{hospital.id} has no place left of each of {listed(patient.needs)}."
        if not may_go(patient, hospital):
            return f"{patient.id} may not go to {hospital.id}."
        if place.leaves_at not in {one.airport for one in hospital.reach}:
            return f"{hospital.id} is not reached from {place.leaves_at}."
        return None

    def _kept(self, place: OldPlace) -> str | None:
        keepers = [name for name, hospital in self.changed.held.items() if hospital == place.hospital]
        return f"{place.hospital} keeps a place for {listed(keepers)}." if keepers else None
