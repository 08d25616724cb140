"""Legs of key poses: where the working leg is, and where the standing one leans."""

from __future__ import annotations

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN, STANDARD
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    Direction,
    KeyPose,
    leg,
    other,
    standing,
    upright,
    with_toe,
)
from repetiteur.synthetic.limbs import UP, Axes, unit

#: Lean of the standing leg (height and azimuth, degrees) that keeps the centre of mass
#: over the middle of its foot while the other leg is raised; found by computation, for
#: heights from 15 to 110 degrees to 1.5 and 6 degrees.
LEANING: dict[Direction, tuple[float, float]] = {
    "devant": (9.0, -72.0),
    "seconde": (10.9, -87.0),
    "derriere": (8.8, -92.0),
}
#: Trunk forward, working hip up and trunk away from the working leg, each as share of
#: the leg's height: what a straight leg asks of the body. Our own choice.
_YIELDING: dict[Direction, tuple[float, float, float]] = {
    "devant": (-0.03, 0.02, 0.0),
    "seconde": (0.0, 0.065, 0.055),
    "derriere": (0.24, 0.055, 0.02),
}
#: A leg behind is turned out further by this, degrees: else the foot, pointed from the
#: dancer's turnout, would go through the floor.
BEHIND = 15.0
#: Raised legs are turned out beyond the standing ones by this, degrees.
TURNED_OUT = 12.0
#: Toe at the ankle of a straight standing leg, devant and derrière: height, azimuth,
#: knee and rotation; found by computation, for a toe 7.5 cm before or behind the ankle
#: and 5 cm over it. A standing knee that bends by d asks d² times the last of the knee.
_AT_ANKLE: dict[Direction, tuple[float, float, float, float]] = {
    "devant": (11.0, 43.0, 84.7, 15.8),
    "derriere": (8.7, 112.0, 85.9, 16.0),
}
_MELTING, _MELTING_UP = 0.0049, 0.0006


def balanced(
    side: Side, direction: Direction, *, knee: float = 0.0, rise: float = 0.0
) -> dict[str, float]:
    """Parameters of a leg that carries while the other is raised in a direction.

    ``knee`` is how far it bends, ``rise`` that of its heel, degrees.
    """
    lean, azimuth = LEANING[direction]
    return {**standing(side, lean, azimuth, rise=rise), f"{side}_knee": knee}


def yielding(side: Side, direction: Direction, height: float) -> dict[str, float]:
    """Parameters of trunk and pelvis with the leg of ``side`` raised to ``height``.

    Examples
    --------
    >>> yielding("right", "seconde", 100.0)["trunk_side"]
    5.5
    """
    pitch, hip, away = (share * height for share in _YIELDING[direction])
    up = SIGN[side]
    return upright(trunk_pitch=pitch, obliquity=up * hip, trunk_side=-up * away)


def tendu_leg(side: Side, direction: Direction = "devant") -> dict[str, float]:
    """A straight leg whose toe is to touch the floor (see :func:`with_toe`)."""
    behind = BEHIND if direction == "derriere" else 0.0
    return leg(side, 0.0, AZIMUTH[direction], rotation=behind)


def raised(side: Side, direction: Direction, height: float) -> dict[str, float]:
    """A straight leg at ``height`` degrees, turned out, and the body that yields."""
    line = leg(side, height, AZIMUTH[direction], rotation=TURNED_OUT)
    return {**line, **yielding(side, direction, height)}


def leg_at_ankle(
    side: Side, place: Direction = "devant", *, melting: float = 0.0
) -> dict[str, float]:
    """Pointed toe before or behind the ankle of a leg that bends by ``melting``.

    Examples
    --------
    >>> leg_at_ankle("left", melting=50.0)["left_knee"]
    96.95
    """
    height, azimuth, knee, rotation = _AT_ANKLE[place]
    more = melting * melting
    return leg(
        side,
        height + _MELTING_UP * more,
        azimuth,
        round(knee + _MELTING * more, 2),
        rotation=rotation,
    )


def bent_leg(
    side: Side, thigh: float, azimuth: float, knee: float, swing: float = 0.0
) -> dict[str, float]:
    """A free leg from its thigh and knee, degrees.

    Parameters
    ----------
    side : {"left", "right"}
    thigh, azimuth : float
        Elevation of the thigh from hanging, and its direction (0 devant, 90 to the own
        side, 180 derrière).
    knee : float
        Flexion, above 0.
    swing : float
        Where the shank goes as the knee bends: 0 down, 90 level and towards smaller
        azimuths (from the side: forward), -90 to the other way.

    Returns
    -------
    dict of str to float
        For a dancer with the turnout of the standard one.

    Examples
    --------
    >>> passed = bent_leg("left", 70.0, 80.0, 110.0)
    >>> round(passed["left_height"], 1), passed["left_knee"]
    (14.8, 110.0)
    """
    # Forward, up and the own side are the axes x, y and z here.
    facing = Axes(np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 1.0]]))
    line = facing.aimed(np.array([thigh]), np.array([azimuth]), 1.0)[0]
    level = facing.towards(np.array([azimuth - 90.0]), 1.0)[0]
    bend, turn = np.radians(knee), np.radians(swing)
    fold = np.cos(turn) * -unit(UP - (UP @ line) * line) + np.sin(turn) * level
    links = STANDARD.metres("thigh"), STANDARD.metres("shank")
    shank = np.cos(bend) * line + np.sin(bend) * fold
    aim = unit(links[0] * line + links[1] * shank)
    bulge = unit(line - (line @ aim) * aim)
    # The swing of a hanging leg to the aim, undone.
    ahead = bulge + (UP @ bulge) / (1.0 - UP @ aim) * (aim - UP)
    turnout = np.degrees(np.arctan2(ahead[2], ahead[0]))
    return leg(
        side,
        float(np.degrees(np.arccos(-aim[1]))),
        float(np.degrees(np.arctan2(aim[2], aim[0]))),
        knee,
        rotation=float(turnout) - STANDARD.turnout(side),
    )


def onto(side: Side, name: str, counts: float) -> KeyPose:
    """All the weight goes over to the leg of ``side``; the other foot stays."""
    return KeyPose(name, counts, standing(side), weight=side)


def on_the_toe(
    side: Side,
    direction: Direction,
    name: str,
    counts: float,
    *,
    hip: float = 0.0,
    through: bool = False,
) -> KeyPose:
    """The straight leg of ``side`` with its toe on the floor, the body upright.

    ``hip`` is by how much the working hip is carried higher, degrees: so the heel
    clears the floor on a long way under the body.
    """
    base = other(side)
    body = upright(obliquity=hip * SIGN[side])
    down = {**tendu_leg(side, direction), **standing(base), **body}
    return KeyPose(name, counts, down, with_toe(base), through=through)
