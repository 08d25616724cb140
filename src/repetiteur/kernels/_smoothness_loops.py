"""Loops over the samples of one movement that tell how smooth it is.

:mod:`repetiteur.kernels.smoothness` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def arc_lengths(amplitude: Array, count: int, least: float) -> Array:
    """Length of each column's spectrum over its loud frequencies, (columns,).

    The first ``count`` rows are looked at, between the first and the last of at least
    ``least`` of the peak of all rows; frequencies are counted in shares of that range.
    """
    columns = amplitude.shape[1]
    out = np.full(columns, np.nan)
    for c in range(columns):
        peak = 0.0
        for k in range(amplitude.shape[0]):
            # Not a number is not more, nor is it less: it has to stay.
            if not amplitude[k, c] <= peak:
                peak = amplitude[k, c]
        if not peak > 0.0:
            continue
        first, last = count, 0
        for k in range(count):
            if amplitude[k, c] / peak >= least:
                first, last = min(first, k), k
        if last <= first:
            continue
        along, total = 1.0 / (last - first), 0.0
        for k in range(first, last):
            total += np.hypot(along, (amplitude[k + 1, c] - amplitude[k, c]) / peak)
        out[c] = total
    return out


@_PLAIN
def squared_jerks(speed: Array, step: float) -> Array:
    """Integral of the squared second derivative of each column, (columns,).

    Derivatives are central differences, one-sided at the ends; the integral is by
    trapezia.
    """
    n, columns = speed.shape
    out = np.zeros(columns)
    rate = np.empty(n)
    for c in range(columns):
        for i in range(n):
            a, b = max(i - 1, 0), min(i + 1, n - 1)
            rate[i] = (speed[b, c] - speed[a, c]) / ((b - a) * step)
        for i in range(n):
            a, b = max(i - 1, 0), min(i + 1, n - 1)
            jerk = (rate[b] - rate[a]) / ((b - a) * step)
            end = i == 0 or i == n - 1
            out[c] += (0.5 if end else 1.0) * jerk * jerk * step
    return out


@_PLAIN
def sets_out(speed: Array, until: int, rest: float) -> int:
    """First sample of a movement from rest to rest; -1 of none."""
    most = speed[0]
    for value in speed:
        if np.isnan(value):
            return -1
        most = max(most, value)
    if not speed[-1] < rest * most:
        return -1
    first = min(until, len(speed) - 1)
    while first >= 0 and not speed[first] < rest * most:
        first -= 1
    while first > 0 and speed[first] > speed[first - 1]:
        first -= 1
    return first
