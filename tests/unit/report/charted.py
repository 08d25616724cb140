"""Courses of measures made by hand, for the notes of the small rehearsal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from repetiteur.model.findings import Course, Difference, Note, Span
from unit.report import small_rehearsal as made

HZ = 30.0


def course(
    length_s: float = 12.0,
    *,
    measure: str = "leg_elevation",
    side: str | None = "left",
    lower: float = 12.0,
    at_s: tuple[float, ...] = (4.0,),
    late_s: float = 0.0,
    blind: tuple[float, float] | None = None,
    **changes,
) -> Course:
    """A leg that goes to 108 degrees at some moments, and a take that stays lower."""
    time = np.arange(0.0, length_s + 1e-9, 1.0 / HZ)
    lift = sum((made.bump(time, at, 1.5) for at in at_s), np.zeros(time.size))
    reference = 10.0 + 98.0 * lift
    take = reference - lower * lift
    if blind is not None:
        hidden = (time >= blind[0]) & (time <= blind[1])
        reference, take = (np.where(hidden, np.nan, row) for row in (reference, take))
    of = Course(
        measure=measure,
        side=side,
        unit="deg",
        floor=5.0,
        reference_s=time,
        take_s=time + late_s,
        reference=reference,
        take=take,
        sd=np.full(time.size, 2.0),
    )
    return replace(of, **changes)


def raised_shoulders(length_s: float = 12.0) -> Course:
    """Shoulders, as a share of the trunk, higher throughout."""
    flat = np.ones(round(length_s * HZ) + 1)
    return course(
        length_s,
        measure="shoulder_lift",
        side=None,
        unit="ratio",
        floor=0.03,
        reference=0.5 * flat,
        take=0.6 * flat,
        sd=0.01 * flat,
    )


def several(one: Course) -> Course:
    """The same with other references, from 8 degrees below it to 4 above."""
    return replace(one, low=one.reference - 8.0, high=one.reference + 4.0)


def note(at_s: float = 4.0, **changes) -> Note:
    """A leg too low at a moment, in step."""
    span = Span(at_s - 0.5, at_s + 0.5)
    usual = {
        "take": span,
        "reference": span,
        "at_take_s": at_s,
        "at_reference_s": at_s,
        "place": f"at {at_s:.1f} s",
        "also": (),
    }
    return made.note(**(usual | changes))


def ratio_note(at_s: float = 4.0) -> Note:
    """Shoulders that rise."""
    return note(
        at_s,
        measure="shoulder_lift",
        side=None,
        kind="more",
        difference=Difference(0.1, "ratio", (0.08, 0.12), 0.03),
        reference_value=0.5,
        take_value=0.6,
        text="Let the shoulders melt down the back.",
    )


def rehearsal(notes=None, courses=None, **changes):
    """The small rehearsal with a course behind its note on the leg."""
    kept = {k: changes.pop(k) for k in list(changes) if k in _OF_REHEARSAL}
    found = made.findings(
        notes=made.four_notes() if notes is None else notes,
        courses=(course(at_s=(4.0, 9.6)),) if courses is None else courses,
        **changes,
    )
    return made.rehearsal(found=found, **kept)


_OF_REHEARSAL = ("alignment", "reference", "take", "sources")
