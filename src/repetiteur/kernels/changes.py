"""Where a many-voiced signal goes over from one level to another."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

__all__ = ["change_points"]


def change_points(values: ArrayLike, *, least: int, penalty: float) -> list[int]:
    """First samples of all parts but the first, of a signal with one level in each.

    Parameters
    ----------
    values : (samples, channels) float
        Finite, in a unit in which every channel's noise is alike.
    least : int
        Samples of a part, at the least.
    penalty : float
        What a further part costs, in squares of the unit.

    Returns
    -------
    list of int
        Increasing; empty where one level explains it best.

    Notes
    -----
    The parts that cost the least, of all that there could be: the squares about each
    part's mean, and the penalty for each part [1]_. Grows with the square of the number
    of samples.

    References
    ----------
    .. [1] B. Jackson et al., "An algorithm for optimal partitioning of data on an
       interval", IEEE Signal Processing Letters 12, 2005.

    Examples
    --------
    >>> step = np.repeat([0.0, 4.0, 1.0], [5, 5, 6])[:, np.newaxis]
    >>> change_points(step, least=2, penalty=1.0)
    [5, 10]
    """
    signal = np.ascontiguousarray(np.atleast_2d(np.asarray(values, np.float64)))
    if len(signal) < 2 * least or not np.isfinite(signal).all():
        return []
    about = signal - signal.mean(axis=0)
    begins = _best(about, max(least, 1), penalty)
    out = []
    end = len(signal)
    while begins[end] > 0:
        end = int(begins[end])
        out.append(end)
    return out[::-1]


@njit(cache=True)
def _best(signal: Array, least: int, penalty: float) -> NDArray[np.int64]:
    """Where the last part begins, of the best parts of the samples before each end."""
    count, channels = signal.shape
    sums = np.zeros((count + 1, channels))
    squares = np.zeros(count + 1)
    for n in range(count):
        squares[n + 1] = squares[n]
        for c in range(channels):
            sums[n + 1, c] = sums[n, c] + signal[n, c]
            squares[n + 1] += signal[n, c] ** 2
    cost = np.full(count + 1, np.inf)
    begins = np.zeros(count + 1, np.int64)
    cost[0] = -penalty
    for end in range(least, count + 1):
        for begin in range(end - least + 1):
            if not np.isfinite(cost[begin]):
                continue
            within = squares[end] - squares[begin]
            for c in range(channels):
                total = sums[end, c] - sums[begin, c]
                within -= total * total / (end - begin)
            whole = cost[begin] + within + penalty
            if whole < cost[end]:
                cost[end] = whole
                begins[end] = begin
    return begins
