"""How: the measures that notes speak of, drawn about the moments of the notes.

Charts are drawn here, so that they need no scripts. Lines stretch with the page and
text does not: places across are percentages, and the curves lie in a drawing of their
own that is stretched to the width.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from repetiteur.model.findings import Findings, NotJudged, Span
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import words
from repetiteur.report.panels import Moment, Panel, panels
from repetiteur.report.plots import gaps, paths, reach, scale_of
from repetiteur.report.steps import lanes, title
from repetiteur.report.strip import MELTS_S
from repetiteur.report.ticks import Stretch, Tick
from repetiteur.steps.step import Step

#: What is hatched for so short a while that it stands nowhere else.
SHORT = "hidden for a moment, or so folded or tilted that it says nothing of the line"
#: Least range of a scale, in floors: noise is never drawn large.
_LEAST_FLOORS = 6.0
#: Over longer stretches, s, what a note says need not be so at its moment.
_LONG_S = 1.0
#: Moments that are said below a heading.
_SAID = 3
#: Numbers of notes need this much room, in percent of the width.
_APART = 7.5
#: A hatching is drawn at least this wide, in percent.
_HATCH = 1.0


@dataclass(frozen=True)
class Mark:
    """A note's number at its moment, the stretch that it speaks of, and its line."""

    rank: int
    at: float
    left: float
    right: float
    row: int


@dataclass(frozen=True)
class Chart:
    """Some seconds of one measure, ready to be set.

    Attributes
    ----------
    heading, said, hatched_for : str, tuple of str
        What is measured; the values at each moment; why parts are hatched.
    paths : tuple of (class, path)
    hatched, steps : tuple of Stretch
    marks : tuple of Mark
    seconds, values : tuple of Tick
    rows : int
        Lines of marks.
    """

    id: str
    heading: str
    stretch: str
    said: tuple[str, ...]
    hatched_for: tuple[str, ...]
    paths: tuple[tuple[str, str], ...]
    hatched: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    seconds: tuple[Tick, ...]
    values: tuple[Tick, ...]
    steps: tuple[Stretch, ...]
    rows: int


@dataclass(frozen=True)
class Charts:
    """All charts, laid open and folded, and whether they are of several references."""

    open: tuple[Chart, ...]
    folded: tuple[Chart, ...]
    several: bool


def charts(rehearsal: Rehearsal, spoken: int) -> Charts | None:
    """The charts of a rehearsal.

    Parameters
    ----------
    rehearsal : Rehearsal
    spoken : int
        How many notes stand open: so do the charts of their numbers. Those of their
        other moments are folded, as those of all other notes are.

    Returns
    -------
    Charts or None
        None where no note is on a measure that has a curve.
    """
    found = panels(rehearsal.findings)
    if not found:
        return None
    ranges = _ranges(found)
    steps = (lanes(rehearsal.reference_steps or (), MELTS_S) or [[]])[0]
    several = bool(rehearsal.references)
    drawn = [
        _chart(f"c{k}", one, ranges[one.course.unit], rehearsal.findings, steps)
        for k, one in enumerate(found, start=1)
    ]
    said = [one.is_first and one.rank <= spoken for one in found]
    return Charts(
        tuple(chart for chart, is_open in zip(drawn, said, strict=True) if is_open),
        tuple(chart for chart, is_open in zip(drawn, said, strict=True) if not is_open),
        several,
    )


def _ranges(found: Sequence[Panel]) -> dict[str, float]:
    """How much of each unit its charts show: as much as the one that needs most."""
    out: dict[str, float] = {}
    for one in found:
        low, high = reach(one)
        need = max(1.15 * (high - low), _LEAST_FLOORS * one.course.floor, 1e-6)
        out[one.course.unit] = max(out.get(one.course.unit, 0.0), need)
    return out


def _chart(
    name: str, one: Panel, range_: float, findings: Findings, steps: Sequence[Step]
) -> Chart:
    scale, unit = scale_of(one, range_), one.course.unit
    blind, marks = gaps(one), tuple(_marks(one))
    measure = words.measure_name(one.course.measure)
    return Chart(
        id=name,
        heading=f"{measure}, {one.course.side}" if one.course.side else measure,
        stretch=words.stretch(Span(one.start_s, one.end_s)),
        said=tuple(_all_said(one)),
        hatched_for=tuple(_why(one, blind, findings.not_judged)),
        paths=tuple(paths(one, scale)),
        hatched=tuple(_hatch(one, *gap) for gap in blind),
        marks=marks,
        seconds=tuple(
            Tick(f"{second:.0f}", _across(one, second))
            for second in np.arange(math.ceil(one.start_s), one.end_s + 1e-6)
        ),
        values=tuple(Tick(words.plain_value(v, unit), y) for v, y in scale.lines()),
        steps=tuple(_names(one, steps)),
        rows=1 + max(mark.row for mark in marks),
    )


