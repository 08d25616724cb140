"""Loops that find a number by its place in order without putting all in order.

:mod:`repetiteur.kernels.medians` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")
#: So few are put in order; of more it is first told in which of so many even drawers
#: between the least and the largest the number lies.
_FEW, _DRAWERS = 64, 1024


@_PLAIN
def _all_finite(values: Array) -> bool:
    strange = 0
    for value in values:  # to the end, so that several are looked at in one go
        strange += not abs(value) < np.inf
    return strange == 0


@_PLAIN
def ranked(values: Array, rank: int) -> float:
    """The number that so many of the others come before; NaN if one of them is."""
    if not _all_finite(values):
        return np.nan
    left = values
    while len(left) > _FEW:
        low, high = left[0], left[0]
        for value in left:
            low, high = min(low, value), max(high, value)
        if low == high:
            return float(low)  # all are alike, as steps of time are
        narrow = _DRAWERS / (high - low)
        if not 0.0 < narrow < np.inf:
            break  # too far apart to be told, or too near
        counts = np.zeros(_DRAWERS + 1, dtype=np.intp)
        for value in left:
            counts[int((value - low) * narrow)] += 1
        counts[_DRAWERS - 1] += counts[_DRAWERS]  # the largest has no drawer of its own
        drawer = 0
        while rank >= counts[drawer]:
            rank -= counts[drawer]
            drawer += 1
        inside = np.empty(counts[drawer])
        n = 0
        for value in left:
            if min(int((value - low) * narrow), _DRAWERS - 1) == drawer:
                inside[n] = value
                n += 1
        left = inside
    return float(np.sort(left)[rank])


@_PLAIN
def following(values: Array, one: float, rank: int) -> float:
    """The number after the one of this rank, in order."""
    after, before = np.inf, 0
    for value in values:
        if value > one:
            after = min(after, value)
        else:
            before += 1
    return one if before > rank + 1 else after


@_PLAIN
def mostly_seen(values: Array, share: float) -> float:
    """Median of what is finite; NaN where that is nothing, or less than a share."""
    seen = values[np.isfinite(values)]
    if not len(seen) or len(seen) < share * len(values):
        return np.nan
    rank = (len(seen) - 1) // 2
    low = ranked(seen, rank)
    return low if len(seen) % 2 else 0.5 * (low + following(seen, low, rank))
