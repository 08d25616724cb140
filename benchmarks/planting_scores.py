"""How well what was planted was found: plain intervals and states, no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from planting_truth import Break, Stop

STATES = ("extra", "skipped", "repeated")
#: Two intervals are the same break where they share half of what both cover.
SAME = 0.5
#: What is found where the body holds still is no false break: within this, s.
AROUND_STOPS_S = 0.6


@dataclass
class Tally:
    """Hits, false alarms and misses; in seconds or in numbers."""

    hit: float = 0.0
    false: float = 0.0
    missed: float = 0.0

    def __iadd__(self, other: Tally) -> Tally:
        self.hit += other.hit
        self.false += other.false
        self.missed += other.missed
        return self

    @property
    def f1(self) -> float:
        """2 hits over all that was said and all that was there; NaN of nothing."""
        all_of_it = 2.0 * self.hit + self.false + self.missed
        return 2.0 * self.hit / all_of_it if all_of_it else float("nan")

    def figures(self) -> dict[str, float | None]:
        """For a file of results."""
        return {
            "f1": None if np.isnan(self.f1) else round(self.f1, 3),
            "hit": round(self.hit, 1),
            "false": round(self.false, 1),
            "missed": round(self.missed, 1),
        }


def own_span(one) -> tuple[float, float]:
    """The interval of a break in the recording that is alone in it."""
    return one.reference_s if one.state == "skipped" else one.take_s


def overlap(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Shared time over covered time, 0 to 1."""
    both = min(one[1], two[1]) - max(one[0], two[0])
    all_of_it = max(one[1], two[1]) - min(one[0], two[0])
    return max(both, 0.0) / all_of_it if all_of_it > 0.0 else 0.0


def in_a_stop(found, stops: Iterable[Stop]) -> bool:
    """Whether a break that was found is the body holding still."""
    a, b = found.take_s
    return found.state == "extra" and any(
        a > s.take_s[0] - AROUND_STOPS_S and b < s.take_s[1] + AROUND_STOPS_S
        for s in stops
    )


def matched(
    found: Sequence, planted: Sequence[Break], state: str
) -> tuple[Tally, list[str]]:
    """Breaks of one state, each with the best that is left; and what went wrong."""
    there = [b for b in planted if b.state == state]
    said = [b for b in found if b.state == state]
    pairs = sorted(
        ((overlap(own_span(p), own_span(f)), i, j)
         for i, p in enumerate(there) for j, f in enumerate(said)),
        reverse=True,
    )  # fmt: skip
    hit_i, hit_j = set(), set()
    for shared, i, j in pairs:
        if shared >= SAME and i not in hit_i and j not in hit_j:
            hit_i.add(i)
            hit_j.add(j)
    missed = [told("missed", p) for i, p in enumerate(there) if i not in hit_i]
    false = [told("false", f) for j, f in enumerate(said) if j not in hit_j]
    return Tally(len(hit_i), len(false), len(missed)), missed + false


def told(word: str, one) -> str:
    """One break in a line."""
    r, t = one.reference_s, one.take_s
    return (
        f"{word} {one.state}: reference {r[0]:.2f}-{r[1]:.2f} s, "
        f"take {t[0]:.2f}-{t[1]:.2f} s"
    )


def by_the_frame(
    found: Sequence, planted: Sequence[Break], state: str, lasting_s: float
) -> Tally:
    """Seconds rightly, falsely and not said to be in a state; 100 frames a second."""
    time = np.arange(0.0, lasting_s, 0.01)

    def inside(breaks):
        spans = [own_span(b) for b in breaks if b.state == state]
        return np.any([(time >= a) & (time < b) for a, b in spans] or
                      [np.zeros(time.size, bool)], axis=0)  # fmt: skip

    p, f = inside(planted), inside(found)
    return Tally(*(0.01 * float(x.sum()) for x in (p & f, f & ~p, p & ~f)))
