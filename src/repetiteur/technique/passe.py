"""The pose of a turn: the push-off to it, how soon it is there, how high, how long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.estimates import lasting
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.spotting import SLOW_S, sign_of
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import direction, over, supporting, working
from repetiteur.technique.postures import FOLDED, LEGS, TRUNK

Array = NDArray[np.float64]

#: A retiré is in its place from the first to the second height. Expert defaults: the
#: domain has below 0.85 for a fault, and 1.15 for the highest, here with some room.
IN_PLACE = (0.85, 1.2)
#: A turn is in retiré, and not in another pose, with the foot drawn up to the other leg
#: for at least this share of it. Expert default.
DRAWN_UP = 0.25
#: Of the working leg, this share of the turn has to be seen for a share of time.
SEEN = 0.9

_ON_ONE_FOOT = (*TRUNK, "left_toe|left_ankle", "right_toe|right_ankle")
_RETIRE = (*TRUNK, *LEGS, "left_toe", "right_toe")
_NAN = float("nan")


def _by_frame(turn: Turn, step_s: float) -> float:
    return lasting(turn.end_s - turn.start_s, step_s).half


def _held(movement: Movement, turn: Turn) -> tuple[int, int]:
    """First and last frame of a turn in which its one foot carries alone."""
    if turn.axis is None:
        return turn.start, turn.end
    ends = [turn.axis.start_s, turn.axis.end_s]
    first, last = np.searchsorted(movement.body.time, ends)
    return int(first), int(last)


def _push_off(movement: Movement, turn: Turn) -> int | None:
    """Frame in which both feet, or the working one, leave the floor; None if long ago.

    It may be before the turn is fast, by 0.6 s at most: who stands on one foot for
    longer has pushed off for something else.
    """
    time = movement.body.time
    earliest = int(np.searchsorted(time, turn.start_s - SLOW_S))
    if turn.axis is None:
        jumps = [jump.start for jump in movement.flights if jump.end >= turn.start]
        return min((f for f in jumps if earliest < f <= turn.end), default=None)
    working = movement.contacts.foot("left" if turn.working == "left" else "right")
    down = np.flatnonzero(working.down[earliest : _held(movement, turn)[0]] != 0)
    return earliest + int(down[-1]) + 1 if down.size else None


@measure(
    "pre_rotation",
    on="turn",
    name="Rotation before the push-off",
    unit="rev",
    sides=direction,
    needs=_ON_ONE_FOOT,
    least_hz=20.0,
    source="yaw from where the body is furthest back until the working foot, or in a "
    "tour en l'air both feet, leave the floor, over 360",
    shape="ray",
    whole=True,
)
def pre_rotation(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions on the floor; NaN of turns that no push begins, as in a series."""
    leaves = _push_off(movement, turn) if turn.on in ("one_foot", "air") else None
    if leaves is None:
        return _NAN
    time = movement.body.time
    before = slice(int(np.searchsorted(time, turn.start_s - SLOW_S)), leaves + 1)
    way = sign_of(turn.direction) * movement.turning[before]
    return float(way[-1] - np.nanmin(way)) / 360.0 if np.isfinite(way[-1]) else _NAN


def _in_a_series(movement: Movement, turn: Turn) -> bool:
    """Whether a turn is in a series on one foot: its leg goes from pose to pose."""
    return any(
        series.supporting and series.start <= turn.start <= series.end
        for series in movement.series
    )


def _in_place(movement: Movement, turn: Turn, first: int) -> Array:
    """Whether the retiré is in place from a frame to the end of the support, 0 or 1.

    Nothing of turns in another pose, of series, or where the working leg is not seen.
    """
    if _in_a_series(movement, turn):
        return np.zeros(0)
    side: Side = "left" if turn.working == "left" else "right"
    frames = slice(first, _held(movement, turn)[1] + 1)
    height = movement.retire_heights[side][frames]
    seen = np.isfinite(movement.body[f"{side}_toe"][frames, 1])
    if seen.mean() < SEEN or np.isfinite(height).mean() < DRAWN_UP:
        return np.zeros(0)
    low, high = IN_PLACE
    return np.asarray((height >= low) & (height <= high), dtype=np.float64)


@measure(
    "time_in_position.share",
    on="turn",
    name="Time in retiré, of the turn",
    unit="ratio",
    sides=working,
    needs=_RETIRE,
    source="time with retire_height from 0.85 to 1.2 / time on one foot",
    shape="share",
    whole=True,
)
def time_in_position(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Share of the time from the push-off; NaN of turns in another pose."""
    leaves = _push_off(movement, turn)
    first = _held(movement, turn)[0] if leaves is None else leaves
    there = _in_place(movement, turn, first)
    return float(there.mean()) if there.size else _NAN


@measure(
    "time_in_position.arrival",
    on="turn",
    name="Time from push-off to retiré",
    unit="s",
    sides=working,
    needs=_RETIRE,
    least_hz=25.0,
    by_frames=_by_frame,
    source="from the working foot's leaving the floor until retire_height is 0.85",
    shape="ray",
    whole=True,
)
def arrival(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Seconds; NaN of turns in another pose, or without a push-off."""
    leaves = _push_off(movement, turn)
    there = np.zeros(0) if leaves is None else _in_place(movement, turn, leaves)
    if leaves is None or not there.any():
        return _NAN
    time = movement.body.time
    return float(time[leaves + int(np.argmax(there))] - time[leaves])


@measure(
    "retire_height",
    on="turn",
    name="Height of the retiré, turning",
    unit="ratio",
    sides=working,
    needs=_RETIRE,
    source="(working toe - supporting ankle) / (supporting knee - ankle), heights, "
    "median while one foot supports",
)
def retire_height(movement: Movement, turn: Turn, side: Side | None) -> float:
    """1 with the toe at the knee; NaN of other poses, and of turns in a series."""
    if _in_a_series(movement, turn):
        return _NAN
    working: Side = "left" if turn.working == "left" else "right"
    return over(movement.retire_heights[working], _held(movement, turn))


@measure(
    "leg_elevation",
    on="turn",
    name="Height of the leg, turning",
    unit="deg",
    sides=working,
    needs=(*LEGS, *_ON_ONE_FOOT),
    source="ang(ankle - hip, down) of the working leg, median while one foot supports",
    shape="half circle",
)
def leg_elevation(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Degrees: 0 hanging, 90 horizontal; NaN of a retiré, and of turns in a series."""
    if _in_a_series(movement, turn):
        return _NAN
    angles, held = movement.joint_angles, _held(movement, turn)
    if over(angles[f"{side}_knee_flexion"], held) > FOLDED:
        return _NAN
    return over(angles[f"{side}_leg_elevation"], held)


@measure(
    "heel_height",
    on="turn",
    name="Height of the relevé, turning",
    unit="ratio",
    sides=supporting,
    needs=("left_toe", "right_toe", *TRUNK),
    source="(heel - toe height) / foot length of the supporting foot, median",
)
def heel_height(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Sine of the heel's rise: 0 flat, 0.5 to 0.85 demi-pointe; NaN in a series."""
    if _in_a_series(movement, turn):
        return _NAN
    foot = movement.contacts.foot("left" if turn.supporting == "left" else "right")
    return over(foot.rise, _held(movement, turn))
