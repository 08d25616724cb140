"""The stretches that charts show: some seconds about the moments of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from repetiteur.coaching.courses import course_of
from repetiteur.model.findings import Course, Findings, Note, Span

#: Seconds of every panel, as of the ribbon's systems: one scale of time on a page.
PANEL_S = 8.0
#: A moment lies at least this far, s, from the ends of its panel.
MARGIN_S = 1.5
#: Panels of a long report; what further ones would show stands in curves.csv.
MOST_PANELS = 24


@dataclass(frozen=True)
class Moment:
    """A moment of a note, in the reference's seconds, with what was measured there.

    ``first`` says that it is the one that the note's numbers speak of.
    """

    rank: int
    at_s: float
    take_s: float
    span: Span
    reference: float
    take: float
    spread: tuple[float, float] | None
    first: bool


@dataclass(frozen=True)
class Panel:
    """Some seconds of a course, with the moments of notes that lie in them."""

    course: Course
    start_s: float
    end_s: float
    moments: tuple[Moment, ...]

    @property
    def length_s(self) -> float:
        """How long it is."""
        return self.end_s - self.start_s

    @property
    def rank(self) -> int:
        """The first of its notes."""
        return min(moment.rank for moment in self.moments)

    @property
    def is_first(self) -> bool:
        """Whether the numbers of a note speak of what it shows."""
        return any(moment.first for moment in self.moments)


def panels(findings: Findings) -> list[Panel]:
    """What charts show, the first note first.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    list of Panel
        The panels of the numbers of notes first, then those of their other moments.
    """
    ranked = list(enumerate(findings.notes, start=1))
    found = []
    for course in findings.courses:
        at = course.measure, course.side
        mine = [(rank, note) for rank, note in ranked if at in course_of(note)]
        found += _of_course(course, [m for one in mine for m in _moments(course, *one)])
    found.sort(key=lambda one: (not one.is_first, one.rank, one.start_s))
    return found[:MOST_PANELS]


def _moments(course: Course, rank: int, note: Note) -> list[Moment]:
    own = note.side == course.side  # a note on both sides has values of neither
    first = Moment(
        rank=rank,
        at_s=note.at_reference_s,
        take_s=note.at_take_s,
        span=note.reference,
        reference=note.reference_value if own else np.nan,
        take=note.take_value if own else np.nan,
        spread=note.spread if own else None,
        first=True,
    )
    return [first, *filter(None, (_again(course, rank, span) for span in note.also))]


def _again(course: Course, rank: int, span: Span) -> Moment | None:
    """A further moment of a note, with the medians of the course over it.

    None where nothing of the course lies in it.
    """
    with np.errstate(invalid="ignore"):
        inside = (course.take_s >= span.start_s) & (course.take_s <= span.end_s)
    here = np.flatnonzero(inside & np.isfinite(course.take))
    if not here.size:
        return None
    spread = None
    if course.low is not None and course.high is not None:
        low, high = (np.median(edge[here]) for edge in (course.low, course.high))
        spread = float(low), float(high)
    middle = here[here.size // 2]
    return Moment(
        rank=rank,
        at_s=float(course.reference_s[middle]),
        take_s=float(course.take_s[middle]),
        span=Span(
            float(course.reference_s[here[0]]), float(course.reference_s[here[-1]])
        ),
        reference=float(np.median(course.reference[here])),
        take=float(np.median(course.take[here])),
        spread=spread,
        first=False,
    )


def _of_course(course: Course, moments: Sequence[Moment]) -> list[Panel]:
    """Panels of one length, each with as many moments as have room in it."""
    groups: list[list[Moment]] = []
    for moment in sorted(moments, key=lambda one: one.at_s):
        room = PANEL_S - 2.0 * MARGIN_S
        if groups and moment.at_s - groups[-1][0].at_s <= room:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    begins, ends = float(course.reference_s[0]), float(course.reference_s[-1])
    out = []
    for group in groups:
        middle = 0.5 * (group[0].at_s + group[-1].at_s)
        start = max(min(middle - 0.5 * PANEL_S, ends - PANEL_S), begins)
        out.append(Panel(course, start, min(start + PANEL_S, ends), tuple(group)))
    return out
