"""A video in, tracked poses out: who dances is found, then followed in pieces."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import UnreadableRecording
from repetiteur.io._streamed import streamed
from repetiteur.io.files import sha256_of
from repetiteur.io.video import Video, scan
from repetiteur.io.video_facts import to_json
from repetiteur.model.poses import log, make_poses, with_tracked
from repetiteur.track.backend import Tracker, tracker_of
from repetiteur.track.cache import Kept, kept
from repetiteur.track.identity import enforce_sides
from repetiteur.track.people import people_of, the_dancer
from repetiteur.track.pieces import Piece, pieces
from repetiteur.track.pool import FRAME_S, MEMORY_MB, STALL_S, followed
from repetiteur.track.rows import Rows, sights_of, width
from repetiteur.track.sights import Sights
from repetiteur.track.whereabouts import Whereabouts
from repetiteur.track.worker import AGAIN, PERSON_WIDTH, find_people

__all__ = ["Model", "Progress", "track_video"]

Array = NDArray[np.float64]
Model = Literal["heavy", "full", "lite", "rtm"]
#: ``progress(done, total)`` in frames.
Progress = Callable[[int, int], None]

#: Least share of the frames in which someone has to be seen.
LEAST_SEEN = 0.02


def track_video(
    path: str | Path,
    *,
    model: Model = "heavy",
    dancer: int | None = None,
    workers: int | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Poses of the dancer in a video, as the network saw them.

    Parameters
    ----------
    path : str or Path
    model : {"heavy", "full", "lite", "rtm"}
        BlazePose heavy is the truest of its kind and the slowest; ``rtm`` is an extra,
        and sees the picture alone.
    dancer : int, optional
        Which of several people, counted from the left from 1; by default the one who
        is large, long in view and near the middle.
    workers : int, optional
        Processes side by side; as many as there are cores by default. Their number
        changes nothing in the result.
    cache : bool
        Whether finished pieces are kept, and taken from earlier runs.
    progress : callable, optional
        ``progress(done, total)``, in frames.

    Returns
    -------
    xarray.Dataset
        Tracked poses: ``position`` in pixels, ``world_position`` in metres about the
        middle of the hips, ``confidence``; raw but for left and right, whose repairs
        stand in the history.

    Raises
    ------
    UnknownFormat, DamagedFile
        When the file is no video, or a broken one.
    UnreadableRecording
        When no dancer is in it, or not the one asked for.
    MissingWeights
        When the networks are not installed.
    """
    tracker = tracker_of(model)
    weights = {name: str(file) for name, file in tracker.weights().items()}
    video = scan(path)
    sha256 = sha256_of(video.path)
    order = {"video": to_json(video), "tracker": model, "weights": weights}
    settings = {"model": model, "dancer": dancer}
    with kept(sha256, settings, use=cache) as store:
        run = _Run(video, order, store, tracker, dancer, workers or _cores(), progress)
        rows, choice = run.rows()
    return _poses(video, sights_of(rows), tracker, choice)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class _Run:
    """One run over a video: what is there is taken, what is not is tracked."""

    video: Video
    order: Mapping[str, Any]
    store: Kept
    tracker: Tracker
    dancer: int | None
    workers: int
    progress: Progress | None

    def rows(self) -> tuple[Rows, str]:
        """Rows of all frames, and a line that says who was chosen."""
        found, line = self._chosen()
        total, points = len(self.video.time_s), len(self.tracker.keypoints)
        rows = np.full((total, width(points)), np.nan, np.float32)
        todo: list[Piece] = []
        done = 0
        for piece in pieces(self.video.time_s):
            before = self.store.piece(piece, points)
            if before is None:
                todo.append(piece)
            else:
                rows[piece.first : piece.last] = before
                done += piece.last - piece.first

        def seen(frames: int) -> None:
            nonlocal done
            done += frames
            if self.progress is not None:
                self.progress(done, total)

        seen(0)
        order = {**self.order, "where": found.to_json() if found else []}
        if todo:
            for piece, fresh in followed(
                self.video.path,
                todo,
                order,
                points=points,
                workers=self.workers,
                seen=seen,
            ):
                self.store.keep(piece, fresh)
                rows[piece.first : piece.last] = fresh
        return rows, line

    def _chosen(self) -> tuple[Whereabouts | None, str]:
        finds = self.store.people()
        if finds is None:
            finds = self._found()
            self.store.keep_people(finds)
        people = people_of(finds, self.video.time_s)
        size = self.video.width, self.video.height
        dancer, line = the_dancer(people, self.dancer, *size)
        # One who is alone may go anywhere; key frames are too few to hold him to.
        return (dancer if len(people) > 1 else None), line

    def _found(self) -> Array:
        work = streamed(
            find_people,
            self.video.path,
            self.order,
            width=PERSON_WIDTH,
            stall_s=STALL_S,
            seconds=STALL_S + FRAME_S * len(self.video.time_s),
            memory_mb=MEMORY_MB,
        )
        rows: list[Array] = []
        for row in work:
            if row[0] == AGAIN:
                rows.clear()
            else:
                rows.append(row.astype(np.float64))
        return np.array(rows).reshape(-1, PERSON_WIDTH)


def _poses(video: Video, sights: Sights, tracker: Tracker, choice: str) -> xr.Dataset:
    name = video.path.name
    seen = np.isfinite(sights.pixels[:, 0, 0])
    if not seen.any() or seen.mean() < LEAST_SEEN:
        raise UnreadableRecording(
            f"{name} needs a dancer in view, and one was found in {int(seen.sum())} of "
            f"{seen.size} pictures. Film the whole body, in light, and upright."
        )
    pixels, confidence, world = sights.pixels, sights.confidence, sights.world
    spatial = bool(np.isfinite(world).any())
    repairs = ["left and right as tracked: without a guess of space none is checked"]
    if spatial:
        pixels, confidence, world, repairs = enforce_sides(
            video.time_s, pixels, confidence, world
        )
    poses = make_poses(
        pixels.transpose(0, 2, 1),
        time=video.time_s,
        keypoints=tracker.keypoints,
        confidence=confidence,
        source_software=tracker.software,
        source_file=name,
    )
    poses = with_tracked(
        poses,
        image_size=(video.width, video.height),
        world_position=world.transpose(0, 2, 1) if spatial else None,
    )
    if _is_even(video.time_s):
        poses.attrs["fps"] = video.fps
    lost = int((~seen).sum())
    lines = [
        f"tracked with {tracker.software}",
        *video.repairs,
        choice,
        *([f"no dancer in {lost} of {seen.size} pictures"] if lost else []),
        *repairs,
    ]
    for line in lines:
        poses = log(poses, line)
    return poses


def _is_even(time_s: Array) -> bool:
    steps = np.diff(time_s)
    return bool(steps.size and np.ptp(steps) < 0.1 * np.median(steps))
