"""How arms, head and shoulders are carried."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.hands import (
    POSITIONS,
    clear_of,
    from_positions,
    hands,
    length_of_arm,
)
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.shoulders import shoulder_height
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Kind, measure
from repetiteur.technique.moments import NEAR_S, both, middle, near, over
from repetiteur.technique.postures import (
    TRUNK,
    curve_of,
    posture,
    read,
    settled,
    top_of,
)

Array = NDArray[np.float64]

_ARM = tuple(f"{s}_{p}" for s in SIDES for p in ("shoulder", "elbow", "wrist"))
_SKULL = ("left_ear|head", "right_ear|head")
_FACE = ("nose|left_eye", "nose|right_eye")
#: Arms are carried on all of these; head and shoulders have a life of their own in
#: turns (``spotting``).
ARMS_ON: tuple[Kind, ...] = ("stance", "balance", "gesture", "turn")
HEAD_ON: tuple[Kind, ...] = ("stance", "balance", "gesture")

#: The line from shoulder to wrist has a height of its own under the elbow only where it
#: lies between these, deg from straight down. Expert defaults about second position.
LEVEL_FROM, LEVEL_TO = 45.0, 135.0


def _held(movement: Movement, event: Any) -> Array:
    """Both hands where a moment's carriage is read: its top, or its stillest part.

    As :func:`_hands` gives them, in these frames.
    """
    places, time = curve_of(movement, _hands, None), movement.body.time
    if places is None:
        raise ValueError("hands are no joint angle")
    when = top_of(event)
    if when is None:
        first, last = settled(movement, event)
        return places[:, first : last + 1]
    first, last = np.searchsorted(time, [when - NEAR_S, when + NEAR_S]).tolist()
    first = min(first, time.size - 1)
    return places[:, first : max(first + 1, last)]


def _hands(body: Body, side: Side | None = None) -> Array:
    return hands(body)


def _below(body: Body, side: Side | None) -> Array:
    """How far an elbow hangs below the line of its arm, (time,) arm lengths."""
    shoulder, elbow, wrist = (
        body[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist")
    )
    line = wrist - shoulder
    height = geometry.elevation(line)
    level = (height >= LEVEL_FROM) & (height <= LEVEL_TO)
    drop = -geometry.across(elbow - shoulder, line)[:, 1] / length_of_arm(body, side)
    return np.where(level, drop, np.nan)


def _apart(body: Body, side: Side | None = None) -> Array:
    """Distance of one hand from the other in a mirror, (time,) arm lengths."""
    left, right = hands(body)
    return geometry.length(left - right)


def elbow_drop(movement: Movement, event: Any, side: Side | None) -> float:
    """Share of the arm's length that the elbow hangs below the line of the arm.

    Negative: above it. The line is that from shoulder to wrist at its point nearest to
    the elbow, which for a level arm is the point above it. NaN of an arm that is
    carried steeper than 45 degrees.
    """
    return read(movement, event, curve_of(movement, _below, side))


def hand_symmetry(movement: Movement, event: Any, side: Side | None) -> float:
    """Distance of one hand from the other in a mirror, arm lengths.

    The mirror stands in the middle of the shoulders, upright on them; hands that
    mirror one another have 0.
    """
    left, right = _held(movement, event)
    apart = left - right
    return float(np.linalg.norm([middle(axis) for axis in apart.T]))


def position(movement: Movement, event: Any, side: Side | None) -> str:
    """The nearest position of the arms; "" near to none, or to two alike.

    The measure is the mean distance of both hands from where they are in a position,
    in the frame of the trunk; which arm does which part of it is left open.
    """
    held = _held(movement, event)
    place = np.array([[[middle(axis)] for axis in hand.T] for hand in held])
    means = from_positions(np.swapaxes(place, 1, 2))[:, 0]
    return list(POSITIONS)[int(np.argmin(means))] if clear_of(means) >= 0.0 else ""


def _clear(body: Body, side: Side | None = None) -> Array:
    """The same of each frame, (time,)."""
    return clear_of(from_positions(hands(body)))


def shoulder_lift(movement: Movement, event: Any, side: Side | None) -> float:
    """Share of the trunk's length; see :mod:`repetiteur.kinematics.shoulders`."""
    lifts = movement.shoulder_lifts["left" if side == "left" else "right"]
    when = top_of(event)
    if when is None:
        return over(lifts, settled(movement, event))
    return near(lifts, movement.body.time, when)