def _across(one: Panel, seconds: float) -> float:
    """A moment's place in percent of the width."""
    share = (seconds - one.start_s) / max(one.length_s, 1e-9)
    return round(100.0 * min(max(share, 0.0), 1.0), 2)


def _hatch(one: Panel, start_s: float, end_s: float) -> Stretch:
    left, right = _across(one, start_s), _across(one, end_s)
    width = max(right - left, _HATCH)
    return Stretch(round(min(left, 100.0 - width), 2), round(width, 2))


def _all_said(one: Panel) -> Iterator[str]:
    """What both have at the first of its moments, and how many more there are."""
    moments = sorted(one.moments, key=lambda m: (not m.first, m.rank, m.at_s))
    more = len(moments) - _SAID
    for moment in moments[:_SAID] if more > 1 else moments:
        yield _said(moment, one.course.unit)
    if more > 1:
        yield f"And {words.number_word(more)} more moments."


def _marks(one: Panel) -> Iterator[Mark]:
    """Numbers of the notes, one above the other where they stand close."""
    ends: list[float] = []
    for moment in sorted(one.moments, key=lambda moment: moment.at_s):
        at = _across(one, moment.at_s)
        row = next((k for k, end in enumerate(ends) if at >= end), len(ends))
        ends[row:] = [at + _APART, *ends[row + 1 :]]
        span = moment.span
        left, right = _across(one, span.start_s), _across(one, span.end_s)
        yield Mark(moment.rank, at, left, right, row)


def _said(moment: Moment, unit: str) -> str:
    """What both have at a moment, in words; over a long stretch these are medians."""
    long = moment.span.end_s - moment.span.start_s > _LONG_S
    at = here = words.moment(moment.at_s)
    if words.moment(moment.take_s) != here:
        at = f"{here} of the reference, {words.moment(moment.take_s)} of yours"
    values = ""
    if math.isfinite(moment.take) and math.isfinite(moment.reference):
        take, reference = (
            words.plain_value(value, unit) for value in (moment.take, moment.reference)
        )
        them = f"the reference {reference}"
        if moment.spread is not None and np.isfinite(moment.spread).all():
            low, high = (words.plain_value(edge, unit) for edge in moment.spread)
            them = f"the references {low} to {high}" if low != high else them
        values = f"you {'mostly ' if long else ''}{take}, {them}, "
    return f"Note {moment.rank}: {values}{'around' if long else 'at'} {at}."


def _why(
    one: Panel, blind: Sequence[tuple[float, float]], entries: Sequence[NotJudged]
) -> Iterator[str]:
    """Why parts are hatched: each reason once, with its times."""
    reasons: dict[str, list[Span]] = {}
    mine = [e for e in entries if e.measure in (one.course.measure, "pose_distance")]
    for start, end in blind:
        best = max(mine, key=lambda entry: _shared(entry, start, end), default=None)
        reason = SHORT
        if best is not None and _shared(best, start, end) > 0.0:
            reason = best.reason
        span = Span(max(start, one.start_s), min(end, one.end_s))
        reasons.setdefault(reason.strip().rstrip("."), []).append(span)
    for reason, spans in reasons.items():
        when = ", ".join(map(words.stretch, spans[:3]))
        more = f" and {len(spans) - 3} more" if len(spans) > 3 else ""
        yield f"Hatched, {when}{more}: {reason[:1].lower()}{reason[1:]}."


def _shared(entry: NotJudged, start_s: float, end_s: float) -> float:
    """Seconds of a stretch that an entry speaks of."""
    both = (min(span.end_s, end_s) - max(span.start_s, start_s) for span in entry.spans)
    return max(both, default=0.0)


def _names(one: Panel, steps: Sequence[Step]) -> Iterator[Stretch]:
    """The reference's steps, below the axis."""
    for step in steps:
        left, right = _across(one, step.start_s), _across(one, step.end_s)
        if right > left:
            yield Stretch(left, round(right - left, 2), title(step))
