"""TRC, the marker positions of Motion Analysis, OpenSim, Vicon and Pose2Sim.

Three lines of header, the markers' names in the fourth, ``X1 Y1 Z1`` in the fifth,
then perhaps an empty one, then the frames, all with tabs. See "Marker (.trc) Files" in
OpenSim's documentation.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, InvalidPoses
from repetiteur.io._kinds import sniffer
from repetiteur.io._marker_names import beside_bones
from repetiteur.io._own import Own, even_step, named_points, own_poses, points_named
from repetiteur.io._rows import rows
from repetiteur.io._table_times import evened
from repetiteur.io._tables import Layout, Table, enough_rows, read_table
from repetiteur.io._text import AGAIN, cells, distinct, take_line, text_of
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_trc", "write_trc"]

Array = NDArray[np.float64]

#: The last cell of the first line of files that we wrote. OpenSim hands it on when it
#: writes a file of its own, so it counts only with the checksum of what follows.
_OURS = "repetiteur"
_NO_SUM = "00000000"
_UNITS = {
    "m": "m", "meters": "m", "metres": "m", "mm": "mm", "millimeters": "mm",
    "millimetres": "mm", "cm": "cm", "centimeters": "cm", "in": "in", "inches": "in",
}  # fmt: skip
_SAME_RATE = 0.01  # of the rate: how far header and times may differ unsaid


@dataclass(frozen=True)
class _Head:
    """What stands above the frames."""

    ours: bool
    marked: bool  # as ours, whatever became of it
    said: dict[str, str]
    names: list[str]
    start: int

    def number(self, key: str) -> float:
        """A number of the header, NaN where it is none."""
        try:
            return float(self.said.get(key, "").replace(",", "."))
        except ValueError:
            return float("nan")


@reader("trc", extensions=(".trc",), sniff=sniffer("trc"))
def read_trc(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a TRC file: every marker; empty cells and markers at 0, 0, 0 are missing.

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
        When the text is broken or cut short.
    UnreadableRecording
        When marker names or unit are not known and cannot be found.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "stand.trc"
    >>> poses = make_poses([[[0.0], [0.9], [0.1]]], time=[0.0], keypoints=["pelvis"])
    >>> write_trc(poses, file)
    >>> read_trc(file, ReadOptions())["position"].values.ravel()
    array([0. , 0.9, 0.1])
    """
    head, table = _parsed(text_of(path))
    lines = _counted(head, table, path)
    values = table.values
    place = values[:, 2:].reshape(len(values), -1, 3).transpose(0, 2, 1)
    if head.ours:
        own = Own(named_points(head.names), place, values[:, 1], "TRC")
        return own_poses(own, path, options)
    time, timed = _times(head, values)
    place, empty = without_zeros(place, "TRC")
    markers = Markers(
        distinct(beside_bones(head.names)),
        place,
        "TRC",
        time=time,
        header=Header(unit=_UNITS.get(head.said.get("units", "").lower()), floor=True),
        lines=[*lines, *timed, *empty],
    )
    return poses_of(markers, path, options)


def _parsed(data: bytes) -> tuple[_Head, Table]:
    """Header and rows; the text, which is large, is let go then."""
    head = _head(data)
    return head, read_table(data, head.start, Layout(2 + 3 * len(head.names), "\t"))


def _head(data: bytes) -> _Head:
    first, at = take_line(data, 0)
    keys, at = take_line(data, at)
    values, at = take_line(data, at)
    names, at = take_line(data, at)
    labels = cells(names.rstrip(), "\t")
    if labels[0].lower() not in ("frame#", "frame") or len(labels) < 3:
        raise DamagedFile(
            "A TRC file needs 'Frame#', 'Time' and the markers' names in its fourth "
            f"line, and this one has {names[:40]!r} there. {AGAIN}"
        )
    markers = [label for label in labels[2:] if label]
    said = dict(zip(keys.lower().split(), values.split(), strict=False))
    name, _, checksum = first.split("\t")[-1].partition(" ")
    ours = name == _OURS and checksum == _checksum(data[len(first) + 1 :])
    return _Head(ours, name == _OURS, said, markers, _first_row(data, at))


def _checksum(data: bytes, before: str = _NO_SUM) -> str:
    return f"{zlib.crc32(data, int(before, 16)):08x}"


def _first_row(data: bytes, at: int) -> int:
    """Past the line of X1 Y1 Z1, and empty lines."""
    while at < len(data):
        line, after = take_line(data, at)
        first = line.strip()[:1]
        if first and first not in "xX":
            break
        at = after
    return at


