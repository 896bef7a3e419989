"""Compiled loops that list orders of stops and sets of stops (rules 2 to 4). Arrays in, arrays out.

What the arrays hold is told by `medevac.planner.routes`, which alone calls them.
"""

from __future__ import annotations

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def earliest_minute(lo, hi, duty, legs, report, bands, limits):  # type: ignore[no-untyped-def]
    """The earliest whole minute in [lo, hi] whose report time allows `duty` minutes over `legs`; -1: none."""
    minute = max(0.0, np.ceil(lo - 1e-6))
    last = min(1439.0, np.floor(hi + 1e-6))
    for _ in range(2 * len(bands) + 2):
        if minute > last:
            return -1
        clock = (minute - report) % 1440.0
        wait = 1440.0
        for b in range(len(bands)):
            allowed = legs < limits.shape[1] and limits[b, legs] >= duty - 1e-6
            if not allowed:
                continue
            if bands[b, 0] <= clock < bands[b, 1]:
                return int(minute)
            wait = min(wait, (bands[b, 0] - clock) % 1440.0)
        minute += max(wait, 1.0)
    return -1


@nb.njit(cache=True, nogil=True)
def list_orders(  # type: ignore[no-untyped-def]
    stops,
    base_drop,
    legs_time,
    hours,
    at_hub,
    load,
    turn,
    report,
    bands,
    limits,
    not_before,
    back_before,
    orders,
    leaves,
    elapsed,
    flying,
    back,
):
    """Write every order of `stops` (node numbers) that rules 2-4 allow; return how many.

    Nodes: 0 base, 1 hub, then drops. With `base_drop` the base is the last drop. `hours` holds opens and
    closes per node, closes = inf where an airport never closes. Output rows are filled from 0.
    """
    k = len(stops)
    count = 0
    used = np.zeros(k, dtype=np.bool_)
    choice = np.full(k + 1, -1, dtype=np.int64)
    clock = np.zeros(k + 1)
    air = np.zeros(k + 1)
    low = np.zeros(k + 1)
    high = np.zeros(k + 1)
    clock[0] = load
    air[0] = legs_time[0, 1]
    low[0] = max(not_before, hours[1, 0] - at_hub)
    high[0] = min(1439.0, hours[1, 1] - at_hub - load)
    if legs_time[0, 1] == np.inf:
        return 0
    depth = 0
    while depth >= 0:
        here = 1
        if depth > 0:
            here = stops[choice[depth - 1]]
        if depth == k:
            home = legs_time[here, 0]
            if home < np.inf:
                end = at_hub + clock[depth] + home
                lo, hi = low[depth], min(high[depth], back_before - end)
                if base_drop:
                    lo = max(lo, hours[0, 0] - end)
                    hi = min(hi, hours[0, 1] - end)
                minute = earliest_minute(lo, hi, report + end, k + 2, report, bands, limits)
                if minute >= 0 and count < len(leaves):
                    for i in range(k):
                        orders[count, i] = stops[choice[i]]
                        elapsed[count, i] = (
                            clock[i] + legs_time[1 if i == 0 else stops[choice[i - 1]], stops[choice[i]]]
                        )
                    if base_drop:
                        orders[count, k] = 0
                        elapsed[count, k] = clock[depth] + home
                    leaves[count] = minute
                    flying[count] = air[depth] + home
                    back[count] = minute + end
                    count += 1
            depth -= 1
            if depth >= 0:
                used[choice[depth]] = False
            continue
        i = choice[depth] + 1
        moved = False
        while i < k:
            leg = legs_time[here, stops[i]]
            if not used[i] and leg < np.inf:
                arrive = clock[depth] + leg
                lo = max(low[depth], hours[stops[i], 0] - at_hub - arrive)
                hi = min(high[depth], hours[stops[i], 1] - at_hub - arrive - turn)
                if np.ceil(lo - 1e-6) <= hi + 1e-6:
                    choice[depth] = i
                    used[i] = True
                    depth += 1
                    clock[depth] = arrive + turn
                    air[depth] = air[depth - 1] + leg
                    low[depth] = lo
                    high[depth] = hi
                    choice[depth] = -1
                    moved = True
                    break
            i += 1
        if not moved:
            choice[depth] = -1
            depth -= 1
            if depth >= 0:
                used[choice[depth]] = False
    return count


