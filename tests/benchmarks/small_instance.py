"""Benchmark problems small enough for a test: the generator's own, with a recipe of a dozen patients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import instances
from figures import RECIPES, Fleet
from medevac.planner import Problem, read_problem

SMALL = {
    "W": replace(RECIPES["W"], patients=10, hospitals=20),
    "M": replace(
        RECIPES["M"],
        patients=24,
        hospitals=20,
        fleets=tuple(Fleet(f.name, f.kind | {"max_stops": 2}, 1, 1, f.bases) for f in RECIPES["M"].fleets),
    ),
}


def small(monkeypatch: pytest.MonkeyPatch, size: Any, seed: int) -> tuple[dict[str, Any], Problem]:
    """The document and the problem of a small recipe; `instances.make` makes it until the test ends."""
    monkeypatch.setitem(instances.RECIPES, size, SMALL[size])
    document = instances.make(size, seed)
    return document, read_problem(instances.canonical_bytes(document)).problem
