"""Stop sets or orders tightened one after the other, each from the prices that the last one left."""

from __future__ import annotations

import numba as nb
import numpy as np

from medevac.planner.tighten.descent import descend
from medevac.planner.tighten.runs import gather
from medevac.planner.tighten.scarce import number_rows


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
