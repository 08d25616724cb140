"""The loop behind :func:`repetiteur.kernels.qualities.weighted`.

``tests/naive.py`` has its plain twin.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def weighted(row: Array, shares: Array, noise: Array, *, squared: bool) -> Array:
    """Weighted sums of lengths, or of their squares, of each frame's points.

    All vectors stand in one row: x, y, z of the first point of the first frame first.
    """
    points = len(shares)
    out = np.zeros(len(row) // (3 * points))
    for i in range(len(out)):
        at = 3 * points * i
        for k in range(points):
            x, y, z = row[at + 3 * k], row[at + 3 * k + 1], row[at + 3 * k + 2]
            square = x * x + y * y + z * z - noise[k]
            square = 0.0 if square < 0.0 else square  # a NaN stays
            out[i] += shares[k] * (square if squared else math.sqrt(square))
    return out
