"""Turns: how many, which way, how fast, how upright, how much in place."""

from __future__ import annotations

from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.technique.postures import LEGS, TRUNK, posture
from repetiteur.technique.taking import taken

_ON_ONE_FOOT = (*TRUNK, "left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")


def _direction(turn: Turn) -> tuple[Side | None, ...]:
    return (turn.direction,)


def _supporting(turn: Turn) -> tuple[Side | None, ...]:
    return () if turn.axis is None else (turn.supporting,)


@taken(
    "turn_count",
    on="turn",
    name="Number of turns",
    unit="rev",
    sides=_direction,
    needs=TRUNK,
    least_hz=20.0,
    source="yaw of pelvis and shoulders while faster than 120 deg/s, over 360",
    shape="ray",
)
def turn_count(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions of pelvis and shoulders, not rounded."""
    return abs(turn.rotation) / 360.0


@taken(
    "turn_sense",
    on="turn",
    name="En dehors or en dedans",
    unit="label",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    least_hz=20.0,
    source="towards the working leg is en dehors, towards the supporting one en dedans",
)
def turn_sense(movement: Movement, turn: Turn, side: Side | None) -> str:
    """En dehors or en dedans, of a turn on one foot."""
    return turn.sense or ""


@taken(
    "turn_rate.mean",
    on="turn",
    name="Speed of turning, mean",
    unit="rev/s",
    sides=_direction,
    needs=TRUNK,
    least_hz=20.0,
    source="turns over their duration",
    shape="ray",
)
def turn_rate_mean(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions a second, mean."""
    return turn.mean_rate


@taken(
    "turn_rate.peak",
    on="turn",
    name="Speed of turning, peak",
    unit="rev/s",
    sides=_direction,
    needs=TRUNK,
    least_hz=50.0,
    source="largest rate of the heading, low-passed at 6 Hz",
    shape="ray",
)
def turn_rate_peak(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions a second, fastest."""
    return turn.peak_rate


@taken(
    "axis_tilt.mean",
    on="turn",
    name="Tilt of the turning axis, mean",
    unit="deg",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="ang(centre of mass - supporting toe, up), mean while one foot supports",
    shape="half circle",
)
def axis_tilt_mean(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Mean angle of the axis from upright, degrees."""
    return _NAN if turn.axis is None else turn.axis.tilt


@taken(
    "axis_tilt.most",
    on="turn",
    name="Tilt of the turning axis, largest",
    unit="deg",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="ang(centre of mass - supporting toe, up), largest while one foot supports",
    shape="half circle",
)
def axis_tilt_most(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Largest angle of the axis from upright, degrees."""
    return _NAN if turn.axis is None else turn.axis.tilt_most


@taken(
    "axis_tilt.forward",
    on="turn",
    name="Tilt of the turning axis to the front",
    unit="deg",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="the part of axis_tilt in the dancer's own front, backward negative",
)
def axis_tilt_forward(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Mean tilt to the dancer's front, degrees."""
    return _NAN if turn.axis is None else turn.axis.forward


@taken(
    "axis_tilt.to_working",
    on="turn",
    name="Tilt of the turning axis to the working leg",
    unit="deg",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="the part of axis_tilt towards the side of the working leg",
)
def axis_tilt_to_working(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Mean tilt to the side of the working leg, degrees."""
    return _NAN if turn.axis is None else turn.axis.to_working


@taken(
    "support_travel",
    on="turn",
    name="Travel of the supporting foot",
    unit="foot lengths",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="way of the supporting toe from the start to the end of the support",
    shape="ray",
)
def support_travel(movement: Movement, turn: Turn, side: Side | None) -> float:
    """How far the supporting foot has moved at the end, foot lengths."""
    return _NAN if turn.axis is None else turn.axis.travel


posture(
    "knee_extension_support",
    on="turn",
    name="Straight supporting leg",
    angle="{side}_knee_flexion",
    sides=_supporting,
    needs=LEGS,
    source="median bend of the supporting knee in the turn",
)
