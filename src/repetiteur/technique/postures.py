"""Measures that are one joint angle at one moment."""

from __future__ import annotations

from typing import Any

from repetiteur.kinematics.joints import ANGLES, JointAngle
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Kind, Shape, Sides, measure, no_side
from repetiteur.technique.moments import near, over

LEGS = tuple(f"{s}_{p}" for s in ("left", "right") for p in ("hip", "knee", "ankle"))
FEET = tuple(f"{s}_{p}" for s in ("left", "right") for p in ("heel", "toe"))
TRUNK = ("left_hip", "right_hip", "left_shoulder", "right_shoulder")


def posture(
    id: str,
    *,
    on: Kind,
    name: str,
    angle: str,
    source: str,
    sides: Sides = no_side,
    needs: tuple[str, ...] = (),
    seen: str = "",
) -> None:
    """Register a joint angle as a measure that is taken on moments, in degrees.

    Parameters
    ----------
    id, on, name, source, sides, needs, seen
        As in :func:`repetiteur.technique.measure.measure`.
    angle : str
        Its name among :data:`repetiteur.kinematics.joints.ANGLES`; ``{side}`` stands
        for the side. It is read where a gesture is highest and a plié deepest, and as
        the median over the still part of a balance or stance, and over all of a turn.
    """

    def value(movement: Movement, event: Any, side: Side | None) -> float:
        curve = movement.joint_angles.get(angle.format(side=side))
        if curve is None:
            return float("nan")
        when = top_of(event)
        if when is not None:
            return near(curve, movement.body.time, when)
        return over(curve, settled(movement, event))

    measure(
        id,
        on=on,
        name=name,
        unit="deg",
        source=source,
        sides=sides,
        needs=needs,
        seen=seen,
        shape=_shape(ANGLES[angle.format(side="left")]),
    )(value)


def _shape(angle: JointAngle) -> Shape:
    if angle.plane == "horizontal":
        return "circle"
    return "half circle" if (angle.low, angle.high) == (0.0, 180.0) else "line"


def settled(movement: Movement, event: Any) -> tuple[int, int]:
    """First and last frame of a moment's stillest part, where it has one.

    A balance begins when the foot leaves the floor and ends when it is back; what is
    held is held in between. All of a moment in which the body is never still.
    """
    held = [
        (max(hold.start, event.start), min(hold.end, event.end))
        for hold in movement.holds
        if hold.start < event.end and hold.end > event.start
    ]
    return max(held, key=lambda frames: frames[1] - frames[0], default=_all(event))


def _all(event: Any) -> tuple[int, int]:
    return event.start, event.end


def top_of(event: Any) -> float | None:
    """When a gesture is highest, or a plié deepest, seconds; None of all else."""
    found: float | None = getattr(event, "peak_s", getattr(event, "bottom_s", None))
    return found


def trunk_postures(on: Kind) -> None:
    """Register how the trunk and the hips are carried on moments of this kind."""
    posture(
        "aplomb.pitch",
        on=on,
        name="Lean of the trunk, forward",
        angle="trunk_pitch",
        needs=TRUNK,
        seen="aplomb.pitch",
        source="signed part of ang(mid-shoulder - mid-hip, up), forward positive",
    )
    posture(
        "aplomb.side",
        on=on,
        name="Lean of the trunk, sideways",
        angle="trunk_side",
        needs=TRUNK,
        seen="aplomb.side",
        source="signed part of ang(mid-shoulder - mid-hip, up), left positive",
    )
    posture(
        "pelvis_obliquity",
        on=on,
        name="Level of the hips",
        angle="pelvis_obliquity",
        needs=("left_hip", "right_hip"),
        seen="pelvis_obliquity",
        source="elevation of the left hip over the right one",
    )
