"""Landings and take-offs: through the foot, into the knee, over the toe."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import largest
from repetiteur.kinematics.contacts import FootContact
from repetiteur.kinematics.estimates import lasting
from repetiteur.kinematics.flights import Feet, Flight
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.rolls import Landing, push_off_roll
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import measure
from repetiteur.technique.moments import near
from repetiteur.technique.postures import FEET, LEGS

Array = NDArray[np.float64]

_CONTACT = ("left_toe|left_ankle", "right_toe|right_ankle")
_NAN = float("nan")
#: A foot turned out, or in, by more than this is not parallel, deg. Expert default: 10
#: degrees of turnout alone show a knee bent by 60 degrees as 11 degrees of varus.
PARALLEL_DEG = 10.0
#: Toe and heel that touch within this time touch together, s. Expert default: half of
#: the 40 ms from which on a foot rolls (domain measure ``foot_roll``).
FLAT_S = 0.02
#: Which of the two was first can be told from this rate on, Hz: of feet that land flat,
#: half seem to land on the toe at 30 Hz, and none at 50.
FIRST_HZ = 50.0


def _feet(feet: Feet) -> tuple[Side | None, ...]:
    return ("left", "right") if feet == "both" else (feet,)


def _landing(flight: Flight) -> tuple[Side | None, ...]:
    return _feet(flight.to_feet)


def _take_off(flight: Flight) -> tuple[Side | None, ...]:
    return _feet(flight.from_feet)


def _foot(movement: Movement, side: Side | None) -> FootContact:
    return movement.contacts.foot("left" if side == "left" else "right")


def _taken_up(flight: Flight, side: Side | None) -> Landing:
    return flight.landings[0 if side == "left" else 1]


def _by_time(flight: Flight, step_s: float) -> float:
    return lasting(flight.time_s, step_s).half


@measure(
    "foot_roll",
    on="flight",
    name="Roll through the foot on landing",
    unit="s",
    sides=_landing,
    needs=FEET,
    least_hz=120.0,
    seen="time",
    by_frames=_by_time,
    source="heel contact - toe contact",
    whole=True,
)
def foot_roll(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds from toe to heel; 0 or less lands on the heel; NaN if it stays up."""
    roll = _taken_up(flight, side).roll
    return roll.heel_s - roll.toe_s


