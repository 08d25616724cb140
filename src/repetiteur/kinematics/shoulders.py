"""How far the shoulders are lifted over where they are at rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import neck, pelvis
from repetiteur.kinematics.feet import SIDES, median_seen
from repetiteur.model.body import Body
from repetiteur.model.skeletons import Side

Array = NDArray[np.float64]

#: Under an arm that is carried lower than this the shoulder is at rest, deg: the height
#: of bras bas and a little more. Expert default.
LOW_DEG = 45.0
#: Seconds for which an arm must be seen that low.
REST_S = 0.5
#: A neck nearer to the middle of the shoulders than this share of the trunk is that
#: middle, which rises with them.
_THAT_MIDDLE = 0.02


def shoulder_lifts(body: Body) -> dict[Side, Array]:
    """Lift of each shoulder, as share of the trunk's length.

    Parameters
    ----------
    body : Body
        With hips, shoulders and wrists, and a neck, ears or the skull's base.

    Returns
    -------
    dict of side to (time,) float
        Positive: higher than at rest. NaN where not seen, and throughout where the arm
        of that side never hangs or is never carried low for half a second: then nobody
        knows the shoulder's rest.

    Notes
    -----
    The shoulder's height is taken along the trunk, from the base of the neck (or, where
    the file has none, from the middle of the ears), over the trunk's median length; its
    rest is the median while the arm of that side is below 45 degrees. So how a body is
    built and where its markers sit fall out, and leaning, turning and size change
    nothing. Seen from the ears, a head that is pushed forward lifts the shoulders too.
    Lifting an arm above the shoulder lifts every shoulder somewhat (scapulohumeral
    rhythm): compare like with like. The contract names the measure and its unit; this
    definition is our own.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> def still(x, y): return np.zeros((90, 3)) + [x, y, 0.0]
    >>> points = {"neck": still(0.0, 1.42)}
    >>> for side, x in (("left", 1), ("right", -1)):
    ...     points |= {f"{side}_hip": still(0.1 * x, 0.9),
    ...                f"{side}_shoulder": still(0.2 * x, 1.4),
    ...                f"{side}_wrist": still(0.2 * x, 0.9)}
    >>> points["left_shoulder"][60:, 1] += 0.025
    >>> lifts = shoulder_lifts(Body(np.arange(90) / 60, MappingProxyType(points)))
    >>> lifts["left"][[0, 80]].round(3).tolist()
    [0.0, 0.05]
    """
    step = float(np.median(np.diff(body.time))) if body.time.size > 1 else 0.0
    lifts: dict[Side, Array] = {}
    for side in SIDES:
        height = shoulder_height(body, side)
        arm = geometry.elevation(body[f"{side}_wrist"] - body[f"{side}_shoulder"])
        rest = height[(arm < LOW_DEG) & np.isfinite(height)]
        known = rest.size * step >= REST_S
        lifts[side] = height - (float(np.median(rest)) if known else np.nan)
    return lifts


def shoulder_height(body: Body, side: Side | None) -> Array:
    """Height of a shoulder along the trunk, as :func:`shoulder_lifts` compares it.

    Parameters
    ----------
    body : Body
    side : {"left", "right"}

    Returns
    -------
    (time,) float
        Over the base of the neck, as share of the trunk's median length.
    """
    trunk = neck(body) - pelvis(body)
    whole = median_seen(geometry.length(trunk))
    over = body[f"{side}_shoulder"] - _base(body)
    return geometry.dot(over, geometry.unit(trunk)) / whole


def neck_apart(body: Body) -> bool:
    """Whether the neck is a point of its own, and not the middle of the shoulders."""
    if not body.has("neck"):
        return False
    middle, trunk = neck(body), neck(body) - pelvis(body)
    away = median_seen(geometry.length(body["neck"] - middle))
    return not away < _THAT_MIDDLE * median_seen(geometry.length(trunk))


def _base(body: Body) -> Array:
    """What a shoulder is lifted towards, (time, 3)."""
    if neck_apart(body):
        return body["neck"]
    ears = body.has("left_ear", "right_ear")
    return body.middle("ear") if ears else body["head"]
