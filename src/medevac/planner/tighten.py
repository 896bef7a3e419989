"""Tight bounds of single stop sets and orders: a few steps down the Lagrangian dual, compiled.

Where `pricing` bounds all sets at one vector of prices, this finds prices for each candidate of its own. It
follows subgradients with Polyak's step (B. T. Polyak, 1969) towards a target, the value to beat, and stops
as soon as the candidate is shown to be no better than the target.
"""

from __future__ import annotations

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def standalone_prices(patients, pair_start, value, blocked, use, amount, free, price):  # type: ignore[no-untyped-def]
    """Price every place at what the first patient without one would be worth, in `price` (in place)."""
    counts = np.zeros(len(free), dtype=np.int64)
    for i in range(len(patients)):
        for k in range(pair_start[patients[i]], pair_start[patients[i] + 1]):
            if not blocked[k] and value[k] > 0 and use[k, 0] >= 0:
                counts[use[k, 0]] += 1
    starts = np.zeros(len(free) + 1, dtype=np.int64)
    for r in range(len(free)):
        starts[r + 1] = starts[r] + counts[r]
    values = np.zeros(starts[-1])
    filled = np.zeros(len(free), dtype=np.int64)
    for i in range(len(patients)):
        for k in range(pair_start[patients[i]], pair_start[patients[i] + 1]):
            if not blocked[k] and value[k] > 0 and use[k, 0] >= 0:
                r = use[k, 0]
                values[starts[r] + filled[r]] = value[k]
                filled[r] += 1
    for r in range(len(free)):
        room = int(max(0.0, free[r]))
        if counts[r] > room:
            price[r] = np.sort(values[starts[r] : starts[r + 1]])[counts[r] - 1 - room]


@nb.njit(cache=True, nogil=True)
def gather(  # type: ignore[no-untyped-def]
    units, unit_start, members, same_stop, pair_start, pair_hospital, value, blocked, reach_start, reach_airport,
    reach_road, stop_of, elapsed, at_hub, unload, tau, transit_limit, latest,
    entry_pair, entry_stop, entry_worth, member_end, group_end, unit_end,
):
    """List the options of every unit on one route as runs: entries of a member, members of a group, groups of a unit.

    A single patient is one group of one member. A family has a group per hospital, or per stop, that every
    member can reach; groups that miss a member are left out. Returns how many entries, members, groups and
    units were written; the `_end` arrays hold the end of each run.
    """
    entries = 0
    member_count = 0
    group_count = 0
    unit_count = 0
    for c in range(len(units)):
        u = units[c]
        first, last = unit_start[u], unit_start[u + 1]
        if last - first == 1:
            p = members[first]
            begin = entries
            for k in range(pair_start[p], pair_start[p + 1]):
                if blocked[k]:
                    continue
                h = pair_hospital[k]
                for r in range(reach_start[h], reach_start[h + 1]):
                    s = stop_of[reach_airport[r]]
                    if s < 0:
                        continue
                    transit = elapsed[s] + unload + reach_road[r]
                    if transit > transit_limit[p] + 1e-6 or at_hub + transit > latest[p] + 1e-6:
                        continue
                    worth = value[k] - tau * transit
                    if worth > 0:
                        entry_pair[entries] = k
                        entry_stop[entries] = s
                        entry_worth[entries] = worth
                        entries += 1
            if entries > begin:
                member_end[member_count] = entries
                member_count += 1
                group_end[group_count] = member_count
                group_count += 1
                unit_end[unit_count] = group_count
                unit_count += 1
            continue
        groups_before = group_count
        p0 = members[first]
        for g in range(len(elapsed) if same_stop[u] else pair_start[p0 + 1] - pair_start[p0]):
            key = g if same_stop[u] else pair_hospital[pair_start[p0] + g]
            begin, members_before = entries, member_count
            whole = True
            for m in range(first, last):
                p = members[m]
                own = entries
                for k in range(pair_start[p], pair_start[p + 1]):
                    h = pair_hospital[k]
                    if blocked[k] or (not same_stop[u] and h != key):
                        continue
                    for r in range(reach_start[h], reach_start[h + 1]):
                        s = stop_of[reach_airport[r]]
                        if s < 0 or (same_stop[u] and s != key):
                            continue
                        transit = elapsed[s] + unload + reach_road[r]
                        if transit > transit_limit[p] + 1e-6 or at_hub + transit > latest[p] + 1e-6:
                            continue
                        entry_pair[entries] = k
                        entry_stop[entries] = s
                        entry_worth[entries] = value[k] - tau * transit
                        entries += 1
                if entries == own:
                    whole = False
                    break
                member_end[member_count] = entries
                member_count += 1
            if whole:
                group_end[group_count] = member_count
                group_count += 1
            else:
                entries, member_count = begin, members_before
        if group_count > groups_before:
            unit_end[unit_count] = group_count
            unit_count += 1
    return entries, member_count, group_count, unit_count


