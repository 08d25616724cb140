"""What the page says: the words and numbers that the template sets in type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from repetiteur.align.envelope import holds
from repetiteur.coaching.floor import TIMING_FLOOR_S
from repetiteur.model.findings import Findings, Note
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report import words
from repetiteur.report.clock import slots, time_span, usable
from repetiteur.report.music import music_words
from repetiteur.report.slots import System
from repetiteur.report.stills import Still, Stills

SPOKEN = 3
#: Further moments of a note that have a button of their own.
MOST_AGAIN = 8
DOUBTFUL, _SURE = 0.5, 0.8
_MOSTLY_JUDGED, _FEW_SPANS = 0.75, 4
_OPEN_SYSTEMS = 8
#: A bone that is surely this far off is named, deg.
_WORTH_NAMING_DEG = 3.0
_PARTS = {
    "unseen": "Not judged", "score": "When", "steps": "What", "quality": "Quality",
    "since": "Since",
}  # fmt: skip
_NAMED = 4


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
class Fact:
    """A line of the list beside the title; ``who`` adds that performance's mark."""

    label: str
    text: str
    who: str = ""


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


def facts(rehearsal: Rehearsal) -> list[Fact]:
    """Whose, what, beside whom else, and the same side or the other."""
    line_up = rehearsal.alignment
    same = line_up.side == "same"
    side = "the same side" if same else "the other side: it matches after swapping"
    return [
        Fact("Take", _file_words(rehearsal.take), "take"),
        Fact("Reference", _file_words(rehearsal.reference), "ref"),
        *_further(rehearsal),
        Fact("Side", side),
        Fact("Tempo", words.tempo_words(line_up.tempo_ratio)),
        *_music(rehearsal),
        *_whole_pose(rehearsal.findings),
        Fact("How sure", how_sure(rehearsal), "sep"),
    ]


def _whole_pose(findings: Findings) -> list[Fact]:
    """How far the pose as a whole is from the reference's, where that was judged."""
    found = findings.pose_distance
    if found is None:
        return []
    low, high = found.whole.interval90
    most = max(found.bones, key=lambda name: found.bones[name].interval90[0])
    said = f"{found.whole.value:.0f}° from the reference's ({low:.0f}° to {high:.0f}°)"
    if found.bones[most].interval90[0] >= _WORTH_NAMING_DEG:
        said += f", most the {most.replace('_', ' ')}"
    return [Fact("Whole pose", said)]


def _music(rehearsal: Rehearsal) -> list[Fact]:
    """What lateness counts from, where somebody asked for music."""
    found = rehearsal.music
    return [] if found is None else [Fact("Music", music_words(found))]


def _further(rehearsal: Rehearsal) -> list[Fact]:
    named = [_file_words(one) for one in rehearsal.references]
    more = len(named) - _NAMED
    shown = "; ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return [Fact("And also", shown, "ref")] if named else []


def spread(rehearsal: Rehearsal) -> str:
    """What several references mean for the notes; nothing where there is one."""
    more = len(rehearsal.references)
    if not more:
        return ""
    many = words.number_word(more + 1)
    share = share_of(holds(more + 1))
    return (
        f"{many.capitalize()} references dance this phrase. What they have between "
        "them, of shape and of time, is interpretation and no note; a difference "
        "counts from the nearest of them. The next one to dance it would stay between "
        f"them in about {share} moments: the more of them, the surer."
    )


def share_of(share: float) -> str:
    """A share as so many of so many.

    Examples
    --------
    >>> share_of(1 / 3), share_of(0.5), share_of(0.6), share_of(0.9)
    ('one of three', 'one of two', 'three of five', 'nine of ten')
    """
    near = Fraction(share).limit_denominator(12)
    return (
        f"{words.number_word(near.numerator)} of {words.number_word(near.denominator)}"
    )


def how_sure(rehearsal: Rehearsal) -> str:
    """How sure the line-up is, how much was judged, how large the errors are."""
    line_up, findings = rehearsal.alignment, rehearsal.findings
    if nothing_judged(findings):
        return "Nothing in these recordings could be judged."
    said = ["Line-up unsure: read the times with care."]
    if line_up.confidence >= DOUBTFUL:
        said = ["Lined up, with some doubt."]
    if line_up.confidence >= _SURE:
        said = ["Lined up surely."]
    said.append(_share_judged(rehearsal))
    said += _errors(findings)
    return " ".join(part for part in said if part)


def _share_judged(rehearsal: Rehearsal) -> str:
    whole = time_span(rehearsal)
    spans = slots(rehearsal).judged(usable(rehearsal.findings.timing), whole)
    if not spans:
        return "Timing was not judged."
    seconds = sum(span.end_s - span.start_s for span in spans)
    length = whole.end_s - whole.start_s
    judged = f"Timing judged in {seconds:.1f} of the reference's {length:.1f} s."
    if seconds >= _MOSTLY_JUDGED * length or len(spans) > _FEW_SPANS:
        return judged
    only = " and ".join(words.stretch(span) for span in spans)
    return f"Lined up for {only} only. {judged}"


def _errors(findings: Findings) -> list[str]:
    said = []
    angles = [
        0.5 * float(np.ptp(note.difference.interval90))
        for note in findings.notes
        if note.difference.unit == "deg" and np.isfinite(note.difference.value)
    ]
    if angles:
        least, most = (words.size(v, "deg") for v in (min(angles), max(angles)))
        span = f"±{least}" if least == most else f"±{least} to ±{most}"
        said.append(f"Angles to {span}.")
    times = [0.5 * float(np.ptp(row.interval90)) for row in usable(findings.timing)]
    if times:
        said.append(f"Times mostly to ±{words.size(float(np.median(times)), 's')}.")
    return said


def _file_words(recording: Recording) -> str:
    length = words.moment(recording.duration_s).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{words.file_name(recording.source)}, {length}"


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
