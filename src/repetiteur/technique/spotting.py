"""Spotting: the head against the trunk in a turn."""

from __future__ import annotations

from repetiteur.kinematics.movement import Movement
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.technique.measure import Shape, measure
from repetiteur.technique.moments import direction

#: Where the head faces is told by both ears, or by the skull's base and the face.
_NEEDS = (
    "left_ear|head",
    "right_ear|head",
    "left_ear|nose|left_eye",
    "right_ear|nose|right_eye",
    "left_shoulder",
    "right_shoulder",
)


def _spotting(part: str, name: str, source: str, *, unit: str, shape: Shape) -> None:
    """Register one number of the spotting in a turn, the median of its revolutions."""

    def value(movement: Movement, turn: Turn, side: Side | None) -> float:
        return float(getattr(movement.spotting[turn.start], part))

    measure(
        f"spotting.{part}",
        on="turn",
        name=name,
        unit=unit,
        sides=direction,
        needs=_NEEDS,
        least_hz=50.0,
        source=source,
        shape=shape,
        whole=True,
    )(value)


_spotting(
    "hold",
    "Spotting, head at the spot",
    "share of a revolution with |wrap(head yaw - spot)| <= 30, the spot being where "
    "the head dwells; 1/6 in a head that turns with the trunk",
    unit="ratio",
    shape="share",
)
_spotting(
    "lag",
    "Spotting, head behind the trunk",
    "max(trunk yaw - head yaw) in a revolution",
    unit="deg",
    shape="line",
)
_spotting(
    "lead",
    "Spotting, head ahead of the trunk",
    "max(head yaw - trunk yaw) after that in the revolution",
    unit="deg",
    shape="line",
)
_spotting(
    "snap",
    "Spotting, speed of the head",
    "peak head speed, mean over 0.08 s / mean trunk speed of the revolution",
    unit="ratio",
    shape="ray",
)
_spotting(
    "finish",
    "Spotting, head before the body",
    "(head arrival time - trunk arrival time) x mean trunk speed; negative: head first",
    unit="rev",
    shape="line",
)
