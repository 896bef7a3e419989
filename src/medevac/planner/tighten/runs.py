"""Who could travel on one route, listed as runs: entries of members of groups of units."""

from __future__ import annotations

import numba as nb


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
