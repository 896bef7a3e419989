"""The hot loops: what each stop set could carry at most, at given prices.

A *price* is a Lagrange multiplier on something scarce. With prices on everything that couples patients, the
best load of a stop set falls apart into one choice per unit, and the sum is an upper bound on what the set is
worth: `bound = prices x what there is + sum over units of max(0, best airport of the set)`. One pass over
the tree of sets bounds them all.
"""

from __future__ import annotations

import numba as nb
import numpy as np

NEVER = -1e18


@nb.njit(cache=True, nogil=True)
def pair_weights(patients, pair_start, value, use, amount, price, out):  # type: ignore[no-untyped-def]
    """Value of each pair of these patients less the prices of the resources it uses."""
    for i in range(len(patients)):
        for k in range(pair_start[patients[i]], pair_start[patients[i] + 1]):
            weight = value[k]
            for r in range(use.shape[1]):
                if use[k, r] >= 0:
                    weight -= price[use[k, r]] * amount[k, r]
            out[k] = weight


@nb.njit(cache=True, nogil=True)
def block_pairs(  # type: ignore[no-untyped-def]
    closed,
    use,
    amount,
    free,
    hard,
    units,
    unit_start,
    members,
    same_stop,
    pair_start,
    pair_hospital,
):
    """Pairs that cannot be placed: closed on the date, or needing more than is free.

    A family that goes to one hospital needs room there for all its members at once. Resources from `hard` on
    are soft and never block.
    """
    blocked = closed.copy()
    for k in range(len(blocked)):
        for j in range(use.shape[1]):
            if 0 <= use[k, j] < hard and amount[k, j] > free[use[k, j]] + 1e-9:
                blocked[k] = True
    need = np.zeros(len(free))
    for u in range(units):
        first, last = unit_start[u], unit_start[u + 1]
        if last - first < 2 or same_stop[u]:
            continue
        for k0 in range(pair_start[members[first]], pair_start[members[first] + 1]):
            h = pair_hospital[k0]
            fits = True
            for step in range(2):  # add up what all need and judge; then clear
                for m in range(first, last):
                    p = members[m]
                    k = pair_start[p] + np.searchsorted(pair_hospital[pair_start[p] : pair_start[p + 1]], h)
                    if k >= pair_start[p + 1] or pair_hospital[k] != h or blocked[k]:
                        fits = False
                        continue
                    for j in range(use.shape[1]):
                        r = use[k, j]
                        if 0 <= r < hard:
                            need[r] = need[r] + amount[k, j] if step == 0 else 0.0
                            if need[r] > free[r] + 1e-9:
                                fits = False
            if not fits:
                blocked[k0] = True
        for m in range(first + 1, last):
            for k in range(pair_start[members[m]], pair_start[members[m] + 1]):
                k0 = pair_start[members[first]] + np.searchsorted(
                    pair_hospital[pair_start[members[first]] : pair_start[members[first] + 1]],
                    pair_hospital[k],
                )
                missing = k0 >= pair_start[members[first] + 1] or pair_hospital[k0] != pair_hospital[k]
                if missing or blocked[k0]:
                    blocked[k] = True
    return blocked


