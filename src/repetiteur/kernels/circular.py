"""Where in the beat moments fall: phases, and what they have in common.

A beat is a circle: what comes just before the next beat is near to it. Positions are in
beats (2.25 is a quarter after beat 2), counted along beats of any lengths, so that a
phase means the same in a ritardando. See N. I. Fisher, *Statistical Analysis of
Circular Data*, 1993, and K. V. Mardia and P. E. Jupp, *Directional Statistics*, 2000.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def positions(time: ArrayLike, beats: ArrayLike) -> Array:
    """Where moments fall among beats, in beats.

    Parameters
    ----------
    time : (...) float
        Moments, seconds.
    beats : (beats,) float
        Seconds, increasing.

    Returns
    -------
    (...) float
        0 on the first beat; NaN before the first and after the last.

    Examples
    --------
    >>> positions([1.0, 2.5, 4.0, 9.0], [1.0, 2.0, 3.0, 5.0]).tolist()
    [0.0, 1.5, 2.5, nan]
    """
    t, b = np.asarray(time, np.float64), np.asarray(beats, np.float64)
    number = np.arange(b.size, dtype=np.float64)
    return np.interp(t, b, number, left=np.nan, right=np.nan)


def moments(position: ArrayLike, beats: ArrayLike) -> Array:
    """When positions among beats are reached: the way back from :func:`positions`.

    Examples
    --------
    >>> moments([0.0, 1.5, 2.5], [1.0, 2.0, 3.0, 5.0]).tolist()
    [1.0, 2.5, 4.0]
    """
    b = np.asarray(beats, np.float64)
    number = np.arange(b.size, dtype=np.float64)
    p = np.asarray(position, np.float64)
    return np.interp(p, number, b, left=np.nan, right=np.nan)


def resultant(position: ArrayLike, period: ArrayLike = 1.0) -> NDArray[np.complex128]:
    """Mean of the unit vectors of phases: its length tells how alike they are.

    Parameters
    ----------
    position : (..., moments) float
        In beats; NaN is passed over.
    period : float
        Of the circle, in beats.

    Returns
    -------
    (...) complex
        Length 1: all at one phase; near 0: anywhere. NaN without moments.

    Examples
    --------
    >>> abs(resultant([0.1, 1.1, 2.1])).round(6), abs(resultant([0.0, 0.5])).round(6)
    (np.float64(1.0), np.float64(0.0))
    """
    p = np.asarray(position, np.float64)
    turning = np.exp(2j * np.pi * p / np.asarray(period))
    known = np.isfinite(p).sum(axis=-1)
    total = np.nansum(turning, axis=-1)
    none = np.where(known > 0, 1.0, np.nan)
    return np.asarray(none * total / np.maximum(known, 1))


def mean_phase(position: ArrayLike, period: float = 1.0) -> Array:
    """Mean direction of phases, in beats: within half a period, late positive.

    Examples
    --------
    >>> mean_phase([0.9, 2.0, 3.1, 4.95]).round(4), mean_phase([0.6, 1.1], 0.5).round(4)
    (np.float64(-0.0137), np.float64(0.1))
    """
    return np.asarray(np.angle(resultant(position, period)) * period / (2.0 * np.pi))


def concentration(position: ArrayLike, period: float = 1.0) -> Array:
    """Rayleigh's statistic: moments times the squared resultant length.

    Of phases that fall anywhere it is exponential with mean 1, however many they are
    [1]_.

    References
    ----------
    .. [1] Lord Rayleigh, 1880, in Mardia and Jupp, section 6.3.1.

    Examples
    --------
    >>> concentration([0.1, 1.1, 2.1]).round(6)
    np.float64(3.0)
    """
    known = np.isfinite(np.asarray(position, np.float64)).sum(axis=-1)
    return np.asarray(known * np.abs(resultant(position, period)) ** 2)


def elsewhere(
    time: ArrayLike,
    within: tuple[float, float],
    *,
    stretch: float,
    copies: int,
    rng: np.random.Generator,
) -> Array:
    """The same moments as they might fall on the music by chance.

    Parameters
    ----------
    time : (moments,) float
        Seconds.
    within : (float, float)
        The stretch of music that they go round in, seconds.
    stretch : float
        Each copy is slower or quicker by up to this factor.
    copies : int
    rng : numpy.random.Generator

    Returns
    -------
    (copies, moments) float
        Seconds.

    Notes
    -----
    A circular shift alone keeps the phases of a steady dancer to a steady music exactly
    as alike as they are, so that no dancing would ever be more than chance. Whether two
    clocks go together is a question of their rates: each copy is danced at another
    tempo too, and then shifted.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> found = elsewhere([1.0, 2.0], (0.0, 8.0), stretch=1.3, copies=3, rng=rng)
    >>> found.shape, bool((found >= 0.0).all() and (found < 8.0).all())
    ((3, 2), True)
    """
    t, (first, last) = np.asarray(time, np.float64), within
    rate = np.exp(rng.uniform(-np.log(stretch), np.log(stretch), copies))
    shift = rng.uniform(0.0, last - first, copies)
    return first + (rate[:, None] * (t - first) + shift[:, None]) % (last - first)
