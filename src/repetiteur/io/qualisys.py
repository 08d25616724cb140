"""Qualisys Track Manager's TSV: a header of ``NAME<tab>value``, then markers in mm.

See "Motion data (.tsv)" in QTM's documentation. The columns Frame and Time and the line
of their names are there or not, as chosen when exporting.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from repetiteur.errors import UnreadableRecording
from repetiteur.io._kinds import sniffer
from repetiteur.io._marker_names import beside_bones, with_prefixes
from repetiteur.io._table_times import evened
from repetiteur.io._tables import Layout, enough_rows, read_table
from repetiteur.io._text import cells, distinct, take_line, text_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header
from repetiteur.io.trc import without_zeros

__all__ = ["read_qualisys"]

_MAX_HEADER = 10_000  # lines; each event has one


@dataclass(frozen=True)
class _Head:
    """What stands above the frames."""

    said: dict[str, list[str]]
    extra: int  # columns before those of the markers
    timed: bool
    start: int


@reader("qualisys", extensions=(".tsv",), sniff=sniffer("qualisys"))
def read_qualisys(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a TSV file of 3D marker positions of Qualisys Track Manager.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        What is empty or at 0, 0, 0 was not seen.

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When it holds no 3D positions, or names or frame rate are not known.
    """
    data = text_of(path)
    head = _head(data)
    names = [name for name in head.said.get("MARKER_NAMES", []) if name]
    if head.said.get("DATA_INCLUDED", ["3D"])[0].upper() != "3D" or not names:
        raise UnreadableRecording(
            f"Poses need 3D positions of named markers, and {path.name} has none. "
            "Export 3D data, with its header, from QTM."
        )
    layout = Layout(head.extra + 3 * len(names), "\t")
    values = read_table(data, head.start, layout).values
    enough_rows(head.said.get("NO_OF_FRAMES", [""])[0], len(values), path)
    place = values[:, head.extra :].reshape(len(values), -1, 3).transpose(0, 2, 1)
    place, lines = without_zeros(place, "Qualisys")
    rate = _number(head, "FREQUENCY")
    time = np.arange(len(values)) / rate if rate > 0 else None
    if head.timed and np.isfinite(values[:, head.extra - 1]).all():
        time = evened(values[:, head.extra - 1], rate)
    markers = Markers(
        distinct(beside_bones(with_prefixes(names))),
        place,
        "Qualisys",
        time=time,
        header=Header("mm", "z", floor=True),
        lines=lines,
    )
    return poses_of(markers, path, options)


def _head(data: bytes) -> _Head:
    """The header: lines that begin with a word, up to the first number."""
    said: dict[str, list[str]] = {}
    at = 0
    for _ in range(_MAX_HEADER):
        line, after = take_line(data, at)
        row = cells(line, "\t")
        if row[0].lower() in ("frame", "time") or _is_marker_line(row):
            extra = sum(cell.lower() in ("frame", "time") for cell in row[:2])
            timed = extra > 0 and row[extra - 1].lower() == "time"
            return _Head(said, extra, timed, after)
        if after >= len(data) or _is_numbers(row):
            break
        said.setdefault(row[0], row[1:])
        at = after
    line, _ = take_line(data, at)
    markers = len([name for name in said.get("MARKER_NAMES", []) if name])
    first = len(cells(line.removesuffix("\t"), "\t")) - 3 * markers
    extra = first if first in (1, 2) else 0
    return _Head(said, extra, extra == 2, at)


def _is_marker_line(row: list[str]) -> bool:
    return len(row) > 2 and [cell[-2:] for cell in row[:3]] == [" X", " Y", " Z"]


def _is_numbers(row: list[str]) -> bool:
    first = row[0].replace(",", ".", 1)
    try:
        float(first or "nan")
    except ValueError:
        return False
    return True


def _number(head: _Head, key: str) -> float:
    try:
        value = float(head.said.get(key, [""])[0].replace(",", "."))
    except ValueError:
        return 0.0
    return value if np.isfinite(value) else 0.0
