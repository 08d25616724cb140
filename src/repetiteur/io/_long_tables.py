"""Tables with a row for each frame and point, by the names of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._columns import Columns, columns_of
from repetiteur.io._kinds import point_key
from repetiteur.io._plain_tables import DANCER_KEYS, Plain, whole_rows
from repetiteur.io._table_times import times_of
from repetiteur.io._tables import Table
from repetiteur.io._text import AGAIN

__all__ = ["Long", "long_points"]

Array = NDArray[np.float64]

_MAX_CELLS = 100_000_000  # frames times points of a long table
_SURE_KEYS = ("confidence", "visibility", "likelihood", "score")


@dataclass(frozen=True)
class Long:
    """The points of a table with a row for each frame and point.

    Attributes
    ----------
    dancers, names : list of str
        Of each point.
    position : (time, space, point) float
    confidence : (time, point) float or None
    frame : (time,) float
        What tells the frames apart: times, or else frame numbers.
    time : (time,) float or None
        Seconds.
    lines : list of str
    """

    dancers: list[str]
    names: list[str]
    position: Array
    confidence: Array | None
    frame: Array
    time: Array | None
    lines: list[str]


def long_points(plain: Plain, path: Path) -> Long:
    """The points of a table with a row for each frame and point.

    Raises
    ------
    DamagedFile
        When it has neither frames nor times, or a point twice in a frame.
    """
    table, lines = whole_rows(plain.table)
    columns = columns_of(plain.names)
    when = columns.time if columns.time is not None else columns.frame
    key = point_key(plain.names)
    if when is None or key is None or not len(table.values):
        raise DamagedFile(
            "A long table needs a column of times or frames, one of points, and rows, "
            f"and {path.name} lacks one of these. {AGAIN}"
        )
    frame, row = np.unique(table.values[:, when], return_inverse=True)
    if np.isnan(frame).any():
        raise DamagedFile(
            f"Each row of a long table needs a time or a frame, and one of {path.name} "
            f"has none. {AGAIN}"
        )
    point, dancers, names = _points(table, key, plain.column(*DANCER_KEYS))
    if len(frame) * len(names) > _MAX_CELLS:
        raise DamagedFile(
            "A long table needs most of its points in most of its frames, and "
            f"{path.name} has {len(table.values):,} rows for {len(frame):,} frames of "
            f"{len(names):,} points. {AGAIN}"
        )
    axes = [k for axis in "xyz" if (k := plain.column(axis)) is not None]
    place = np.full((len(frame), len(axes), len(names)), np.nan)
    _check_once(row, point, len(names), path)
    place[row, :, point] = table.values[:, axes]
    sure = plain.column(*_SURE_KEYS)
    believed = None
    if sure is not None:
        believed = np.full((len(frame), len(names)), np.nan)
        believed[row, point] = table.values[:, sure]
    time, timed = None, list[str]()
    if columns.time is not None:
        same = Columns(time=0, second=columns.second)
        time, timed = times_of(same, frame[:, None])
    return Long(dancers, names, place, believed, frame, time, [*timed, *lines])


def _points(
    table: Table, key: int, who: int | None
) -> tuple[NDArray[np.intp], list[str], list[str]]:
    """Which point each row is of, and the dancer and name of each point."""
    codes, labels = table.names[key]
    dancer, dancers = (np.zeros_like(codes), [""]) if who is None else table.names[who]
    both = dancer * len(labels) + codes
    different, first, point = np.unique(both, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    found = different[order]
    return (
        place[point],
        [dancers[k // len(labels)] for k in found],
        [labels[k % len(labels)] for k in found],
    )


def _check_once(
    row: NDArray[np.intp], point: NDArray[np.intp], count: int, path: Path
) -> None:
    if len(np.unique(row * count + point)) < len(row):
        raise DamagedFile(
            f"A long table needs each point once in a frame, and {path.name} has some "
            f"twice. {AGAIN}"
        )
