"""Jumps: how high, how far, and what the legs do in the air."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.medians import largest
from repetiteur.kinematics.beats import crossings, gaps
from repetiteur.kinematics.estimates import Z90, jump_height, lasting, moment_sd
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import both, near
from repetiteur.technique.postures import FEET, FOLDED, LEGS, posture

Array = NDArray[np.float64]

_CONTACT = ("left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")
#: Legs that open by less do not split, deg. Expert default: a grand jeté opens by 110
#: and more, a running stride, which is widest where it lands, by 60 to 80.
SPLIT_DEG = 90.0
#: The split is at its widest where it is within this of its maximum, deg: who sits in
#: the air holds it, and the first frame of that says nothing.
_WIDEST_DEG = 1.0


def _by_time(flight: Flight, step_s: float) -> float:
    return lasting(flight.time_s, step_s).half


def _by_height(flight: Flight, step_s: float) -> float:
    return jump_height(lasting(flight.time_s, step_s)).half


def _by_share(flight: Flight, step_s: float) -> float:
    return Z90 * moment_sd(step_s) / flight.time_s


def _aloft(movement: Movement, name: str, flight: Flight) -> Array:
    """A joint angle in the air; NaN where the file has no such angle."""
    curve = movement.joint_angles.get(name)
    frames = slice(flight.start, flight.end + 1)
    return np.array([_NAN]) if curve is None else curve[frames]


def _at(movement: Movement, name: str, when_s: float) -> float:
    """A joint angle at a moment; NaN where there is no such moment."""
    curve = movement.joint_angles.get(name)
    if curve is None:
        return _NAN
    return near(curve, movement.body.time, when_s)


@measure(
    "flight_time",
    on="flight",
    name="Time in the air",
    unit="s",
    needs=_CONTACT,
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
    needs=_CONTACT,
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
    needs=(*_CONTACT, *LEGS, "left_shoulder", "right_shoulder"),
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
    "jump_push",
    on="flight",
    name="Time of the push",
    unit="s",
    needs=LEGS,
    least_hz=50.0,
    by_frames=_by_time,
    source="take-off - deepest bend of the knees before it",
    shape="ray",
)
def jump_push(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds; NaN without a plié within the second before."""
    phases = next(one for one in movement.jump_phases if one.flight is flight)
    return phases.take_off_s - phases.plie_s


def _crossings(movement: Movement, flight: Flight) -> Array | None:
    return crossings(movement.body, flight, movement.contacts.foot_length)


@measure(
    "beats_count",
    on="flight",
    name="Crossings of the legs in the air",
    unit="count",
    needs=LEGS,
    least_hz=100.0,
    source="changes of sign of (left ankle - right ankle) . pelvis forward, each side "
    "in front for 0.02 s and the legs near one another",
    shape="count",
    whole=True,
)
def beats_count(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Number of crossings: changement 1, entrechat quatre 2, entrechat six 3."""
    times = _crossings(movement, flight)
    return _NAN if times is None else float(times.size)


@measure(
    "beats_count.gap",
    on="flight",
    name="Distance of the calves in the beats",
    unit="foot lengths",
    needs=LEGS,
    least_hz=100.0,
    source="smallest distance of the shanks (between joints) after each crossing, mean",
    shape="ray",
    whole=True,
)
def beats_gap(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Foot lengths between the shanks' axes; NaN of a jump without crossings."""
    times = _crossings(movement, flight)
    if times is None or not times.size:
        return _NAN
    apart = float(gaps(movement.body, flight, times).mean())
    return apart / movement.contacts.foot_length


@measure(
    "beats_count.timing",
    on="flight",
    name="Moment of the first crossing",
    unit="ratio",
    needs=LEGS,
    least_hz=100.0,
    by_frames=_by_share,
    source="(first crossing - apex of the centre of mass) / time in the air",
    whole=True,
)
def beats_timing(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Share of the flight, late positive; NaN of a jump without crossings."""
    times = _crossings(movement, flight)
    if times is None or not times.size:
        return _NAN
    return (float(times[0]) - flight.apex_s) / flight.time_s


@measure(
    "split_angle",
    on="flight",
    name="Split in the air",
    unit="deg",
    needs=LEGS,
    seen="limb",
    source="ang(left ankle - left hip, right ankle - right hip), largest in the air",
    shape="half circle",
    whole=True,
)
def split_angle(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Largest angle between the legs, degrees."""
    return largest(_aloft(movement, "split_angle", flight))


def _widest(movement: Movement, flight: Flight) -> float:
    """Middle of the time in which the split is widest, s; NaN of legs together."""
    aloft = _aloft(movement, "split_angle", flight)
    most = largest(aloft)
    if not most >= SPLIT_DEG:
        return _NAN
    wide = flight.start + np.flatnonzero(aloft >= most - _WIDEST_DEG)
    return float(movement.body.time[wide[[0, -1]]].mean())


@measure(
    "split_angle.timing",
    on="flight",
    name="Moment of the widest split",
    unit="ratio",
    needs=LEGS,
    by_frames=_by_share,
    source="(widest split - apex of the centre of mass) / time in the air, of a split "
    "of 90 degrees or more",
    whole=True,
)
def split_timing(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Share of the flight: positive is late, after the highest point."""
    return (_widest(movement, flight) - flight.apex_s) / flight.time_s


@measure(
    "knee_extension_working",
    on="flight",
    name="Straight leg in the split",
    unit="deg",
    sides=both,
    needs=LEGS,
    seen="limb",
    source="bend of the knee where the split is widest, of 90 degrees or more",
    whole=True,
)
def knee_in_split(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Degrees; NaN of a jump with the legs together."""
    return _at(movement, f"{side}_knee_flexion", _widest(movement, flight))


@measure(
    "leg_elevation",
    on="flight",
    name="Height of the leg",
    unit="deg",
    sides=both,
    needs=LEGS,
    seen="limb",
    source="ang(ankle - hip, down) where the centre of mass is highest",
    shape="half circle",
)
def leg_elevation(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Degrees: 0 hanging, 90 horizontal; NaN of a folded leg."""
    if _at(movement, f"{side}_knee_flexion", flight.apex_s) > FOLDED:
        return _NAN
    return _at(movement, f"{side}_leg_elevation", flight.apex_s)


posture(
    "knee_flexion",
    on="flight",
    name="Bend of the knee",
    angle="{side}_knee_flexion",
    sides=both,
    needs=LEGS,
    seen="limb",
    source="180 - ang(hip - knee, ankle - knee), median in the air",
)
posture(
    "ankle_plantarflexion",
    on="flight",
    name="Point of the foot",
    angle="{side}_ankle_plantarflexion",
    sides=both,
    needs=(*LEGS, *FEET),
    seen="limb",
    source="90 - ang(ankle - knee, toe - heel), median in the air",
)
