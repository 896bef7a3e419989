"""The stop sets of one library that earn most at a price for stopping at each airport, compiled."""

from __future__ import annotations

import numba as nb
import numpy as np


@nb.njit(cache=True, nogil=True)
def best_sets(depth, node, flying, prize, cost_per_minute, most, out_row, out_base, out_value):  # type: ignore[no-untyped-def]
    """The `most` sets of the greatest sum of prizes less flying cost; returns how many, unsorted."""
    top = 0
    for r in range(len(depth)):
        top = max(top, depth[r])
    total = np.zeros(top + 2)
    count = 0
    weakest = -np.inf
    for r in range(len(depth)):
        d = depth[r] + 1
        if d > 0:
            total[d] = total[d - 1] + prize[node[r]]
        for base in range(2):
            if flying[r, base] == np.inf:
                continue
            value = total[d] - cost_per_minute * flying[r, base]
            if base == 1:
                value += prize[0]
            if count < most:
                out_row[count], out_base[count], out_value[count] = r, base, value
                count += 1
                if count == most:
                    weakest = out_value[:count].min()
            elif value > weakest:
                at = np.argmin(out_value[:count])
                out_row[at], out_base[at], out_value[at] = r, base, value
                weakest = out_value[:count].min()
    return count
