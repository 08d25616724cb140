"""Notes of an earlier rehearsal, read again from notes.json.

The file may come from anywhere: it is bounded, and everything that is used of it is
checked. Fields that are not known are passed over, so that files of later versions are
read as long as the schema is the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, get_args

from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io._json import one_line, parsed
from repetiteur.io.files import reason
from repetiteur.model.findings import Difference, Presence, Span
from repetiteur.model.skeletons import Side

__all__ = ["SCHEMA", "Earlier", "EarlierNote", "read_notes"]

T = TypeVar("T")

SCHEMA = "repetiteur.notes/1"
MAX_BYTES = 20 << 20
#: Most notes of one rehearsal, and the furthest that any number in it goes.
_NAME = re.compile(r"[\w°%](?:[\w.°%/-]{0,79})")
MAX_NOTES, MAX_NUMBER = 1000, 1e6
_SIDES: tuple[Side | Literal["both"] | None, ...] = ("left", "right", "both", None)


@dataclass(frozen=True)
class EarlierNote:
    """A note as it was given then: what, where in the reference, and how large.

    ``at_reference_s`` is the moment at which it showed best.
    """

    id: str
    measure: str
    side: Side | Literal["both"] | None
    reference: Span
    at_reference_s: float
    difference: Difference
    presence: Presence | None = None


@dataclass(frozen=True)
class Earlier:
    """An earlier rehearsal: its take, what it was beside, and its notes.

    ``references`` are the SHA-256 of the first reference and of all further ones;
    ``side`` says whether the take danced the same side as the reference, or the other.
    """

    source: str
    references: tuple[str, ...]
    side: Literal["same", "mirrored"]
    notes: tuple[EarlierNote, ...]


def read_notes(path: str | Path) -> Earlier:
    """Read the notes of an earlier rehearsal.

    Parameters
    ----------
    path : str or Path
        A notes.json.

    Returns
    -------
    Earlier

    Raises
    ------
    UnreadableRecording
        When the file cannot be read; as UnknownFormat where it is no notes.json, as
        DamagedFile where something in it is missing, no number or beyond all bounds.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "notes.json"
    >>> _ = file.write_text('{"schema": "repetiteur.steps/1"}')
    >>> read_notes(file)
    Traceback (most recent call last):
        ...
    repetiteur.errors.UnknownFormat: ... and notes.json says repetiteur.steps/1. ...
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableRecording(
            f"Notes of an earlier rehearsal need to be a readable file, and {path} is "
            f"not: {reason(error)}. Check its name and permissions."
        ) from error
    if len(data) > MAX_BYTES:
        _damaged(file.name, f"to be below {MAX_BYTES >> 20} MiB", "more")
    document = parsed(data, file.name)
    said = document.get("schema") if isinstance(document, dict) else None
    if said != SCHEMA:
        raise UnknownFormat(
            f"Notes of an earlier rehearsal need to say that they are {SCHEMA}, and "
            f"{file.name} says {one_line(said or 'nothing of the kind')}. Give the "
            'notes.json that "repetiteur rehearse" wrote.'
        )
    return _earlier(_Fields(document, file.name, ""))


def _damaged(name: str, needed: str, came: object) -> NoReturn:
    raise DamagedFile(
        f"Notes of an earlier rehearsal need {needed}, and {name} has "
        f"{one_line(came)[:60]}. Rehearse that take again."
    )


@dataclass(frozen=True)
class _Fields:
    """An object of the document, whose fields are checked as they are taken."""

    values: Mapping[str, Any]
    file: str
    where: str

    def bad(self, field: str, needed: str) -> NoReturn:
        came = self.values.get(field)
        _damaged(self.file, f"{needed} as {self.where}{field}", repr(came))

    def inner(self, field: str) -> _Fields:
        value = self.values.get(field)
        if not isinstance(value, dict):
            self.bad(field, "an object")
        return _Fields(value, self.file, f"{self.where}{field}.")

    def listed(self, field: str) -> list[_Fields]:
        """The objects of a list; none where there is no list."""
        values = self.values.get(field, [])
        if not isinstance(values, list) or len(values) > MAX_NOTES:
            self.bad(field, f"a list of at most {MAX_NOTES} objects")
        if not all(isinstance(value, dict) for value in values):
            self.bad(field, "a list of objects")
        return [
            _Fields(value, self.file, f"{self.where}{field}[{k}].")
            for k, value in enumerate(values)
        ]

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not one_line(value):
            self.bad(field, "words")
        return one_line(value)

    def name(self, field: str) -> str:
        """A name as the program gives them: letters, digits, points, a degree sign.

        It goes on to tables that are opened as spreadsheets, where other signs would
        be formulas.
        """
        value = self.text(field)
        if not _NAME.fullmatch(value):
            self.bad(field, "a name of letters, digits, points and lines")
        return value

    def number(self, field: str) -> float:
        value: Any = self.values.get(field)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or not abs(value) <= MAX_NUMBER:
            self.bad(field, f"a number within ±{MAX_NUMBER:g}")
        return float(value)

    def one_of(self, field: str, known: tuple[T, ...]) -> T:
        value = self.values.get(field)
        if not (value is None or isinstance(value, str)) or value not in known:
            names = ", ".join("null" if one is None else str(one) for one in known)
            self.bad(field, f"one of {names}")
        return value

    def edges(self, field: str) -> tuple[float, float]:
        """Two numbers, the lower one first."""
        pair = self.values.get(field)
        if not isinstance(pair, list) or len(pair) != 2:
            self.bad(field, "two numbers")
        ends = dict(zip("01", pair, strict=True))
        both = _Fields(ends, self.file, f"{self.where}{field}.")
        low, high = both.number("0"), both.number("1")
        if not low <= high:
            self.bad(field, "a lower and a higher number")
        return low, high

    def span(self, field: str) -> Span:
        inner = self.inner(field)
        start, end = inner.number("start_s"), inner.number("end_s")
        if not start <= end:
            self.bad(field, "a beginning before its end")
        return Span(start, end)


def _earlier(document: _Fields) -> Earlier:
    first = document.inner("reference").text("sha256")
    if "notes" not in document.values:
        document.bad("notes", "a list of notes, be it empty")
    further = [one.text("sha256") for one in document.listed("references")]
    return Earlier(
        source=document.inner("take").text("source"),
        references=(first, *further),
        side=document.inner("alignment").one_of("side", ("same", "mirrored")),
        notes=tuple(_note(one) for one in document.listed("notes")),
    )


def _note(note: _Fields) -> EarlierNote:
    span = note.span("reference")
    middle = 0.5 * (span.start_s + span.end_s)
    at = note.inner("at").number("reference_s") if "at" in note.values else middle
    return EarlierNote(
        id=note.name("id"),
        measure=note.name("measure"),
        side=note.one_of("side", _SIDES),
        reference=span,
        at_reference_s=at,
        difference=_difference(note.inner("difference")),
        presence=note.one_of("presence", (*get_args(Presence), None)),
    )


def _difference(gap: _Fields) -> Difference:
    value, (low, high) = gap.number("value"), gap.edges("interval90")
    floor = gap.number("floor")
    if not low <= value <= high:
        gap.bad("interval90", "an interval that holds the value")
    if not (floor >= 0.0 and math.isfinite(floor)):
        gap.bad("floor", "a floor from 0")
    return Difference(value, gap.name("unit"), (low, high), floor)
