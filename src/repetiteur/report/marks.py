"""Angle marks on the thumbnails: which angle, and from where it is best seen."""

from __future__ import annotations

from typing import Literal

import numpy as np

from repetiteur.model.poses import Array
from repetiteur.report.figures import JOINTS

Mark = Literal["knee", "leg", "elbow", "arm", "upper_arm", "pitch", "lean"]
_MARKS: tuple[tuple[str, Mark], ...] = (
    ("leg_elevation", "leg"),
    ("landing_knee_flexion", "knee"),
    ("knee_flexion", "knee"),
    ("knee_extension", "knee"),
    ("arm_shape.elbow_flexion", "elbow"),
    ("arm_shape.elevation", "arm"),
    ("arm_shape.elbow_elevation", "upper_arm"),
    ("aplomb.pitch", "pitch"),
    ("aplomb.side", "lean"),
)
_STEP = 45.0  # pictures are turned by eighths, so that the view has a name


def mark_of(measure: str) -> Mark | None:
    """The angle that a measure is, where it can be drawn.

    Examples
    --------
    >>> mark_of("knee_extension_support"), mark_of("timing_path")
    ('knee', None)
    """
    return next((mark for name, mark in _MARKS if measure.startswith(name)), None)


def best_turn(mark: Mark, side: str, *frames: Array) -> float:
    """How far to turn the figures so that the angle lies in the picture plane.

    Parameters
    ----------
    mark : str
        One of the marks of :func:`mark_of`.
    side : "left" or "right"
        Of no meaning for the trunk's marks.
    *frames : (joints, 3) float
        Positions at the moments that are shown together.

    Returns
    -------
    float
        Degrees, a multiple of 45 in -90 to 90; 0 where any view does.
    """
    normal = np.zeros(2)
    for frame in frames:
        of = {name: frame[k] for k, name in enumerate(JOINTS)}
        plane = np.nan_to_num(_plane(mark, side, of))[[0, 2]]
        normal += plane if plane @ normal >= 0 else -plane
    if np.hypot(*normal) < 0.02:
        return 0.0
    x, z = normal
    angle = np.degrees(np.arctan2(-x, z))
    folded = (angle + 90.0) % 180.0 - 90.0
    return float(_STEP * np.round(folded / _STEP)) + 0.0


def _plane(mark: Mark, side: str, at: dict[str, Array]) -> Array:
    """Normal of the plane of the angle, longer where the angle is larger (m²)."""
    up = np.array([0.0, 1.0, 0.0])
    if mark == "leg":
        return np.cross(up, at[f"{side}_ankle"] - at[f"{side}_hip"])
    if mark == "arm":
        return np.cross(up, at[f"{side}_wrist"] - at[f"{side}_shoulder"])
    if mark == "upper_arm":
        return np.cross(up, at[f"{side}_elbow"] - at[f"{side}_shoulder"])
    if mark in ("pitch", "lean"):
        across = at["left_hip"] - at["right_hip"]
        return across if mark == "pitch" else np.cross(across, up)
    names = (
        ("hip", "knee", "ankle") if mark == "knee" else ("shoulder", "elbow", "wrist")
    )
    a, b, c = (at[f"{side}_{name}"] for name in names)
    return np.cross(b - a, c - b)
