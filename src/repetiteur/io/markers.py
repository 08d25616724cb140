"""From what a parser finds in a file to poses: names, metres, floor, times, dancers.

A format of named points only has to say what stands in its file, as :class:`Markers`;
:func:`poses_of` does the rest, the same way for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import ReadOptions
from repetiteur.io.naming import Named, find_keypoints
from repetiteur.io.scale import UNITS, Header, settle, to_stage
from repetiteur.model.poses import log, make_poses
from repetiteur.model.skeletons import KEYPOINTS, guess_mapping

__all__ = ["Markers", "poses_of"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Markers:
    """The named points of a file, as they stand in it.

    Attributes
    ----------
    names : sequence of str
        Of the points; ``Anna:LKNE`` is the point LKNE of the dancer Anna.
    position : (time, space, point) float
        In the file's unit and axes, 3D, or in pixels with y down, 2D. NaN = not seen.
    software : str
        What wrote the file, for ``source_software``: ``OptiTrack Motive``.
    time : (time,) float, optional
        Seconds; None where the file does not say.
    confidence : (time, point) float, optional
        0 to 1; NaN where not seen.
    header : Header
        What the file says of its unit, its upward axis and its floor.
    ours : bool
        Whether Répétiteur wrote the file: then it is in metres (or in the header's
        unit), y up, and nothing has to be found.
    image_size : (width, height), optional
        Of the picture, pixels, in 2D.
    lines : sequence of str
        What the history should say besides.
    """

    names: Sequence[str]
    position: Array
    software: str
    time: Array | None = None
    confidence: Array | None = None
    header: Header = field(default_factory=Header)
    ours: bool = False
    image_size: tuple[int, int] | None = None
    lines: Sequence[str] = ()


def poses_of(markers: Markers, path: Path, options: ReadOptions) -> xr.Dataset:
    """Poses of the named points of a file.

    Parameters
    ----------
    markers : Markers
    path : Path
        The file, for its name.
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        Our keypoints first, then the points that no keypoint is, under their own names.
        Where two or more prefixes (``Anna:``) name a body each, these are the
        individuals.

    Raises
    ------
    DamagedFile
        When the file holds no frame, or its times do not increase.
    UnreadableRecording
        When names or unit are not known and cannot be found, or the frame rate is not
        known, or an option does not fit.
    """
    if not markers.position.size:
        raise DamagedFile(
            f"A recording needs a frame and a point, and {path.name} has "
            f"{markers.position.shape[0]} frames of {len(markers.names)} points. "
            "Export it again."
        )
    time, lines = _times(markers, path, options.fps)
    dancers = _dancers(markers.names, options.mapping)
    named = {
        who: find_keypoints([markers.names[i] for i in where], options.mapping)
        for who, where in dancers.items()
    }
    keypoints = _keypoints(markers.names, dancers, named)
    place, sure = _places(markers, dancers, named, keypoints)
    place, settled = _settled(markers, place, keypoints, options)
    poses = make_poses(
        place,
        time=time,
        keypoints=keypoints,
        individuals=list(dancers),
        confidence=sure,
        source_software=markers.software,
        source_file=path.name,
    )
    if markers.image_size is not None:
        width, height = markers.image_size
        poses = poses.assign_attrs(image_width=width, image_height=height)
    said = dict.fromkeys(one.line for one in named.values())
    for line in (*lines, *said, *settled, *markers.lines, *_missing(place)):
        poses = log(poses, line)
    return poses


def _times(markers: Markers, path: Path, fps: float | None) -> tuple[Array, list[str]]:
    count = len(markers.position)
    kind = f"{markers.software}, {count} frames"
    if fps is not None:
        return np.arange(count) / fps, [f"{kind} at {fps:.6g} Hz, given"]
    if markers.time is None:
        raise UnreadableRecording(
            f"Poses need times in seconds, and {path.name} has frame numbers alone. "
            "Say the frame rate with --fps."
        )
    steps = np.diff(markers.time)
    if not np.isfinite(markers.time).all() or (steps <= 0).any():
        raise DamagedFile(
            f"Times need to increase from frame to frame, and those of {path.name} do "
            "not. Export it again, or say the frame rate with --fps."
        )
    rate = f" at {1.0 / np.median(steps):.6g} Hz" if count > 1 else ""
    return markers.time - markers.time[0], [kind + rate]


def _dancers(names: Sequence[str], mapping: str | Path | None) -> dict[str, list[int]]:
    """Which points belong to whom: prefixes that hold a body each, or all to one."""
    groups: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        groups.setdefault(name.rpartition(":")[0].strip(), []).append(index)
    bodies = {
        who: where
        for who, where in groups.items()
        if who and _is_body([names[i] for i in where], mapping)
    }
    return bodies if len(bodies) > 1 else {"dancer": list(range(len(names)))}


def _is_body(names: Sequence[str], mapping: str | Path | None) -> bool:
    if mapping is None:
        return guess_mapping(names) is not None
    try:
        found = find_keypoints(names, mapping).keypoints
    except UnreadableRecording:
        return False
    return {"left_hip", "right_hip", "left_knee", "right_knee"} <= set(found)


def _keypoints(
    names: Sequence[str], dancers: dict[str, list[int]], named: dict[str, Named]
) -> list[str]:
    """Our keypoints that anyone has, and the points that stand for none of ours.

    Of several dancers these count that half of them have: a name of one dancer's alone
    would need room with all.
    """
    ours = {name for one in named.values() for name in one.keypoints}
    others: Counter[str] = Counter()
    for who, where in dancers.items():
        alone = {
            indices[0]
            for indices, _ in named[who].sources.values()
            if len(indices) == 1
        }
        for k, index in enumerate(where):
            if k not in alone:
                others[_own_name(names[index])] += 1
    shared = [name for name, many in others.items() if 2 * many >= len(dancers)]
    order = [name for name in KEYPOINTS if name in ours]
    return order + [name for name in shared if name and name not in KEYPOINTS]


def _own_name(name: str) -> str:
    return name.rpartition(":")[2].strip()


def _places(
    markers: Markers,
    dancers: dict[str, list[int]],
    named: dict[str, Named],
    keypoints: list[str],
) -> tuple[Array, Array | None]:
    """Positions (time, space, keypoint, individual), and confidence where known."""
    frames, space = markers.position.shape[:2]
    place = np.full((frames, space, len(keypoints), len(dancers)), np.nan)
    sure = np.full((frames, len(keypoints), len(dancers)), np.nan)
    at = {name: k for k, name in enumerate(keypoints)}
    for who, (dancer, where) in enumerate(dancers.items()):
        body = markers.position[:, :, where]
        believed = None if markers.confidence is None else markers.confidence[:, where]
        for k, name in enumerate(markers.names[i] for i in where):
            if _own_name(name) in at:
                place[:, :, at[_own_name(name)], who] = body[:, :, k]
                if believed is not None:
                    sure[:, at[_own_name(name)], who] = believed[:, k]
        ours = [at[name] for name in named[dancer].keypoints]
        place[:, :, ours, who] = named[dancer].place(body)
        if believed is not None:
            for name, (indices, _) in named[dancer].sources.items():
                sure[:, at[name], who] = believed[:, list(indices)].min(axis=1)
    return place, None if markers.confidence is None else sure


def _settled(
    markers: Markers, place: Array, keypoints: list[str], options: ReadOptions
) -> tuple[Array, list[str]]:
    """Positions in metres, y up, of all dancers alike."""
    if place.shape[1] == 2:
        if options.unit or options.up:
            raise UnreadableRecording(
                "--unit and --up need positions in space, and these are 2D, in pixels. "
                "Leave both out."
            )
        return place, ["positions in the picture, pixels, y down"]
    if markers.ours:
        unit = options.unit or markers.header.unit or "m"
        up = options.up or "y"
        line = f"written by repetiteur: unit {unit}, {up} up, floor as in the file"
        return to_stage(place, up) * UNITS[unit], [line]
    one_after_another = np.concatenate(np.moveaxis(place, 3, 0))
    settled, lines = settle(
        one_after_another,
        keypoints,
        unit=options.unit,
        up=options.up,
        header=markers.header,
    )
    return np.stack(np.split(settled, place.shape[3]), axis=3), lines


def _missing(place: Array) -> list[str]:
    gone = 1.0 - float(np.isfinite(place).all(axis=1).mean())
    return [f"not seen: {100.0 * gone:.2g} % of all samples"] if gone > 0.0 else []
