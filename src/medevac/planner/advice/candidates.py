"""The single changes that are tried: one more place, seat, layout, stop, aircraft date, or a later closing.

Each is a changed problem in which the old plan still holds. Duals of a linear relaxation over the plan's own
flights rank places and seats; they forecast badly, so they only choose what is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Literal

import numpy as np

from medevac.planner.advice.figures import decided
from medevac.planner.fleet import Fleet
from medevac.planner.instance import BOARD, Instance
from medevac.planner.loads import Prices, Room
from medevac.planner.lookup import priority_value
from medevac.planner.model import RouteModel
from medevac.planner.plan import Plan
from medevac.planner.problem import DAY_MINUTES, Aircraft, Hospital, Layout, Problem
from medevac.planner.standing import adopt

ChangeKind = Literal["place", "seat", "layout", "stop", "aircraft", "hours"]
KINDS: tuple[ChangeKind, ...] = ("place", "seat", "layout", "stop", "aircraft", "hours")
LATER = 60  # minutes by which a closing hour is moved
ROOMS = ("isolation", "child", "intensive", "companions")
ROOM_WORDS = {
    "isolation": "isolation room",
    "child": "place for a child",
    "intensive": "intensive-care place",
    "companions": "place for a companion",
}
BOARD_WORDS = {"seats": "seat", "litters": "litter", "intensive": "intensive-care place"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change: its kind, a sentence, the data of the sentence and a rank (higher first).

    The changed problem is made when it is asked for: one for every place of 10,000 hospitals would fill
    the memory.
    """

    kind: ChangeKind
    sentence: str
    facts: dict[str, Any]
    rank: float
    make: Callable[[], Problem]

    @property
    def problem(self) -> Problem:
        """The changed problem."""
        return self.make()


def candidates(problem: Problem, plan: Plan) -> list[Candidate]:
    """Every change that could help, by kind, within a kind by rank."""
    prices = _prices(problem, plan)
    found = [
        *_places(problem, prices, _urgency(problem, plan)),
        *_seats(problem, prices),
        *_layouts(problem),
        *_stops(problem),
        *_dates(problem),
        *_hours(problem, plan),
    ]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), -one.rank))


@dataclass(frozen=True, slots=True)
class _Priced:
    """Prices with the names of what they are for."""

    resource: dict[tuple[str, str], float]
    board: dict[str, float]


def _prices(problem: Problem, plan: Plan) -> _Priced:
    """Duals of the linear relaxation over the plan's flights; none where nothing flies."""
    instance = Instance(problem)
    if not plan.flights:
        return _Priced({}, {})
    standing = adopt(instance, Fleet(instance), decided(problem, plan), instance.pair_value)
    ways = [standing.loads[slot].way for slot in sorted(standing.loads)]
    everybody = np.arange(len(instance.patients))
    model = RouteModel(instance, ways, Room.whole(instance), everybody, instance.pair_value)
    solved = model.solve(whole=False)
    found = model.prices(solved) if len(solved.duals) else Prices()
    resource = {instance.resource_name[number]: price for number, price in found.resource.items()}
    return _Priced(resource, dict(zip(BOARD, found.board.tolist(), strict=True)))


def _urgency(problem: Problem, plan: Plan) -> dict[str, float]:
    """The weight of the heaviest waiting patient per specialty; settles what has no price."""
    waiting = {one.patient for one in plan.unplaced}
    found: dict[str, float] = {}
    for one in problem.patients:
        if one.id in waiting:
            worth = 1e-6 * priority_value(problem.weights, one)
            found[one.needs[0]] = max(worth, found.get(one.needs[0], 0.0))
    return found


def _places(problem: Problem, prices: _Priced, urgency: dict[str, float]) -> Iterator[Candidate]:
    """One more place of a specialty that is offered, or one more room."""
    for number, hospital in enumerate(problem.hospitals):
        for specialty, places in hospital.places.items():
            more = replace(places, count=places.count + 1)
            changed = replace(hospital, places={**hospital.places, specialty: more})
            rank = prices.resource.get((hospital.id, f"place {specialty}"), 0.0)
            rank += urgency.get(specialty, 0.0)
            text = f"One more {specialty} place at {hospital.id} ({more.count} instead of {places.count})"
            facts = {"hospital": hospital.id, "specialty": specialty, "count": more.count}
            yield Candidate("place", text, facts, rank, partial(_with_hospital, problem, number, changed))
        for room in ROOMS:
            rank = prices.resource.get((hospital.id, room), 0.0)
            if rank > 0:
                count = getattr(hospital, room) + 1
                changed = replace(hospital, **{room: count})
                text = f"One more {ROOM_WORDS[room]} at {hospital.id} ({count} instead of {count - 1})"
                facts = {"hospital": hospital.id, "room": room, "count": count}
                yield Candidate("place", text, facts, rank, partial(_with_hospital, problem, number, changed))