@measure(
    "foot_roll.take_off",
    on="flight",
    name="Roll through the foot at take-off",
    unit="s",
    sides=_take_off,
    needs=FEET,
    least_hz=120.0,
    by_frames=_by_time,
    source="toe-off - heel-off",
    whole=True,
)
def take_off_roll(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds from heel to toe; NaN of a heel that was up for 0.6 s before."""
    roll = push_off_roll(_foot(movement, side), flight.take_off_s, movement.contacts)
    return roll.toe_s - roll.heel_s


@measure(
    "landing_first",
    on="flight",
    name="What lands first",
    unit="label",
    sides=_landing,
    needs=FEET,
    least_hz=FIRST_HZ,
    seen="time",
    source="toe, heel, or flat: both within 0.02 s",
    whole=True,
)
def landing_first(movement: Movement, flight: Flight, side: Side | None) -> str:
    """``toe``, ``heel`` or ``flat``; a heel that never comes down lands on the toe."""
    toe_s, heel_s = _taken_up(flight, side).roll
    if not np.isfinite(toe_s):
        return "heel" if np.isfinite(heel_s) else ""
    if heel_s < toe_s - FLAT_S:
        return "heel"
    return "flat" if heel_s <= toe_s + FLAT_S else "toe"


@measure(
    "landing_heel",
    on="flight",
    name="Heel on landing",
    unit="label",
    sides=_landing,
    needs=FEET,
    source="whether the heel comes down within 0.35 s, and while the contact lasts",
    whole=True,
)
def landing_heel(movement: Movement, flight: Flight, side: Side | None) -> str:
    """``down`` or ``up``; "" where the recording ends before, or did not see it."""
    lift = _foot(movement, side).heel_lift
    if not np.isfinite(_after(lift, flight, side)).all():
        return ""
    heel_s = _taken_up(flight, side).roll.heel_s
    return "down" if np.isfinite(heel_s) else "up"


@measure(
    "landing_together",
    on="flight",
    name="Both feet landing together",
    unit="s",
    needs=_CONTACT,
    seen="time",
    by_frames=_by_time,
    source="second foot's contact - first foot's, of a landing on both",
    shape="ray",
    whole=True,
)
def landing_together(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds by which the second foot is later; NaN of a landing on one foot."""
    return flight.landing_apart_s


@measure(
    "take_off_together",
    on="flight",
    name="Both feet leaving together",
    unit="s",
    needs=_CONTACT,
    seen="time",
    by_frames=_by_time,
    source="second foot's take-off - first foot's, of a take-off from both",
    shape="ray",
    whole=True,
)
def take_off_together(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Seconds by which the second foot is later; NaN of a take-off from one foot."""
    return flight.take_off_apart_s


def _after(curve: Array, flight: Flight, side: Side | None) -> Array:
    """A curve while the landing is taken up; NaN where the recording ends before."""
    frames = _taken_up(flight, side).frames
    return curve[frames] if frames.stop < curve.size else np.array([_NAN])


def _bend(movement: Movement, side: Side | None) -> Array:
    curve = movement.joint_angles.get(f"{side}_knee_flexion")
    return np.full(movement.body.time.shape, _NAN) if curve is None else curve


def _at_deepest(
    movement: Movement, curve: Array, flight: Flight, side: Side | None
) -> float:
    """A curve where the knee is bent most; NaN where that was not seen."""
    bend = _after(_bend(movement, side), flight, side)
    most = largest(bend)
    if not np.isfinite(most):
        return _NAN
    deepest = _taken_up(flight, side).frames.start + int(np.argmax(bend == most))
    return near(curve, movement.body.time, float(movement.body.time[deepest]))


@measure(
    "landing_knee_flexion",
    on="flight",
    name="Depth of the landing",
    unit="deg",
    sides=_landing,
    needs=LEGS,
    seen="limb",
    source="largest bend of the knee within 0.35 s of its foot's contact, and while it "
    "lasts",
    whole=True,
)
def landing_knee_flexion(
    movement: Movement, flight: Flight, side: Side | None
) -> float:
    """Degrees; NaN where the recording ends before."""
    return _most_bent(movement, flight, side)


def _most_bent(movement: Movement, flight: Flight, side: Side | None) -> float:
    return largest(_after(_bend(movement, side), flight, side))


@measure(
    "landing_knee_flexion.excursion",
    on="flight",
    name="Give of the knee on landing",
    unit="deg",
    sides=_landing,
    needs=LEGS,
    seen="limb",
    source="largest bend of the knee within 0.35 s of the landing - that at contact",
    whole=True,
)
def landing_excursion(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Degrees by which the knee bends from the first contact on."""
    contact_s = _taken_up(flight, side).start_s
    bend = _bend(movement, side)
    at_contact = float(np.interp(contact_s, movement.body.time, bend))
    return _most_bent(movement, flight, side) - at_contact


@measure(
    "knee_over_toe",
    on="flight",
    name="Knee over toe on landing",
    unit="deg",
    sides=_landing,
    needs=(*LEGS, *FEET),
    source="azimuth of the foot - azimuth of the knee where the landing is deepest, "
    "from 25 degrees",
    whole=True,
)
def knee_over_toe(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Degrees, positive with the knee inside of the toes; NaN of a straight knee."""
    curve = movement.joint_angles.get(f"{side}_knee_over_toe")
    return _NAN if curve is None else _at_deepest(movement, curve, flight, side)


def frontal_angle(body: Body, side: Side | None) -> Array:
    """Angle at the knee as seen from the front, (time,) degrees, valgus positive.

    Thigh and shank are projected onto the plane of the pelvis's left axis and the
    vertical; 0 is a knee on the line from hip to ankle.
    """
    other = OTHER["left" if side == "left" else "right"]
    outward = body[f"{side}_hip"] - body[f"{other}_hip"]
    across = geometry.unit(outward * np.array([1.0, 0.0, 1.0]))
    hip, knee, ankle = (body[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    thigh, shank = (
        np.arctan2(geometry.dot(link, across), -link[:, 1])
        for link in (knee - hip, ankle - knee)
    )
    return geometry.wrap(np.degrees(shank - thigh))


@measure(
    "landing_knee_line",
    on="flight",
    name="Line of the knee on landing, from the front",
    unit="deg",
    sides=_landing,
    needs=(*LEGS, *FEET),
    source="angle between thigh and shank in the pelvis's frontal plane where the "
    "landing is deepest, feet parallel",
    whole=True,
)
def landing_knee_line(movement: Movement, flight: Flight, side: Side | None) -> float:
    """Degrees, positive inward (valgus); NaN where the foot is turned out.

    In a turned-out leg the angle says how the knee points and not where it gives way:
    ``knee_over_toe`` is that leg's measure.
    """
    turned = movement.joint_angles.get(f"{side}_turnout")
    if turned is None:
        return _NAN
    if not abs(_at_deepest(movement, turned, flight, side)) <= PARALLEL_DEG:
        return _NAN
    return _at_deepest(movement, frontal_angle(movement.body, side), flight, side)
