"""Loops over the samples of a point that tell how it moves.

:mod:`repetiteur.kernels.contacts` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def differences(place: Array, time: Array, half: int) -> Array:
    """What was covered over what it took, ``half`` samples to either side.

    Near the ends it is that of the first and of the last whole window.
    """
    n, columns = place.shape
    span = max(2 * half, 1)
    out = np.empty((n, columns))
    for i in range(n):
        a = min(max(i - half, 0), n - span - 1)
        took = time[a + span] - time[a]
        for k in range(columns):
            out[i, k] = (place[a + span, k] - place[a, k]) / took
    return out


@_PLAIN
def add_squared_speed(
    square: Array, seen: Array, place: Array, time: Array, half: int
) -> None:
    """Add the square of the speed of one point where it was seen, and count it."""
    n = place.shape[0]
    span = max(2 * half, 1)
    for i in range(n):
        a = min(max(i - half, 0), n - span - 1)
        took = time[a + span] - time[a]
        total = 0.0
        for k in range(place.shape[1]):
            rate = (place[a + span, k] - place[a, k]) / took
            total += rate * rate
        if np.isfinite(total):
            square[i] += total
            seen[i] += 1.0
