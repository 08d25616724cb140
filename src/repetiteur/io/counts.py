"""Counts as a small table that people keep: a line for each, made to be corrected."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np

from repetiteur.errors import (
    DamagedFile,
    NothingToJudge,
    RepetiteurError,
    UnknownFormat,
    UnreadableRecording,
)
from repetiteur.io._json import one_line
from repetiteur.io._text import decoded, delimiter_of
from repetiteur.io.files import reason, replacing
from repetiteur.model.counts import Counts

__all__ = ["COLUMNS", "NEEDED", "counts_csv", "read_counts", "write_counts"]

COLUMNS = ("time_s", "beat", "bar", "count", "confidence")
NEEDED = COLUMNS[:-1]
MAX_BYTES, MAX_ROWS = 5 << 20, 50_000
#: What a cell may say; no music has more beats in a bar, and no recording is longer.
BOUNDS = {
    "time_s": (-1e5, 1e5),
    "beat": (1, 64),
    "bar": (-100_000, 100_000),
    "count": (1, 64),
    "confidence": (0, 1),
}
#: Counts that are nearer than this are one that was written twice, s.
NEAREST_S = 0.02


def counts_csv(counts: Counts) -> str:
    """Counts as CSV: time_s,beat,bar,count,confidence.

    Parameters
    ----------
    counts : Counts

    Returns
    -------
    str
        Times to the millisecond, confidences to the hundredth.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> print(counts_csv(counted(np.array([0.5, 1.0]), metre=4, one=1)), end="")
    time_s,beat,bar,count,confidence
    0.500,4,0,8,1.00
    1.000,1,1,1,1.00
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for time, beat, bar, count, sure in zip(
        counts.time_s,
        counts.beat,
        counts.bar,
        counts.count,
        counts.confidence,
        strict=True,
    ):
        writer.writerow([f"{time:.3f}", beat, bar, count, f"{sure:.2f}"])
    return out.getvalue()


def write_counts(counts: Counts, path: str | Path) -> None:
    """Write counts as CSV; the file is whole or not there.

    Parameters
    ----------
    counts : Counts
    path : str or Path

    Raises
    ------
    CannotWrite

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> file = getfixture("tmp_path") / "counts.csv"
    >>> write_counts(counted(np.arange(8) * 0.5, metre=2, one=0), file)
    >>> len(read_counts(file))
    8
    """
    with replacing(path) as beside:
        beside.write_text(counts_csv(counts), encoding="utf-8", newline="")


def read_counts(path: str | Path) -> Counts:
    r"""Read counts that were written here, and corrected by hand or in a spreadsheet.

    Parameters
    ----------
    path : str or Path
        CSV (with commas, semicolons or tabs) with the columns ``time_s``, ``beat``,
        ``bar`` and ``count``, in any order. Where ``confidence`` is not there, or its
        cell is empty, a person gave the time: it is 1. Further columns, empty lines and
        lines that begin with ``#`` are passed over. Counts may be missing: a fermata,
        a silence, a part that is not danced.

    Returns
    -------
    Counts

    Raises
    ------
    UnreadableRecording
        When the file cannot be read; as UnknownFormat where it has not these columns,
        as DamagedFile where a line says something else than it may, or its time is not
        after that of the line before.
    NothingToJudge
        When there is no count in it.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "counts.csv"
    >>> _ = file.write_text("time_s;beat;bar;count\n0,52;1;1;1\n1,31;2;1;2\n")
    >>> read_counts(file).time_s
    array([0.52, 1.31])
    """
    file = Path(path)
    lines = _lines(file)
    delimiter = delimiter_of(next(iter(lines.values()), ""))
    found: list[list[float]] = []
    head: list[str] = []
    for number, line in lines.items():
        row = _cells(line, delimiter, f"{file.name}, line {number},")
        if not head:
            head = [name.lower() for name in row]
            _check_head(head, file.name)
        elif any(row):
            where = f"{file.name}, line {number},"
            found.append(_numbers(head, row, where))
            before, now = found[-2:][0][0], found[-1][0]
            if len(found) > 1 and round(now - before, 6) < NEAREST_S:
                _wrong(where, f"a time after {before:g} s", f"{now:g} s")
    if not head:
        _check_head(head, file.name)
    if not found:
        raise NothingToJudge(
            f"Counts need a line for each, and {file.name} has none below its heading. "
            '"repetiteur counts MUSIC -o CSV" writes them.'
        )
    time_s, beat, bar, count, confidence = np.array(found).T
    beat, bar, count = (column.astype(np.int64) for column in (beat, bar, count))
    return Counts(time_s, beat, bar, count, confidence)


