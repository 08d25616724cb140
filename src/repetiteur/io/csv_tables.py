"""CSV, wide and long: our own, bit for bit, and other people's plain tables.

Wide has a row for each frame, ``time_s,left_knee_x,left_knee_y,left_knee_z,…``; long
has one for each frame, dancer and keypoint, ``time_s,individual,keypoint,x,y,z,…``. The
last column of ours counts the rows that are still to come, so that a file that was cut
short is known; it does no harm in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._kinds import sniffer
from repetiteur.io._long_tables import long_points
from repetiteur.io._own import Own, named_points, own_poses, points_named
from repetiteur.io._plain_tables import open_plain, wide_markers
from repetiteur.io._rows import quoted, rows
from repetiteur.io._tables import Table
from repetiteur.io._text import AGAIN
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.markers import Markers, poses_of

__all__ = ["read_long", "read_wide", "write_long", "write_wide"]

Array = NDArray[np.float64]

_FIRST, _LAST = "time_s", "rows_left"
_SIZE = ("image_width", "image_height")
_SURE = "confidence"


@reader("csv", extensions=(".csv", ".tsv", ".txt"), sniff=sniffer("csv"))
def read_wide(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a table with a row for each frame: ours, or any with ``name_x, name_y``.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When names, unit or frame rate are not known and cannot be found.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "stand.csv"
    >>> poses = make_poses([[[0.0], [0.9], [0.1]]], time=[0.0], keypoints=["pelvis"])
    >>> write_wide(poses, file)
    >>> print(file.read_text())
    time_s,pelvis_x,pelvis_y,pelvis_z,rows_left
    0.0,0.0,0.9,0.1,0
    >>> read_wide(file, ReadOptions())["position"].values.ravel()
    array([0. , 0.9, 0.1])
    """
    plain = open_plain(path)
    if not _is_ours(plain.names):
        return poses_of(wide_markers(plain, path), path, options)
    _check_count(plain.table, path)
    return own_poses(_own_wide(plain.names, plain.table.values), path, options)


