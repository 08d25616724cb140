"""Gestures of the working leg: how high, where to, how straight, how smooth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import smoothness
from repetiteur.kinematics.gestures import Gesture
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import near, own_side
from repetiteur.technique.postures import LEGS, TRUNK, posture, trunk_postures

Array = NDArray[np.float64]

_NAN = float("nan")
#: With the knee folded further than this the ankle's height is not the leg's, deg.
FOLDED = 110.0
#: A foot is drawn up to the other leg, as in a retiré, with the knee folded by more
#: than the first, deg, and the toe nearer to the other knee, as seen from above, than
#: the second, leg lengths. Expert defaults: of attitudes and kicks neither is true.
DRAWN_UP, BESIDE = 80.0, 0.3
#: Behind, and only there, trunk and leg make the line of an arabesque: azimuth, deg.
BEHIND = 145.0


def _supporting(gesture: Gesture) -> tuple[Side | None, ...]:
    return (OTHER[gesture.side],)


def _at_top(movement: Movement, name: str, gesture: Gesture) -> float:
    curve = movement.joint_angles.get(name)
    return _NAN if curve is None else near(curve, movement.body.time, gesture.peak_s)


@measure(
    "leg_elevation",
    on="gesture",
    name="Height of the leg",
    unit="deg",
    sides=own_side,
    needs=LEGS,
    seen="leg_elevation",
    source="ang(ankle - hip, down) where the leg is highest",
    shape="half circle",
)
def leg_elevation(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """Degrees: 0 hanging, 90 horizontal; NaN of a folded leg, which is a retiré."""
    if _at_top(movement, f"{side}_knee_flexion", gesture) > FOLDED:
        return _NAN
    return _at_top(movement, f"{side}_leg_elevation", gesture)


@measure(
    "arabesque_line.back_leg_angle",
    on="gesture",
    name="Curve between back and leg",
    unit="deg",
    sides=own_side,
    needs=(*LEGS, *TRUNK),
    source="180 - ang(mid-shoulder - mid-hip, ankle - hip), of a leg behind the dancer",
    shape="half circle",
)
def back_leg_angle(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """Degrees: 0 trunk and leg in one line; NaN where the leg is not behind."""
    if not _at_top(movement, f"{side}_leg_azimuth", gesture) > BEHIND:
        return _NAN
    return _at_top(movement, f"{side}_back_leg_angle", gesture)


@measure(
    "retire_height",
    on="gesture",
    name="Height of the retiré",
    unit="ratio",
    sides=own_side,
    needs=(*LEGS, "left_toe", "right_toe"),
    source="(working toe - supporting ankle) / (supporting knee - ankle), heights",
)
def retire_height(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """1 with the toe at the knee; NaN unless the foot is drawn up to the other leg."""
    if not _at_top(movement, f"{side}_knee_flexion", gesture) > DRAWN_UP:
        return _NAN
    body, other = movement.body, OTHER[gesture.side]
    toe, leg = body[f"{side}_toe"], body[f"{other}_knee"]
    beside = np.hypot(toe[:, 0] - leg[:, 0], toe[:, 2] - leg[:, 2])
    reach = BESIDE * movement.contacts.leg_length
    if not near(beside, body.time, gesture.peak_s) < reach:
        return _NAN
    ankle, knee = (body[f"{other}_{part}"][:, 1] for part in ("ankle", "knee"))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (body[f"{side}_toe"][:, 1] - ankle) / (knee - ankle)
    return near(share, body.time, gesture.peak_s)


def _speed(movement: Movement, gesture: Gesture) -> tuple[Array, float]:
    """Speed of the working ankle on its way up, m/s, and frames a second."""
    rate = 1.0 / float(np.median(np.diff(movement.body.time)))
    way_up = slice(gesture.start, gesture.peak + 1)
    return movement.ankle_speeds[gesture.side][way_up], rate


@measure(
    "smoothness_sparc",
    on="gesture",
    name="Smoothness of the leg's way up, SPARC",
    unit="dimensionless",
    sides=own_side,
    needs=LEGS,
    least_hz=25.0,
    source="spectral arc length of the ankle's speed, low-passed at 10 Hz "
    "(Balasubramanian et al. 2015)",
)
def sparc(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """About -1.4 for one smooth stroke; lower is more broken."""
    speed, rate = _speed(movement, gesture)
    return float(smoothness.sparc(speed, rate)) if speed.size > 4 else _NAN


@measure(
    "smoothness_ldlj",
    on="gesture",
    name="Smoothness of the leg's way up, log jerk",
    unit="dimensionless",
    sides=own_side,
    needs=LEGS,
    least_hz=50.0,
    source="log dimensionless jerk of the ankle's speed, low-passed at 10 Hz",
)
def ldlj(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """-5.32 for one minimum-jerk stroke; lower is jerkier."""
    speed, rate = _speed(movement, gesture)
    return float(smoothness.ldlj(speed, rate)) if speed.size > 4 else _NAN


posture(
    "thigh_elevation",
    on="gesture",
    name="Height of the thigh",
    angle="{side}_thigh_elevation",
    sides=own_side,
    needs=LEGS,
    source="ang(knee - hip, down), for attitude and retiré",
)
posture(
    "leg_azimuth",
    on="gesture",
    name="Direction of the leg",
    angle="{side}_leg_azimuth",
    sides=own_side,
    needs=LEGS,
    source="0 devant, 90 à la seconde, 180 derrière, from the pelvis",
)
posture(
    "knee_extension_working",
    on="gesture",
    name="Straight working leg",
    angle="{side}_knee_flexion",
    sides=own_side,
    needs=LEGS,
    seen="knee_flexion",
    source="bend of the working knee where the leg is highest",
)
posture(
    "knee_extension_support",
    on="gesture",
    name="Straight supporting leg",
    angle="{side}_knee_flexion",
    sides=_supporting,
    needs=LEGS,
    seen="knee_flexion",
    source="bend of the supporting knee where the working leg is highest",
)
posture(
    "ankle_plantarflexion",
    on="gesture",
    name="Point of the foot",
    angle="{side}_ankle_plantarflexion",
    sides=own_side,
    needs=("left_heel", "left_toe", "right_heel", "right_toe", *LEGS),
    seen="ankle_plantarflexion",
    source="90 - ang(ankle - knee, toe - heel) where the leg is highest",
)
trunk_postures("gesture")
