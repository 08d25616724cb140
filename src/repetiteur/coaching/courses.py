"""The courses of measures over the phrase: the curves that stand behind notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.shown import CURVE_OF
from repetiteur.coaching.timeline import GRID_HZ, Timeline
from repetiteur.model.findings import Course, Note
from repetiteur.model.skeletons import Side

#: Points per second: enough to draw a curve, and to lay a ruler on it.
COURSE_HZ = 30.0


def courses(
    said: Iterable[Note], compared: Sequence[Comparison], line: Timeline
) -> Iterator[Course]:
    """The course of each measure that a note speaks of, both sides of it apart.

    Parameters
    ----------
    said : iterable of Note
        Those on lateness, on steps, and on what is danced as a whole have none.
    compared : sequence of Comparison
    line : Timeline

    Yields
    ------
    Course
        In the order of the registry, whatever the order of notes.
    """
    asked = {at for note in said for at in course_of(note)}
    each = slice(None, None, round(GRID_HZ / COURSE_HZ))
    for one in compared:
        if (one.measure.id, one.side) not in asked:
            continue
        spread, judged = one.spread, np.isfinite(one.apart)
        yield Course(
            measure=one.measure.id,
            side=one.side,
            unit=one.measure.unit,
            floor=one.floor,
            reference_s=line.reference_s[each],
            take_s=line.take_s[each],
            reference=np.where(judged, one.reference, np.nan)[each],
            take=np.where(judged, one.take, np.nan)[each],
            sd=np.where(judged, one.sd, np.nan)[each],
            low=None if spread is None else spread.low[each],
            high=None if spread is None else spread.high[each],
        )


def course_of(note: Note) -> tuple[tuple[str, Side | None], ...]:
    """Measure and side of the courses that a note would be read from.

    A note on both arms is read from two; one that is named for what the leg does, from
    that of its knee.
    """
    sides: tuple[Side | None, ...] = (
        ("left", "right") if note.side == "both" else (note.side,)
    )
    measure = CURVE_OF.get(note.measure, note.measure)
    return tuple((measure, side) for side in sides)
