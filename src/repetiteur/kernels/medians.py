"""Medians, quantiles, largest of many numbers, or of few: faster than numpy's."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _median_loops as loops

Array = NDArray[np.float64]


def median(values: ArrayLike) -> float:
    """Median of numbers.

    Parameters
    ----------
    values : (...) float

    Returns
    -------
    float
        NaN of none, and where one of them is not finite.

    Examples
    --------
    >>> median([3.0, 9.0, 4.0, 1.0])
    3.5
    """
    v = np.asarray(values, dtype=np.float64).ravel()
    if not v.size:
        return float("nan")
    rank = (v.size - 1) // 2
    low = loops.ranked(v, rank)
    return low if v.size % 2 else 0.5 * (low + loops.following(v, low, rank))


def mostly_seen(values: ArrayLike, share: float) -> float:
    """Median of the numbers that were seen, if these are enough of them.

    Parameters
    ----------
    values : (n,) float
        NaN = not seen.
    share : float
        So many have to be seen at least, 0 to 1.

    Returns
    -------
    float
        NaN of fewer, and of none.

    Examples
    --------
    >>> mostly_seen([3.0, np.nan, 5.0], 0.5), mostly_seen([3.0, np.nan, np.nan], 0.5)
    (4.0, nan)
    """
    return float(loops.mostly_seen(np.asarray(values, dtype=np.float64), share))


def lower_quantile(values: ArrayLike, share: float) -> float:
    """The number that at most such a share of the others come before.

    Parameters
    ----------
    values : (...) float
    share : float
        0 to 1.

    Returns
    -------
    float
        NaN of none, and where one of them is not finite.

    Examples
    --------
    >>> lower_quantile([5.0, 1.0, 4.0, 2.0], 0.5)
    2.0
    """
    v = np.asarray(values, dtype=np.float64).ravel()
    return loops.ranked(v, int(share * (v.size - 1))) if v.size else float("nan")


def largest(values: Array) -> float:
    """Largest of the numbers that were seen; NaN of none.

    Examples
    --------
    >>> largest(np.array([3.0, np.nan, 5.0]))
    5.0
    """
    return float(np.fmax.reduce(values, initial=np.nan))
