"""Where one foot lies from the other (domain measure ``foot_placement``)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics import limbs
from repetiteur.kinematics.feet import SIDES, median_seen
from repetiteur.kinematics.limbs import Bones
from repetiteur.model.body import Body

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: With the back foot turned out by less nothing is crossed, deg (``foot_placement``).
TURNED_OUT = 25.0


def left_ahead(body: Body) -> Array:
    """How far the middle of the left foot is before that of the right, (time,) metres.

    To the front of the pelvis; NaN where feet or hips were not seen.
    """
    front = geometry.forward(body["left_hip"] - body["right_hip"])
    middles = [0.5 * (body[f"{s}_heel"] + body[f"{s}_toe"]) for s in SIDES]
    return geometry.dot(middles[0] - middles[1], front)


def from_the_back(body: Body, left_leads: Bools) -> tuple[Array, Array]:
    """Where the front heel lies from the heel of the back foot.

    Parameters
    ----------
    body : Body
    left_leads : (time,) bool
        Where the left foot is the front one.

    Returns
    -------
    ahead, beside : (time,) float
        Foot lengths, to the front of the pelvis, and to the side of the back foot.
    """
    front = geometry.forward(body["left_hip"] - body["right_hip"])
    soles = [body[f"{s}_toe"] - body[f"{s}_heel"] for s in SIDES]
    length = median_seen(geometry.length(soles))
    apart = (body["left_heel"] - body["right_heel"]) / length
    way = np.where(left_leads[:, np.newaxis], apart, -apart)
    to_the_left = way[:, 0] * front[:, 2] - way[:, 2] * front[:, 0]
    beside = np.where(left_leads, -to_the_left, to_the_left)
    return geometry.dot(way, front), beside


def crossed(body: Body, left_leads: Bools) -> tuple[Array, Array]:
    """How far the front heel lies along the back foot, and before it, foot lengths.

    Parameters
    ----------
    body : Body
    left_leads : (time,) bool
        Where the left foot is the front one.

    Returns
    -------
    along, before : (time,) float
        ``cross_index`` and ``gap_ap``: 0 heel to heel, 1 heel to toe; and what lies
        between the feet fore and aft. NaN with a back foot turned out by less than 25
        degrees.
    """
    ahead, beside = from_the_back(body, left_leads)
    bones = Bones(body)
    left, right = (limbs.turnout(bones, side) for side in SIDES)
    turnout = np.where(left_leads, right, left)
    turned = np.radians(np.where(turnout >= TURNED_OUT, turnout, np.nan))
    along = beside / np.sin(turned)
    return along, ahead - along * np.cos(turned)
