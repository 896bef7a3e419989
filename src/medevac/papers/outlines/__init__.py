"""Outlines of the countries in and around Europe, by ISO 3166 alpha-3 code. Crimea is drawn as Ukraine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Ring = tuple[tuple[float, float], ...]


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """The closed rings of each country as (longitude, latitude)."""
    text = (files("medevac.papers.outlines") / "europe.json").read_text(encoding="utf-8")
    return {
        code: tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings)
        for code, rings in json.loads(text).items()
    }