@nb.njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    entry_pair, entry_stop, entry_worth, member_end, group_end, unit_end, entries, unit_count,
    pair_hospital, pair_patient, use, amount, free, share_from, share_price, board, capacity, arrivals, ambulances,
    price, board_price, arrivals_price, drop_price, target, steps, touched, usage,
):
    """Lower the bound of one candidate's load towards `target`; returns the best bound.

    Prices are changed in place and stay as the start for the next candidate. `touched` (room for one flag per
    resource and per hospital behind them) and `usage` (same shape) must come in cleared; they go out cleared.
    """
    resources = len(free)
    stops = len(ambulances)
    list_r = np.empty(entries * (use.shape[1] + 1), dtype=np.int64)
    count = 0
    for e in range(entries):
        k = entry_pair[e]
        for j in range(use.shape[1]):
            r = use[k, j]
            if r >= 0 and not touched[r] and not (r >= share_from and share_price <= 0):
                touched[r] = True
                list_r[count] = r
                count += 1
        h = resources + pair_hospital[k]
        if arrivals[pair_hospital[k]] < 1e8 and not touched[h]:
            touched[h] = True
            list_r[count] = h
            count += 1
    best_bound = np.inf
    used_board = np.zeros(len(capacity))
    used_drop = np.zeros(stops)
    scale = 1.0
    stalled = 0
    for _ in range(steps):
        bound = 0.0
        for j in range(len(capacity)):
            used_board[j] = 0.0
            if board_price[j] > 0:
                bound += board_price[j] * capacity[j]
        for s in range(stops):
            used_drop[s] = 0.0
            if drop_price[s] > 0:
                bound += drop_price[s] * ambulances[s]
        for i in range(count):
            r = list_r[i]
            usage[r] = 0.0
            if r < resources:
                bound += price[r] * free[r]
            else:
                bound += arrivals_price[r - resources] * max(0.0, arrivals[r - resources])
        e = m = g = 0
        for u in range(unit_count):
            top = 0.0
            top_from = -1
            top_to = -1
            while g < unit_end[u]:
                members_from = m
                total = 0.0
                while m < group_end[g]:
                    most = -1e18
                    while e < member_end[m]:
                        k = entry_pair[e]
                        worth = entry_worth[e] - drop_price[entry_stop[e]] - arrivals_price[pair_hospital[k]]
                        for j in range(use.shape[1]):
                            if use[k, j] >= 0:
                                worth -= price[use[k, j]] * amount[k, j]
                        most = max(most, worth)
                        e += 1
                    p = pair_patient[entry_pair[member_end[m] - 1]]
                    for j in range(len(capacity)):
                        if board_price[j] > 0:
                            most -= board_price[j] * board[p, j]
                    total += most
                    m += 1
                if total > top:
                    top = total
                    top_from = members_from
                    top_to = m
                g += 1
            bound += top
            for mm in range(top_from, top_to):
                begin = 0 if mm == 0 else member_end[mm - 1]
                most = -1e18
                chosen = begin
                for ee in range(begin, member_end[mm]):
                    k = entry_pair[ee]
                    worth = entry_worth[ee] - drop_price[entry_stop[ee]] - arrivals_price[pair_hospital[k]]
                    for j in range(use.shape[1]):
                        if use[k, j] >= 0:
                            worth -= price[use[k, j]] * amount[k, j]
                    if worth > most:
                        most = worth
                        chosen = ee
                k = entry_pair[chosen]
                for j in range(use.shape[1]):
                    if use[k, j] >= 0:
                        usage[use[k, j]] += amount[k, j]
                usage[resources + pair_hospital[k]] += 1.0
                used_drop[entry_stop[chosen]] += 1.0
                for j in range(len(capacity)):
                    used_board[j] += board[pair_patient[k], j]
        if bound < best_bound - 1e-9:
            if bound > best_bound - 1e-4 * abs(best_bound):
                stalled += 1
            else:
                stalled = 0
            best_bound = bound
        else:
            stalled += 1
        if best_bound <= target:
            break
        if stalled >= 4:
            scale *= 0.5
            stalled = 0
            if scale < 0.02:
                break
        norm = 0.0
        for i in range(count):
            r = list_r[i]
            if r < resources:
                slope = usage[r] - free[r]
                if slope > 0 or price[r] > 0:
                    norm += slope * slope
            else:
                slope = usage[r] - max(0.0, arrivals[r - resources])
                if slope > 0 or arrivals_price[r - resources] > 0:
                    norm += slope * slope
        for j in range(len(capacity)):
            slope = used_board[j] - capacity[j]
            if slope > 0 or board_price[j] > 0:
                norm += slope * slope
        for s in range(stops):
            slope = used_drop[s] - ambulances[s]
            if slope > 0 or drop_price[s] > 0:
                norm += slope * slope
        if norm < 1e-12:
            break
        step = scale * (bound - target) / norm
        for i in range(count):
            r = list_r[i]
            if r < resources:
                price[r] = max(0.0, price[r] + step * (usage[r] - free[r]))
                if r >= share_from:
                    price[r] = min(price[r], share_price)
            else:
                h = r - resources
                arrivals_price[h] = max(0.0, arrivals_price[h] + step * (usage[r] - max(0.0, arrivals[h])))
        for j in range(len(capacity)):
            board_price[j] = max(0.0, board_price[j] + step * (used_board[j] - capacity[j]))
        for s in range(stops):
            drop_price[s] = max(0.0, drop_price[s] + step * (used_drop[s] - ambulances[s]))
    for i in range(count):
        touched[list_r[i]] = False
        usage[list_r[i]] = 0.0
    for e in range(entries):
        usage[resources + pair_hospital[entry_pair[e]]] = 0.0
        for j in range(use.shape[1]):
            if use[entry_pair[e], j] >= 0:
                usage[use[entry_pair[e], j]] = 0.0
    return best_bound


