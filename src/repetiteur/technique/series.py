"""Series of turns: how fast and how evenly they follow each other, and where to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.series import Series
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import direction
from repetiteur.technique.postures import LEGS, TRUNK

Array = NDArray[np.float64]

_NAN = float("nan")
_TURNED = (*TRUNK, "left_toe|left_ankle", "right_toe|right_ankle")
_ON_ONE_FOOT = (*TRUNK, *LEGS, "left_toe|left_ankle", "right_toe|right_ankle")
#: A leg as high as this is extended, deg (domain measure ``fouette_rate``).
EXTENDED_DEG = 75.0
#: Fewer intervals have no spread.
_FEW = 3
#: A path is one from this length on, legs (the steps of the vocabulary: chaînés travel
#: by at least one).
_PATH = 1.0


def _on_one_foot(series: Series) -> tuple[Side | None, ...]:
    return () if series.supporting is None else (series.direction,)


def _supporting(series: Series) -> tuple[Side | None, ...]:
    return () if series.supporting is None else (series.supporting,)


def _working(series: Series) -> tuple[Side | None, ...]:
    return () if series.supporting is None else (series.working,)


def _on_alternate_feet(series: Series) -> tuple[Side | None, ...]:
    return (series.direction,) if series.supporting is None else ()


@measure(
    "fouette_rate.rate",
    on="series",
    name="Speed of the series",
    unit="rev/s",
    sides=_on_one_foot,
    needs=_ON_ONE_FOOT,
    least_hz=50.0,
    source="1 / median interval between passings of the spot, in single turns",
    shape="ray",
)
def rate(movement: Movement, series: Series, side: Side | None) -> float:
    """Revolutions a second; doubles and what they take are left out."""
    return 1.0 / float(np.median(series.intervals_s)) if series.intervals_s else _NAN


@measure(
    "fouette_rate.regularity",
    on="series",
    name="Evenness of the series",
    unit="s",
    sides=_on_one_foot,
    needs=_ON_ONE_FOOT,
    least_hz=50.0,
    source="standard deviation of the interval between passings of the spot, in "
    "single turns",
    shape="ray",
)
def regularity(movement: Movement, series: Series, side: Side | None) -> float:
    """Seconds, 0 of a machine; NaN of fewer than three intervals."""
    few = len(series.intervals_s) < _FEW
    return _NAN if few else float(np.std(series.intervals_s, ddof=1))


@measure(
    "fouette_rate.count",
    on="series",
    name="Turns with a bend and an extension",
    unit="count",
    sides=_on_one_foot,
    needs=_ON_ONE_FOOT,
    least_hz=50.0,
    source="bends of the supporting knee with leg_elevation >= 75 at some time between "
    "the middles to the bends before and after",
    shape="count",
    whole=True,
)
def count(movement: Movement, series: Series, side: Side | None) -> float:
    """How often; a double has one bend and counts once, a leg too low does not."""
    return float(np.sum(np.array(series.heights_deg) >= EXTENDED_DEG))


@measure(
    "leg_elevation",
    on="series",
    name="Height of the leg, in the series",
    unit="deg",
    sides=_working,
    needs=_ON_ONE_FOOT,
    source="ang(ankle - hip, down) of the working leg at its highest round each bend, "
    "median",
    shape="half circle",
)
def leg_elevation(movement: Movement, series: Series, side: Side | None) -> float:
    """Degrees: 0 hanging, 90 horizontal."""
    seen = [height for height in series.heights_deg if np.isfinite(height)]
    return float(np.median(seen)) if seen else _NAN


@measure(
    "turn_count",
    on="series",
    name="Number of turns in the series",
    unit="rev",
    sides=direction,
    needs=_TURNED,
    least_hz=20.0,
    source="rotation over 360, to the nearest half",
    shape="count",
    whole=True,
)
def turn_count(movement: Movement, series: Series, side: Side | None) -> float:
    """Revolutions; the slow beginning and end are rounded to where they belong."""
    return abs(series.rotation) / 360.0


@measure(
    "turn_rate.mean",
    on="series",
    name="Speed of turning, mean of the series",
    unit="rev/s",
    sides=_on_alternate_feet,
    needs=_TURNED,
    least_hz=20.0,
    source="turns over their duration",
    shape="ray",
    whole=True,
)
def turn_rate(movement: Movement, series: Series, side: Side | None) -> float:
    """Revolutions a second, of turns on alternate feet."""
    return abs(series.rotation) / 360.0 / series.lasting_s


def _away(movement: Movement, series: Series) -> Array:
    """How far the supporting toe is from where it began, foot lengths."""
    foot = movement.contacts.foot("left" if series.supporting == "left" else "right")
    place = foot.pivot[series.start : series.end + 1][:, [0, 2]]
    seen = place[np.isfinite(place).all(axis=1)]
    away = np.hypot(*(seen - seen[:1]).T) / movement.contacts.foot_length
    return away if away.size else np.array([_NAN])


@measure(
    "support_travel",
    on="series",
    name="Travel of the supporting foot, in the series",
    unit="foot lengths",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="way of the supporting toe from the start to the end of the series",
    shape="ray",
    whole=True,
)
def travel(movement: Movement, series: Series, side: Side | None) -> float:
    """Foot lengths."""
    return float(_away(movement, series)[-1])


@measure(
    "support_travel.most",
    on="series",
    name="Travel of the supporting foot, in the series, largest",
    unit="foot lengths",
    sides=_supporting,
    needs=_ON_ONE_FOOT,
    source="how far the supporting toe ever is from where the series began",
    shape="ray",
    whole=True,
)
def travel_most(movement: Movement, series: Series, side: Side | None) -> float:
    """Foot lengths."""
    return float(_away(movement, series).max())


def _way(movement: Movement) -> Array:
    """Seconds and place, from above, of the hips' middle where it was seen, (3, n)."""
    known = movement.curves
    if (_way, None) not in known:
        place = movement.body.middle("hip")[:, [0, 2]]
        seen = np.isfinite(place).all(axis=1)
        known[_way, None] = np.stack([movement.body.time, *place.T])[:, seen]
    return known[_way, None]


