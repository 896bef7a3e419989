"""Which of very many options a model needs: those that are nearly as good as any at good prices."""

from __future__ import annotations

import numpy as np

from medevac.planner.instance import NO_LIMIT, Bools, Floats, Ints
from medevac.planner.tighten import descend

STEPS = 400


def sift(
    patient: Ints,
    worth: Floats,
    row: Ints,
    amount: Floats,
    room: Floats,
    ceiling: Floats,
    *,
    target: float,
    keep: int,
) -> Bools:
    """Mark about `keep` options to decide between.

    Parameters
    ----------
    patient, worth
        Who each option is for and what it is worth, shape (options,).
    row, amount
        What each option uses: row numbers (-1 for none) and amounts, shape (options, uses).
    room, ceiling
        What there is of each row, and its highest price.
    target
        What a known solution is worth.
    keep
        How many options to keep, roughly; every patient keeps the best.
    """
    order = np.argsort(patient, kind="stable")
    count = len(order)
    sorted_patient = patient[order]
    ends = np.append(np.flatnonzero(np.diff(sorted_patient)) + 1, count)
    used = (row[order] >= 0) & (amount[order] > 0) & (room[np.maximum(row[order], 0)] < NO_LIMIT)
    start = np.zeros(count + 1, dtype=np.int64)
    start[1:] = np.cumsum(used.sum(axis=1))
    term_row, term_amount = row[order][used], amount[order][used]
    price = np.zeros(len(room))
    one = np.arange(1, len(ends) + 1)
    descend(
        worth[order],
        ends,
        one,
        one,
        len(ends),
        start,
        term_row,
        term_amount,
        room,
        price,
        ceiling,
        target,
        STEPS,
    )
    owner = np.repeat(np.arange(count), np.diff(start))
    reduced = worth[order] - np.bincount(owner, weights=price[term_row] * term_amount, minlength=count)
    best = np.maximum(0.0, np.maximum.reduceat(reduced, np.append(0, ends[:-1])))
    behind = np.repeat(best, np.diff(np.append(0, ends))) - reduced
    limit = np.partition(behind, min(keep, count - 1))[min(keep, count - 1)]
    mask = np.zeros(count, dtype=np.bool_)
    mask[order] = behind <= max(limit, 1e-6)
    return mask
