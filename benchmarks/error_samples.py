"""Tracked points and angles beside what they should be, for the error model.

How large and where in the picture the dancer is, is varied by smaller and cut copies of
the videos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import xarray as xr
from calibration import Array
from clips import (
    BODY,
    CAMERAS,
    JOINTS,
    SIDES,
    Clip,
    clip_of,
    joint_angles,
    raw_poses,
)

from repetiteur.clean.tracked import clean_tracked
from repetiteur.track.errors import Conditions, conditions, part

#: Half-width of a 90 % interval in standard deviations of a normal error.
Z90 = 1.645
ANGLES = tuple((joint, side) for joint in JOINTS for side in SIDES)
#: Smaller copies, as shares of the size.
SMALLER = (0.5, 0.25, 0.125)


@dataclass(frozen=True)
class Copy:
    """A video made smaller and cut: pixel = (original - corner) * scale."""

    name: str
    scale: float = 1.0
    corner: tuple[int, int] = (0, 0)
    size: tuple[int, int] | None = None

    def pixels(self, original: Array) -> Array:
        return (original - np.array(self.corner)) * self.scale

    def write(self, video: Path, out: Path) -> None:
        """Write the copy as H.264 of high quality."""
        with av.open(str(video)) as source, av.open(str(out), "w") as sink:
            first = source.streams.video[0]
            width, height = self.size or (first.width, first.height)
            shape = [2 * round(side * self.scale / 2) for side in (width, height)]
            stream = sink.add_stream("libx264", rate=first.average_rate)
            stream.width, stream.height, stream.pix_fmt = *shape, "yuv420p"
            stream.options = {"crf": "12", "preset": "veryfast"}
            left, top = self.corner
            for frame in source.decode(first):
                rgb = frame.to_ndarray(format="rgb24")
                rgb = np.ascontiguousarray(rgb[top : top + height, left : left + width])
                made = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(
                    *shape, interpolation="AREA"
                )
                made.pts, made.time_base = frame.pts, frame.time_base
                sink.mux(stream.encode(made))
            sink.mux(stream.encode(None))


def copies(truth: Array, width: int, height: int) -> list[Copy]:
    """Copies of one camera's video: smaller ones, one without feet, one without a side.

    Parameters
    ----------
    truth : (time, keypoint, 2) float
        Where the body is, pixels.
    width, height : int
        Of the video.
    """
    low = int(np.percentile(truth[..., 1], 92)) // 2 * 2
    side = int(np.percentile(truth[..., 0], 80)) // 2 * 2
    return [
        Copy("whole"),
        *(Copy(f"small{share}", scale=share) for share in SMALLER),
        Copy("feet", size=(width, min(low, height))),
        Copy("side", size=(min(side, width), height)),
    ]


@dataclass(frozen=True)
class Sample:
    """Poses of one copy of one camera, and how far off they are.

    Attributes
    ----------
    camera : str
    copy : str
    poses : xarray.Dataset
        Cleaned.
    seen : Conditions
    off : (time, keypoint, 2) float
        Position minus reference, pixels.
    off_var : (time, keypoint, 2) float
        The reference's own variance.
    angle_off, angle_var : (angle, time) float
        The same for :data:`ANGLES`, degrees.
    response : (angle, time, keypoint, 2) float
        Square of the angle's change with a coordinate, (degrees/pixel)².
    """

    camera: str
    copy: str
    poses: xr.Dataset
    seen: Conditions
    off: Array
    off_var: Array
    angle_off: Array
    angle_var: Array
    response: Array


def sample(clip: Clip, camera: int, copy: Copy, poses: xr.Dataset) -> Sample:
    """Compare one copy's cleaned poses with the reference."""
    lens, reference = clip.aligned.cameras[camera], clip.truth[camera]
    truth = copy.pixels(lens.distort(lens.project(reference.points)))
    drawn = lens.project(reference.points + reference.errors)
    drawn = copy.pixels(lens.distort(drawn))
    own = clip.pixels(poses)
    told, made, draws = (angles(clip, p) for p in (truth, own, drawn))
    seen = conditions(poses)
    return Sample(
        camera=lens.name,
        copy=copy.name,
        poses=poses,
        seen=seen,
        off=own - truth,
        off_var=((drawn - truth) ** 2).mean(axis=0),
        angle_off=made - told,
        angle_var=((draws - told[:, np.newaxis]) ** 2).mean(axis=1),
        response=responses(clip, own, 0.01 * seen.height[:, 0]),
    )


