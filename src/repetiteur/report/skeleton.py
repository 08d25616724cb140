"""The drawn skeleton: one set of proportions for everybody, standing on the floor.

Bones keep their direction and get a standard length, so nobody's body is compared.
The height of the pelvis, scaled by the leg, shows pliés and jumps; what is lowest
stands on the floor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from repetiteur.model.body import Body
from repetiteur.model.poses import Array

#: Joints of a drawn figure, in the order of the encoded data.
JOINTS: tuple[str, ...] = (
    "pelvis", "chest", "neck", "head", "face",
    *(
        f"{side}_{part}"
        for side in ("left", "right")
        for part in (
            "shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "toe",
        )
    ),
)  # fmt: skip

# One set of proportions for everybody, metres; the standing figure is about 1.70 m.
_HIP, _THIGH, _SHANK, _FOOT, _ANKLE_HEIGHT = 0.094, 0.441, 0.437, 0.171, 0.040
_LOWER_TRUNK, _UPPER_TRUNK, _SHOULDER, _SHOULDER_DROP = 0.306, 0.234, 0.158, 0.027
_UPPER_ARM, _FOREARM, _HAND, _NECK, _FACE = 0.274, 0.248, 0.126, 0.158, 0.083
_STANDING = _THIGH + _SHANK + _ANKLE_HEIGHT
_LONGEST_FLIGHT_S = 1.4
_TAKE_OFF = (0.04, 0.10)  # a foot this far from the floor begins to, surely does fly


def skeleton(body: Body, rate: float) -> Array:
    """Joints of the drawn figure.

    Parameters
    ----------
    body : Body
        Frames evenly spaced.
    rate : float
        Frames per second.

    Returns
    -------
    (frames, joints, 3) float
        Metres, the pelvis at x = z = 0, y up from the floor; NaN where a joint was not
        seen, or hangs on one that was not.
    """
    joints = _skeleton(body)
    drawn = np.stack([joints[name] for name in JOINTS], axis=1)
    drawn[..., 1] += _pelvis_height(body, drawn, rate)[:, np.newaxis]
    return drawn


def unit(vector: Array) -> Array:
    """Vectors of length 1, (..., 3); NaN where there is no length."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return vector / np.where(length > 1e-9, length, np.nan)


def _first(*choices: Array) -> Array:
    """Frame by frame, the first choice that was seen."""
    out = choices[0]
    for other in choices[1:]:
        out = np.where(np.isfinite(out).all(axis=-1, keepdims=True), out, other)
    return out


def _skeleton(body: Body) -> dict[str, Array]:
    """Joints from bone directions and standard lengths, the pelvis at the origin."""
    hips = _first(body.middle("hip"), body["pelvis"])
    neck = _first(body["neck"], body.middle("shoulder"))
    whole = unit(neck - hips)
    out = {"pelvis": hips * 0.0}
    out["chest"] = _LOWER_TRUNK * _first(unit(body["chest"] - hips), whole)
    upper = _first(unit(neck - body["chest"]), whole)
    out["neck"] = out["chest"] + _UPPER_TRUNK * upper
    out["head"], out["face"] = _head(body, neck, out["neck"])
    across = unit(body["left_hip"] - body["right_hip"])
    wide = unit(body["left_shoulder"] - body["right_shoulder"])
    up = unit(whole - wide * (whole * wide).sum(axis=-1, keepdims=True))
    trunk = np.linalg.norm(neck - hips, axis=-1, keepdims=True)
    for side, way in (("left", 1.0), ("right", -1.0)):
        lift = ((body[f"{side}_shoulder"] - neck) * up).sum(axis=-1, keepdims=True)
        rise = (_LOWER_TRUNK + _UPPER_TRUNK) * lift / trunk
        rise = np.clip(rise, -2.5 * _SHOULDER_DROP, 1.5 * _SHOULDER_DROP)
        start = out["neck"] + way * _SHOULDER * wide + rise * up
        arm = (("elbow", _UPPER_ARM), ("wrist", _FOREARM), ("hand", _HAND))
        out |= _limb(body, side, "shoulder", start, arm)
        leg = (("knee", _THIGH), ("ankle", _SHANK), ("toe", _FOOT))
        out |= _limb(body, side, "hip", way * _HIP * across + out["pelvis"], leg)
    return out


def _limb(
    body: Body,
    side: str,
    root: str,
    start: Array,
    bones: tuple[tuple[str, float], ...],
) -> dict[str, Array]:
    out = {f"{side}_{root}": start}
    before = root
    for part, length in bones:
        way = unit(body[f"{side}_{part}"] - body[f"{side}_{before}"])
        out[f"{side}_{part}"] = out[f"{side}_{before}"] + length * way
        before = part
    return out


def _head(body: Body, neck: Array, drawn_neck: Array) -> tuple[Array, Array]:
    """Centre of the head, and a point in front of it where it can be told."""
    ears, eyes = body.middle("ear"), body.middle("eye")
    up = _first(
        *(unit(p - neck) for p in (ears, body["head"], body["head_top"], eyes)),
        unit(body["nose"] - neck),
    )
    centre = _first(ears, body["head"])
    ahead = _first(body["nose"] - centre, eyes - centre)
    ahead = ahead - up * (ahead * up).sum(axis=-1, keepdims=True)
    sideways = body["left_ear"] - body["right_ear"]
    ahead = unit(_first(ahead, np.cross(sideways, up)))
    head = drawn_neck + _NECK * up
    return head, head + _FACE * ahead


def _pelvis_height(body: Body, drawn: Array, rate: float) -> Array:
    """Height of the drawn pelvis over the floor, (frames,) metres.

    What is lowest stands on the floor, unless it leaves it for no longer than a jump
    can last; what floats for longer is a recording's drift.
    """
    hips = _first(body.middle("hip"), body["pelvis"])[:, 1]
    leg = _leg_length(body)
    if np.isfinite(leg):
        true = hips * (_THIGH + _SHANK) / leg
    else:
        true = hips - _median(hips) + _STANDING
    height = drawn[..., 1].copy()
    height[:, [JOINTS.index("left_ankle"), JOINTS.index("right_ankle")]] -= (
        _ANKLE_HEIGHT
    )
    lowest = np.fmin.reduce(height, axis=1)
    gap = true + lowest
    ground = np.where(np.isfinite(gap), gap, np.inf)
    window = min(2 * round(0.5 * _LONGEST_FLIGHT_S * rate) + 1, 2 * gap.size + 1)
    ground = maximum_filter1d(minimum_filter1d(ground, window), window)
    gap = np.where(np.isfinite(ground), gap - ground, 0.0)
    near, far = _TAKE_OFF
    air = np.maximum(gap, 0.0) * np.clip((gap - near) / (far - near), 0.0, 1.0)
    return np.where(np.isfinite(lowest), air - lowest, true)


def _leg_length(body: Body) -> float:
    lengths: list[NDArray[np.float64]] = []
    for side in ("left", "right"):
        thigh = body[f"{side}_knee"] - body[f"{side}_hip"]
        shank = body[f"{side}_ankle"] - body[f"{side}_knee"]
        lengths.append(np.linalg.norm(thigh, axis=-1) + np.linalg.norm(shank, axis=-1))
    return _median(np.concatenate(lengths))


def _median(values: Array) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")
