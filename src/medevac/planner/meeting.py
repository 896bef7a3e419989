"""Where a family that leaves at one stop can be received whole: its members' places beside each other.

In parts, one free place at each of two airports holds a family of two at both by halves; whole, at neither.
What no whole family can use is blocked before any model or price counts on it.
"""

from __future__ import annotations

import numba as nb
import numpy as np

MOST_TRIES = 20_000  # choices looked at for one place of one member; beyond, it is left open
TINY = 1e-9


@nb.njit(cache=True, nogil=True)
def block_meetings(  # type: ignore[no-untyped-def]
    blocked,
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
    reach_start,
    reach_airport,
    airports,
):
    """Block the pairs of same-stop families that no choice of the other members' places goes with.

    A choice gives each member an open pair, all in reach of one airport, with room for all of them in what is
    `free`. Resources from `hard` on are soft and never block. Changes `blocked`.
    """
    need = np.zeros(len(free))
    for u in range(units):
        first, last = unit_start[u], unit_start[u + 1]
        size = last - first
        if size < 2 or not same_stop[u]:
            continue
        most = 0
        for m in range(first, last):
            most = max(most, pair_start[members[m] + 1] - pair_start[members[m]])
        option = np.empty((size, most), dtype=np.int64)
        fits = np.zeros((size, most), dtype=np.bool_)
        count = np.zeros(size, dtype=np.int64)
        for airport in range(airports):
            for i in range(size):
                count[i] = 0
                p = members[first + i]
                for k in range(pair_start[p], pair_start[p + 1]):
                    if blocked[k]:
                        continue
                    h = pair_hospital[k]
                    for r in range(reach_start[h], reach_start[h + 1]):
                        if reach_airport[r] == airport:
                            option[i, count[i]] = k
                            count[i] += 1
                            break
            if count.min() == 0:
                continue
            for i in range(size):
                p = members[first + i]
                for c in range(count[i]):
                    at = option[i, c] - pair_start[p]
                    if not fits[i, at]:
                        fits[i, at] = _others_fit(i, c, option, count, use, amount, free, hard, need)
        for i in range(size):
            p = members[first + i]
            for k in range(pair_start[p], pair_start[p + 1]):
                if not fits[i, k - pair_start[p]]:
                    blocked[k] = True


@nb.njit(cache=True, nogil=True)
def _others_fit(member, choice, option, count, use, amount, free, hard, need):  # type: ignore[no-untyped-def]
    """Whether one choice of one member leaves room for all others; `need` is zero before and after."""
    size = len(count)
    order = np.empty(size, dtype=np.int64)
    order[0] = member
    at = 1
    for i in range(size):
        if i != member:
            order[at] = i
            at += 1
    chosen = np.full(size, -1, dtype=np.int64)
    depth, tries = 0, 0
    found = False
    while depth >= 0:
        if depth == size or tries > MOST_TRIES:
            found = True
            break
        i = order[depth]
        if chosen[depth] >= 0:
            _take(option[i, chosen[depth]], use, amount, hard, need, -1.0)
        first = choice if depth == 0 else chosen[depth] + 1
        end = choice + 1 if depth == 0 else count[i]
        if depth == 0 and chosen[0] >= 0:
            break
        chosen[depth] = -1
        for c in range(first, end):
            tries += 1
            if _room(option[i, c], use, amount, free, hard, need):
                chosen[depth] = c
                break
        if chosen[depth] < 0:
            depth -= 1
            continue
        _take(option[i, chosen[depth]], use, amount, hard, need, 1.0)
        depth += 1
        if depth < size:
            chosen[depth] = -1
    for d in range(size):
        if chosen[d] >= 0:
            i = order[d]
            for j in range(use.shape[1]):
                if use[option[i, chosen[d]], j] >= 0:
                    need[use[option[i, chosen[d]], j]] = 0.0
    return found


@nb.njit(cache=True, nogil=True)
def _room(k, use, amount, free, hard, need):  # type: ignore[no-untyped-def]
    for j in range(use.shape[1]):
        r = use[k, j]
        if 0 <= r < hard and need[r] + amount[k, j] > free[r] + TINY:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _take(k, use, amount, hard, need, sign):  # type: ignore[no-untyped-def]
    for j in range(use.shape[1]):
        r = use[k, j]
        if 0 <= r < hard:
            need[r] += sign * amount[k, j]
