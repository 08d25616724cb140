"""What is said of a dancing that is on the music: numbers, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from repetiteur.kernels import circular
from repetiteur.kernels.on_the_beat import closeness, nearness
from repetiteur.kinematics.estimates import Z90
from repetiteur.kinematics.movement import Movement
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Measured, Measurement, NotJudged, Span
from repetiteur.model.skeletons import Side
from repetiteur.technique.musical_accents import accents
from repetiteur.technique.musical_events import ALL, off_s
from repetiteur.technique.musical_offsets import Heard, Offsets, middle
from repetiteur.technique.musical_tempo import tempo

Array = NDArray[np.float64]
Interval = tuple[float, float]

#: Fewest arrivals of one eight that its lateness is told by.
FEWEST_OF_A_PHRASE = 5
#: Drawings from the arrivals that make the intervals of how they scatter.
_DRAWN = 400
_QUANTILES = (0.05, 0.95)
_APART = (
    "Its kinds of arrivals are not late by the same, and one number is true of none.",
    "Read each kind by itself.",
)
_BETWEEN = (
    "It is so far from the counts that it is as well late on one as early on the next.",
    "Give counts half as fast, or twice: those that are meant.",
)
_UNSIGNED_CHANCE = (
    "It is no nearer to the counts than chance would be; who is steadily late is not.",
    "Read beat_offset: it says which of the two, and how much.",
)
_BY_CHANCE = (
    "Neither tops of the leg nor closings are more on the music than chance would be.",
    "Film more battements in a row.",
)
_NO_BATTEMENT = (
    "No leg goes out and closes again within two counts.",
    "Film battements: tendus show no top of the leg, dégagés and higher ones do.",
)
_BOTH_ON = (
    "The leg is as near to a count where it goes as where it closes.",
    "Count twice as slowly, so that one of the two falls between the counts.",
)
_FEW_COUNTS = (
    "Too few counts have an arrival on them to tell a tempo.",
    "Give it a longer passage.",
)
_STEADY = (
    "The tempo of the music changes too little to tell who follows it how soon.",
    "It is told where the music slows down and quickens again.",
)


@dataclass(frozen=True)
class Saying:
    """Measurements of what was found on the music, all with their moments and frames.

    Attributes
    ----------
    movement : Movement
    counts : Counts
    found : Heard
        With at least one kind that is on the music.
    """

    movement: Movement
    counts: Counts
    found: Heard

    def offsets(self) -> Measured:
        """How late each kind of arrival is, how steadily, and of all in each eight."""
        said: list[Measurement] = []
        lacking: list[NotJudged] = []
        for kind, one in self.found.offsets.items():
            why = _BETWEEN if one.between else _APART if self._apart(one) else None
            if why is not None:
                span = _span(one.time_s)
                lacking.append(NotJudged("beat_offset", *why, (span,)))
                continue
            said += self._late(kind, one)
            if kind == ALL:
                said += self._phrases(one)
        return Measured(tuple(said), tuple(lacking))

    def _off_s(self, kind: str) -> float:
        return off_s(kind, self.movement.body.space)

    def _apart(self, whole: Offsets) -> bool:
        """Whether kinds are surely otherwise late than all of them together."""
        if whole.kind != ALL:
            return False
        late, half = middle(whole.late_s, self._off_s(ALL))
        kinds = (one for kind, one in self.found.offsets.items() if kind != ALL)
        each = [middle(one.late_s, self._off_s(one.kind)) for one in kinds]
        return any(abs(own - late) > np.hypot(half, doubt) for own, doubt in each)

    def _late(self, kind: str, one: Offsets) -> Iterator[Measurement]:
        late, half = middle(one.late_s, self._off_s(kind))
        span = _span(one.time_s)
        drawn = _resampled(one.late_s.size)
        quartiles = np.quantile(one.late_s[drawn], [0.25, 0.75], axis=1)
        ways = circular.resultant(
            circular.positions(one.time_s, self.counts.time_s)[drawn], one.period
        )
        spread, apart = np.abs(ways), np.diff(quartiles, axis=0)[0]
        low, high = np.quantile(one.late_s, [0.25, 0.75])
        for name, value, unit, interval in (
            ("beat_offset", late, "s", (late - half, late + half)),
            ("beat_offset.steadiness", high - low, "s", _around(high - low, apart)),
            ("beat_offset.consistency", one.together, "ratio",
             _around(one.together, spread)),
        ):  # fmt: skip
            yield self._measured(name, kind, span, value, unit, interval)

    def _phrases(self, whole: Offsets) -> Iterator[Measurement]:
        """Each eight's own lateness."""
        nearest = np.clip(np.round(whole.meant), 0, len(self.counts) - 1).astype(int)
        phrase = self.counts.phrase[nearest]
        for number in np.unique(phrase[phrase > 0]):
            mine = phrase == number
            if mine.sum() >= FEWEST_OF_A_PHRASE:
                late, half = middle(whole.late_s[mine], self._off_s(ALL))
                yield self._measured(
                    "beat_offset.phrase", f"phrase {number}",
                    _span(whole.time_s[mine]), late, "s", (late - half, late + half),
                )  # fmt: skip

    def alignment(self) -> Measured:
        """Both forms of the Beat Alignment Score, above chance; with it beside them."""
        time = np.array([one.time_s for one in self.found.arrivals])
        beats = self.counts.time_s
        copies = np.sort(self.found.copies_s, axis=1)
        said: list[Measurement] = []
        lacking: list[NotJudged] = []
        for form, of, to, by_chance in (
            ("per_movement", time, beats, closeness(copies, beats)),
            ("per_count", beats, time,
             np.array([float(closeness(beats, copy)) for copy in copies])),
        ):  # fmt: skip
            name, value = f"beat_alignment.{form}", float(closeness(of, to))
            low, usual, high = np.quantile(by_chance, [0.05, 0.5, 0.95])
            if value <= high:
                lacking.append(NotJudged(name, *_UNSIGNED_CHANCE))
                continue
            near = _near(of, to, Z90 * self._off_s(ALL))
            for what, number, interval in (
                (name, value, near), (f"{name}_chance", usual, (low, high))
            ):  # fmt: skip
                said.append(
                    self._measured(what, ALL, _span(time), number, "ratio", interval)
                )
        return Measured(tuple(said), tuple(lacking))

    def accents(self) -> Measured:
        """Whether battements go out, or come in, on the count."""
        if not {ALL, "extension", "closing"} & set(self.found.offsets):
            return Measured((), (NotJudged("accent", *_BY_CHANCE),))
        each = list(accents(self.found.arrivals, self.counts, self._off_s(ALL)))
        said = tuple(
            self._measured(
                "accent", "battement", Span(one.out_s, one.in_s), one.name, "label",
                (one.name, one.name), one.side,
            )
            for one in each
            if one.name is not None
        )  # fmt: skip
        unsure = tuple(Span(one.out_s, one.in_s) for one in each if one.name is None)
        if not each:
            return Measured((), (NotJudged("accent", *_NO_BATTEMENT),))
        return Measured(said, (NotJudged("accent", *_BOTH_ON, unsure),) * bool(unsure))

    def tempo(self) -> Measured:
        """How the tempo that is danced goes beside the one that is played."""
        kinds = {k: one for k, one in self.found.offsets.items() if k != ALL}
        found = tempo((kinds or self.found.offsets).values(), self.counts)
        if found is None:
            return Measured((), (NotJudged("tempo_shape", *_FEW_COUNTS),))
        span = Span(found.first_s, found.last_s)
        said = [
            self._measured(
                f"tempo_shape.{name}", ALL, span, one.value, "percent",
                (one.low, one.high),
            )
            for name, one in (
                ("danced", found.danced), ("played", found.played),
                ("apart", found.apart),
            )
        ]  # fmt: skip
        if found.lag is None:
            return Measured(
                tuple(said), (NotJudged("tempo_shape.lag", *_STEADY, (span,)),)
            )
        beat_s = float(np.median(self.counts.beat_s))
        lag, low, high = (beat_s * number for number in found.lag)
        said.append(self._measured("tempo_shape.lag", ALL, span, lag, "s", (low, high)))
        return Measured(tuple(said))

    def _measured(
        self,
        measure: str,
        moment: str,
        span: Span,
        value: float | str,
        unit: str,
        interval: Interval | tuple[str, str],
        side: Side | None = None,
    ) -> Measurement:
        time = self.movement.body.time
        first, last = np.searchsorted(time, [span.start_s, span.end_s])
        frames = (int(first), int(min(last, time.size - 1)))
        if not isinstance(value, str):
            value = float(value)
            interval = (float(interval[0]), float(interval[1]))
        return Measurement(measure, side, moment, span, value, unit, interval, frames)


def _span(time: Array) -> Span:
    return Span(float(time.min()), float(time.max()))


def _resampled(number: int) -> NDArray[np.intp]:
    """Which arrivals each drawing has, with replacement."""
    rng = np.random.default_rng(0)
    return rng.integers(number, size=(_DRAWN, number)).astype(np.intp)


def _around(value: float, drawn: Array) -> Interval:
    """The 90 % interval that drawings leave a value."""
    low, high = np.quantile(drawn, _QUANTILES)
    return min(float(low), value), max(float(high), value)


def _near(of: Array, to: Array, off_s: float) -> Interval:
    """The 90 % interval of a Beat Alignment Score."""
    each = nearness(of, to)
    value = float(each.mean())
    drawn = float(stdtrit(each.size - 1.0, 0.95) * each.std(ddof=1) / each.size**0.5)
    moved = [float(closeness(of, to + sign * off_s)) for sign in (-1, 1)]
    off = 0.5 * abs(moved[1] - moved[0])
    half = float(np.hypot(drawn, off))
    return max(value - half, 0.0), min(value + half, 1.0)
