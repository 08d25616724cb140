"""Measures that are read off a curve at one moment: a joint angle, or any other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repetiteur.kinematics.joints import ANGLES, JointAngle
from repetiteur.kinematics.movement import Movement
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import (
    Kind,
    Reads,
    Seen,
    Shape,
    Sides,
    measure,
    no_side,
)
from repetiteur.technique.moments import near, over

Array = NDArray[np.float64]

LEGS = tuple(f"{s}_{p}" for s in ("left", "right") for p in ("hip", "knee", "ankle"))
FEET = tuple(f"{s}_{p}" for s in ("left", "right") for p in ("heel", "toe"))
#: With the knee folded further than this the line from hip to ankle says more about the
#: proportions of the leg than about its height, deg. Expert default.
FOLDED = 110.0
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
    seen: Seen = "",
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
    reading(
        id,
        on=on,
        name=name,
        unit="deg",
        reads=angle,
        source=source,
        sides=sides,
        needs=needs,
        seen=seen,
        shape=_shape(ANGLES[angle.format(side="left")]),
    )


def reading(  # noqa: PLR0913 - each of these belongs to the measure
    id: str,
    *,
    on: Kind,
    name: str,
    unit: str,
    reads: Reads,
    source: str,
    sides: Sides = no_side,
    needs: tuple[str, ...] = (),
    seen: Seen = "",
    shape: Shape = "line",
    alone: bool = False,
) -> None:
    """Register what is read off a curve as a measure that is taken on moments.

    Parameters
    ----------
    id, on, name, unit, source, sides, needs, seen, shape, alone
        As in :func:`repetiteur.technique.measure.measure`.
    reads : str or callable
        A joint angle, as :func:`posture` takes it, or ``curve(body, side)``: (time,),
        each frame by itself, NaN where it has no meaning. It is made once for a
        recording, and read where :func:`posture` says.
    """

    def value(movement: Movement, event: Any, side: Side | None) -> float:
        return read(movement, event, curve_of(movement, reads, side))

    measure(
        id,
        on=on,
        name=name,
        unit=unit,
        sides=sides,
        needs=needs,
        source=source,
        seen=seen,
        shape=shape,
        reads=reads,
        alone=alone,
    )(value)


def curve_of(movement: Movement, reads: Reads, side: Side | None) -> Array | None:
    """The curve that is read, (time,), made once; None of an angle it does not have."""
    if isinstance(reads, str):
        return movement.joint_angles.get(reads.format(side=side))
    known = movement.curves
    if (reads, side) not in known:
        known[reads, side] = reads(movement.body, side)
    return known[reads, side]


def read(movement: Movement, event: Any, curve: Array | None) -> float:
    """A curve where a moment is read; NaN of none."""
    if curve is None:
        return float("nan")
    when = top_of(event)
    if when is not None:
        return near(curve, movement.body.time, when)
    return over(curve, settled(movement, event))


def _shape(angle: JointAngle) -> Shape:
    if angle.plane == "horizontal":
        return "circle"
    if (angle.plane, angle.high) == ("bones", 180.0) and angle.low < 0.0:
        return "bend"
    return "half circle" if (angle.low, angle.high) == (0.0, 180.0) else "line"


def settled(movement: Movement, event: Any) -> tuple[int, int]:
    """First and last frame of a moment's stillest part, where it has one.

    A balance begins when the foot leaves the floor and ends when it is back; what is
    held is held in between. All of a moment in which the body is never still.
    """
    first = bisect_right(movement.holds, event.start, key=lambda hold: hold.end)
    last = bisect_left(movement.holds, event.end, key=lambda hold: hold.start)
    held = [
        (max(hold.start, event.start), min(hold.end, event.end))
        for hold in movement.holds[first:last]
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
        seen="side",
        source="signed part of ang(mid-shoulder - mid-hip, up), forward positive",
    )
    posture(
        "aplomb.side",
        on=on,
        name="Lean of the trunk, sideways",
        angle="trunk_side",
        needs=TRUNK,
        seen="front",
        source="signed part of ang(mid-shoulder - mid-hip, up), left positive",
    )
    posture(
        "pelvis_obliquity",
        on=on,
        name="Level of the hips",
        angle="pelvis_obliquity",
        needs=("left_hip", "right_hip"),
        seen="front",
        source="elevation of the left hip over the right one",
    )
