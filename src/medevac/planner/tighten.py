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
    units,
    unit_start,
    members,
    same_stop,
    pair_start,
    pair_hospital,
    value,
    blocked,
    reach_start,
    reach_airport,
    reach_road,
    stop_of,
    elapsed,
    at_hub,
    unload,
    tau,
    transit_limit,
    latest,
    entry_pair,
    entry_stop,
    entry_worth,
    member_end,
    group_end,
    unit_end,
):
    """List the options of every unit on one route as runs: entries of members of groups of units.

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
def number_rows(  # type: ignore[no-untyped-def]
    entry_pair,
    entry_stop,
    member_end,
    group_end,
    unit_end,
    entries,
    units,
    pair_hospital,
    pair_patient,
    use,
    amount,
    share_from,
    charged,
    board,
    free,
    arrivals,
    capacity,
    drops,
    local,
    row_of,
    row_free,
    term_start,
    term_row,
    term_amount,
):
    """Number the scarce things that these options use; write each option's uses as terms.

    Rows of resources, arrivals (behind them), board and drops share one numbering, `local`, which maps to
    rows and must come in filled with -1; `row_of` maps back. What cannot run out
    even if every unit came is left out. Returns the number of rows, and of all scarce things; those left out
    follow in `row_of`.
    """
    resources, hospitals, kinds = len(free), len(arrivals), len(capacity)
    count = 0
    terms = 0
    for e in range(entries):
        term_start[e] = terms
        k = entry_pair[e]
        h = pair_hospital[k]
        p = pair_patient[k]
        for j in range(use.shape[1] + 2 + kinds):
            room = 1e9
            if j < use.shape[1]:
                key = use[k, j]
                if key < 0 or (key >= share_from and not charged):
                    continue
                room, much = free[key], amount[k, j]
            elif j == use.shape[1]:
                key, room, much = resources + h, max(0.0, arrivals[h]), 1.0
            elif j == use.shape[1] + 1:
                key, room, much = resources + hospitals + kinds + entry_stop[e], drops[entry_stop[e]], 1.0
            else:
                i = j - use.shape[1] - 2
                key, room, much = resources + hospitals + i, capacity[i], board[p, i]
            if room >= 1e8 or much <= 0.0:
                continue
            if local[key] < 0:
                local[key] = count
                row_of[count] = key
                row_free[count] = room
                count += 1
            term_row[terms] = local[key]
            term_amount[terms] = much
            terms += 1
    term_start[entries] = terms
    # What every member could use at most; rows that this cannot fill are dropped from the terms.
    most = np.zeros(count)
    here = np.zeros(count)
    begin = 0
    members = group_end[unit_end[units - 1] - 1] if units > 0 else 0
    for m in range(members):
        for t in range(term_start[begin], term_start[member_end[m]]):
            here[term_row[t]] = max(here[term_row[t]], term_amount[t])
        for t in range(term_start[begin], term_start[member_end[m]]):
            most[term_row[t]] += here[term_row[t]]
            here[term_row[t]] = 0.0
        begin = member_end[m]
    kept = np.full(count, -1, dtype=np.int64)
    rows = 0
    for r in range(count):
        local[row_of[r]] = -1
        if most[r] > row_free[r] + 1e-9:
            kept[r] = rows
            row_of[rows], row_of[r] = row_of[r], row_of[rows]
            row_free[rows], row_free[r] = row_free[r], row_free[rows]
            rows += 1
    terms = 0
    for e in range(entries):
        first, last = term_start[e], term_start[e + 1]
        term_start[e] = terms
        for t in range(first, last):
            if kept[term_row[t]] >= 0:
                term_row[terms] = kept[term_row[t]]
                term_amount[terms] = term_amount[t]
                terms += 1
    term_start[entries] = terms
    return rows, count


@nb.njit(cache=True, nogil=True)
def descend(  # type: ignore[no-untyped-def]
    entry_worth,
    member_end,
    group_end,
    unit_end,
    units,
    term_start,
    term_row,
    term_amount,
    row_free,
    price,
    ceiling,
    target,
    steps,
):
    """Lower one candidate's bound towards `target`; the best bound, whose prices are left in `price`."""
    rows = len(price)
    members = group_end[unit_end[units - 1] - 1] if units > 0 else 0
    chosen = np.empty(members, dtype=np.int64)
    slope = np.empty(rows)
    best_price = price.copy()
    best_bound = np.inf
    scale = 1.0
    stalled = 0
    for _ in range(steps):
        bound = 0.0
        for r in range(rows):
            slope[r] = -row_free[r]
            bound += price[r] * row_free[r]
        e = m = g = 0
        for u in range(units):
            top = 0.0
            top_from = top_to = 0
            while g < unit_end[u]:
                members_from = m
                total = 0.0
                while m < group_end[g]:
                    most = -1e18
                    while e < member_end[m]:
                        worth = entry_worth[e]
                        for t in range(term_start[e], term_start[e + 1]):
                            worth -= price[term_row[t]] * term_amount[t]
                        if worth > most:
                            most = worth
                            chosen[m] = e
                        e += 1
                    total += most
                    m += 1
                if total > top:
                    top = total
                    top_from = members_from
                    top_to = m
                g += 1
            bound += top
            for i in range(top_from, top_to):
                for t in range(term_start[chosen[i]], term_start[chosen[i] + 1]):
                    slope[term_row[t]] += term_amount[t]
        if bound < best_bound - 1e-9:
            stalled = stalled + 1 if bound > best_bound - 1e-4 * abs(best_bound) else 0
            best_bound = bound
            best_price[:] = price
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
        for r in range(rows):
            if slope[r] > 0 or price[r] > 0:
                norm += slope[r] * slope[r]
        if norm < 1e-12:
            break
        step = scale * (bound - target) / norm
        for r in range(rows):
            price[r] = min(ceiling[r], max(0.0, price[r] + step * slope[r]))
    price[:] = best_price
    return best_bound


