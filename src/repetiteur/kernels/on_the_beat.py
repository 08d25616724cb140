"""How near moments are to beats, and how two tempi go: numbers without a sign."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri

Array = NDArray[np.float64]

#: Width of the Beat Alignment Score: 3 frames of 60 a second [1]_.
NEAR_S = 0.05


def nearness(time: ArrayLike, beats: ArrayLike, sd_s: float = NEAR_S) -> Array:
    """How near each moment is to its nearest beat: 1 on it, 0.61 ``sd_s`` away.

    Parameters
    ----------
    time : (...) float
        Seconds.
    beats : (beats,) float
        Seconds, increasing, not empty.
    sd_s : float

    Returns
    -------
    (...) float
        ``exp(-d² / 2 sd²)``, ``d`` the distance to the nearest.
    """
    t, b = np.asarray(time, np.float64), np.asarray(beats, np.float64)
    after = np.searchsorted(b, t)
    gaps = [np.abs(t - b[np.clip(after - k, 0, b.size - 1)]) for k in (0, 1)]
    return np.asarray(np.exp(-0.5 * (np.minimum(*gaps) / sd_s) ** 2))


def closeness(time: ArrayLike, beats: ArrayLike, sd_s: float = NEAR_S) -> Array:
    """Beat Alignment Score: how near moments are to their nearest beats, in the mean.

    Parameters
    ----------
    time : (..., moments) float
        Seconds.
    beats : (beats,) float
        Seconds, increasing, not empty.
    sd_s : float
        Seconds off that count as 0.61.

    Returns
    -------
    (...) float
        0 to 1.

    Notes
    -----
    With movements first and music second it is the form of the *movements* [1]_; with
    the music first, that of the *music* [2]_: of movements on every second beat the one
    is high, and the other half as high. Neither has a sign.

    References
    ----------
    .. [1] R. Li et al., "AI Choreographer: music conditioned 3D dance generation with
       AIST++", ICCV 2021.
    .. [2] L. Siyao et al., "Bailando: 3D dance generation by actor-critic GPT with
       choreographic memory", CVPR 2022.

    Examples
    --------
    >>> closeness([1.05, 3.05], [1.0, 2.0, 3.0, 4.0]).round(3)
    np.float64(0.607)
    >>> closeness([1.0, 2.0, 3.0, 4.0], [1.05, 3.05]).round(3)
    np.float64(0.303)
    """
    return np.asarray(nearness(time, beats, sd_s).mean(axis=-1))


class Intervals(NamedTuple):
    """Intervals between moments on beats.

    Attributes
    ----------
    at : (intervals,) float
        Their middles, in beats.
    logs : (intervals,) float
        Logarithm of seconds a beat.
    beats : (intervals,) float
        How many beats each lasts.
    """

    at: Array
    logs: Array
    beats: Array


def intervals(time: ArrayLike, position: ArrayLike) -> Intervals:
    """Intervals between moments, by how many beats they should last.

    Parameters
    ----------
    time : (moments,) float
        Seconds, increasing.
    position : (moments,) float
        Beats, increasing.
    """
    t, p = np.asarray(time, np.float64), np.asarray(position, np.float64)
    beats = np.diff(p)
    return Intervals(0.5 * (p[1:] + p[:-1]), np.log(np.diff(t) / beats), beats)


class Slope(NamedTuple):
    """A slope, its standard deviation and the degrees of freedom of that."""

    value: float
    sd: float
    freedom: int


def growth(found: Intervals) -> Slope:
    """How intervals grow over a phrase: the slope of their logarithm.

    Parameters
    ----------
    found : Intervals
        Three or more.

    Returns
    -------
    Slope
        A beat; ln 1.03 of intervals each 3 % longer than the one before.

    Notes
    -----
    Least squares. An interval of several beats is known so many times better, and is
    weighed by their square.

    Examples
    --------
    >>> slower = intervals(np.cumsum(1.03 ** np.arange(12)), np.arange(12))
    >>> round(float(np.exp(growth(slower).value)), 9)
    1.03
    """
    weight = found.beats**2 / (found.beats**2).sum()
    x = found.at - (weight * found.at).sum()
    y = found.logs - (weight * found.logs).sum()
    square = (weight * x * x).sum()
    value = (weight * x * y).sum() / square
    freedom = max(x.size - 2, 1)
    left = (weight * (y - value * x) ** 2).sum() / freedom
    return Slope(float(value), float(np.sqrt(left / square)), freedom)


class Lag(NamedTuple):
    """How far one curve follows the other, in beats, with its 90 % interval."""

    value: float
    low: float
    high: float


def lag(
    followed: ArrayLike, follower: ArrayLike, at: ArrayLike, most: float
) -> Lag | None:
    """How many beats later a tempo curve does what another one does.

    Parameters
    ----------
    followed : (beats,) float
        The curve that leads, one value a beat, from beat 0.
    follower : (points,) float
        The curve that follows, at some beats.
    at : (points,) float
        Those beats; increasing.
    most : float
        Beats to either side that are looked at.

    Returns
    -------
    Lag or None
        None where the curves do not tell: too few points, or an interval as wide as
        what was looked at.

    Notes
    -----
    Least squares over all lags, which is where the cross-correlation of the two is
    highest; the interval holds the lags whose sum of squares is not larger than F's
    90 % point allows (profile likelihood).

    Examples
    --------
    >>> tempo = np.sin(np.arange(40) / 5.0)
    >>> found = lag(tempo, np.sin((np.arange(8, 30) - 1.5) / 5.0), np.arange(8, 30), 4)
    >>> found is not None and abs(found.value - 1.5) < 0.06
    True
    """
    lead, y, x = (np.asarray(a, np.float64) for a in (followed, follower, at))
    inside = (x >= most) & (x <= lead.size - 1 - most)
    y, x = y[inside], x[inside]
    if x.size < _FEWEST_OF_A_LAG:
        return None
    lags = np.arange(-most, most + 0.5 * _STEP, _STEP)
    shown = np.interp(x - lags[:, None], np.arange(lead.size), lead)
    apart = y - shown
    squares = apart.var(axis=1) * x.size
    best = int(squares.argmin())
    freedom = x.size - 2.0
    allowed = squares[best] * (1.0 + fdtri(1.0, freedom, 0.9) / freedom)
    held = np.flatnonzero(squares <= allowed + 1e-12)
    if held[0] == 0 or held[-1] == lags.size - 1:
        return None
    low, high = lags[held[0]] - 0.5 * _STEP, lags[held[-1]] + 0.5 * _STEP
    return Lag(float(lags[best]), float(low), float(high))


#: Fewest points that tell a lag, and its resolution in beats.
_FEWEST_OF_A_LAG, _STEP = 8, 0.05
