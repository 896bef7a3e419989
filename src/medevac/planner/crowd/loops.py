"""The hot loops over everybody at once: prices for all that is scarce, and what they leave to each unit.

Options are runs: a run of groups is a unit on one way, a group holds members, a member holds entries, and the
`_end` arrays say where each ends (see `tighten.gather`).
"""

from __future__ import annotations

import numba as nb
import numpy as np

NEVER = -1e18
PATIENCE = 40  # steps without half of what a level asks for, after which it is halved
MIX = 0.3
RELAX = 0.3
LEAST_LEVEL = 2e-6  # of the bound; below, steps end


@nb.njit(cache=True, nogil=True, inline="always")
def best_group(  # type: ignore[no-untyped-def]
    run,
    entry_pair,
    entry_stop,
    entry_worth,
    member_end,
    group_end,
    run_end,
    way,
    day,
    pair_patient,
    pair_hospital,
    board,
    charge,
    arrivals_price,
    board_price,
    drop_price,
    chosen,
):
    """The best way to place one unit on one way: its value, and the members who hold the choice."""
    top, top_from, top_to = NEVER, 0, 0
    for g in range(run_end[run - 1] if run > 0 else 0, run_end[run]):
        total = 0.0
        first = group_end[g - 1] if g > 0 else 0
        for m in range(first, group_end[g]):
            most = NEVER
            for e in range(member_end[m - 1] if m > 0 else 0, member_end[m]):
                k = entry_pair[e]
                worth = entry_worth[e] - charge[k] - drop_price[way, entry_stop[e]]
                worth -= arrivals_price[day, pair_hospital[k]]
                if worth > most:
                    most = worth
                    chosen[m] = e
            p = pair_patient[entry_pair[chosen[m]]]
            for j in range(board.shape[1]):
                most -= board_price[way, j] * board[p, j]
            total += most
        if total > top:
            top, top_from, top_to = total, first, group_end[g]
    return top, top_from, top_to


@nb.njit(cache=True, nogil=True)
def charge_pairs(pairs, use, amount, price, charge):  # type: ignore[no-untyped-def]
    """What each of these pairs pays for the resources it uses."""
    for i in range(len(pairs)):
        k = pairs[i]
        total = 0.0
        for j in range(use.shape[1]):
            if use[k, j] >= 0:
                total += price[use[k, j]] * amount[k, j]
        charge[k] = total


@nb.njit(cache=True, nogil=True)
def tops(  # type: ignore[no-untyped-def]
    skip,
    entry_pair,
    entry_stop,
    entry_worth,
    member_end,
    group_end,
    run_end,
    run_way,
    run_order,
    unit_start,
    way_day,
    pair_patient,
    pair_hospital,
    board,
    charge,
    arrivals_price,
    board_price,
    drop_price,
):
    """What each unit gains at these prices without the way `skip`; 0 for who stays."""
    found = np.zeros(len(unit_start) - 1)
    chosen = np.zeros(len(member_end), dtype=np.int64)
    for u in range(len(found)):
        for i in range(unit_start[u], unit_start[u + 1]):
            run = run_order[i]
            w = run_way[run]
            if w == skip:
                continue
            top, _, _ = best_group(
                run,
                entry_pair,
                entry_stop,
                entry_worth,
                member_end,
                group_end,
                run_end,
                w,
                way_day[w],
                pair_patient,
                pair_hospital,
                board,
                charge,
                arrivals_price,
                board_price,
                drop_price,
                chosen,
            )
            found[u] = max(found[u], top)
    return found


