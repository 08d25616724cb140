"""Which part of each foot is on the floor, and when it comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import contacts as kernel
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import runs
from repetiteur.kinematics.feet import (
    LEG,
    SIDES,
    FootPart,
    Part,
    bearing,
    heel_rise,
    length_of_foot,
    lowest,
    moving,
    over_the_floor,
)
from repetiteur.kinematics.support import LIFTED_IN_A_PICTURE, leg_length
from repetiteur.kinematics.view import view_of
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
States = NDArray[np.int8]

#: A foot comes down below the first and leaves above the second height over where it
#: stands, m (domain, pitfall 5 of one camera: hysteresis).
ENTER, LEAVE = 0.02, 0.04
#: A foot whose slowest point is slower than this stands, m/s (domain, 1.3).
STANDING_SPEED = 0.15
#: It pivots if it turns faster than this meanwhile, rad/s: expert default (57 deg/s),
#: no publication.
PIVOTING = 1.0
#: A foot on its heel has its toe up by this much (15 deg), as sine. Expert default.
HEEL_BELOW = -0.25
#: How far the floor may lean or drift, as share of the leg's length: 8 cm; in a picture
#: also what walking in depth does. Expert defaults.
FLOOR_DRIFT, FLOOR_DRIFT_IN_A_PICTURE = 0.1, 2.0
#: In a picture, feet that seem off the floor for longer than any jump lasts are on a
#: floor that was lost, s. Expert default: 0.7 s is a flight of 60 cm.
_LONGEST_S = 0.8
#: Where the toe is not seen, the rest of a foot tells that it is off only when it is
#: higher than any relevé, as share of the leg: a foot and a little more.
_SURELY_OFF = 0.35
#: A camera that looks down by more shows heights and depths mixed, deg; see
#: :data:`repetiteur.kinematics.support.LIFTED_IN_A_PICTURE`.
_LEVEL_DEG = 20.0
#: The floor's noise is between these, m.
_QUIET, _UNQUIET = 0.002, 0.015


@dataclass(frozen=True)
class FootContact:
    """One foot and the floor, over time.

    Attributes
    ----------
    down : (time,) int8
        1 on the floor, 0 off, -1 not known.
    part : (time,) int8
        Which part touches (:class:`repetiteur.kinematics.feet.Part`).
    lift : (time,) float
        Height of the lowest seen point over where it stands, m; NaN = not seen.
    toe_lift, heel_lift : (time,) float
        The same of toe and heel; NaN where the file has none.
    rise : (time,) float
        Sine of the heel's rise: 0 flat, 1 upright.
    speed : (time,) float
        Horizontal speed of the slowest point between heel (or ankle) and toe, m/s.
    standing : (time,) bool
        On the floor and in its place, turning or not; a foot that brushes is not.
    pivoting : (time,) bool
        Standing, and turning.
    pivot : (time, 3) float
        What it turns on: the toe, or the ankle where the file has none, m.
    touch_downs, take_offs : (n,) float
        Of the foot, seconds, between frames.
    toe_downs, heel_downs : (n,) float
        When the toe, and the heel, come down, seconds.
    """

    down: States
    part: States
    lift: Array
    toe_lift: Array
    heel_lift: Array
    rise: Array
    speed: Array
    standing: Bools
    pivoting: Bools
    pivot: Array
    touch_downs: Array
    take_offs: Array
    toe_downs: Array
    heel_downs: Array


@dataclass(frozen=True)
class Contacts:
    """Both feet and the floor, over time.

    Attributes
    ----------
    time : (time,) float
        Seconds.
    left, right : FootContact
    leg_length, foot_length : float
        Metres; a leg that is never seen is taken for 0.82 m.
    """

    time: Array
    left: FootContact
    right: FootContact
    leg_length: float
    foot_length: float

    def foot(self, side: Side) -> FootContact:
        """The foot of a side."""
        return self.left if side == "left" else self.right

    @property
    def size(self) -> float:
        """The dancer's size: 1 with a leg of 0.82 m, 0.7 for a child of that size."""
        return self.leg_length / LEG


def contacts(body: Body) -> Contacts:
    """Which part of each foot is on the floor.

    Parameters
    ----------
    body : Body
        In space, or seen by one camera that stands level: then with wide thresholds.

    Returns
    -------
    Contacts

    Notes
    -----
    A point of the foot (toe, heel; the ankle where there is no heel) is high or low
    over where it itself stands, found from its lowest heights, the same on both sides
    but for a few centimetres; the floor under the dancer may lean or drift by 8 cm
    (:func:`repetiteur.kernels.contacts.floor_level`). The foot is down as soon as one
    of its points is, and off only where its toe was seen to be: the last to leave.
    Heights and speeds are shares of the leg, so that a child's feet are judged like an
    adult's.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> def still(x, y): return np.array([[x, y, 0.0]] * 3)
    >>> body = Body(np.arange(3) / 60, MappingProxyType({
    ...     "left_hip": still(0.1, 0.9), "left_knee": still(0.1, 0.5),
    ...     "left_ankle": still(0.1, 0.08), "left_toe": still(0.2, 0.02),
    ...     "right_ankle": still(-0.1, 0.4), "right_toe": still(-0.2, 0.3)}))
    >>> found = contacts(body)
    >>> found.left.down.tolist(), found.right.down.tolist()
    ([1, 1, 1], [0, 0, 0])
    """
    leg = leg_length(body)
    leg = leg if np.isfinite(leg) else LEG
    drift = FLOOR_DRIFT if body.space == "3d" else FLOOR_DRIFT_IN_A_PICTURE
    above, stands = over_the_floor(body, leg, drift * leg)
    lifts = {
        side: {part: y - stands[side][part] for part, y in above[side].items()}
        for side in SIDES
    }
    lower = np.fmin(*(lowest(lifts[side]) for side in SIDES))
    whole = _Whole(leg, length_of_foot(body, leg), _lost(body, lower, leg))
    left, right = (
        _foot(body, side, lifts[side], stands[side], whole) for side in SIDES
    )
    return Contacts(body.time, left, right, leg, whole.foot)


