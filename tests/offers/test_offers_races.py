"""Tests with real connections that race: one wins, the others read a sentence, and the tables agree.

`benchmarks/offers_races.py` repeats every race many times.
"""

from __future__ import annotations

import pytest
from offer_races import RACES, Races

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_postgresql]
MANY = ("offer the last place", "choose on one case")  # fifty clients at once
ROUNDS = 2


@pytest.mark.parametrize("name", MANY)
def test_one_of_fifty_wins(name: str) -> None:
    """Tests that of fifty clients one gets the place or records the choice, and 49 are told why not."""
    outcome = RACES[name](Races())
    assert (outcome.wins, outcome.refused, outcome.faults) == (1, 49, [])
    assert all(len(sentence) > 30 for sentence in outcome.refusals)


def test_whatever_comes_first_has_one_outcome() -> None:
    """Tests two or more deeds that exclude each other, at the same moment, some rounds of each."""
    races = Races()
    for name, raced in RACES.items():
        if name not in MANY:
            for _ in range(ROUNDS):
                raced(races)