@nb.njit(cache=True, nogil=True)
def lower(  # type: ignore[no-untyped-def]
    entry_pair,
    entry_stop,
    entry_worth,
    member_end,
    group_end,
    run_end,
    run_way,
    run_order,
    unit_start,
    way_day,
    pairs,
    pair_patient,
    pair_hospital,
    use,
    amount,
    board,
    free,
    share_from,
    share_price,
    arrivals_free,
    cabin,
    drops,
    constant,
    price,
    arrivals_price,
    board_price,
    drop_price,
    target,
    level,
    steps,
):
    """Lower the bound of everybody over these ways towards `target`; the best prices stay in place.

    Subgradient steps with Polyak's length towards a level below the best bound, which is halved where steps
    do not come near it (Brännlund 1993; Goffin and Kiwiel 1999). `level` is a share of the
    first bound; `constant` is added to every bound.
    """
    ways = len(way_day)
    best = np.inf
    best_price, best_arrivals = price.copy(), arrivals_price.copy()
    best_board, best_drop = board_price.copy(), drop_price.copy()
    charge = np.zeros(len(pair_patient))
    slope = np.empty(len(free))
    arrivals_slope = np.empty(arrivals_free.shape)
    board_slope = np.empty(cabin.shape)
    drop_slope = np.empty(drops.shape)
    chosen = np.zeros(len(member_end), dtype=np.int64)
    won, since = 0.0, 0
    share_of = level
    way_slope, way_arrivals = np.zeros(len(free)), np.zeros(arrivals_free.shape)
    way_board, way_drop = np.zeros(cabin.shape), np.zeros(drops.shape)
    for number in range(steps):
        charge_pairs(pairs, use, amount, price, charge)
        bound = constant
        for r in range(len(free)):
            slope[r] = -free[r]
            bound += price[r] * free[r]
        for d in range(arrivals_free.shape[0]):
            for h in range(arrivals_free.shape[1]):
                arrivals_slope[d, h] = -arrivals_free[d, h]
                if arrivals_price[d, h] > 0.0:
                    bound += arrivals_price[d, h] * arrivals_free[d, h]
        for w in range(ways):
            for j in range(cabin.shape[1]):
                board_slope[w, j] = -cabin[w, j]
                if board_price[w, j] > 0.0:
                    bound += board_price[w, j] * cabin[w, j]
            for s in range(drops.shape[1]):
                drop_slope[w, s] = -drops[w, s]
                if drop_price[w, s] > 0.0:
                    bound += drop_price[w, s] * drops[w, s]
        for u in range(len(unit_start) - 1):
            most, at, first, last = 0.0, -1, 0, 0
            for i in range(unit_start[u], unit_start[u + 1]):
                run = run_order[i]
                w = run_way[run]
                top, top_from, top_to = best_group(
                    run,
                    entry_pair,
                    entry_stop,
                    entry_worth,
                    member_end,
                    group_end,
                    run_end,
                    w,
                    way_day[w],
                    pair_patient,
                    pair_hospital,
                    board,
                    charge,
                    arrivals_price,
                    board_price,
                    drop_price,
                    chosen,
                )
                if top > most:
                    most, at, first, last = top, w, top_from, top_to
            bound += most
            if at < 0:
                continue
            for m in range(first, last):
                e = chosen[m]
                k = entry_pair[e]
                for j in range(use.shape[1]):
                    if use[k, j] >= 0:
                        slope[use[k, j]] += amount[k, j]
                p = pair_patient[k]
                for j in range(board.shape[1]):
                    board_slope[at, j] += board[p, j]
                arrivals_slope[way_day[at], pair_hospital[k]] += 1.0
                drop_slope[at, entry_stop[e]] += 1.0
        if number == 0:
            level = share_of * max(1.0, abs(bound))
        if bound < best:
            won += best - bound if best < np.inf else 0.0
            best = bound
            best_price[:] = price
            best_arrivals[:] = arrivals_price
            best_board[:] = board_price
            best_drop[:] = drop_price
        if best <= target:
            break
        since += 1
        if won >= 0.5 * level:
            won, since = 0.0, 0
        elif since >= PATIENCE:
            level *= 0.5
            won, since = 0.0, 0
            if level < LEAST_LEVEL * abs(best):
                break
        share = 1.0 if number == 0 else MIX
        norm = 0.0
        for r in range(len(free)):
            way_slope[r] += share * (slope[r] - way_slope[r])
            if way_slope[r] > 0.0 or price[r] > 0.0:
                norm += way_slope[r] ** 2
        for d in range(arrivals_free.shape[0]):
            for h in range(arrivals_free.shape[1]):
                way_arrivals[d, h] += share * (arrivals_slope[d, h] - way_arrivals[d, h])
                if way_arrivals[d, h] > 0.0 or arrivals_price[d, h] > 0.0:
                    norm += way_arrivals[d, h] ** 2
        for w in range(ways):
            for j in range(cabin.shape[1]):
                way_board[w, j] += share * (board_slope[w, j] - way_board[w, j])
                if way_board[w, j] > 0.0 or board_price[w, j] > 0.0:
                    norm += way_board[w, j] ** 2
            for s in range(drops.shape[1]):
                way_drop[w, s] += share * (drop_slope[w, s] - way_drop[w, s])
                if way_drop[w, s] > 0.0 or drop_price[w, s] > 0.0:
                    norm += way_drop[w, s] ** 2
        if norm < 1e-12:
            break
        step = RELAX * (bound - max(target, best - level)) / norm
        for r in range(len(free)):
            price[r] = max(0.0, price[r] + step * way_slope[r])
            if r >= share_from:
                price[r] = min(share_price, price[r])
        for d in range(arrivals_free.shape[0]):
            for h in range(arrivals_free.shape[1]):
                arrivals_price[d, h] = max(0.0, arrivals_price[d, h] + step * way_arrivals[d, h])
        for w in range(ways):
            for j in range(cabin.shape[1]):
                board_price[w, j] = max(0.0, board_price[w, j] + step * way_board[w, j])
            for s in range(drops.shape[1]):
                drop_price[w, s] = max(0.0, drop_price[w, s] + step * way_drop[w, s])
    price[:] = best_price
    arrivals_price[:] = best_arrivals
    board_price[:] = best_board
    drop_price[:] = best_drop
    return best
