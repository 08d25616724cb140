"""Limbs from angles: the geometry of legs, feet, arms, trunk and head.

Everything here is arrays in, arrays out: angles in degrees of shape (frames,),
points and directions of shape (frames, 3) in the stage frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
UP: Array = np.array([0.0, 1.0, 0.0])


def sine(degrees: Array) -> Array:
    """Sine of degrees as a column, (frames, 1), ready to multiply directions."""
    out: Array = np.sin(np.radians(degrees))[..., np.newaxis]
    return out


def cosine(degrees: Array) -> Array:
    """Cosine of degrees as a column, (frames, 1)."""
    out: Array = np.cos(np.radians(degrees))[..., np.newaxis]
    return out


def unit(vector: Array) -> Array:
    """Vectors of length one; NaN where there is no length."""
    out: Array = vector / np.linalg.norm(vector, axis=-1, keepdims=True)
    return out


def dot(a: Array, b: Array) -> Array:
    """Inner product over space as a column, (frames, 1)."""
    out: Array = np.sum(a * b, axis=-1, keepdims=True)
    return out


@dataclass(frozen=True)
class Axes:
    """Horizontal axes of a part of the body: forward and left, (frames, 3) each."""

    forward: Array
    left: Array

    @classmethod
    def facing(cls, heading: Array) -> Axes:
        """Axes of a heading in degrees, 0 = audience, positive to the left.

        Examples
        --------
        >>> Axes.facing(np.array([90.0])).forward.round(9).tolist()
        [[1.0, 0.0, 0.0]]
        """
        x, z = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
        s, c = sine(heading), cosine(heading)
        return cls(forward=s * x + c * z, left=c * x - s * z)

    def towards(self, azimuth: Array, sign: float) -> Array:
        """Horizontal direction: 0 ahead, 90 to the own side, 180 behind."""
        return cosine(azimuth) * self.forward + sign * sine(azimuth) * self.left

    def aimed(self, height: Array, azimuth: Array, sign: float) -> Array:
        """Direction raised by ``height`` from straight down, towards ``azimuth``."""
        return sine(height) * self.towards(azimuth, sign) - cosine(height) * UP

    def leaning(self, pitch: Array, side: Array) -> Array:
        """Upward direction whose projections lean forward and to the left.

        ``pitch`` is seen from the side and ``side`` from the front; both below
        90 degrees in size.
        """
        ahead, left = np.tan(np.radians(pitch)), np.tan(np.radians(side))
        return unit(UP + ahead[:, None] * self.forward + left[:, None] * self.left)

    def along(self, axis: Array, yaw: Array) -> Axes:
        """Axes at right angles to a leaning axis, turned about it to the left."""
        ahead = unit(self.forward - dot(self.forward, axis) * axis)
        left = np.cross(axis, ahead)
        s, c = sine(yaw), cosine(yaw)
        return Axes(forward=c * ahead + s * left, left=c * left - s * ahead)


def swung(direction: Array, leg: Array) -> Array:
    """A horizontal direction carried along when a hanging leg swings to ``leg``.

    The swing is the shortest one, without twist: it keeps the leg's turnout.

    Parameters
    ----------
    direction : (frames, 3) float
        Unit horizontal direction, at right angles to the hanging leg.
    leg : (frames, 3) float
        Unit direction from hip to ankle, not straight up.

    Returns
    -------
    (frames, 3) float
        Unit direction at right angles to ``leg``.

    Examples
    --------
    >>> swung(np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 0.0, 1.0]])).tolist()
    [[0.0, 1.0, 0.0]]
    """
    out: Array = direction - dot(direction, leg) / (1.0 - dot(UP, leg)) * (leg - UP)
    return out


def reach(flexion: Array, upper: float, lower: float) -> Array:
    """Distance between the ends of two links, (frames,), in their unit.

    ``flexion`` in degrees, 0 = straight.

    Examples
    --------
    >>> reach(np.array([60.0]), 0.4, 0.4).round(6).tolist()
    [0.69282]
    """
    bend = np.radians(flexion)
    out: Array = np.sqrt(upper**2 + lower**2 + 2 * upper * lower * np.cos(bend))
    return out


def flexion_of(distance: Array, upper: float, lower: float) -> Array:
    """Flexion in degrees, (frames,), that sets the ends of two links so far apart.

    0 where the distance is more than both links together.
    """
    cosines = (distance**2 - upper**2 - lower**2) / (2 * upper * lower)
    out: Array = np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0)))
    return out


def joint(
    start: Array, aim: Array, bulge: Array, flexion: Array, links: Links
) -> Array:
    """Point between two links that start at ``start`` and end along ``aim``.

    Parameters
    ----------
    start, aim, bulge : (frames, 3) float
        First end; unit direction to the other end; unit direction, at right angles
        to it, towards which the joint bends.
    flexion : (frames,) float
        Degrees, 0 = straight.
    links : tuple of two floats
        Lengths of the upper and the lower link.

    Returns
    -------
    (frames, 3) float
    """
    upper, lower = links
    whole = reach(flexion, upper, lower)[:, np.newaxis]
    along = (upper**2 - lower**2 + whole**2) / (2.0 * whole)
    out: Array = start + along * aim + upper * lower * sine(flexion) / whole * bulge
    return out


Links = tuple[float, float]


def lower_link_angle(flexion: Array, links: Links) -> Array:
    """Angle in degrees between the lower link and the line from end to end."""
    upper, lower = links
    bend = np.radians(flexion)
    out: Array = np.degrees(
        np.arctan2(upper * np.sin(bend), lower + upper * np.cos(bend))
    )
    return out
