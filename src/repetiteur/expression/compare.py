"""How a take differs in quality from a reference, or from several casts.

A number of energy or openness means nothing by itself: carried from one data set to
another, energy was told no better than by chance from raw numbers, and in 0.93 of cases
from differences to the same phrase. So everything here is a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.expression.axes import AxisCourse, axis_course
from repetiteur.expression.beside import Beside, Told
from repetiteur.expression.body import Described, Level, asked_for, describe
from repetiteur.expression.descriptors import AXES, Descriptor, descriptors
from repetiteur.expression.windows import WINDOW_S
from repetiteur.expression.windows import windows as windows_over
from repetiteur.kernels.signals import runs
from repetiteur.kinematics.found_again import Progress
from repetiteur.kinematics.movement import Movement
from repetiteur.model.findings import NotJudged, Span

Array = NDArray[np.float64]

#: A difference of a part of the phrase is told from so many windows in a row on.
FEWEST = 3
#: And beyond the floor by this much, as there are many parts: of 30 windows of 16
#: qualities nine in ten pairs of repeats have none. Expert default.
PARTS = 1.5
#: It is so over the whole phrase where half of the windows in which either moves differ
#: by more than this share of the floor, the same way. Expert default.
MOSTLY = 0.5
#: A window that lasts so much less or more than its tempo says is not the same dancing.
STRETCHED = 1.6
NEEDS_A_REFERENCE = (
    "It needs a reference: the same phrase, danced by somebody else or in another way.",
    "Give a reference with --against; with several, what they have between them is no "
    "difference.",
)


@dataclass(frozen=True)
class Aligned:
    """A recording on the clock of the first reference.

    Attributes
    ----------
    movement : Movement
    reference_s, own_s : (points,) float
        Moments of the first reference, and those of this recording beside them,
        seconds, both non-decreasing; NaN in ``own_s`` where it does not dance them.
    pace : float
        Its seconds per second of the first reference: the tempo ratio.
    """

    movement: Movement
    reference_s: Array
    own_s: Array
    pace: float = 1.0

    @classmethod
    def itself(cls, movement: Movement) -> Aligned:
        """The first reference, on its own clock."""
        time = movement.body.time[[0, -1]]
        return cls(movement, time, time)

    def at(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Those windows of the first reference in its own seconds; NaN = not danced."""
        edges = np.array([(one.start_s, one.end_s) for one in spans])
        there = _carried(edges, self.reference_s, self.own_s)
        lasting = (there[:, 1] - there[:, 0]) / (edges[:, 1] - edges[:, 0]) / self.pace
        same = (lasting > 1.0 / STRETCHED) & (lasting < STRETCHED)
        there[~same] = np.nan
        return tuple(Span(a, b) for a, b in there.tolist())


def _carried(moments: Array, known_s: ArrayLike, own_s: ArrayLike) -> Array:
    """Moments carried along warp points; NaN outside of them and beside a NaN."""
    x, y = (np.asarray(a, dtype=np.float64) for a in (known_s, own_s))
    out = np.interp(moments, x, y, left=np.nan, right=np.nan)
    near = (moments < x[0]) & (moments > x[0] - 1e-6)
    return np.asarray(np.where(near, y[0], out))


@dataclass(frozen=True)
class Finding:
    """A quality that is another than the reference's, beyond casts and noise.

    Attributes
    ----------
    descriptor : Descriptor
    told : Told
        Its size with the interval and the floor, and the values.
    reference, take : Span
        When, in the seconds of each.
    whole : bool
        Whether it is so over the whole of the phrase.
    also : tuple of Span
        Other parts of the reference where it is so too, the same way.
    """

    descriptor: Descriptor
    told: Told
    reference: Span
    take: Span
    whole: bool
    also: tuple[Span, ...] = ()

    @property
    def words(self) -> str:
        """What the take is beside the reference: ``more sustained in the arms``."""
        more = self.told.difference.value > 0.0
        return self.descriptor.more if more else self.descriptor.less