@nb.njit(cache=True, nogil=True)
def tighten(  # type: ignore[no-untyped-def]
    nodes,
    node_count,
    elapsed,
    at_hub,
    cost,
    capacity,
    airport,
    ambulances,
    units,
    unit_start,
    members,
    same_stop,
    pair_start,
    pair_hospital,
    pair_patient,
    value,
    blocked,
    reach_start,
    reach_airport,
    reach_road,
    unload,
    tau,
    transit_limit,
    latest,
    use,
    amount,
    free,
    share_from,
    share_price,
    board,
    arrivals,
    price,
    board_price,
    arrivals_price,
    drop_price,
    targets,
    steps,
    fade,
    most_entries,
    out,
):
    """Tighten the bounds `out` of several candidates in turn.

    Candidate i stops at `nodes[i, :node_count[i]]` after `elapsed[i]` minutes, its flight costs `cost[i]` and
    its cabin holds `capacity[i]`; `targets[i]` is the value to get below.
    """
    resources, hospitals, kinds = len(free), len(arrivals), capacity.shape[1]
    most_rows = resources + hospitals + kinds + nodes.shape[1]
    stop_of = np.full(len(ambulances), -1, dtype=np.int64)
    entry_pair = np.empty(most_entries, dtype=np.int64)
    entry_stop = np.empty(most_entries, dtype=np.int64)
    entry_worth = np.empty(most_entries)
    member_end = np.empty(most_entries, dtype=np.int64)
    group_end = np.empty(most_entries, dtype=np.int64)
    unit_end = np.empty(len(units), dtype=np.int64)
    local = np.full(most_rows, -1, dtype=np.int64)
    row_of = np.empty(most_rows, dtype=np.int64)
    row_free = np.empty(most_rows)
    term_start = np.empty(most_entries + 1, dtype=np.int64)
    width = use.shape[1] + 2 + kinds
    term_row = np.empty(most_entries * width, dtype=np.int64)
    term_amount = np.empty(most_entries * width)
    for i in range(len(node_count)):
        n = node_count[i]
        drops = np.empty(n)
        for s in range(n):
            stop_of[airport[nodes[i, s]]] = s
            drops[s] = ambulances[airport[nodes[i, s]]]
        entries, _, _, found = gather(
            units,
            unit_start,
            members,
            same_stop,
            pair_start,
            pair_hospital,
            value,
            blocked,
            reach_start,
            reach_airport,
            reach_road,
            stop_of,
            elapsed[i, :n],
            at_hub[i],
            unload,
            tau,
            transit_limit,
            latest,
            entry_pair,
            entry_stop,
            entry_worth,
            member_end,
            group_end,
            unit_end,
        )
        rows, numbered = number_rows(
            entry_pair,
            entry_stop,
            member_end,
            group_end,
            unit_end,
            entries,
            found,
            pair_hospital,
            pair_patient,
            use,
            amount,
            share_from,
            share_price > 0,
            board,
            free,
            arrivals,
            capacity[i],
            drops,
            local,
            row_of,
            row_free,
            term_start,
            term_row,
            term_amount,
        )
        for r in range(rows, numbered):  # never scarce here: their prices fade
            key = row_of[r]
            if key < resources:
                price[key] *= fade
            elif key < resources + hospitals:
                arrivals_price[key - resources] *= fade
            elif key < resources + hospitals + kinds:
                board_price[key - resources - hospitals] *= fade
        own = np.empty(rows)
        ceiling = np.full(rows, np.inf)
        for r in range(rows):
            key = row_of[r]
            if key < resources:
                own[r] = price[key]
                if key >= share_from:
                    ceiling[r] = share_price
            elif key < resources + hospitals:
                own[r] = arrivals_price[key - resources]
            elif key < resources + hospitals + kinds:
                own[r] = board_price[key - resources - hospitals]
            else:
                own[r] = drop_price[airport[nodes[i, key - resources - hospitals - kinds]]]
        bound = descend(
            entry_worth,
            member_end,
            group_end,
            unit_end,
            found,
            term_start,
            term_row,
            term_amount,
            row_free[:rows],
            own,
            ceiling,
            targets[i] + cost[i],
            steps,
        )
        out[i] = min(out[i], bound - cost[i])
        for r in range(rows):
            key = row_of[r]
            if key < resources:
                price[key] = own[r]
            elif key < resources + hospitals:
                arrivals_price[key - resources] = own[r]
            elif key < resources + hospitals + kinds:
                kind = key - resources - hospitals
                board_price[kind] = own[r]
            else:
                a = airport[nodes[i, key - resources - hospitals - kinds]]
                drop_price[a] = own[r]
        for s in range(n):
            stop_of[airport[nodes[i, s]]] = -1
