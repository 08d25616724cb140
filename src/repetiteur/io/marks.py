"""Marks on notes: a small table that people keep, a line for each note and rater."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, cast, get_args

from repetiteur.errors import (
    DamagedFile,
    RepetiteurError,
    UnknownFormat,
    UnreadableRecording,
)
from repetiteur.io._json import one_line
from repetiteur.io._text import decoded, delimiter_of
from repetiteur.io.files import reason

__all__ = ["COLUMNS", "NEEDED", "Answer", "Mark", "read_marks"]

#: What a rater says of a note: right, wrong, right perhaps but not for now. ``missed``
#: is a fault that no note names; ``none_missed`` says that the rater looked for such
#: and found none.
Answer = Literal["accept", "reject", "not_now", "missed", "none_missed"]
COLUMNS = ("notes", "note", "measure", "side", "said", "unit", "mark", "size", "rater",
           "when")  # fmt: skip
NEEDED = ("notes", "note", "mark", "rater")
MAX_BYTES, MAX_ROWS = 5 << 20, 50_000
MAX_SIZE = 1e6


@dataclass(frozen=True)
class Mark:
    """What one rater says of one note.

    Attributes
    ----------
    notes : str
        Which rehearsal: any name, the same for the same notes.json.
    note : str
        The note's id; of a missed fault any name of its own.
    answer : {"accept", "reject", "not_now", "missed", "none_missed"}
    rater : str
    said, size : float or None
        The size in the note, and the rater's own, in ``unit``.
    unit : str
    """

    notes: str
    note: str
    answer: Answer
    rater: str
    said: float | None = None
    size: float | None = None
    unit: str = ""


def read_marks(path: str | Path) -> tuple[Mark, ...]:
    r"""Read a table of marks.

    Parameters
    ----------
    path : str or Path
        CSV (with commas, semicolons or tabs) with the columns ``notes``, ``note``,
        ``mark`` and ``rater``, in any order; ``said``, ``size`` and ``unit`` are used
        where they are there, all others are passed over. So are lines without a mark.

    Returns
    -------
    tuple of Mark
        In the order of the lines.

    Raises
    ------
    UnreadableRecording
        When the file cannot be read; as UnknownFormat where it has not these columns,
        as DamagedFile where a line says something else than it may.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "marks.csv"
    >>> _ = file.write_text("notes,note,mark,rater\nmonday,n1,accept,Anna\n")
    >>> read_marks(file)[0].answer
    'accept'
    """
    file = Path(path)
    lines = _text(file).split("\n")
    table = csv.reader(lines, delimiter=delimiter_of(lines[0]), skipinitialspace=True)
    found: list[Mark] = []
    try:
        head = [name.strip().lower() for name in next(table)]
        if not set(NEEDED) <= set(head):
            _unknown(file.name, head)
        for cells in table:
            row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
            mark = _mark(row, f"{file.name}, line {table.line_num},")
            found += [mark] if mark else []
    except csv.Error as error:
        raise DamagedFile(
            f"A table of marks needs to be CSV, and {file.name} is not in line "
            f"{table.line_num}: {error}. Save it again."
        ) from error
    return tuple(found)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:  # what is no file may never end
            data = opened.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise DamagedFile(
                f"A table of marks needs to be below {MAX_BYTES >> 20} MiB, and "
                f"{file.name} is larger. Give the marks alone."
            )
        text = decoded(data).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedFile(
            f"A table of marks needs to be text in UTF-8, and {file.name} is not. Save "
            'it as "CSV UTF-8".'
        ) from error
    except (OSError, ValueError) as error:
        if isinstance(error, RepetiteurError):
            raise
        raise UnreadableRecording(
            f"A table of marks needs to be a readable file, and {file} is not: "
            f"{reason(error)}. Check its name and permissions."
        ) from error
    if text.count("\n") > MAX_ROWS:
        raise DamagedFile(
            f"A table of marks needs at most {MAX_ROWS:,} lines, and {file.name} has "
            f"{text.count(chr(10)):,}. Give it in parts."
        )
    return text


def _unknown(name: str, head: Sequence[str]) -> NoReturn:
    came = one_line(", ".join(head)) or "nothing"
    raise UnknownFormat(
        f"A table of marks needs the columns {', '.join(NEEDED)}, and {name} begins "
        f'with {came}. "repetiteur agreement --blank notes.json" prints one to fill in.'
    )


def _mark(row: Mapping[str, str], where: str) -> Mark | None:
    """A line of the table; None of one without a mark."""
    answer = row.get("mark", "").lower().replace(" ", "_")
    if not answer:
        return None
    if answer not in get_args(Answer):
        _wrong(where, f"one of {', '.join(get_args(Answer))} as mark", answer)
    for name in ("notes", "rater", *(() if answer == "none_missed" else ("note",))):
        if not row.get(name):
            _wrong(where, f"a {name}", "none")
    return Mark(
        notes=one_line(row["notes"]),
        note=one_line(row.get("note", "")),
        answer=cast(Answer, answer),
        rater=one_line(row["rater"]),
        said=_size(row, "said", where),
        size=_size(row, "size", where),
        unit=one_line(row.get("unit", "")),
    )


def _size(row: Mapping[str, str], name: str, where: str) -> float | None:
    cell = row.get(name, "")
    if not cell:
        return None
    try:  # with the comma and the minus that people write, too, not as Python's 1_0
        plain = cell.replace(",", ".").replace("\N{MINUS SIGN}", "-")
        value = float("nan" if "_" in plain else plain)
    except ValueError:
        value = float("nan")
    if not abs(value) <= MAX_SIZE:
        _wrong(where, f"a number as {name}", cell)
    return value


def _wrong(where: str, needed: str, came: str) -> NoReturn:
    raise DamagedFile(
        f"A mark needs {needed}, and {where} has {one_line(came)[:60]}. "
        "Correct the line."
    )
