"""The rows of a table of numbers, read in blocks, without a loop over the cells.

An empty cell is a gap. A row that is too short or too long, a word where a number
should be and an unclear decimal comma are refused, with their place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile
from repetiteur.io._cells import cell_values, decimal_points
from repetiteur.io._text import AGAIN

__all__ = ["Layout", "Table", "enough_rows", "read_table"]

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]

_BLOCK = 4 << 20  # bytes at a time
_NAMED_BLOCK = 1 << 19  # where names are taken out, which needs more memory
_MAX_VALUES = 200_000_000
_MAX_NAME = 200  # bytes of a name in a cell
_MAX_NAMES = 20_000  # of different ones in a column
_END = 10  # line feed
_UNIT = "\x1f"  # stands between cells once quotes are gone


@dataclass(frozen=True)
class Layout:
    """How the rows of a table are made.

    Attributes
    ----------
    width : int
        Cells of a row; one more, empty, may follow.
    delimiter : str
        Between the cells: one ASCII character.
    texts : sequence of int
        Columns of names instead of numbers, increasing.
    """

    width: int
    delimiter: str
    texts: Sequence[int] = ()


@dataclass(frozen=True)
class Table:
    """The rows of a table.

    Attributes
    ----------
    values : (rows, columns) float
        NaN where a cell is empty; 0 in columns of names.
    names : mapping of int to ((rows,) int, list of str)
        For each column of names, which of the names stands in each row.
    ended : bool
        Whether the last row has its line end: where it has not, it may be cut.
    """

    values: Array
    names: dict[int, tuple[NDArray[np.intp], list[str]]]
    ended: bool


def read_table(data: bytes, start: int, layout: Layout) -> Table:
    r"""Read the rows of a table up to the end of the text.

    Parameters
    ----------
    data : bytes
        Text with ``\n`` at line ends (:func:`repetiteur.io._text.text_of`).
    start : int
        Where the first row begins.
    layout : Layout

    Returns
    -------
    Table
        Without rows that are empty.

    Raises
    ------
    DamagedFile
        When a row has too few or too many cells, or a cell is not a number.

    Examples
    --------
    >>> table = read_table(b"0;;1,5\n1;2;NaN\n", 0, Layout(3, ";"))
    >>> table.values.tolist(), table.ended
    ([[0.0, nan, 1.5], [1.0, 2.0, nan]], True)
    >>> read_table(b"0,knee\n0,hip\n", 0, Layout(2, ",", texts=[1])).names
    {1: (array([0, 1]), ['knee', 'hip'])}
    """
    end = max(start, _last(data))
    ended = data[end : end + 1] == b"\n"
    rows = data.count(b"\n", start, end) + 1
    if rows * layout.width > _MAX_VALUES:
        raise DamagedFile(
            f"A table needs at most {_MAX_VALUES // layout.width:,} rows of "
            f"{layout.width} cells, and this one has {rows:,}. Export it in parts."
        )
    values = np.empty((rows, layout.width))
    names = [_Names() for _ in layout.texts]
    filled = 0
    size = min(_BLOCK, _NAMED_BLOCK) if layout.texts else _BLOCK
    for block in _blocks(data, start, end, size):
        part = _block(block, layout, names, filled)
        values[filled : filled + len(part)] = part
        filled += len(part)
    if not layout.texts:
        filled = _without_empty_end(values[:filled])
    found = {
        column: name.all() for column, name in zip(layout.texts, names, strict=True)
    }
    return Table(values[:filled], found, ended)


def enough_rows(claimed: str, found: int, path: Path) -> None:
    """Refuse a table with fewer rows than its header says.

    Parameters
    ----------
    claimed : str
        What the header says; anything but a count says nothing.
    found : int
    path : Path
        For its name, in the message.

    Raises
    ------
    DamagedFile
        Also where there is no row at all.

    Examples
    --------
    >>> enough_rows("2", 2, Path("a.trc"))
    """
    count = int(claimed) if claimed.isdecimal() and len(claimed) < 10 else 0
    if found < count or not found:
        raise DamagedFile(
            f"The header of {path.name} says {claimed or 'no'} frames, and {found} are "
            f"there: the file is cut short. {AGAIN}"
        )


def _last(data: bytes) -> int:
    """Where the last row ends, without its line end."""
    tail = data[-4096:]
    return len(data) - len(tail) + len(tail.rstrip(b" \n\0\x1a"))


def _without_empty_end(values: Array) -> int:
    """How many rows there are before those that spreadsheets leave behind."""
    rows = len(values)
    while rows and np.isnan(values[rows - 1]).all():
        rows -= 1
    return rows


def _blocks(data: bytes, start: int, end: int, size: int) -> Iterator[bytes]:
    """Whole lines, of about this size together, each with its line end."""
    while start < end:
        cut = min(start + size, end)
        line = data.find(b"\n", cut, end)
        cut = end if line < 0 else line + 1
        block = data[start:cut]
        yield block if block.endswith(b"\n") else block + b"\n"
        start = cut


class _Names:
    """The names in one column, block by block."""

    def __init__(self) -> None:
        self.place: dict[bytes, int] = {}
        self.codes: list[NDArray[np.intp]] = []

    def add(self, cells: NDArray[np.bytes_]) -> None:
        names, first, codes = np.unique(cells, return_index=True, return_inverse=True)
        for name in names[np.argsort(first)].tolist():
            self.place.setdefault(name, len(self.place))
        if len(self.place) > _MAX_NAMES:
            raise DamagedFile(
                f"A column of names needs at most {_MAX_NAMES:,} different ones, and "
                f"this one has more. {AGAIN}"
            )
        places = [self.place[name] for name in names.tolist()]
        self.codes.append(np.array(places, dtype=np.intp)[codes])

    def all(self) -> tuple[NDArray[np.intp], list[str]]:
        """Which name stands in each row, and the names in the order they come."""
        texts = [_decoded(name) for name in self.place]
        names = list(dict.fromkeys(texts))
        same = np.array([names.index(text) for text in texts], dtype=np.intp)
        codes = np.concatenate(self.codes) if self.codes else np.empty(0, dtype=np.intp)
        return same[codes], names


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8").strip()
    except UnicodeDecodeError:
        return name.decode("latin-1").strip()


def _block(block: bytes, layout: Layout, names: list[_Names], before: int) -> Array:
    """The numbers of some lines, (rows, width)."""
    block, delimiter = _unquoted(block, layout)
    data = np.frombuffer(block, dtype=np.uint8)
    data, marks = _aligned(data, ord(delimiter), layout.width, before)
    if not marks.size:
        return np.empty((0, layout.width))
    if layout.texts:
        data = _without_names(data, marks, layout.texts, names)
    text = data.tobytes()
    if layout.delimiter != ",":
        text = decimal_points(text)
    gaps = b" " in text or bool((np.diff(marks.ravel(), prepend=-1) == 1).any())
    return cell_values(text, delimiter.encode(), marks.shape, before, gaps=gaps)


def _unquoted(block: bytes, layout: Layout) -> tuple[bytes, str]:
    if b'"' not in block:
        return block, layout.delimiter
    if not layout.texts and layout.delimiter != ",":
        return block.replace(b'"', b""), layout.delimiter
    lines = block.decode("latin-1").replace(_UNIT, " ").split("\n")[:-1]
    try:
        rows = list(csv.reader(lines, delimiter=layout.delimiter, strict=True))
    except csv.Error as error:
        raise DamagedFile(
            f"The rows of a table need quotes in pairs, and these: {error}. {AGAIN}"
        ) from error
    plain = "".join(_UNIT.join(row) + "\n" for row in rows)
    return plain.encode("latin-1"), _UNIT


def _aligned(
    data: Bytes, delimiter: int, width: int, before: int
) -> tuple[Bytes, NDArray[np.intp]]:
    """The text with ``width`` cells in each row, and where each cell ends."""
    ends = np.flatnonzero(data == _END)
    empty = np.diff(ends, prepend=-1) == 1
    if empty.any():
        data = np.delete(data, ends[empty])
        ends = np.flatnonzero(data == _END)
    marks = np.flatnonzero((data == delimiter) | (data == _END))
    counts = np.diff(np.searchsorted(marks, ends), prepend=-1)
    longer = ends[counts == width + 1]
    if longer.size and (data[longer - 1] == delimiter).all():
        data = np.delete(data, longer - 1)
        counts[counts == width + 1] = width
        marks = np.flatnonzero((data == delimiter) | (data == _END))
    wrong = np.flatnonzero(counts != width)
    if wrong.size:
        row = int(wrong[0])
        last = " (the last)" if row == len(counts) - 1 else ""
        raise DamagedFile(
            f"Every row of this table needs {width} cells, and row {before + row + 1}"
            f"{last} has {counts[row]}. {AGAIN}"
        )
    return data, marks.reshape(-1, width)


def _without_names(
    data: Bytes, marks: NDArray[np.intp], texts: Sequence[int], names: list[_Names]
) -> Bytes:
    """The text with 0 in place of each name; the names are handed over."""
    out = data.copy()
    first = np.concatenate([[0], marks[:-1, -1] + 1])
    for column, collected in zip(texts, names, strict=True):
        begin = first if column == 0 else marks[:, column - 1] + 1
        size = marks[:, column] - begin
        longest = int(size.max())
        if longest > _MAX_NAME:
            raise DamagedFile(
                f"Names need to be below {_MAX_NAME} letters, and column {column + 1} "
                f"has one of {longest}. {AGAIN}"
            )
        each = np.arange(max(longest, 1))
        inside = each < size[:, None]
        at = np.minimum(begin[:, None] + each, len(data) - 1)
        cells = np.where(inside, data[at], 0).astype(np.uint8)
        collected.add(cells.view(f"S{len(each)}").ravel())
        out[at[inside]] = ord(" ")
        out[begin[size > 0]] = ord("0")
    return out
