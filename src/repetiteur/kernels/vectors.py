"""Directions in space, and what of them lies along others.

Points and directions are ``(..., 3)`` arrays in the stage frame: x stage left, y up,
z towards the audience. NaN means "not seen" and comes back as NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _loops

Array = NDArray[np.float64]

DOWN = np.array([0.0, -1.0, 0.0])
UP = np.array([0.0, 1.0, 0.0])


def unit(vector: ArrayLike) -> Array:
    """Directions of length one; NaN where a vector has no length.

    Parameters
    ----------
    vector : (..., 3) float

    Returns
    -------
    (..., 3) float

    Examples
    --------
    >>> unit([0.0, 3.0, 4.0]).tolist()
    [0.0, 0.6, 0.8]
    """
    return _loops.vectors(_loops.unit, vector)


def length(vector: ArrayLike) -> Array:
    """Lengths of vectors, (...) float; NaN where one is missing.

    Examples
    --------
    >>> length([[0.0, 3.0, 4.0]]).tolist()
    [5.0]
    """
    return _loops.numbers(_loops.length, vector)


def forward(left: ArrayLike) -> Array:
    """Horizontal direction to the front of a body whose left axis is given.

    Parameters
    ----------
    left : (..., 3) float
        From the right hip (or shoulder) to the left one.

    Returns
    -------
    (..., 3) float
        Unit and horizontal; NaN where the left axis is vertical or missing.

    Examples
    --------
    >>> forward([0.0, 0.3, 2.0]).round(9).tolist()
    [-1.0, 0.0, 0.0]
    """
    return unit(ahead(left))


def ahead(left: ArrayLike) -> Array:
    """:func:`forward` as far as the left axis is level.

    Parameters
    ----------
    left : (..., 3) float
        From the right hip (or shoulder) to the left one.

    Returns
    -------
    (..., 3) float
        Horizontal; of length 1 where the left axis is level, and the shorter the more
        upright it is. NaN where it is missing.

    Examples
    --------
    >>> ahead([0.0, 3.0, 4.0]).tolist()
    [-0.8, 0.0, 0.0]
    """
    return _loops.vectors(_loops.ahead, left)


def turn(points: ArrayLike, degrees: ArrayLike) -> Array:
    """Points turned about the vertical through the origin.

    Parameters
    ----------
    points : (..., 3) float
    degrees : float or (...) float
        Positive to the dancer's left: adds to the heading.

    Returns
    -------
    (..., 3) float

    Examples
    --------
    >>> turn([0.0, 0.0, 1.0], 90.0).round(9).tolist()
    [1.0, 0.0, 0.0]
    """
    p = np.asarray(points, dtype=np.float64)
    angle = np.radians(np.asarray(degrees, dtype=np.float64))
    shape = np.broadcast_shapes(p.shape[:-1], angle.shape)
    rows, angles = _loops.row(p, (*shape, 3)), _loops.row(angle, shape)
    return _loops.turn(rows, np.sin(angles), np.cos(angles)).reshape(*shape, 3)


def dot(u: ArrayLike, v: ArrayLike) -> Array:
    """Inner products of vectors, (...) float.

    Examples
    --------
    >>> dot([[1.0, 2.0, 3.0]], [0.0, 1.0, 2.0]).tolist()
    [8.0]
    """
    return _loops.numbers(_loops.dot, u, v)


def across(vector: ArrayLike, axis: ArrayLike) -> Array:
    """What of a vector stands out of an axis.

    Parameters
    ----------
    vector, axis : (..., 3) float

    Returns
    -------
    (..., 3) float
        The component perpendicular to the axis; NaN where the axis has no length.

    Examples
    --------
    >>> across([1.0, 2.0, 3.0], [0.0, 5.0, 0.0]).tolist()
    [1.0, 0.0, 3.0]
    """
    return _loops.vectors(_loops.across, vector, axis)


def seen_sum(one: ArrayLike, other: ArrayLike) -> Array:
    """Sum of two vectors, (..., 3) float; one that was not seen adds nothing.

    Examples
    --------
    >>> seen_sum([1.0, 2.0, 3.0], [np.nan, np.nan, np.nan]).tolist()
    [1.0, 2.0, 3.0]
    """
    return _loops.vectors(_loops.seen_sum, one, other)


def mean_line(one: ArrayLike, other: ArrayLike) -> Array:
    """Sum of two vectors of which the other may point the wrong way.

    Parameters
    ----------
    one, other : (..., 3) float

    Returns
    -------
    (..., 3) float
        One and the other turned to the same side as one; where only one of the two was
        seen, that one.

    Examples
    --------
    >>> mean_line([0.0, 0.0, 1.0], [0.5, 0.0, -1.0]).tolist()
    [-0.5, 0.0, 2.0]
    """
    return _loops.vectors(_loops.mean_line, one, other)
