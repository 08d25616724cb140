"""The working leg over the supporting one, alike on gestures and on balances."""

from __future__ import annotations

from typing import Any

from repetiteur.kinematics.legs import SIGN
from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.retires import drawn_up
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Kind, Sides, measure
from repetiteur.technique.moments import near, over
from repetiteur.technique.postures import (
    FEET,
    FOLDED,
    LEGS,
    TRUNK,
    posture,
    settled,
    top_of,
)

_NAN = float("nan")
_HIPS = ("left_hip", "right_hip")
#: Behind, and only there, trunk and leg make the line of an arabesque: azimuth, deg
#: (domain measure ``leg_azimuth``: derrière from 145).
BEHIND = 145.0


def _read(movement: Movement, event: Any, name: str) -> float:
    """A joint angle at the top of a gesture, or while a balance is held."""
    curve = movement.joint_angles.get(name)
    if curve is None:
        return _NAN
    when = top_of(event)
    if when is not None:
        return near(curve, movement.body.time, when)
    return over(curve, settled(movement, event))


def leg_elevation(movement: Movement, event: Any, side: Side | None) -> float:
    """Degrees: 0 hanging, 90 horizontal; NaN of a folded leg, which is a retiré."""
    if _read(movement, event, f"{side}_knee_flexion") > FOLDED:
        return _NAN
    return _read(movement, event, f"{side}_leg_elevation")


def back_leg_angle(movement: Movement, event: Any, side: Side | None) -> float:
    """Degrees: 0 trunk and leg in one line; NaN where the leg is not behind."""
    if not _read(movement, event, f"{side}_leg_azimuth") > BEHIND:
        return _NAN
    return _read(movement, event, f"{side}_back_leg_angle")


def arabesque_pitch(movement: Movement, event: Any, side: Side | None) -> float:
    """Degrees, forward positive; NaN where the leg is not behind."""
    if not _read(movement, event, f"{side}_leg_azimuth") > BEHIND:
        return _NAN
    return _read(movement, event, "trunk_pitch")


def hip_square(movement: Movement, event: Any, side: Side | None) -> float:
    """Degrees, opened towards the working leg positive."""
    sign = SIGN["left" if side == "left" else "right"]
    return sign * _read(movement, event, "hip_square")


def retire_height(movement: Movement, event: Any, side: Side | None) -> float:
    """1 with the toe at the knee; NaN unless the foot is drawn up to the other leg."""
    curve = movement.retire_heights["left" if side == "left" else "right"]
    when = top_of(event)
    if when is not None:
        return near(curve, movement.body.time, when)
    return over(curve, settled(movement, event))


def working_leg(on: Kind, working: Sides, supporting: Sides) -> None:
    """Register how both legs are placed on moments that have a working leg.

    Parameters
    ----------
    on : {"gesture", "balance"}
        Read where a gesture is highest, and as the median while a balance is held.
    working, supporting : callable
        ``working(event)``: the side of that leg.
    """
    _heights(on, working)
    _lines(on, working)
    _joints(on, working, supporting)


def _heights(on: Kind, working: Sides) -> None:
    measure(
        "leg_elevation",
        on=on,
        name="Height of the leg",
        unit="deg",
        sides=working,
        needs=LEGS,
        seen="limb",
        source="ang(ankle - hip, down) of the working leg",
        shape="half circle",
        reads="{side}_leg_elevation",
    )(leg_elevation)
    posture(
        "thigh_elevation",
        on=on,
        name="Height of the thigh",
        angle="{side}_thigh_elevation",
        sides=working,
        needs=LEGS,
        # At the height of a gesture one camera missed a fifth of them from the front.
        seen="limb" if on == "balance" else "",
        source="ang(knee - hip, down), for attitude and retiré",
    )
    measure(
        "retire_height",
        on=on,
        name="Height of the retiré",
        unit="ratio",
        sides=working,
        needs=(*LEGS, "left_toe", "right_toe"),
        seen="level" if on == "balance" else "",
        source="(working toe - supporting ankle) / (supporting knee - ankle), heights",
        reads=drawn_up,
    )(retire_height)
    posture(
        "leg_azimuth",
        on=on,
        name="Direction of the leg",
        angle="{side}_leg_azimuth",
        sides=working,
        needs=LEGS,
        source="0 devant, 90 à la seconde, 180 derrière, from the pelvis",
    )


def _lines(on: Kind, working: Sides) -> None:
    measure(
        "arabesque_line.back_leg_angle",
        on=on,
        name="Curve between back and leg",
        unit="deg",
        sides=working,
        needs=(*LEGS, *TRUNK),
        seen="limb",
        source="180 - ang(mid-shoulder - mid-hip, ankle - hip), of a leg behind the "
        "dancer",
        shape="half circle",
        reads="{side}_back_leg_angle",
    )(back_leg_angle)
    measure(
        "arabesque_line.pitch",
        on=on,
        name="Lean of the trunk in the arabesque",
        unit="deg",
        sides=working,
        needs=(*LEGS, *TRUNK),
        seen="side",
        source="lean of the trunk forward, of a leg behind the dancer",
        reads="trunk_pitch",
    )(arabesque_pitch)
    measure(
        "hip_square",
        on=on,
        name="Opening of the pelvis",
        unit="deg",
        sides=working,
        needs=TRUNK,
        source="yaw of the pelvis - yaw of the shoulders, towards the working leg "
        "positive",
        shape="circle",
        reads="hip_square",
    )(hip_square)


def _joints(on: Kind, working: Sides, supporting: Sides) -> None:
    for id, name, sides in (
        ("knee_extension_working", "Straight working leg", working),
        ("knee_extension_support", "Straight supporting leg", supporting),
    ):
        posture(
            id,
            on=on,
            name=name,
            angle="{side}_knee_flexion",
            sides=sides,
            needs=LEGS,
            seen="limb",
            source="180 - ang(hip - knee, ankle - knee) of that leg",
        )
    posture(
        "ankle_plantarflexion",
        on=on,
        name="Point of the foot",
        angle="{side}_ankle_plantarflexion",
        sides=working,
        needs=(*FEET, *LEGS),
        seen="limb",
        source="90 - ang(ankle - knee, toe - heel) of the working foot",
    )
    posture(
        "turnout_side",
        on=on,
        name="Turnout of the supporting foot",
        angle="{side}_turnout",
        sides=supporting,
        needs=(*FEET, *_HIPS),
        source="horizontal direction from heel to toe against the pelvis, outward "
        "positive",
    )