@nb.njit(cache=True, nogil=True)
def shortest_round(stops, free_time, at_hub, load, turn):  # type: ignore[no-untyped-def]
    """Least minutes from the base over the hub and all `stops` back to the base, range and hours aside."""
    k = len(stops)
    size = 1 << k
    best = np.full((size, k), np.inf)
    for i in range(k):
        best[1 << i, i] = free_time[1, stops[i]] + turn
    for mask in range(1, size):
        for i in range(k):
            if not mask & (1 << i) or best[mask, i] == np.inf:
                continue
            for j in range(k):
                if mask & (1 << j):
                    continue
                time = best[mask, i] + free_time[stops[i], stops[j]] + turn
                if time < best[mask | (1 << j), j]:
                    best[mask | (1 << j), j] = time
    least = np.inf
    for i in range(k):
        least = min(least, best[size - 1, i] + free_time[stops[i], 0])
    return at_hub + load + least


@nb.njit(cache=True, nogil=True)
def list_sets(  # type: ignore[no-untyped-def]
    nodes,
    most_stops,
    base_candidate,
    longest,
    legs_time,
    free_time,
    hours,
    at_hub,
    load,
    turn,
    report,
    bands,
    limits,
    depth_out,
    node_out,
    flying_out,
):
    """Write the tree of stop sets in depth-first order; return (count, complete).

    Row r stands for the set made of its own node and of the nearest earlier rows of each smaller depth.
    `flying_out[r, 0]` is the least flying time of the set, `[r, 1]` the same with the base as last drop
    (inf: no order is allowed). Sets whose shortest round is over `longest` end their branch.
    """
    n = len(nodes)
    count = 0
    stack = np.zeros(most_stops + 1, dtype=np.int64)
    orders = np.zeros((5041, most_stops + 1), dtype=np.int64)
    leaves = np.zeros(5041, dtype=np.int64)
    elapsed = np.zeros((5041, most_stops + 1))
    flying = np.zeros(5041)
    back = np.zeros(5041)
    depth = 0
    stack[0] = 0
    while depth >= 0:
        position = stack[depth]
        if position >= n or depth >= most_stops:
            depth -= 1
            if depth >= 0:
                stack[depth] += 1
            continue
        stops = np.empty(depth + 1, dtype=np.int64)
        for i in range(depth + 1):
            stops[i] = nodes[stack[i]]
        if report + shortest_round(stops, free_time, at_hub, load, turn) > longest + 1e-6:
            stack[depth] += 1
            continue
        if count >= len(depth_out):
            return count, False
        depth_out[count] = depth
        node_out[count] = nodes[position]
        flying_out[count, 0] = np.inf
        flying_out[count, 1] = np.inf
        found = list_orders(
            stops,
            False,
            legs_time,
            hours,
            at_hub,
            load,
            turn,
            report,
            bands,
            limits,
            0.0,
            np.inf,
            orders,
            leaves,
            elapsed,
            flying,
            back,
        )
        for i in range(found):
            flying_out[count, 0] = min(flying_out[count, 0], flying[i])
        if base_candidate and depth + 2 <= most_stops:
            found = list_orders(
                stops,
                True,
                legs_time,
                hours,
                at_hub,
                load,
                turn,
                report,
                bands,
                limits,
                0.0,
                np.inf,
                orders,
                leaves,
                elapsed,
                flying,
                back,
            )
            for i in range(found):
                flying_out[count, 1] = min(flying_out[count, 1], flying[i])
        count += 1
        depth += 1
        stack[depth] = position + 1
    return count, True
