"""Angles and headings of points and directions in space.

Points and directions are ``(..., 3)`` arrays in the stage frame: x stage left, y up,
z towards the audience. NaN means "not seen" and comes back as NaN. The vectors
themselves are those of :mod:`repetiteur.kernels.vectors`, and go by this name too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _loops
from repetiteur.kernels.vectors import (
    DOWN,
    UP,
    across,
    ahead,
    dot,
    forward,
    length,
    mean_line,
    seen_sum,
    turn,
    unit,
)  # fmt: skip

__all__ = (
    "DOWN",
    "UP",
    "across",
    "ahead",
    "angle_between",
    "azimuth",
    "bearing",
    "dot",
    "elevation",
    "facing",
    "flexion",
    "forward",
    "lean",
    "length",
    "mean_line",
    "rise",
    "seen_sum",
    "turn",
    "unit",
    "unwrap",
    "wrap",
    "yaw",
)  # fmt: skip

Array = NDArray[np.float64]


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
    return _loops.numbers(_loops.between, u, v)


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
    return _loops.numbers(_loops.flexion, proximal, joint, distal)


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
    return _loops.numbers(_loops.elevation, direction)


def rise(direction: ArrayLike) -> Array:
    """Angle of a direction above the horizontal.

    Parameters
    ----------
    direction : (..., 3) float

    Returns
    -------
    (...) float
        Degrees, -90 to 90; NaN where a direction is missing or has no length.

    Examples
    --------
    >>> float(rise([1.0, 1.0, 0.0]).round(9))
    45.0
    """
    return _loops.numbers(_loops.rise, direction)


def yaw(front: ArrayLike) -> Array:
    """Heading of a horizontal direction.

    Parameters
    ----------
    front : (..., 3) float

    Returns
    -------
    (...) float
        Degrees in (-180, 180]: 0 faces the audience, positive is turned to the
        dancer's left (anticlockwise seen from above); NaN where a direction is missing
        or vertical. Not unwrapped.

    Examples
    --------
    >>> float(yaw([1.0, 0.0, 1.0]).round(9))
    45.0
    """
    return _loops.numbers(_loops.yaw, front)


def facing(left: ArrayLike) -> Array:
    """Heading of a body whose left axis is given: yaw of :func:`forward`.

    Parameters
    ----------
    left : (..., 3) float
        From the right hip (or shoulder) to the left one, of any length.

    Returns
    -------
    (...) float
        As :func:`yaw`.

    Examples
    --------
    >>> float(facing([0.0, 0.1, -0.3]).round(9))
    90.0
    """
    return _loops.numbers(_loops.facing, left)


def azimuth(direction: ArrayLike, front: ArrayLike) -> Array:
    """Angle seen from above between a direction and the front.

    Parameters
    ----------
    direction, front : (..., 3) float
        Of any length and height.

    Returns
    -------
    (...) float
        Degrees in (-180, 180], positive to the dancer's left of the front; NaN where
        one is missing or vertical.

    Examples
    --------
    >>> float(azimuth([1.0, -0.4, 0.0], [0.0, 0.0, 1.0]).round(9))
    90.0
    """
    return _loops.numbers(_loops.azimuth, direction, front)


def bearing(direction: ArrayLike, left: ArrayLike) -> Array:
    """:func:`azimuth` against the front of a body whose left axis is given.

    Parameters
    ----------
    direction, left : (..., 3) float
        Of any length and height.

    Returns
    -------
    (...) float
        Degrees in (-180, 180], positive to the dancer's left.

    Examples
    --------
    >>> float(bearing([1.0, -0.4, 0.0], [0.3, 0.0, 0.0]).round(9))
    90.0
    """
    return _loops.numbers(_loops.bearing, direction, left)


def lean(along: ArrayLike, up: ArrayLike) -> Array:
    """Lean of a unit direction from upright in one vertical plane.

    Parameters
    ----------
    along, up : (time,) float
        Its horizontal and its vertical component in that plane.

    Returns
    -------
    (time,) float
        Degrees, positive along. NaN where the direction lies more than 60 degrees
        out of the plane, or hangs head down: there the angle says nothing.

    Examples
    --------
    >>> lean([0.0, 1.0, 0.1], [1.0, 0.0, 0.1]).tolist()
    [0.0, 90.0, nan]
    """
    a, u = (np.asarray(part, dtype=np.float64) for part in (along, up))
    return _loops.lean(a.ravel(), u.ravel()).reshape(u.shape)


def wrap(degrees: ArrayLike) -> Array:
    """Angles folded to (-180, 180].

    Examples
    --------
    >>> wrap([190.0, -180.0, 540.0]).tolist()
    [-170.0, 180.0, 180.0]
    """
    return 180.0 - np.mod(180.0 - np.asarray(degrees, dtype=np.float64), 360.0)


def unwrap(degrees: ArrayLike, *, period: float = 360.0) -> Array:
    """Angles over time without jumps: each within half a period of the last one seen.

    Parameters
    ----------
    degrees : (time,) float
        NaN is passed over.
    period : float
        360 for directions, 180 for lines, whose two ends are not told apart.

    Returns
    -------
    (time,) float
        NaN where the input is.

    Examples
    --------
    >>> unwrap([170.0, np.nan, -175.0, 0.0]).tolist()
    [170.0, nan, 185.0, 360.0]
    """
    out = np.array(degrees, dtype=np.float64)
    seen = np.isfinite(out)
    out[seen] = _loops.unwrap(out[seen], period)
    return out
