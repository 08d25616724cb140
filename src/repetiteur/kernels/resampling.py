"""Errors carried by trying out: a computation repeated on noisy copies of its points.

Where a result is not one formula of one frame (a turn found and counted, a peak, a
smoothness), its error is found by computing it again from points that err as the
instrument may have erred. Errors have parts: one is new at each frame, another lasts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Points = Mapping[str, Array]
#: Share of errors that an interval holds.
LEVEL = 0.90
#: Knots of :func:`lasting_noise` lie apart by this share of how long the noise lasts:
#: the autocorrelation of a cubic B-spline has variance 2/3 in steps of its knots.
_KNOT = float(np.sqrt(3.0) / 2.0)
#: How often the shift of copies counts: the mean of 1 and 1 / (sqrt(2) - 1).
AGAIN = 1.7
#: A result that fewer copies have has no interval.
_FEWEST = 0.5


@dataclass(frozen=True)
class Part:
    """One part of the error of points.

    Attributes
    ----------
    sd : mapping of str to (time, space) float
        Standard deviation of each coordinate, in the unit of the points; a point
        without one is exact.
    lasting_s : float
        Time after which the correlation with itself has fallen to 1/e, seconds; 0 is
        another at each frame, infinity one for good (:func:`correlation`).
    """

    sd: Points
    lasting_s: float


def correlation(apart_s: ArrayLike, lasting_s: float) -> Array:
    """Correlation of one part of an error with itself, some time later.

    Parameters
    ----------
    apart_s : (...) float
        Seconds between the two moments.
    lasting_s : float
        See :class:`Part`.

    Returns
    -------
    (...) float
        exp(-(apart / lasting)^2); 1 with itself and 0 with all others for 0 seconds.

    Notes
    -----
    A smooth error is meant: a marker slides on the skin as the limb moves. A random
    walk towards zero (Ornstein and Uhlenbeck's process) is not smooth: a bias of 10 mm
    that lasts a second would shake by 1.3 mm between frames at 120 Hz.

    Examples
    --------
    >>> correlation([0.0, 1.0, 3.0], 1.0).round(4).tolist()
    [1.0, 0.3679, 0.0001]
    """
    apart = np.asarray(apart_s, dtype=np.float64)
    if lasting_s <= 0.0:
        return np.where(apart == 0.0, 1.0, 0.0)
    return np.asarray(np.exp(-((apart / lasting_s) ** 2)))


def lasting_noise(
    time: ArrayLike, columns: int, lasting_s: float, rng: np.random.Generator
) -> Array:
    """Gaussian noise of standard deviation 1 that lasts.

    Parameters
    ----------
    time : (time,) float
        Increasing seconds, even or not.
    columns : int
        How many curves, independent of one another.
    lasting_s : float
        See :class:`Part`.
    rng : numpy.random.Generator

    Returns
    -------
    (time, columns) float

    Notes
    -----
    A cubic B-spline of independent normal weights on even knots that begin anywhere,
    scaled to the same variance at every moment; over many draws its correlation is that
    of :func:`correlation` within 0.02.

    Examples
    --------
    >>> noise = lasting_noise([0.0, 0.1, 9.0], 9000, 1.0, np.random.default_rng(0))
    >>> abs(np.corrcoef(noise)[0]).round(1).tolist()
    [1.0, 1.0, 0.0]
    """
    t = np.asarray(time, dtype=np.float64)
    found = spline(t, lasting_s, rng)
    if found is None:
        return rng.standard_normal((t.size, columns))
    first, weight = found
    knots = rng.standard_normal((int(first[-1]) + 4, columns))
    out: Array = weight[0, :, np.newaxis] * knots[first]
    for k in range(1, 4):
        out += weight[k, :, np.newaxis] * knots[first + k]
    return out


def spline(
    time: Array, lasting_s: float, rng: np.random.Generator
) -> tuple[NDArray[np.intp], Array] | None:
    """First knot of the four about each moment, (time,), and their weights, (4, time).

    None for noise that does not outlast a frame: it is new at each.
    """
    apart = _KNOT * lasting_s
    if time.size < 2 or 4.0 * apart <= float(np.diff(time).min()):
        return None
    place = (time - time[0]) / apart + rng.uniform()
    first = np.floor(place).astype(np.intp)
    return first, _spline_weights(place - first)


def _spline_weights(share: Array) -> Array:
    """Weights of the four knots about a moment, (4, n), their squares summing to 1."""
    back = 1.0 - share
    near, far = (3.0 * x**3 - 6.0 * x**2 + 4.0 for x in (share, back))
    weight = np.stack([back**3, near, far, share**3])
    return np.asarray(weight / np.sqrt((weight**2).sum(axis=0)))


def half_width(
    value: ArrayLike, drawn: ArrayLike, *, period: float | None = None
) -> Array:
    """Half the width of the 90 % interval about a value.

    Parameters
    ----------
    value : (...) float
        Computed from the points that the copies were made of.
    drawn : (count, ...) float
        Computed from each copy; NaN where a copy has none.
    period : float, optional
        Of a value that wraps.

    Returns
    -------
    (...) float
        In the unit of the value. NaN where the value is NaN, or where fewer than half
        of the copies have one; infinite where the copies are too few to tell (8 or
        fewer).

    Notes
    -----
    The distance from the value within which 90 % of the copies lie. It is taken about
    the value and not about the middle of the copies: noise lengthens every path and
    raises every peak, in a copy as it did in the recording, and what it adds belongs to
    the error. Points that err already are moved less by a second error: one that grows
    with the size of the noise by sqrt(2) - 1 of what the first did, one that grows with
    its square by as much. The shift of the copies' median counts between the two,
    :data:`AGAIN` times. The ``ceil(0.9 (n + 1))``-th smallest of ``n`` distances holds
    one more draw of the same kind in at least 90 % of cases, however they are spread
    [1]_.

    References
    ----------
    .. [1] S. S. Wilks, "Determination of sample sizes for setting tolerance limits",
       Ann. Math. Stat. 12, 1941.

    Examples
    --------
    >>> float(half_width(0.0, np.linspace(-1.0, 1.0, 201)).round(2))
    0.91
    """
    v, d = (np.asarray(a, dtype=np.float64) for a in (value, drawn))
    far = d - v
    if period is not None:
        far = far - period * np.round(far / period)
    any_seen = np.isfinite(far).any(axis=0)
    shift = np.nanmedian(np.where(any_seen, far, 0.0), axis=0)
    far = far + (AGAIN - 1.0) * shift
    ordered = np.sort(np.abs(far), axis=0)  # NaN last
    seen = np.isfinite(ordered).sum(axis=0)
    rank = np.ceil(LEVEL * (seen + 1) - 1e-9).astype(np.intp)
    enough = np.clip(rank - 1, 0, len(d) - 1)
    picked = np.take_along_axis(ordered, enough[np.newaxis], axis=0)[0]
    out = np.where(rank > seen, np.inf, picked)
    return np.where(np.isfinite(v) & (seen >= _FEWEST * len(d)), out, np.nan)


def agreement(label: object, drawn: Sequence[object]) -> float:
    """Share of the copies that say the same, 0 to 1; 0 of none.

    Examples
    --------
    >>> agreement("left", ["left", "left", "right", "left"])
    0.75
    """
    return sum(other == label for other in drawn) / len(drawn) if drawn else 0.0
