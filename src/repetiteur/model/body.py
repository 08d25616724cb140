"""The arrays of one dancer, taken out of poses once.

Labels cost about half a millisecond a call, so a computation takes its arrays out
once, as a :class:`Body`, and works in numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import MissingKeypoints
from repetiteur.model.skeletons import other_side

Array = NDArray[np.float64]
#: ``3d`` is measured in space; ``2d`` is seen by one camera, its depth a guess.
Space = Literal["3d", "2d"]


@dataclass(frozen=True)
class Body:
    """The arrays of one dancer.

    Attributes
    ----------
    time : (time,) float
        Seconds.
    points : mapping of str to (time, 3) float
        Position of each keypoint that the poses have, metres, y up; NaN = not seen.
    sd : mapping of str to (time, 3) float
        Standard deviation of each position, metres. Empty for a motion file whose
        errors were not asked for
        (:func:`repetiteur.clean.instruments.with_instrument_errors`).
    space : {"3d", "2d"}
        ``2d``: x and y are those of the picture and z, towards the camera, is a
        tracker's guess.
    facing : (time,) float, optional
        Heading that is known from elsewhere, degrees, for a body laid flat into the
        picture's plane, whose hips do not tell it any more.
    """

    time: Array
    points: Mapping[str, Array]
    sd: Mapping[str, Array] = field(default_factory=dict)
    space: Space = "3d"
    facing: Array | None = None

    def __getitem__(self, keypoint: str) -> Array:
        """Position of a keypoint, (time, 3); NaN throughout where it is missing."""
        known = self.points.get(keypoint)
        return np.full((self.time.size, 3), np.nan) if known is None else known

    def has(self, *keypoints: str) -> bool:
        """Whether each of these keypoints was seen in some frame."""
        return all(
            name in self.points and _seen(self.points[name]) for name in keypoints
        )

    def need(self, purpose: str, *keypoints: str) -> None:
        """Raise :class:`MissingKeypoints` unless all of these were seen."""
        lacking = [name for name in keypoints if not self.has(name)]
        if lacking:
            there = ", ".join(sorted(name for name in self.points if self.has(name)))
            raise MissingKeypoints(
                f"{purpose} needs keypoints {', '.join(lacking)}, which these poses do "
                f"not have. They have: {there or 'none'}. Map the joint names of the "
                "file with --map, or use a recording of the whole body."
            )

    def mirrored(self) -> Body:
        """The body as seen in a mirror: x reversed, left and right exchanged."""
        flip = np.array([-1.0, 1.0, 1.0])
        turned = {other_side(name): place * flip for name, place in self.points.items()}
        return replace(
            self,
            points=MappingProxyType(turned),
            sd=MappingProxyType({other_side(n): sd for n, sd in self.sd.items()}),
            facing=None if self.facing is None else -self.facing,
        )

    def middle(self, part: str) -> Array:
        """Middle of a paired keypoint, (time, 3): ``middle("hip")``."""
        return 0.5 * (self[f"left_{part}"] + self[f"right_{part}"])

    def only(self, *keypoints: str) -> Body:
        """The body with none but these keypoints, where it has them."""
        return replace(
            self,
            points=MappingProxyType(
                {name: self.points[name] for name in keypoints if name in self.points}
            ),
            sd=MappingProxyType(
                {name: self.sd[name] for name in keypoints if name in self.sd}
            ),
        )


def share_keypoints(one: Body, other: Body) -> tuple[Body, Body]:
    """Two bodies with only the keypoints that were seen in both.

    Measures that can be taken from different points then use the same ones.
    """
    names = [name for name in one.points if one.has(name) and other.has(name)]
    return one.only(*names), other.only(*names)


def _seen(place: Array) -> bool:
    """Whether a point was seen in some frame: mostly it was in the first."""
    return bool(np.isfinite(place[:1]).any() or np.isfinite(place).any())
