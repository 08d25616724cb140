"""Jitter of a recording, estimated from the recording itself."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

#: Order of the differences. Each order takes movement down by another factor of about
#: 2 pi f / rate, and keeps white noise: at the fourth, 0.3 m at 1 Hz filmed at 30 Hz
#: is 0.05 mm. Higher orders begin to miss noise that a filter has coloured.
ORDER = 4
#: Median of the absolute value of a normal error, in standard deviations.
_MEDIAN = 0.6745
#: Fewest differences that are an estimate.
_FEWEST = 8
#: A step of time may differ from the median one by this share of it.
_EVEN = 0.5


def jitter(values: ArrayLike, time: ArrayLike) -> Array:
    """Standard deviation of the noise that is another one at each frame.

    Parameters
    ----------
    values : (time, ...) float
        NaN means "not seen": differences across a gap are left out.
    time : (time,) float
        Increasing seconds; differences across a dropped frame are left out.

    Returns
    -------
    (...) float
        In the unit of the values; NaN where too little was seen.

    Notes
    -----
    White noise of standard deviation s has fourth differences of s x sqrt(70); a
    smooth movement has hardly any. The median of their absolute values takes no notice
    of the frames, fewer than half, in which a foot hits the floor. The method is that
    of difference-based variance estimation [1]_, with a median in place of a mean.

    It sees what is new at each frame. Noise that a filter has left below about half of
    the frame rate counts for less, and slow errors for nothing at all.

    References
    ----------
    .. [1] P. Hall, J. W. Kay, D. M. Titterington, "Asymptotically optimal
       difference-based estimation of variance in nonparametric regression",
       Biometrika 77, 1990.

    Examples
    --------
    >>> time = np.arange(2000) / 100.0
    >>> noise = np.random.default_rng(0).normal(0.0, 0.002, time.size)
    >>> float(jitter(np.sin(6.0 * time) + noise, time).round(3))
    0.002
    """
    v, t = (np.asarray(a, dtype=np.float64) for a in (values, time))
    if t.size < ORDER + _FEWEST:
        return np.full(v.shape[1:], np.nan)
    steps = np.diff(t)
    middle = float(np.median(steps))
    odd = np.abs(steps - middle) > _EVEN * middle
    across = np.convolve(odd, np.ones(ORDER), mode="valid") > 0.0
    columns = np.ascontiguousarray(v.reshape(t.size, -1).T)
    apart = np.abs(np.diff(columns, n=ORDER, axis=1))
    scale = _MEDIAN * sqrt(comb(2 * ORDER, ORDER))
    spread = [_middle(each[~across & np.isfinite(each)]) / scale for each in apart]
    return np.array(spread).reshape(v.shape[1:])


def _middle(seen: Array) -> float:
    """Median of what was seen; NaN of too little."""
    return float(np.median(seen)) if seen.size >= _FEWEST else np.nan
