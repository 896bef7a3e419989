"""What each order of stops would gain with everybody free to change, compiled.

Close to `pricing.airport_values`, but for the elapsed times of each order: those who gain nothing even at the
direct time are passed over, and nothing is kept by airport.
"""

from __future__ import annotations

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def order_gains(  # type: ignore[no-untyped-def]
    nodes,
    elapsed,
    at_hub,
    node_of,
    units,
    unit_start,
    members,
    base,
    direct_value,
    pair_start,
    pair_hospital,
    weight,
    blocked,
    patient_price,
    hospital_price,
    reach_start,
    reach_airport,
    reach_road,
    unload,
    tau,
    transit_limit,
    latest,
    out,
):
    """What each order of stops would gain beyond `base`, unit by unit; families at the direct time."""
    stop_of = np.full(node_of.max() + 1 if len(node_of) else 1, -1, dtype=np.int64)
    for i in range(len(nodes)):
        for s in range(nodes.shape[1]):
            stop_of[nodes[i, s]] = s
        total = 0.0
        for c in range(len(units)):
            top = base[c]
            u = units[c]
            if unit_start[u + 1] - unit_start[u] > 1:
                for s in range(nodes.shape[1]):
                    top = max(top, direct_value[nodes[i, s], c])
                total += top - base[c]
                continue
            reachable = False
            for s in range(nodes.shape[1]):
                reachable |= direct_value[nodes[i, s], c] > base[c]
            if not reachable:
                continue
            p = members[unit_start[u]]
            for k in range(pair_start[p], pair_start[p + 1]):
                if blocked[k]:
                    continue
                h = pair_hospital[k]
                value = weight[k] - hospital_price[h] - patient_price[p]
                if value <= top:
                    continue
                for r in range(reach_start[h], reach_start[h + 1]):
                    n = node_of[reach_airport[r]]
                    if n < 0 or stop_of[n] < 0:
                        continue
                    transit = elapsed[i, stop_of[n]] + unload + reach_road[r]
                    if transit > transit_limit[p] + 1e-6 or at_hub[i] + transit > latest[p] + 1e-6:
                        continue
                    top = max(top, value - tau * transit)
            total += top - base[c]
        out[i] = total
        for s in range(nodes.shape[1]):
            stop_of[nodes[i, s]] = -1
