"""How arms, head and shoulders are carried."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import neck, pelvis
from repetiteur.kinematics.feet import SIDES
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

#: Where the wrist of an arm is in each of the four simple positions, from its own
#: shoulder: to its side, up, ahead, arm lengths. Rounded by 45 degrees (domain 25 to
#: 70) an arm reaches 0.92 of its length. ``low`` before the thighs and ``up``, seen
#: without lifting the eyes, are 20 degrees from the vertical; ``front`` is at the lower
#: end of the breast-bone; ``side`` a little forward of and below the shoulder (domain,
#: 1.4); hands that meet in the middle are inside of the shoulders. Expert defaults.
PLACES = {
    "low": (-0.10, -0.86, 0.31),
    "front": (-0.10, -0.30, 0.86),
    "side": (0.87, -0.18, 0.25),
    "up": (-0.10, 0.86, 0.31),
}
#: The positions: where one arm is, and where the other one.
POSITIONS = {
    "low": ("low", "low"),
    "front": ("front", "front"),
    "side": ("side", "side"),
    "up": ("up", "up"),
    "front_side": ("front", "side"),
    "up_side": ("up", "side"),
    "up_front": ("up", "front"),
}
#: A position is named when the hands are no further from it than the first (mean of
#: both), and nearer than to any other by the second, arm lengths. Expert defaults:
#: simple positions lie 0.8 to 1.7 from one another.
NEAREST, NEARER = 0.5, 0.1
_PLACES = np.array(list(PLACES.values()))
_ONE, _OTHER = np.array(
    [[list(PLACES).index(name) for name in pair] for pair in POSITIONS.values()]
).T
#: The coordinates after each, and before it, of x, y and z.
_NEXT, _LAST = [1, 2, 0], [2, 0, 1]


def _held(movement: Movement, event: Any) -> Array:
    """Both hands where a moment's carriage is read: its top, or its stillest part.

    As :func:`_hands` gives them, in these frames.
    """
    hands, time = curve_of(movement, _hands, None), movement.body.time
    if hands is None:
        raise ValueError("hands are no joint angle")
    when = top_of(event)
    if when is None:
        first, last = settled(movement, event)
        return hands[:, first : last + 1]
    first, last = np.searchsorted(time, [when - NEAR_S, when + NEAR_S]).tolist()
    first = min(first, time.size - 1)
    return hands[:, first : max(first + 1, last)]


def _length_of_arm(body: Body, side: Side | None) -> Array:
    """From shoulder over elbow to wrist, (time,) metres."""
    joints = (body[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist"))
    bones = [np.linalg.norm(b - a, axis=1) for a, b in pairwise(joints)]
    return np.asarray(bones[0] + bones[1])


def _hands(body: Body, side: Side | None = None) -> Array:
    """Each wrist from its shoulder, (left and right, time, 3) arm lengths.

    To its own side, up and ahead, in the frame of the trunk: along the shoulders,
    and upright on them as far as the trunk is.
    """
    across = body["left_shoulder"] - body["right_shoulder"]
    left = geometry.unit(across)
    up = geometry.unit(geometry.across(neck(body) - pelvis(body), across))
    ahead = left[:, _NEXT] * up[:, _LAST] - left[:, _LAST] * up[:, _NEXT]
    arms = [body[f"{side}_wrist"] - body[f"{side}_shoulder"] for side in SIDES]
    hands = np.einsum("stk,atk->sta", arms, [left, up, ahead])
    hands[1, :, 0] *= -1.0
    length = 0.5 * (_length_of_arm(body, "left") + _length_of_arm(body, "right"))
    return np.asarray(hands / length[:, np.newaxis])


def _below(body: Body, side: Side | None) -> Array:
    """How far an elbow hangs below the line of its arm, (time,) arm lengths."""
    shoulder, elbow, wrist = (
        body[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist")
    )
    line = wrist - shoulder
    height = geometry.elevation(line)
    level = (height >= LEVEL_FROM) & (height <= LEVEL_TO)
    drop = -geometry.across(elbow - shoulder, line)[:, 1] / _length_of_arm(body, side)
    return np.where(level, drop, np.nan)


def _apart(body: Body, side: Side | None = None) -> Array:
    """Distance of one hand from the other in a mirror, (time,) arm lengths."""
    left, right = _hands(body)
    return np.asarray(np.linalg.norm(left - right, axis=1))


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
    hands = _held(movement, event)
    place = np.array([[[middle(axis)] for axis in hand.T] for hand in hands])
    means = _away(np.swapaxes(place, 1, 2))[:, 0]
    return list(POSITIONS)[int(np.argmin(means))] if _clear_of(means) >= 0.0 else ""


def _away(hands: Array) -> Array:
    """Mean distance of both hands from each position, (positions, time)."""
    left, right = np.linalg.norm(_PLACES[:, np.newaxis] - hands[:, np.newaxis], axis=3)
    ways = left[_ONE] + right[_OTHER], left[_OTHER] + right[_ONE]
    return np.asarray(0.5 * np.minimum(*ways))


def _clear_of(means: Array) -> Array:
    """How far hands are from having no name, or another one, arm lengths."""
    nearest, second = np.sort(means, axis=0)[:2]
    return np.asarray(np.minimum(NEAREST - nearest, second - nearest - NEARER))


def _clear(body: Body, side: Side | None = None) -> Array:
    """The same of each frame, (time,)."""
    return _clear_of(_away(_hands(body)))


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
