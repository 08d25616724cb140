"""Jumps: how high, how far, how they land."""

from __future__ import annotations

import numpy as np

from repetiteur.kinematics.estimates import jump_height, lasting
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.postures import LEGS

_FEET = ("left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")
#: A landing is taken up within this time (domain measure ``landing_knee_flexion``), s.
LANDING_S = 0.35


def _landing(flight: Flight) -> tuple[Side | None, ...]:
    return ("left", "right") if flight.to_feet == "both" else (flight.to_feet,)


def _by_time(flight: Flight, step_s: float) -> float:
    return lasting(flight.time_s, step_s).half


def _by_height(flight: Flight, step_s: float) -> float:
    return jump_height(lasting(flight.time_s, step_s)).half


@measure(
    "flight_time",
    on="flight",
    name="Time in the air",
    unit="s",
    needs=_FEET,
    seen="time",
    by_frames=_by_time,
    source="first toe contact - last toe contact",
    shape="ray",
    whole=True,
)
def flight_time(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds from take-off to landing."""
    return flight.time_s


@measure(
    "jump_height_flight",
    on="flight",
    name="Height of the jump, by its time",
    unit="m",
    needs=_FEET,
    seen="time",
    by_frames=_by_height,
    source="g T^2 / 8 with g = 9.81 and the time in the air T",
    shape="ray",
    whole=True,
)
def jump_height_flight(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Metres, as if the body left the floor and landed in one posture."""
    return flight.height_by_time


@measure(
    "jump_height_com",
    on="flight",
    name="Height of the jump, by the centre of mass",
    unit="m",
    needs=(*_FEET, *LEGS, "left_shoulder", "right_shoulder"),
    source="highest centre of mass - centre of mass at the last contact",
    whole=True,
)
def jump_height_com(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Metres; NaN where the file lacks what the centre of mass is made of."""
    known = np.isfinite(movement.mass[flight.start : flight.end + 1]).any()
    return flight.height_by_mass if known else _NAN


@measure(
    "jump_drift",
    on="flight",
    name="Travel of the jump",
    unit="foot lengths",
    needs=("left_toe", "right_toe"),
    source="horizontal way of the middle of the feet from take-off to landing",
    shape="ray",
    whole=True,
)
def jump_drift(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Foot lengths; a fault in jumps on the spot alone."""
    return flight.drift


@measure(
    "foot_roll",
    on="flight",
    name="Roll through the foot on landing",
    unit="s",
    needs=("left_toe", "left_heel", "right_toe", "right_heel"),
    least_hz=120.0,
    seen="time",
    by_frames=_by_time,
    source="heel contact - toe contact",
    whole=True,
)
def foot_roll(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds from toe to heel; 0 or less lands on the heel."""
    return flight.foot_roll_s


@measure(
    "landing_knee_flexion",
    on="flight",
    name="Depth of the landing",
    unit="deg",
    sides=_landing,
    needs=LEGS,
    source="largest bend of the knee within 0.35 s of the landing",
)
def landing_knee_flexion(
    movement: Movement, flight: Flight, side: Side | None
) -> float:
    """Degrees; NaN where the recording ends before."""
    time = movement.body.time
    first, last = np.searchsorted(
        time, [flight.landing_s, flight.landing_s + LANDING_S]
    )
    curve = movement.joint_angles.get(f"{side}_knee_flexion")
    if curve is None or last >= time.size or not np.isfinite(curve[first:last]).any():
        return _NAN
    return float(np.nanmax(curve[first:last]))


@measure(
    "split_angle",
    on="flight",
    name="Split in the air",
    unit="deg",
    needs=LEGS,
    source="ang(left ankle - left hip, right ankle - right hip), largest in the air",
    shape="half circle",
)
def split_angle(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Largest angle between the legs, degrees."""
    curve = movement.joint_angles.get("split_angle", np.array([_NAN]))
    aloft = curve[flight.start : flight.end + 1]
    return float(np.nanmax(aloft)) if np.isfinite(aloft).any() else _NAN
