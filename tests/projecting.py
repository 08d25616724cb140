"""A dancer of whom all is known, as a tracker would see her through one camera.

Knows nothing of the code that judges. The camera is a pinhole that aims at the dancer's
middle; the tracker's errors are smooth in time, as real ones are: a part that wanders
within a second or so, and a faster one. Much of them belongs to the pose, and is the
same whenever that pose is danced before that camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from altered import turned
from repetiteur.model.poses import make_poses, with_tracked

#: What a tracker of the body has no points for.
UNSEEN = ("pelvis", "chest", "neck", "head", "head_top")


@dataclass(frozen=True)
class Camera:
    """Where it stands, and how well the tracker works behind it.

    ``heading`` is that of a dancer who faces the audience, degrees, positive turned to
    her left; ``pitch`` how far the camera looks down; errors are in shares of the
    body's height in the picture, and in metres for the depth.
    """

    heading: float = 0.0
    pitch: float = 8.0
    distance: float = 5.0
    size: tuple[int, int] = (1080, 1920)
    focal: float = 1700.0
    error: float = 0.0
    said: float = 0.006
    depth_error: float = 0.0
    shared: float = 0.7
    seed: int = 0


def seen(time, points, camera=Camera(), phrase_s=None):
    """Tracked poses of a dancer, ``points`` being a dict of (time, 3) in metres.

    ``phrase_s`` is where in the phrase each frame is, seconds (by default ``time``):
    the share ``shared`` of the errors' variance belongs to that.
    """
    names = [name for name in points if name not in UNSEEN]
    place = np.stack([points[name] for name in names], axis=2)
    middle = np.nanmean(place, axis=(0, 2))
    about = {n: place[:, :, k] - middle for k, n in enumerate(names)}
    level = np.stack(list(turned(about, camera.heading).values()), axis=2)
    axes = _tilted(level, camera.pitch)
    depth = camera.distance - axes[:, 2]
    width, height = camera.size
    picture = camera.focal * axes[:, :2] / depth[:, None] * [[[1.0], [-1.0]]]
    picture += np.array([0.5 * width, 0.5 * height])[None, :, None]
    rng = np.random.default_rng(camera.seed)
    tall = np.nanmax(
        np.nanmax(picture[:, 1], axis=1) - np.nanmin(picture[:, 1], axis=1)
    )
    step = float(np.median(np.diff(time)))
    phrase = time if phrase_s is None else phrase_s

    def errors(shape, seed):
        usual = wandering(np.random.default_rng(seed), (3600, *shape[1:]), 1 / 30)
        usual = usual[np.clip(np.round(30 * (phrase + 5)).astype(int), 0, 3599)]
        own = wandering(rng, shape, step)
        return np.sqrt(camera.shared) * usual + np.sqrt(1 - camera.shared) * own

    picture += camera.error * tall * errors(picture.shape, 1)
    sd = np.full(picture.shape, camera.said * tall)
    hips = [names.index(f"{side}_hip") for side in ("left", "right")]
    world = axes - axes[:, :, hips].mean(axis=2, keepdims=True)
    far = np.linalg.norm(world, axis=1, keepdims=True)
    off = camera.depth_error * errors(world.shape, 2)
    world = world + off * np.array([0.3, 0.3, 1.0])[None, :, None] * (0.3 + far)
    poses = make_poses(picture, time=time, keypoints=names, source_software="a test")
    return with_tracked(
        poses, image_size=camera.size, world_position=world, position_sd=sd
    )


def wandering(rng, shape, step, *, slow_s=0.7, fast_s=0.06, share=0.95):
    """Smooth noise of standard deviation 1 along the first axis."""
    slow, fast = (_smooth(rng, shape, s / step) for s in (slow_s, fast_s))
    return np.sqrt(share) * slow + np.sqrt(1.0 - share) * fast


def _smooth(rng, shape, sigma):
    pad = int(4 * sigma) + 1
    noise = rng.normal(size=(shape[0] + 2 * pad, *shape[1:]))
    calm = gaussian_filter1d(noise, sigma, axis=0)[pad:-pad]
    return calm * np.sqrt(2.0 * sigma * np.sqrt(np.pi))


def _tilted(place, pitch):
    """Turned about the picture's horizontal: the head of who stands comes nearer."""
    c, s = np.cos(np.radians(pitch)), np.sin(np.radians(pitch))
    x, y, z = place[:, 0], place[:, 1], place[:, 2]
    return np.stack([x, c * y - s * z, s * y + c * z], axis=1)
