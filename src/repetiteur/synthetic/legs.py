"""Legs and feet of the synthetic dancer: on the floor, in the air, and between.

A leg in the air follows its angles. A leg whose foot is planted follows its foot,
which stays where it stands: the knee gives where the foot is too near, and the heel
comes up where it is too far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIDES, SIGN, Array, Dancer
from repetiteur.synthetic.limbs import (
    UP,
    Axes,
    Links,
    cosine,
    dot,
    flexion_of,
    joint,
    lower_link_angle,
    reach,
    sine,
    swung,
    unit,
)

Columns = Mapping[str, Array]

#: How early a heel gives, as a share of what the bent knee has in hand.
_SOFTNESS = 0.3
#: Share of the weight from which on a second leg counts in full for the height.
_SHARED = 0.15
#: Above this angle (degrees) between foot and floor, a foot that leaves the floor
#: points only as fast as the ankle rises; else it would flick.
_PEELING = 70.0


@dataclass(frozen=True)
class Foot:
    """Shape of a foot in metres, and the way from its toe to the ankle.

    ``radius`` is the distance from toe to ankle, ``slope`` the angle (degrees)
    between the sole and the line from toe to ankle.
    """

    length: float
    ahead: float
    height: float

    @classmethod
    def of(cls, dancer: Dancer) -> Foot:
        """The foot of a dancer; ``ahead`` is how far the toe lies from the ankle."""
        length = dancer.metres("foot")
        ahead = length - dancer.metres("ankle_from_heel")
        return cls(length, ahead, dancer.metres("ankle_height"))

    @property
    def radius(self) -> float:
        """Distance from toe to ankle, metres."""
        return float(np.hypot(self.ahead, self.height))

    @property
    def slope(self) -> float:
        """Angle between the sole and the line from toe to ankle, degrees."""
        return float(np.degrees(np.arctan2(self.height, self.ahead)))


@dataclass(frozen=True)
class Leg:
    """One leg's fixed facts and its angles in every frame."""

    side: Side
    dancer: Dancer
    axes: Axes
    angles: Columns

    def __getitem__(self, name: str) -> Array:
        """A parameter of this leg, (frames,): ``leg["knee"]``."""
        return self.angles[f"{self.side}_{name}"]

    @property
    def links(self) -> Links:
        """Lengths of thigh and shank, metres."""
        return self.dancer.metres("thigh"), self.dancer.metres("shank")

    @property
    def foot(self) -> Foot:
        """Shape of the foot."""
        return Foot.of(self.dancer)

    @property
    def outward(self) -> Array:
        """Horizontal direction of the turned-out foot, (frames, 3)."""
        turnout = self.dancer.turnout(self.side) + self["rotation"]
        return self.axes.towards(turnout, SIGN[self.side])

    @property
    def aim(self) -> Array:
        """Direction from hip to ankle that height and azimuth ask for."""
        return self.axes.aimed(self["height"], self["azimuth"], SIGN[self.side])

    @property
    def toe_place(self) -> Array:
        """Where the planted toe stands, (frames, 3); in flight it is carried up."""
        return np.stack([self["x"], self.angles["air"], self["z"]], axis=-1)

    @property
    def weight(self) -> Array:
        """Share of the weight on this leg, (frames,), 0 to 1."""
        left = self.angles["weight_left"]
        return left if self.side == "left" else 1.0 - left

    def planted_ankle(self, rise: Array) -> Array:
        """Ankle over the planted toe with the heel raised by ``rise`` degrees."""
        foot = self.foot
        turn = rise + foot.slope
        lever = sine(turn) * UP - cosine(turn) * self.outward
        return self.toe_place + foot.radius * lever

    def half_pelvis(self) -> Array:
        """Way from the middle of the pelvis to this hip, (frames, 3)."""
        tilt = self.angles["obliquity"]
        line = cosine(tilt) * self.axes.left + sine(tilt) * UP
        return 0.5 * SIGN[self.side] * self.dancer.metres("hip_width") * line


