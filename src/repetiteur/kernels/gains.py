"""How much of an error comes through a filter, and through a mean over a span."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels.resampling import correlation

Array = NDArray[np.float64]

#: Most samples of a span whose pairs are all looked at.
_PAIRS = 500


def filter_gain(
    linear: Callable[[Array], ArrayLike],
    rate_hz: float,
    *,
    lasting_s: float = 0.0,
    seconds: float = 4.0,
) -> float:
    """How much of a curve's standard deviation a linear filter lets through.

    Parameters
    ----------
    linear : callable
        ``linear(values) -> (time,) float`` of values in even steps: a smoothing, a
        derivative, or one after the other.
    rate_hz : float
        Frames a second.
    lasting_s : float
        How long the error lasts (:func:`repetiteur.kernels.resampling.correlation`).
    seconds : float
        Length of the response that is looked at: longer than the filter's memory.

    Returns
    -------
    float
        Standard deviation behind the filter over that before it, in the filter's unit
        (1/s for a derivative by seconds), away from the ends of a recording.

    Notes
    -----
    The variance of sum(h_k e_k) is the double sum of h_j h_k r_jk: for white noise the
    energy of the impulse response [1]_. The response is measured, not derived, so that
    any linear kernel will do.

    References
    ----------
    .. [1] A. Papoulis, "Probability, Random Variables, and Stochastic Processes",
       3rd ed., 1991, section 10-2.

    Examples
    --------
    >>> mean_of_three = lambda v: np.convolve(v, np.ones(3) / 3, mode="same")
    >>> round(filter_gain(mean_of_three, 100.0), 4)
    0.5774
    >>> round(filter_gain(mean_of_three, 100.0, lasting_s=5.0), 4)
    1.0
    """
    middle = max(1, round(0.5 * seconds * rate_hz))
    impulse = np.zeros(2 * middle + 1)
    impulse[middle] = 1.0
    response = np.asarray(linear(impulse), dtype=np.float64)
    energy = np.correlate(response, response, mode="full")
    apart = np.arange(1 - response.size, response.size) / rate_hz
    return float(np.sqrt(max(0.0, float(energy @ correlation(apart, lasting_s)))))


def mean_gain(time: ArrayLike, lasting_s: float) -> float:
    """How much of its samples' standard deviation a mean over a span keeps.

    Parameters
    ----------
    time : (n,) float
        When the samples were taken, seconds; those that were not seen left out.
    lasting_s : float
        How long the error lasts.

    Returns
    -------
    float
        1 / sqrt(n) of errors that are new at each frame, 1 of those that outlast the
        span; NaN for no sample.

    Notes
    -----
    One over the square root of the effective number of samples: the mean of all
    pairwise correlations is its variance.

    Examples
    --------
    >>> mean_gain(np.arange(100) / 50.0, 0.0), round(mean_gain([0.0, 0.1], 60.0), 3)
    (0.1, 1.0)
    """
    return _span_gain(time, lasting_s, lambda r: r)


def median_gain(time: ArrayLike, lasting_s: float) -> float:
    """How much of its samples' standard deviation a median over a span keeps.

    Parameters
    ----------
    time : (n,) float
        Seconds.
    lasting_s : float

    Returns
    -------
    float
        1.253 / sqrt(n) of errors that are new at each frame, 1 at most; NaN for no
        sample. For a span over which the curve itself stays: a hold.

    Notes
    -----
    The median's variance follows the correlation of signs, which for a normal error of
    correlation r is 2/pi arcsin(r) [1]_.

    References
    ----------
    .. [1] P. K. Sen, "On the asymptotic normality of sample quantiles for stationary
       processes", Ann. Math. Stat. 39, 1968; W. F. Sheppard, 1899 (the arcsine).

    Examples
    --------
    >>> round(median_gain(np.arange(100) / 50.0, 0.0), 3), median_gain([0.0, 0.1], 60.0)
    (0.125, 1.0)
    """
    gain = _span_gain(time, lasting_s, lambda r: np.asarray(np.arcsin(r)))
    return 1.0 if gain > 1.0 else gain


def _span_gain(
    time: ArrayLike, lasting_s: float, count: Callable[[Array], Array]
) -> float:
    t = np.asarray(time, dtype=np.float64)
    if not t.size:
        return float("nan")
    # Beyond this, pairs are counted on an even grid of as many samples.
    if t.size > _PAIRS:
        apart = np.linspace(0.0, t[-1] - t[0], t.size)
        pairs = np.where(apart > 0.0, 2.0, 1.0) * np.arange(t.size, 0.0, -1.0)
    else:
        apart, pairs = np.abs(t[:, np.newaxis] - t), np.ones((t.size, t.size))
    total = float((pairs * count(correlation(apart, lasting_s))).sum())
    return float(np.sqrt(total) / t.size)
