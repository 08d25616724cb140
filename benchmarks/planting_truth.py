"""What is true of a planted take: when it dances what, and what it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from planting_time import Array, Clock, Late, Part


@dataclass(frozen=True)
class Break:
    """A stretch that take and reference do not dance together.

    ``extra``: in the take alone (in the reference, a place). ``skipped``: in the
    reference alone. ``repeated``: ``reference_s`` is the bar that is danced once more,
    ``take_s`` when. ``edge`` is true of what comes before or after all the dancing.
    """

    state: str
    reference_s: tuple[float, float]
    take_s: tuple[float, float]
    edge: bool = False


@dataclass(frozen=True)
class Stop:
    """The body holds: a moment of the reference, and when in the take."""

    reference_s: float
    take_s: tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """One part as the take dances it: (moments,) take and source seconds."""

    part: Part
    take_s: Array
    source_s: Array
    late_s: Array


@dataclass(frozen=True)
class Truth:
    """What is true of a planted take.

    Attributes
    ----------
    side : "same" or "mirrored"
    tempo : float
        Take seconds per reference second.
    offset_s : float
        The take's second of the reference's 0 at that tempo, as the first danced
        stretch has it.
    heading_deg : float
        Of the take minus that of the reference (itself mirrored where the take is).
    stretches : tuple of Stretch
        In order of the take.
    breaks : tuple of Break
    stops : tuple of Stop
    lates : tuple of Late
    """

    side: str
    tempo: float
    offset_s: float
    heading_deg: float
    stretches: tuple[Stretch, ...]
    breaks: tuple[Break, ...]
    stops: tuple[Stop, ...]
    lates: tuple[Late, ...]

    @property
    def danced(self) -> list[Stretch]:
        """The stretches that count as the dance itself."""
        return [s for s in self.stretches if s.part.state == "danced"]

    def take_at(self, reference_s: Array, *, last: bool = False) -> Array:
        """When the take dances moments of the reference; NaN = it does not.

        In a stop the first moment, or the ``last``.
        """
        return self._danced(reference_s, "take_s", last=last)

    def late_at(self, reference_s: Array) -> Array:
        """How late the take is there, seconds; NaN = it is not danced."""
        return self._danced(reference_s, "late_s", last=False)

    def _danced(self, reference_s: Array, what: str, *, last: bool) -> Array:
        when = np.asarray(reference_s, dtype=np.float64)
        found = np.full(when.shape, np.nan)
        for stretch in self.danced:
            source, value = stretch.source_s, getattr(stretch, what)
            inside = (when >= source[0]) & (when <= source[-1])
            turn = -1 if last else 1
            places, first = np.unique(source[::turn], return_index=True)
            found[inside] = np.interp(when[inside], places, value[::turn][first])
        return found

    def state_at(self, take_s: Array) -> NDArray[np.str_]:
        """What the take does at moments of its own: the state of the part."""
        ends = [stretch.take_s[-1] for stretch in self.stretches[:-1]]
        states = np.array([stretch.part.state for stretch in self.stretches])
        return states[np.searchsorted(ends, take_s)]

    def reference_at(self, take_s: Array) -> Array:
        """Which moment of the reference the take dances; NaN in strange movement.

        Of a repeated bar, the bar's own moments.
        """
        when = np.asarray(take_s, dtype=np.float64)
        found = np.full(when.shape, np.nan)
        for stretch in self.stretches:
            if stretch.part.state != "extra":
                inside = (when >= stretch.take_s[0]) & (when <= stretch.take_s[-1])
                there = np.interp(when[inside], stretch.take_s, stretch.source_s)
                found[inside] = there
        return found


def stretches_of(parts: Sequence[Part], time: Clock) -> tuple[Stretch, ...]:
    """The parts as the clock has them."""
    edges = np.cumsum([0.0, *(part.lasting_s for part in parts)])
    found = []
    for part, a, b in zip(parts, edges[:-1], edges[1:], strict=True):
        inside = (time.score_s > a) & (time.score_s < b)
        first, last = (_when(time, edge) for edge in (a, b))
        score = np.r_[a, time.score_s[inside], b]
        found.append(
            Stretch(
                part,
                np.r_[first, time.take_s[inside], last],
                part.start_s + score - a,
                np.interp(score, time.score_s, time.late_s),
            )
        )
    return tuple(found)


def _when(time: Clock, score_s: float) -> float:
    places, first = np.unique(time.score_s, return_index=True)
    return float(np.interp(score_s, places, time.take_s[first]))


def breaks_of(
    stretches: Sequence[Stretch], lasting_s: float, *, least_s: float = 0.05
) -> tuple[Break, ...]:
    """What is danced by one alone, from the stretches of the take."""
    found: list[Break] = []
    at, seen = 0.0, False
    for k, stretch in enumerate(stretches):
        part, take = stretch.part, (stretch.take_s[0], stretch.take_s[-1])
        span = float(take[0]), float(take[1])
        if part.state == "extra":
            edge = k in (0, len(stretches) - 1)
            found.append(Break("extra", (at, at), span, edge))
        elif part.state == "repeated":
            found.append(Break("repeated", (part.start_s, part.end_s), span))
        else:
            if part.start_s - at > least_s:
                gap = (at, part.start_s)
                found.append(Break("skipped", gap, (span[0], span[0]), not seen))
            at, seen = part.end_s, True
    if lasting_s - at > least_s:
        end = max(float(s.take_s[-1]) for s in stretches if s.part.state == "danced")
        found.append(Break("skipped", (at, lasting_s), (end, end), edge=True))
    return tuple(found)