def _lines(file: Path) -> Mapping[int, str]:
    """Lines that say something, by their number; Excel's ``sep=`` says nothing."""
    try:
        with file.open("rb") as opened:  # what is no file may never end
            data = opened.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            _too_much(file.name, f"below {MAX_BYTES >> 20} MiB", "is larger")
        text = decoded(data).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedFile(
            f"Counts need to be text in UTF-8, and {file.name} is not. Save it as "
            '"CSV UTF-8".'
        ) from error
    except (OSError, ValueError) as error:
        if isinstance(error, RepetiteurError):
            raise
        raise UnreadableRecording(
            f"Counts need to be a readable file, and {file} is not: {reason(error)}. "
            "Check its name and permissions."
        ) from error
    lines = text.removeprefix("\ufeff").split("\n")
    if len(lines) > MAX_ROWS:
        _too_much(file.name, f"at most {MAX_ROWS:,} lines", f"has {len(lines):,}")
    return {
        number: line
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lower().lstrip('" ').startswith(("#", "sep="))
    }


def _too_much(name: str, needed: str, came: str) -> NoReturn:
    raise DamagedFile(
        f"Counts need to be {needed}, and {name} {came}. Give the counts alone."
    )


def _cells(line: str, delimiter: str, where: str) -> list[str]:
    try:
        found = next(
            csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True)
        )
    except csv.Error as error:
        raise DamagedFile(
            f"Counts need to be CSV, and {where} is not: {error}. Correct the line."
        ) from error
    return [cell.strip() for cell in found]


def _check_head(head: Sequence[str], name: str) -> None:
    known = [column for column in head if column in COLUMNS]
    if set(NEEDED) <= set(known) and len(known) == len(set(known)):
        return
    came = one_line(", ".join(head))[:120] or "nothing"
    raise UnknownFormat(
        f"Counts need the columns {', '.join(NEEDED)}, each once, and {name} begins "
        f'with {came}. "repetiteur counts MUSIC -o CSV" writes such a table.'
    )


def _numbers(head: Sequence[str], row: Sequence[str], where: str) -> list[float]:
    if any(row[len(head) :]):
        _wrong(where, f"{len(head)} cells", f"{len(row)}: is a comma a decimal one?")
    cells = dict(zip(head, row, strict=False))
    if not cells.get("confidence"):
        cells["confidence"] = "1"
    return [_number(cells.get(column, ""), column, where) for column in COLUMNS]


def _number(cell: str, column: str, where: str) -> float:
    try:  # with the comma and the minus that people write, too, not as Python's 1_0
        plain = cell.replace(",", ".").replace("\N{MINUS SIGN}", "-")
        value = float("nan" if "_" in plain else plain)
    except ValueError:
        value = float("nan")
    low, high = BOUNDS[column]
    whole = column in NEEDED[1:]
    if not low <= value <= high or (whole and value != round(value)):
        kind = "a whole number" if whole else "a number"
        _wrong(where, f"{kind} from {low:g} to {high:g} as {column}", cell)
    return value


def _wrong(where: str, needed: str, came: str) -> NoReturn:
    raise DamagedFile(
        f"A count needs {needed}, and {where} has {one_line(came)[:60] or 'none'}. "
        "Correct the line."
    )
