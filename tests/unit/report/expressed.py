"""How a take differs in quality and in face from its references, made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from faced import moved, seen
from repetiteur.expression.axes import axis_course
from repetiteur.expression.beside import Beside
from repetiteur.expression.compare import Expression, Finding
from repetiteur.expression.descriptors import AXES, descriptors
from repetiteur.expression.face import told
from repetiteur.expression.face_compared import compared
from repetiteur.expression.face_parts import parts_of
from repetiteur.expression.windows import windows
from repetiteur.model.findings import NotJudged, Span
from repetiteur.rehearsal.expressing import Expressed, FaceTold
from unit.report import small_rehearsal as made

#: Later in the take, s.
LATER_S = 0.3
NOT_JUDGED = NotJudged("effort_weight.landing", "There is no jump.", "Dance one.")


def spans(length_s=12.0):
    return windows(0.0, length_s)


def beside(name, in_floors, casts=((),), level=1.0):
    """A quality with a take, and casts, so many floors away from a level."""
    (of,) = (one for one in descriptors() if one.id == name)
    many = len(in_floors)

    def row(floors):
        each = np.broadcast_to(floors if len(floors) else 0.0, many)
        if of.relative:
            return level * np.exp(of.floor * each)
        return level + of.floor * each

    take = row(np.asarray(in_floors, float))
    rows = np.array([row(np.asarray(one, float)) for one in casts])
    none = np.empty((0, many))
    return Beside(of, take, rows, take, none, tuple(rows), (none,) * len(rows))


def step(first, last, much, length_s=12.0):
    """So many floors in some windows, and none elsewhere."""
    out = np.zeros(len(spans(length_s)))
    out[first : last + 1] = much
    return out


def finding(course, first, last, also=(), *, length_s=12.0):
    """What differs over some windows; over all of them it is so throughout."""
    over = spans(length_s)
    there = Span(over[first].start_s, over[last].end_s)
    own = Span(there.start_s + LATER_S, there.end_s + LATER_S)
    whole = (first, last) == (0, len(over) - 1)
    how = course.told(np.arange(first, last + 1))
    return Finding(course.descriptor, how, there, own, whole, tuple(also))


def body(courses, found=(), not_judged=(NOT_JUDGED,), length_s=12.0):
    over = spans(length_s)
    own = tuple(Span(a.start_s + LATER_S, a.end_s + LATER_S) for a in over)
    return Expression(
        windows=over,
        take_windows=own,
        courses=tuple(courses),
        overall=tuple(one.told() for one in courses),
        axes=tuple(axis_course(axis, courses) for axis in AXES),
        findings=tuple(found),
        not_judged=tuple(not_judged),
    )


def usual(casts=((),)):
    """Energy higher from 3 to 9 s, arms lower at the end, the rest as it was."""
    names = ("quantity_of_motion", "effort_weight", "effort_time")
    energy = [beside(name, step(3, 7, 2.0), casts) for name in names]
    arms = beside("arm_height", step(8, 10, -3.0), casts, level=80.0)
    apart = beside("arm_opening", step(0, 0, 0.0), casts)
    knees = beside("knee_bend", step(4, 6, 2.0), casts, level=10.0)
    found = [
        finding(arms, 8, 10),
        finding(energy[2], 3, 7, [Span(9.0, 11.0)]),
        finding(knees, 4, 6),
    ]
    return body([*energy, arms, apart, knees], found)


def rehearsal(found=None, face=None, **changes):
    """The small rehearsal, with this told of its quality and of its face."""
    one = made.rehearsal(**changes)
    told_of = usual() if found is None else found
    return replace(one, expressed=Expressed(one.take, (one.reference,), told_of, face))


def faces(*, steep=0.02, wide=100.0):
    """A mouth that opens at 6 s in the take alone, and is covered from 9 to 10 s."""
    time = np.arange(300) / 25.0
    covered = np.where((time > 9.0) & (time < 10.0), 0.1, steep)
    how = {"lip_lower_edge": (0.3 * (time > 6.0), (0, -1, 0))}
    take = told(seen(moved(300, how), steep=covered, width_px=wide), rest_s=(0.0, 5.0))
    reference = told(seen(moved(300, {}), width_px=wide), rest_s=(0.0, 5.0))
    at = np.arange(0.0, 11.9, 0.05)
    return FaceTold(
        take, reference, tuple(parts_of(take)), compared(take, reference, at, at)
    )
