"""Rounds of a master problem: prices from its columns, the slots' answers, a lower bound, more columns.

The prices of each round stay in a box around the best ones so far; the box shrinks where going farther does
not help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medevac.planner.coupling import Duals
from medevac.planner.master import Master

SETTLED = 4e-4  # of the bound: what rounds must promise
OPEN = 0.2  # of what a round promises: what all answers together may leave open
LEAST_RADIUS = 1e-4  # of a box: within it no prices differ that matter
STILL_ROUNDS, STILL = 5, 1e-3  # rounds that together must lower the bound by this part of it


class PriceRounds:
    """Lowers a bound round by round.

    Parameters
    ----------
    master
        Gives prices; the answers add columns to it.
    answer
        Asks all slots at some prices: the bound that their answers prove, where all slots together may leave
        so much open; adds columns.
    promised
        What fixed patients are worth beyond their score.
    start
        Prices to begin with.
    radius
        Half the width of the box at the beginning, of what a unit is worth.
    """

    def __init__(
        self,
        master: Master,
        answer: Callable[[Duals, float], float],
        *,
        promised: float,
        start: Duals,
        radius: float,
    ) -> None:
        self.master, self.answer, self.promised = master, answer, promised
        self.prices = start
        self.radius = radius
        self.bound = float("inf")

    def run(self) -> Iterator[float]:
        """The best bound after each round, until a round promises next to nothing or the box has closed."""
        self.bound = self.answer(self.prices, 0.0)
        yield self.bound
        while self.radius > LEAST_RADIUS:
            value, prices = self.master.solve(self.prices, self.radius)
            promise = self.bound - (value - self.promised)
            if promise <= SETTLED * max(1.0, abs(self.bound)):
                return
            self._judge(prices, self.answer(prices, OPEN * promise), promise)
            yield self.bound

    def run_while_falling(self) -> Iterator[float]:
        """The same, until several rounds together have hardly lowered the bound."""
        told: list[float] = []
        for bound in self.run():
            told.append(bound)
            yield bound
            if len(told) > STILL_ROUNDS and told[-1 - STILL_ROUNDS] - bound <= STILL * abs(bound):
                return

    def _judge(self, prices: Duals, bound: float, promise: float) -> None:
        if bound >= self.bound:
            self.radius *= 0.75
            return
        self.radius *= 1.2 if bound < self.bound - 0.3 * promise else 0.95
        self.bound, self.prices = bound, prices