def _seats(problem: Problem, prices: _Priced) -> Iterator[Candidate]:
    """One more seat, litter or intensive-care place in every layout of an aircraft that has any."""
    for number, aircraft in enumerate(problem.aircraft):
        for what, word in BOARD_WORDS.items():
            if any(getattr(layout, what) for layout in aircraft.layouts):
                layouts = tuple(_one_more(layout, what) for layout in aircraft.layouts)
                text = f"One more {word} on board {aircraft.id}, in every layout"
                facts = {"aircraft": aircraft.id, "what": what}
                changed = partial(_with_aircraft, problem, number, replace(aircraft, layouts=layouts))
                yield Candidate("seat", text, facts, prices.board.get(what, 0.0), changed)


def _one_more(layout: Layout, what: str) -> Layout:
    count: int = getattr(layout, what)
    more: dict[str, Any] = {what: count + 1}
    return replace(layout, **more) if count else layout


def _layouts(problem: Problem) -> Iterator[Candidate]:
    """A layout that another aircraft of the problem has; an exchange of places within a layout is none."""
    for number, aircraft in enumerate(problem.aircraft):
        known = {_fit(layout) for layout in aircraft.layouts}
        names = {layout.id for layout in aircraft.layouts}
        for other in problem.aircraft:
            for layout in other.layouts:
                if _fit(layout) in known or not aircraft.days:
                    continue
                known.add(_fit(layout))
                name = layout.id if layout.id not in names else f"{layout.id} of {other.id}"
                layouts = (*aircraft.layouts, replace(layout, id=name))
                text = f"Layout {layout.id} of {other.id} for {aircraft.id} too"
                facts = {"aircraft": aircraft.id, "layout": layout.id, "of": other.id}
                changed = partial(_with_aircraft, problem, number, replace(aircraft, layouts=layouts))
                yield Candidate("layout", text, facts, layout.litters + layout.seats, changed)


def _fit(layout: Layout) -> tuple[float | None, ...]:
    return (layout.litters, layout.intensive, layout.seats, layout.isolation, layout.care)


def _stops(problem: Problem) -> Iterator[Candidate]:
    for number, aircraft in enumerate(problem.aircraft):
        if aircraft.days:
            most = aircraft.max_stops + 1
            text = f"One more stop for {aircraft.id} ({most} instead of {aircraft.max_stops})"
            changed = partial(_with_aircraft, problem, number, replace(aircraft, max_stops=most))
            yield Candidate("stop", text, {"aircraft": aircraft.id, "max_stops": most}, 0.0, changed)


def _dates(problem: Problem) -> Iterator[Candidate]:
    """One more date, and flight, for an aircraft: each date of the window, the earliest first."""
    for number, aircraft in enumerate(problem.aircraft):
        for offset in range(problem.days):
            day = problem.start + timedelta(days=offset)
            if day in aircraft.days:
                continue
            days = tuple(sorted((*aircraft.days, day)))
            more = replace(aircraft, days=days, max_flights=aircraft.max_flights + 1)
            changed = partial(_with_aircraft, problem, number, more)
            text = f"{aircraft.id} also on {day}, with one flight more"
            facts = {"aircraft": aircraft.id, "date": day.isoformat()}
            yield Candidate("aircraft", text, facts, -offset, changed)


def _hours(problem: Problem, plan: Plan) -> Iterator[Candidate]:
    """An hour later at an airport that closes; those of the plan's flights first, then the earliest."""
    used = {leg.destination for flight in plan.flights for leg in flight.legs}
    useful = {reach.airport for hospital in problem.hospitals for reach in hospital.reach} | set(problem.hubs)
    for code, airport in problem.airports.items():
        if airport.closes >= DAY_MINUTES or code not in useful:
            continue
        closes = min(DAY_MINUTES, airport.closes + LATER)
        text = f"{code} open until {closes // 60:02}:{closes % 60:02} instead of {_clock(airport.closes)}"
        airports = {**problem.airports, code: replace(airport, closes=closes)}
        rank = (code in used) * 2.0 - airport.closes / DAY_MINUTES
        facts = {"airport": code, "closes": _clock(closes)}
        yield Candidate("hours", text, facts, rank, partial(replace, problem, airports=airports))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _with_hospital(problem: Problem, number: int, hospital: Hospital) -> Problem:
    every = (*problem.hospitals[:number], hospital, *problem.hospitals[number + 1 :])
    return replace(problem, hospitals=every)


def _with_aircraft(problem: Problem, number: int, aircraft: Aircraft) -> Problem:
    return replace(problem, aircraft=(*problem.aircraft[:number], aircraft, *problem.aircraft[number + 1 :]))
