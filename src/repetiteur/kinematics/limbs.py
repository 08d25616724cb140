"""Angles of limbs, trunk and head, one function each.

Each takes the bones of a body and, for limbs, a side, and gives (time,) degrees; NaN
where a keypoint was not seen or where the angle has no meaning. Zero, sign and range of
each stand in :data:`repetiteur.kinematics.joints.ANGLES`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import (
    face,
    head_front,
    neck,
    pelvis,
    trunk_lean,
)
from repetiteur.model.body import Body

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: A limb nearer than this to straight down, or further than this from it, points to no
#: side, deg (domain measure ``leg_azimuth``; arms alike).
HANGING, UPRIGHT = 8.0, 165.0
#: The knee of a leg bent by less points to no side, deg (``hip_rotation_proxy``).
BENT = 25.0
#: A foot that stands steeper, or a face that looks so far up or down, points to no
#: side, deg: the horizontal part that is left is a quarter of its length. An expert
#: default, no publication.
STEEP = 75.0
#: No knee bends backwards by more, deg; beyond, what looks so is a twisted foot. An
#: expert default, no publication.
BACKWARDS = 30.0


class Bones:
    """Bones of one body and what several of its angles share, each computed once.

    Parameters
    ----------
    body : Body
    """

    def __init__(self, body: Body) -> None:
        self.body = body
        self._known: dict[tuple[str, ...], Array] = {}

    def once(self, compute: Callable[[], Array], *name: str) -> Array:
        """What ``compute`` gives, computed when the name is asked for first."""
        if name not in self._known:
            self._known[name] = compute()
        return self._known[name]

    def __call__(self, side: str, root: str, end: str) -> Array:
        """Vector from one joint of a side to another, (time, 3)."""
        a, b = self.body[f"{side}_{root}"], self.body[f"{side}_{end}"]
        return self.once(lambda: b - a, side, root, end)

    def left(self, part: str) -> Array:
        """Left axis of hips or shoulders, (time, 3)."""
        a, b = self.body[f"right_{part}"], self.body[f"left_{part}"]
        return self.once(lambda: b - a, part)

    def height(self, side: str, root: str, end: str) -> Array:
        """Angle of a limb from straight down."""
        limb = self(side, root, end)
        return self.once(lambda: geometry.elevation(limb), "height", side, root)

    def bend(self, side: str) -> Array:
        """Bend of a knee to any side."""
        joints = (self.body[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
        return self.once(lambda: geometry.flexion(*joints), "bend", side)

    def knee(self, side: str) -> Array:
        """What of a knee stands out of the line from ankle to hip, (time, 3)."""
        shank, leg = self(side, "ankle", "knee"), self(side, "ankle", "hip")
        return self.once(lambda: geometry.across(shank, leg), "knee", side)

    def rise(self, side: str) -> Array:
        """Rise of a heel over its toe."""
        foot = self(side, "toe", "heel")
        return self.once(lambda: geometry.rise(foot), "rise", side)


def knee_flexion(bones: Bones, side: str) -> Array:
    """Bend of a knee, negative where it is bent backwards.

    Notes
    -----
    180 - ang(hip - knee, ankle - knee). Backwards is told by the foot: the axis about
    which the knee bends, thigh x shank, against the axis of the ankle, which is upright
    on the triangle of ankle, heel and toe, whether the foot is pointed or not. Without
    a heel or a toe there is no sign.
    """
    bend = bones.bend(side)
    thigh, shank = bones(side, "hip", "knee"), bones(side, "knee", "ankle")
    back, sole = bones(side, "heel", "ankle"), bones(side, "heel", "toe")
    dot = geometry.dot
    # (thigh x shank) . (back x sole), by Lagrange's identity
    axes = dot(thigh, back) * dot(shank, sole) - dot(thigh, sole) * dot(shank, back)
    return np.where((axes < 0.0) & (bend < BACKWARDS), -bend, bend)


def elbow_flexion(bones: Bones, side: str) -> Array:
    """Bend of an elbow."""
    joints = (bones.body[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist"))
    return geometry.flexion(*joints)


def ankle_plantarflexion(bones: Bones, side: str) -> Array:
    """Point of a foot."""
    shank, foot = bones(side, "knee", "ankle"), bones(side, "heel", "toe")
    return 90.0 - geometry.angle_between(shank, foot)


def heel_rise(bones: Bones, side: str) -> Array:
    """Rise of a heel over its toe; its sine is the measure ``heel_height``."""
    return bones.rise(side)


def leg_elevation(bones: Bones, side: str) -> Array:
    """Height of a leg, from hip to ankle."""
    return bones.height(side, "hip", "ankle")


def thigh_elevation(bones: Bones, side: str) -> Array:
    """Height of a thigh, which is that of a bent leg."""
    return geometry.elevation(bones(side, "hip", "knee"))


def arm_elevation(bones: Bones, side: str) -> Array:
    """Height of an arm, from shoulder to wrist."""
    return bones.height(side, "shoulder", "wrist")


def leg_azimuth(bones: Bones, side: str) -> Array:
    """Direction of a leg against the pelvis."""
    return _around(bones, side, "hip", "ankle")


def arm_azimuth(bones: Bones, side: str) -> Array:
    """Direction of an arm against the trunk."""
    return _around(bones, side, "shoulder", "wrist")


def hip_rotation_proxy(bones: Bones, side: str) -> Array:
    """Direction of a bent knee, which stands for the rotation of the hip."""
    degrees = _outward(bones, side, bones.knee(side))
    return np.where(_bent(bones, side), degrees, np.nan)


def turnout(bones: Bones, side: str) -> Array:
    """Direction of a foot; it is turnout where the foot stands, not in the air."""
    degrees = _outward(bones, side, bones(side, "heel", "toe"))
    return np.where(_level(bones, side), degrees, np.nan)


def knee_over_toe(bones: Bones, side: str) -> Array:
    """Direction of a standing foot over that of its bent knee."""
    foot, knee = bones(side, "heel", "toe"), bones.knee(side)
    pair = (foot, knee) if side == "left" else (knee, foot)
    known = _level(bones, side) & _bent(bones, side)
    return np.where(known, geometry.azimuth(*pair), np.nan)


def back_leg_angle(bones: Bones, side: str) -> Array:
    """Curve between trunk and leg."""
    leg = bones(side, "ankle", "hip")
    return geometry.angle_between(_trunk(bones), leg)


def trunk_pitch(bones: Bones) -> Array:
    """Lean of the trunk forward."""
    return _lean(bones, 0)


def trunk_side(bones: Bones) -> Array:
    """Lean of the trunk to the left."""
    return _lean(bones, 1)


def pelvis_obliquity(bones: Bones) -> Array:
    """Rise of the left hip over the right one."""
    return geometry.rise(bones.left("hip"))


def hip_square(bones: Bones) -> Array:
    """Yaw of the pelvis against the trunk."""
    return geometry.azimuth(bones.left("hip"), bones.left("shoulder"))


def shoulder_yaw(bones: Bones) -> Array:
    """Yaw of the shoulders against the pelvis."""
    return geometry.azimuth(bones.left("shoulder"), bones.left("hip"))


def plumb_of_foot(bones: Bones, side: str) -> Array:
    """Lean of the whole body over one ankle."""
    return _plumb(bones, bones.body[f"{side}_ankle"])


def plumb(bones: Bones) -> Array:
    """Lean of the whole body over the middle of the ankles."""
    return _plumb(bones, bones.body.middle("ankle"))


def head_yaw(bones: Bones) -> Array:
    """Yaw of the head against the trunk; NaN of a face that looks up or down."""
    front = head_front(bones.body)
    level = np.hypot(front[:, 0], front[:, 2]) >= np.cos(np.radians(STEEP))
    degrees = geometry.bearing(front, bones.left("shoulder"))
    return np.where(level, degrees, np.nan)


def head_pitch(bones: Bones) -> Array:
    """Fall of the line from ears (or skull's base) to nose (or eyes)."""
    return -geometry.rise(face(bones.body))


def head_tilt(bones: Bones) -> Array:
    """Rise of the right ear over the left one."""
    return geometry.rise(bones.body["right_ear"] - bones.body["left_ear"])


def split_angle(bones: Bones) -> Array:
    """Angle between the two legs, each from hip to ankle."""
    legs = (bones(side, "hip", "ankle") for side in ("left", "right"))
    return geometry.angle_between(*legs)


def _outward(bones: Bones, side: str, direction: Array) -> Array:
    """Angle seen from above from the pelvis's front outwards to a direction."""
    degrees = geometry.bearing(direction, bones.left("hip"))
    return degrees if side == "left" else -degrees


def _around(bones: Bones, side: str, root: str, end: str) -> Array:
    """Direction of a limb, from -90 (across the body) to 270: behind is no seam."""
    degrees = geometry.bearing(bones(side, root, end), bones.left(root))
    degrees = degrees if side == "left" else -degrees
    height = bones.height(side, root, end)
    degrees[degrees <= -90.0] += 360.0
    degrees[(height < HANGING) | (height > UPRIGHT)] = np.nan
    return degrees


def _bent(bones: Bones, side: str) -> Bools:
    """Where a knee is bent enough to point anywhere."""
    return bones.bend(side) >= BENT


def _level(bones: Bones, side: str) -> Bools:
    """Where a foot is level enough to point anywhere."""
    return np.abs(bones.rise(side)) <= STEEP


def _trunk(bones: Bones) -> Array:
    """From the middle of the hips to that of the shoulders, (time, 3)."""
    return bones.once(lambda: neck(bones.body) - pelvis(bones.body), "trunk")


def _plumb(bones: Bones, foot: Array) -> Array:
    """Angle from upright of the line from a foot to the middle of the head."""
    body = bones.body
    ears = body.has("left_ear", "right_ear")
    head = body.middle("ear") if ears else body["head"]
    return 180.0 - geometry.elevation(head - foot)


def _lean(bones: Bones, way: int) -> Array:
    """Lean of the trunk, forward (0) or to the left (1)."""
    both = bones.once(lambda: np.stack(trunk_lean(bones.body)), "lean")
    return np.asarray(both[way])