@nb.njit(cache=True, nogil=True)
def airport_values(  # type: ignore[no-untyped-def]
    units,
    unit_start,
    members,
    same_stop,
    pair_start,
    pair_hospital,
    weight,
    blocked,
    patient_price,
    hospital_price,
    reach_start,
    reach_airport,
    reach_road,
    node_of,
    node_price,
    direct,
    at_hub,
    unload,
    tau,
    transit_limit,
    latest,
    hospitals,
    nodes,
):
    """The most that each unit is worth at each node when flown there first, shape (nodes, units).

    An upper bound for every route: no route is faster to an airport than going there first. A family that
    goes to one hospital may leave at different airports, so it is credited at every airport of the hospital
    with the best airport for each member. `NEVER` where rule 6 cannot hold.
    """
    best = np.full((nodes, len(units)), NEVER)
    total = np.zeros(hospitals)
    seen = np.zeros(hospitals, dtype=np.int64)
    for column in range(len(units)):
        u = units[column]
        first, last = unit_start[u], unit_start[u + 1]
        size = last - first
        if size > 1 and same_stop[u]:
            for n in range(nodes):
                best[n, column] = 0.0
        for m in range(first, last):
            p = members[m]
            own = np.full(nodes, NEVER)
            for k in range(pair_start[p], pair_start[p + 1]):
                if blocked[k]:
                    continue
                h = pair_hospital[k]
                here = NEVER
                for r in range(reach_start[h], reach_start[h + 1]):
                    n = node_of[reach_airport[r]]
                    if n < 0:
                        continue
                    transit = direct[n] + unload + reach_road[r]
                    if transit > transit_limit[p] + 1e-6 or at_hub + transit > latest[p] + 1e-6:
                        continue
                    worth = weight[k] - hospital_price[h] - patient_price[p] - node_price[n] - tau * transit
                    here = max(here, worth)
                    own[n] = max(own[n], worth)
                if size > 1 and not same_stop[u] and here > NEVER:
                    total[h] += here
                    seen[h] += 1
            if size == 1:
                for n in range(nodes):
                    best[n, column] = own[n]
            elif same_stop[u]:
                for n in range(nodes):
                    best[n, column] = (
                        NEVER if own[n] == NEVER or best[n, column] == NEVER else best[n, column] + own[n]
                    )
        if size > 1 and not same_stop[u]:
            for m in range(first, last):
                p = members[m]
                for k in range(pair_start[p], pair_start[p + 1]):
                    h = pair_hospital[k]
                    if not blocked[k] and seen[h] == size:
                        for r in range(reach_start[h], reach_start[h + 1]):
                            n = node_of[reach_airport[r]]
                            if n >= 0:
                                best[n, column] = max(best[n, column], total[h])
            for m in range(first, last):
                p = members[m]
                for k in range(pair_start[p], pair_start[p + 1]):
                    total[pair_hospital[k]] = 0.0
                    seen[pair_hospital[k]] = 0
    return best


@nb.njit(cache=True, nogil=True)
def scan_sets(depth, node, flying, best, node_constant, shared, cost_per_minute, constant, out):  # type: ignore[no-untyped-def]
    """Lower `out[row, base]` to the bound of each set at these prices; rows that cannot fly stay as they are.

    The tree is walked depth first, so that each set costs one pass over the units (`best`, clipped at 0).
    `shared[a, b]` is what the constants of nodes a and b both count and one of them is enough for.
    """
    units = best.shape[1]
    most = 0
    for r in range(len(depth)):
        most = max(most, depth[r])
    held = np.zeros((most + 2, units))
    sums = np.zeros(most + 2)
    extra = np.zeros(most + 2)
    path = np.zeros(most + 2, dtype=np.int64)
    for r in range(len(depth)):
        d = depth[r] + 1
        if d > 0:
            n = node[r]
            total = 0.0
            for u in range(units):
                v = max(held[d - 1, u], best[n, u])
                held[d, u] = v
                total += v
            sums[d] = total
            extra[d] = extra[d - 1] + node_constant[n]
            path[d] = n
            for i in range(1, d):
                extra[d] -= shared[n, path[i]]
        if flying[r, 0] < np.inf:
            bound = constant + sums[d] + extra[d] - cost_per_minute * flying[r, 0]
            out[r, 0] = min(out[r, 0], bound)
        if flying[r, 1] < np.inf:
            total = 0.0
            for u in range(units):
                total += max(held[d, u], best[0, u])
            bound = constant + total + extra[d] + node_constant[0] - cost_per_minute * flying[r, 1]
            for i in range(1, d + 1):
                bound -= shared[0, path[i]]
            out[r, 1] = min(out[r, 1], bound)


@nb.njit(cache=True, nogil=True)
def list_options(  # type: ignore[no-untyped-def]
    patients,
    pair_start,
    pair_hospital,
    blocked,
    reach_start,
    reach_airport,
    reach_road,
    stop_of,
    elapsed,
    at_hub,
    unload,
    transit_limit,
    latest,
    out_pair,
    out_stop,
    out_transit,
):
    """Write every (pair, stop, transit) that rules 6 and 7 allow on one route; return how many."""
    count = 0
    for i in range(len(patients)):
        p = patients[i]
        for k in range(pair_start[p], pair_start[p + 1]):
            if blocked[k]:
                continue
            h = pair_hospital[k]
            for r in range(reach_start[h], reach_start[h + 1]):
                stop = stop_of[reach_airport[r]]
                if stop < 0:
                    continue
                transit = elapsed[stop] + unload + reach_road[r]
                if transit > transit_limit[p] + 1e-6 or at_hub + transit > latest[p] + 1e-6:
                    continue
                out_pair[count] = k
                out_stop[count] = stop
                out_transit[count] = transit
                count += 1
    return count
