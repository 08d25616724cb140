"""Where the body's bones point, and which way the body faces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.model.body import Body

Array = NDArray[np.float64]

#: Lean of a unit direction in one vertical plane.
lean = geometry.lean

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


def front(body: Body, part: str) -> Array:
    """Where the line of a pair of keypoints faces: ``front(body, "hip")``.

    Parameters
    ----------
    body : Body
    part : {"hip", "shoulder", "ear"}

    Returns
    -------
    (time, 3) float
        Horizontal, of length 1 where the line is level and the shorter the more upright
        it is: it says accordingly less. NaN where not seen.
    """
    return geometry.ahead(body[f"left_{part}"] - body[f"right_{part}"])


def face(body: Body) -> Array:
    """Unit direction from the middle of the head to the face.

    Parameters
    ----------
    body : Body

    Returns
    -------
    (time, 3) float
        From the ears (or the skull's base) to the nose (or the eyes); NaN where not
        seen.
    """
    base = body.middle("ear") if body.has("left_ear", "right_ear") else body["head"]
    tip = body["nose"] if body.has("nose") else body.middle("eye")
    return geometry.unit(tip - base)


def head_front(body: Body) -> Array:
    """Where the head faces, by the face and by the line of the ears, (time, 3).

    Only its horizontal part says so.
    """
    return geometry.mean_line(face(body), front(body, "ear"))


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
    both = geometry.seen_sum(front(body, "hip"), front(body, "shoulder"))
    return geometry.unwrap(geometry.yaw(both))  # NaN where both were unseen


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
    if body.facing is None:
        ahead = geometry.forward(body["left_hip"] - body["right_hip"])
    else:
        ahead = geometry.turn([0.0, 0.0, 1.0], body.facing)
    side = trunk[:, 0] * ahead[:, 2] - trunk[:, 2] * ahead[:, 0]
    up = trunk[:, 1]
    return lean(geometry.dot(trunk, ahead), up), lean(side, up)
