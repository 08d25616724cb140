"""Energy and opening over the phrase, drawn beside the references.

Both lie on the seconds of the first reference and have one scale, in floors: 1 is where
nine in ten pairs of one dancer's repeats stay under. The line is the mean of what the
qualities of an axis differ by. It is a picture; words come from the findings alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.axes import AxisCourse
from repetiteur.expression.beside import Beside
from repetiteur.expression.compare import Expression, Finding
from repetiteur.kernels.signals import runs
from repetiteur.model.findings import Span
from repetiteur.report import words
from repetiteur.report.expression import AXIS_WORDS
from repetiteur.report.plots import ACROSS, Scale, band, line
from repetiteur.report.ticks import Stretch, Tick, placed, seconds

__all__ = ["Lane", "Ribbon", "ribbons"]

Array = NDArray[np.float64]

#: Half of the scale, in floors: no less, so that noise is never drawn large.
_LEAST, _MOST = 2.5, 8.0
#: Findings over a ribbon; the others stand in the list.
_LANES = 3
#: Points that a ribbon is drawn through, at most and for each window.
_POINTS, _PER_WINDOW = 480, 4
#: Words that begin further on, in per cent, end where their stretch does.
_FURTHER = 45.0


@dataclass(frozen=True)
class Lane:
    """A finding over a ribbon: its words, where it holds, and where the words stand.

    ``ends`` says that they end at ``at``, in per cent of the width, and do not begin
    there.
    """

    text: str
    spans: tuple[Stretch, ...]
    at: float
    ends: bool


@dataclass(frozen=True)
class Ribbon:
    """One axis over the phrase, ready to be set.

    Attributes
    ----------
    id, name, more, less : str
        ``more`` and ``less`` are the ends of the scale; both are empty of findings that
        belong to no axis, which have lanes alone.
    told : str
        What the drawing shows, in words.
    paths : tuple of (class, path)
    hatched : tuple of Stretch
        Where nothing is judged.
    lanes : tuple of Lane
    left : int
        Findings for which there is no lane.
    from_s, to_s : float
        What it goes over, in the seconds of the reference.
    seconds : tuple of Tick
    """

    id: str
    name: str
    more: str
    less: str
    told: str
    paths: tuple[tuple[str, str], ...]
    hatched: tuple[Stretch, ...]
    lanes: tuple[Lane, ...]
    left: int
    from_s: float
    to_s: float
    seconds: tuple[Tick, ...]


@dataclass(frozen=True)
class _Course:
    """An axis in floors from the middle of the references, window by window.

    ``low`` and ``high`` are the edges of what several references have between them.
    """

    take: Array
    low: Array
    high: Array

    @classmethod
    def of(cls, axis: AxisCourse, courses: Sequence[Beside]) -> _Course:
        own = [one for one in courses if one.descriptor.axis == axis.axis]
        judged = np.isfinite(axis.course)
        rows = np.array([_apart(one) for one in own])
        mean = np.full((3, judged.size), np.nan)
        mean[:, judged] = np.nanmean(rows[:, :, judged], axis=0)
        return cls(*mean)

    @property
    def reach(self) -> float:
        """The furthest of all that is drawn."""
        every = np.abs([self.take, self.low - 1.0, self.high + 1.0])
        known = every[np.isfinite(every)]
        return float(known.max()) if known.size else 0.0

    def beyond(self, way: float) -> NDArray[np.bool_]:
        """Where the take lies beyond the ground, to one side."""
        edge = self.high if way > 0 else -self.low
        return np.asarray(way * self.take - edge > 1.0)

    def between(self, windows: Array, at: Array) -> _Course:
        """At other moments, by straight lines between the middles of windows."""
        rows = (np.interp(at, windows, row) for row in (self.take, self.low, self.high))
        return _Course(*rows)


def ribbons(found: Expression) -> tuple[Ribbon, ...]:
    """Each axis of which something was judged, and what belongs to none.

    Parameters
    ----------
    found : Expression
        With one reference or several.
    """
    axes = [one for one in found.axes if np.isfinite(one.course).any()]
    if not axes:
        return ()
    drawn = [_Course.of(one, found.courses) for one in axes]
    half = min(max(_LEAST, *(1.1 * one.reach for one in drawn)), _MOST)
    scale = Scale(-half, half, 1.0)
    out = [
        _ribbon(axis.axis, found, AXIS_WORDS[axis.axis], (course, scale))
        for axis, course in zip(axes, drawn, strict=True)
    ]
    others = ("Other qualities", "", "")
    if any(not one.descriptor.axis for one in found.findings):
        out.append(_ribbon("", found, others, None))
    return tuple(out)


def _ribbon(
    axis: str,
    found: Expression,
    named: tuple[str, str, str],
    course: tuple[_Course, Scale] | None,
) -> Ribbon:
    whole = Span(found.windows[0].start_s, found.windows[-1].end_s)
    own = [one for one in found.findings if one.descriptor.axis == axis]
    blind: list[Span] = []
    told, paths = "", []
    if course is not None:
        judged = np.isfinite(course[0].take)
        blind = _spans(~judged, found.windows, whole)
        told = _told(course[0], found.windows, whole, named)
        paths = list(_paths(*course, found.windows, whole))
    return Ribbon(
        id=f"q-{axis or 'others'}",
        name=named[0],
        more=named[1],
        less=named[2],
        told=told,
        paths=tuple(paths),
        hatched=tuple(placed(one, whole) for one in blind),
        lanes=tuple(_lane(one, whole) for one in own[:_LANES]),
        left=max(len(own) - _LANES, 0),
        from_s=round(whole.start_s, 3),
        to_s=round(whole.end_s, 3),
        seconds=seconds(whole),
    )


def _lane(found: Finding, whole: Span) -> Lane:
    spans = [placed(one, whole) for one in (found.reference, *found.also)]
    first = min(spans, key=lambda one: one.left)
    ends = first.left > _FURTHER
    at = first.left + first.width if ends else first.left
    text = f"{found.words}, throughout" if found.whole else found.words
    return Lane(text, tuple(spans), round(at, 2), ends)


def _apart(one: Beside) -> Array:
    """Take, lowest and highest cast from the middle one, in floors along the axis."""
    rows = one.scaled(np.vstack([one.take, one.casts]))
    rows = one.descriptor.way / one.descriptor.floor * rows
    casts = rows[1:]
    edges = np.stack([rows[0], casts.min(axis=0), casts.max(axis=0)])
    out = edges - np.median(casts, axis=0)
    return np.where(np.isfinite(out).all(axis=0), out, np.nan)


def _middles(windows: Sequence[Span]) -> Array:
    return np.array([0.5 * (one.start_s + one.end_s) for one in windows])


def _edges(windows: Sequence[Span], whole: Span) -> Array:
    """Where each window's part of the picture begins, and the last one ends."""
    middle = _middles(windows)
    inner = 0.5 * (middle[1:] + middle[:-1])
    return np.array([whole.start_s, *inner, whole.end_s])


