"""Figures to draw: both dancers in one set of proportions, centred on the body.

Bones keep their direction and get a standard length, so nobody's body is compared.
The height of the pelvis, scaled by the leg, shows pliés and jumps; what is lowest
stands on the floor. Both figures face the same way.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from repetiteur.model.poses import Array, Body, body_of, mirrored
from repetiteur.rehearsal import Rehearsal

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
MISSING = -32768
MAX_RATE = 30.0
MAX_FRAMES = 17_500  # keeps ten minutes under 3 MB once encoded

# One set of proportions for everybody, metres; the standing figure is about 1.70 m.
_HIP, _THIGH, _SHANK, _FOOT, _ANKLE_HEIGHT = 0.094, 0.441, 0.437, 0.171, 0.040
_LOWER_TRUNK, _UPPER_TRUNK, _SHOULDER, _SHOULDER_DROP = 0.306, 0.234, 0.158, 0.027
_UPPER_ARM, _FOREARM, _HAND, _NECK, _FACE = 0.274, 0.248, 0.126, 0.158, 0.083
_STANDING = _THIGH + _SHANK + _ANKLE_HEIGHT
_LONGEST_FLIGHT_S = 1.4
_TAKE_OFF = (0.04, 0.10)  # a foot this far from the floor begins to, surely does fly


@dataclass(frozen=True)
class Figure:
    """A dancer to be drawn.

    Attributes
    ----------
    start_s : float
        Time of the first frame, seconds.
    rate : float
        Frames per second, evenly spaced.
    position : (frames, joints, 3) float
        Metres: x to the right of the picture, y up from the floor, z to the viewer;
        pelvis at x = z = 0. NaN where a joint was not seen.
    """

    start_s: float
    rate: float
    position: Array

    def at(self, seconds: float) -> Array:
        """The frame nearest to a moment, (joints, 3)."""
        last = self.position.shape[0] - 1
        k = round((seconds - self.start_s) * self.rate)
        frame: Array = self.position[min(max(k, 0), last)]
        return frame


def figures(rehearsal: Rehearsal) -> tuple[Figure, Figure]:
    """The reference and the take, ready to be drawn side by side.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    reference, take : Figure
        The reference is mirrored where the take matches its mirror image, and turned
        so that both face the same way. Both are turned by the same quarter turns so
        that the take mostly faces the viewer.
    """
    alignment = rehearsal.alignment
    poses = rehearsal.reference.poses
    poses = mirrored(poses) if alignment.side == "mirrored" else poses
    reference, take = _figure(body_of(poses)), _figure(body_of(rehearsal.take.poses))
    heading = alignment.heading_deg if np.isfinite(alignment.heading_deg) else 0.0
    to_front = -90.0 * round(_usual_heading(take.position) / 90.0)
    return _turned(reference, heading + to_front), _turned(take, to_front)


def encode(figure: Figure) -> str:
    """Positions as base64 of little-endian int16 millimetres, -32768 = missing.

    Examples
    --------
    >>> figure = Figure(0.0, 30.0, np.full((1, len(JOINTS), 3), 0.5))
    >>> float(decode(encode(figure))[0, 0, 0])
    0.5
    """
    in_mm = np.round(np.clip(figure.position * 1000.0, -32767, 32767))
    seen = np.isfinite(in_mm).all(axis=-1, keepdims=True)
    whole = np.where(seen, in_mm, MISSING).astype("<i2")
    return base64.b64encode(whole.tobytes()).decode("ascii")


def decode(text: str) -> Array:
    """Positions back from :func:`encode`, (frames, joints, 3) metres."""
    whole = np.frombuffer(base64.b64decode(text), dtype="<i2")
    shaped = whole.reshape(-1, len(JOINTS), 3)
    return np.where(shaped == MISSING, np.nan, shaped / 1000.0)


def turned(position: Array, degrees: float) -> Array:
    """Positions turned about the vertical, positive from the viewer to x.

    Examples
    --------
    >>> turned(np.array([0.0, 1.0, 2.0]), 90.0).round(9).tolist()
    [2.0, 1.0, 0.0]
    """
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    x, y, z = np.moveaxis(position, -1, 0)
    return np.stack([x * c + z * s, y, z * c - x * s], axis=-1)


def _turned(figure: Figure, degrees: float) -> Figure:
    return Figure(figure.start_s, figure.rate, turned(figure.position, degrees))


def _usual_heading(position: Array) -> float:
    """Heading of the pelvis, degrees, where one direction prevails; otherwise 0."""
    axis = (
        position[:, JOINTS.index("left_hip")] - position[:, JOINTS.index("right_hip")]
    )
    axis = axis[np.isfinite(axis).all(axis=-1)]
    if not axis.size:
        return 0.0
    forward = _unit(np.stack([-axis[:, 2], np.zeros(len(axis)), axis[:, 0]], axis=-1))
    if not np.isfinite(forward).any():
        return 0.0
    mean = np.nanmean(forward, axis=0)
    if np.hypot(mean[0], mean[2]) < 0.5:
        return 0.0
    return float(np.degrees(np.arctan2(mean[0], mean[2])))


def _figure(body: Body) -> Figure:
    duration = float(body.time[-1] - body.time[0])
    rate = 1.0
    if body.time.size > 1 and duration > 0:
        own = 1.0 / float(np.median(np.diff(body.time)))
        rate = min(MAX_RATE, own, MAX_FRAMES / duration)
    frames = int(np.floor(duration * rate + 1e-6)) + 1
    grid = body.time[0] + np.arange(frames) / rate
    resampled = Body(time=grid, points=_resampled(body, grid))
    joints = _skeleton(resampled)
    drawn = np.stack([joints[name] for name in JOINTS], axis=1)
    drawn[..., 1] += _pelvis_height(resampled, drawn, rate)[:, np.newaxis]
    return Figure(float(body.time[0]), rate, drawn)


def _resampled(body: Body, grid: Array) -> dict[str, Array]:
    """Each keypoint at new times, by straight lines; NaN beside a missing frame."""
    if body.time.size == 1:
        return {name: place[:1] for name, place in body.points.items()}
    left = np.searchsorted(body.time, grid, side="right") - 1
    left = np.clip(left, 0, body.time.size - 2)
    span = body.time[left + 1] - body.time[left]
    w = np.clip((grid - body.time[left]) / span, 0.0, 1.0)[:, np.newaxis]
    w = np.where(w < 1e-9, 0.0, np.where(w > 1 - 1e-9, 1.0, w))
    out = {}
    for name, place in body.points.items():
        a, b = place[left], place[left + 1]
        out[name] = np.where(w == 0, a, np.where(w == 1, b, a + w * (b - a)))
    return out


def _unit(vector: Array) -> Array:
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
    whole = _unit(neck - hips)
    out = {"pelvis": hips * 0.0}
    out["chest"] = _LOWER_TRUNK * _first(_unit(body["chest"] - hips), whole)
    upper = _first(_unit(neck - body["chest"]), whole)
    out["neck"] = out["chest"] + _UPPER_TRUNK * upper
    out["head"], out["face"] = _head(body, neck, out["neck"])
    across = _unit(body["left_hip"] - body["right_hip"])
    wide = _unit(body["left_shoulder"] - body["right_shoulder"])
    up = _unit(whole - wide * (whole * wide).sum(axis=-1, keepdims=True))
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
        way = _unit(body[f"{side}_{part}"] - body[f"{side}_{before}"])
        out[f"{side}_{part}"] = out[f"{side}_{before}"] + length * way
        before = part
    return out


def _head(body: Body, neck: Array, drawn_neck: Array) -> tuple[Array, Array]:
    """Centre of the head, and a point in front of it where it can be told."""
    ears, eyes = body.middle("ear"), body.middle("eye")
    up = _first(
        *(_unit(p - neck) for p in (ears, body["head"], body["head_top"], eyes)),
        _unit(body["nose"] - neck),
    )
    centre = _first(ears, body["head"])
    ahead = _first(body["nose"] - centre, eyes - centre)
    ahead = ahead - up * (ahead * up).sum(axis=-1, keepdims=True)
    sideways = body["left_ear"] - body["right_ear"]
    ahead = _unit(_first(ahead, np.cross(sideways, up)))
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
