"""How much room a flight has before a rule would stop it: duty, closing hours, transit, fitness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from medevac.papers.flown import ShownFlight, Stop
from medevac.papers.languages import Words
from medevac.planner.problem import Airport
from medevac.planner.timeline import Timeline

TIGHT_MINUTES = 30  # below this a margin is marked: one late ambulance or one slot lost uses it up


@dataclass(frozen=True, slots=True)
class Margin:
    """One margin: what it is about, how much is left, and the numbers behind it."""

    name: str
    left: str
    detail: str
    tight: bool


def flight_margins(words: Words, shown: ShownFlight, times: Timeline | None) -> tuple[Margin, ...]:
    """The tightest margin of each kind that a flight has."""
    found = [
        None if times is None else _duty(words, shown, times),
        _transit(words, shown),
        _fitness(words, shown),
    ]
    return tuple(one for one in found if one is not None)


def closing_margin(words: Words, airport: Airport, stop: Stop, times: Timeline) -> Margin | None:
    """Minutes between a stop and the airport's hours; None where it is always open or hours do not bind."""
    if airport.always_open or stop.kind in ("base", "home"):
        return None
    if stop.kind == "hub":
        arrives, leaves = times.arrives_hub, times.leaves_hub
    elif stop.airport in times.stops:
        number = times.stops.index(stop.airport)
        arrives, leaves = times.arrivals[number], times.departures[number]
    else:
        return None
    before, after = arrives - airport.opens, airport.closes - leaves
    name = words("page.margin_closing")
    if before < after:
        return _margin(words, name, before, words("page.after_opening"))
    return _margin(words, name, after, words("page.before_closing"))


def _margin(words: Words, name: str, minutes: float, detail: str) -> Margin:
    return Margin(name, words.duration(minutes), detail, minutes < TIGHT_MINUTES)


def _duty(words: Words, shown: ShownFlight, times: Timeline) -> Margin | None:
    most = shown.aircraft.longest_duty(times.report_clock, times.legs)
    if most is None:
        return None
    detail = words("page.of_at_most", used=words.duration(times.duty), most=words.duration(most))
    return _margin(words, words("page.margin_duty"), most - times.duty, detail)


def _transit(words: Words, shown: ShownFlight) -> Margin | None:
    """The patient whose transit is closest to its limit."""
    ones = [
        (one.patient.max_transit_minutes - one.placement.transit_minutes, one) for one in shown.travellers
    ]
    if not ones:
        return None
    left, one = min(ones, key=lambda it: (it[0], it[1].patient.id))
    detail = words(
        "page.margin_of_patient",
        patient=one.patient.id,
        used=words.duration(one.placement.transit_minutes),
        most=words.duration(one.patient.max_transit_minutes),
    )
    return _margin(words, words("page.margin_transit"), left, detail)


def _fitness(words: Words, shown: ShownFlight) -> Margin | None:
    """The patient who is fit to travel for the shortest time after the arrival."""
    start = shown.hub_stop.arrives
    ones = [
        ((fit - start - timedelta(minutes=one.placement.transit_minutes)) / timedelta(minutes=1), one)
        for one in shown.travellers
        if start is not None and (fit := one.patient.fit_until) is not None
    ]
    if not ones:
        return None
    left, one = min(ones, key=lambda it: (it[0], it[1].patient.id))
    until = f"{one.patient.fit_until:%Y-%m-%d %H:%M} UTC"
    detail = words("page.fit_until", patient=one.patient.id, until=until)
    return _margin(words, words("page.margin_fitness"), left, detail)
