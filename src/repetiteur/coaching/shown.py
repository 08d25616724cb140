"""What a take shows at any place of the reference, be it a note there or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching import moments, sizes
from repetiteur.coaching.artistry import inside, tells
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.presence import LENGTH_S, ONE_BREAK_S, Gap
from repetiteur.coaching.timeline import Timeline
from repetiteur.expression.compare import Expression
from repetiteur.expression.descriptors import descriptors
from repetiteur.io.notes import EarlierNote
from repetiteur.model.findings import Difference, Note, Span
from repetiteur.technique.curve import curves

#: The curve of a note whose measure is named for what the leg does.
CURVE_OF = {
    "knee_extension_support": "knee_flexion",
    "knee_extension_working": "knee_flexion",
}
#: Least share of an earlier note's place that has to be seen.
MOSTLY = 0.5
#: Measures of the take as a whole, which say the same of either side.
EITHER_SIDE = ("timing_path", "step_presence")


@dataclass(frozen=True)
class Shown:
    """What one take shows beside its reference, to be asked at any place.

    Attributes
    ----------
    side : {"same", "mirrored"}
        Whether it dances the side of the reference, or the other.
    compared : sequence of Comparison
    line : Timeline
    timing_floor_s : float
        Smallest lateness that is said.
    gaps : sequence of Gap
        What the two do not dance together (:func:`repetiteur.coaching.presence.gaps`).
    events : sequence of Note
        Differences of what is danced as a whole (:mod:`repetiteur.coaching.events`).
    qualities : Expression or None
        How it differs in quality of movement; None where nobody looked.
    """

    side: str
    compared: Sequence[Comparison]
    line: Timeline
    timing_floor_s: float
    gaps: Sequence[Gap]
    events: Sequence[Note] = ()
    qualities: Expression | None = None


def difference_at(note: EarlierNote, side: str, shown: Shown) -> Difference | str:
    """The difference at an earlier note's place in this take.

    Parameters
    ----------
    note : EarlierNote
    side : {"same", "mirrored"}
        Whether its take danced the side of the reference, or the other.
    shown : Shown

    Returns
    -------
    Difference or str
        A string says why there is none: a key of the catalogue's ``earlier``.
    """
    quality = note.measure in {one.id for one in descriptors()}
    if not (quality or note.measure in EITHER_SIDE) and side != shown.side:
        return "other_side"
    if note.measure == "step_presence":
        return _of_steps(note, shown)
    now: Difference | str | None
    now = _of_quality(note, shown) if quality else _of_events(note, shown)
    if now is None:
        now = _measured(note, shown)
    if isinstance(now, Difference) and now.unit != note.difference.unit:
        return "not_measured"
    return now


def _measured(note: EarlierNote, shown: Shown) -> Difference | str:
    """What is measured moment by moment."""
    frames = _frames(note.reference, shown.line)
    if not _danced(frames, shown.line):
        return "not_danced"
    if note.measure == "timing_path":
        return _of_timing(note, frames, shown)
    return _of_shape(note, frames, shown)


def _danced(frames: NDArray[np.int64], line: Timeline) -> bool:
    """Whether the take dances most of a stretch, and is lined up there."""
    danced = np.isfinite(line.take_s[frames])
    return bool(danced.size and danced.mean() >= MOSTLY)


def _frames(span: Span, line: Timeline) -> NDArray[np.int64]:
    """Frames of the timeline in a stretch of the reference, and those next to its ends.

    Files round times to milliseconds, and a stretch may be an instant.
    """
    near = 0.51 * line.step_s
    time = line.reference_s
    inside = (time >= span.start_s - near) & (time <= span.end_s + near)
    return np.flatnonzero(inside)


def _of_timing(
    note: EarlierNote, frames: NDArray[np.int64], shown: Shown
) -> Difference | str:
    line = shown.line
    judged = line.late_sd_s[frames] < moments.TIMING_DOUBT_S
    late = np.where(judged, line.late_s[frames], np.nan)
    core = _core(late, note)
    if core is None:
        return "not_told"
    return sizes.lateness_over(line, frames[core], shown.timing_floor_s)


def _of_shape(
    note: EarlierNote, frames: NDArray[np.int64], shown: Shown
) -> Difference | str:
    measure = CURVE_OF.get(note.measure, note.measure)
    mine = (
        one
        for one in shown.compared
        if (one.measure.id, one.side) == (measure, note.side)
    )
    one = next(mine, None)
    if one is None:
        known = measure in {curve.id for curve in curves()}
        return "not_measured" if known else "not_told"
    line = shown.line
    for peak in moments.peak_moments(one, line):  # a kick is measured at its height
        if abs(line.reference_s[peak.peak] - note.at_reference_s) < line.step_s:
            now = peak.difference
            return now if np.isfinite(now.interval90).all() else "not_visible"
    core = _core(one.apart[frames], note)
    over = None if core is None else sizes.difference_over(one, frames[core])
    return over if over and np.isfinite(over.interval90).all() else "not_visible"


def _of_events(note: EarlierNote, shown: Shown) -> Difference | None:
    """The same turn, jump or balance, however little it differs now.

    What is not safe in a landing is known where it is said alone.
    """
    for event in shown.events:
        same = (event.measure, event.side) == (note.measure, note.side)
        if same and _meet(event.reference, note.reference):
            return event.difference
    return None


def _of_quality(note: EarlierNote, shown: Shown) -> Difference | str:
    """The same quality over the same windows; that of the whole body has no side."""
    told = shown.qualities or Expression()
    mine = (one for one in told.courses if one.descriptor.id == note.measure)
    course = next(mine, None)
    if course is None:
        return "not_measured"
    if not tells(course.descriptor, shown.line):
        return "not_told"
    here = inside(told.windows, note.reference)
    known = here & course.known
    if known.sum() < max(MOSTLY * here.sum(), 1.0):
        return "not_danced"
    return course.told(np.flatnonzero(known)).difference


def _core(height: NDArray[np.float64], note: EarlierNote) -> NDArray[np.int64] | None:
    """Frames over which a difference is measured, by the rule by which notes are.

    None where too little is seen.
    """
    if np.isfinite(height).mean() < MOSTLY:
        return None
    return sizes.core_of(np.copysign(1.0, note.difference.value) * height)


def _of_steps(note: EarlierNote, shown: Shown) -> Difference | str:
    """What is left out or added at a place now; nothing, where both dance through."""
    missing = note.difference.value < 0.0
    around = Span(
        note.reference.start_s - ONE_BREAK_S, note.reference.end_s + ONE_BREAK_S
    )
    for gap in shown.gaps:
        here = _meet(gap.reference, around)
        if here and (gap.length_s < 0.0) == missing:
            return gap.difference
    if not _danced(_frames(around, shown.line), shown.line):
        return "not_danced"
    return Difference(0.0, "s", (-LENGTH_S, LENGTH_S), note.difference.floor)


def _meet(one: Span, other: Span) -> bool:
    return one.start_s <= other.end_s and other.start_s <= one.end_s
