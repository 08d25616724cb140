"""OptiTrack Motive's CSV: bones of skeletons, or markers, of one or more dancers.

The first line says ``Format Version, …, Export Frame Rate, …, Length Units, …``; then
come rows of types, names, IDs, (parents,) and Position or Rotation, then ``Frame, Time
(Seconds), X, Y, Z, …``. See "Data Export: CSV" in OptiTrack's documentation. A bone's
position is that of its near end; Motive's y is up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._kinds import sniffer
from repetiteur.io._marker_names import beside_bones
from repetiteur.io._plain_tables import whole_rows
from repetiteur.io._table_times import evened
from repetiteur.io._tables import Layout, Table, enough_rows, read_table
from repetiteur.io._text import AGAIN, cells, delimiter_of, distinct, take_line, text_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_motive"]

Array = NDArray[np.float64]

_UNITS = {"meters": "m", "centimeters": "cm", "millimeters": "mm", "inches": "in"}
_MAX_HEADER = 20  # lines


@dataclass(frozen=True)
class _Head:
    """What stands above the frames."""

    said: dict[str, str]
    columns: list[tuple[str, str, str, str]]  # type, name, what, axis
    delimiter: str
    start: int


@reader("motive", extensions=(".csv",), sniff=sniffer("motive"))
def read_motive(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a CSV of OptiTrack Motive.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        Of the bones, where there are any; else of the labelled markers.

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When bones lie in the space of their parents, or names are not known.
    """
    head, table = _parsed(text_of(path))
    table, cut = whole_rows(table)
    said = head.said.get("total exported frames", "")
    enough_rows(said, len(table.values), path)
    points, lines = _points(head, path)
    at = {column: k for k, column in reversed([*enumerate(head.columns)])}
    columns = [[at[(*point, "Position", axis)] for point in points] for axis in "XYZ"]
    place = np.stack([table.values[:, column] for column in columns], axis=1)
    unit = _UNITS.get(head.said.get("length units", "").lower())
    markers = Markers(
        distinct(beside_bones([name for _, name in points])),
        place,
        "OptiTrack Motive",
        time=_times(head, table.values),
        header=Header(unit, "y", floor=True),
        lines=[*lines, *cut],
    )
    return poses_of(markers, path, options)


def _parsed(data: bytes) -> tuple[_Head, Table]:
    head = _head(data)
    layout = Layout(len(head.columns), head.delimiter)
    return head, read_table(data, head.start, layout)


def _head(data: bytes) -> _Head:
    first, at = take_line(data, 0)
    delimiter = delimiter_of(first)
    pairs = cells(first, delimiter)
    said = {
        key.lower(): value for key, value in zip(pairs[::2], pairs[1::2], strict=False)
    }
    above: list[list[str]] = []
    while at < len(data) and len(above) < _MAX_HEADER:
        line, at = take_line(data, at)
        row = cells(line, delimiter)
        if row[0].lower() == "frame":
            return _Head(said, _columns(above, row), delimiter, at)
        if any(row):
            above.append(row)
    raise DamagedFile(
        "A Motive file needs rows of types, names and 'Frame, Time (Seconds), X, Y, Z' "
        f"below its first line, and this one has no 'Frame'. {AGAIN}"
    )


def _columns(
    above: Sequence[Sequence[str]], axes: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Type, name, what and axis of each column."""
    if len(above) < 3:
        raise DamagedFile(
            "A Motive file needs rows of types, names and Position above 'Frame', and "
            f"this one has {len(above)} rows there. {AGAIN}"
        )
    labelled = {row[1].lower(): row for row in above if len(row) > 1 and row[1]}
    wanted = (labelled.get("type", above[0]), labelled.get("name", above[1]), above[-1])
    width = len(axes)
    rows = [[*row, *[""] * width][:width] for row in (*wanted, axes)]
    return [tuple(cell) for cell in zip(*rows, strict=True)]


def _points(head: _Head, path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Type and name of the points to read, and lines on what is left out."""
    have = set(head.columns)
    found = [
        point
        for point in dict.fromkeys((kind, name) for kind, name, *_ in head.columns)
        if all((*point, "Position", axis) in have for axis in "XYZ")
    ]
    labelled = [p for p in found if not p[1].lower().startswith("unlabeled")]
    lines = []
    if len(labelled) < len(found):
        lines.append(f"{len(found) - len(labelled)} unlabelled markers left out")
    bones = [p for p in labelled if p[0].lower() == "bone"]
    if bones:
        if head.said.get("coordinate space", "").lower() == "local":
            raise UnreadableRecording(
                f"Bones need places in the room, and those of {path.name} are in the "
                "space of their parents. Export with the coordinate space Global."
            )
        others = [p for p in labelled if "marker" in p[0].lower()]
        if others:
            lines.append(f"{len(others)} markers left out beside the bones")
        labelled = [p for p in labelled if p not in others]
    if not labelled:
        raise UnreadableRecording(
            f"Poses need bones or labelled markers with positions, and {path.name} has "
            "none. Export with bones, or label the markers."
        )
    return labelled, lines


def _times(head: _Head, values: Array) -> Array | None:
    try:
        rate = float(head.said.get("export frame rate", "nan"))
    except ValueError:
        rate = float("nan")
    time = values[:, 1]
    if "time" in head.columns[1][3].lower() and np.isfinite(time).all():
        return evened(time, rate)
    return np.arange(len(values)) / rate if np.isfinite(rate) and rate > 0 else None
