"""Small bodies for tests: one who stands, one who moves everything a little."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from repetiteur.model.poses import Body, make_poses

STANDING = {
    "pelvis": (0.0, 0.92, 0.0),
    "chest": (0.0, 1.2, 0.0),
    "neck": (0.0, 1.4, 0.0),
    "head": (0.0, 1.5, 0.0),
    "head_top": (0.0, 1.68, 0.0),
    "nose": (0.0, 1.55, 0.1),
    "left_eye": (0.03, 1.57, 0.09),
    "left_ear": (0.07, 1.55, 0.0),
    "left_shoulder": (0.17, 1.38, 0.0),
    "left_elbow": (0.3, 1.15, 0.05),
    "left_wrist": (0.3, 0.95, 0.2),
    "left_hand": (0.29, 0.88, 0.24),
    "left_hip": (0.09, 0.9, 0.0),
    "left_knee": (0.1, 0.48, 0.02),
    "left_ankle": (0.1, 0.07, 0.0),
    "left_heel": (0.08, 0.01, -0.04),
    "left_toe": (0.2, 0.01, 0.15),
}
for _name, (_x, _y, _z) in list(STANDING.items()):
    if _name.startswith("left_"):
        STANDING[_name.replace("left_", "right_")] = (-_x, _y, _z)


def moving_points(seconds=6.0, fps=60.0, seed=3):
    """Every joint swings smoothly about where it stands; (time, points)."""
    rng = np.random.default_rng(seed)
    time = np.arange(0.0, seconds, 1.0 / fps)
    points = {}
    for name, place in STANDING.items():
        reach = 0.02 if name.endswith(("hip", "shoulder")) or name == "pelvis" else 0.1
        phase = rng.uniform(0, 2 * np.pi, (3, 3))
        speed = rng.uniform(0.1, 0.6, (3, 3))
        swing = np.sin(2 * np.pi * speed[:, :, None] * time + phase[:, :, None]).mean(1)
        points[name] = np.array(place) + reach * swing.T
    return time, points


def body(time, points):
    return Body(time, MappingProxyType(dict(points)))


def poses(time, points, **attrs):
    names = list(points)
    place = np.stack([points[name] for name in names], axis=2)
    return make_poses(place, time=time, keypoints=names, **attrs)
