"""What the rules of the vocabulary read from a movement, each curve made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry, signals
from repetiteur.kernels.filters import derivative
from repetiteur.kinematics.directions import pelvis
from repetiteur.kinematics.feet import LEG, SIDES
from repetiteur.kinematics.hands import clear_of, from_positions, hands
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.placement import crossed, from_the_back, left_ahead
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Speeds are those of directions smoothed by this, s (standard deviation): noise of 1
#: cm at 60 frames a second then makes 6 degrees a second.
CALM_S = 0.05
#: A foot with less than this share of the weight, its heel up by more than the second
#: (sine), only touches the floor. Expert defaults: in a tendu the weight is over the
#: other foot; in fourth both have half.
SHARE, HEEL_UP = 0.3, 0.3
#: Feet nearer than this share no weight by where they are, leg lengths.
_NEAR = 0.15
#: A foot that is down for less than this between two free stretches is free, s.
_FLICKER_S = 0.1


class Scene:
    """A movement and the curves that rules are read from.

    Parameters
    ----------
    movement : Movement
        In space, or seen by one camera with a guess of the depths.
    """

    def __init__(self, movement: Movement) -> None:
        self.movement = movement
        self.time = movement.body.time
        self.size = movement.contacts.leg_length / LEG
        self._made: dict[tuple[str, ...], Array] = {}

    def once(self, name: str, side: str, make: Callable[[], Array]) -> Array:
        """A curve, made when it is asked for first."""
        if (name, side) not in self._made:
            self._made[name, side] = make()
        return self._made[name, side]

    def angle(self, name: str) -> Array:
        """A joint angle, (time,) degrees; NaN throughout where it is not seen."""
        found = self.movement.joint_angles.get(name)
        return np.full(self.time.size, np.nan) if found is None else found

    def frame(self, when_s: float) -> int:
        """The frame nearest to a moment."""
        later = int(np.searchsorted(self.time, when_s))
        later = min(max(later, 1), self.time.size - 1)
        nearer = when_s - self.time[later - 1] < self.time[later] - when_s
        return later - 1 if nearer else later

    def frames(self, seconds: float) -> int:
        """How many frames a time is, at least one."""
        return max(1, round(seconds * self.movement.rate))

    def down(self, side: Side) -> Bools:
        """Where a foot is on the floor."""
        return np.asarray(self.movement.contacts.foot(side).down == 1)

    @cached_property
    def aloft(self) -> Bools:
        """Where the body flies."""
        out = np.zeros(self.time.size, dtype=bool)
        for flight in self.movement.flights:
            out[flight.start : flight.end + 1] = True
        return out

    @cached_property
    def share_left(self) -> Array:
        """Share of the weight over the left foot, by where the mass is between both.

        NaN of feet that are too near to one another.
        """
        body = self.movement.body
        feet = [0.5 * (body[f"{s}_ankle"] + body[f"{s}_toe"])[:, [0, 2]] for s in SIDES]
        line = feet[0] - feet[1]
        square = np.einsum("ij,ij->i", line, line)
        mass = self.movement.mass[:, [0, 2]]
        mass = mass if np.isfinite(mass).any() else pelvis(body)[:, [0, 2]]
        near = np.sqrt(square) < _NEAR * self.movement.contacts.leg_length
        share = np.einsum("ij,ij->i", mass - feet[1], line)
        return np.where(near, np.nan, share / np.where(near, 1.0, square))

    def free(self, side: Side) -> Bools:
        """Where a leg works: the other one carries, and the body does not fly.

        A foot that only touches the floor with its toe, as in a tendu, is free.
        """
        legs, foot = self.movement.legs, self.movement.contacts.foot(side)
        share = self.share_left if side == "left" else 1.0 - self.share_left
        touching = (share < SHARE) & (foot.rise > HEEL_UP) & self.down(OTHER[side])
        found = (legs.supports(OTHER[side]) | touching) & ~self.aloft
        return signals.bridged(found, self.frames(_FLICKER_S)) & ~self.aloft

    def away(self, side: Side) -> Array:
        """How far a foot is from the other leg, (time,) leg lengths."""
        return self.once("away", side, lambda: self._away(side))

    def _away(self, side: Side) -> Array:
        body, other = self.movement.body, OTHER[side]
        ankle, hip = body[f"{other}_ankle"], body[f"{other}_hip"]
        found = from_segment(body[f"{side}_ankle"], hip, ankle)
        smooth = signals.smooth(found, CALM_S * self.movement.rate)
        return smooth / self.movement.contacts.leg_length

    def rise(self, side: Side) -> Array:
        """Sine of a heel's rise, (time,); NaN of a file without heels.

        An ankle alone does not tell a low demi-pointe from a flat foot.
        """
        return self.once("rise", side, lambda: self._rise(side))

    def _rise(self, side: Side) -> Array:
        if not self.movement.body.has(f"{side}_heel"):
            return np.full(self.time.size, np.nan)
        return self.movement.contacts.foot(side).rise

    def turnout(self, side: Side) -> Array:
        """Direction of a foot, (time,) degrees outwards, from its heel or ankle."""
        return self.once("turnout", side, lambda: self._turnout(side))

    def _turnout(self, side: Side) -> Array:
        body = self.movement.body
        if body.has(f"{side}_heel"):
            return self.angle(f"{side}_turnout")
        foot = body[f"{side}_toe"] - body[f"{side}_ankle"]
        degrees = geometry.bearing(foot, body["left_hip"] - body["right_hip"])
        return degrees if side == "left" else -degrees

    def beside(self, side: Side) -> Array:
        """How far a toe is from the other shank, (time,) leg lengths."""
        return self.once("beside", side, lambda: self._beside(side))

    def _beside(self, side: Side) -> Array:
        body, other = self.movement.body, OTHER[side]
        shank = body[f"{other}_knee"], body[f"{other}_ankle"]
        found = from_segment(body[f"{side}_toe"], *shank)
        return found / self.movement.contacts.leg_length

    def up_the_leg(self, side: Side) -> Array:
        """Height of a toe along the other shank, (time,): 0 ankle, 1 knee."""
        return self.once("up_the_leg", side, lambda: self._up_the_leg(side))

    def _up_the_leg(self, side: Side) -> Array:
        body, other = self.movement.body, OTHER[side]
        ankle, knee = body[f"{other}_ankle"][:, 1], body[f"{other}_knee"][:, 1]
        shank = np.where(knee - ankle > 0.0, knee - ankle, np.nan)
        return np.asarray((body[f"{side}_toe"][:, 1] - ankle) / shank)

    def leg_speed(self, side: Side) -> Array:
        """Angular speed of thigh or shank, the faster, (time,) deg/s."""
        return self.once("leg_speed", side, lambda: self._leg_speed(side))

    def _leg_speed(self, side: Side) -> Array:
        body = self.movement.body
        turned = self.movement.turning
        joints = [body[f"{side}_{part}"] for part in ("hip", "knee", "ankle")]
        bones = [geometry.unit(b - a) for a, b in pairwise(joints)]
        if np.isfinite(turned).any():  # who turns as a whole moves no leg
            bones = [_turned_back(bone, turned) for bone in bones]
        sigma = CALM_S * self.movement.rate
        ways = [derivative(signals.smooth(bone, sigma), self.time) for bone in bones]
        fast = np.fmax(*(np.linalg.norm(way, axis=1) for way in ways))
        return np.asarray(np.degrees(fast))

    @cached_property
    def rate(self) -> Array:
        """Rate of turning of the body, (time,) deg/s, left positive."""
        smooth = signals.smooth(self.movement.turning, 2 * CALM_S * self.movement.rate)
        return derivative(smooth, self.time)

    @cached_property
    def mass_speed(self) -> Array:
        """Horizontal speed of the centre of mass, (time,) leg lengths a second."""
        place = self._mass
        smooth = signals.smooth(place, CALM_S * self.movement.rate)
        way = derivative(smooth, self.time)
        speed = np.linalg.norm(way, axis=1)
        return np.asarray(speed / self.movement.contacts.leg_length)

    @cached_property
    def _mass(self) -> Array:
        """Centre of mass, or middle of the hips, from above, (time, 2) metres."""
        mass = self.movement.mass
        seen = np.isfinite(mass).any()
        return np.asarray((mass if seen else pelvis(self.movement.body))[:, [0, 2]])

    def way(self, first: int, last: int) -> float:
        """Horizontal way of the centre of mass, straight, leg lengths."""
        place = self._mass
        gap = place[last] - place[first]
        return float(np.hypot(*gap)) / self.movement.contacts.leg_length

    @cached_property
    def hands(self) -> Array:
        """Each wrist from its shoulder in the frame of the trunk, (2, time, 3)."""
        return hands(self.movement.body)

    @cached_property
    def hand_speed(self) -> Array:
        """Mean speed of both hands in that frame, (time,) arm lengths a second."""
        sigma = 2.0 * CALM_S * self.movement.rate
        ways = [derivative(signals.smooth(h, sigma), self.time) for h in self.hands]
        speeds = [np.linalg.norm(way, axis=1) for way in ways]
        return np.asarray(np.mean(speeds, axis=0))

    @cached_property
    def arms(self) -> NDArray[np.intp]:
        """Which of the positions of the arms it is, (time,); -1 for none."""
        means = from_positions(self.hands)
        nearest = np.argmin(np.nan_to_num(means, nan=np.inf), axis=0)
        return np.where(clear_of(means) >= 0.0, nearest, -1)

    @cached_property
    def ahead(self) -> Array:
        """How far the left foot is in front of the right, (time,) foot lengths."""
        return left_ahead(self.movement.body) / self.movement.contacts.foot_length

    @cached_property
    def placement(self) -> tuple[Array, Array, Array]:
        """``cross_index``, ``gap_ap`` and ``gap_lat``, each (time,).

        NaN while a heel is up: it is then over its toe, and not where the foot is. Of
        feet that do not cross, no crossing is taken off the gap: in second it would
        make a gap of half a foot.
        """
        leads, feet = self.ahead > 0.0, self.movement.contacts
        along, before = crossed(self.movement.body, leads)
        ahead, aside = from_the_back(self.movement.body, leads)
        before, beside = np.where(along < 0.0, ahead, before), np.abs(aside)
        flat = np.where(np.fmax(feet.left.rise, feet.right.rise) < HEEL_UP, 0.0, np.nan)
        return along + flat, before + flat, beside + flat

    @cached_property
    def apart(self) -> Array:
        """Distance of the middles of both feet, from above, (time,) foot lengths."""
        body = self.movement.body
        left, right = (0.5 * (body[f"{s}_heel"] + body[f"{s}_toe"]) for s in SIDES)
        gap = (left - right)[:, [0, 2]]
        return np.asarray(
            np.linalg.norm(gap, axis=1) / self.movement.contacts.foot_length
        )


def from_segment(point: Array, start: Array, end: Array) -> Array:
    """Distance of a point from a straight segment, (time,), in their unit.

    Examples
    --------
    >>> ends = np.array([[0.0, 0.0, 0.0]]), np.array([[0.0, 2.0, 0.0]])
    >>> from_segment(np.array([[3.0, 1.0, 0.0]]), *ends).tolist()
    [3.0]
    """
    line = end - start
    square = np.einsum("ij,ij->i", line, line)
    along = np.einsum("ij,ij->i", point - start, line)
    share = np.clip(along / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    gap = point - start - share[:, np.newaxis] * line
    return np.asarray(np.linalg.norm(gap, axis=1))


def _turned_back(direction: Array, heading: Array) -> Array:
    """Directions as they are to the body: its heading taken back."""
    angle = np.radians(heading)
    sine, cosine = np.sin(angle), np.cos(angle)
    out = direction.copy()
    out[:, 0] = direction[:, 0] * cosine - direction[:, 2] * sine
    out[:, 2] = direction[:, 0] * sine + direction[:, 2] * cosine
    return out
