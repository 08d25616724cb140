"""Values of moments in space, and how sure each of them is.

What is read off a curve has the errors of its frames (:mod:`.carried`), and what the
moment's own time adds. All else hangs on the search, repeated on noisy copies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.few_copies import half_and_reach
from repetiteur.kinematics.calming import calmed, jitter_of
from repetiteur.kinematics.doubts import parts_of_error
from repetiteur.kinematics.estimates import Z90
from repetiteur.kinematics.events import step_of
from repetiteur.kinematics.found_again import (
    COPIES,
    Doubt,
    Happening,
    Progress,
    doubts,
    shifted_copies,
)
from repetiteur.kinematics.movement import Movement, movement_of
from repetiteur.model.findings import Measurement, NotJudged
from repetiteur.model.skeletons import Side
from repetiteur.technique.carried import carried, period_of, stretch_of
from repetiteur.technique.hidden import Hidden
from repetiteur.technique.judging import Taken, judged, known
from repetiteur.technique.measure import KINDS, Kind, Measure, exact
from repetiteur.technique.moments import Moment, moments_of
from repetiteur.technique.postures import curve_of, read, top_of
from repetiteur.technique.values import Key, keys_of

Array = NDArray[np.float64]

#: The same of a name that is read off a curve: so far from another one, in standard
#: deviations, a normal error leaves it in nine of ten copies.
_AGREED = 1.2816

_ByKind = Mapping[Kind, Sequence[Measure]]


def in_space(
    able: Sequence[Measure], own: Movement, progress: Progress | None = None
) -> tuple[list[Measurement], list[NotJudged]]:
    """Values of all moments of a movement, and those that the noise leaves open."""
    kinds = {one.on for one in able}
    moments = [moment for moment in moments_of(own) if moment.kind in kinds]
    taken: list[Measurement] = []
    lacking: list[NotJudged] = []
    step_s, hidden = step_of(own.body.time), Hidden(own.body)
    for one in _taken(able, moments, own, progress) if moments else ():
        entry = judged(one, own, step_s, hidden)
        if isinstance(entry, Measurement):
            taken.append(entry)
        elif entry is not None:
            lacking.append(entry)
    return taken, lacking


def _taken(
    able: Sequence[Measure],
    moments: Sequence[Moment],
    own: Movement,
    progress: Progress | None,
) -> Iterator[Taken]:
    """All values in order of the moments, with half-widths; then those without one."""
    by_kind = {kind: [one for one in able if one.on == kind] for kind in KINDS}
    search = _Search(by_kind, own, moments)
    values = [search.values(by_kind, moment, own) for moment in moments]
    repeated = [
        _happening(moment, {k: v for k, v in row.items() if k.measure.reads is None})
        for moment, row in zip(moments, values, strict=True)
    ]
    found = doubts(repeated, search.calm(), search.copies(), COPIES, progress)
    told = [
        (key, k, value)
        for k, row in enumerate(values)
        for key, value in row.items()
        if known(value)
    ]
    halves = search.halves([(key, k) for key, k, _ in told], found)
    for (key, k, value), half in zip(told, halves, strict=True):
        again = found[k].values.get(key.name)
        reach = 0.0 if again is None else again.reach
        yield Taken(key, moments[k], found[k], value, half, reach)
    for k, row in enumerate(values):
        for key, value in row.items():
            if not known(value):
                yield Taken(key, moments[k], found[k], value, np.nan, 0.0)


class _Search:
    """The moments of a movement, of the calmed one, and of its noisy copies."""

    def __init__(self, able: _ByKind, own: Movement, moments: Sequence[Moment]) -> None:
        self._own, self._moments = own, moments
        self._repeated = {
            kind: [one for one in those if one.reads is None]
            for kind, those in able.items()
            if those
        }
        jitter = jitter_of(own.body)
        self._steady = movement_of(calmed(own.body, jitter))
        self._parts = parts_of_error(own.body, jitter)
        #: When the moments of each copy are read, seconds.
        self._tops: list[list[float]] = []

    def calm(self) -> list[Happening]:
        """What happens in the calmed movement."""
        return [self._of(m, self._steady) for m in self._moments_of(self._steady)]

    def copies(self) -> Iterator[list[Happening]]:
        """What happens in each copy; its moments are kept."""
        calm = self._steady.body
        for body in shifted_copies(self._own.body, calm, self._parts):
            movement = movement_of(body)
            moments = self._moments_of(movement)
            self._tops.append([_top_s(moment) for moment in moments])
            yield [self._of(moment, movement) for moment in moments]

    def _moments_of(self, movement: Movement) -> list[Moment]:
        return [m for m in moments_of(movement) if m.kind in self._repeated]

    def _of(self, moment: Moment, movement: Movement) -> Happening:
        return _happening(moment, self.values(self._repeated, moment, movement))

    @staticmethod
    def values(
        able: _ByKind, moment: Moment, movement: Movement
    ) -> dict[Key, float | str]:
        """The values of a moment."""
        return {
            key: key.measure.value(movement, moment.event, key.side)
            for key in keys_of(able[moment.kind], moment)
        }

    def halves(
        self, told: Sequence[tuple[Key, int]], found: Sequence[Doubt]
    ) -> list[float]:
        """Half of the interval of each value: that of a key on a moment."""
        out = np.zeros(len(told))
        groups: dict[tuple[object, Side | None, Kind], list[int]] = defaultdict(list)
        for n, (key, k) in enumerate(told):
            if key.measure.reads is not None:
                groups[key.measure.reads, key.side, key.measure.on].append(n)
            elif key.measure.unit != "label":
                out[n] = found[k].values[key.name].half
        stretches = np.array([stretch_of(self._own, m) for m in self._moments])
        tops = self._all_tops(found)
        for numbers in groups.values():
            key = told[numbers[0]][0]
            at = [told[n][1] for n in numbers]
            course = self._course(self._own, key) if _at_top(tops[at]) else None
            sd = carried(self._own.body, self._parts, key, stretches[at], course)
            halves = np.hypot(Z90 * sd, self._by_time(key, tops[at]))
            if key.measure.unit == "label":
                sure = self._margins(key, at) >= _AGREED / Z90 * halves
                halves = np.where(sure, 0.0, np.inf)
            out[numbers] = halves
        return list(out.tolist())

    def _margins(self, key: Key, moments: Sequence[int]) -> Array:
        """How far names are from being others, in the unit of their curve."""
        course = self._course(self._own, key)
        events = (self._moments[k].event for k in moments)
        return np.array([read(self._own, event, course) for event in events])

    @staticmethod
    def _course(movement: Movement, key: Key) -> Array | None:
        """The curve that a value is read off."""
        reads = key.measure.reads
        return None if reads is None else curve_of(movement, reads, key.side)

    def _by_time(self, key: Key, tops: Array) -> Array:
        """What a curve moves while its moments do; 0 of what is read over a span.

        ``tops`` are (moments, 1 + copies) seconds.
        """
        time = self._own.body.time
        curve = self._course(self._steady, key) if _at_top(tops) else None
        if curve is None:
            return np.zeros(len(tops))
        at = np.clip(np.searchsorted(time, tops), 0, time.size - 1)
        course = np.where(np.isfinite(tops), curve[at], np.nan)
        period = period_of(key.measure) or np.inf
        half, _ = half_and_reach(course[:, 0], course[:, 1:].T, period=period)
        return np.where(np.isfinite(half), half, 0.0)

    def _all_tops(self, found: Sequence[Doubt]) -> Array:
        """When each moment is read, and when in each copy, (moments, 1 + copies) s."""
        out = np.full((len(found), 1 + len(self._tops)), np.nan)
        again = np.array([doubt.again for doubt in found], dtype=np.intp)
        out[:, 0] = [_top_s(moment) for moment in self._moments]
        for c, tops in enumerate(self._tops):
            there = again[:, c] >= 0
            out[there, 1 + c] = np.asarray(tops, dtype=np.float64)[again[there, c]]
        return out


def _at_top(tops: Array) -> bool:
    """Whether moments are read at a top, (moments, 1 + copies) s, not over a span."""
    return bool(np.isfinite(tops[:, 0]).any())


def _top_s(moment: Moment) -> float:
    when = top_of(moment.event)
    return np.nan if when is None else when


def _happening(moment: Moment, values: Mapping[Key, float | str]) -> Happening:
    numbers: dict[str, float] = {}
    labels: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, float):
            numbers[key.name] = value
        elif value:
            labels[key.name] = value
    return Happening(
        kind=f"{moment.kind} {moment.side}",
        start_s=moment.start_s,
        end_s=moment.end_s,
        values=numbers,
        labels=labels,
        periods={k.name: 360.0 for k in values if k.measure.shape == "circle"},
        timed={k.name for k in values if _is_a_time(k.measure)},
    )


def _is_a_time(one: Measure) -> bool:
    """Whether it tells how long something lasts, or what follows from that alone."""
    return one.by_frames is not exact and one.shape == "ray"
