"""Xsens MVN's segment positions as a table: 23 segments, metres, z up.

A segment's position is that of its near end: ``Right Upper Leg`` is the right hip. The
columns are ``Pelvis x``, ``Pelvis y``, …, perhaps with ``Segment Position`` before
them, as MVN Analyze names them; between the cells are commas, semicolons or tabs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._columns import columns_of
from repetiteur.io._kinds import is_xsens_header, sniffer
from repetiteur.io._plain_tables import whole_rows
from repetiteur.io._table_times import times_of
from repetiteur.io._tables import Layout, read_table
from repetiteur.io._text import AGAIN, cells, delimiter_of, take_line, text_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_xsens"]

Array = NDArray[np.float64]

_COLUMN = re.compile(
    r"(?:(?:segment\s+)?position[\s_:/-]+)?(?P<name>[a-z0-9 ]+?)[\s_]+(?P<axis>[xyz])",
    re.IGNORECASE,
)
_LEFT_OUT = ("com", "center of mass", "centre of mass")
_MAX_HEADER = 200  # lines
_STIFF = 0.05  # of its length: how far the bone from pelvis to hip may vary


@reader("xsens", extensions=(".csv", ".tsv", ".txt"), sniff=sniffer("xsens"))
def read_xsens(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read segment positions that Xsens MVN exported as a table.

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
        When the columns are not positions, or the frame rate is not known.
    """
    data = text_of(path)
    said: dict[str, str] = {}
    at, line = 0, ""
    for _ in range(_MAX_HEADER):
        line, at = take_line(data, at)
        if is_xsens_header(line) or at >= len(data):
            break
        pair = cells(line.replace(":", ";", 1), delimiter_of(line.replace(":", ";", 1)))
        said[pair[0].lower()] = next((cell for cell in pair[1:] if cell), "")
    delimiter = delimiter_of(line)
    names = cells(line, delimiter)
    table, cut = whole_rows(read_table(data, at, Layout(len(names), delimiter)))
    points = _segments(names, path)
    columns = [[axes[axis] for axes in points.values()] for axis in "xyz"]
    place = np.stack([table.values[:, column] for column in columns], axis=1)
    _check_stiff(list(points), place, path)
    time, lines = times_of(columns_of(names), table.values)
    if time is None:
        time = _even(said, len(place))
    markers = Markers(
        list(points),
        place,
        "Xsens MVN",
        time=time,
        header=Header("m", "z", floor=True),
        lines=["Xsens' toe is the ball of the foot", *lines, *cut],
    )
    return poses_of(markers, path, options)


def _segments(names: Sequence[str], path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for index, name in enumerate(names):
        match = _COLUMN.fullmatch(name)
        if match is None or match["name"].casefold() in _LEFT_OUT:
            continue
        axes = found.setdefault(match["name"].title(), {})
        if match["axis"].lower() in axes:
            raise DamagedFile(
                f"Each column needs a name of its own, and {path.name} has {name!r} "
                "twice. Export the segment positions alone."
            )
        axes[match["axis"].lower()] = index
    whole = {name: axes for name, axes in found.items() if len(axes) == 3}
    if not whole:
        raise DamagedFile(
            "Segment positions need columns such as 'Pelvis x', 'Pelvis y', 'Pelvis z',"
            f" and {path.name} has none. {AGAIN}"
        )
    return whole


def _check_stiff(names: Sequence[str], place: Array, path: Path) -> None:
    """Refuse velocities and angles, whose columns bear the same names."""
    bones = (("Pelvis", "Right Upper Leg"), ("Right Upper Leg", "Right Lower Leg"))
    for near, far in bones:
        if not {near, far} <= set(names):
            continue
        bone = place[:, :, names.index(far)] - place[:, :, names.index(near)]
        length = np.linalg.norm(bone, axis=1)
        length = length[np.isfinite(length)]
        if (length.size and length.std() > _STIFF * length.mean()) or (
            length == 0
        ).any():
            raise UnreadableRecording(
                f"Segment positions need bones of one length, and in {path.name} that "
                f"from {near} to {far} changes: these are velocities or angles. Export "
                "the segment positions."
            )


def _even(said: dict[str, str], frames: int) -> Array | None:
    for key in ("frame rate", "framerate", "frequency", "update rate"):
        match = re.match(r"[0-9]+(?:[.,][0-9]+)?", said.get(key, ""))
        if match is not None and float(match[0].replace(",", ".")) > 0:
            return np.arange(frames) / float(match[0].replace(",", "."))
    return None
