"""A video in, the points of the dancer's face out, as far as they were seen.

Nothing of this is kept on disk, and of a face no more than the points that its units
are measured from leaves the process that looks at it: who somebody is cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.io._streamed import streamed
from repetiteur.io.video import scan
from repetiteur.io.video_facts import to_json
from repetiteur.model.poses import mirrored
from repetiteur.track.face_points import KEPT
from repetiteur.track.face_regions import of_poses
from repetiteur.track.face_worker import HEAD, PLAIN, WIDTH, look_at_faces
from repetiteur.track.pool import FRAME_S, MEMORY_MB, STALL_S
from repetiteur.track.weights import path_of

__all__ = ["Faces", "enough", "is_mirrored", "track_face"]

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]

#: Times that are so near are one.
_SAME_TIME_S = 0.002
#: The line of :func:`repetiteur.model.poses.mirrored`.
_MIRRORED = "mirrored: x reversed"


@dataclass(frozen=True, eq=False)
class Faces:
    """What was seen of one face in the frames of a recording that were looked at.

    Attributes
    ----------
    time_s : (frames,) float
        The recording's own seconds.
    points : (frames, kept, 3) float
        Pixels, x right, y down, z away from the camera, of the points that
        :data:`~repetiteur.track.face_points.KEPT` numbers; NaN without a face.
    sure : (frames,) float
        0 to 1: whether there is a face; 0 where none was found, NaN where no picture
        could be decoded.
    apart, jumped : (frames,) float
        How far two looks at lips and eyes, and looks at two regions, lie apart, in
        distances between the eyes.
    sharp : (frames,) float
        :func:`~repetiteur.track.face_skin.sharpness`.
    steep : (frames, pieces) float
        :func:`~repetiteur.track.face_skin.edges` of each piece of skin.
    size : tuple of int
        Width and height of the recording's pictures, pixels.
    """

    time_s: Array
    points: Array
    sure: Array
    apart: Array
    jumped: Array
    sharp: Array
    steep: Array
    size: tuple[int, int]


def track_face(
    path: str | Path,
    poses: xr.Dataset | None = None,
    *,
    every_s: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> Faces:
    """The face of the dancer in a video.

    Parameters
    ----------
    path : str or Path
    poses : xarray.Dataset, optional
        The dancer's tracked poses in this video, frame by frame, in pixels: they say
        where the face is, however small; of a part of it, that part alone is looked
        at. Without them the largest face of the whole picture is taken, which finds
        large ones alone.
    every_s : float
        Frames that are looked at lie no further apart than this, seconds, unless the
        recording's own do; by default it is all of them.
    progress : callable, optional
        ``progress(done, total)``, in frames that are looked at.

    Returns
    -------
    Faces

    Raises
    ------
    UnknownFormat, DamagedFile
        When the file is no video, or a broken one.
    InvalidPoses
        When the poses have other frames than the video.
    MissingWeights
        When the networks are not installed.
    """
    video = scan(path)
    shown = _frames(video.time_s, poses, video.path.name)
    looked = shown[enough(video.time_s[shown], every_s)]
    total = len(looked)
    order = {
        "video": to_json(video),
        "weights": {
            "mesh": str(path_of("face_mesh")),
            "finder": str(path_of("face_detection")),
        },
        "frames": looked.tolist(),
        "where": [] if poses is None else _told(poses, np.isin(shown, looked)),
    }
    rows = np.full((total, WIDTH), np.nan, np.float32)
    work = streamed(
        look_at_faces,
        video.path,
        order,
        width=WIDTH,
        stall_s=STALL_S,
        seconds=STALL_S + FRAME_S * len(video.time_s),
        memory_mb=MEMORY_MB,
    )
    for done, row in enumerate(work, start=1):
        rows[np.searchsorted(looked, int(row[0]))] = row
        if progress is not None:
            progress(done, total)
    sure, apart, jumped, sharp = rows[:, 1:PLAIN].T.astype(np.float64)
    return Faces(
        time_s=video.time_s[looked],
        points=rows[:, HEAD:].reshape(total, len(KEPT), 3).astype(np.float64),
        sure=sure,
        apart=apart,
        jumped=jumped,
        sharp=sharp,
        steep=rows[:, PLAIN:HEAD].astype(np.float64),
        size=(video.width, video.height),
    )


def enough(time_s: Array, every_s: float) -> Numbers:
    """Frames that lie no further apart than so many seconds, as few as do.

    Examples
    --------
    >>> enough(np.arange(7) / 30, 0.085).tolist()
    [0, 2, 4, 6]
    """
    if not every_s:
        return np.arange(time_s.size)
    kept = [0]
    for frame in range(1, time_s.size - 1):
        if time_s[frame + 1] - time_s[kept[-1]] > every_s:
            kept.append(frame)
    return np.unique([*kept, time_s.size - 1])


def is_mirrored(poses: xr.Dataset) -> bool:
    """Whether poses are as seen in a mirror of the pictures they were tracked in."""
    return str(poses.attrs.get("history", "")).count(_MIRRORED) % 2 == 1


def _frames(time_s: Array, poses: xr.Dataset | None, name: str) -> Numbers:
    """The video's frames that the poses are of; all of them without poses."""
    if poses is None:
        return np.arange(time_s.size)
    own = poses["time"].to_numpy().astype(np.float64)
    frames = np.searchsorted(0.5 * (time_s[1:] + time_s[:-1]), own)
    same = np.abs(time_s[frames] - own) <= _SAME_TIME_S
    if not same.all():
        raise InvalidPoses(
            f"The face of {name} needs its poses frame by frame, at the times of its "
            f"pictures, and {int((~same).sum())} of {own.size} came at others. Track "
            "this very recording."
        )
    return np.asarray(frames)


def _told(poses: xr.Dataset, looked: NDArray[np.bool_]) -> list[list[float] | None]:
    """Where the face is in each frame that is looked at, as JSON can say it."""
    pictured = mirrored(poses) if is_mirrored(poses) else poses
    return [
        [round(float(n), 3) for n in row] if np.isfinite(row).all() else None
        for row in of_poses(pictured)[looked]
    ]
