"""How high a foot is drawn up the other leg."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.support import leg_length
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: A foot is drawn up to the other leg, as in a retiré, with the knee folded by more
#: than the first, deg, and the toe nearer to the other knee, as seen from above, than
#: the second, leg lengths. Expert defaults: of attitudes and kicks neither is true.
DRAWN_UP, BESIDE = 80.0, 0.3
#: The supporting shank is upright with this share of its length upwards: heights along
#: one that lies would be divided by nearly nothing. Expert default.
UPRIGHT = 0.5


def retire_height(body: Body, side: Side, leg_length: float) -> Array:
    """Height of a foot that is drawn up the other leg (domain measure of that name).

    Parameters
    ----------
    body : Body
    side : {"left", "right"}
        The working leg.
    leg_length : float
        Metres.

    Returns
    -------
    (time,) float
        (toe - supporting ankle) / (supporting knee - ankle), heights: 1 with the toe at
        the knee. NaN where the foot is not drawn up to the other leg, and where that is
        not upright.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> places = {"right_ankle": [0.0, 0.1, 0.0], "right_knee": [0.0, 0.5, 0.0],
    ...     "left_hip": [0.2, 0.9, 0.0], "left_knee": [0.5, 0.7, 0.1],
    ...     "left_ankle": [0.1, 0.5, 0.1], "left_toe": [0.05, 0.3, 0.1]}
    >>> points = {name: np.array([place]) for name, place in places.items()}
    >>> body = Body(np.zeros(1), MappingProxyType(points))
    >>> retire_height(body, "left", 0.8).round(9).tolist()
    [0.5]
    """
    other = OTHER[side]
    toe, knee, ankle = (
        body[name] for name in (f"{side}_toe", f"{other}_knee", f"{other}_ankle")
    )
    joints = (body[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    beside = np.hypot(toe[:, 0] - knee[:, 0], toe[:, 2] - knee[:, 2])
    shank = knee[:, 1] - ankle[:, 1]
    upright = shank > UPRIGHT * geometry.length(knee - ankle)
    drawn = (geometry.flexion(*joints) > DRAWN_UP) & (beside < BESIDE * leg_length)
    known = drawn & upright
    return np.where(
        known, (toe[:, 1] - ankle[:, 1]) / np.where(known, shank, 1), np.nan
    )


def drawn_up(body: Body, side: Side | None) -> Array:
    """:func:`retire_height` of a body whose legs are as long as they are seen."""
    working: Side = "left" if side == "left" else "right"
    return retire_height(body, working, leg_length(body))
