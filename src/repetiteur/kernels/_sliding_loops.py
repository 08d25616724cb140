"""The loop behind :mod:`repetiteur.kernels.sliding`.

Frame by frame, all columns of it in one go, so that the compiler works on several of
them at a time. ``tests/naive.py`` has its plain twin.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def correlated(values: Array, weights: Array) -> Array:
    """Weighted sums of the frames (n, c) about each; NaN where they reach outside."""
    n, columns = values.shape
    reach = len(weights) // 2
    out = np.full((n, columns), np.nan)
    for i in range(reach, n - reach):
        here, middle = out[i], values[i]
        for c in range(columns):
            here[c] = weights[reach] * middle[c]
        for k in range(reach):
            before, after = values[i - reach + k], values[i + reach - k]
            first, last = weights[k], weights[2 * reach - k]
            for c in range(columns):
                here[c] += first * before[c] + last * after[c]
    return out
