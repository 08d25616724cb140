"""Where the body's bones point, and which way the body faces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Bones by name: from, to, and their weight in a comparison of whole poses
#: (domain measure ``pose_distance``: trunk 2, legs 2, arms 1, head 1).
BONES: dict[str, tuple[str, str, float]] = {
    "trunk": ("pelvis", "neck", 2.0),
    "head": ("neck", "head", 1.0),
    **{
        f"{side}_{name}": (f"{side}_{a}", f"{side}_{b}", weight)
        for side in ("left", "right")
        for name, a, b, weight in (
            ("thigh", "hip", "knee", 1.0),
            ("shank", "knee", "ankle", 1.0),
            ("foot", "ankle", "toe", 0.5),
            ("upper_arm", "shoulder", "elbow", 0.5),
            ("forearm", "elbow", "wrist", 0.5),
        )
    },
}


def pelvis(body: Body) -> Array:
    """Middle of the hips, (time, 3)."""
    return body.middle("hip")


def neck(body: Body) -> Array:
    """Middle of the shoulders, (time, 3)."""
    return body.middle("shoulder")


def _point(body: Body, name: str) -> Array:
    if name == "pelvis":
        return pelvis(body)
    return neck(body) if name == "neck" else body[name]


def head_point(body: Body) -> Array:
    """A point high in the head, (time, 3): crown, ears, nose, eyes or skull base."""
    for name in ("head_top", "nose", "head"):
        if body.has(name):
            return body[name]
    return body.middle("ear")


def bone_directions(body: Body) -> dict[str, Array]:
    """Unit direction of each bone whose ends were seen.

    Parameters
    ----------
    body : Body

    Returns
    -------
    dict of str to (time, 3) float
        Free of body size and of place on the floor; NaN where not seen.
    """
    out = {
        name: geometry.unit(_point(body, b) - _point(body, a))
        for name, (a, b, _) in BONES.items()
        if name != "head"
    }
    out["head"] = geometry.unit(head_point(body) - neck(body))
    return {name: d for name, d in out.items() if np.isfinite(d).any()}


def heading(body: Body) -> Array:
    """Which way the body faces, from hips and shoulders together.

    Parameters
    ----------
    body : Body

    Returns
    -------
    (time,) float
        Degrees, unwrapped over time: 0 faces the audience, positive is turned to the
        dancer's left. NaN where neither hips nor shoulders were seen.

    Notes
    -----
    Hips and shoulders count alike; where one of the two lies almost upright (a
    side bend, a fall) its horizontal part is short and says accordingly less.
    """
    hips = body["left_hip"] - body["right_hip"]
    shoulders = body["left_shoulder"] - body["right_shoulder"]
    left = np.nansum(np.stack([geometry.unit(hips), geometry.unit(shoulders)]), axis=0)
    degrees = geometry.yaw(geometry.forward(left))  # NaN where both were unseen
    seen = np.isfinite(degrees)
    degrees[seen] = np.degrees(np.unwrap(np.radians(degrees[seen])))
    return degrees


def trunk_lean(body: Body) -> tuple[Array, Array]:
    """Lean of the trunk from upright, seen from the pelvis.

    Parameters
    ----------
    body : Body

    Returns
    -------
    pitch, side : (time,) float
        Degrees: pitch positive forward, side positive to the dancer's left; NaN
        where the trunk lies out of that plane (:func:`lean`).
    """
    trunk = geometry.unit(neck(body) - pelvis(body))
    hips = body["left_hip"] - body["right_hip"]
    facing = geometry.yaw(geometry.forward(hips))
    local = geometry.turn(trunk, -facing if body.facing is None else -body.facing)
    return lean(local[..., 2], local[..., 1]), lean(local[..., 0], local[..., 1])


def lean(along: Array, up: Array) -> Array:
    """Lean of a unit direction from upright in one vertical plane.

    Parameters
    ----------
    along, up : (time,) float
        Its horizontal and its vertical component in that plane.

    Returns
    -------
    (time,) float
        Degrees, positive along. NaN where the direction lies more than 60 degrees
        out of the plane, or hangs head down: there the angle says nothing.

    Examples
    --------
    >>> lean(np.array([0.0, 1.0, 0.1]), np.array([1.0, 0.0, 0.1])).tolist()
    [0.0, 90.0, nan]
    """
    degrees = np.degrees(np.arctan2(along, up))
    clear = (np.hypot(along, up) > 0.5) & (np.abs(degrees) < 150.0)
    return np.where(clear, degrees, np.nan)
