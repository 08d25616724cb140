"""A camera that films the synthetic dancer as a tracker would see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from repetiteur.model.poses import make_poses
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.keyposes import AZIMUTH, KeyPose, leg, standing
from repetiteur.synthetic.steps import fifth_position, hold
from repetiteur.synthetic.turns import pirouette_en_dehors
from repetiteur.track.landmarks import LANDMARKS

#: Points that the synthetic dancer lacks: from which two, and how far between them.
_BETWEEN = {
    "eye_inner": ("nose", "eye", 0.7),
    "eye_outer": ("eye", "ear", 0.3),
    "mouth": ("nose", "ear", 0.25),
    "pinky": ("wrist", "hand", 0.9),
    "thumb": ("wrist", "hand", 0.7),
}


@dataclass(frozen=True)
class Film:
    """What a tracker gives: arrays of one dancer, and no mistakes but noise."""

    time: np.ndarray
    pixels: np.ndarray
    visibility: np.ndarray
    world: np.ndarray
    stature: float

    def poses(self, **changes) -> xr.Dataset:
        """Tracked poses, with other pixels, visibility or world where given."""
        pixels = changes.get("pixels", self.pixels)
        world = changes.get("world", self.world)
        poses = make_poses(
            pixels.transpose(0, 2, 1),
            time=self.time,
            keypoints=LANDMARKS,
            confidence=changes.get("visibility", self.visibility),
        )
        dims = ("time", "world_space", "keypoint", "individual")
        poses["world_position"] = (dims, world.transpose(0, 2, 1)[..., np.newaxis])
        poses = poses.assign_coords(world_space=["x", "y", "z"])
        return poses.assign_attrs(image_width=1080, image_height=1920)


def film(phrase, *, noise=0.0, seed=0, focal=2400.0, distance=5.0, view=0.0, **how):
    """Film a phrase: noise in pixels; ``view`` is where the camera stands, degrees."""
    danced = dance(phrase, **how)
    place = landmarks(danced)
    rng = np.random.default_rng(seed)
    a = np.radians(view)
    turn = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    seen = (place - [0.0, 1.0, 0.0]) @ turn.T
    depth = distance - seen[..., 2]
    pixels = np.stack(
        [540 + focal * seen[..., 0] / depth, 960 - focal * seen[..., 1] / depth], -1
    )
    hips = [LANDMARKS.index("left_hip"), LANDMARKS.index("right_hip")]
    world = seen - seen[:, hips].mean(axis=1, keepdims=True)
    stature = focal * 1.68 / distance
    pixels = pixels + rng.normal(0.0, 1.0, pixels.shape) * noise
    world = world + rng.normal(0.0, 1.0, world.shape) * noise * distance / focal
    return Film(
        danced["time"].to_numpy(), pixels, np.ones(pixels.shape[:2]), world, stature
    )


def landmarks(danced: xr.Dataset) -> np.ndarray:
    """The 33 points of the tracker, (time, 33, 3)."""
    names = [str(name) for name in danced["keypoint"].to_numpy()]
    place = danced["position"].to_numpy()[..., 0]

    def point(name: str) -> np.ndarray:
        if name in names:
            return place[:, :, names.index(name)]
        side, part = name.split("_", 1)
        a, b, share = _BETWEEN[part]
        a, b = (n if n == "nose" else f"{side}_{n}" for n in (a, b))
        return (1 - share) * point(a) + share * point(b)

    return np.stack([point(name) for name in LANDMARKS], axis=1)


def kicks(counts=0.32, height=120.0):
    """Grands battements: the leg goes up at some 700 degrees a second, and down."""
    body = standing("right")
    poses = []
    for direction in ("devant", "seconde"):
        up = leg("left", height, AZIMUTH[direction])
        down = leg("left", 5.0, AZIMUTH[direction])
        poses += [
            KeyPose("kick.ready", 0.6, {**body, **down}, "right"),
            KeyPose("kick.up", counts, {**body, **up}),
            KeyPose("kick.down", 1.3 * counts, {**body, **down}),
        ]
    return Phrase.of(fifth_position("left"), (*poses, hold("kick.end", 0.5)))


def pirouettes(turns=2):
    """Pirouettes to one side and to the other."""
    return Phrase.of(
        fifth_position("left"),
        pirouette_en_dehors("right", turns),
        pirouette_en_dehors("left", turns),
    )