def made_of(joint: str, side: str) -> list[str]:
    """The keypoints of an angle."""
    if joint == "hip":
        both = [f"{s}_{part}" for part in ("shoulder", "hip") for s in SIDES]
        return [*both, f"{side}_knee"]
    chain = {
        "knee": ("hip", "knee", "ankle"),
        "elbow": ("shoulder", "elbow", "wrist"),
        "ankle": ("knee", "ankle", "toe"),
    }
    return [f"{side}_{part}" for part in chain[joint]]


def angles(clip: Clip, place: Array) -> Array:
    """All :data:`ANGLES` of (..., time, keypoint, 2) points, (angle, ..., time)."""
    found = joint_angles(clip.points(place))
    return np.stack([found[angle] for angle in ANGLES])


def responses(clip: Clip, place: Array, step: Array) -> Array:
    """Square of the change of each angle with each coordinate; as in propagate."""
    still = angles(clip, place)
    found = np.zeros((*still.shape, *place.shape[1:]))
    for name in BODY:
        k = clip.names.index(name)
        for axis in range(2):
            for sign in (-1.0, 1.0):
                moved = place.copy()
                moved[:, k, axis] += sign * step
                change = (angles(clip, moved) - still) / step
                found[..., k, axis] += 0.5 * change**2
    return found


def samples_of(
    clip: Clip, folder: Path, model: str, keep: Path, *, altered: bool
) -> list[Sample]:
    """All copies of all cameras, tracked, cleaned and compared."""
    found = []
    for k, camera in enumerate(CAMERAS):
        video = folder / f"{camera}.mp4"
        raw = raw_poses(video, model, keep=keep)
        size = (int(raw.attrs["image_width"]), int(raw.attrs["image_height"]))
        lens = clip.aligned.cameras[k]
        truth = lens.distort(lens.project(clip.truth[k].points))
        for copy in copies(truth, *size) if altered else [Copy("whole")]:
            if copy.name != "whole":
                file = keep / copy.name / f"{camera}.mp4"
                if not file.exists():
                    file.parent.mkdir(parents=True, exist_ok=True)
                    copy.write(video, file)
                raw = raw_poses(file, model, keep=keep)
            found.append(sample(clip, k, copy, clean_tracked(raw)))
    return found


def other_body(data: Path, model: str, keep: Path) -> list[Sample]:
    """The second, rendered person of pose2sim_multi, whom no fit ever sees.

    She is whole in three of the cameras; each is judged by the other two, which know
    her less well than three would. The man of that clip is the one of pose2sim_single,
    in the same take.
    """
    folder, numbers = data / "video" / "pose2sim_multi", {0: 2, 1: 1, 3: 2}

    def seen(how: str) -> list[xr.Dataset]:
        return [
            raw_poses(folder / f"{CAMERAS[k]}.mp4", how, keep=keep, dancer=number)
            for k, number in numbers.items()
        ]

    clip = clip_of(folder / "Calib.qca.txt", seen("heavy"))
    return [
        sample(clip, k, Copy("whole"), clean_tracked(poses))
        for k, poses in enumerate(seen(model))
    ]


def world_spread(clip: Clip, samples: Sequence[Sample]) -> dict[str, list[float]]:
    """Standard deviation of ``world_position`` about the reference, by part and axis.

    Both are about the middle of the hips; the axes are the camera's, turned so that z
    points from the body to the camera. The 90th percentile over 1.645: tails are heavy.
    """
    off = []
    for one in samples:
        camera = CAMERAS.index(one.camera)
        lens, points = clip.aligned.cameras[camera], clip.truth[camera].points
        hips = [clip.names.index(f"{side}_hip") for side in SIDES]
        own = lens.seen_from(points)
        middle = own[:, hips].mean(axis=1, keepdims=True)
        # x right, y up, z to the camera; turned about x and y to face the body.
        told = np.einsum("tij,tkj->tki", _facing(middle[:, 0]), own - middle)
        guess = one.poses["world_position"].to_numpy()[..., 0].transpose(0, 2, 1)
        guess = guess - guess[:, hips].mean(axis=1, keepdims=True)
        off.append(np.abs(guess - told))
    far = np.nanpercentile(np.concatenate(off), 90, axis=0) / Z90
    parts = np.array([part(name) for name in clip.names])
    return {
        str(name): far[parts == name].max(axis=0).round(3).tolist()
        for name in np.unique(parts)
    }


def _facing(body: Array) -> Array:
    """Axes of a picture taken straight at the body, in the camera's, (time, 3, 3)."""
    towards = -body / np.linalg.norm(body, axis=-1, keepdims=True)
    up = np.broadcast_to([0.0, -1.0, 0.0], body.shape)
    right = np.cross(up, towards)
    right = right / np.linalg.norm(right, axis=-1, keepdims=True)
    return np.stack([right, np.cross(towards, right), towards], axis=1)
