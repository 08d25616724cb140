"""All that one comparison finds: notes, timing, strengths, and what is not judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.alignment import Alignment
from repetiteur.align.envelope import Cast
from repetiteur.coaching import artistry, moments, not_judged, notes, timing
from repetiteur.coaching.courses import courses
from repetiteur.coaching.differences import Comparison, compare
from repetiteur.coaching.events import events, measured, unjudged
from repetiteur.coaching.floor import DECLARED, Floors
from repetiteur.coaching.ledger import corrections
from repetiteur.coaching.moments import Moment
from repetiteur.coaching.pairing import Two
from repetiteur.coaching.placing import counted_notes
from repetiteur.coaching.pose_distance import pose_distance
from repetiteur.coaching.presence import gaps, presence, whole
from repetiteur.coaching.references import models
from repetiteur.coaching.shown import Shown
from repetiteur.coaching.strengths import strengths
from repetiteur.coaching.timeline import Timeline, beyond_rubato, even, timeline
from repetiteur.coaching.wording import Wording
from repetiteur.errors import MissingKeypoints
from repetiteur.expression.compare import Expression
from repetiteur.io.notes import Earlier
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.kinematics.proportions import built_like
from repetiteur.model.body import Body
from repetiteur.model.counts import Counts
from repetiteur.model.findings import (
    Correction,
    Findings,
    Lateness,
    Note,
    NotJudged,
    Priority,
)
from repetiteur.technique.curve import curves

Array = NDArray[np.float64]

#: Priorities of the names in notes that are no measures of the registry.
NAMED: dict[str, Priority] = {
    "knee_extension_support": "placement",
    "knee_extension_working": "line",
    "timing_path": "rhythm",
    "step_presence": "rhythm",
}


def find(  # noqa: PLR0913 - all that a take is heard and seen beside
    reference: Body,
    take: Body,
    alignment: Alignment,
    *,
    wording: Wording,
    casts: Sequence[Cast] = (),
    floors: Floors = DECLARED,
    since: Sequence[Earlier] = (),
    counts: Counts | None = None,
    moved: tuple[Movement, Movement] | None = None,
    qualities: Expression | None = None,
) -> Findings:
    """Compare a take with its reference, or with what several have between them.

    Parameters
    ----------
    reference, take : Body
        With the same keypoints; the reference mirrored where the alignment says so.
    alignment : Alignment
    wording : Wording
    casts : sequence of Cast
        Further references, laid on the time of the first
        (:func:`repetiteur.coaching.timeline.even`).
    floors : Floors
        What the dancer varies by from take to take; smaller differences of shape and
        time are not said. Turns, jumps, balances and steps have declared floors.
    since : sequence of Earlier
        Earlier rehearsals beside the same reference.
    counts : Counts, optional
        Of the music, in the reference's seconds: notes and timing go by them.
    moved : (reference, take), optional
        Movements of the two as recorded, neither mirrored: their turns, jumps and
        balances are compared.
    qualities : Expression, optional
        How the take differs in quality of movement
        (:func:`repetiteur.expression.compare.compare`): what no other note explains of
        it is a note, too.

    Returns
    -------
    Findings
        Sides are the dancer's own in the take as recorded.
    """
    first, second = even(reference), even(take)
    line = timeline(first, second, alignment)
    if casts:
        line = beyond_rubato(line, casts, alignment.tempo_ratio)
    compared, unseen = _compare_all(first, second, line, casts, floors, wording)
    timing_s = floors.timing.value
    clear = [m for m in _moments(compared, line, timing_s) if m.sure]
    two = None if moved is None else _two(moved, line, alignment, casts)
    whole_events = () if two is None else events(two, wording)
    rows = tuple(timing.rows(line, counts))
    times = (reference.time, take.time)
    steps = presence(alignment, reference, take, wording)
    shapes = _shapes(clear, whole_events, line, wording, times)
    ranked = notes.ranked((*shapes, *steps, *whole_events))
    if qualities is not None:
        ranked += artistry.qualities(qualities, ranked, line, wording, times)
    if counts is not None or alignment.to_music is not None:
        ranked = counted_notes(ranked, line, counts, wording)
    side = alignment.side
    shown = Shown(side, compared, line, timing_s, (), whole_events, qualities)
    complete = whole(alignment, take, not_judged.ENDS_S) and not steps
    whole_pose = pose_distance(first, second, line) if line.apart is None else None
    return Findings(
        notes=ranked,
        timing=rows,
        within_floor=_within_floor(compared, rows, clear),
        strengths=tuple(
            strengths(compared, rows if complete else (), timing_s, wording)
        ),
        not_judged=(
            *unseen,
            *not_judged.turnout(take, wording),
            *(() if two is None else unjudged(two, wording)),
            *not_judged.out_of_view(compared, line, wording),
            *not_judged.hidden(compared, line, wording),
            *not_judged.times(
                line, alignment, rows, _coarse(reference, take), wording, counts
            ),
            *([] if whole_pose else [not_judged.whole_pose(wording)]),
        ),
        pose_distance=whole_pose,
        floors=floors.listed(),
        earlier=_earlier(since, shown, (alignment, take), two, wording),
        courses=tuple(courses(ranked, compared, line)),
    )


def _moments(
    compared: Sequence[Comparison], line: Timeline, timing_s: float
) -> Iterator[Moment]:
    """All moments in which the take differs, in the order of the registry."""
    for one in compared:
        yield from moments.shape_moments(one, line)
    for one in compared:
        yield from moments.peak_moments(one, line)
    yield from moments.timing_moments(line, timing_s)


def _shapes(
    clear: Sequence[Moment],
    whole_events: Sequence[Note],
    line: Timeline,
    wording: Wording,
    times: tuple[Array, Array],
) -> tuple[Note, ...]:
    """Notes on what differs moment by moment, and is not said of an event."""
    said = notes.causes(notes.unexplained(clear, whole_events, line))
    priorities = {m.id: m.priority for m in curves()} | NAMED
    return notes.notes(said, line, priorities, wording, times)


def _within_floor(
    compared: Sequence[Comparison], rows: Sequence[Lateness], clear: Sequence[Moment]
) -> int:
    """How many measures were seen, timing among them, and differ in nothing."""
    differing = {(m.measure, m.side) for m in clear}
    return sum(map(_was_seen, compared)) + bool(rows) - len(differing)


def _two(
    moved: tuple[Movement, Movement],
    line: Timeline,
    alignment: Alignment,
    casts: Sequence[Cast],
) -> Two:
    others = tuple(movement_of(one.body) for one in casts)
    return Two(*moved, line, alignment, others)


def _coarse(*bodies: Body) -> bool:
    """Whether pictures lie too far apart for any lateness to be told."""
    step = max(float(np.median(np.diff(body.time))) for body in bodies)
    return 0.5 * step >= 0.9 * moments.TIMING_DOUBT_S


def _earlier(
    since: Sequence[Earlier],
    shown: Shown,
    danced: tuple[Alignment, Body],
    two: Two | None,
    wording: Wording,
) -> tuple[Correction, ...] | None:
    """What became of the notes of earlier rehearsals; None where there are none.

    However little differs now: so the breaks and the events that are no note count.
    """
    if not since:
        return None
    every = (*shown.events, *(() if two is None else measured(two)))
    all_of_it = replace(shown, gaps=gaps(*danced), events=every)
    return corrections(since, all_of_it, wording)


def _compare_all(
    reference: Body,
    second: Body,
    line: Timeline,
    casts: Sequence[Cast],
    floors: Floors,
    wording: Wording,
) -> tuple[list[Comparison], list[NotJudged]]:
    """Every measure on every side, of dancers of one build, and what cannot be seen."""
    built = [replace(one, body=built_like(one.body, reference)) for one in casts]
    others = models(built, second, line)
    take = built_like(second, reference)
    compared: list[Comparison] = []
    unseen: list[NotJudged] = []
    for found in curves():
        missing: set[str] = set()
        for side in found.sides:
            try:
                compared.append(
                    compare(found, side, reference, take, line, others, floors)
                )
            except MissingKeypoints:
                missing |= not_judged.lacking(found, side, take) or {""}
        if missing:
            unseen.append(not_judged.without_keypoints(found, missing - {""}, wording))
    return compared, unseen


def _was_seen(one: Comparison) -> bool:
    return not one.blind or bool(np.isfinite(one.apart).any())
