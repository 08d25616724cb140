"""The points of the feet: how high each is over where it stands, and how it moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import contacts as kernel
from repetiteur.kernels import geometry
from repetiteur.kernels.medians import median
from repetiteur.kernels.stature import SHARES
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
FootPart = Literal["toe", "heel", "ankle"]
SIDES: tuple[Side, Side] = ("left", "right")
PARTS: tuple[FootPart, ...] = ("toe", "heel", "ankle")

#: The leg whose lengths the thresholds in metres were set for, m: all of them grow and
#: shrink with the dancer, so that a child's feet are judged alike.
LEG = 0.82
#: Heel rise, as sine: flat below the first, demi-pointe from the second, pointe from
#: the last (domain measure ``heel_height``, expert defaults: flat < 0.15, demi-pointe
#: 0.5 to 0.85, pointe > 0.9; what lies between the last two goes to the nearer). From
#: 0.15 to 0.5 the heel is up and it is no demi-pointe yet: a quarter pointe.
FLAT_BELOW, DEMI_FROM, POINTE_FROM = 0.15, 0.5, 0.875
#: Heights of a standing point may differ by this, m, and its two sides by the second.
_NEAR, _SIDES_ALIKE = 0.02, 0.05
#: Heel and toe stand at the same height but for the thickness of a shoe and its
#: markers, m. The ankle is 0.039 of the stature high, 0.08 of the leg (Winter 2009,
#: fig. 4.1); never more than the second share.
_HEEL_OVER_TOE, _ANKLE, _ANKLE_MOST = 0.035, 0.08, 0.15
#: Feet's speeds are means over this time to either side, s: noise of 5 mm makes 0.035
#: m/s, a quarter of what a standing foot may do.
_WHILE_S = 0.1
#: Foot over leg, where no heel is seen.
_FOOT = SHARES["foot"] / (SHARES["thigh"] + SHARES["shank"])


class Part(IntEnum):
    """Which part of a foot bears."""

    UNKNOWN = -1
    OFF = 0
    FLAT = 1
    HEEL = 2
    QUARTER_POINTE = 3
    DEMI_POINTE = 4
    POINTE = 5


def over_the_floor(
    body: Body, leg: float, drift: float
) -> tuple[dict[Side, dict[FootPart, Array]], dict[Side, dict[FootPart, float]]]:
    """Heights over the floor, and those of a standing foot.

    Parameters
    ----------
    body : Body
    leg : float
        Its length, metres.
    drift : float
        How far the floor may lean or drift, metres.

    Returns
    -------
    above : dict of side to dict of part to (time,) float
    stands : dict of side to dict of part to float
        Metres. Where a point stands is found twice: that of the whole recording tells
        the floor, over which it is found again.
    """
    points = {side: heights(body, side) for side in SIDES}
    stands = standing_heights(points, leg)
    lifts = [
        height - stands[side][part]
        for side in SIDES
        for part, height in points[side].items()
    ]
    floor = kernel.floor_level(np.fmin.reduce(lifts), body.time, drift)
    above = {
        side: {part: height - floor for part, height in points[side].items()}
        for side in SIDES
    }
    return above, standing_heights(above, leg)


def heights(body: Body, side: Side) -> dict[FootPart, Array]:
    """Heights of the points of a foot that tell of its contact, (time,) metres.

    Toe and heel; the ankle where the file has no heel. All NaN where it has neither.
    """
    there: dict[FootPart, Array] = {}
    for part in PARTS:
        if body.has(f"{side}_{part}") and not (part == "ankle" and "heel" in there):
            there[part] = body[f"{side}_{part}"][:, 1]
    return there or {"toe": np.full(body.time.size, np.nan)}


def lowest(points: Mapping[FootPart, Array]) -> Array:
    """Lowest of what is seen, (time,)."""
    return np.asarray(np.fmin.reduce(list(points.values())))


def standing_heights(
    above: Mapping[Side, Mapping[FootPart, Array]], leg: float
) -> dict[Side, dict[FootPart, float]]:
    """Height of each point while it stands, metres.

    Parameters
    ----------
    above : mapping of side to mapping of part to (time,) float
        Heights over the floor.
    leg : float
        Length of the leg, metres.

    Returns
    -------
    dict of side to dict of part to float

    Notes
    -----
    A foot that never stands takes the other one's; a heel that is never down takes its
    toe's, and an ankle that never is takes what is usual.
    """
    size = leg / LEG
    own = {
        side: {
            part: kernel.standing_height(height, _NEAR * size)
            for part, height in points.items()
        }
        for side, points in above.items()
    }
    for part in PARTS:
        low = np.fmin.reduce([points.get(part, np.nan) for points in own.values()])
        for points in own.values():
            if part in points:
                alike = points[part] - low <= _SIDES_ALIKE * size
                points[part] = points[part] if alike else float(low)
                points[part] = _usual(part, points, leg)
    return own


def _usual(part: FootPart, stands: Mapping[FootPart, float], leg: float) -> float:
    """Standing height of a point, if it can be one over that of its toe."""
    toe, found = float(np.nan_to_num(stands.get("toe", 0.0))), stands[part]
    if part == "heel" and found - toe > _HEEL_OVER_TOE * leg / LEG:
        return toe
    if part == "ankle" and found - toe > _ANKLE_MOST * leg:
        return toe + _ANKLE * leg
    return found


def length_of_foot(body: Body, leg: float) -> float:
    """Median of heel to toe over both feet, metres; by the leg where no heel is."""
    lengths = [
        geometry.length(body[f"{side}_toe"] - body[f"{side}_heel"])
        for side in SIDES
        if body.has(f"{side}_toe", f"{side}_heel")
    ]
    found = median_seen(np.concatenate(lengths)) if lengths else np.nan
    return found if np.isfinite(found) else _FOOT * leg


def heel_rise(
    body: Body, side: Side, stands: Mapping[FootPart, float], length: float
) -> Array:
    """Sine of how far the heel has risen since it stood, (time,).

    (Heel - toe) / foot length, as the domain's measure ``heel_height``. Without a heel
    it is the foot's angle, told by the line from toe to ankle.
    """
    toe = body[f"{side}_toe"]
    if "heel" in stands:
        over = body[f"{side}_heel"][:, 1] - toe[:, 1]
        return np.asarray((over - stands["heel"] + stands.get("toe", np.nan)) / length)
    bone = body[f"{side}_ankle"] - toe
    whole = median_seen(geometry.length(bone))
    flat = (stands.get("ankle", np.nan) - stands.get("toe", np.nan)) / whole
    lean = np.arcsin(np.clip(bone[:, 1] / whole, -1.0, 1.0))
    return np.asarray(np.sin(lean - np.arcsin(np.clip(flat, -1.0, 1.0))))


def median_seen(values: Array) -> float:
    """Median of what was seen; NaN of nothing.

    Examples
    --------
    >>> median_seen(np.array([3.0, np.nan, 5.0]))
    4.0
    """
    return median(values[np.isfinite(values)])


def moving(body: Body, side: Side) -> tuple[Array, Array]:
    """Speed and turning of a foot, seen from above.

    Parameters
    ----------
    body : Body
    side : {"left", "right"}

    Returns
    -------
    speed : (time,) float
        Of the slowest point between heel (or ankle) and toe, m/s: a foot that pivots is
        slow where it pivots. NaN for a body seen by one camera.
    turning : (time,) float
        rad/s, positive to the dancer's left.
    """
    base = "heel" if body.has(f"{side}_heel") else "ankle"
    rear, front = (body[f"{side}_{part}"] for part in (base, "toe"))
    speed, turning = kernel.gliding(rear, front, body.time, _WHILE_S)
    return np.where(body.space == "3d", speed, np.nan), turning


def part_of(rise: float) -> Part:
    """Which part of a foot on the floor bears, from the sine of its heel's rise.

    Examples
    --------
    >>> [part_of(rise).name for rise in (0.0, 0.3, 0.7, 0.95)]
    ['FLAT', 'QUARTER_POINTE', 'DEMI_POINTE', 'POINTE']
    """
    return Part(int(bearing(np.array([rise]))[0]))


def bearing(rise: Array) -> NDArray[np.int64]:
    """Part of a foot on the floor, (time,)."""
    return np.select(
        [rise < FLAT_BELOW, rise < DEMI_FROM, rise < POINTE_FROM, np.isfinite(rise)],
        [Part.FLAT, Part.QUARTER_POINTE, Part.DEMI_POINTE, Part.POINTE],
        default=Part.UNKNOWN,
    )
