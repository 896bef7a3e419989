"""Every way to place somebody by kind, hub and airport, as if each flight went there first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medevac.planner.instance import Floats, Instance, Ints
from medevac.planner.routes import Library
from medevac.planner.stops_relaxation.kinds import Kind


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry per pair, airport, kind and hub.

    `hub_at` is the number of the hub's library among those of the kind; `worth` has transit taken off.
    """

    pair: Ints
    patient: Ints
    airport: Ints
    kind: Ints
    hub_at: Ints
    worth: Floats


def list_entries(instance: Instance, kinds: Sequence[Kind], weight: Floats) -> Entries:
    """All entries that rule 6 allows at the direct time; those worth nothing only for families.

    Parameters
    ----------
    instance, kinds
        The arrays of the problem and its slots by kind.
    weight
        What each pair is worth before transit, shape (pairs,).
    """
    pair, reach_row, worth, kind, hub_at = [], [], [], [], []
    for number, one in enumerate(kinds):
        for at, library in enumerate(one.libraries):
            found = _from_hub(instance, one, library, weight)
            pair.append(found[0])
            reach_row.append(found[1])
            worth.append(found[2])
            kind.append(np.full(len(found[0]), number))
            hub_at.append(np.full(len(found[0]), at))
    pairs = np.concatenate(pair).astype(np.int64)
    return Entries(
        pairs,
        instance.pair_patient[pairs],
        instance.reach_airport[np.concatenate(reach_row).astype(np.int64)],
        np.concatenate(kind).astype(np.int64),
        np.concatenate(hub_at).astype(np.int64),
        np.concatenate(worth),
    )


def _from_hub(instance: Instance, kind: Kind, library: Library, weight: Floats) -> tuple[Ints, Ints, Floats]:
    """Pairs, rows of `Instance.reach_airport` and worths of those who fly from one hub on one kind."""
    reach = np.diff(instance.reach_start)
    unload = instance.problem.aircraft[kind.aircraft].unload_minutes
    mine = kind.open_pair & (instance.hub_of[instance.pair_patient] == library.hub)
    pairs = np.flatnonzero(mine)
    count = reach[instance.pair_hospital[pairs]]
    p = np.repeat(pairs, count)
    first = np.repeat(instance.reach_start[instance.pair_hospital[pairs]], count)
    step = np.arange(len(p)) - np.repeat(np.cumsum(count) - count, count)
    r = first + step
    node = library.node_of[instance.reach_airport[r]]
    transit = np.where(node >= 0, library.direct[node], np.inf) + unload + instance.reach_road[r]
    value = weight[p] - instance.tau * transit
    single = instance.unit_size[instance.unit_of[instance.pair_patient[p]]] == 1
    in_time = transit <= instance.transit_limit[instance.pair_patient[p]] + 1e-6
    keep = in_time & ((value > 0) | ~single)
    return p[keep], r[keep], value[keep]
