"""A flight's part of the page: stops with times and margins, cabin load by leg, and who leaves where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from medevac.papers.airports import known_airport
from medevac.papers.flown import ShownFlight, Stop, Traveller, load_of
from medevac.papers.free_keys import FreeKeys
from medevac.papers.languages import Words
from medevac.papers.moments import Moment, moment
from medevac.papers.page.margins import Margin, closing_margin, flight_margins
from medevac.papers.page.strip import Strip, strip_of
from medevac.planner.plan import Plan
from medevac.planner.problem import Layout, Problem
from medevac.planner.timeline import Timeline, clock_text


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop: where, when, what happens, and the room before it closes."""

    label: str
    what: str
    arrives: Moment | None
    leaves: Moment | None
    hours: str
    margin: Margin | None


@dataclass(frozen=True, slots=True)
class Use:
    """How much of something is used; `total` is None where there is no limit."""

    used: float
    total: float | None

    @property
    def share(self) -> float:
        """The used part, 0 to 1."""
        return min(1.0, self.used / self.total) if self.total else float(bool(self.total == 0 and self.used))


@dataclass(frozen=True, slots=True)
class LegRow:
    """What is on board on one leg, in the order of the cabin table's columns."""

    label: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """One patient who leaves at a stop."""

    patient: str
    family: str
    priority: int
    position: str
    isolation: str
    companions: int
    child: bool
    fixed: bool
    hospital: str
    country: str
    arrival: Moment
    transit: str
    limit: str
    basis: str


@dataclass(frozen=True, slots=True)
class LeavingGroup:
    """Everybody who leaves at one stop."""

    stop: str
    heading: str
    rows: tuple[LeavingRow, ...]


@dataclass(frozen=True, slots=True)
class FlightSection:
    """Everything that the page shows of one flight."""

    id: str
    anchor: str
    aircraft: str
    day: str
    layout: str
    route: str
    people: str
    margins: tuple[Margin, ...]
    strip: Strip | None
    stops: tuple[StopRow, ...]
    cabin_heads: tuple[str, ...]
    legs: tuple[LegRow, ...]
    leaving: tuple[LeavingGroup, ...]
    standby: tuple[tuple[str, str], ...]


def flight_sections(
    words: Words,
    problem: Problem,
    plan: Plan,
    flights: Sequence[ShownFlight],
    timelines: Mapping[str, Timeline],
    free: FreeKeys,
) -> tuple[FlightSection, ...]:
    """The parts of all flights; `timelines` are the unrounded ones that `evaluate` found."""
    return tuple(
        _section(words, problem, plan, flight, timelines.get(flight.flight.id), free, number)
        for number, flight in enumerate(flights, start=1)
    )


def people(words: Words, travellers: Iterable[Traveller]) -> str:
    """How many patients and companions."""
    load = load_of(travellers)
    text = words.count("shared.patients", load.patients)
    if not load.companions:
        return text
    return words("page.with", one=text, two=words.count("shared.companions", load.companions))


def _section(
    words: Words,
    problem: Problem,
    plan: Plan,
    shown: ShownFlight,
    times: Timeline | None,
    free: FreeKeys,
    number: int,
) -> FlightSection:
    flight = shown.flight
    return FlightSection(
        id=flight.id,
        anchor=f"flight-{number}",
        aircraft=flight.aircraft,
        day=words.day(flight.date),
        layout=flight.layout,
        route=" → ".join(known_airport(stop.airport).label for stop in shown.stops),
        people=people(words, shown.travellers),
        margins=flight_margins(words, shown, times),
        strip=None if times is None else strip_of(words, problem, shown, times),
        stops=tuple(_stop_row(words, problem, shown, stop, times) for stop in shown.stops),
        cabin_heads=_cabin_heads(words, shown.layout),
        legs=_leg_rows(shown),
        leaving=tuple(
            _group(words, shown, stop, free, frozenset(one.patient for one in problem.fixed))
            for stop in shown.stops
            if stop.leaving
        ),
        standby=_standby(words, plan, flight.id),
    )


