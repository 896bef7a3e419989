"""Steps down one bound: prices for all that is scarce, until the bound is below a target."""

from __future__ import annotations

import numba as nb
import numpy as np


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
