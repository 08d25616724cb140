"""Errors of points carried to whatever is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Points = Mapping[str, Array]

#: Half-width of a 90 % interval, in standard deviations along an axis: of an error to
#: either side, and of the length of one in a plane.
_NORMAL_90, _RAYLEIGH_90 = 1.645, float(np.sqrt(2.0 * np.log(10.0)))


def propagate(
    function: Callable[[Points], ArrayLike],
    points: Points,
    sd: Points,
    *,
    period: float | None = None,
) -> Array:
    """Standard deviation of a curve, from those of the points it is computed from.

    Each coordinate in turn is moved by one standard deviation to either side; the
    curve's mean square response, summed over all coordinates, is its variance.

    Parameters
    ----------
    function : callable
        ``function(points) -> (time, ...) float``, each frame by itself.
    points : mapping of str to (time, 3) float
        NaN means "not seen". Any number of coordinates will do.
    sd : mapping of str to (time, 3) float
        Standard deviation of each coordinate, in the unit of the points, for any of
        them; a point without one, or with 0, counts as exact.
    period : float, optional
        Of a curve that wraps, such as 360 for a heading: differences are then taken
        the shorter way round.

    Returns
    -------
    (time, ...) float
        In the curve's unit. NaN where the curve is NaN, and where it depends on a
        coordinate whose standard deviation is NaN; a point that the curve does not look
        at has no say. Where one step leads out of the curve's range (NaN), the other
        one stands for both.

    Notes
    -----
    To first order this is the law of propagation of uncertainty for uncorrelated
    inputs [1]_. Steps of a whole standard deviation, both squared on their own, keep
    what a derivative loses: the bend of a straight knee is 0, its slope is 0 on
    average, and yet any error bends it.

    References
    ----------
    .. [1] JCGM 100:2008, "Guide to the expression of uncertainty in measurement",
       section 5.1.2 and its note 2 (numerical steps of one standard uncertainty).

    Examples
    --------
    >>> points = {"hip": np.array([[0.0, 1.0, 0.0]]), "knee": np.zeros((1, 3))}
    >>> thigh = lambda p: np.linalg.norm(p["hip"] - p["knee"], axis=-1)
    >>> sd = {"hip": np.array([[0.0, 0.03, 0.0]]), "knee": np.array([[0.0, 0.04, 0.0]])}
    >>> propagate(thigh, points, sd).round(9).tolist()
    [0.05]
    """
    return propagate_parts(function, points, [sd], period=period)[0]


def propagate_parts(
    function: Callable[[Points], ArrayLike],
    points: Points,
    parts: Sequence[Points],
    *,
    period: float | None = None,
    at_once: int = 1,
) -> list[Array]:
    """As :func:`propagate`, of an error that is the sum of several.

    Parameters
    ----------
    function, points, period
        As there.
    parts : sequence of mapping of str to (time, 3) float
        Standard deviations of each part of the error.
    at_once : int
        How many copies of the points, each with one coordinate moved, the function is
        given in one call, one after another along time: of a few frames a call takes
        longer than the frames.

    Returns
    -------
    list of (time, ...) float
        Standard deviation of the curve by each part. Steps are as long as the whole
        error, whatever the number of parts, and what a coordinate adds to the variance
        is shared among them as its own variance is.

    Examples
    --------
    >>> points = {"knee": np.zeros((1, 3))}
    >>> parts = [{"knee": np.array([[0.0, sd, 0.0]])} for sd in (0.03, 0.04)]
    >>> height = lambda p: 2.0 * p["knee"][:, 1]
    >>> [sd.round(9).tolist() for sd in propagate_parts(height, points, parts)]
    [[0.06], [0.08]]
    """
    value = np.asarray(function(points), dtype=np.float64)
    variances = [np.where(np.isfinite(value), 0.0, np.nan) for _ in parts]
    whole = {
        name: np.sqrt(sum(part[name] ** 2 for part in parts if name in part))
        for name in points
        if any(name in part for part in parts)
    }
    moves = _moves(points, whole)
    changes = _changes(function, points, moves, value, at_once)
    pairs = max(at_once // 2, 1)
    for first in range(0, len(moves), 2 * pairs):
        some = moves[first : first + 2 * pairs : 2]
        both = np.stack(list(islice(changes, 2 * len(some))))
        added = _added(_difference(both[::2], period), _difference(both[1::2], period))
        for k, part in enumerate(parts):
            variances[k] = variances[k] + _shared(added, some, part, whole)
    return [np.sqrt(variance) for variance in variances]


def _added(rise: Array, fall: Array) -> Array:
    """What coordinates add to a variance; where one of two steps fails, the other's."""
    up = np.where(np.isfinite(rise), rise, fall)
    down = np.where(np.isfinite(fall), fall, rise)
    return np.asarray(0.5 * (up**2 + down**2))