class _Whole(NamedTuple):
    """What both feet share: lengths, and where the floor of a picture is lost."""

    leg: float
    foot: float
    lost: Bools


def _lost(body: Body, lower: Array, leg: float) -> Bools:
    """Where a picture does not tell the floor, (time,) bool."""
    lost = np.zeros(lower.shape, dtype=bool)
    if body.space == "3d":
        return lost
    for first, last in runs(lower > _limits(body, leg)[0]):
        lost[first : last + 1] = body.time[last] - body.time[first] > _LONGEST_S
    return lost | ~(np.abs(view_of(body).pitch) <= _LEVEL_DEG)


def _foot(
    body: Body,
    side: Side,
    lifts: Mapping[FootPart, Array],
    stands: Mapping[FootPart, float],
    whole: _Whole,
) -> FootContact:
    leg, size = whole.leg, whole.leg / LEG
    lift = lowest(lifts)
    unseen = np.full(lift.shape, np.nan)
    toe_lift, heel_lift = lifts.get("toe", unseen), lifts.get("heel", unseen)
    limits = _limits(body, leg)
    down = np.where(whole.lost, -1, _down(lifts, limits, leg)).astype(np.int8)
    rise = heel_rise(body, side, stands, whole.foot)
    speed, turning = moving(body, side)
    standing = (down == 1) & ~(speed >= STANDING_SPEED * size)
    downs, offs = _moments(lift, body.time, down, size)
    return FootContact(
        down=down,
        part=_part(down, rise, toe_lift > limits[1]),
        lift=lift,
        toe_lift=toe_lift,
        heel_lift=heel_lift,
        rise=rise,
        speed=speed,
        standing=standing,
        pivoting=standing & (np.abs(turning) > PIVOTING),
        pivot=body[f"{side}_toe"] if "toe" in lifts else body[f"{side}_ankle"],
        touch_downs=downs,
        take_offs=offs,
        toe_downs=_comes_down(toe_lift, body.time, limits, size),
        heel_downs=_comes_down(heel_lift, body.time, limits, size),
    )


def _limits(body: Body, leg: float) -> tuple[float, float]:
    """Heights below which a foot comes down, and above which it leaves, metres."""
    if body.space == "3d":
        return ENTER * leg / LEG, LEAVE * leg / LEG
    return LIFTED_IN_A_PICTURE * leg, 4.0 / 3.0 * LIFTED_IN_A_PICTURE * leg


def _moments(
    lift: Array, time: Array, down: States, size: float
) -> tuple[Array, Array]:
    """When a foot comes down, and when it leaves, seconds."""
    still = np.abs(lift[(down == 1) & np.isfinite(lift)])
    spread = 4.5 * median(still) if still.size else 0.0  # 3 sd of a normal
    ground = float(np.clip(spread, _QUIET * size, _UNQUIET * size))
    downs = kernel.touching(lift, time, down, ground)
    backwards = kernel.touching(lift[::-1], -time[::-1], down[::-1], ground)
    return downs, -backwards[::-1]


def _comes_down(
    lift: Array, time: Array, limits: tuple[float, float], size: float
) -> Array:
    """When one point of a foot comes down, seconds."""
    return _moments(lift, time, kernel.hysteresis(lift, *limits), size)[0]


def _down(
    lifts: Mapping[FootPart, Array],
    limits: tuple[float, float],
    leg: float,
) -> States:
    """1 on the floor, 0 off, -1 not known."""
    lift = lowest(lifts)
    down = kernel.hysteresis(lift, *limits)
    unsure = (down == 0) & ~(lift > _SURELY_OFF * leg)
    if "toe" in lifts:
        unsure &= np.isnan(lifts["toe"])
    return np.where(unsure, -1, down).astype(np.int8)


def _part(down: States, rise: Array, toe_up: Bools) -> States:
    """Which part of the foot touches, (time,) int8."""
    out = np.where((rise < HEEL_BELOW) & toe_up, Part.HEEL, bearing(rise))
    out = np.where(down == 0, Part.OFF, np.where(down < 0, Part.UNKNOWN, out))
    return out.astype(np.int8)
