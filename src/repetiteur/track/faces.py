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
from repetiteur.track.face_points import KEPT
from repetiteur.track.face_regions import of_poses
from repetiteur.track.face_worker import HEAD, PLAIN, WIDTH, look_at_faces
from repetiteur.track.pool import FRAME_S, MEMORY_MB, STALL_S
from repetiteur.track.weights import path_of

__all__ = ["Faces", "track_face"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Faces:
    """What was seen of one face in all frames of a recording.

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
    progress: Callable[[int, int], None] | None = None,
) -> Faces:
    """The face of the dancer in a video.

    Parameters
    ----------
    path : str or Path
    poses : xarray.Dataset, optional
        The dancer's tracked poses in this video, frame by frame, in pixels: they say
        where the face is, however small. Without them the largest face of the whole
        picture is taken, which finds large ones alone.
    progress : callable, optional
        ``progress(done, total)``, in frames.

    Returns
    -------
    Faces

    Raises
    ------
    UnknownFormat, DamagedFile
        When the file is no video, or a broken one.
    InvalidPoses
        When the poses have another number of frames than the video.
    MissingWeights
        When the networks are not installed.
    """
    video = scan(path)
    total = len(video.time_s)
    order = {
        "video": to_json(video),
        "weights": {
            "mesh": str(path_of("face_mesh")),
            "finder": str(path_of("face_detection")),
        },
        "where": [] if poses is None else _told(poses, total, video.path.name),
    }
    rows = np.full((total, WIDTH), np.nan, np.float32)
    work = streamed(
        look_at_faces,
        video.path,
        order,
        width=WIDTH,
        stall_s=STALL_S,
        seconds=STALL_S + FRAME_S * total,
        memory_mb=MEMORY_MB,
    )
    for done, row in enumerate(work, start=1):
        rows[int(row[0])] = row
        if progress is not None:
            progress(done, total)
    sure, apart, jumped, sharp = rows[:, 1:PLAIN].T.astype(np.float64)
    return Faces(
        time_s=video.time_s,
        points=rows[:, HEAD:].reshape(total, len(KEPT), 3).astype(np.float64),
        sure=sure,
        apart=apart,
        jumped=jumped,
        sharp=sharp,
        steep=rows[:, PLAIN:HEAD].astype(np.float64),
        size=(video.width, video.height),
    )


def _told(poses: xr.Dataset, total: int, name: str) -> list[list[float] | None]:
    """Where the face is in each frame, as JSON can say it."""
    if poses.sizes["time"] != total:
        raise InvalidPoses(
            f"The face of {name} needs its poses frame by frame, {total} of them, and "
            f"{poses.sizes['time']} came. Track this very recording."
        )
    return [
        [round(float(n), 3) for n in row] if np.isfinite(row).all() else None
        for row in of_poses(poses)
    ]
