"""Pliés: how deep, knees over toes, heels down, upright."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.medians import largest
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.gestures import Plie
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import near
from repetiteur.technique.postures import FEET, LEGS, posture, trunk_postures

Array = NDArray[np.float64]

_NAN = float("nan")
#: With its heel higher than this a foot is not flat (sine of the rise), so that its
#: dorsiflexion is not that of a demi-plié.
FLAT = 0.1
#: A plié begins where a tenth of its bend is left; how high the hips stood is looked
#: for up to this much before, s. Expert default.
BEFORE_S = 0.5


def _bent(plie: Plie) -> tuple[Side | None, ...]:
    return ("left", "right") if plie.on == "both" else (plie.on,)


def _hips_over_ankles(movement: Movement) -> Array:
    """Height of the hips' middle over the ankles on the floor, (time,) m."""
    known = movement.curves
    if (_hips_over_ankles, None) not in known:
        total, count = np.zeros((2, movement.body.time.size))
        for side in SIDES:
            down = movement.contacts.foot(side).down == 1
            total += np.where(down, movement.body[f"{side}_ankle"][:, 1], 0.0)
            count += down
        ankles = np.where(count > 0, total, np.nan) / np.maximum(count, 1.0)
        known[_hips_over_ankles, None] = movement.body.middle("hip")[:, 1] - ankles
    return known[_hips_over_ankles, None]


@measure(
    "plie_depth",
    on="plie",
    name="Depth of the plié",
    unit="ratio",
    needs=LEGS,
    seen="level",
    source="fall of the hips' middle over the supporting ankles, from where it stood, "
    "over the leg's length",
)
def plie_depth(movement: Movement, plie: Plie, side: Side | None) -> float:
    """Share of the leg's length; an ankle that is off the floor does not count."""
    time, height = movement.body.time, _hips_over_ankles(movement)
    first, last = time.searchsorted((plie.start_s - BEFORE_S, plie.start_s)).tolist()
    stood = largest(height[first : last + 1])
    bottom = near(height, time, plie.bottom_s)
    return (stood - bottom) / movement.contacts.leg_length


@measure(
    "ankle_dorsiflexion_plie",
    on="plie",
    name="Bend of the ankle, heels down",
    unit="deg",
    sides=_bent,
    needs=(*LEGS, *FEET),
    seen="limb",
    source="ang(ankle - knee, toe - heel) - 90 with the heel down",
    reads="{side}_ankle_plantarflexion",
)
def dorsiflexion(movement: Movement, plie: Plie, side: Side | None) -> float:
    """Degrees; NaN with the heel up."""
    angles, time = movement.joint_angles, movement.body.time
    rise = near(angles.get(f"{side}_heel_rise", np.array([_NAN])), time, plie.bottom_s)
    if not np.sin(np.radians(rise)) < FLAT:
        return _NAN
    curve = angles.get(f"{side}_ankle_plantarflexion")
    return _NAN if curve is None else -near(curve, time, plie.bottom_s)


@measure(
    "heel_height",
    on="plie",
    name="Height of the heel",
    unit="ratio",
    sides=_bent,
    needs=("left_toe", "right_toe"),
    seen="level",
    source="(heel - toe height) / foot length of a bearing foot at the bottom",
)
def heel_height(movement: Movement, plie: Plie, side: Side | None) -> float:
    """Sine of the heel's rise: 0 with the heel down, as a demi-plié keeps it."""
    foot = movement.contacts.left if side == "left" else movement.contacts.right
    return near(foot.rise, movement.body.time, plie.bottom_s)


posture(
    "knee_flexion",
    on="plie",
    name="Bend of the knee",
    angle="{side}_knee_flexion",
    sides=_bent,
    needs=LEGS,
    seen="limb",
    source="180 - ang(hip - knee, ankle - knee) at the bottom",
)
posture(
    "knee_over_toe",
    on="plie",
    name="Knee over toe",
    angle="{side}_knee_over_toe",
    sides=_bent,
    needs=(*LEGS, *FEET),
    source="azimuth of the foot - azimuth of the knee, at the bottom, from 25 degrees",
)
posture(
    "hip_rotation_proxy",
    on="plie",
    name="Direction of the knee",
    angle="{side}_hip_rotation_proxy",
    sides=_bent,
    needs=LEGS,
    source="azimuth of the knee from the pelvis, outward positive, from 25 degrees",
)
trunk_postures("plie")
