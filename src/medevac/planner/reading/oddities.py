"""What is legal in a problem but most likely not meant; noted as warnings.

Each warning is true by itself: what is said to be out of reach is out of reach by distance alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from medevac.planner.faults import FaultList
from medevac.planner.geography import distance_km
from medevac.planner.problem import Aircraft, Hospital, Patient, Problem
from medevac.planner.reading.phrases import child, item, show

TOLERANCE = 1e-6  # FORMAT: every comparison allows 1e-6


def note_oddities(problem: Problem, faults: FaultList) -> None:
    """Note everything odd about a sound problem.

    Parameters
    ----------
    problem
        A problem without faults.
    faults
        Takes the warnings.
    """
    _note_countries(problem, faults)
    for index, aircraft in enumerate(problem.aircraft):
        _note_aircraft(aircraft, item("aircraft", index), faults)
    _note_far_hospitals(problem, faults)
    _note_patients(problem, faults)
    _note_families(problem, faults)


def _note_countries(problem: Problem, faults: FaultList) -> None:
    for code, country in problem.countries.items():
        if country.limit is None or country.fair_share is None or country.fair_share <= country.limit:
            continue
        path = child(child("countries", code), "fair_share")
        remedy = "Such a fair share has no effect: lower it, or leave it out."
        faults.warning(path, f"at most the limit {country.limit}", show(country.fair_share), remedy)


def _note_aircraft(aircraft: Aircraft, path: str, faults: FaultList) -> None:
    if not aircraft.days:
        faults.warning(f"{path}.days", "at least one date", "an empty list", "It never flies: add a date.")
    if not aircraft.layouts:
        faults.warning(
            f"{path}.layouts", "at least one layout", "an empty list", "It never flies: add a layout."
        )
    if aircraft.max_flights > len(aircraft.days):
        expected = f"at most one flight for each of the {len(aircraft.days)} dates"
        remedy = "It flies once a date: add dates, or lower the number."
        faults.warning(f"{path}.max_flights", expected, show(aircraft.max_flights), remedy)
    for index, layout in enumerate(aircraft.layouts):
        if layout.intensive > layout.litters:
            where = child(item(child(path, "layouts"), index), "intensive")
            remedy = "Intensive patients lie on litters: correct one of the two."
            faults.warning(where, f"at most the {layout.litters} litters", show(layout.intensive), remedy)


def _note_far_hospitals(problem: Problem, faults: FaultList) -> None:
    """Note each hospital none of whose airports any aircraft can reach."""
    reached = _airports_in_reach(problem)
    for index, hospital in enumerate(problem.hospitals):
        airports = [one.airport for one in hospital.reach]
        if reached.isdisjoint(airports):
            got = "none" if airports else "an empty list"
            remedy = "Nobody can be brought there: check positions, ranges and the list."
            faults.warning(
                child(item("hospitals", index), "reach"), "an airport in an aircraft's range", got, remedy
            )


def _airports_in_reach(problem: Problem) -> set[str]:
    """Airports with a chain of legs within range: base, hub, drops; hours and duty are left aside."""
    wanted = {one.airport for hospital in problem.hospitals for one in hospital.reach}
    reached: set[str] = set()
    for base, range_km in _bases_and_ranges(problem):
        if wanted <= reached:
            break
        reached |= _drops_in_reach(problem, base, range_km, wanted | {base})
    return reached


def _bases_and_ranges(problem: Problem) -> list[tuple[str, float]]:
    """Where aircraft that fly at all are based and how far they fly, the farthest first."""
    pairs = {(one.base, one.range_km) for one in problem.aircraft if _flies(one)}
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _flies(aircraft: Aircraft) -> bool:
    return bool(aircraft.days and aircraft.layouts and aircraft.max_flights and aircraft.max_stops)


def _hubs_in_reach(problem: Problem, base: str, range_km: float) -> list[str]:
    return [hub for hub in problem.hubs if _in_range(problem, base, hub, range_km)]


def _drops_in_reach(problem: Problem, base: str, range_km: float, drops: set[str]) -> set[str]:
    """The drops with a chain of legs within range from a hub that the aircraft reaches."""
    frontier = _hubs_in_reach(problem, base, range_km)
    reached: set[str] = set()
    while frontier:
        origin = frontier.pop()
        near = [
            drop
            for drop in sorted(drops - reached)
            if drop != origin and _in_range(problem, origin, drop, range_km)
        ]
        reached.update(near)
        frontier.extend(near)
    return reached


def _in_range(problem: Problem, origin: str, destination: str, range_km: float) -> bool:
    km = distance_km(problem.airports[origin], problem.airports[destination])
    return km <= range_km + TOLERANCE


def _note_patients(problem: Problem, faults: FaultList) -> None:
    bases = _bases_and_ranges(problem)
    hubs = {hub for base, range_km in bases for hub in _hubs_in_reach(problem, base, range_km)}
    countries = {hospital.id: hospital.country for hospital in problem.hospitals}
    fits = _Fits(problem.hospitals)
    for index, patient in enumerate(problem.patients):
        path = item("patients", index)
        _note_dates(patient, problem, path, faults)
        _note_wishes(patient, countries, path, faults)
        fits.note(patient, path, faults)
        if patient.hub not in hubs:
            remedy = "Nobody can leave from there: check positions, ranges and dates."
            faults.warning(f"{path}.hub", "a hub that an aircraft can reach", show(patient.hub), remedy)


def _note_dates(patient: Patient, problem: Problem, path: str, faults: FaultList) -> None:
    if patient.ready > problem.last_date:
        got = show(patient.ready.isoformat())
        remedy = "The patient cannot travel within the window."
        faults.warning(f"{path}.ready", f"a date up to {problem.last_date}", got, remedy)
    if patient.fit_until is None:
        return
    first = max(patient.ready, problem.start)
    if patient.fit_until < datetime.combine(first, time(), UTC):
        got = show(patient.fit_until.date().isoformat())
        remedy = "The patient cannot travel: correct fit_until or ready."
        faults.warning(
            f"{path}.fit_until", f"an instant from {first} on, the first date of travel", got, remedy
        )


def _note_wishes(patient: Patient, countries: dict[str, str], path: str, faults: FaultList) -> None:
    if patient.prefers is not None and patient.prefers in patient.refuses:
        got = f"{show(patient.prefers)}, which is refused"
        faults.warning(f"{path}.prefers", "a country that is not refused", got, "Ask what is wished.")
    if patient.chosen is None:
        return
    if patient.hospitals is not None and patient.chosen not in patient.hospitals:
        got = f"{show(patient.chosen)}, which is not among them"
        remedy = "No hospital is left: add it to the list, or leave the list out."
        faults.warning(f"{path}.chosen", 'one of the patient\'s "hospitals"', got, remedy)
    if countries[patient.chosen] in patient.refuses:
        got = f"{show(patient.chosen)} in {show(countries[patient.chosen])}, which is refused"
        remedy = "No hospital is left: ask what is wished."
        faults.warning(f"{path}.chosen", "a hospital whose country is not refused", got, remedy)


class _Fits:
    """Whether any hospital offers what a patient needs and is not ruled out by wishes."""

    def __init__(self, hospitals: tuple[Hospital, ...]) -> None:
        self._hospitals = {hospital.id: hospital for hospital in hospitals}
        self._by_specialty: dict[str, dict[str, None]] = {}
        for hospital in hospitals:
            for specialty, places in hospital.places.items():
                if places.count:
                    self._by_specialty.setdefault(specialty, {})[hospital.id] = None
        self._by_needs: dict[tuple[str, ...], tuple[str, ...]] = {}

    def note(self, patient: Patient, path: str, faults: FaultList) -> None:
        """Note a patient whom no hospital can take, unless `chosen` contradicts itself (noted already)."""
        offering = self._offering(patient.needs)
        if not offering:
            remedy = "Nobody offers all of them: check the spelling, or ask for places."
            faults.warning(f"{path}.needs", "a hospital that offers all needs", "none", remedy)
        elif not any(self._is_left(patient, name) for name in self._candidates(patient, offering)):
            got = f"none of the {len(offering)} that offer all needs"
            remedy = "Wishes and answers rule all of them out: ask again."
            faults.warning(path, 'a hospital that "refuses", "hospitals" and "chosen" leave', got, remedy)

    def _offering(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        if needs not in self._by_needs:
            first, *others = (self._by_specialty.get(need, {}) for need in needs)
            self._by_needs[needs] = tuple(name for name in first if all(name in other for other in others))
        return self._by_needs[needs]

    def _candidates(self, patient: Patient, offering: tuple[str, ...]) -> Iterable[str]:
        """The fewest hospitals that can be looked at."""
        if patient.chosen is not None:
            return (patient.chosen,)
        return offering if patient.hospitals is None else patient.hospitals

    def _is_left(self, patient: Patient, name: str) -> bool:
        return (
            name in self._offering(patient.needs)
            and self._hospitals[name].country not in patient.refuses
            and (patient.hospitals is None or name in patient.hospitals)
        )


def _note_families(problem: Problem, faults: FaultList) -> None:
    families = {patient.family for patient in problem.patients}
    for name in problem.families:
        if name not in families:
            remedy = "Remove the family, or correct its name."
            faults.warning(child("families", name), "a family that a patient has", show(name), remedy)
