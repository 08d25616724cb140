"""Other people's plain tables: what their columns are, found by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._columns import columns_of
from repetiteur.io._kinds import header_of, point_key
from repetiteur.io._table_times import times_of
from repetiteur.io._tables import Layout, Table, read_table
from repetiteur.io._text import AGAIN, delimiter_of, take_line, text_of
from repetiteur.io.markers import Markers
from repetiteur.io.scale import UNITS, Header

__all__ = [
    "DANCER_KEYS",
    "Plain",
    "confidences",
    "open_plain",
    "whole_rows",
    "wide_markers",
]

Array = NDArray[np.float64]

_CUT = "warning: the last row was left out, since no line end follows it: it may be cut"
DANCER_KEYS = ("individual", "dancer", "person", "subject", "track")
_NAMES_KEYS = (*DANCER_KEYS, "model", "trajectory", "landmark_name")


@dataclass(frozen=True)
class Plain:
    """A table with its names in one line, and its rows behind it.

    Attributes
    ----------
    names : list of str
        Of the columns.
    table : Table
    """

    names: list[str]
    table: Table

    def column(self, *wanted: str) -> int | None:
        """The first column of these names, without case."""
        lower = [name.casefold() for name in self.names]
        return next((lower.index(name) for name in wanted if name in lower), None)

    def rows(self, kept: NDArray[np.bool_]) -> Plain:
        """The same table with these rows alone."""
        names = {
            k: (codes[kept], texts) for k, (codes, texts) in self.table.names.items()
        }
        return Plain(
            self.names, Table(self.table.values[kept], names, self.table.ended)
        )


def _text_columns(names: Sequence[str], line: str, delimiter: str) -> list[int]:
    """The columns that hold names: by their own name, or by what the first row has."""
    first = [] if '"' in line else line.split(delimiter)
    found = {k for k, name in enumerate(names) if name.casefold() in _NAMES_KEYS}
    found |= {k for k, cell in enumerate(first[: len(names)]) if _is_word(cell)}
    key = point_key(names)
    columns = columns_of(names)
    numbers = {k for point in columns.points.values() for k in point.values()}
    numbers |= {k for k, name in enumerate(names) if name.casefold() in ("x", "y", "z")}
    numbers |= {k for k in (columns.time, columns.frame) if k is not None}
    return sorted((found - numbers) | ({key} if key is not None else set()))


def _is_word(cell: str) -> bool:
    plain = cell.strip().replace(",", ".", 1)
    if not plain or plain.lower() in ("n/a", "na", "null", "none", "-"):
        return False
    try:
        float(plain)
    except ValueError:
        return True
    return False


def open_plain(path: Path) -> Plain:
    """Read a plain table: its names, and its rows.

    Raises
    ------
    DamagedFile
        When it has no names, or its rows are broken.
    """
    data = text_of(path)
    at, lines = 0, list[str]()
    while at < len(data) and len(lines) < 1000:
        line, at = take_line(data, at)
        lines.append(line.removeprefix("\ufeff"))
        found, names = header_of(lines[-1:])
        if found == 0:
            delimiter = delimiter_of(lines[-1])
            texts = _text_columns(names, take_line(data, at)[0], delimiter)
            layout = Layout(len(names), delimiter, texts)
            return Plain(names, read_table(data, at, layout))
    raise DamagedFile(
        f"A table needs a line with the names of its columns, and {path.name} has none."
        f" {AGAIN}"
    )


def wide_markers(plain: Plain, path: Path, software: str = "CSV") -> Markers:
    """The points of a table with a row for each frame.

    Parameters
    ----------
    plain : Plain
    path : Path
        For its name, in messages.
    software : str

    Returns
    -------
    Markers
        The unit is that of the columns' names; a system's reader adds what it knows.
    """
    columns = columns_of(plain.names)
    if not columns.points:
        raise DamagedFile(
            f"A table of points needs columns such as left_knee_x, left_knee_y, and "
            f"{path.name} has none. {AGAIN}"
        )
    table, lines = whole_rows(plain.table)
    axes = ["x", "y", "z"] if all("z" in a for a in columns.points.values()) else "xy"
    place = np.stack(
        [table.values[:, [p[axis] for p in columns.points.values()]] for axis in axes],
        axis=1,
    )
    sure = None
    if columns.sure.keys() >= columns.points.keys():
        sure = table.values[:, [columns.sure[name] for name in columns.points]]
    time, timed = times_of(columns, table.values)
    return Markers(
        list(columns.points),
        place,
        software,
        time=time,
        confidence=confidences(sure, place),
        header=Header(unit=columns.unit if columns.unit in UNITS else None),
        lines=[*timed, *lines],
    )


def whole_rows(table: Table) -> tuple[Table, list[str]]:
    """The rows that are surely whole, and a line on one that may not be."""
    if table.ended or len(table.values) < 2:
        return table, []
    names = {k: (codes[:-1], texts) for k, (codes, texts) in table.names.items()}
    return Table(table.values[:-1], names, ended=True), [_CUT]


def confidences(sure: Array | None, place: Array) -> Array | None:
    """How sure each point is, 0 to 1; NaN where it was not seen."""
    if sure is None:
        return None
    seen = np.isfinite(place).all(axis=1) & np.isfinite(sure)
    return np.where(seen, np.clip(sure, 0.0, 1.0), np.nan)
