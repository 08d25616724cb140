"""Videos made by hand: the dancer of small_rehearsal as a stick figure on film."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import xarray as xr

from repetiteur.model.poses import make_poses, with_tracked
from repetiteur.rehearsal import Recording
from unit.report import small_rehearsal as made

WIDE, HIGH, FPS = 240, 180, 15
STICKS = (
    ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
    *((f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in (
        ("shoulder", "hip"), ("shoulder", "elbow"), ("elbow", "wrist"),
        ("hip", "knee"), ("knee", "ankle"), ("ankle", "toe"),
    )),
)  # fmt: skip


def tracked(poses: xr.Dataset, *, per_metre: float = 70.0, at_x: float = 0.5):
    """Poses in space as a tracker sees them from the front."""
    place = poses["position"].to_numpy()[..., 0]
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    hips = place[:, :, [names.index("left_hip"), names.index("right_hip")]].mean(axis=2)
    x = at_x * WIDE + per_metre * place[:, 0]
    y = 0.92 * HIGH - per_metre * place[:, 1]
    picture = np.stack([x, y], axis=1)
    seen = make_poses(
        picture,
        time=poses["time"].to_numpy(),
        keypoints=names,
        source_software="repetiteur blazepose heavy",
    )
    seen = with_tracked(
        seen,
        image_size=(WIDE, HIGH),
        world_position=place - hips[:, :, np.newaxis],
        position_sd=np.full(picture.shape, 0.7),
    )
    return seen.assign(raw_position=seen["position"]).assign_attrs(
        fps=float(FPS), history="tracked: heavy\nfilled 2 gaps, the longest of 0.13 s"
    )


def film(poses: xr.Dataset, path: Path) -> Path:
    """Draw tracked poses into an MP4; a corner of each picture counts the frames."""
    place = poses["position"].to_numpy()[..., 0]
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=FPS, width=WIDE, height=HIGH)
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 800_000
        for k in range(place.shape[0]):
            picture = np.full((HIGH, WIDE, 3), 210, np.uint8)
            picture[:24, :24] = brightness(k)
            for ends in STICKS:
                a, b = (place[k, :, names.index(name)] for name in ends)
                if np.isfinite([a, b]).all():
                    cv2.line(picture, a.astype(int), b.astype(int), (40, 40, 60), 3)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


def brightness(frame: int) -> int:
    """Of the corner of a frame; 0 and 250 alike begin a row of 26."""
    return 10 * (frame % 26)


def recording(folder: Path, name: str = "take.mp4", **dancer) -> Recording:
    poses = tracked(made.dancer(fps=FPS, **dancer))
    return Recording(name, "0f" * 32, poses, video=film(poses, folder / name))


def rehearsal(folder: Path, **changes):
    """A take beside its reference, both filmed."""
    plain = made.rehearsal(**changes)
    return replace(
        plain,
        reference=recording(folder, "reference.mp4"),
        take=recording(folder, "take.mp4", height=12, late_s=made.LATE_S, size=0.8),
    )