def _shared(added: Array, moves: Sequence[_Move], part: Points, whole: Points) -> Array:
    """Sum of what each coordinate adds, (n, time, ...), as far as a part has a share.

    Of nothing, and of a coordinate that is not known, a part has all.
    """
    own = [k for k, move in enumerate(moves) if move.name in part]
    if not own:
        return np.zeros(added.shape[1:])
    its, all_ = (
        np.stack([sd[moves[k].name][..., moves[k].axis] for k in own]) ** 2
        for sd in (part, whole)
    )
    share = np.ones(all_.shape)
    np.divide(its, all_, out=share, where=all_ > 0.0)
    each = share.reshape(share.shape + (1,) * (added.ndim - share.ndim))
    return np.asarray((added[own] * each).sum(axis=0))


class _Move(NamedTuple):
    """By how much one coordinate of a point is moved in each frame, (time,)."""

    name: str
    axis: int
    way: Array


def _moves(points: Points, sd: Points) -> list[_Move]:
    """Each coordinate moved up, and then down, by its standard deviation."""
    return [
        _Move(name, axis, sign * sd[name][..., axis])
        for name, place in points.items()
        if name in sd
        for axis in range(place.shape[-1])
        if np.any(sd[name][..., axis])
        for sign in (1.0, -1.0)
    ]


def _changes(
    function: Callable[[Points], ArrayLike],
    points: Points,
    moves: Sequence[_Move],
    value: Array,
    at_once: int,
) -> Iterator[Array]:
    """By how much each move changes the curve, (time, ...)."""
    for first in range(0, len(moves), at_once):
        some = moves[first : first + at_once]
        found = np.asarray(function(_moved(points, some)), dtype=np.float64)
        yield from found.reshape(len(some), *value.shape) - value


def _moved(points: Points, moves: Sequence[_Move]) -> Points:
    """A copy of the points for each move, one after another along time."""
    many = len(moves)
    out = dict(points)
    if many > 1:
        out = {name: np.tile(place, (many, 1)) for name, place in points.items()}
    else:
        out[moves[0].name] = points[moves[0].name].copy()
    for k, (name, axis, way) in enumerate(moves):
        out[name][k * len(way) : (k + 1) * len(way), axis] += way
    return out


def _difference(change: Array, period: float | None) -> Array:
    if period is None:
        return change
    return np.asarray(change - period * np.round(change / period))


def folded_half(
    value: ArrayLike, half: ArrayLike, *, lowest: float = 0.0, highest: float = 180.0
) -> Array:
    """Half-width of a 90 % interval of an angle that folds at its ends.

    Parameters
    ----------
    value : (...) float
        Angle between two directions in space, 0 to 180 degrees.
    half : (...) float
        Half the width of its interval by propagation, degrees.
    lowest, highest : float
        Where it folds.

    Returns
    -------
    (...) float
        Degrees: up to the end, where that may be the truth, and otherwise as it was.

    Notes
    -----
    Any error bends a straight knee. With an error of standard deviation s in both
    directions across the leg, a straight one shows a bend that follows Rayleigh's
    distribution: more than 1.645 s in 26 % of frames, more than sqrt(2 ln 10) s = 2.146
    s in 10 %. So a bend below 2.146 s may be none.

    Examples
    --------
    >>> folded_half([1.0, 3.5, 9.0, 177.0], 3.0).round(2).tolist()
    [3.0, 3.5, 3.0, 3.0]
    """
    v, h = (np.asarray(a, dtype=np.float64) for a in (value, half))
    end = np.minimum(v - lowest, highest - v)
    may_be_straight = (end > h) & (end <= _RAYLEIGH_90 / _NORMAL_90 * h)
    return np.where(may_be_straight, end, h)


def crossing_sd(sd: ArrayLike, slope: ArrayLike, step_s: ArrayLike) -> Array:
    """Standard deviation of the moment at which a curve crosses a threshold.

    Parameters
    ----------
    sd : (...) float
        Of the curve there, and of the threshold.
    slope : (...) float
        Of the curve there, its unit a second.
    step_s : (...) float
        Seconds between the two frames around it; 0 where the moment between them is
        known.

    Returns
    -------
    (...) float
        Seconds: the error of the curve over its slope, and with it that of a moment
        that may lie anywhere between two frames, ``step / sqrt(12)``. Infinite where
        the curve does not move.

    Examples
    --------
    >>> float(crossing_sd(0.005, 2.5, 0.0)), float(crossing_sd(0.0, 2.5, 0.12).round(4))
    (0.002, 0.0346)
    """
    error, rate, step = (np.abs(np.asarray(a, float)) for a in (sd, slope, step_s))
    late = np.full(np.broadcast_shapes(error.shape, rate.shape), np.inf)
    np.divide(error, rate, out=late, where=rate > 0.0)
    late = np.where(error == 0.0, 0.0, late)
    return np.asarray(np.hypot(late, step / np.sqrt(12.0)))
