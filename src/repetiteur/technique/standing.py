"""Standing on both feet: turned out how far, square, upright, straight."""

from __future__ import annotations

from repetiteur.kinematics.events import Span
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import both, over
from repetiteur.technique.postures import FEET, LEGS, TRUNK, posture, trunk_postures

_HIPS = ("left_hip", "right_hip")


@measure(
    "turnout_total",
    on="stance",
    name="Angle between the feet",
    unit="deg",
    needs=(*FEET, *_HIPS),
    source="sum of the turnout of both feet, from heel to toe, against the pelvis",
    shape="circle",
)
def turnout_total(movement: Movement, stance: Span, side: Side | None) -> float:
    """Degrees."""
    angles, frames = movement.joint_angles, (stance.start, stance.end)
    if "left_turnout" not in angles or "right_turnout" not in angles:
        return float("nan")
    return over(angles["left_turnout"] + angles["right_turnout"], frames)


posture(
    "turnout_side",
    on="stance",
    name="Turnout of the foot",
    angle="{side}_turnout",
    sides=both,
    needs=(*FEET, *_HIPS),
    source="horizontal direction from heel to toe against the pelvis, outward positive",
)
posture(
    "knee_flexion",
    on="stance",
    name="Bend of the knee",
    angle="{side}_knee_flexion",
    sides=both,
    needs=LEGS,
    seen="knee_flexion",
    source="180 - ang(hip - knee, ankle - knee), median",
)
posture(
    "hip_square",
    on="stance",
    name="Pelvis against the shoulders",
    angle="hip_square",
    needs=TRUNK,
    source="yaw of the pelvis - yaw of the shoulders, left positive",
)
trunk_postures("stance")
