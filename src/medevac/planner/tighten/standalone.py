"""The price of each place as if its hospital stood alone: where all other prices begin."""

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
