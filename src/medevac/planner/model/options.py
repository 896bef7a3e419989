"""The options of a model: who may leave at which stop of which way, for which hospital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medevac.planner.instance import BOARD, Bools, Floats, Instance, Ints
from medevac.planner.loads import Room, Way, board_capacity
from medevac.planner.pricing import list_options
from medevac.planner.sifting import sift


@dataclass(frozen=True, slots=True)
class Options:
    """One entry per option: its pair, stop, transit minutes, way (`owner`), patient and unit."""

    pair: Ints
    stop: Ints
    transit: Floats
    owner: Ints
    patient: Ints
    unit: Ints

    def some(self, wanted: Bools) -> Options:
        """The wanted options."""
        return Options(
            self.pair[wanted],
            self.stop[wanted],
            self.transit[wanted],
            self.owner[wanted],
            self.patient[wanted],
            self.unit[wanted],
        )


def cabin_of(instance: Instance, way: Way) -> Floats:
    """What the cabin of a way holds."""
    craft = instance.problem.aircraft[instance.slots[way.slot].aircraft]
    return board_capacity(craft.layouts[way.layout])


def options_on(instance: Instance, way: Way, patients: Ints, blocked: Bools) -> tuple[Ints, Ints, Floats]:
    """Pairs, stops and transit minutes that rules 6 and 7 allow on a way; `blocked` pairs are left out."""
    route = way.route
    slot = instance.slots[way.slot]
    craft = instance.problem.aircraft[slot.aircraft]
    here = patients[instance.may_fly(way.slot)[patients] & (instance.hub_of[patients] == route.hub)]
    stop_of = np.full(len(instance.airport_codes), -1, dtype=np.int64)
    stop_of[list(route.stops)] = np.arange(len(route.stops))
    size = int((instance.pair_start[here + 1] - instance.pair_start[here]).sum()) * max(1, len(route.stops))
    pair, stop = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    transit = np.zeros(size)
    count = list_options(
        here,
        instance.pair_start,
        instance.pair_hospital,
        blocked,
        instance.reach_start,
        instance.reach_airport,
        instance.reach_road,
        stop_of,
        np.array(route.elapsed),
        route.at_hub,
        float(craft.unload_minutes),
        instance.transit_limit,
        instance.latest_arrival(slot.day),
        pair,
        stop,
        transit,
    )
    return pair[:count], stop[:count], transit[:count]


def sifted(
    instance: Instance,
    ways: Sequence[Way],
    options: Options,
    room: Room,
    weight: Floats,
    *,
    target: float,
    keep: int,
) -> Options:
    """About `keep` options that look best at prices; those of families all stay.

    `weight` is what each pair is worth before transit, `target` what a known choice of options is worth.
    """
    resources, kinds = len(instance.capacity), len(BOARD)
    board = resources + options.owner[:, None] * kinds + np.arange(kinds)
    cabins = np.concatenate([cabin_of(instance, w) for w in ways])
    ceiling = np.full(resources + len(cabins), np.inf)
    ceiling[instance.first_share_resource : resources] = instance.problem.weights.above_fair_share
    mask = sift(
        options.patient,
        weight[options.pair] - instance.tau * options.transit,
        np.hstack([instance.pair_use[options.pair], board]),
        np.hstack([instance.pair_amount[options.pair], instance.board[options.patient]]),
        np.concatenate([np.maximum(0.0, room.free), cabins]),
        ceiling,
        target=target,
        keep=keep,
    )
    mask |= instance.unit_size[options.unit] > 1
    return options.some(mask)
