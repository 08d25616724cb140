"""The bones by which a single pose is compared, fast and at any facing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.align.features import DEPTH_SAY
from repetiteur.errors import InvalidPoses
from repetiteur.kernels import following
from repetiteur.kinematics.directions import BONES
from repetiteur.model.body import Body
from repetiteur.model.skeletons import other_side

Array = NDArray[np.float64]

_HIPS, _SHOULDERS = ("left_hip", "right_hip"), ("left_shoulder", "right_shoulder")
_EARS = ("left_ear", "right_ear")
#: The lines across the body: they say how it is twisted.
_ACROSS = {"hips": (*_HIPS, 1.0), "shoulders": (*_SHOULDERS, 1.0)}
#: Bones shorter than this, m, count less: the same error of a point turns them more.
_SHORT = 0.3


@dataclass(frozen=True)
class Bones:
    """Which points of a pose make which bones, and how much each bone counts.

    Attributes
    ----------
    names : tuple of str
        Keypoints that are looked at.
    ends : (bones, 4) int
        Each bone goes from the middle of the first two to the middle of the others.
    scales : (bones, 3) float
        Length of a direction along each axis; the squares of one axis that counts whole
        sum to 1.
    """

    names: tuple[str, ...]
    ends: NDArray[np.int64]
    scales: Array
    #: Without these there is no trunk.
    needed: ClassVar[tuple[str, ...]] = _HIPS + _SHOULDERS

    def place_of(self, points: Mapping[str, ArrayLike]) -> Array:
        """The points of one pose, (points, 3); NaN where not seen."""
        out = np.full((len(self.names), 3), np.nan)
        for k, name in enumerate(self.names):
            if name in points:
                out[k] = _coordinates(name, points[name])
        return out

    def of_pose(self, place: Array, *, mirrored: bool) -> Array:
        """Directions of one pose or of its mirror image, (bones, 3)."""
        if mirrored:
            swap = [self.names.index(other_side(name)) for name in self.names]
            place = place[swap] * [-1.0, 1.0, 1.0]
        found = following.directions(place[None], self.ends)
        return np.asarray(found[0] * self.scales)

    def of_body(self, body: Body) -> Array:
        """Directions of all frames, (time, bones, 3)."""
        place = np.stack([body[name] for name in self.names], axis=1)
        return np.asarray(following.directions(place, self.ends) * self.scales)


def bones_of(body: Body) -> Bones:
    """The bones of a body, those weighed less that are short in it.

    Parameters
    ----------
    body : Body
        With hips and shoulders.

    Returns
    -------
    Bones
    """
    bones = {**BONES, **_ACROSS}
    middles = {"pelvis": _HIPS, "neck": _SHOULDERS, "head": _head(body)}
    pairs = [(*_both(a, middles), *_both(b, middles)) for a, b, _ in bones.values()]
    names = tuple(dict.fromkeys(name for ends in pairs for name in ends))
    ends = np.array([[names.index(name) for name in four] for four in pairs])
    place = np.stack([body[name] for name in names])
    a, b, c, d = place[ends.T]
    length = np.linalg.norm(0.5 * (c + d) - 0.5 * (a + b), axis=2)
    usual = [np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else 0.0
             for row in length]  # fmt: skip
    weights = np.array([weight for *_, weight in bones.values()])
    weights *= np.minimum(np.array(usual) / _SHORT, 1.0) ** 2
    axes = np.array([1.0, 1.0, 1.0 if body.space == "3d" else DEPTH_SAY])
    return Bones(names, ends, np.sqrt(weights / weights.sum())[:, None] * axes)


def _both(name: str, middles: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    return middles.get(name, (name, name))


def _head(body: Body) -> tuple[str, str]:
    """A point high in the head, as in :func:`~repetiteur.kinematics.directions`."""
    for name in ("head_top", "nose", "head"):
        if body.has(name):
            return name, name
    return _EARS


def _coordinates(name: str, value: ArrayLike) -> Array:
    try:
        place = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        place = np.empty(0)
    if place.shape != (3,):
        raise InvalidPoses(
            f"Following needs three coordinates of each keypoint, in metres, and "
            f"{name} came as {str(value)[:40]!r}. Give x, y, z, or NaN where not seen."
        )
    return np.where(np.isfinite(place), place, np.nan)
