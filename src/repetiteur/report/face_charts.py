"""The face over the phrase, as small charts: yours beside the reference's.

A few units in plain words, each as far as it is from the dancer's own resting face, on
the seconds of the reference. No feeling has a name here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.face_parts import Part
from repetiteur.expression.face_reasons import HOW_TO_FILM, REASONS
from repetiteur.expression.face_units import UNITS
from repetiteur.kernels.signals import runs
from repetiteur.model.findings import Span
from repetiteur.rehearsal.expressing import FaceTold
from repetiteur.report import words
from repetiteur.report.expression import face_rows, face_unjudged
from repetiteur.report.face_moments import (
    APART,
    Course,
    by_moment,
    moments,
    most_of,
    on_reference,
)
from repetiteur.report.plots import ACROSS, Scale, band, line
from repetiteur.report.ticks import Stretch, Tick, placed, seconds

__all__ = ["FaceChart", "FacePart", "FaceSection", "face_section"]

Array = NDArray[np.float64]

#: What is drawn: a unit, what it is called, and what less and more of it is.
DRAWN = (
    ("brows_inner", "Inner brows", "lower", "higher"),
    ("lids_open", "Lids", "closing", "opening"),
    ("lip_corners_up", "Mouth corners", "lower", "higher"),
    ("lips_apart", "Lips", "nearer", "apart"),
    ("head_up", "Chin", "lowered", "raised"),
    ("head_turn", "Head", "to the right", "to the left"),
)
#: What a change to a lower level of the others is called; and to a higher one.
_LEVELS = {name: (what, less, more) for name, what, less, more in DRAWN} | {
    "brows_outer": ("Outer brows", "lower", "higher"),
    "mouth_width": ("Mouth", "narrower", "wider"),
    "lips_full": ("Lips", "pressed in", "fuller"),
    "jaw_down": ("Jaw", "up", "down"),
}
#: What more of each unit means, by its name in rows.
_SAYS = {one.name.replace("_", " "): one.says for one in UNITS}
#: Half of a scale: at least this, in eye distances and in degrees.
_LEAST = {"eyes": 0.12, "deg": 12.0}
#: What is listed, at the most.
_CHANGES, _SPANS, _PARTS = 3, 4, 40
_UNSURE = "the two are not lined up surely"
#: Numbers below a small chart.
_TICKS = 6


@dataclass(frozen=True)
class FaceChart:
    """One unit over the phrase, ready to be set.

    Attributes
    ----------
    id, name, less, more : str
        ``less`` and ``more`` are the ends of the scale.
    paths : tuple of (class, path)
    hatched : tuple of Stretch
        Where either face is not judged.
    """

    id: str
    name: str
    less: str
    more: str
    paths: tuple[tuple[str, str], ...]
    hatched: tuple[Stretch, ...]


@dataclass(frozen=True)
class FacePart:
    """A stretch of the take, and what changed with it, or why nothing is said."""

    when: str
    text: str
    judged: bool


@dataclass(frozen=True)
class FaceSection:
    """All that the page says of faces.

    Attributes
    ----------
    charts : tuple of FaceChart
        None where nothing of either is judged at one place.
    hatched_for : tuple of str
        Why parts are hatched, with their times.
    how_to_film : str
        What to do where nothing is judged; "" elsewhere.
    rows : tuple of tuple of str
        What more of a unit is, difference and interval, over the phrase.
    unjudged : tuple of str
    parts : tuple of FacePart
    more : int
        Parts that do not stand here.
    from_s, to_s : float
        What the charts go over, in the seconds of the reference.
    seconds : tuple of Tick
    """

    charts: tuple[FaceChart, ...]
    hatched_for: tuple[str, ...]
    how_to_film: str
    rows: tuple[tuple[str, ...], ...]
    unjudged: tuple[str, ...]
    parts: tuple[FacePart, ...]
    more: int
    from_s: float
    to_s: float
    seconds: tuple[Tick, ...]


def face_section(told: FaceTold) -> FaceSection:
    """What the page says of the faces of a take and its reference."""
    edges = moments(told.difference)
    whole = Span(float(edges[0]), float(edges[-1]))
    take_s = on_reference(told.difference, told.take.time_s)
    both = (
        by_moment(told.reference, told.reference.time_s, edges),
        by_moment(told.take, take_s, edges),
    )
    together = (both[0].why == 0) & (both[1].why == 0)
    judged = bool(together[:, _columns()].any())
    codes = np.concatenate([one.why[:, _columns()[0]] for one in both])
    film = "" if judged else HOW_TO_FILM[max(most_of(codes), 0)]
    parts = [_part(one, before) for one, before in _with_before(told.parts)]
    return FaceSection(
        charts=tuple(_charts(both, together, edges)) if judged else (),
        hatched_for=tuple(_why(both, edges)) if judged else (),
        how_to_film=film,
        rows=tuple(_row(*row) for row in face_rows(told)),
        unjudged=tuple(face_unjudged(told)),
        parts=tuple(parts[:_PARTS]),
        more=max(len(parts) - _PARTS, 0),
        from_s=round(whole.start_s, 3),
        to_s=round(whole.end_s, 3),
        seconds=seconds(whole, _TICKS),
    )


def _row(name: str, *sizes: str) -> tuple[str, ...]:
    return _SAYS[name], *(size.replace(" eye distances", "") for size in sizes)


def _columns() -> list[int]:
    names = [one.name for one in UNITS]
    return [names.index(name) for name, *_ in DRAWN]


def _charts(
    both: tuple[Course, Course], together: NDArray[np.bool_], edges: Array
) -> Iterator[FaceChart]:
    whole = Span(float(edges[0]), float(edges[-1]))
    halves = _scales(both, together)
    for (name, what, less, more), unit in zip(DRAWN, _columns(), strict=True):
        scale = Scale(-halves[UNITS[unit].unit], halves[UNITS[unit].unit], 1.0)
        blind = runs(~together[:, unit])
        spans = [Span(float(edges[a]), float(edges[b + 1])) for a, b in blind]
        yield FaceChart(
            id=f"f-{name.replace('_', '-')}",
            name=what,
            less=less,
            more=more,
            paths=tuple(_paths(both, together[:, unit], unit, (scale, edges))),
            hatched=tuple(placed(one, whole) for one in spans),
        )


def _scales(both: Sequence[Course], together: NDArray[np.bool_]) -> dict[str, float]:
    """Half of the scale of each kind of unit: one for all of its charts."""
    out = dict(_LEAST)
    for unit in _columns():
        of = UNITS[unit].unit
        for one in both:
            reach = np.abs(one.value[:, unit]) + one.half[:, unit]
            known = reach[together[:, unit]]
            if known.size:
                out[of] = max(out[of], 1.15 * float(known.max()))
    return out


def _paths(
    both: Sequence[Course],
    judged: NDArray[np.bool_],
    unit: int,
    drawn: tuple[Scale, Array],
) -> Iterator[tuple[str, str]]:
    scale, edges = drawn
    middle = 0.5 * (edges[1:] + edges[:-1])
    across = ACROSS * (middle - edges[0]) / (edges[-1] - edges[0])
    known = [
        (who, np.where(judged, one.value[:, unit], np.nan), one.half[:, unit])
        for who, one in zip(("ref", "take"), both, strict=True)
    ]
    for who, value, half in known:
        low, high = (scale.down(value + way * half) for way in (-1.0, 1.0))
        yield f"band {who}", band(across, low, high)
    for who, value, _ in known:
        yield f"line {who}", line(across, scale.down(value))


def _why(both: tuple[Course, Course], edges: Array) -> Iterator[str]:
    """Why parts are hatched: each reason once, with whose face and the times."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for (_, what, *_), unit in zip(DRAWN, _columns(), strict=True):
        for who, one in zip(("the reference", "yours"), both, strict=True):
            codes = one.why[:, unit]
            for code in sorted(set(codes[codes != 0].tolist())):
                reason = _UNSURE if code == APART else REASONS[code]
                key = who, reason, _times(runs(codes == code), edges)
                found.setdefault(key, []).append(what.lower())
    for (who, reason, times), names in found.items():
        named = "" if len(names) == len(DRAWN) else f" ({', '.join(names)})"
        yield f"Hatched, {who}, {times}{named}: {reason}."


