"""Tests rounds of prices with a master problem and answers that are written out here."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest

from medevac.planner.coupling import Duals
from medevac.planner.price_rounds import STILL_ROUNDS, PriceRounds


class Told:
    """A master problem that promises what it is told, and remembers the boxes that it was asked for."""

    def __init__(self, *values: float) -> None:
        self.values = list(values)
        self.asked: list[tuple[float, float]] = []

    def solve(self, centre: Duals, radius: float) -> tuple[float, Duals]:
        """The next value, with a price that counts the rounds."""
        self.asked.append((float(centre.craft[0]), radius))
        return self.values.pop(0), at(len(self.asked))


def at(price: float) -> Duals:
    """Prices that are told apart by one number."""
    return Duals(np.zeros(1), np.zeros(1), np.zeros((1, 1)), np.array([float(price)]))


def rounds(master: Any, *bounds: float) -> PriceRounds:
    """Rounds whose answers prove these bounds."""
    told = iter(bounds)
    return PriceRounds(master, lambda *_: next(told), promised=0.0, start=at(0), radius=1.0)


def test_the_box_moves_with_a_better_bound_and_shrinks_without() -> None:
    """Tests 100, then 90 (box wider around the new prices), then 95 (no better: narrower, same prices)."""
    master = Told(80.0, 80.0, 80.0)
    running = rounds(master, 100.0, 90.0, 95.0, 85.0)
    assert list(islice(running.run(), 4)) == [100.0, 90.0, 90.0, 85.0]
    assert master.asked == [(0.0, 1.0), (1.0, 1.2), (1.0, pytest.approx(0.9))]
    assert running.prices.craft[0] == 3.0


def test_rounds_end_when_little_is_promised() -> None:
    """Tests that a master problem worth the bound itself ends the rounds without asking again."""
    assert list(rounds(Told(80.0, 89.99), 100.0, 90.0).run()) == [100.0, 90.0]


def test_rounds_end_when_the_bound_stands_still() -> None:
    """Tests a bound that falls by nothing: some rounds more, then the end."""
    still = rounds(Told(*[80.0] * 50), *[100.0] * 50)
    assert len(list(still.run_while_falling())) == STILL_ROUNDS + 1
