"""Finds room for names on a map: beside, above or below their spots, without covering each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from medevac.papers.page.projection import Point

Anchor = Literal["start", "middle", "end"]
Kind = Literal["hub", "airport", "flight"]
Box = tuple[float, float, float, float]
LETTER = 0.6  # of the text's size: a wide guess of a letter's width
SPOT = 7.0
LONGEST = 28


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its place."""

    text: str
    x: float
    y: float
    anchor: Anchor
    kind: Kind


def labels_of(
    spots: Sequence[tuple[str, Point, Kind]],
    frame: tuple[float, float],
    size: float,
    lines: Sequence[Point] = (),
) -> tuple[Label, ...]:
    """Place names, the first ones first; what has no room may be left out.

    Parameters
    ----------
    spots
        Each name with its spot; only an airport's may be left out where there is no room.
    frame
        Width and height of the map.
    size
        The text's size in the map's units.
    lines
        Points along lines, which names cross only where they must.
    """
    taken: list[Box] = [(x - SPOT, y - SPOT, x + SPOT, y + SPOT) for _, (x, y), _ in spots]
    found = []
    for text, (x, y), kind in spots:
        name = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        choices = _choices(name, x, y, size)
        free = [one for one in choices if _fits(one[1], taken, frame)]
        if not free and kind == "airport":
            continue
        (at_x, at_y, anchor), box = min(free or choices, key=lambda one: _crossed(one[1], lines))
        taken.append(box)
        found.append(Label(name, round(at_x, 1), round(at_y, 1), anchor, kind))
    return tuple(found)


def _choices(text: str, x: float, y: float, size: float) -> list[tuple[tuple[float, float, Anchor], Box]]:
    """Where a name may stand, the best first, with the box that it covers."""
    width, gap = len(text) * size * LETTER, SPOT + size * 0.3
    found: list[tuple[tuple[float, float, Anchor], Box]] = []
    for shift in (0.35, -0.35, 1.05):
        base = y + shift * size
        found.append(
            ((x + gap, base, "start"), (x + gap, base - 0.8 * size, x + gap + width, base + 0.2 * size))
        )
        found.append(
            ((x - gap, base, "end"), (x - gap - width, base - 0.8 * size, x - gap, base + 0.2 * size))
        )
    for base in (y - gap, y + gap + 0.75 * size):
        box = (x - width / 2, base - 0.8 * size, x + width / 2, base + 0.2 * size)
        found.append(((x, base, "middle"), box))
    return found


def _fits(box: Box, taken: Sequence[Box], frame: tuple[float, float]) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > frame[0] or bottom > frame[1]:
        return False
    return all(right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for one in taken)


def _crossed(box: Box, lines: Sequence[Point]) -> int:
    """How many of the lines' points a box covers; of equals, `min` keeps the first."""
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for x, y in lines)