def _counted(head: _Head, table: Table, path: Path) -> list[str]:
    """Lines on what does not fit the header; fewer frames than it says are refused."""
    claimed, found = head.number("numframes"), len(table.values)
    enough_rows(head.said.get("numframes", ""), found, path)
    if head.marked and not table.ended:
        raise DamagedFile(
            f"A TRC file that repetiteur wrote ends with a line end, and {path.name} "
            f"does not: it is cut short. {AGAIN}"
        )
    lines = []
    if head.marked and not head.ours:
        lines.append("written by repetiteur, and changed since")
    if found > claimed:
        lines.append(f"warning: the header says {claimed:g} frames, {found} are there")
    markers = head.number("nummarkers")
    if np.isfinite(markers) and markers != len(head.names):
        lines.append(
            f"the header says {markers:g} markers, and names {len(head.names)}"
        )
    return lines


def _times(head: _Head, values: Array) -> tuple[Array | None, list[str]]:
    """Times as the time column has them; where it has none, from the rate."""
    time, rate = values[:, 1], head.number("datarate")
    known = np.isfinite(rate) and rate > 0
    if np.isfinite(time).all() and (np.diff(time) > 0).all():
        if known and len(time) > 1:
            found = (len(time) - 1) / float(time[-1] - time[0])
            if abs(found - rate) > _SAME_RATE * rate:
                said = f"warning: the header says {rate:g} Hz, the times {found:.4g} Hz"
                return time, [f"{said}, which was taken"]
        return evened(time, rate), []
    if known:
        return np.arange(len(time)) / rate, [f"times from the rate, {rate:g} Hz"]
    return (None if np.isnan(time).all() else time), []


def without_zeros(place: Array, what: str) -> tuple[Array, list[str]]:
    """Positions with NaN where a point lies at 0, 0, 0, and a line that says so.

    Parameters
    ----------
    place : (time, space, point) float
    what : str
        The format, for the line.

    Examples
    --------
    >>> place = np.array([[[0.0], [0.0], [0.0]], [[1.0], [0.0], [0.0]]])
    >>> without_zeros(place, "TRC")[1]
    ['TRC: 1 samples at exactly 0, 0, 0 taken as not seen']
    """
    zero = (place == 0.0).all(axis=1)
    if not zero.any():
        return place, []
    line = f"{what}: {zero.sum()} samples at exactly 0, 0, 0 taken as not seen"
    return np.where(zero[:, None], np.nan, place), [line]


@writer("trc", extensions=(".trc",))
def write_trc(poses: xr.Dataset, path: Path) -> None:
    """Write poses as TRC: metres, y up, all digits, gaps as empty cells.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses in even time steps; of several dancers, each name is
        ``dancer:keypoint``.
    path : Path

    Raises
    ------
    InvalidPoses
        When TRC cannot hold these poses.
    """
    if poses.sizes["space"] != 3:
        raise InvalidPoses(
            "TRC needs positions in space, and these are 2D, in pixels. Write .csv or "
            ".nc, which keep them."
        )
    names = points_named(poses)
    time = poses["time"].to_numpy()
    rate = f"{1.0 / even_step(time, 'TRC'):.12g}"
    frames = len(time)
    place = poses["position"].to_numpy()  # (time, space, keypoint, individual)
    flat = place.transpose(0, 3, 2, 1).reshape(frames, -1)
    keys = (
        "DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate",
        "OrigDataStartFrame", "OrigNumFrames",
    )  # fmt: skip
    values = (rate, rate, str(frames), str(len(names)), "m", rate, "1", str(frames))
    axes = (f"{axis}{k + 1}" for k in range(len(names)) for axis in "XYZ")
    header = (
        "\t".join(keys),
        "\t".join(values),
        "\t".join(("Frame#", "Time", "\t\t\t".join(names), "", "")),
        "\t".join(("", "", *axes)),
        "",
    )
    numbers = rows(np.column_stack([time, flat]), "\t")
    frames_text = (f"{k}\t{line}" for k, line in enumerate(numbers, start=1))
    mark = f"PathFileType\t4\t(X/Y/Z)\tposes.trc\t{_OURS} "
    checksum = _NO_SUM
    with path.open("wb") as file:
        file.write(f"{mark}{checksum}\n".encode())
        for line in chain(header, frames_text):
            text = f"{line}\n".encode()
            checksum = _checksum(text, checksum)
            file.write(text)
        file.seek(len(mark))
        file.write(checksum.encode())