@nb.njit(cache=True, nogil=True)
def tighten(  # type: ignore[no-untyped-def]
    nodes, node_count, elapsed, at_hub, cost, capacity, airport, ambulances,
    units, unit_start, members, same_stop, pair_start, pair_hospital, pair_patient, value, blocked,
    reach_start, reach_airport, reach_road, unload, tau, transit_limit, latest,
    use, amount, free, share_from, share_price, board, arrivals,
    price, board_price, arrivals_price, drop_price, targets, steps, most_entries, out,
):
    """Tighten the bounds `out` of several candidates in turn.

    Candidate i stops at `nodes[i, :node_count[i]]` after `elapsed[i]` minutes, its flight costs `cost[i]` and
    its cabin holds `capacity[i]`; `targets[i]` is the value to get below.
    """
    stop_of = np.full(len(ambulances), -1, dtype=np.int64)
    entry_pair = np.empty(most_entries, dtype=np.int64)
    entry_stop = np.empty(most_entries, dtype=np.int64)
    entry_worth = np.empty(most_entries)
    member_end = np.empty(most_entries, dtype=np.int64)
    group_end = np.empty(most_entries, dtype=np.int64)
    unit_end = np.empty(len(units), dtype=np.int64)
    touched = np.zeros(len(free) + len(arrivals), dtype=np.bool_)
    usage = np.zeros(len(free) + len(arrivals))
    for i in range(len(node_count)):
        n = node_count[i]
        drops = np.empty(n)
        drop = np.empty(n)
        for s in range(n):
            a = airport[nodes[i, s]]
            stop_of[a] = s
            drops[s] = ambulances[a]
            drop[s] = drop_price[a]
        entries, _, _, found = gather(
            units, unit_start, members, same_stop, pair_start, pair_hospital, value, blocked, reach_start,
            reach_airport, reach_road, stop_of, elapsed[i, :n], at_hub[i], unload, tau, transit_limit, latest,
            entry_pair, entry_stop, entry_worth, member_end, group_end, unit_end,
        )
        bound = descend(
            entry_pair, entry_stop, entry_worth, member_end, group_end, unit_end, entries, found,
            pair_hospital, pair_patient, use, amount, free, share_from, share_price, board, capacity[i], arrivals,
            drops, price, board_price, arrivals_price, drop, targets[i] + cost[i], steps, touched, usage,
        )
        out[i] = min(out[i], bound - cost[i])
        for s in range(n):
            a = airport[nodes[i, s]]
            stop_of[a] = -1
            drop_price[a] = drop[s]
