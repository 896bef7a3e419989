"""A flight's day as a strip: report, legs, time on the ground, and what duty is left."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from medevac.papers.airports import known_airport
from medevac.papers.flown import ShownFlight
from medevac.papers.languages import Words
from medevac.planner.problem import Problem
from medevac.planner.timeline import Timeline, clock_text

WIDTH = 1000.0
PartKind = Literal["report", "empty", "leg", "ground", "left"]


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of time: where it begins and how wide it is, and what it is called when pointed at."""

    kind: PartKind
    x: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A full hour on the axis; `major` ones are kept on a narrow screen."""

    x: float
    text: str
    major: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A whole strip of `WIDTH` units."""

    parts: tuple[Part, ...]
    ticks: tuple[Tick, ...]
    stops: tuple[tuple[float, str], ...]
    summary: str


def strip_of(words: Words, problem: Problem, shown: ShownFlight, times: Timeline) -> Strip:
    """Lay a flight's day out from the crew's report to the end of the longest duty."""
    aircraft = shown.aircraft
    start = times.leaves_base - aircraft.report_minutes
    most = aircraft.longest_duty(times.report_clock, times.legs)
    end = max(times.back_at_base, start + (most or 0.0))
    scale = WIDTH / max(1.0, end - start)

    def part(kind: PartKind, begins: float, ends: float, title: str) -> Part:
        return Part(kind, (begins - start) * scale, max(0.0, ends - begins) * scale, title)

    codes = [aircraft.base, shown.flight.hub, *times.stops]
    if len(times.leg_minutes) >= len(codes):
        codes.append(aircraft.base)
    off = [times.leaves_base, times.leaves_hub, *times.departures]
    on = [times.arrives_hub, *times.arrivals, times.back_at_base]
    parts = [part("report", start, times.leaves_base, words("page.strip_report"))]
    stops = []
    for number in range(len(times.leg_minutes)):
        full = bool(shown.on_leg(number))
        title = (
            f"{codes[number]} → {codes[number + 1]}, {clock_text(off[number])}–{clock_text(on[number])} UTC"
        )
        parts.append(part("leg" if full else "empty", off[number], on[number], title))
        stops.append(((on[number] - start) * scale, codes[number + 1]))
        if number + 1 < len(times.leg_minutes):
            ground = words("page.strip_ground", airport=known_airport(codes[number + 1]).label)
            parts.append(part("ground", on[number], off[number + 1], ground))
    if most is not None and end > times.back_at_base:
        parts.append(part("left", times.back_at_base, start + most, words("page.strip_left")))
    summary = words(
        "page.strip_summary",
        flight=shown.flight.id,
        begins=clock_text(start),
        ends=clock_text(times.back_at_base),
    )
    return Strip(tuple(parts), _ticks(start, end, scale), tuple(stops), summary)


def _ticks(start: float, end: float, scale: float) -> tuple[Tick, ...]:
    """Every second full hour, but every fourth is major."""
    hours = range(ceil(start / 120) * 2, floor(end / 60) + 1, 2)
    return tuple(Tick((hour * 60 - start) * scale, f"{hour % 24:02d}", hour % 4 == 0) for hour in hours)
