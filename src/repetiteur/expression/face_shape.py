"""A face turned to the front: points in its own axes, and how the head is held.

Axes are the face's own: x to the dancer's left, y up, z to where the face points; the
unit is the distance between the middles of the eyes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.rigid import rigid_motion, seen_from
from repetiteur.kernels.vectors import unit
from repetiteur.track.face_points import KEPT, NAMED

__all__ = ["Posed", "middle", "posed", "width_px"]

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

_AT = {number: place for place, number in enumerate(KEPT)}
_INDEX = {name: [_AT[n] for n in numbers] for name, numbers in NAMED.items()}
#: Pairs of the mesh that lie level in a face seen from the front, the dancer's right
#: first; and its middle line, from the chin to the forehead.
_LEVEL = ((33, 263), (133, 362), (54, 284), (127, 356), (234, 454))
_LINE = (152, 10)


@dataclass(frozen=True, eq=False)
class Posed:
    """A face in its own axes.

    Attributes
    ----------
    points : (frames, kept, 3) float
        In eye distances; NaN without a face.
    yaw, pitch, roll : (frames,) float
        Degrees: turned to the dancer's left, up, and tilted to the dancer's left
        shoulder.
    """

    points: Array
    yaw: Array
    pitch: Array
    roll: Array


def middle(points: Array, name: str) -> Array:
    """Middle of a named group of points, (frames, 3)."""
    return np.asarray(points[:, _INDEX[name]].mean(axis=1))


def width_px(points: Array) -> Array:
    """Width of a face from temple to temple in pixels, however it is turned."""
    right, left = (points[:, _AT[n]] for n in NAMED["sides"])
    return np.asarray(np.linalg.norm(left - right, axis=1))


def posed(points: Array, plain: Bools) -> Posed:
    """Turn the face of each frame to the front.

    Parameters
    ----------
    points : (frames, kept, 3) float
        Pixels, x right, y down, z away from the camera.
    plain : (frames,) bool
        Where the face can be trusted: the skull's own shape is taken from there.

    Returns
    -------
    Posed

    Notes
    -----
    The shape of the skull is the median over the trusted frames of the points that no
    muscle moves, each brought to common axes by the lines that are level and the line
    from chin to forehead; in every frame it is then laid on these points by least
    squares (:func:`~repetiteur.kernels.rigid.rigid_motion`). Level is a head whose
    line from chin to forehead is upright.
    """
    own = points * np.array([1.0, -1.0, -1.0])
    eyes = middle(own, "left_eye_corners") - middle(own, "right_eye_corners")
    own = own / np.linalg.norm(eyes, axis=1)[:, np.newaxis, np.newaxis]
    skull = own[:, _INDEX["skull"]]
    if not plain.any():
        none = np.full(len(points), np.nan)
        return Posed(np.full(points.shape, np.nan), none, none, none)
    shape = _shape(own[plain], skull[plain])
    rotation, shift = rigid_motion(shape, skull)
    ahead, up = rotation[:, :, 2], rotation[:, :, 1]
    return Posed(
        points=seen_from(rotation, shift, own),
        yaw=np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2])),
        pitch=np.degrees(np.arcsin(np.clip(ahead[:, 1], -1.0, 1.0))),
        roll=np.degrees(np.arctan2(up[:, 0], up[:, 1])),
    )


def _shape(own: Array, skull: Array) -> Array:
    """The skull's points in common axes, (points, 3), their middle at 0."""
    level = sum(unit(own[:, _AT[left]] - own[:, _AT[right]]) for right, left in _LEVEL)
    along = unit(np.asarray(level))
    line = own[:, _AT[_LINE[1]]] - own[:, _AT[_LINE[0]]]
    ahead = unit(np.cross(along, line))
    axes = np.stack([along, np.cross(ahead, along), ahead], axis=1)
    about = skull - skull.mean(axis=1, keepdims=True)
    return np.asarray(np.median(np.einsum("tij,tpj->tpi", axes, about), axis=0))
