"""What one slot is asked for, and what the search for its best flight answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from medevac.planner.instance import Floats, Ints
from medevac.planner.loads import Load, Room, Way


@dataclass(frozen=True, slots=True)
class Task:
    """What one slot is asked for.

    `weight` is what each pair is worth before transit, other slots' prices taken off; `patients` may be
    placed; `room` is free; `shares` says whether fair shares cost here; the aircraft is away from its base
    only between `not_before` and `back_before` (minutes from 00:00 of the slot's date). Loads worth no more
    than `beat` are of no use.
    """

    slot: int
    patients: Ints
    weight: Floats
    room: Room
    shares: bool = True
    not_before: float = 0.0
    back_before: float = np.inf
    beat: float = 0.0


@dataclass(slots=True)
class Found:
    """The outcome: an upper bound on the value of any flight, and the loads found, best first."""

    bound: float
    loads: list[tuple[float, Load]] = field(default_factory=list)
    models: int = 0
    scans: int = 0
    tightened: int = 0

    @property
    def value(self) -> float:
        """Value of the best load, 0 where there is none; below 0 where it is better not to fly."""
        return self.loads[0][0] if self.loads else 0.0


@dataclass(frozen=True, slots=True)
class MixedLoad:
    """People in parts on a way: pairs, their transit minutes and shares."""

    way: Way
    pair: Ints
    transit: Floats
    share: Floats
