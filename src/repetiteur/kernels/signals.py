"""Curves over time: resampling, smoothing, runs, robust lines.

Time is in seconds; NaN means "not seen" and is never filled here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d, minimum_filter1d

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Points that a robust line looks at, and points that it draws lines through.
_MOST, _FEW = 400, 60


def resample(values: ArrayLike, time: ArrayLike, at: ArrayLike) -> Array:
    """Values at other times, by straight lines between neighbouring samples.

    Parameters
    ----------
    values : (time, ...) float
    time : (time,) float
        Increasing seconds.
    at : (n,) float
        Seconds.

    Returns
    -------
    (n, ...) float
        NaN where a neighbour is NaN, and outside the recording.

    Examples
    --------
    >>> resample([0.0, 2.0, np.nan], [0.0, 1.0, 2.0], [0.5, 1.5, 9.0]).tolist()
    [1.0, nan, nan]
    """
    v, t, x = (np.asarray(a, dtype=np.float64) for a in (values, time, at))
    if t.size == 1:
        hit = np.isclose(x, t[0])
        return np.where(hit.reshape(-1, *[1] * (v.ndim - 1)), v[0], np.nan)
    right = np.clip(np.searchsorted(t, x, side="right"), 1, t.size - 1)
    left = right - 1
    share = (x - t[left]) / (t[right] - t[left])
    inside = (x >= t[0] - 1e-9) & (x <= t[-1] + 1e-9)
    share = np.where(inside, np.clip(share, 0.0, 1.0), np.nan)
    share = share.reshape(-1, *[1] * (v.ndim - 1))
    between = (1.0 - share) * v[left] + share * v[right]
    # On a sample the other neighbour has no say, though it may be missing.
    return np.where(share == 0.0, v[left], np.where(share == 1.0, v[right], between))


def smooth(values: ArrayLike, sigma: float) -> Array:
    """Zero-phase Gaussian smoothing along the first axis that leaves gaps alone.

    Parameters
    ----------
    values : (time, ...) float
    sigma : float
        Standard deviation of the window, in samples.

    Returns
    -------
    (time, ...) float
        NaN where the input is NaN; a gap does not spread to its neighbours.

    Notes
    -----
    The gain falls to half power at 0.1325 / sigma cycles a sample.

    Examples
    --------
    >>> smooth([1.0, np.nan, 1.0, 1.0], 1.0).round(9).tolist()
    [1.0, nan, 1.0, 1.0]
    """
    v = np.asarray(values, dtype=np.float64)
    if sigma <= 0.0 or v.shape[0] < 2:
        return v.copy()
    seen = np.isfinite(v)
    if seen.all():
        return np.asarray(gaussian_filter1d(v, sigma, axis=0, mode="nearest"))
    weight = gaussian_filter1d(seen.astype(np.float64), sigma, axis=0, mode="nearest")
    total = gaussian_filter1d(np.where(seen, v, 0.0), sigma, axis=0, mode="nearest")
    out = np.full(v.shape, np.nan)
    np.divide(total, weight, out=out, where=seen & (weight > 0.0))
    return out


def envelope(values: ArrayLike, reach: ArrayLike) -> tuple[Array, Array]:
    """Lowest and highest value within a reach that changes from sample to sample.

    Parameters
    ----------
    values : (time,) float
        NaN is passed over; where all in reach is NaN the result is NaN.
    reach : (time,) int
        Samples to either side, 0 or more.

    Returns
    -------
    low, high : (time,) float

    Examples
    --------
    >>> low, high = envelope([0.0, 1.0, 5.0], [0, 1, 0])
    >>> low.tolist(), high.tolist()
    ([0.0, 0.0, 5.0], [0.0, 5.0, 5.0])
    """
    v = np.asarray(values, dtype=np.float64)
    far = np.asarray(reach, dtype=np.int64)
    lowest = np.where(np.isnan(v), np.inf, v)
    highest = np.where(np.isnan(v), -np.inf, v)
    low, high = lowest.copy(), highest.copy()
    for radius in np.unique(far[far > 0]):
        here = far == radius
        low[here] = minimum_filter1d(lowest, 2 * int(radius) + 1, mode="nearest")[here]
        high[here] = maximum_filter1d(highest, 2 * int(radius) + 1, mode="nearest")[
            here
        ]
    empty = np.isinf(low)
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def runs(mask: ArrayLike) -> list[tuple[int, int]]:
    """First and last index of each stretch of True.

    Examples
    --------
    >>> runs([False, True, True, False, True])
    [(1, 2), (4, 4)]
    """
    m = np.concatenate([[False], np.asarray(mask, dtype=bool), [False]])
    edge = np.flatnonzero(m[1:] != m[:-1])
    return [(int(a), int(b) - 1) for a, b in zip(edge[::2], edge[1::2], strict=True)]


def bridged(mask: ArrayLike, most: int) -> Bools:
    """Close the gaps of at most ``most`` samples between two runs of a mask.

    Examples
    --------
    >>> bridged([True, False, True, False, False, True], 1).tolist()
    [True, True, True, False, False, True]
    """
    out = np.array(mask, dtype=bool)
    for a, b in runs(~out):
        if a > 0 and b < out.size - 1 and b - a + 1 <= most:
            out[a : b + 1] = True
    return out


def robust_line(x: ArrayLike, y: ArrayLike, *, near: float) -> tuple[float, float]:
    """Slope and intercept of the line that most points lie near.

    Parameters
    ----------
    x, y : (n,) float
        At least two different x.
    near : float
        How near is near, in the unit of y: further points lose their say.

    Returns
    -------
    slope, intercept : float

    Notes
    -----
    The line of the largest sum of exp(-r^2 / 2 near^2) over the points, sought among
    lines through pairs of points and the line of their median slope [1]_, then polished
    by reweighted least squares (Welsch's estimator [2]_). Nearly half of the points may
    lie anywhere else, where the median slope alone gives way at 29 %.

    References
    ----------
    .. [1] P. K. Sen, "Estimates of the regression coefficient based on Kendall's
       tau", J. Am. Stat. Assoc. 63, 1968.
    .. [2] P. W. Holland and R. E. Welsch, "Robust regression using iteratively
       reweighted least-squares", Commun. Stat. A 6, 1977.

    Examples
    --------
    >>> slope, intercept = robust_line(range(7), [1, 3, 5, 70, 71, 72, 13], near=0.1)
    >>> round(slope, 9), round(intercept, 9)
    (2.0, 1.0)
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    pick = np.unique(np.linspace(0, a.size - 1, min(a.size, _MOST)).astype(int))
    a, b = a[pick], b[pick]
    slopes, intercepts = _candidates(a, b)
    left = b - (slopes[:, None] * a + intercepts[:, None])
    best = int(np.argmax(np.exp(-0.5 * (left / near) ** 2).sum(axis=1)))
    slope, intercept = float(slopes[best]), float(intercepts[best])
    for _ in range(10):
        weight = np.exp(-0.25 * ((b - slope * a - intercept) / near) ** 2)
        if np.ptp(a[weight > 0.1]) <= 0.0:
            break
        slope, intercept = (float(c) for c in np.polyfit(a, b, 1, w=weight))
    return slope, intercept


def _candidates(x: Array, y: Array) -> tuple[Array, Array]:
    """Lines through pairs of points far apart, and one of their middle slope."""
    few = np.unique(np.linspace(0, x.size - 1, min(x.size, _FEW)).astype(int))
    i, j = (few[k] for k in np.triu_indices(few.size, 1))
    far = x[j] - x[i] >= 0.25 * np.ptp(x)
    i, j = i[far], j[far]
    slopes = (y[j] - y[i]) / (x[j] - x[i])
    middle = float(np.median(slopes))
    slopes = np.append(slopes, middle)
    intercepts = np.append(y[i] - slopes[:-1] * x[i], np.median(y - middle * x))
    return slopes, intercepts
