"""Errors of points carried to whatever is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Points = Mapping[str, Array]


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
        ``function(points) -> (time,) float``, each frame by itself.
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
    (time,) float
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
    value = np.asarray(function(points), dtype=np.float64)
    variance = np.where(np.isfinite(value), 0.0, np.nan)
    for up, down in _steps(points, sd):
        rise, fall = (
            _difference(np.asarray(function(p), dtype=np.float64) - value, period)
            for p in (up, down)
        )
        rise, fall = (
            np.where(np.isfinite(rise), rise, fall),
            np.where(np.isfinite(fall), fall, rise),
        )
        variance = variance + 0.5 * (rise**2 + fall**2)
    return np.sqrt(variance)


def _steps(points: Points, sd: Points) -> Iterator[tuple[Points, Points]]:
    """The points with one coordinate moved up, and moved down; each in its turn."""
    for name, place in points.items():
        if name not in sd:
            continue
        step = np.asarray(sd[name], dtype=np.float64)
        for axis in range(place.shape[-1]):
            if not np.any(step[..., axis]):
                continue
            move = np.zeros(place.shape)
            move[..., axis] = step[..., axis]
            yield {**points, name: place + move}, {**points, name: place - move}


def _difference(change: Array, period: float | None) -> Array:
    if period is None:
        return change
    return np.asarray(change - period * np.round(change / period))
