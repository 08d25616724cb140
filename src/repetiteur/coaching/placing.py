"""Which step, and which phase of it, notes and measurements fall on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.timing import against, count_at
from repetiteur.coaching.wording import Wording
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Findings, Measured, Note
from repetiteur.steps.schools import called
from repetiteur.steps.step import Step

#: A stretch falls on a step that takes up this much of it, or on none.
SHARE = 1.0 / 3.0


def step_at(
    steps: Sequence[Step], start_s: float, end_s: float
) -> tuple[Step, str | None] | None:
    """The step that a stretch of time falls on, and its phase.

    Parameters
    ----------
    steps : sequence of Step
        In any order; they may overlap. Those that could not be told from their
        runner-up name nothing.
    start_s, end_s : float
        Seconds; alike for an instant.

    Returns
    -------
    (Step, str or None) or None
        The step with the largest overlap, of two alike the shorter, and the phase with
        the largest one, None where no phase overlaps; None where no step takes up a
        third of the stretch: it is about several.

    Examples
    --------
    >>> lift = Step("developpe", "left", 4.0, 6.0, 0.9,
    ...             phases={"extension": (4.5, 5.0), "hold": (5.0, 6.0)})
    >>> bend = Step("demi_plie", None, 6.0, 7.0, 0.9)
    >>> step, phase = step_at([lift, bend], 5.2, 6.3)
    >>> step.id, phase
    ('developpe', 'hold')
    >>> step_at([lift, bend], 7.5, 8.0) is None
    True
    """
    within = [
        (_shared(step.start_s, step.end_s, start_s, end_s), step)
        for step in steps
        if not step.undecided
    ]
    most, step = max(
        within,
        key=lambda one: (one[0], one[1].start_s - one[1].end_s),
        default=(-1.0, None),
    )
    if step is None or most < SHARE * (end_s - start_s):
        return None
    phases = {
        name: _shared(*span, start_s, end_s) for name, span in step.phases.items()
    }
    phase = max(phases, key=lambda name: phases[name], default=None)
    return step, phase if phase is not None and phases[phase] >= 0.0 else None


def _shared(start_s: float, end_s: float, from_s: float, to_s: float) -> float:
    """Seconds that two stretches share; below 0 where they lie apart."""
    return min(end_s, to_s) - max(start_s, from_s)


def placed_notes(
    found: Findings, reference: Sequence[Step], take: Sequence[Step], wording: Wording
) -> Findings:
    """Findings whose notes say which step of the take they fall on.

    Where a teacher's phrase of that step is what a note says, it is said in its place.
    What the take leaves out is a step of the reference. Without steps nothing changes.

    Parameters
    ----------
    found : Findings
    reference, take : sequence of Step
        What was danced in each, in its own seconds.
    wording : Wording
    """
    notes = tuple(_placed(note, reference, take, wording) for note in found.notes)
    return replace(found, notes=notes)


def _placed(
    note: Note, reference: Sequence[Step], take: Sequence[Step], wording: Wording
) -> Note:
    if note.priority == "artistry":
        return note  # it is of a phrase, and no step is more than a part of that
    missing = note.presence == "skipped"
    steps, span = (reference, note.reference) if missing else (take, note.take)
    at = step_at(steps, span.start_s, span.end_s)
    if at is None:
        return note
    step, phase = at
    placed = replace(note, step=step.id, phase=phase)
    return wording.on_step(placed, step, called(step))


def placed_measures(found: Measured, steps: Sequence[Step]) -> Measured:
    """Measurements that say which step they were taken on, and which phase of it.

    Parameters
    ----------
    found : Measured
    steps : sequence of Step
        Of the same dancer. Without steps nothing changes.

    Examples
    --------
    >>> from repetiteur.model.findings import Measurement, Span
    >>> one = Measurement("plie_depth", None, "plie", Span(4.2, 4.8), 0.19, "ratio",
    ...                   (0.15, 0.22), (246, 315))
    >>> bend = Step("demi_plie", None, 4.0, 5.0, 0.9)
    >>> placed_measures(Measured((one,)), [bend]).measurements[0].step
    'demi_plie'
    """
    spans = dict.fromkeys(one.span for one in found.measurements)
    where = {span: step_at(steps, span.start_s, span.end_s) for span in spans}
    placed = (
        one if at is None else replace(one, step=at[0].id, phase=at[1])
        for one in found.measurements
        for at in [where[one.span]]
    )
    return replace(found, measurements=tuple(placed))


def counted_notes(
    found: Sequence[Note], line: Timeline, counts: Counts | None, wording: Wording
) -> tuple[Note, ...]:
    """Notes that say on which count they are, and what their lateness counts from.

    Parameters
    ----------
    found : sequence of Note
    line : Timeline
    counts : Counts or None
        In the reference's seconds. A note that is near none keeps its seconds, and so
        does one on a quality, which is of a stretch and of no moment.
    wording : Wording
    """
    said = wording if counts is None else replace(wording, phrase=counts.length)
    return tuple(said.worded(_counted(note, line, counts)) for note in found)


def _counted(note: Note, line: Timeline, counts: Counts | None) -> Note:
    span = note.reference.start_s, note.reference.end_s
    first, last = np.searchsorted(line.reference_s, span)
    at_one = note.priority != "artistry"
    return replace(
        note,
        count=count_at(note.at_reference_s, counts) if at_one else None,
        against=against(line, int(first), int(last)),
    )