def _standby(words: Words, plan: Plan, flight: str) -> tuple[tuple[str, str], ...]:
    """Who may take a freed place, by kind of place and in order, where the plan says so."""
    waiting = plan.standby.get(flight, {})
    return tuple(
        (words(f"shared.position_{position}"), ", ".join(patients) or words("page.standby_nobody"))
        for position, patients in waiting.items()
    )


def _stop_row(
    words: Words, problem: Problem, shown: ShownFlight, stop: Stop, times: Timeline | None
) -> StopRow:
    known, day = known_airport(stop.airport), shown.flight.date
    airport = problem.airports[stop.airport]
    hours = "" if airport.always_open else f"{clock_text(airport.opens)}–{_closes(airport.closes)}"
    return StopRow(
        label=known.label,
        what=_what(words, shown, stop),
        arrives=None if stop.arrives is None else moment(stop.arrives, known, day),
        leaves=None if stop.leaves is None else moment(stop.leaves, known, day),
        hours=hours,
        margin=None if times is None else closing_margin(words, airport, stop, times),
    )


def _closes(minute: float) -> str:
    return "24:00" if minute == 1440 else clock_text(minute)


def _what(words: Words, shown: ShownFlight, stop: Stop) -> str:
    if stop.kind == "base":
        return words("page.leaves_base")
    if stop.kind == "hub":
        return words("page.takes_on", people=people(words, shown.travellers))
    if stop.leaving:
        return words("page.leave_here", people=people(words, stop.leaving))
    return words("page.back_at_base" if stop.kind == "home" else "page.nobody_leaves")


def _cabin_heads(words: Words, layout: Layout) -> tuple[str, ...]:
    keys = ["litters", "intensive", "seats"]
    if layout.isolation is not None:
        keys.append("airborne")
    if layout.care is not None:
        keys.append("care")
    return tuple(words(f"shared.{key}") for key in keys)


def _leg_rows(shown: ShownFlight) -> tuple[LegRow, ...]:
    """The legs with patients on board; positioning legs are empty and left out."""
    layout, rows = shown.layout, []
    hub = shown.stops.index(shown.hub_stop)
    for number in range(hub, len(shown.stops) - 1):
        load = load_of(shown.on_leg(number))
        uses = [
            Use(load.litters, layout.litters),
            Use(load.intensive, layout.intensive),
            Use(load.seats, layout.seats),
        ]
        if layout.isolation is not None:
            uses.append(Use(load.airborne, layout.isolation))
        if layout.care is not None:
            uses.append(Use(load.care, layout.care))
        ends = shown.stops[number], shown.stops[number + 1]
        rows.append(LegRow(" → ".join(known_airport(stop.airport).label for stop in ends), tuple(uses)))
    return tuple(rows)


def _group(
    words: Words, shown: ShownFlight, stop: Stop, free: FreeKeys, fixed: frozenset[str]
) -> LeavingGroup:
    heading = words(
        "page.leaving_at", airport=known_airport(stop.airport).label, people=people(words, stop.leaving)
    )
    rows = tuple(_leaving_row(words, shown, one, free, fixed) for one in stop.leaving)
    return LeavingGroup(stop.airport, heading, rows)


def _leaving_row(
    words: Words, shown: ShownFlight, one: Traveller, free: FreeKeys, fixed: frozenset[str]
) -> LeavingRow:
    patient, placement = one.patient, one.placement
    hub = shown.hub_stop.arrives or shown.flight.leaves_base
    arrival = hub + timedelta(minutes=placement.transit_minutes)
    return LeavingRow(
        patient=patient.id,
        family=patient.family or "",
        priority=patient.priority,
        position=words(f"shared.position_{patient.position}"),
        isolation="" if patient.isolation == "none" else words(f"shared.isolation_{patient.isolation}"),
        companions=patient.companions,
        child=patient.child,
        fixed=patient.id in fixed,
        hospital=free.hospital_names.get(one.hospital.id, one.hospital.id),
        country=words.country(one.hospital.country),
        arrival=moment(arrival, known_airport(placement.leaves_at), shown.flight.date),
        transit=words.duration(placement.transit_minutes),
        limit=words.duration(patient.max_transit_minutes),
        basis=placement.basis,
    )
