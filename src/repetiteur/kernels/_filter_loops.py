"""Loops over samples that a recursive filter runs along.

:mod:`repetiteur.kernels.filters` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def run(sections: Array, steady: Array, values: Array) -> None:
    """Run a filter of second-order sections along each column, in place.

    Each begins as if its first value had been there for ever: ``steady`` is the state
    (sections, 2) of one whose first value is 1.
    """
    n, columns = values.shape
    first = values[0].copy()
    for section in range(sections.shape[0]):
        b0, b1, b2 = sections[section, :3]
        a1, a2 = sections[section, 4:]
        one, two = steady[section, 0] * first, steady[section, 1] * first
        for i in range(n):
            for k in range(columns):
                x = values[i, k]
                y = b0 * x + one[k]
                one[k] = b1 * x - a1 * y + two[k]
                two[k] = b2 * x - a2 * y
                values[i, k] = y


@_PLAIN
def slopes(values: Array, time: Array) -> Array:
    """Slope of the parabola through each sample and its neighbours, (n, columns).

    Beside a gap that of the one through the next two, else through the two before; else
    that of the line to the next one, else from the one before.
    """
    n, columns = values.shape
    out = np.full((n, columns), np.nan)
    step, slope = np.diff(time), np.empty(max(n - 1, 0))
    for k in range(columns):
        for i in range(n - 1):
            slope[i] = (values[i + 1, k] - values[i, k]) / step[i]
        for i in range(n):
            found = np.nan
            if 0 < i < n - 1:
                bend = (slope[i] - slope[i - 1]) / (step[i] + step[i - 1])
                found = slope[i - 1] + bend * step[i - 1]
            if np.isnan(found) and i < n - 2:
                bend = (slope[i + 1] - slope[i]) / (step[i + 1] + step[i])
                found = slope[i] - bend * step[i]
            if np.isnan(found) and i > 1:
                bend = (slope[i - 1] - slope[i - 2]) / (step[i - 1] + step[i - 2])
                found = slope[i - 1] + bend * step[i - 1]
            if np.isnan(found) and i < n - 1:
                found = slope[i]
            if np.isnan(found) and i > 0:
                found = slope[i - 1]
            out[i, k] = found
    return out