def _times(found: Sequence[tuple[int, int]], edges: Array) -> str:
    spans = [Span(float(edges[a]), float(edges[b + 1])) for a, b in found]
    longest = sorted(spans, key=lambda one: one.start_s - one.end_s)[:_SPANS]
    first = sorted(longest, key=lambda one: one.start_s)
    more = f" and {len(spans) - _SPANS} shorter" if len(spans) > _SPANS else ""
    return ", ".join(map(words.stretch, first)) + more


def _with_before(parts: Sequence[Part]) -> Iterator[tuple[Part, Part | None]]:
    """Each part with the last one before it that was judged."""
    before: Part | None = None
    for one in parts:
        yield one, before
        before = before if one.reason else one


def _part(one: Part, before: Part | None) -> FacePart:
    when = words.stretch(Span(one.start_s, one.end_s))
    if one.reason:
        return FacePart(when, f"Not judged: {one.reason}.", judged=False)
    if before is None:
        return FacePart(when, "The level to begin with.", judged=True)
    said = [_changed(name, one, before) for name in one.changed[:_CHANGES]]
    text = ", ".join(said) or "no unit by more than its interval"
    return FacePart(when, f"{text[:1].upper()}{text[1:]}.", judged=True)


def _changed(name: str, one: Part, before: Part) -> str:
    what, less, more = _LEVELS[name]
    rises = one.levels[name] > before.levels[name]
    return f"{what.lower()} {more if rises else less}"
