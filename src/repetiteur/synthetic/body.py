"""From parameters to positions: the whole body of the synthetic dancer.

Angles are degrees. Sides are the dancer's own. The parameters of a frame:

``heading``
    Of the pelvis: 0 faces the audience, positive to the dancer's left.
``obliquity``
    Of the pelvis, positive where the left hip is higher.
``trunk_pitch``, ``trunk_side``
    Lean of the line from mid-hip to mid-shoulder, forward and to the dancer's left,
    each as seen in its own plane.
``shoulder_yaw``
    Of the shoulders against the pelvis, about the trunk, positive to the left.
``head_pitch``, ``head_tilt``, ``head_yaw``
    Of the head against the vertical (forward and left positive), and against the
    shoulders (left positive).
``weight_left``
    Share of the weight on the left foot, 0 to 1.
``air``
    Height of the flight in metres, above the pose that stands on the floor.

For each leg (``left_height`` …): ``height`` of the line from hip to ankle (0 hangs, 90
is horizontal), its ``azimuth`` (0 devant, 90 to the own side, 180 derrière), ``knee``
flexion, ``rotation`` (turnout beyond the dancer's own), ``point`` (plantar flexion of
the free foot: 0 square to the shank, 90 in line), ``rise`` of the planted heel,
``plant`` (1 = the foot stands, 0 = it is free), ``x`` and ``z`` of the planted toe in
metres. For each arm: ``arm_height`` of the upper arm (0 hangs), ``arm_azimuth`` (0
ahead, 90 to the own side, against the shoulders), ``elbow`` flexion, and ``forearm``:
where the elbow bends to (0 level and inwards, 90 upwards).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.model.skeletons import KEYPOINTS, Side
from repetiteur.synthetic.dancer import SIDES, STANDARD, Array, Dancer, stance
from repetiteur.synthetic.legs import (
    Columns,
    Leg,
    floor_height,
    leg_points,
    needed_rise,
    pelvis,
)
from repetiteur.synthetic.limbs import Axes, flexion_of, unit
from repetiteur.synthetic.upper import arm_points, head_points, trunk_points

_WHOLE = (
    "heading", "obliquity", "trunk_pitch", "trunk_side", "shoulder_yaw",
    "head_pitch", "head_tilt", "head_yaw", "weight_left", "air",
)  # fmt: skip
_LEG = (
    "height", "azimuth", "knee", "rotation", "point", "rise", "plant", "x", "z",
)  # fmt: skip
_ARM = ("arm_height", "arm_azimuth", "elbow", "forearm")
#: Names of the parameters, in the order of the columns.
PARAMETERS: tuple[str, ...] = (
    *_WHOLE,
    *(f"{side}_{name}" for side in SIDES for name in (*_LEG, *_ARM)),
)
_STANDING = {"weight_left": 0.5, "left_plant": 1.0, "right_plant": 1.0}


def parameters(dancer: Dancer = STANDARD, **changes: ArrayLike) -> Array:
    """A table of parameters: standing in first position, arms hanging, with changes.

    Parameters
    ----------
    dancer : Dancer
        Whose first position.
    **changes : float or (frames,) float
        Values by the names of :data:`PARAMETERS`.

    Returns
    -------
    (frames, parameter) float

    Raises
    ------
    KeyError
        For a name that is no parameter.

    Examples
    --------
    >>> parameters(heading=[0.0, 45.0, 90.0]).shape == (3, len(PARAMETERS))
    True
    """
    unknown = sorted(set(changes) - set(PARAMETERS))
    if unknown:
        raise KeyError(f"no parameter is called {', '.join(unknown)}; see PARAMETERS")
    values: dict[str, ArrayLike] = dict(_STANDING)
    for side, (x, z) in stance("first", dancer).items():
        values |= {f"{side}_x": x, f"{side}_z": z}
    values |= changes
    table = np.broadcast_arrays(*(values.get(name, 0.0) for name in PARAMETERS))
    return np.stack([np.atleast_1d(column) for column in table], axis=-1).astype(float)


def columns(table: Array) -> Columns:
    """The columns of a table of parameters by name, (frames,) each."""
    return dict(zip(PARAMETERS, table.T, strict=True))


def _legs(angles: Columns, axes: Axes, dancer: Dancer) -> dict[Side, Leg]:
    return {side: Leg(side, dancer, axes, angles) for side in SIDES}


def positions(table: Array, dancer: Dancer = STANDARD) -> Array:
    """Positions of all keypoints from a table of parameters.

    Parameters
    ----------
    table : (frames, parameter) float
        In the order of :data:`PARAMETERS`, finite.
    dancer : Dancer
        Whose body.

    Returns
    -------
    (frames, 3, keypoint) float
        Metres in the stage frame, in the order of
        :data:`repetiteur.model.skeletons.KEYPOINTS`; never NaN.

    Notes
    -----
    By construction: the line from hip to ankle of a free leg, or of one that carries
    all the weight, has exactly ``height`` and ``azimuth``; its knee is bent by exactly
    ``knee``; a free foot that does not meet the floor is pointed by exactly ``point``;
    the sine of a standing foot's ``rise`` is its heel height in foot lengths. A leg
    that shares the weight reaches for its foot, which does not slide.

    Examples
    --------
    >>> body = positions(parameters(weight_left=1.0, right_plant=0.0, right_height=90))
    >>> hip, ankle = (KEYPOINTS.index(f"right_{name}") for name in ("hip", "ankle"))
    >>> bool(abs(body[0, 1, hip] - body[0, 1, ankle]) < 1e-12)
    True
    """
    angles = columns(np.asarray(table, dtype=np.float64))
    axes = Axes.facing(angles["heading"])
    legs = _legs(angles, axes, dancer)
    middle = pelvis(legs)
    points, shoulders = trunk_points(middle, angles, axes, dancer)
    points |= head_points(points["neck"], angles, shoulders, dancer)
    for side, leg in legs.items():
        shoulder = points[f"{side}_shoulder"]
        points |= arm_points(side, shoulder, angles, shoulders, dancer)
        parts = leg_points(leg, middle + leg.half_pelvis())
        points |= {f"{side}_{name}": place for name, place in parts.items()}
    return np.stack([points[name] for name in KEYPOINTS], axis=-1)


def touching(table: Array, side: Side, dancer: Dancer = STANDARD) -> Array:
    """Height at which the free toe of one leg touches the floor, (frames,) degrees."""
    angles = columns(table)
    legs = _legs(angles, Axes.facing(angles["heading"]), dancer)
    return floor_height(legs[side], pelvis(legs) + legs[side].half_pelvis())


def standing_angles(
    table: Array, side: Side, dancer: Dancer = STANDARD
) -> dict[str, Array]:
    """Angles that a leg has because its foot is planted.

    Parameters
    ----------
    table : (frames, parameter) float
    side : str
    dancer : Dancer

    Returns
    -------
    dict of str to (frames,) float
        ``height``, ``azimuth``, ``knee`` and ``point`` in degrees: a free leg with
        these angles puts its foot (nearly) where the planted one stands.
    """
    angles = columns(table)
    axes = Axes.facing(angles["heading"])
    legs = _legs(angles, axes, dancer)
    leg, sign = legs[side], 1.0 if side == "left" else -1.0
    hip = pelvis(legs) + leg.half_pelvis()
    rise = needed_rise(leg, hip)
    way = leg.planted_ankle(rise) - hip
    aim = unit(way)
    ahead, aside = (aim * axes.forward).sum(-1), sign * (aim * axes.left).sum(-1)
    flexion = flexion_of(np.linalg.norm(way, axis=-1), *leg.links)
    return {
        "height": np.degrees(np.arctan2(np.hypot(ahead, aside), -aim[:, 1])),
        "azimuth": np.degrees(np.arctan2(aside, ahead)),
        "knee": flexion,
        "point": rise - 0.5 * flexion,
    }
