"""What the page goes by: the counts of the music, or the seconds of the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching.timing import parts
from repetiteur.model.counts import EIGHT, Counts
from repetiteur.model.findings import Lateness, Span

__all__ = ["Slots", "System", "slots_of"]

Array = NDArray[np.float64]
#: Seconds of a line of the ribbon that goes by seconds, and slots of any at the most.
SYSTEM_S, MOST = 8, 12
_GRID_HZ = 60.0


@dataclass(frozen=True)
class System:
    """A line of the ribbon: what it is called, its first slot, and how many it has."""

    name: str
    first: int
    many: int

    @property
    def begins(self) -> str:
        """What it begins with, in the middle of a sentence."""
        return self.name.partition(" to ")[0].replace("Seconds", "second").lower()


@dataclass(frozen=True, eq=False)
class Slots:
    """Counts, and seconds where there are none, one after the other.

    Attributes
    ----------
    at_s : (slots,) float
        The moment of each, seconds of the reference.
    names : tuple of str
        "2·5", or "12".
    phrase : int
        How far is counted; 0 where all of them are seconds.
    meet_s : (slots - 1,) float or None
        Where each ends and the next begins; half way where it is not given.
    """

    at_s: Array
    names: tuple[str, ...]
    phrase: int = 0
    meet_s: Array | None = None

    @property
    def unit(self) -> str:
        """What most of them are: ``count`` or ``second``."""
        return "count" if self.phrase else "second"

    @cached_property
    def edges(self) -> Array:
        """Where each begins, and the last ends, (slots + 1,)."""
        if len(self.names) == 1:
            return np.asarray(self.at_s[0] + np.array([-0.5, 0.5]))
        middle = 0.5 * (self.at_s[1:] + self.at_s[:-1])
        middle = middle if self.meet_s is None else self.meet_s
        ends = 2.0 * self.at_s[[0, -1]] - middle[[0, -1]]
        return np.concatenate([ends[:1], middle, ends[1:]])

    def of(self, row: Lateness) -> int:
        """The slot that a row of lateness stands for."""
        inside = np.searchsorted(self.edges, row.reference_s, side="right") - 1
        near = int(np.clip(inside, 0, len(self.names) - 1))
        named = [k for k in (near - 1, near, near + 1) if 0 <= k < len(self.names)]
        return next((k for k in named if self.names[k] == row.count), near)

    def judged(self, rows: Sequence[Lateness], within: Span) -> list[Span]:
        """Stretches of the reference in which lateness was judged.

        Each row stands for the whole of its slot.

        Examples
        --------
        >>> seconds = slots_of(Span(0.0, 6.0))
        >>> rows = [Lateness(str(t), t, t, 0.0, (-0.1, 0.1)) for t in (0.0, 1.0, 5.0)]
        >>> [(s.start_s, s.end_s) for s in seconds.judged(rows, Span(0.0, 6.0))]
        [(0.0, 1.5), (4.5, 5.5)]
        """
        spans: list[Span] = []
        for k in sorted({self.of(row) for row in rows}):
            start = max(float(self.edges[k]), within.start_s)
            end = min(float(self.edges[k + 1]), within.end_s)
            if spans and start <= spans[-1].end_s:
                spans[-1] = Span(spans[-1].start_s, end)
            elif end > start:
                spans.append(Span(start, end))
        return spans

    def systems(self) -> list[System]:
        """The lines of the ribbon: a phrase each, or eight seconds.

        Examples
        --------
        >>> slots_of(Span(0.0, 9.4)).systems()
        [System(name='Seconds 0 to 7', first=0, many=8),
         System(name='Seconds 8 to 9', first=8, many=2)]
        """
        found = []
        for phrase, group in groupby(range(len(self.names)), self._phrase):
            here = list(group)
            step = MOST if phrase else SYSTEM_S
            for first in range(0, len(here), step):
                some = here[first : first + step]
                found.append(System(self._name(phrase, some), some[0], len(some)))
        return found

    @property
    def longest_s(self) -> float:
        """Seconds of the longest line: all are drawn to its scale."""
        if not self.phrase:
            return float(SYSTEM_S)
        return max(
            float(self.edges[one.first + one.many] - self.edges[one.first])
            for one in self.systems()
        )

    def _phrase(self, slot: int) -> str:
        """The number of its phrase; empty of a second."""
        return self.names[slot].rpartition("·")[0]

    def _name(self, phrase: str, some: Sequence[int]) -> str:
        first, last = self.names[some[0]], self.names[some[-1]]
        if not phrase:
            return f"Second {first}" if len(some) == 1 else f"Seconds {first} to {last}"
        if phrase == "0":
            return "Before the first count"
        return f"{'Eight' if self.phrase == EIGHT else 'Phrase'} {phrase}"


def slots_of(span: Span, counts: Counts | None = None) -> Slots:
    """The slots of a reference.

    Parameters
    ----------
    span : Span
        Its first and last moment.
    counts : Counts, optional
        In its seconds.

    Examples
    --------
    >>> slots_of(Span(0.2, 3.4)).names
    ('0', '1', '2', '3')
    """
    grid = np.arange(span.start_s, span.end_s + 0.5 / _GRID_HZ, 1.0 / _GRID_HZ)
    found = list(parts(grid, counts))
    names = tuple(name for name, _ in found)
    if counts is None or not any("·" in name for name in names):
        return Slots(np.array([float(name) for name in names]), names)
    times = dict(zip(counts.label.tolist(), counts.time_s.tolist(), strict=True))
    at = np.array([times.get(name, float(grid[here].mean())) for name, here in found])
    counted = np.array(["·" in name for name in names])
    begins = np.array([grid[here[0]] for _, here in found])
    turns = counted[1:] != counted[:-1]  # a count reaches as far as it lasts
    meet = np.where(turns, begins[1:], 0.5 * (at[1:] + at[:-1]))
    return Slots(at, names, counts.length, meet)