def smooth(share: Array) -> Array:
    """Minimum-jerk step from 0 to 1 over a share from 0 to 1 (flat outside).

    Examples
    --------
    >>> smooth(np.array([-1.0, 0.5, 2.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    s = np.clip(share, 0.0, 1.0)
    out: Array = s**3 * (10.0 - 15.0 * s + 6.0 * s**2)
    return out


def pelvis(legs: Mapping[Side, Leg]) -> Array:
    """Middle of the hips over the feet that carry it, (frames, 3) metres.

    On one leg the pelvis stands where that leg's angles put it over the planted
    foot. On two, it stands over the line between both ankles, by weight, and as high
    as the flexion of one leg allows: the other heel gives.
    """
    left = legs["left"].weight[:, np.newaxis]
    share = {"left": left, "right": 1.0 - left}
    ankle = {s: legs[s].planted_ankle(legs[s]["rise"]) for s in SIDES}
    whole = {s: reach(legs[s]["knee"], *legs[s].links)[:, None] for s in SIDES}
    hip = {s: legs[s].half_pelvis() for s in SIDES}
    over = {s: ankle[s] - whole[s] * legs[s].aim - hip[s] for s in SIDES}
    between = share["left"] * ankle["left"] + share["right"] * ankle["right"]
    one = np.where(left >= 0.5, over["left"], over["right"])
    place = between + smooth(np.abs(2.0 * left - 1.0)) * (one - between)
    high = {s: _height_over(ankle[s] - hip[s], place, whole[s]) for s in SIDES}
    mean = share["left"] * high["left"] + share["right"] * high["right"]
    both = smooth(np.minimum(left, 1.0 - left) / _SHARED)
    most = np.maximum(high["left"], high["right"])
    height = mean + both * (most - mean)
    return np.concatenate([place[:, [0]], height, place[:, [2]]], axis=1)


def _height_over(ankle: Array, place: Array, whole: Array) -> Array:
    """Height of a hip over ``place`` at ``whole`` from the ankle, (frames, 1)."""
    away = place - ankle
    flat = away[:, [0]] ** 2 + away[:, [2]] ** 2
    out: Array = ankle[:, [1]] + np.sqrt(np.maximum(whole**2 - flat, 0.0))
    return out


def needed_rise(leg: Leg, hip: Array) -> Array:
    """Heel rise in degrees, (frames,), at which a planted foot can be reached.

    The parameter's own rise where that is enough; more where the leg, straight, is
    too short for it. While weight goes over from a bent leg, the heel comes up a
    little before that, so that the knee does not snap straight.
    """
    foot, straight = leg.foot, sum(leg.links)
    away = np.linalg.norm(leg.planted_ankle(leg["rise"]) - hip, axis=-1)
    give = straight - reach(leg["knee"], *leg.links)
    soft = _SOFTNESS * np.abs(2.0 * leg.weight - 1.0) * give + 1e-15
    within = straight - soft * np.logaddexp(0.0, (straight - away) / soft)
    gap = leg.toe_place - hip
    ahead, above = dot(gap, leg.outward)[:, 0], gap[:, 1]
    size = np.maximum(np.hypot(ahead, above), 1e-12)
    room = within**2 - dot(gap, gap)[:, 0] - foot.radius**2
    turn = np.degrees(
        np.arctan2(above, -ahead)
        + np.arccos(np.clip(room / (2.0 * foot.radius * size), -1.0, 1.0))
    )
    rise = np.maximum(leg["rise"], turn - foot.slope)
    enough = (away <= straight) & (soft < 1e-9)
    return np.where(enough, leg["rise"], rise)


def leg_points(leg: Leg, hip: Array) -> dict[str, Array]:
    """Hip, knee, ankle, heel and toe of one leg, (frames, 3) metres each.

    Where the leg carries all the weight, or its foot is not planted, direction and
    flexion are exactly its parameters. ``plant`` blends between planted and free.
    """
    weight, plant = leg.weight, leg["plant"]
    rise = np.where(weight < 1.0, needed_rise(leg, hip), leg["rise"])
    way = leg.planted_ankle(rise) - hip
    bound = np.where(weight < 1.0, plant, 0.0)
    aim = unit(leg.aim + bound[:, None] * (unit(way) - leg.aim))
    standing = flexion_of(np.linalg.norm(way, axis=-1), *leg.links)
    flexion = leg["knee"] + bound * (standing - leg["knee"])
    ahead = swung(leg.outward, aim)
    ankle = hip + reach(flexion, *leg.links)[:, None] * aim
    sole, instep = _foot_frame(leg, aim, ahead, flexion, rise)
    lift = np.where(plant < 1.0, _lift(leg.foot, ankle, sole, instep), 0.0)
    toe_line = cosine(lift) * sole + sine(lift) * instep
    ankle_line = cosine(lift) * instep - sine(lift) * sole
    foot = leg.foot
    toe = ankle + foot.ahead * toe_line - foot.height * ankle_line
    return {
        "hip": hip,
        "knee": joint(hip, aim, ahead, flexion, leg.links),
        "ankle": ankle,
        "heel": toe - foot.length * toe_line,
        "toe": toe,
    }


def _foot_frame(
    leg: Leg, aim: Array, ahead: Array, flexion: Array, rise: Array
) -> tuple[Array, Array]:
    """Directions of the sole (heel to toe) and of the instep (sole to ankle)."""
    turn = leg["point"] + lower_link_angle(flexion, leg.links)
    sole = cosine(turn) * ahead + sine(turn) * aim
    instep = sine(turn) * ahead - cosine(turn) * aim
    plant = leg["plant"][:, np.newaxis]
    flat = cosine(rise) * leg.outward - sine(rise) * UP
    over = sine(rise) * leg.outward + cosine(rise) * UP
    sole = unit(sole + plant * (flat - sole))
    instep = instep + plant * (over - instep)
    return sole, unit(instep - dot(instep, sole) * sole)


def _lift(foot: Foot, ankle: Array, sole: Array, instep: Array) -> Array:
    """Degrees by which the floor keeps a free foot from pointing further.

    This is what rolls a foot through heel, ball and toe in a brush along the floor.
    """
    p, q = sole[:, 1], -instep[:, 1]
    size = np.maximum(np.hypot(p, q), 1e-12)
    above = np.maximum(ankle[:, 1] / (foot.radius * size), -1.0)
    peeling = np.radians(_PEELING)
    bend = np.sin(peeling)
    allowed = np.where(
        above < bend,
        np.arcsin(np.minimum(above, bend)),
        peeling + (above - bend) / np.cos(peeling),
    )
    most = np.degrees(np.arctan2(p, -q) + allowed)
    out: Array = np.maximum(foot.slope - most, 0.0)
    return out


def floor_height(leg: Leg, hip: Array) -> Array:
    """Leg height in degrees, (frames,), at which the free toe touches the floor.

    For the leg's own azimuth, flexion and point; 0 where it cannot reach.
    """
    foot, sign = leg.foot, SIGN[leg.side]
    turn = leg["point"] + lower_link_angle(leg["knee"], leg.links) + foot.slope
    down = reach(leg["knee"], *leg.links) + foot.radius * np.sin(np.radians(turn))
    facing = dot(leg.axes.towards(leg["azimuth"], sign), leg.outward)[:, 0]
    out = facing * foot.radius * np.cos(np.radians(turn))
    size = np.hypot(down, out)
    height = np.arccos(np.clip(hip[:, 1] / size, -1.0, 1.0)) - np.arctan2(out, down)
    found: Array = np.maximum(np.degrees(height), 0.0)
    return found
