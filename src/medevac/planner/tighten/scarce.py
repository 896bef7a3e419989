"""What could run out on one route, and how much of it each option uses."""

from __future__ import annotations

import numba as nb
import numpy as np


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