@reader("csv-long", extensions=(".long.csv", ".csv"), sniff=sniffer("csv-long"))
def read_long(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a table with a row for each frame and point: ours, or any such.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When names, unit or frame rate are not known and cannot be found.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "stand.long.csv"
    >>> poses = make_poses([[[0.0], [0.9], [0.1]]], time=[0.0], keypoints=["pelvis"])
    >>> write_long(poses, file)
    >>> print(file.read_text())
    time_s,individual,keypoint,x,y,z,confidence,rows_left
    0.0,dancer,pelvis,0.0,0.9,0.1,1.0,0
    >>> read_long(file, ReadOptions())["position"].values.ravel()
    array([0. , 0.9, 0.1])
    """
    plain = open_plain(path)
    ours = _is_ours(plain.names)
    if ours:
        _check_count(plain.table, path)
    found = long_points(plain, path)
    if ours:
        own = Own(
            list(zip(found.dancers, found.names, strict=True)),
            found.position,
            found.frame,
            "CSV",
            found.confidence,
            _image_size(plain.names, plain.table.values),
        )
        return own_poses(own, path, options)
    several = len(set(found.dancers)) > 1
    names = [
        f"{who}:{name}" if several else name
        for who, name in zip(found.dancers, found.names, strict=True)
    ]
    markers = Markers(
        names,
        found.position,
        "CSV",
        time=found.time,
        confidence=found.confidence,
        image_size=_image_size(plain.names, plain.table.values),
        lines=found.lines,
    )
    return poses_of(markers, path, options)


def _is_ours(names: Sequence[str]) -> bool:
    return names[0] == _FIRST and names[-1] == _LAST


def _check_count(table: Table, path: Path) -> None:
    left = table.values[:, -1]
    if not left.size or not np.array_equal(left, np.arange(left.size)[::-1]):
        raise DamagedFile(
            f"The last column of a table that repetiteur wrote counts down to 0, and "
            f"that of {path.name} does not: rows are missing, or it is cut short. "
            f"{AGAIN}"
        )


def _image_size(names: Sequence[str], values: Array) -> tuple[int, int] | None:
    if not set(_SIZE) <= set(names):
        return None
    width, height = (float(values[0, names.index(name)]) for name in _SIZE)
    if not (0 < width < 1e6 and 0 < height < 1e6):
        return None
    return int(width), int(height)


def _own_wide(names: Sequence[str], values: Array) -> Own:
    axes = [(k, *name.rpartition("_")[::2]) for k, name in enumerate(names)]
    of_axis = {
        axis: [(k, name) for k, name, last in axes if last == axis and name]
        for axis in (*"xyz", _SURE)
    }
    space = "xyz" if of_axis["z"] else "xy"
    points = [name for _, name in of_axis["x"]]
    columns = [[k for k, _ in of_axis[axis]] for axis in space]
    if not points or any(len(column) != len(points) for column in columns):
        raise DamagedFile(
            f"A table that repetiteur wrote needs columns {', '.join(space)} for each "
            f"point, and this one lacks some. {AGAIN}"
        )
    sure = [k for k, name in of_axis[_SURE] if name in points]
    return Own(
        named_points(points),
        np.stack([values[:, column] for column in columns], axis=1),
        values[:, 0],
        "CSV",
        values[:, sure] if len(sure) == len(points) else None,
        _image_size(names, values),
    )


@dataclass(frozen=True)
class _Arrays:
    """Poses as a table needs them: dancers one after another."""

    place: Array  # (time, space, point)
    sure: Array  # (time, point)
    size: tuple[str, ...]  # of the image, as cells


def _arrays(poses: xr.Dataset) -> _Arrays:
    frames, space = poses.sizes["time"], poses.sizes["space"]
    place = poses["position"].to_numpy().swapaxes(2, 3).reshape(frames, space, -1)
    sure = poses["confidence"].to_numpy().swapaxes(1, 2).reshape(frames, -1)
    known = space == 2 and set(_SIZE) <= poses.attrs.keys()
    size = tuple(str(int(poses.attrs[name])) for name in _SIZE) if known else ()
    return _Arrays(place, sure, size)


@writer("csv", extensions=(".csv", ".wide.csv"))
def write_wide(poses: xr.Dataset, path: Path) -> None:
    """Write a table with a row for each frame: metres, all digits, gaps empty.

    Parameters
    ----------
    poses : xarray.Dataset
        Columns are ``left_knee_x``; with several dancers ``Anna:left_knee_x``. How sure
        each point is gets a column where it is not simply 1.
    path : Path

    Raises
    ------
    InvalidPoses
        When a name cannot stand in a table.
    """
    names = points_named(poses)
    arrays = _arrays(poses)
    seen = np.where(np.isfinite(arrays.place).all(axis=1), 1.0, np.nan)
    parts = [arrays.place]
    ends = ["x", "y", "z"][: arrays.place.shape[1]]
    if not np.array_equal(seen, arrays.sure, equal_nan=True):
        parts, ends = [*parts, arrays.sure[:, None]], [*ends, _SURE]
    table = np.concatenate(parts, axis=1).swapaxes(1, 2)
    numbers = rows(
        np.column_stack([poses["time"].to_numpy(), table.reshape(len(table), -1)]), ","
    )
    columns = [quoted(f"{name}_{end}") for name in names for end in ends]
    size = _SIZE if arrays.size else ()
    tail = "".join(f",{cell}" for cell in arrays.size)
    last = len(table) - 1
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join((_FIRST, *columns, *size, _LAST)) + "\n")
        file.writelines(f"{line}{tail},{last - k}\n" for k, line in enumerate(numbers))


@writer("csv-long", extensions=(".long.csv",))
def write_long(poses: xr.Dataset, path: Path) -> None:
    """Write a table with a row for each frame, dancer and keypoint.

    Parameters
    ----------
    poses : xarray.Dataset
        Every keypoint gets a row in every frame, also where it was not seen.
    path : Path

    Raises
    ------
    InvalidPoses
        When a name cannot stand in a table.
    """
    points_named(poses)
    arrays = _arrays(poses)
    axes = ("x", "y", "z")[: arrays.place.shape[1]]
    size = _SIZE if arrays.size else ()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        columns = (_FIRST, "individual", "keypoint", *axes, _SURE, *size, _LAST)
        file.write(",".join(columns) + "\n")
        file.writelines(_long_lines(poses, arrays))


def _long_lines(poses: xr.Dataset, arrays: _Arrays) -> Iterator[str]:
    who = [
        f"{quoted(str(dancer))},{quoted(str(keypoint))}"
        for dancer in poses["individual"].to_numpy()
        for keypoint in poses["keypoint"].to_numpy()
    ]
    table = np.concatenate([arrays.place, arrays.sure[:, None]], axis=1)
    numbers = rows(table.swapaxes(1, 2).reshape(-1, table.shape[1]), ",")
    tail = "".join(f",{cell}" for cell in arrays.size)
    left = len(table) * len(who)
    for time in poses["time"].to_numpy().tolist():
        for name in who:
            left -= 1
            yield f"{time!r},{name},{next(numbers)}{tail},{left}\n"