def _spans(
    which: NDArray[np.bool_], windows: Sequence[Span], whole: Span
) -> list[Span]:
    edges = _edges(windows, whole)
    return [Span(float(edges[a]), float(edges[b + 1])) for a, b in runs(which)]


def _paths(
    course: _Course, scale: Scale, windows: Sequence[Span], whole: Span
) -> Iterator[tuple[str, str]]:
    """The ground, the casts, what lies beyond, and both lines; the lowest first."""
    middle = _middles(windows)
    many = min(_PER_WINDOW * len(windows), _POINTS) + 1
    length = max(whole.end_s - whole.start_s, 1e-9)
    drawn: dict[str, str] = {}
    for span in _spans(np.isfinite(course.take), windows, whole):
        share = (span.end_s - span.start_s) / length
        at = np.linspace(span.start_s, span.end_s, max(round(share * many), 2))
        known = np.isfinite(course.take)
        here = _only(course, known).between(middle[known], at)
        across = ACROSS * (at - whole.start_s) / length
        for kind, path in _of_run(here, scale, across):
            drawn[kind] = drawn.get(kind, "") + path
    yield from drawn.items()


def _only(course: _Course, known: NDArray[np.bool_]) -> _Course:
    return _Course(course.take[known], course.low[known], course.high[known])


def _of_run(here: _Course, scale: Scale, across: Array) -> Iterator[tuple[str, str]]:
    """The paths of a stretch that is judged throughout."""
    take, low, high = (scale.down(row) for row in (here.take, here.low, here.high))
    lower, upper = scale.down(here.low - 1.0), scale.down(here.high + 1.0)
    yield "ground", band(across, lower, upper)
    if np.ptp(here.high - here.low) or (here.high > here.low).any():
        yield "band ref", band(across, low, high)
    for edge, beyond in ((upper, take < upper), (lower, take > lower)):
        yield "beyond", band(across, *np.where(beyond, (edge, take), np.nan))
    yield "line ref", line(across, scale.down(np.zeros(across.size)))
    yield "line take", line(across, take)


def _told(
    course: _Course,
    windows: Sequence[Span],
    whole: Span,
    named: tuple[str, str, str],
) -> str:
    """What a ribbon shows, for who does not see it."""
    name, more, less = named
    said = [
        f"{word.capitalize()}, beyond the ground: {_times(spans)}."
        for word, way in ((more, 1.0), (less, -1.0))
        if (spans := _spans(course.beyond(way), windows, whole))
    ]
    if not said:
        said = ["The line stays on the ground."]
    blind = _spans(np.isnan(course.take), windows, whole)
    if blind:
        said.append(f"Not judged: {_times(blind)}.")
    return " ".join([f"{name}, {words.stretch(whole)} of the reference.", *said])


def _times(spans: Sequence[Span]) -> str:
    first = [words.stretch(one) for one in spans[:6]]
    more = len(spans) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")
