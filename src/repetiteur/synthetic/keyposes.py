"""Key poses, and the parts of which they are made: arms, legs, an upright trunk.

A key pose says what changes; what it does not name stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIDES, Stance

Arms = Literal["low", "front", "side", "up", "hanging"]
Direction = Literal["devant", "seconde", "derriere"]
#: Which feet stand: both, in a stance; or one, with the other in the air (``left``) or
#: touching with its toe (``left_toe``); or ``none``, in a flight.
Feet = Stance | Literal["left", "right", "left_toe", "right_toe", "none"]

AZIMUTH: dict[Direction, float] = {"devant": 0.0, "seconde": 76.0, "derriere": 176.0}
#: Plantar flexion of a stretched foot, degrees (77 ± 2.5 unloaded: Russell et al. 2010;
#: a little less here, so that ankle, ball and toe look like one line).
POINTED = 72.0
#: Heel rise on demi-pointe, degrees: heel height 0.82 of the foot.
DEMI_POINTE = 55.0
#: Lean of the standing leg that brings the centre of mass over the inner half of its
#: foot, and near its toe on demi-pointe, degrees; found by computation for these poses.
LEAN = 8.0
LEAN_ON_TOE = 11.0
#: Arms by position: height and azimuth of the upper arm, elbow flexion, forearm.
ARMS: dict[Arms, tuple[float, float, float, float]] = {
    "hanging": (8.0, 70.0, 12.0, 0.0),
    "low": (37.0, 50.0, 55.0, -44.0),
    "front": (66.0, 42.0, 68.0, -12.0),
    "side": (82.0, 73.0, 28.0, -24.0),
    "up": (130.0, 52.0, 70.0, 62.0),
}


@dataclass(frozen=True)
class KeyPose:
    """A pose on the way of a step.

    Attributes
    ----------
    name : str
        ``step.phase``.
    counts : float
        Counts from the pose before to this one, above 0.
    changes : mapping of str to float
        Parameters that change (:data:`repetiteur.synthetic.body.PARAMETERS`).
    feet : str, optional
        Which feet stand; as before where not given. In the air: where they would, or
        ``none``, and then both legs go by their angles and turn with the body.
    weight : str, optional
        The foot that carries all the weight while both stand; else both share it.
    turn : float
        Degrees turned on the way, positive to the dancer's left.
    through : bool
        Whether it is passed without a stop.
    aloft : bool
        Whether the way to it is in the air; poses in a row make one flight.
    travel : (float, float)
        How much further forward and to the left, leg lengths, a foot comes down: than
        in its stance, or, where one foot stands, than under where the weight was
        carried. A foot that carries all of it on the floor stays.
    """

    name: str
    counts: float
    changes: Mapping[str, float] = field(default_factory=dict)
    feet: Feet | None = None
    weight: Side | None = None
    turn: float = 0.0
    through: bool = False
    aloft: bool = False
    travel: tuple[float, float] = (0.0, 0.0)


Step = tuple[KeyPose, ...]


def other(side: Side) -> Side:
    """The other side.

    Examples
    --------
    >>> other("left")
    'right'
    """
    return "right" if side == "left" else "left"


def arms(left: Arms, right: Arms | None = None) -> dict[str, float]:
    """Parameters of both arms in a position; ``right`` as ``left`` where not given.

    Examples
    --------
    >>> arms("side")["right_arm_height"] == ARMS["side"][0]
    True
    """
    names = ("arm_height", "arm_azimuth", "elbow", "forearm")
    return {
        f"{side}_{name}": value
        for side, position in zip(SIDES, (left, right or left), strict=True)
        for name, value in zip(names, ARMS[position], strict=True)
    }


def leg(
    side: Side,
    height: float = 0.0,
    azimuth: float = 0.0,
    knee: float = 0.0,
    *,
    point: float = POINTED,
    rotation: float = 0.0,
) -> dict[str, float]:
    """Parameters of a free leg, degrees."""
    values = (height, azimuth, knee, point, rotation)
    names = ("height", "azimuth", "knee", "point", "rotation")
    return {f"{side}_{n}": v for n, v in zip(names, values, strict=True)}


def standing(
    side: Side, lean: float = LEAN, azimuth: float = -92.0, *, rise: float = 0.0
) -> dict[str, float]:
    """Parameters of a straight leg that carries the weight, degrees."""
    return {**leg(side, lean, azimuth, point=0.0), f"{side}_rise": rise}


def on_one(
    side: Side,
    knee: float = 0.0,
    *,
    rise: float = 0.0,
    ahead: float = 0.0,
    aside: float = -LEAN,
) -> dict[str, float]:
    """Parameters of a leg that carries the weight, bent or not, degrees.

    ``ahead`` and ``aside`` (to its own side) say how far its foot lies from under the
    hip; by default under the centre of mass.

    Examples
    --------
    >>> found = on_one("left", 40.0, aside=-6.0)
    >>> found["left_height"], found["left_azimuth"], found["left_knee"]
    (6.0, -90.0, 40.0)
    """
    azimuth = degrees(atan2(aside, ahead))
    return {
        **standing(side, hypot(ahead, aside), azimuth, rise=rise),
        f"{side}_knee": knee,
    }


def upright(**changes: float) -> dict[str, float]:
    """Parameters of a quiet, upright trunk and head, with changes."""
    names = (
        "obliquity", "trunk_pitch", "trunk_side", "shoulder_yaw",
        "head_pitch", "head_tilt", "head_yaw",
    )  # fmt: skip
    return {**dict.fromkeys(names, 0.0), **changes}


def on_both(knee: float = 0.0, rise: float = 0.0) -> dict[str, float]:
    """Parameters of two legs that stand, degrees."""
    return {
        f"{side}_{name}": value
        for side in SIDES
        for name, value in (("knee", knee), ("rise", rise), ("rotation", 0.0))
    }


def fifth(front: Side) -> Feet:
    """Fifth position with one side in front."""
    return "fifth_left" if front == "left" else "fifth_right"


def fourth(front: Side) -> Feet:
    """Fourth position with one side in front."""
    return "fourth_left" if front == "left" else "fourth_right"


def with_toe(side: Side) -> Feet:
    """Standing on ``side`` while the other toe touches the floor."""
    return "left_toe" if side == "left" else "right_toe"


def retire_leg(side: Side) -> dict[str, float]:
    """Pointed toe in front of the standing knee, thigh to the side."""
    return leg(side, 16.0, 51.0, 136.0, rotation=22.0)


def cou_de_pied_leg(
    side: Side, direction: Direction = "devant", *, bend: float = 0.0
) -> dict[str, float]:
    """Pointed toe in front of the standing ankle, or behind it (``derriere``).

    ``bend`` of the standing knee, degrees, brings the hip nearer to the ankle.
    """
    height, azimuth, knee = (
        (8.6, 125.5, 82.0) if direction == "derriere" else (9.6, 26.0, 83.0)
    )
    nearer = bend**2
    return leg(
        side, height + 0.0004 * nearer, azimuth, knee + 0.0051 * nearer, rotation=14.0
    )


def pressed_legs(front: Side) -> dict[str, float]:
    """Both legs straight and pressed together in the air, ``front`` in front."""
    back = other(front)
    return {**leg(front, 7.7, -66.0), **leg(back, 7.7, -114.0)}
