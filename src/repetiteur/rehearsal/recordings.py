"""Recordings as they are read: their poses, and which file they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import xarray as xr

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.clean.recorded import clean_recorded
from repetiteur.clean.tracked import clean_tracked
from repetiteur.errors import NothingToJudge, UnreadableRecording
from repetiteur.io.files import sha256_of
from repetiteur.io.formats import read_poses
from repetiteur.io.video import is_video
from repetiteur.model.poses import log, mirrored
from repetiteur.track.errors import with_errors
from repetiteur.track.track import Model, Progress, track_video


@dataclass(frozen=True)
class Recording:
    """A recording as it was read: its poses, and which file they came from.

    ``video`` is the file whose pictures the poses were tracked in, where there is one.
    """

    source: str
    sha256: str
    poses: xr.Dataset
    video: Path | None = None

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the last."""
        time = self.poses["time"].to_numpy()
        return float(time[-1] - time[0])

    def unmirrored(self) -> Recording:
        """The recording with a mirror taken back that the camera had put in."""
        return replace(self, poses=mirrored(self.poses))

    def part(self, start_s: float | None, end_s: float | None) -> Recording:
        """The frames from one time to another, both in seconds, None = to the end.

        Raises
        ------
        NothingToJudge
            When fewer than two frames are left.
        """
        cut = self.poses.sel(time=slice(start_s, end_s))
        begins = "the beginning" if start_s is None else f"{start_s:g} s"
        part = f"from {begins} to {'the end' if end_s is None else f'{end_s:g} s'}"
        if cut.sizes["time"] < 2:
            time = self.poses["time"].to_numpy()
            raise NothingToJudge(
                f"The part {part} needs two frames or more, and "
                f"holds {cut.sizes['time']}. The recording runs from {time[0]:.2f} to "
                f"{time[-1]:.2f} s; choose within."
            )
        return replace(self, poses=log(cut, f"part {part}"))


def recording_from_file(
    path: str | Path,
    *,
    fps: float | None = None,
    unit: str | None = None,
    up: str | None = None,
    mapping: str | Path | None = None,
) -> Recording:
    """Read a recording: a motion file, which is cleaned, or a video, which is tracked.

    Both then say how sure each point is. What a motion file's header says wrongly can
    be corrected; a video has nothing of the kind. For a say in how it is tracked see
    :func:`recording_from_video`.

    Parameters
    ----------
    path : str or Path
    fps : float, optional
        Frames per second, instead of the header's.
    unit : {"mm", "cm", "m", "in"}, optional
    up : {"y", "z"}, optional
    mapping : str or Path, optional
        Name or file of a mapping from joint names to keypoints.

    Returns
    -------
    Recording

    Raises
    ------
    UnreadableRecording
        When the file is no recording, or damaged, or a video with no dancer, or with a
        correction.
    MissingWeights
        When it is a video, and the pose model is not installed.
    """
    file = Path(path)
    if is_video_file(file):
        if any(given is not None for given in (fps, unit, up, mapping)):
            raise UnreadableRecording(
                f"--fps, --unit, --up and --map correct motion files, and {file.name} "
                "is a video, which carries its own times. Leave them out."
            )
        return recording_from_video(file)
    poses = read_poses(file, fps=fps, unit=unit, up=up, mapping=mapping)
    if poses.sizes["space"] == 3:
        poses = clean_recorded(poses)
        if "position_sd" not in poses:
            poses = with_instrument_errors(poses)
    return Recording(file.name, sha256_of(file), poses)


def is_video_file(path: Path) -> bool:
    """Whether a recording is a video, by its content; no when it cannot be read."""
    try:
        return is_video(path)
    except UnreadableRecording:
        return False


def recording_from_video(
    path: str | Path,
    *,
    model: Model = "heavy",
    dancer: int | None = None,
    workers: int | None = None,
    cache: bool = True,
    progress: Progress | None = None,
) -> Recording:
    """Track the dancer in a video, clean the poses, and say how sure each point is.

    Parameters
    ----------
    path, model, dancer, workers, cache, progress
        As in :func:`repetiteur.track.track.track_video`.

    Returns
    -------
    Recording

    Raises
    ------
    UnreadableRecording
        When the file is no video, is damaged, or no dancer is in it.
    MissingWeights
        When the pose model is not installed.
    """
    file = Path(path)
    tracked = track_video(
        file,
        model=model,
        dancer=dancer,
        workers=workers,
        cache=cache,
        progress=progress,
    )
    poses = with_errors(clean_tracked(tracked))
    return Recording(file.name, sha256_of(file), poses, video=file)


def recording_from_poses(poses: xr.Dataset, source: str) -> Recording:
    """Poses in memory as a recording; the checksum is that of their positions."""
    data = np.ascontiguousarray(poses["position"].to_numpy())
    return Recording(source, hashlib.sha256(data.tobytes()).hexdigest(), poses)
