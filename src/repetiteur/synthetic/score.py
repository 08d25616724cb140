"""A phrase made ready for one body: where its feet stand, how its legs get there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from repetiteur.kernels.signals import runs
from repetiteur.kinematics.flights import GRAVITY
from repetiteur.model.skeletons import Side
from repetiteur.synthetic.body import PARAMETERS, parameters, standing_angles, touching
from repetiteur.synthetic.dancer import (
    SIDES,
    SIGN,
    STANDARD,
    Array,
    Dancer,
    Stance,
    rotated,
    stance,
)
from repetiteur.synthetic.keyposes import KeyPose, arms
from repetiteur.synthetic.legs import Foot
from repetiteur.synthetic.motion import Clock, Track

_AT = {name: k for k, name in enumerate(PARAMETERS)}
_SHARE: dict[Side | None, float] = {"left": 1.0, "right": 0.0, None: 0.5}
#: How high a body without a foot on the floor is carried over it, metres, so that its
#: legs do not meet the floor before the fall brings it down.
_CARRIED = 1.0
_CARRIES: dict[float, Side] = {1.0: "left", 0.0: "right"}


@dataclass(frozen=True)
class Score:
    """A phrase made ready for one body.

    Attributes
    ----------
    track : Track
        Parameters over time; each leg's height and azimuth as height ahead and height
        aside, so that a leg passes under the body without a jump of azimuth.
    flights : (flight, 2) float
        When each flight begins and ends, seconds at tempo 1.
    """

    track: Track
    flights: Array

    @property
    def lasting_s(self) -> float:
        """Length in seconds at tempo 1."""
        return float(self.track.time[-1])

    def parameters_at(self, seconds: Array, clock: Clock) -> Array:
        """Parameters at moments of the phrase, (frames, parameter)."""
        table = _polar(self.track.at(seconds))
        time = clock.take_at(seconds)
        planted = np.maximum(*(table[:, _AT[f"{side}_plant"]] for side in SIDES))
        table[:, _AT["air"]] += _CARRIED * (1.0 - planted)
        for off_s, on_s in self.flights_at(clock):
            rise = 0.5 * GRAVITY * (time - off_s) * (on_s - time)
            table[:, _AT["air"]] += np.maximum(rise, 0.0)
        return table

    def flights_at(self, clock: Clock) -> Array:
        """Take-off and landing of each flight in the take, (flight, 2) seconds."""
        return clock.take_at(self.flights.ravel()).reshape(-1, 2)


def compose(
    poses: Sequence[KeyPose],
    dancer: Dancer = STANDARD,
    *,
    bpm: float = 60.0,
    heading: float = 0.0,
) -> Score:
    """Make the key poses of a phrase ready for a body.

    Parameters
    ----------
    poses : sequence of KeyPose
        The first is where the phrase begins; it is held for its counts.
    dancer : Dancer
    bpm : float
        Counts a minute.
    heading : float
        Heading at the beginning, degrees, positive to the dancer's left.

    Returns
    -------
    Score

    Raises
    ------
    ValueError
        When the phrase is empty, a pose takes no time, or no foot stands out of a
        flight.
    """
    if not poses or min(pose.counts for pose in poses) <= 0.0:
        raise ValueError(
            "A phrase needs key poses of more than 0 counts each, and this has "
            f"{[pose.counts for pose in poses]}. Give each some time."
        )
    way = (poses[0], replace(poses[0], turn=0.0), *poses[1:])
    feet = _feet(way)
    _check_flights(way, feet)
    table = _table(way, feet, dancer, heading)
    _settle(table, feet, dancer)
    flat = _planar(table)
    time = np.cumsum([0.0, *(pose.counts for pose in poses)]) * 60.0 / bpm
    start, end = flat[:-1].copy(), flat[1:].copy()
    for side in SIDES:
        _keep_places(start, end, feet, side)
    _shift_weight(start, end, feet)
    flown = np.array(runs([pose.aloft for pose in poses]), dtype=np.intp).reshape(-1, 2)
    return Score(
        Track(time, start, end, np.array([False, *(p.through for p in poses)])),
        time[flown + np.array([0, 1])],
    )


@dataclass(frozen=True)
class _Standing:
    """Which feet stand, which carry weight, and which touch with the toe."""

    weight_left: float
    planted: frozenset[Side]
    touching: Side | None = None
    stance: Stance | None = None


#: Standing on one foot, by the name of :data:`repetiteur.synthetic.keyposes.Feet`.
_ONE_FOOT: dict[str, _Standing] = {
    "left": _Standing(1.0, frozenset(("left",))),
    "right": _Standing(0.0, frozenset(("right",))),
    "left_toe": _Standing(1.0, frozenset(("left",)), touching="right"),
    "right_toe": _Standing(0.0, frozenset(("right",)), touching="left"),
}


def _feet(poses: Sequence[KeyPose]) -> list[_Standing]:
    """Where weight and feet are in each key pose."""
    out: list[_Standing] = []
    now = _Standing(0.5, frozenset(SIDES), stance="first")
    for pose in poses:
        if pose.feet in _ONE_FOOT:
            now = _ONE_FOOT[pose.feet]
        elif pose.feet == "none":
            now = _Standing(now.weight_left, frozenset())
        elif pose.feet is not None:
            name = cast(Stance, pose.feet)
            now = _Standing(_SHARE[pose.weight], frozenset(SIDES), stance=name)
        elif pose.weight is not None:
            now = replace(now, weight_left=_SHARE[pose.weight])
        out.append(now)
    return out


def _check_flights(poses: Sequence[KeyPose], feet: Sequence[_Standing]) -> None:
    """Refuse a pose without a foot on the floor that is not within a flight."""
    aloft = [pose.aloft for pose in poses] + [False]
    for k, (pose, standing) in enumerate(zip(poses, feet, strict=True)):
        if not standing.planted and not (aloft[k] and aloft[k + 1]):
            raise ValueError(
                f"{pose.name} has no foot on the floor, and is not within a flight. "
                "Let the way to it, and the way to the landing after it, be aloft."
            )


def _table(
    poses: Sequence[KeyPose],
    feet: Sequence[_Standing],
    dancer: Dancer,
    heading: float,
) -> Array:
    """Parameters of each key pose, (poses, parameter), with the places of both feet."""
    state = dict(zip(PARAMETERS, parameters(dancer)[0], strict=True))
    state |= arms("low") | {"heading": heading}
    places = stance(feet[0].stance or "first", dancer, heading)
    before = feet[0]
    rows = []
    for pose, now in zip(poses, feet, strict=True):
        state |= dict(pose.changes)
        state["heading"] += pose.turn
        state["weight_left"] = now.weight_left
        places = _step(places, before, now, pose, dancer, state["heading"])
        for side in SIDES:
            state[f"{side}_plant"] = float(side in now.planted)
            state[f"{side}_x"], state[f"{side}_z"] = places[side]
        before = now
        rows.append([state[name] for name in PARAMETERS])
    return np.array(rows, dtype=np.float64)


def _step(
    places: dict[Side, Array],
    before: _Standing,
    now: _Standing,
    pose: KeyPose,
    dancer: Dancer,
    heading: float,
) -> dict[Side, Array]:
    """Places of both toes in a pose: the weight stays where it was, but for travel."""
    left, out = before.weight_left, dict(places)
    if now.stance is not None and now.stance != before.stance:
        new = stance(now.stance, dancer, heading)
        shift = left * (places["left"] - new["left"])
        shift = shift + (1.0 - left) * (places["right"] - new["right"])
        out = {side: new[side] + shift for side in SIDES}
    elif now.stance is None:
        out |= _beneath(places, left, now.planted - before.planted, dancer, heading)
    leg = dancer.metres("thigh") + dancer.metres("shank")
    way = leg * rotated(pose.travel[::-1], heading)
    stays = None if pose.aloft else _CARRIES.get(left)
    return {s: out[s] + (s in now.planted and s != stays) * way for s in SIDES}


def _beneath(
    places: dict[Side, Array],
    left: float,
    sides: frozenset[Side],
    dancer: Dancer,
    heading: float,
) -> dict[Side, Array]:
    """Places of toes whose ankle comes down where the weight was carried."""
    ahead = Foot.of(dancer).ahead
    along = {
        side: ahead * rotated((0.0, 1.0), heading + SIGN[side] * dancer.turnout(side))
        for side in SIDES
    }
    ankle = {side: places[side] - along[side] for side in SIDES}
    carried = left * ankle["left"] + (1.0 - left) * ankle["right"]
    return {side: carried + along[side] for side in sides}


def _settle(table: Array, feet: Sequence[_Standing], dancer: Dancer) -> None:
    """Set the angles that follow from the floor, in place, pose by pose.

    A toe that touches gets the height at which it does; a planted foot without all
    the weight gets the angles that its leg has because it stands there.
    """
    for side in SIDES:
        toe = np.array([f.touching == side for f in feet])
        if toe.any():
            table[toe, _AT[f"{side}_height"]] = touching(table[toe], side, dancer)
        alone = 1.0 if side == "left" else 0.0
        shared = np.array([side in f.planted and f.weight_left != alone for f in feet])
        if shared.any():
            found = standing_angles(table[shared], side, dancer)
            for name, value in found.items():
                if name != "knee":
                    table[shared, _AT[f"{side}_{name}"]] = value


def _keep_places(
    start: Array, end: Array, feet: Sequence[_Standing], side: Side
) -> None:
    """Let a foot's place change only while it is free, in place."""
    for k in range(len(start)):
        leaves, lands = side in feet[k].planted, side in feet[k + 1].planted
        for name in (f"{side}_x", f"{side}_z"):
            if lands and not leaves:
                start[k, _AT[name]] = end[k, _AT[name]]


def _shift_weight(start: Array, end: Array, feet: Sequence[_Standing]) -> None:
    """Let weight go over at once while no foot stands, in place.

    The fall places the body; each leg then keeps to its angles.
    """
    aloft = [not standing.planted for standing in feet[:-1]]
    start[aloft, _AT["weight_left"]] = end[aloft, _AT["weight_left"]]


def _planar(table: Array) -> Array:
    """Height and azimuth of each leg as height ahead and height aside."""
    out = table.copy()
    for side in SIDES:
        height, azimuth = _AT[f"{side}_height"], _AT[f"{side}_azimuth"]
        angle = np.radians(table[:, azimuth])
        out[:, height] = table[:, height] * np.cos(angle)
        out[:, azimuth] = table[:, height] * np.sin(angle)
    return out


def _polar(table: Array) -> Array:
    """The way back from :func:`_planar`."""
    out = table.copy()
    for side in SIDES:
        height, azimuth = _AT[f"{side}_height"], _AT[f"{side}_azimuth"]
        ahead, aside = table[:, height], table[:, azimuth]
        out[:, height] = np.hypot(ahead, aside)
        out[:, azimuth] = np.degrees(np.arctan2(aside, ahead))
    return out
