"""Where the hands are in the frame of the trunk, and which position that is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import neck, pelvis
from repetiteur.kinematics.feet import SIDES
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Where the wrist of an arm is in each of the four simple positions, from its own
#: shoulder: to its side, up, ahead, arm lengths. Rounded by 45 degrees (domain 25 to
#: 70) an arm reaches 0.92 of its length. ``low`` before the thighs and ``up``, seen
#: without lifting the eyes, are 20 degrees from the vertical; ``front`` is at the lower
#: end of the breast-bone; ``side`` a little forward of and below the shoulder (domain,
#: 1.4); hands that meet in the middle are inside of the shoulders. Expert defaults.
PLACES = {
    "low": (-0.10, -0.86, 0.31),
    "front": (-0.10, -0.30, 0.86),
    "side": (0.87, -0.18, 0.25),
    "up": (-0.10, 0.86, 0.31),
}
#: The positions: where one arm is, and where the other one.
POSITIONS = {
    "low": ("low", "low"),
    "front": ("front", "front"),
    "side": ("side", "side"),
    "up": ("up", "up"),
    "front_side": ("front", "side"),
    "up_side": ("up", "side"),
    "up_front": ("up", "front"),
}
#: A position is named when the hands are no further from it than the first (mean of
#: both), and nearer than to any other by the second, arm lengths. Expert defaults:
#: simple positions lie 0.8 to 1.7 from one another.
NEAREST, NEARER = 0.5, 0.1
_PLACES = np.array(list(PLACES.values()))
_ONE, _OTHER = np.array(
    [[list(PLACES).index(name) for name in pair] for pair in POSITIONS.values()]
).T
#: The coordinates after each, and before it, of x, y and z.
_NEXT, _LAST = [1, 2, 0], [2, 0, 1]


def length_of_arm(body: Body, side: Side | None) -> Array:
    """From shoulder over elbow to wrist, (time,) metres."""
    joints = (body[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist"))
    bones = [geometry.length(b - a) for a, b in pairwise(joints)]
    return np.asarray(bones[0] + bones[1])


def hands(body: Body) -> Array:
    """Each wrist from its shoulder, (left and right, time, 3) arm lengths.

    To its own side, up and ahead, in the frame of the trunk: along the shoulders,
    and upright on them as far as the trunk is.
    """
    across = body["left_shoulder"] - body["right_shoulder"]
    left = geometry.unit(across)
    up = geometry.unit(geometry.across(neck(body) - pelvis(body), across))
    ahead = left[:, _NEXT] * up[:, _LAST] - left[:, _LAST] * up[:, _NEXT]
    arms = [body[f"{side}_wrist"] - body[f"{side}_shoulder"] for side in SIDES]
    found = np.einsum("stk,atk->sta", arms, [left, up, ahead])
    found[1, :, 0] *= -1.0
    length = 0.5 * (length_of_arm(body, "left") + length_of_arm(body, "right"))
    return np.asarray(found / length[:, np.newaxis])


def from_positions(places: Array) -> Array:
    """Mean distance of both hands from each of :data:`POSITIONS`.

    Parameters
    ----------
    places : (2, time, 3) float
        As :func:`hands` gives them. Which arm does which part is left open.

    Returns
    -------
    (positions, time) float
        Arm lengths.
    """
    left, right = geometry.length(_PLACES[:, np.newaxis] - places[:, np.newaxis])
    ways = left[_ONE] + right[_OTHER], left[_OTHER] + right[_ONE]
    return np.asarray(0.5 * np.minimum(*ways))


def clear_of(means: Array) -> Array:
    """How far hands are from having no name, or another one, arm lengths."""
    nearest, second = np.sort(means, axis=0)[:2]
    return np.asarray(np.minimum(NEAREST - nearest, second - nearest - NEARER))
