"""The body of a synthetic dancer: lengths, turnout, and where feet stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]
SIDES: tuple[Side, Side] = ("left", "right")
#: Sign of a side along the dancer's left axis.
SIGN: dict[Side, float] = {"left": 1.0, "right": -1.0}

Stance = Literal[
    "first",
    "second",
    "third_left",
    "third_right",
    "fourth_left",
    "fourth_right",
    "fourth_open_left",
    "fourth_open_right",
    "fifth_left",
    "fifth_right",
]


@dataclass(frozen=True)
class Proportions:
    """Lengths of the body as shares of stature.

    Segment lengths are those of Drillis and Contini as printed by Winter [1]_
    (thigh 0.530 − 0.285, shank 0.285 − 0.039, trunk 0.818 − 0.530, and the rest
    by name). The two widths lie between joint centres, and are therefore narrower
    than Winter's bony widths; they, the place of the ankle along the foot and the
    split of the head's 0.182 are our own choice.

    References
    ----------
    .. [1] D. A. Winter, "Biomechanics and Motor Control of Human Movement",
       4th ed., Wiley, 2009, figure 4.1.

    Examples
    --------
    >>> shares = Proportions()
    >>> legs = shares.ankle_height + shares.shank + shares.thigh
    >>> round(legs + shares.trunk + shares.neck_root + shares.neck + shares.head, 9)
    1.0
    """

    thigh: float = 0.245
    shank: float = 0.246
    ankle_height: float = 0.039
    foot: float = 0.152
    ankle_from_heel: float = 0.038
    trunk: float = 0.288
    hip_width: float = 0.100
    shoulder_width: float = 0.215
    upper_arm: float = 0.186
    forearm: float = 0.146
    hand: float = 0.108
    neck_root: float = 0.017
    neck: float = 0.055
    head: float = 0.110


@dataclass(frozen=True)
class Dancer:
    """A body: stature in metres, proportions, and turnout in degrees.

    ``turnout_left`` and ``turnout_right`` are the angles of each leg from straight
    ahead towards its own side.

    Examples
    --------
    >>> round(Dancer(stature=1.70).metres("foot"), 4)
    0.2584
    """

    stature: float = 1.68
    proportions: Proportions = field(default_factory=Proportions)
    turnout_left: float = 65.0
    turnout_right: float = 65.0

    def metres(self, part: str) -> float:
        """Length of a part of the body, named as in :class:`Proportions`."""
        return self.stature * float(getattr(self.proportions, part))

    def turnout(self, side: Side) -> float:
        """Turnout of one leg, degrees."""
        return self.turnout_left if side == "left" else self.turnout_right


#: The dancer that dances where no other is named.
STANDARD = Dancer()

# Where the heel of the front foot (or of the left one) lies from the other heel, in
# foot lengths: crossed share of the back foot, gap fore and aft, gap sideways.
# Within the limits of foot_placement, first to fifth position.
_FEET: dict[str, tuple[float, float, float]] = {
    "first": (0.0, 0.0, 0.25),
    "second": (0.0, 0.0, 1.4),
    "third": (0.5, 0.25, 0.0),
    "fourth": (0.9, 1.1, 0.0),
    "fourth_open": (0.1, 1.1, 0.0),
    "fifth": (0.85, 0.25, 0.0),
}


def stance(
    name: Stance, dancer: Dancer = STANDARD, heading: float = 0.0
) -> dict[Side, Array]:
    """Places of both toes in a position of the feet, around the origin.

    Parameters
    ----------
    name : str
        ``first``, ``second``, or ``fourth_left`` … with the side of the front foot;
        ``fourth`` is crossed, ``fourth_open`` is not.
    dancer : Dancer
    heading : float
        Degrees, positive to the dancer's left.

    Returns
    -------
    dict of side to (2,) float
        Stage x and z of each toe on the floor, metres. Halfway between the middles
        of both feet lies the origin.

    Examples
    --------
    >>> toes = stance("fifth_left")
    >>> bool(toes["left"][1] > toes["right"][1])
    True
    """
    front: Side = "right" if name.endswith("_right") else "left"
    back: Side = "left" if front == "right" else "right"
    length = dancer.metres("foot")
    along = {side: _direction(dancer.turnout(side), SIGN[side]) for side in SIDES}
    crossed, ahead, apart = _FEET[name.removesuffix(f"_{front}")]
    turn = np.radians(dancer.turnout(back))
    heel = length * np.array(
        [
            SIGN[front] * apart + SIGN[back] * crossed * np.sin(turn),
            ahead + crossed * np.cos(turn),
        ]
    )
    heels = {back: np.zeros(2), front: heel}
    middle = 0.5 * sum(heels[s] + 0.5 * length * along[s] for s in SIDES)
    return {
        side: rotated(heels[side] + length * along[side] - middle, heading)
        for side in SIDES
    }


def _direction(degrees: float, sign: float) -> Array:
    angle = np.radians(degrees)
    return np.array([sign * np.sin(angle), np.cos(angle)])


def rotated(place: ArrayLike, heading: float) -> Array:
    """A place on the floor (x, z) turned about the origin to the dancer's left.

    Examples
    --------
    >>> rotated([0.0, 1.0], 90.0).round(9).tolist()
    [1.0, 0.0]
    """
    x, z = np.asarray(place, dtype=np.float64)
    angle = np.radians(heading)
    return np.array(
        [x * np.cos(angle) + z * np.sin(angle), z * np.cos(angle) - x * np.sin(angle)]
    )
