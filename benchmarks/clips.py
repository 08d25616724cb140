"""Clips of one person that several calibrated cameras saw, tracked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import xarray as xr
from calibration import Array, Camera, read_qca, triangulate
from cameras import Alignment, align
from reference import Reference, Seen, body_in_space

from repetiteur.kernels import geometry, signals

CAMERAS = ("cam01", "cam02", "cam03", "cam04")
MODELS = ("heavy", "full", "lite")
SIDES = ("left", "right")
JOINTS = ("knee", "elbow", "hip", "ankle")
#: Keypoints that bones or angles need; the cameras are aligned by them.
PARTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
BODY = tuple(f"{side}_{part}" for part in PARTS for side in SIDES)

Points = Mapping[str, Array]


def joint_angles(points: Points) -> dict[tuple[str, str], Array]:
    """Knee, elbow, hip and ankle of both sides, degrees from straight.

    Parameters
    ----------
    points : mapping of str to (..., 2 or 3) float

    Returns
    -------
    dict of (joint, side) to (...) float
        Hip: of the trunk (middle of the shoulders to middle of the hips) and the thigh;
        ankle: of the shank and the line from ankle to toe.
    """
    trunk = _middle(points, "hip") - _middle(points, "shoulder")
    found = {}
    for side in SIDES:
        p = {part: points[f"{side}_{part}"] for part in PARTS}
        found["knee", side] = geometry.flexion(p["hip"], p["knee"], p["ankle"])
        found["elbow", side] = geometry.flexion(p["shoulder"], p["elbow"], p["wrist"])
        found["hip", side] = geometry.angle_between(trunk, p["knee"] - p["hip"])
        found["ankle", side] = geometry.flexion(p["knee"], p["ankle"], p["toe"])
    return found


def _middle(points: Points, part: str) -> Array:
    return np.asarray(0.5 * (points[f"left_{part}"] + points[f"right_{part}"]))


@dataclass(frozen=True)
class Clip:
    """What four calibrated cameras saw of one person.

    Attributes
    ----------
    file : tuple of Camera
        As the calibration file has them.
    aligned : Alignment
        As they stood.
    time : (time,) float
        Seconds, by each camera's own clock.
    names : tuple of str
        Keypoints.
    poses : tuple of xarray.Dataset
        Raw, by *heavy*.
    truth : list of Reference
        For each camera, the body that the others see, at that camera's times.
    """

    file: tuple[Camera, ...]
    aligned: Alignment
    time: Array
    names: tuple[str, ...]
    poses: tuple[xr.Dataset, ...]

    def pixels(self, poses: xr.Dataset) -> Array:
        """Positions in the picture, (time, keypoint, 2)."""
        return poses["position"].to_numpy()[..., 0].transpose(0, 2, 1)

    def say(self, poses: xr.Dataset) -> Array:
        """Weights of a camera's points, (time, keypoint): never quite none."""
        return np.nan_to_num(poses["confidence"].to_numpy()[..., 0]) + 0.01

    def points(self, place: Array) -> dict[str, Array]:
        """(..., time, keypoint, axis) as a mapping of keypoints."""
        return {name: place[..., k, :] for k, name in enumerate(self.names)}

    @cached_property
    def truth(self) -> list[Reference]:
        return [self._others(k) for k in range(len(self.poses))]

    def _others(self, judged: int) -> Reference:
        rest = [k for k in range(len(self.poses)) if k != judged]
        at = self.time - self.aligned.offset_s[judged]
        cameras = tuple(self.aligned.cameras[k] for k in rest)
        seen, weights = [], []
        for camera, k in zip(cameras, rest, strict=True):
            then = np.clip(at + self.aligned.offset_s[k], 0.0, self.time[-1])
            drawn = signals.resample(self.pixels(self.poses[k]), self.time, then)
            seen.append(camera.undistort(drawn))
            weights.append(signals.resample(self.say(self.poses[k]), self.time, then))
        return body_in_space(
            Seen(cameras, self.time, self.names, np.stack(seen), np.stack(weights))
        )

    def all_four(self) -> Array:
        """Each point's plain triangulation from all four cameras as the file has them.

        Weighted by the square of the confidence. This is what reproduces the figures
        2.5, 2.9, 2.3 and 5.3 degrees that the project began with; since the judged
        camera has its say in it, they flatter.
        """
        seen = [
            camera.undistort(self.pixels(poses))
            for camera, poses in zip(self.file, self.poses, strict=True)
        ]
        weights = [self.say(poses) ** 2 for poses in self.poses]
        return triangulate(self.file, np.stack(seen), np.stack(weights))


def clip_of(calibration: Path, poses: Sequence[xr.Dataset]) -> Clip:
    """A clip from the raw poses of its cameras, in the order of their names."""
    videos = [Path(str(p.attrs["source_file"])).stem for p in poses]
    cameras = tuple(c for c in read_qca(calibration) if c.name in videos)
    time = poses[0]["time"].to_numpy()
    names = tuple(str(name) for name in poses[0]["keypoint"].to_numpy())
    body = [names.index(name) for name in BODY]
    seen = np.stack([p["position"].to_numpy()[..., 0] for p in poses])
    aligned = align(cameras, time, seen.transpose(0, 1, 3, 2)[:, :, body])
    return Clip(cameras, aligned, time, names, tuple(poses))


def raw_poses(
    video: Path, model: str, *, keep: Path | None, dancer: int | None = None
) -> xr.Dataset:
    """Tracked poses of a video, from the folder where they are kept or anew."""
    from repetiteur.track.track import track_video

    who = "" if dancer is None else f"_dancer{dancer}"
    kept = keep / f"{video.parent.name}_{video.stem}_{model}{who}.nc" if keep else None
    if kept is not None and kept.exists():
        return xr.load_dataset(kept, engine="h5netcdf")
    poses = track_video(video, model=model, dancer=dancer, cache=False)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        poses.to_netcdf(kept, engine="h5netcdf")
    return poses
