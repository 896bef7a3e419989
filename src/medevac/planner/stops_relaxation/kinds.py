"""Slots that fly alike: one kind of aircraft and layouts, whose flights may mix their stop sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medevac.planner.fleet import Fleet, alike_craft
from medevac.planner.instance import NO_LIMIT, Bools, Floats, Instance
from medevac.planner.loads import board_capacity
from medevac.planner.routes import Library


@dataclass(slots=True)
class Kind:
    """Slots that fly alike: how many, their libraries by hub, and which pairs some of them may carry."""

    aircraft: int
    flights: int
    libraries: list[Library]
    open_pair: Bools
    capacities: list[Floats]
    cost_per_minute: float


def kinds_of(instance: Instance, fleet: Fleet) -> list[Kind]:
    """The kinds of an instance, each with the flights of all its aircraft together."""
    kinds: dict[tuple[object, ...], Kind] = {}
    for number, craft in enumerate(instance.problem.aircraft):
        slots = [i for i, s in enumerate(instance.slots) if s.aircraft == number]
        if not slots:
            continue
        open_pair = np.zeros(len(instance.pair_patient), dtype=np.bool_)
        for slot in slots:
            blocked = instance.blocked_pairs(instance.slots[slot].day, instance.capacity)
            open_pair |= instance.may_fly(slot)[instance.pair_patient] & ~blocked
        key = (alike_craft(craft), craft.layouts, craft.cost_per_hour, craft.unload_minutes)
        flights = min(craft.max_flights, len(slots))
        if key in kinds:
            kinds[key].flights += flights
            kinds[key].open_pair |= open_pair
            continue
        kinds[key] = Kind(
            number,
            flights,
            list(fleet.libraries(slots[0])),
            open_pair,
            [np.minimum(board_capacity(x), NO_LIMIT) for x in craft.layouts],
            instance.problem.weights.cost_per_1000 * craft.cost_per_hour / 1000.0 / 60.0,
        )
    return list(kinds.values())
