"""Variation that is no fault, and faults of known size, put into a moving body.

Knows nothing of the code that judges: plain arrays in, plain arrays out. A body here is
``(time, points)`` with ``points`` a dict of (time, 3) arrays, metres, y up.
"""

from __future__ import annotations

import numpy as np


def turned(points, degrees):
    a = np.radians(degrees)
    spin = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    return {name: place @ spin.T for name, place in points.items()}


def played(time, points, *, seconds_per_second, fps):
    """The same movement slower (> 1) or faster, at another frame rate."""
    stretched = (time - time[0]) * seconds_per_second
    at = np.arange(0.0, stretched[-1], 1.0 / fps)
    return at, {
        name: np.stack(
            [np.interp(at, stretched, place[:, k]) for k in range(3)], axis=1
        )
        for name, place in points.items()
    }


def otherwise(
    time, points, *, seconds_per_second=1.0, degrees=0.0, scale=1.0, fps=None
):
    """Slower, turned, scaled and standing elsewhere: nothing that is a fault."""
    rate = fps or 1.0 / np.median(np.diff(time))
    at, moved = played(time, points, seconds_per_second=seconds_per_second, fps=rate)
    moved = turned(moved, degrees)
    return at, {name: scale * place + [1.0, 0.0, -2.0] for name, place in moved.items()}


def built(points, *, thigh, shank, upper_arm=1.0, forearm=1.0):
    """The same movement of a body whose legs and arms are longer (> 1) or shorter.

    Legs grow from the hips down, so that the feet leave the floor: place is no fault.
    """
    out = dict(points)
    for side in ("left", "right"):
        for limb, longer in (
            (("hip", "knee", "ankle", "heel", "toe"), (thigh, shank)),
            (("shoulder", "elbow", "wrist", "hand"), (upper_arm, forearm)),
        ):
            root, bend, end, *beyond = (f"{side}_{part}" for part in limb)
            near, far = points[bend] - points[root], points[end] - points[bend]
            out[bend] = points[root] + longer[0] * near
            out[end] = out[bend] + longer[1] * far
            for name in beyond:
                if name in points:
                    out[name] = points[name] + out[end] - points[end]
    return out


def blend(time, middle, *, lasts=1.5, ramp=0.25):
    """0 to 1 and back, with minimum-jerk ramps inside ``lasts`` seconds."""

    def rise(u):
        u = np.clip(u, 0.0, 1.0)
        return u**3 * (10 - 15 * u + 6 * u**2)

    first, last = middle - lasts / 2, middle + lasts / 2
    return rise((time - first) / ramp) * rise((last - time) / ramp)


def _rotated(vectors, axis, degrees):
    axis = axis / np.linalg.norm(axis, axis=1, keepdims=True)
    a = np.radians(degrees)[:, None]
    along = axis * (axis * vectors).sum(axis=1, keepdims=True)
    across = np.cross(axis, vectors)
    return vectors * np.cos(a) + across * np.sin(a) + along * (1 - np.cos(a))


def leg_lowered(time, points, side, degrees, middle):
    """The whole leg brought nearer to hanging, about the hip."""
    out = dict(points)
    hip = points[f"{side}_hip"]
    axis = np.cross(points[f"{side}_ankle"] - hip, [0.0, -1.0, 0.0])
    by = degrees * blend(time, middle)
    for part in ("knee", "ankle", "heel", "toe"):
        name = f"{side}_{part}"
        if name in points:
            out[name] = hip + _rotated(points[name] - hip, axis, by)
    return out


def elbow_dropped(time, points, side, degrees, middle):
    """The upper arm lowered about the shoulder; the forearm keeps its direction."""
    out = dict(points)
    shoulder, elbow = points[f"{side}_shoulder"], points[f"{side}_elbow"]
    axis = np.cross(elbow - shoulder, [0.0, -1.0, 0.0])
    by = degrees * blend(time, middle)
    lower = shoulder + _rotated(elbow - shoulder, axis, by)
    for part in ("wrist", "hand"):
        name = f"{side}_{part}"
        if name in points:
            out[name] = points[name] + lower - elbow
    out[f"{side}_elbow"] = lower
    return out


def held_highest(time, root, end, *, window=0.5, margin=1.2):
    """Middle of the half second in which a limb is highest, away from both ends."""
    limb = end - root
    height = np.degrees(np.arctan2(np.hypot(limb[:, 0], limb[:, 2]), -limb[:, 1]))
    count = max(1, round(window / np.median(np.diff(time))))
    mean = np.convolve(height, np.ones(count) / count, mode="same")
    inside = (time > time[0] + margin) & (time < time[-1] - margin)
    return float(time[inside][np.argmax(mean[inside])])
