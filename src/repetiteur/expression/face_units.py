"""What is told of a face: how far its parts are from where they rest, as plain lengths.

The units stand for actions of the Facial Action Coding System [1]_ as far as a mesh
shows them, and for nothing that a person may feel.

References
----------
.. [1] P. Ekman and W. V. Friesen, "Facial Action Coding System", 1978.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face_shape import Posed, middle
from repetiteur.track.face_points import KEPT, NAMED

__all__ = ["NOT_MEASURABLE", "UNITS", "Unit", "gap", "measured"]

Array = NDArray[np.float64]

#: Radius of an eyeball, 12 mm, over the distance between adult eyes, 63 mm.
EYEBALL = 0.19
#: Width of the smallest face that is judged, pixels, and of the smallest that shows
#: what moves little (``benchmarks/face.py``).
SMALL_PX, LARGE_PX = 60.0, 120.0


@dataclass(frozen=True)
class Unit:
    """One thing that is told of a face.

    Attributes
    ----------
    name : str
    unit : str
        ``eyes`` (distances between the eyes) or ``deg``.
    says : str
        What more of it means.
    actions : str
        The actions that it stands for; empty for the head and the eyes' direction.
    of : callable
        Its values from a posed face, (frames,).
    least_px : float
        Width of the smallest face that shows it, pixels.
    """

    name: str
    unit: str
    says: str
    actions: str
    of: Callable[[Posed], Array]
    least_px: float = SMALL_PX

    @property
    def of_any_face(self) -> bool:
        """Whether it is a length that every face shows that is judged at all."""
        return self.unit == "eyes" and self.least_px <= SMALL_PX

    @property
    def sided(self) -> bool:
        """Whether it has the dancer's left above nought, and the right below."""
        return "left" in self.says


def _height(name: str, base: str) -> Callable[[Posed], Array]:
    """Mean height of both sides' points over their eyes' corners."""

    def of(face: Posed) -> Array:
        sides = [
            middle(face.points, f"{side}_{name}")[:, 1]
            - middle(face.points, f"{side}_{base}")[:, 1]
            for side in ("right", "left")
        ]
        return np.asarray(0.5 * (sides[0] + sides[1]))

    return of


def _between(one: str, other: str, axis: int) -> Callable[[Posed], Array]:
    """How far one group of points is further along an axis than another."""

    def of(face: Posed) -> Array:
        away = middle(face.points, one) - middle(face.points, other)
        return np.asarray(away[:, axis])

    return of


def gap(face: Posed) -> Array:
    """How far the lids are open, mean of both eyes, in eye distances."""
    right = _between("right_upper_lid", "right_lower_lid", 1)(face)
    left = _between("left_upper_lid", "left_lower_lid", 1)(face)
    return np.asarray(0.5 * (right + left))


def _mouth_width(face: Posed) -> Array:
    right, left = _corners(face)
    return np.asarray(np.linalg.norm(left - right, axis=1))


def _corners_up(face: Posed) -> Array:
    right, left = _corners(face)
    return np.asarray(
        0.5 * (right + left)[:, 1] - middle(face.points, "nose_base")[:, 1]
    )


def _corners(face: Posed) -> tuple[Array, Array]:
    right, left = (face.points[:, KEPT.index(n)] for n in NAMED["lip_corners"])
    return right, left


def _thickness(face: Posed) -> Array:
    upper = _between("lip_top", "lip_upper_edge", 1)(face)
    lower = _between("lip_lower_edge", "lip_bottom", 1)(face)
    return np.asarray(upper + lower)


def _gaze(axis: int) -> Callable[[Posed], Array]:
    """Direction of the eyes in the head, from the irises between the eyes' corners."""

    def of(face: Posed) -> Array:
        away = [
            (
                middle(face.points, f"{side}_iris")
                - middle(face.points, f"{side}_eye_corners")
            )[:, axis]
            for side in ("right", "left")
        ]
        share = np.clip(0.5 * (away[0] + away[1]) / EYEBALL, -1.0, 1.0)
        return np.asarray(np.degrees(np.arcsin(share)))

    return of


def _focus_side(face: Posed) -> Array:
    return np.asarray(face.yaw + _gaze(0)(face))


def _focus_up(face: Posed) -> Array:
    return np.asarray(face.pitch + _gaze(1)(face))


#: All units, in the order of the arrays.
UNITS: tuple[Unit, ...] = (
    Unit("brows_inner", "eyes", "inner brows higher", "AU1, less AU4",
         _height("brow_inner", "eye_corners")),
    Unit("brows_outer", "eyes", "outer brows higher", "AU2, less AU4",
         _height("brow_outer", "eye_corners")),
    Unit("brows_apart", "eyes", "brows further apart", "less AU4",
         _between("left_brow_inner", "right_brow_inner", 0), LARGE_PX),
    Unit("lids_open", "eyes", "lids further open", "less AU43", gap),
    Unit("lip_corners_up", "eyes", "corners of the mouth higher", "AU12, less AU15",
         _corners_up),
    Unit("mouth_width", "eyes", "mouth wider", "AU12, AU20", _mouth_width),
    Unit("lips_apart", "eyes", "lips further apart", "AU25",
         _between("lip_upper_edge", "lip_lower_edge", 1)),
    Unit("lips_full", "eyes", "more of the lips seen", "less AU23, AU24", _thickness),
    Unit("jaw_down", "eyes", "chin further from the nose", "AU26",
         _between("nose_base", "chin", 1)),
    Unit("gaze_side", "deg", "eyes to the dancer's left, in the head", "", _gaze(0)),
    Unit("gaze_up", "deg", "eyes upwards, in the head", "", _gaze(1), LARGE_PX),
    Unit("head_turn", "deg", "head to the dancer's left", "", lambda face: face.yaw),
    Unit("head_up", "deg", "chin raised", "", lambda face: face.pitch),
    Unit("head_tilt", "deg", "head to the dancer's left shoulder", "",
         lambda face: face.roll),
    Unit("focus_side", "deg", "head and eyes together to the left", "", _focus_side),
    Unit("focus_up", "deg", "head and eyes together upwards", "", _focus_up,
         LARGE_PX),
)  # fmt: skip

#: Actions that this mesh does not show, whatever a face does: never "absent".
NOT_MEASURABLE: dict[str, str] = {
    "AU5": "a raised upper lid hardly moves the mesh",
    "AU6": "raised cheeks do not move the mesh",
    "AU9": "a wrinkled nose does not move the mesh",
}


def measured(face: Posed) -> Array:
    """All units of all frames, (frames, units); NaN without a face.

    Parameters
    ----------
    face : Posed
    """
    return np.column_stack([one.of(face) for one in UNITS])
