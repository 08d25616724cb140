"""What angles a body has: from its points alone, by no formula that plants anything.

Conventions are those of the project's specification (domain/ballet.md): elevation is
the angle of a line from straight down, 0 hanging, 90 level; flexion 0 is straight; lean
is forward; y is up.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from planting_figure import SIDES, Array

Points = Mapping[str, Array]


def between(one: Array, two: Array) -> Array:
    """Angle of two vectors, degrees, by the half-angle formula."""
    a = one / np.linalg.norm(one, axis=-1, keepdims=True)
    b = two / np.linalg.norm(two, axis=-1, keepdims=True)
    apart = np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)
    return np.asarray(np.degrees(2.0 * np.arctan2(*apart)))


def elevation(way: Array) -> Array:
    """From straight down, degrees."""
    level = np.hypot(way[..., 0], way[..., 2])
    return np.asarray(np.degrees(np.arctan2(level, -way[..., 1])))


def rise(way: Array) -> Array:
    """Over the horizontal, degrees."""
    return elevation(way) - 90.0


def middle(points: Points, part: str) -> Array:
    """Middle of a pair."""
    return np.asarray(0.5 * (points[f"left_{part}"] + points[f"right_{part}"]))


def heading(points: Points, part: str = "hip") -> Array:
    """Where a pair faces, unwrapped degrees, positive to the dancer's left."""
    left = points[f"left_{part}"] - points[f"right_{part}"]
    return np.degrees(np.unwrap(np.arctan2(-left[:, 2], left[:, 0])))


def point_of_foot(points: Points, side: str) -> Array:
    """Plantar flexion, degrees; without a heel the foot begins at the ankle."""
    ankle = points[f"{side}_ankle"]
    foot = points[f"{side}_toe"] - points.get(f"{side}_heel", ankle)
    return 90.0 - between(ankle - points[f"{side}_knee"], foot)


def face_line(points: Points) -> Array | None:
    """From the ears or the skull's base to the nose or the eyes; None without."""
    base = middle(points, "ear") if "left_ear" in points else points.get("head")
    if "nose" in points:
        tip = points["nose"]
    elif "left_eye" in points:
        tip = middle(points, "eye")
    else:
        return None
    return None if base is None else np.asarray(tip - base)


def _lean(way: Array, facing: Array) -> tuple[Array, Array]:
    """Forward and sideways (to the left) lean of a line, degrees."""
    a = np.radians(facing)
    ahead = way[:, 0] * np.sin(a) + way[:, 2] * np.cos(a)
    aside = way[:, 0] * np.cos(a) - way[:, 2] * np.sin(a)
    up = way[:, 1]
    return np.degrees(np.arctan2(ahead, up)), np.degrees(np.arctan2(aside, up))


def angles(points: Points) -> dict[str, Array]:
    """All angles by name, (frames,) degrees; ``*_m`` in metres.

    ``head_pitch`` is that of the face (down is positive), or of the crown over the
    skull's base without one. ``shoulders_m`` is how far the skull's base (or the neck)
    is over the middle of the shoulders, along the trunk. ``hips_m`` is the height of
    the middle of the hips.
    """
    found = {}
    for side in SIDES:
        p = {part.removeprefix(f"{side}_"): v for part, v in points.items()
             if part.startswith(side)}  # fmt: skip
        found |= {
            f"{side}_leg_elevation": elevation(p["ankle"] - p["hip"]),
            f"{side}_thigh_elevation": elevation(p["knee"] - p["hip"]),
            f"{side}_knee_flexion": between(p["knee"] - p["hip"],
                                            p["ankle"] - p["knee"]),
            f"{side}_arm_elevation": elevation(p["wrist"] - p["shoulder"]),
            f"{side}_elbow_elevation": elevation(p["elbow"] - p["shoulder"]),
            f"{side}_elbow_flexion": between(p["elbow"] - p["shoulder"],
                                             p["wrist"] - p["elbow"]),
        }  # fmt: skip
        if f"{side}_toe" in points:
            found[f"{side}_plantarflexion"] = point_of_foot(points, side)
    hips, shoulders = middle(points, "hip"), middle(points, "shoulder")
    trunk, facing = shoulders - hips, heading(points)
    found["trunk_pitch"], found["trunk_side"] = _lean(trunk, facing)
    found["pelvis_obliquity"] = rise(points["left_hip"] - points["right_hip"])
    found["heading"], found["hips_m"] = facing, hips[:, 1]
    base = points["head"] if "head" in points else points.get("neck")
    if base is not None:
        along = trunk / np.linalg.norm(trunk, axis=1, keepdims=True)
        found["shoulders_m"] = ((base - shoulders) * along).sum(axis=1)
    face = face_line(points)
    if face is not None:
        found["head_pitch"] = -rise(face)
    elif {"head", "head_top"} <= set(points):
        crown = points["head_top"] - points["head"]
        found["head_pitch"] = _lean(crown, heading(points, "shoulder"))[0]
    return found