def _arms(on: Kind) -> None:
    """Register how the arms are carried on moments of this kind."""
    posture(
        "arm_shape.elevation",
        on=on,
        name="Height of the arm",
        angle="{side}_arm_elevation",
        sides=both,
        needs=_ARM,
        seen="limb",
        source="ang(wrist - shoulder, down): 0 hanging, 90 level",
    )
    posture(
        "arm_shape.azimuth",
        on=on,
        name="Direction of the arm",
        angle="{side}_arm_azimuth",
        sides=both,
        needs=_ARM,
        source="horizontal direction from shoulder to wrist against the front of the "
        "shoulders, outward positive: 0 ahead, 90 to the side",
    )
    posture(
        "arm_shape.elbow_flexion",
        on=on,
        name="Roundness of the arm",
        angle="{side}_elbow_flexion",
        sides=both,
        needs=_ARM,
        seen="limb",
        source="180 - ang(shoulder - elbow, wrist - elbow)",
    )
    measure(
        "arm_shape.elbow_drop",
        on=on,
        name="Drop of the elbow",
        unit="ratio",
        sides=both,
        needs=_ARM,
        source="height of the line from shoulder to wrist over the elbow / length of "
        "the arm, of an arm carried within 45 degrees of level",
        reads=_below,
        alone=True,
    )(elbow_drop)
    measure(
        "arm_shape.hand_symmetry",
        on=on,
        name="Hands out of symmetry",
        unit="ratio",
        needs=(*_ARM, *TRUNK[:2]),
        source="distance of one hand from the other one mirrored in the middle of the "
        "shoulders / length of the arm",
        shape="ray",
        reads=_apart,
        alone=True,
    )(hand_symmetry)
    measure(
        "arm_shape.position",
        on=on,
        name="Position of the arms",
        unit="label",
        needs=(*_ARM, *TRUNK[:2]),
        source="nearest of low, front, side, up, front_side, up_side and up_front by "
        "the mean distance of the hands in the frame of the trunk",
        reads=_clear,
        alone=True,
    )(position)


def _head(on: Kind) -> None:
    """Register how head and shoulders are carried on moments of this kind."""
    posture(
        "epaulement.shoulders",
        on=on,
        name="Shoulders against the pelvis",
        angle="shoulder_yaw",
        needs=TRUNK,
        source="yaw of the shoulders - yaw of the pelvis, left positive",
    )
    posture(
        "epaulement.head",
        on=on,
        name="Head against the shoulders",
        angle="head_yaw",
        needs=(*_SKULL, *_FACE, *TRUNK[2:]),
        source="yaw of the head - yaw of the shoulders, left positive",
    )
    posture(
        "epaulement.tilt",
        on=on,
        name="Inclination of the head",
        angle="head_tilt",
        needs=("left_ear", "right_ear"),
        seen="front",
        source="rise of the right ear over the left one, left positive",
    )
    posture(
        "head_pitch",
        on=on,
        name="Carriage of the head",
        angle="head_pitch",
        needs=("left_ear", "right_ear", *_FACE),  # a skull's base has another zero
        seen="side",
        source="fall of the line from mid-ear to nose (or eyes), forward positive",
    )
    measure(
        "shoulder_lift",
        on=on,
        name="Lift of the shoulder",
        unit="ratio",
        sides=both,
        needs=(*TRUNK, "left_wrist", "right_wrist", "neck|left_ear|head"),
        source="height of the shoulder along the trunk, from the base of the neck, "
        "over its rest with a low arm / length of the trunk",
        reads=shoulder_height,
    )(shoulder_lift)


for _kind in ARMS_ON:
    _arms(_kind)
for _kind in HEAD_ON:
    _head(_kind)
