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
from repetiteur.technique.postures import LEGS, trunk_postures
from repetiteur.technique.working import working_leg

Array = NDArray[np.float64]

_NAN = float("nan")
#: A foot sets out at most this long before its toe leaves the floor, s; and at rest, it
#: is slower than this share of its fastest. Expert defaults.
SET_OUT_S, REST = 1.0, 0.2
#: Frames of a stroke that has a smoothness.
_FEWEST = 5


def _supporting(gesture: Gesture) -> tuple[Side | None, ...]:
    return (OTHER[gesture.side],)


@measure(
    "heel_height",
    on="gesture",
    name="Height of the relevé",
    unit="ratio",
    sides=_supporting,
    needs=("left_toe", "right_toe"),
    seen="level",
    source="(heel - toe height) / foot length of the supporting foot where the working "
    "leg is highest",
)
def heel_height(movement: Movement, gesture: Gesture, side: Side | None) -> float:
    """Sine of the heel's rise: 0 flat, 0.5 to 0.85 demi-pointe, above 0.9 pointe."""
    rise = movement.contacts.foot(OTHER[gesture.side]).rise
    return near(rise, movement.body.time, gesture.peak_s)


def _stroke(movement: Movement, gesture: Gesture) -> tuple[Array, float]:
    """Speed of the working ankle on its way up, m/s, and frames a second.

    A gesture begins when the toe leaves the floor, and the movement where the foot set
    out, or turned round, at most a second before. Nothing of one that is cut out of a
    longer movement: its edges would be jerks.
    """
    speed, rate = movement.ankle_speeds[gesture.side], movement.rate
    earliest = max(0, gesture.start - round(SET_OUT_S * rate))
    course = speed[earliest : gesture.peak + 1]
    first = smoothness.sets_out(course, gesture.start - earliest, REST)
    if course.size < _FEWEST or first < 0:
        return np.empty(0), rate
    return course[first:], rate


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
    """About -1.4 for one smooth stroke, lower is more broken; NaN of a part of one."""
    speed, rate = _stroke(movement, gesture)
    return float(smoothness.sparc(speed, rate)) if speed.size else _NAN


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
    """-5.32 for one minimum-jerk stroke, lower is jerkier; NaN of a part of one."""
    speed, rate = _stroke(movement, gesture)
    return float(smoothness.ldlj(speed, rate)) if speed.size else _NAN


working_leg("gesture", own_side, _supporting)
trunk_postures("gesture")
