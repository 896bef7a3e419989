"""How far options lie behind the best that their unit could do, at the prices of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from medevac.planner.instance import Floats, Ints

if TYPE_CHECKING:
    from medevac.planner.crowd.crowd import Crowd, CrowdPrices


def losses(crowd: Crowd, prices: CrowdPrices, charge: Floats) -> Floats:
    """What each entry loses against the best choice of its unit, shape (entries,).

    An entry loses what its member's best entry in the same group has over it, and what the unit's best group,
    or staying, has over that group.

    Parameters
    ----------
    crowd
        The options as runs.
    prices
        Of everybody.
    charge
        What each pair pays for the resources it uses, shape (pairs,).
    """
    member, group, run = _owner(crowd.member_end), _owner(crowd.group_end), _owner(crowd.run_end)
    run_of_entry = run[group[member]]
    unit = crowd.run_unit[run]
    worth = _worth(crowd, prices, charge, crowd.run_way[run_of_entry])
    most = np.full(len(crowd.member_end), -np.inf)
    np.maximum.at(most, member, worth)
    total = np.bincount(group, weights=most, minlength=len(crowd.group_end))
    best = np.zeros(len(crowd.ground.instance.units))
    np.maximum.at(best, unit, total)
    found: Floats = -worth + most[member] + (best[unit] - total)[group[member]]
    return found


def _owner(ends: Ints) -> Ints:
    """The number of the run that each thing belongs to, where runs end at `ends`."""
    return np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))


def _worth(crowd: Crowd, prices: CrowdPrices, charge: Floats, way: Ints) -> Floats:
    """What each entry is worth after all that it pays for; `way` is the number of its way."""
    instance, slot = crowd.ground.instance, crowd.slots[way]
    pair = crowd.entry_pair
    patient = instance.pair_patient[pair]
    seat = np.zeros(len(pair))
    for j in range(instance.board.shape[1]):
        seat += prices.board[slot, j] * instance.board[patient, j]
    worth: Floats = crowd.entry_worth - charge[pair] - prices.drops[slot, crowd.entry_stop] - seat
    worth -= prices.arrivals[crowd.way_day[way], instance.pair_hospital[pair]]
    return worth