@dataclass(frozen=True)
class Expression:
    """How the qualities of a take differ from those of its references.

    Attributes
    ----------
    windows, take_windows : tuple of Span
        In seconds of the first reference, and of the take; NaN where it does not dance
        them.
    courses : tuple of Beside
        Each quality over the windows.
    overall : tuple of Told
        Each over the whole phrase, in the order of ``courses``.
    axes : tuple of AxisCourse
        Energy and opening, over the windows and over all.
    findings : tuple of Finding
        What differs beyond what the casts have between them and the noise, the largest
        beside its floor first.
    not_judged : tuple of NotJudged
    """

    windows: tuple[Span, ...] = ()
    take_windows: tuple[Span, ...] = ()
    courses: tuple[Beside, ...] = ()
    overall: tuple[Told, ...] = ()
    axes: tuple[AxisCourse, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()


def compare(
    take: Aligned,
    references: Sequence[Aligned],
    *,
    level: Level = "robust",
    spans: Sequence[Span] | None = None,
    not_comparable: Sequence[NotJudged] = (),
    progress: Progress | None = None,
) -> Expression:
    """How a take differs in quality from its references.

    Parameters
    ----------
    take : Aligned
    references : sequence of Aligned
        The first one's clock is that of all (:meth:`Aligned.itself`).
    level : {"robust", "all"}
    spans : sequence of Span, optional
        Windows in seconds of the first reference; by default of 2 s, one each second.
    not_comparable : sequence of NotJudged
        Qualities that each recording may show, and that these do not compare.
    progress : callable, optional
        ``progress(done, total)``, in bodies that were described.

    Returns
    -------
    Expression
        Without a reference only that it needs one.

    Notes
    -----
    In each window the take is compared with the median of the casts; what it differs by
    counts from the nearest edge of what they have between them. It is said where its
    whole 90 % interval lies beyond the floor, over the phrase as a whole where most of
    it differs that way, or over windows in a row that all lie beyond it.

    Examples
    --------
    >>> from repetiteur.kinematics.movement import movement_of
    >>> from repetiteur.model.poses import body_of
    >>> from repetiteur.synthetic.demo import demo_reference
    >>> own = Aligned.itself(movement_of(body_of(demo_reference())))
    >>> compare(own, [own]).findings, compare(own, []).not_judged[0].measure
    ((), 'quantity_of_motion')
    """
    if not references:
        asked = (one.id for one in asked_for(level))
        return Expression(
            not_judged=tuple(NotJudged(name, *NEEDS_A_REFERENCE) for name in asked)
        )
    if spans is None:
        time = references[0].movement.body.time
        spans = windows_over(float(time[0]), float(time[-1]))
    told = []
    for done, one in enumerate([take, *references], start=1):
        told.append(describe(one.movement, one.at(spans), pace=one.pace, level=level))
        if progress is not None:
            progress(done, 1 + len(references))
    return compared(spans, told[0], told[1:], not_comparable)


def compared(
    spans: Sequence[Span],
    take: Described,
    casts: Sequence[Described],
    not_comparable: Sequence[NotJudged] = (),
) -> Expression:
    """As :func:`compare`, of bodies that were described in the same windows.

    Parameters
    ----------
    spans : sequence of Span
        The windows in seconds of the first reference.
    take : Described
    casts : sequence of Described
        One or more.
    not_comparable : sequence of NotJudged
        As there.
    """
    told = {name for one in (take, *casts) for name in one.values}
    asked = [one for one in descriptors() if one.id in told]
    unseen = (one for row in (take, *casts) for one in row.not_judged)
    lacking = {one.measure: one for one in (*not_comparable, *unseen)}
    able = [one for one in asked if one.id not in lacking]
    courses = tuple(Beside.of(one, take, casts) for one in able)
    silent = [one for one in courses if not one.known.any()]
    why = _NOT_DANCED if _danced_by_all([take, *casts]) else _TOO_SHORT
    for one in silent:
        lacking[one.descriptor.id] = NotJudged(one.descriptor.id, *why)
    courses = tuple(one for one in courses if one.known.any())
    found = [
        finding for one in courses for finding in _findings(one, spans, take.windows)
    ]
    return Expression(
        windows=tuple(spans),
        take_windows=take.windows,
        courses=courses,
        overall=tuple(one.told() for one in courses),
        axes=tuple(axis_course(axis, courses) for axis in AXES),
        findings=tuple(sorted(found, key=lambda one: -abs(one.told.in_floors))),
        not_judged=tuple(lacking.values()),
    )


_NOT_DANCED = (
    "It is not seen in both at the same place of the phrase.",
    "Dance the phrase of the reference, whole in the picture; landings need jumps, and "
    "a recording with toes.",
)
_TOO_SHORT = (
    f"It is told over {WINDOW_S:g} s in a row, or over all of a shorter phrase, and no "
    "such stretch is surely danced in every recording.",
    "Take a longer part of the phrase: a second more before it and after it.",
)


def _danced_by_all(bodies: Sequence[Described]) -> bool:
    """Whether there is a window that all of them dance."""
    starts = [[one.start_s for one in body.windows] for body in bodies]
    return bool(np.isfinite(starts).all(axis=0).any())


def _findings(
    course: Beside, spans: Sequence[Span], own: Sequence[Span]
) -> list[Finding]:
    """What is said of one quality: of the phrase as a whole, or of parts of it."""

    def over(first: int, last: int, told: Told, *, whole: bool) -> Finding:
        return Finding(
            course.descriptor,
            told,
            Span(spans[first].start_s, spans[last].end_s),
            Span(own[first].start_s, own[last].end_s),
            whole,
        )

    here, told = np.flatnonzero(course.known), course.told()
    if told.difference.beyond_floor and _mostly(course, told):
        return [over(here[0], here[-1], told, whole=True)]
    found = []
    for way in (1.0, -1.0):
        parts = [
            over(first, last, part, whole=False)
            for first, last in runs(way * course.beyond > course.descriptor.floor)
            if (part := _part(course, first, last)) is not None
        ]
        if parts:
            largest, *others = sorted(parts, key=lambda one: -abs(one.told.in_floors))
            also = tuple(sorted((o.reference for o in others), key=lambda s: s.start_s))
            found.append(replace(largest, also=also))
    return found


def _mostly(course: Beside, told: Told) -> bool:
    """Whether it is so in most of what is moved, and not by a loud part alone."""
    way = np.sign(told.in_floors) * course.beyond[course.moving]
    return bool(way.size and np.median(way) > MOSTLY * course.descriptor.floor)


def _part(course: Beside, first: int, last: int) -> Told | None:
    """The difference over a part; None where it is not enough to be said."""
    if last + 1 - first < FEWEST:
        return None
    told = course.told(np.arange(first, last + 1))
    enough = told.difference.beyond_floor and abs(told.in_floors) >= PARTS
    return told if enough else None
