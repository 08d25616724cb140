"""Standing on both feet: turned out how far, placed how, square, upright, straight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics import limbs
from repetiteur.kinematics.events import Span
from repetiteur.kinematics.joints import in_frames
from repetiteur.kinematics.limbs import Bones
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.placement import crossed, from_the_back, left_ahead
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import both, middle
from repetiteur.technique.postures import (
    FEET,
    LEGS,
    TRUNK,
    posture,
    reading,
    settled,
    trunk_postures,
)

Array = NDArray[np.float64]

_HIPS = ("left_hip", "right_hip")


def _held(movement: Movement, stance: Span) -> Body:
    """The body in the stillest part of a stance."""
    first, last = settled(movement, stance)
    return in_frames(movement.body, slice(first, last + 1))


def _turnouts(body: Body) -> tuple[Array, Array]:
    """Turnout of the left and of the right foot, degrees."""
    bones = Bones(body)
    return limbs.turnout(bones, "left"), limbs.turnout(bones, "right")


def _total(body: Body, side: Side | None = None) -> Array:
    left, right = _turnouts(body)
    return left + right


def _difference(body: Body, side: Side | None = None) -> Array:
    left, right = _turnouts(body)
    return left - right


reading(
    "turnout_total",
    on="stance",
    name="Angle between the feet",
    unit="deg",
    needs=(*FEET, *_HIPS),
    source="sum of the turnout of both feet, from heel to toe, against the pelvis",
    shape="circle",
    reads=_total,
    alone=True,
)
reading(
    "turnout_side.difference",
    on="stance",
    name="Turnout, left foot over the right",
    unit="deg",
    needs=(*FEET, *_HIPS),
    source="turnout of the left foot - turnout of the right foot",
    shape="circle",
    reads=_difference,
    alone=True,
)


def _leads(body: Body) -> NDArray[np.bool_]:
    """Whether the left foot is in front, the same in all frames of a stance."""
    return np.full(body.time.size, middle(left_ahead(body)) > 0.0)


def _along(body: Body, side: Side | None = None) -> Array:
    return crossed(body, _leads(body))[0]


def _before(body: Body, side: Side | None = None) -> Array:
    return crossed(body, _leads(body))[1]


def _beside(body: Body, side: Side | None = None) -> Array:
    return from_the_back(body, _leads(body))[1]


@measure(
    "foot_placement.cross_index",
    on="stance",
    name="How far the feet cross",
    unit="foot lengths",
    needs=(*FEET, *_HIPS),
    source="front heel from the back heel, to the side of the back foot, over the "
    "sine of its turnout, from 25 degrees",
    reads=_along,
)
def cross_index(movement: Movement, stance: Span, side: Side | None) -> float:
    """0 heel to heel, 1 heel to toe, below 0 apart; NaN with parallel feet.

    Independent of the amount of turnout.
    """
    return middle(_along(_held(movement, stance)))


@measure(
    "foot_placement.gap_ap",
    on="stance",
    name="Gap between front and back foot",
    unit="foot lengths",
    needs=(*FEET, *_HIPS),
    source="front heel from the back heel, forward, less what lies along the back "
    "foot: cross_index x cosine of its turnout",
    reads=_before,
)
def gap_ahead(movement: Movement, stance: Span, side: Side | None) -> float:
    """0 with the feet touching; NaN with parallel feet.

    Independent of the amount of turnout.
    """
    return middle(_before(_held(movement, stance)))


@measure(
    "foot_placement.gap_lat",
    on="stance",
    name="Gap between the heels, sideways",
    unit="foot lengths",
    needs=(*FEET, *_HIPS),
    source="distance of the heels along the line of the hips, as seen from above",
    shape="ray",
    reads=_beside,
)
def gap_sideways(movement: Movement, stance: Span, side: Side | None) -> float:
    """0 with one heel before the other, 1 to 1.5 in second position."""
    return abs(middle(_beside(_held(movement, stance))))


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
    seen="limb",
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
posture(
    "aplomb.plumb",
    on="stance",
    name="Lean of the whole body",
    angle="plumb",
    needs=("left_ear|head", "right_ear|head", "left_ankle", "right_ankle"),
    seen="limb",
    source="ang(mid-ear - middle of the ankles, up)",
)
trunk_postures("stance")
