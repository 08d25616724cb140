"""What the page says: the words and numbers that the template sets in type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from repetiteur.coaching.floor import TIMING_FLOOR_S
from repetiteur.model.findings import Findings, Note
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import words
from repetiteur.report.clock import slots, usable
from repetiteur.report.slots import System
from repetiteur.report.stills import Still, Stills

SPOKEN = 3
#: Further moments of a note that have a button of their own.
MOST_AGAIN = 8
_OPEN_SYSTEMS = 8
_PARTS = {
    "unseen": "Not judged", "score": "When", "steps": "What", "quality": "Quality",
    "since": "Since",
}  # fmt: skip


@dataclass(frozen=True)
class NoteView:
    """A note as it is set in type."""

    id: str
    rank: int
    text: str
    priority: str
    place: list[str]
    reason: str
    difference: str
    rest: str
    again: list[str]
    reference_time: str
    take_time: str
    is_timing: bool
    has_glyph: bool
    stills: Mapping[str, Still]


@dataclass(frozen=True)
class TimingRow:
    """A line of the table of lateness."""

    count: str
    reference: str
    late: str
    interval: str
    beyond: bool


def is_timing(note: Note) -> bool:
    """Whether a note is about when, not about how."""
    return note.kind in ("late", "early")


def has_glyph(note: Note) -> bool:
    """Whether its difference stands on a scale: steps are there, or they are not."""
    gap = note.difference
    finite = np.isfinite([gap.value, *gap.interval90, gap.floor]).all()
    return bool(finite) and note.presence is None


def nothing_judged(findings: Findings) -> bool:
    """Whether there is nothing to show beside what could not be judged."""
    return not (
        findings.notes
        or usable(findings.timing)
        or findings.strengths
        or findings.within_floor
    )


def timing_floor(findings: Findings) -> float:
    """The smallest lateness that would be a note, s."""
    floors = [one.value for one in findings.floors if one.measure == "timing_path"]
    floors += [
        note.difference.floor
        for note in findings.notes
        if note.measure == "timing_path" and np.isfinite(note.difference.floor)
    ]
    return min(floors, default=TIMING_FLOOR_S)


def note_views(findings: Findings, pictures: Stills) -> list[NoteView]:
    """All notes in their order, each with the pictures that there are."""
    return [
        _note(rank, note, pictures) for rank, note in enumerate(findings.notes, start=1)
    ]


def _note(rank: int, note: Note, pictures: Stills) -> NoteView:
    gap = note.difference
    finite = bool(np.isfinite([gap.value, *gap.interval90, gap.floor]).all())
    main, rest = words.difference_words(note.measure, gap) if finite else ("", "")
    return NoteView(
        id=f"n{rank}",
        rank=rank,
        text=note.text,
        priority=words.PRIORITY_WORDS[note.priority],
        place=words.place_words(note),
        reason=note.reason,
        difference=main,
        rest=rest,
        again=[words.moment(span.start_s) for span in note.also[:MOST_AGAIN]],
        reference_time=words.moment(note.at_reference_s),
        take_time=words.moment(note.at_take_s),
        is_timing=is_timing(note),
        has_glyph=has_glyph(note),
        stills={
            who: still for (id_, who), still in pictures.of.items() if id_ == f"n{rank}"
        },
    )


def opening(findings: Findings) -> str:
    """The sentence under the title: how much there is to read.

    Examples
    --------
    >>> opening(Findings(notes=(), timing=(), within_floor=4))
    'No notes for the next run.'
    """
    if nothing_judged(findings):
        return "These recordings gave no result yet. What to do stands below."
    said = min(len(findings.notes), SPOKEN)
    parts = [f"{words.counted(said, 'note', 'notes')} for the next run"]
    parts[0] += ", the first one first." if said > 1 else "."
    if findings.strengths:
        keep = words.counted(len(findings.strengths), "thing", "things")
        parts.append(f"{keep} to keep.")
    nowhere = {entry.measure for entry in findings.not_judged if not entry.spans}
    if nowhere:
        many = words.number_word(len(nowhere))
        parts.append(f"{many} that these recordings cannot show.")
    elif findings.not_judged:
        parts.append("Some moments could not be judged.")
    return " ".join(part[:1].upper() + part[1:] for part in parts)


def parts(**there: object) -> list[tuple[str, str]]:
    """Where the page goes on after the notes: what to go to, and what it is called.

    Examples
    --------
    >>> parts(unseen=["a reason"], score=[], steps=None)
    [('h-unseen', 'Not judged')]
    """
    return [(f"h-{part}", _PARTS[part]) for part, what in there.items() if what]


def timing_rows(findings: Findings) -> list[TimingRow]:
    """The table of lateness, for readers without scripts or without sight."""
    floor = timing_floor(findings)
    return [
        TimingRow(
            count=row.count,
            reference=words.moment(row.reference_s),
            late=words.signed(row.late_s, "s"),
            interval=" to ".join(words.signed(x, "s") for x in row.interval90),
            beyond=is_beyond(row.interval90, floor),
        )
        for row in usable(findings.timing)
    ]


def is_beyond(interval90: tuple[float, float], floor: float) -> bool:
    """Whether all of an interval lies beyond the floor.

    Examples
    --------
    >>> is_beyond((0.05, 0.2), 0.045), is_beyond((0.03, 0.2), 0.045)
    (True, False)
    """
    low, high = interval90
    return low > floor or high < -floor


def systems(rehearsal: Rehearsal) -> tuple[list[System], list[System]]:
    """The lines of the ribbon: those laid open, and those folded."""
    if not usable(rehearsal.findings.timing):
        return [], []
    all_of_them = slots(rehearsal).systems()
    return all_of_them[:_OPEN_SYSTEMS], all_of_them[_OPEN_SYSTEMS:]
