"""Angles and headings of points and directions in space.

Points and directions are ``(..., 3)`` arrays in the stage frame: x stage left, y up,
z towards the audience. NaN means "not seen" and comes back as NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    v = np.asarray(vector, dtype=np.float64)
    length = np.linalg.norm(v, axis=-1, keepdims=True)
    out = np.full(v.shape, np.nan)
    np.divide(v, length, out=out, where=length > 1e-12)
    return out


def angle_between(u: ArrayLike, v: ArrayLike) -> Array:
    """Angle between two directions.

    Parameters
    ----------
    u, v : (..., 3) float
        Of any length.

    Returns
    -------
    (...) float
        Degrees, 0 to 180; NaN where a direction is missing or has no length.

    Notes
    -----
    Twice the arctangent of |u - v| over |u + v| stays exact near 0 and 180 degrees,
    where the arc cosine loses half of its digits [1]_.

    References
    ----------
    .. [1] W. Kahan, "How Futile are Mindless Assessments of Roundoff in
       Floating-Point Computation?", 2006.

    Examples
    --------
    >>> float(angle_between([1.0, 0, 0], [0, 2.0, 0]).round(9))
    90.0
    """
    a, b = unit(u), unit(v)
    apart = np.linalg.norm(a - b, axis=-1)
    along = np.linalg.norm(a + b, axis=-1)
    return np.asarray(np.degrees(2.0 * np.arctan2(apart, along)))


def flexion(proximal: ArrayLike, joint: ArrayLike, distal: ArrayLike) -> Array:
    """How far a joint is bent from straight.

    Parameters
    ----------
    proximal, joint, distal : (..., 3) float
        Points in one unit of length.

    Returns
    -------
    (...) float
        Degrees, 0 (straight) to 180 (folded).

    Examples
    --------
    >>> float(flexion([0, 1.0, 0], [0, 0, 0], [1.0, 0, 0]).round(9))
    90.0
    """
    p, j, d = (np.asarray(x, dtype=np.float64) for x in (proximal, joint, distal))
    return angle_between(j - p, d - j)


def elevation(direction: ArrayLike) -> Array:
    """Height of a limb: angle from straight down.

    Parameters
    ----------
    direction : (..., 3) float
        From the limb's root to its end.

    Returns
    -------
    (...) float
        Degrees: 0 hanging, 90 horizontal, 180 straight up.

    Examples
    --------
    >>> float(elevation([1.0, 0.0, 0.0]).round(9))
    90.0
    """
    return angle_between(direction, DOWN)


def rise(direction: ArrayLike) -> Array:
    """Angle of a direction above the horizontal, degrees, -90 to 90.

    Examples
    --------
    >>> float(rise([1.0, 1.0, 0.0]).round(9))
    45.0
    """
    v = np.asarray(direction, dtype=np.float64)
    return np.degrees(np.arctan2(v[..., 1], np.hypot(v[..., 0], v[..., 2])))


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
    v = np.asarray(left, dtype=np.float64)
    flat = np.stack([-v[..., 2], np.zeros(v.shape[:-1]), v[..., 0]], axis=-1)
    return unit(flat)


def yaw(front: ArrayLike) -> Array:
    """Heading of a horizontal direction.

    Parameters
    ----------
    front : (..., 3) float

    Returns
    -------
    (...) float
        Degrees in (-180, 180]: 0 faces the audience, positive is turned to the
        dancer's left (anticlockwise seen from above). Not unwrapped.

    Examples
    --------
    >>> float(yaw([1.0, 0.0, 1.0]).round(9))
    45.0
    """
    v = np.asarray(front, dtype=np.float64)
    return np.degrees(np.arctan2(v[..., 0], v[..., 2]))


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
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    return np.stack(np.broadcast_arrays(c * x + s * z, y, c * z - s * x), axis=-1)


def wrap(degrees: ArrayLike) -> Array:
    """Angles folded to (-180, 180].

    Examples
    --------
    >>> wrap([190.0, -180.0, 540.0]).tolist()
    [-170.0, 180.0, 180.0]
    """
    return 180.0 - np.mod(180.0 - np.asarray(degrees, dtype=np.float64), 360.0)
