"""Poses from a table that we wrote ourselves: names, metres and times as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io.formats import ReadOptions
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import UNITS, to_stage
from repetiteur.model.poses import log, make_poses

__all__ = ["ALONE", "Own", "even_step", "named_points", "own_poses", "points_named"]

Array = NDArray[np.float64]

#: What a dancer is called who has no name.
ALONE = "dancer"
_EVEN = 0.01  # of a time step: how far a time may lie from the even grid


@dataclass(frozen=True)
class Own:
    """What stands in a table of ours.

    Attributes
    ----------
    points : sequence of (str, str)
        Dancer and keypoint of each point.
    position : (time, space, point) float
        Metres, y up, or pixels. NaN means "not seen".
    time : (time,) float
        Seconds.
    software : str
        For ``source_software``.
    confidence : (time, point) float, optional
    image_size : (width, height), optional
    """

    points: Sequence[tuple[str, str]]
    position: Array
    time: Array
    software: str
    confidence: Array | None = None
    image_size: tuple[int, int] | None = None


def own_poses(own: Own, path: Path, options: ReadOptions) -> xr.Dataset:
    """Poses as they were written; options are applied where they are given.

    Raises
    ------
    DamagedFile
        When times do not increase.
    UnreadableRecording
        When an option does not fit.
    """
    if options.mapping is not None:
        return poses_of(_markers(own), path, options)
    if len(set(own.points)) < len(own.points):
        raise DamagedFile(
            f"Each point of a table needs a name of its own, and {path.name} has one "
            "twice. Write it again."
        )
    dancers = list(dict.fromkeys(who for who, _ in own.points))
    keypoints = list(dict.fromkeys(keypoint for _, keypoint in own.points))
    if len(dancers) * len(keypoints) != len(own.points):
        raise DamagedFile(
            f"A table needs each keypoint for each dancer, and {path.name} has "
            f"{len(own.points)} points of {len(dancers)} dancers and {len(keypoints)} "
            "keypoints. Write it again."
        )
    rows = {name: k for k, name in enumerate(keypoints)}
    whose = {name: k for k, name in enumerate(dancers)}
    at = [(rows[keypoint], whose[who]) for who, keypoint in own.points]
    columns = tuple(np.array(at).T)
    frames, space = own.position.shape[:2]
    place = np.full((frames, space, len(keypoints), len(dancers)), np.nan)
    place[:, :, columns[0], columns[1]] = own.position
    sure = None
    if own.confidence is not None:
        sure = np.full((frames, len(keypoints), len(dancers)), np.nan)
        sure[:, columns[0], columns[1]] = own.confidence
    place, unit_line = _metres(place, options)
    time, time_line = _times(own, path, options.fps)
    poses = make_poses(
        place,
        time=time,
        keypoints=keypoints,
        individuals=dancers,
        confidence=sure,
        source_software=own.software,
        source_file=path.name,
    )
    if own.image_size is not None:
        width, height = own.image_size
        poses = poses.assign_attrs(image_width=width, image_height=height)
    return log(log(poses, time_line), unit_line)


def _markers(own: Own) -> Markers:
    several = len({who for who, _ in own.points}) > 1
    names = [f"{who}:{name}" if several else name for who, name in own.points]
    return Markers(
        names,
        own.position,
        own.software,
        time=own.time,
        confidence=own.confidence,
        ours=True,
        image_size=own.image_size,
    )


def _metres(place: Array, options: ReadOptions) -> tuple[Array, str]:
    if place.shape[1] == 2:
        if options.unit or options.up:
            raise UnreadableRecording(
                "--unit and --up need positions in space, and these are 2D, in pixels. "
                "Leave both out."
            )
        return place, "written by repetiteur: pixels, y down"
    unit, up = options.unit or "m", options.up or "y"
    line = f"written by repetiteur: unit {unit}, {up} up, floor as in the file"
    if unit == "m" and up == "y":
        return place, line  # bit for bit
    return to_stage(place, up) * UNITS[unit], line


def _times(own: Own, path: Path, fps: float | None) -> tuple[Array, str]:
    count = len(own.time)
    kind = f"{own.software}, {count} frames"
    if fps is not None:
        return np.arange(count) / fps, f"{kind} at {fps:.6g} Hz, given"
    steps = np.diff(own.time)
    if not count or not np.isfinite(own.time).all() or (steps <= 0).any():
        raise DamagedFile(
            f"Times need to increase from frame to frame, and those of {path.name} do "
            "not. Write it again, or say the frame rate with --fps."
        )
    rate = f" at {1.0 / np.median(steps):.6g} Hz" if count > 1 else ""
    return own.time, kind + rate


def points_named(poses: xr.Dataset) -> list[str]:
    """A name for each dancer and keypoint, as a table has it: dancers one by one.

    Returns
    -------
    list of str
        ``Anna:left_knee``; ``left_knee`` of one dancer who has no name.

    Raises
    ------
    InvalidPoses
        When a name cannot stand in a table.

    Examples
    --------
    >>> poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> points_named(poses), points_named(poses.assign_coords(individual=["Anna"]))
    (['pelvis'], ['Anna:pelvis'])
    """
    dancers = [str(name) for name in poses["individual"].to_numpy()]
    keypoints = [str(name) for name in poses["keypoint"].to_numpy()]
    for name in (*dancers, *keypoints):
        if not name or not name.isprintable() or name != name.strip():
            raise InvalidPoses(
                "A name in a table needs letters, without line ends, tabs and spaces "
                f"around it, and one is {name[:40]!r}. Rename it, or write .nc."
            )
    if dancers == [ALONE] and not any(":" in name for name in keypoints):
        return keypoints
    if any(":" in name for name in dancers):
        raise InvalidPoses(
            f"A dancer's name in a table needs to be without a colon, and these are "
            f"{dancers}. Rename them, or write .nc."
        )
    return [f"{who}:{name}" for who in dancers for name in keypoints]


def named_points(names: Sequence[str]) -> list[tuple[str, str]]:
    """Dancer and keypoint of each name; the other way of :func:`points_named`.

    Examples
    --------
    >>> named_points(["Anna:pelvis", "Anna:hip:1"]), named_points(["pelvis"])
    ([('Anna', 'pelvis'), ('Anna', 'hip:1')], [('dancer', 'pelvis')])
    """
    if not all(":" in name for name in names):
        return [(ALONE, name) for name in names]
    parts = [name.partition(":") for name in names]
    return [(who, keypoint) for who, _, keypoint in parts]


def even_step(time: Array, what: str) -> float:
    """The time step of even times, s; 1 for one frame.

    Raises
    ------
    InvalidPoses
        When a time lies off the even grid by more than 1 % of a step.

    Examples
    --------
    >>> even_step(np.array([0.0, 0.5, 1.0]), "TRC")
    0.5
    """
    if len(time) < 2:
        return 1.0
    step = float(time[-1] - time[0]) / (len(time) - 1)
    off = float(np.abs(time - time[0] - step * np.arange(len(time))).max())
    if off > _EVEN * step:
        raise InvalidPoses(
            f"{what} needs even time steps, and these times leave an even grid by up "
            f"to {off * 1000:.3g} ms. Write .csv or .nc, which keep every time."
        )
    return step
