"""Values from several trials: what one dancer varies by, and what a change must exceed.

Everywhere (..., trials, moments): the same moments of the same dancing, several times,
in the order in which they were danced. What tells moments from one another is no
variation; what tells trials is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, stdtrit

Array = NDArray[np.float64]


class Within(NamedTuple):
    """What one dancer varies by from trial to trial.

    Attributes
    ----------
    sd : (...) float
        Typical error: the within-dancer standard deviation.
    low, high : (...) float
        Its 90 % interval.
    freedom : (...) float
        Its degrees of freedom.
    """

    sd: Array
    low: Array
    high: Array
    freedom: Array


def within(values: ArrayLike) -> Within:
    """What one dancer varies by: the standard deviation between trials.

    Parameters
    ----------
    values : (..., trials, moments) float
        Two trials or more, no NaN.

    Returns
    -------
    Within
        In the unit of the values: the root of the variance between trials, pooled over
        the moments [1]_. Degrees of freedom: trials - 1 with one moment, up to
        moments times that where the moments of a trial vary apart from one another,
        and fewer where a trial is as a whole above or below another.

    Notes
    -----
    The pooled variance is the mean of two mean squares, weighted 1 : moments - 1: that
    of whole trials, and that of what is left. Its interval is that of Graybill and Wang
    [2]_, with one moment that of chi square; its degrees of freedom are Satterthwaite's
    [3]_.

    References
    ----------
    .. [1] W. G. Hopkins, "Measures of reliability in sports medicine and science",
       Sports Med. 30, 2000.
    .. [2] F. A. Graybill and C.-M. Wang, "Confidence intervals on nonnegative linear
       combinations of variances", J. Am. Stat. Assoc. 75, 1980.
    .. [3] F. E. Satterthwaite, "An approximate distribution of estimates of variance
       components", Biometrics Bull. 2, 1946.

    Examples
    --------
    >>> found = within([[1.0, 11.0], [2.0, 13.0], [3.0, 12.0]])
    >>> [round(float(number), 2) for number in found]
    [1.0, 0.69, 3.95, 3.2]
    """
    v = np.asarray(values, dtype=np.float64)
    trials, moments = v.shape[-2:]
    apart = v - v.mean(axis=-2, keepdims=True)
    whole = apart.mean(axis=-1, keepdims=True)
    # Each part's share of the pooled variance, and its degrees of freedom.
    shared = np.sum(whole**2, axis=(-2, -1)) / (trials - 1)
    rest = np.sum((apart - whole) ** 2, axis=(-2, -1)) / ((trials - 1) * moments)
    parts = np.stack([shared, rest])[: min(moments, 2)]
    freedom = np.array([1.0, moments - 1.0][: len(parts)]) * (trials - 1)
    freedom = freedom.reshape(-1, *[1] * shared.ndim)
    variance = parts.sum(axis=0)
    below, above = (freedom / chdtri(freedom, tail) - 1.0 for tail in (0.05, 0.95))
    low, high = (np.sqrt(np.sum((g * parts) ** 2, axis=0)) for g in (below, above))
    spread = np.sum(parts**2 / freedom, axis=0)
    joint = np.full(variance.shape, float(moments * (trials - 1)))
    np.divide(variance**2, spread, out=joint, where=spread > 0.0)
    return Within(
        np.sqrt(variance), np.sqrt(variance - low), np.sqrt(variance + high), joint
    )


def detectable(sd: ArrayLike, freedom: ArrayLike) -> Array:
    """Minimal detectable change: nine in ten unchanged pairs of trials differ by less.

    Parameters
    ----------
    sd, freedom : (...) float
        As of :func:`within`.

    Returns
    -------
    (...) float
        In the unit of the standard deviation.

    Notes
    -----
    1.645 sqrt(2) times the typical error, where that is known [1]_. From few trials it
    is not, and Student's t takes the place of 1.645: with three trials it is 2.92, and
    1.645 would hold 76 in a hundred pairs and not 90.

    References
    ----------
    .. [1] J. P. Weir, "Quantifying test-retest reliability using the intraclass
       correlation coefficient and the SEM", J. Strength Cond. Res. 19, 2005.

    Examples
    --------
    >>> detectable(1.0, [2.0, 1e6]).round(2).tolist()
    [4.13, 2.33]
    """
    quantile = stdtrit(np.asarray(freedom, dtype=np.float64), 0.95)
    return np.asarray(np.sqrt(2.0) * quantile * np.asarray(sd, dtype=np.float64))


def mean_half(values: ArrayLike) -> Array:
    """Half of the 90 % interval of the mean over all, as far as trials leave it open.

    Examples
    --------
    >>> float(mean_half([[1.0], [2.0], [3.0]]).round(2))
    1.69
    """
    whole = np.asarray(values, dtype=np.float64).mean(axis=-1)
    trials = whole.shape[-1]
    error = whole.std(axis=-1, ddof=1) / np.sqrt(trials)
    return np.asarray(stdtrit(trials - 1.0, 0.95) * error)


def drift(values: ArrayLike) -> tuple[Array, Array]:
    """Slope of whole trials over their order, and its standard error.

    Parameters
    ----------
    values : (..., trials, moments) float
        Three trials or more.

    Returns
    -------
    slope, error : (...) float
        The unit of the values, a trial. By least squares; the error has
        trials - 2 degrees of freedom.

    Examples
    --------
    >>> slope, error = drift([[1.0], [2.0], [3.0], [4.4]])
    >>> float(slope.round(2)), float(error.round(3))
    (1.12, 0.069)
    """
    whole = np.asarray(values, dtype=np.float64).mean(axis=-1)
    trials = whole.shape[-1]
    order = np.arange(trials) - 0.5 * (trials - 1)
    about = whole - whole.mean(axis=-1, keepdims=True)
    size = float(np.sum(order**2))
    slope = about @ order / size
    left = about - slope[..., None] * order
    error = np.sqrt(np.sum(left**2, axis=-1) / (trials - 2) / size)
    return np.asarray(slope), np.asarray(error)


def drift_half(error: ArrayLike, trials: int, *, tail: float = 0.05) -> Array:
    """Half of the interval of a slope that leaves this much out at either end.

    Examples
    --------
    >>> [float(drift_half(0.1, 4, tail=t).round(3)) for t in (0.05, 0.005)]
    [0.292, 0.992]
    """
    quantile = stdtrit(trials - 2.0, 1.0 - tail)
    return np.asarray(quantile * np.asarray(error, dtype=np.float64))


def around(degrees: ArrayLike) -> Array:
    """Directions as numbers about their mean: none of them wraps.

    Examples
    --------
    >>> around([170.0, -176.0, 177.0]).tolist()
    [170.0, 184.0, 177.0]
    """
    v = np.asarray(degrees, dtype=np.float64)
    turned = np.radians(v)
    mean = np.degrees(np.arctan2(np.sin(turned).mean(), np.cos(turned).mean()))
    out = v - 360.0 * np.round((v - mean) / 360.0)
    return np.asarray(out + 360.0 * np.round(np.median(v - out) / 360.0))


def unwrapped(degrees: ArrayLike) -> Array:
    """Directions as numbers: of no moment do they wrap, nor from moment to moment.

    Parameters
    ----------
    degrees : (trials, moments) float

    Returns
    -------
    (trials, moments) float
        The same directions.

    Examples
    --------
    >>> unwrapped([[179.0, -179.0], [177.0, -177.0]]).tolist()
    [[179.0, 181.0], [177.0, 183.0]]
    """
    v = np.asarray(degrees, dtype=np.float64)
    apart = np.stack([around(moment) for moment in v.T], axis=-1)
    levels = apart.mean(axis=0)
    return np.asarray(apart + around(levels) - levels)
