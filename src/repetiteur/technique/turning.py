"""Turns: how many, which way, how fast, how upright, how much in place."""

from __future__ import annotations

from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Shape, measure
from repetiteur.technique.moments import direction, supporting
from repetiteur.technique.postures import LEGS, TRUNK, posture

_ON_ONE_FOOT = (*TRUNK, "left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")


@measure(
    "turn_count",
    on="turn",
    name="Number of turns",
    unit="rev",
    sides=direction,
    needs=TRUNK,
    least_hz=20.0,
    source="turn_rotation over 360, to the nearest half",
    shape="count",
    whole=True,
)
def turn_count(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions; its slow beginning and end are rounded to where they belong."""
    return abs(turn.rotation) / 360.0


@measure(
    "turn_rotation",
    on="turn",
    name="Rotation",
    unit="deg",
    sides=direction,
    needs=TRUNK,
    least_hz=20.0,
    source="yaw of pelvis and shoulders while faster than 120 deg/s",
    shape="ray",
    whole=True,
)
def turn_rotation(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Degrees, without the slow beginning and end of the turn."""
    return abs(turn.rotation)


@measure(
    "turn_sense",
    on="turn",
    name="En dehors or en dedans",
    unit="label",
    sides=supporting,
    needs=_ON_ONE_FOOT,
    least_hz=20.0,
    source="towards the working leg is en dehors, towards the supporting one en dedans",
)
def turn_sense(movement: Movement, turn: Turn, side: Side | None) -> str:
    """En dehors or en dedans, of a turn on one foot."""
    return turn.sense or ""


@measure(
    "turn_rate.mean",
    on="turn",
    name="Speed of turning, mean",
    unit="rev/s",
    sides=direction,
    needs=TRUNK,
    least_hz=20.0,
    source="turns over their duration",
    shape="ray",
    whole=True,
)
def turn_rate_mean(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions a second, mean."""
    return turn.mean_rate


@measure(
    "turn_rate.peak",
    on="turn",
    name="Speed of turning, peak",
    unit="rev/s",
    sides=direction,
    needs=TRUNK,
    least_hz=50.0,
    source="largest rate of the heading, low-passed at 6 Hz",
    shape="ray",
)
def turn_rate_peak(movement: Movement, turn: Turn, side: Side | None) -> float:
    """Revolutions a second, fastest."""
    return turn.peak_rate


def _of_the_axis(
    id: str,
    part: str,
    name: str,
    source: str,
    *,
    unit: str = "deg",
    shape: Shape,
    whole: bool = False,
) -> None:
    """Register a number of the turning axis, which turns on one foot have.

    Its tilt is that of the centre of mass, which takes the legs too.
    """

    def value(movement: Movement, turn: Turn, side: Side | None) -> float:
        return _NAN if turn.axis is None else float(getattr(turn.axis, part))

    measure(
        id,
        on="turn",
        name=name,
        unit=unit,
        sides=supporting,
        needs=(*_ON_ONE_FOOT, *LEGS) if id.startswith("axis") else _ON_ONE_FOOT,
        source=source,
        shape=shape,
        whole=whole,
    )(value)


_of_the_axis(
    "axis_tilt.mean",
    "tilt",
    "Tilt of the turning axis, mean",
    "ang(centre of mass - supporting toe, up), mean while one foot supports",
    shape="half circle",
)
_of_the_axis(
    "axis_tilt.most",
    "tilt_most",
    "Tilt of the turning axis, largest",
    "ang(centre of mass - supporting toe, up), largest while one foot supports",
    shape="half circle",
    whole=True,
)
_of_the_axis(
    "axis_tilt.forward",
    "forward",
    "Tilt of the turning axis to the front",
    "the part of axis_tilt in the dancer's own front, backward negative",
    shape="line",
)
_of_the_axis(
    "axis_tilt.to_working",
    "to_working",
    "Tilt of the turning axis to the working leg",
    "the part of axis_tilt towards the side of the working leg",
    shape="line",
)
_of_the_axis(
    "axis_tilt.toppling",
    "toppling",
    "Toppling of the turning axis",
    "slope of axis_tilt over the last 0.2 s of the support, negative coming upright",
    unit="deg/s",
    shape="line",
    whole=True,
)
_of_the_axis(
    "support_travel",
    "travel",
    "Travel of the supporting foot",
    "way of the supporting toe from the start to the end of the support",
    unit="foot lengths",
    shape="ray",
    whole=True,
)
_of_the_axis(
    "support_travel.most",
    "travel_most",
    "Travel of the supporting foot, largest",
    "how far the supporting toe ever is from where the support began",
    unit="foot lengths",
    shape="ray",
    whole=True,
)
posture(
    "knee_extension_support",
    on="turn",
    name="Straight supporting leg",
    angle="{side}_knee_flexion",
    sides=supporting,
    needs=LEGS,
    source="median bend of the supporting knee in the turn",
)