@measure(
    "path_deviation",
    on="series",
    name="Deviation from the straight line",
    unit="deg",
    sides=_on_alternate_feet,
    needs=_TURNED,
    least_hz=20.0,
    source="largest angle between the way of one revolution and that of all",
    shape="half circle",
)
def path_deviation(movement: Movement, series: Series, side: Side | None) -> float:
    """Degrees, of the middle of the hips; NaN of a series that stays in its place."""
    time, *place = _way(movement)
    if len(series.crossings_s) < _FEW or not time.size:
        return _NAN
    at = [np.interp(series.crossings_s, time, axis) for axis in place]
    ways = np.diff(np.stack([at[0], np.zeros(len(at[0])), at[1]], axis=1), axis=0)
    whole = ways.sum(axis=0)
    if np.linalg.norm(whole) < _PATH * movement.contacts.leg_length:
        return _NAN
    return float(geometry.angle_between(ways, whole).max())


@measure(
    "feet_opening",
    on="series",
    name="Opening of the feet",
    unit="foot lengths",
    sides=_on_alternate_feet,
    needs=(*TRUNK, "left_heel|left_ankle", "right_heel|right_ankle", *_TURNED[4:]),
    least_hz=50.0,
    source="horizontal distance of the heels where the weight goes over, median",
    shape="ray",
)
def feet_opening(movement: Movement, series: Series, side: Side | None) -> float:
    """Foot lengths: about 0.3 in a narrow first position, 1 a foot apart."""
    body = movement.body
    part = "heel" if body.has("left_heel", "right_heel") else "ankle"
    left, right = (body[f"{side}_{part}"][list(series.steps)] for side in SIDES)
    open_ = np.hypot(left[:, 0] - right[:, 0], left[:, 2] - right[:, 2])
    seen = open_[np.isfinite(open_)]
    return float(np.median(seen)) / movement.contacts.foot_length if seen.size else _NAN
