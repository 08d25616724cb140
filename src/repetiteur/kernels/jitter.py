"""Jitter of a recording, estimated from the recording itself."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels.medians import median

Array = NDArray[np.float64]

#: Order of the differences. Each order takes movement down by another factor of about
#: 2 pi f / rate, and keeps white noise: at the fourth, 0.3 m at 1 Hz filmed at 30 Hz
#: is 0.05 mm. Higher orders begin to miss noise that a filter has coloured.
ORDER = 4
#: Median of the absolute value of a normal error, in standard deviations.
_MEDIAN = 0.6745
#: Fewest differences that are an estimate.
_FEWEST = 8
#: Correlations from one frame to the next that are told apart. What comes near 1 goes
#: on for many frames: a movement, or what a filter left below a tenth of the rate.
_CORRELATIONS = np.linspace(0.0, 0.8, 81)
#: A step of time may differ from the median one by this share of it.
_EVEN = 0.5


def jitter(values: ArrayLike, time: ArrayLike, *, every: int = 1) -> Array:
    """Standard deviation of the noise that is another one at each frame.

    Parameters
    ----------
    values : (time, ...) float
        NaN means "not seen": differences across a gap are left out.
    time : (time,) float
        Increasing seconds; differences across a dropped frame are left out.
    every : int
        How many frames apart the samples of one difference are.

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
    the frame rate counts for less (:func:`share_seen`), and slow errors for nothing.

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
    if t.size < ORDER * every + _FEWEST:
        return np.full(v.shape[1:], np.nan)
    steps = np.diff(t)
    middle = median(steps)
    odd = np.abs(steps - middle) > _EVEN * middle
    across = np.convolve(odd, np.ones(ORDER * every), mode="valid") > 0.0
    apart = np.ascontiguousarray(v.reshape(t.size, -1).T)
    for _ in range(ORDER):
        apart = apart[:, every:] - apart[:, :-every]
    scale = _MEDIAN * sqrt(comb(2 * ORDER, ORDER))
    spread = [
        _middle(np.abs(each[~across & np.isfinite(each)])) / scale for each in apart
    ]
    return np.array(spread).reshape(v.shape[1:])


def _middle(seen: Array) -> float:
    """Median of what was seen; NaN of too little."""
    return median(seen) if seen.size >= _FEWEST else np.nan


def share_seen(correlation: ArrayLike, *, every: int = 1) -> Array:
    """Share of the standard deviation of a noise that :func:`jitter` sees.

    Parameters
    ----------
    correlation : (...) float
        Of the noise with itself a frame later, 0 to 1; k frames later it is its k-th
        power.
    every : int
        How many frames apart the samples of one difference are.

    Examples
    --------
    >>> [share_seen([0.0, 0.6], every=k).round(2).tolist() for k in (1, 2)]
    [[1.0, 0.53], [1.0, 0.72]]
    """
    later = np.asarray(correlation, dtype=np.float64) ** every
    terms = [
        (-1) ** k * comb(2 * ORDER, ORDER + k) * later ** abs(k)
        for k in range(-ORDER, ORDER + 1)
    ]
    return np.asarray(np.sqrt(np.sum(terms, axis=0) / comb(2 * ORDER, ORDER)))


def correlation_of(once: ArrayLike, twice: ArrayLike) -> Array:
    """Correlation of jitter with itself a frame later, 0 to 0.8.

    Parameters
    ----------
    once, twice : (...) float
        :func:`jitter` of every frame, and of every other: the same of white noise. The
        slower of two noises seems larger to the second.

    Examples
    --------
    >>> correlation_of([1.0, 0.53], [1.0, 0.72]).round(1).tolist()
    [0.0, 0.6]
    """
    one, other = (np.asarray(a, dtype=np.float64) for a in (once, twice))
    larger = share_seen(_CORRELATIONS, every=2) / share_seen(_CORRELATIONS)
    ratio = np.ones(np.broadcast_shapes(one.shape, other.shape))
    np.divide(other, one, out=ratio, where=one > 0.0)
    return np.interp(ratio, larger, _CORRELATIONS)
