"""Pairs of a reference and a take of it, all that differs between them known.

    REPETITEUR_TEST_DATA=DIR python benchmarks/planting.py --pairs 5 --seed 0

prints what is planted. Knows nothing of the code that will be judged: numpy in, numpy
out, own geometry. A take is made in this order: faults of shape (``planting_faults``),
another body (``planting_body``), another order of the bars (``planting_joints``),
another time (``planting_time``), the other side, another facing, place and frame rate,
noise (``planting_takes``). Where things make sense stands in ``planting_places`` and
``planting_slips``, what is true of a take in ``planting_truth``; ``planting_sources``
has the motions, ``planting_camera`` shows a take to a camera.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from planting_faults import KINDS
from planting_figure import Array, Motion, other
from planting_places import draw_breaks, draw_lates
from planting_shapes import Fault, NotPlantedError
from planting_slips import Busy, draw_faults
from planting_takes import Breaks, Take, plant
from planting_time import Late
from planting_timely import draw_balance, draw_jump, draw_turn, late_phrase, put_event
from planting_truth import Truth
from planting_variation import RUBATO, WIDE, Ranges, Variation, draw_variation

__all__ = [
    "RUBATO",
    "WIDE",
    "Breaks",
    "Fault",
    "Late",
    "Motion",
    "Pair",
    "Ranges",
    "Take",
    "Truth",
    "Variation",
    "draw_pair",
    "draw_variation",
    "plant",
    "turned",
]

EVENTS = ("late", "balance_cut", "jump_lower", "turn_short")
ORDER = {"bar_left_out": "skip", "bar_repeated": "repeat"}
#: All faults; ``late`` is also early.
FAULTS = (*KINDS, *EVENTS, *ORDER)
MOST_FAULTS = 4
#: Faults that make sense in few places are tried for first, so much more often.
RARE = dict.fromkeys(
    ("leg_lower", "knee_bent", "foot_unpointed", "balance_cut", "jump_lower",
     "turn_short", "late"), 4.0,
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A reference, a take of it, and the faults of the take in order of time."""

    reference: Motion
    take: Take
    faults: tuple[Fault, ...]

    def side_in_take(self, fault: Fault) -> str | None:
        """Side of a fault on the body of the take as it was recorded."""
        if fault.side is None or self.take.truth.side == "same":
            return fault.side
        return other(f"{fault.side}_").rstrip("_")

    def span_in_take(self, fault: Fault) -> tuple[float, float]:
        """When the take has a fault in its whole size, or breaks the order."""
        if fault.kind in ORDER:
            state = "skipped" if fault.kind == "bar_left_out" else "repeated"
            return next(b.take_s for b in self.take.truth.breaks if b.state == state)
        ends = np.array([fault.start_s, fault.end_s])
        start, end = self.take.truth.take_at(ends)
        return float(start), float(end)


def turned(points: dict[str, Array], degrees: float) -> dict[str, Array]:
    """Points turned about the vertical, positive to the dancer's left."""
    return dict(Motion("", np.empty(0), points).turned(degrees).points)


def draw_pair(
    source: Motion,
    rng: np.random.Generator,
    *,
    count: int | None = None,
    kinds: Sequence[str] = FAULTS,
    within: Ranges | None = None,
) -> Pair:
    """A take of a source with faults.

    Parameters
    ----------
    source : Motion
    rng : numpy.random.Generator
    count : int, optional
        How many faults are tried for, of different kinds; 0 to 4 by default. Fewer are
        planted where no more make sense.
    kinds : sequence of str
        Of which kinds.
    within : Ranges, optional
        Of the variation that is no fault.

    Returns
    -------
    Pair
    """
    variation = draw_variation(rng, within)
    wanted = int(rng.integers(MOST_FAULTS + 1)) if count is None else count
    order = _shuffled(kinds, rng)
    busy, faults, lates = Busy(), [], []
    moved, breaks = source, Breaks()
    # What breaks the order comes first: the rest keeps away from it. One at the most.
    broken = [kind for kind in order[:wanted] if kind in ORDER][:1]
    for kind in [*broken, *(k for k in order if k not in ORDER)]:
        if len(faults) >= wanted:
            break
        if kind in ORDER:
            breaks, fault = _order(kind, source, rng, busy)
        elif kind in EVENTS:
            moved, fault, late = _event(kind, moved, rng, variation.tempo, busy, breaks)
            lates += [late] if late is not None else []
        else:
            moved, one = draw_faults(moved, rng, count=1, kinds=[kind], busy=busy)
            fault = one[0] if one else None
        faults += [fault] if fault is not None else []
    take = plant(moved, variation, rng=rng, breaks=breaks, lates=lates)
    return Pair(source, take, tuple(sorted(faults, key=lambda fault: fault.start_s)))


def _shuffled(kinds: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Kinds in random order, the rare ones likelier to come early."""
    keys = {
        kind: rng.uniform() ** (1.0 / RARE.get(kind, 1.0)) for kind in sorted(kinds)
    }
    return sorted(keys, key=lambda kind: -keys[kind])


def _order(
    kind: str, source: Motion, rng: np.random.Generator, busy: Busy
) -> tuple[Breaks, Fault | None]:
    """A bar left out or danced again."""
    found = draw_breaks(source, rng, count=1, kinds=[ORDER[kind]])
    bars = [*found.skips, *found.repeats]
    if not bars:
        return Breaks(), None
    ((a, b),) = bars
    busy.take({"*", "time"}, a, b)
    size = b - a if kind == "bar_repeated" else a - b
    return found, Fault(kind, None, size, "s", "step_presence", a, b, 0.0)


def _event(kind, source, rng, tempo, busy, breaks):
    """A fault of time or of an event: the movement, the fault, what it does to time."""
    if kind == "late":
        lates = draw_lates(source, rng, tempo=tempo, breaks=breaks, busy=busy)
        return source, late_phrase(lates[0]) if lates else None, next(iter(lates), None)
    if kind == "balance_cut":
        event = draw_balance(source, rng, tempo=tempo, busy=busy)
    elif kind == "jump_lower":
        event = draw_jump(source, rng, tempo=tempo, busy=busy)
    else:
        event = draw_turn(source, rng, busy=busy)
    if event is None:
        return source, None, None
    try:
        return put_event(source, event), event.fault, event.late
    except NotPlantedError:
        return source, None, None


def told(pair: Pair, fault: Fault) -> str:
    """One fault in a line."""
    side = pair.side_in_take(fault)
    a, b = pair.span_in_take(fault)
    where = f"reference {fault.start_s:.2f}-{fault.end_s:.2f} s"
    return (
        f"{fault.kind}{f' {side}' if side else ''} {fault.size:+.3g} {fault.unit}, "
        f"{where}, take {a:.2f}-{b:.2f} s"
    )


def main() -> None:
    from planting_sources import draw_any

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path,
                        default=os.environ.get("REPETITEUR_TEST_DATA"))  # fmt: skip
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    asked = parser.parse_args()
    folder = Path(asked.data) if asked.data else None
    for seed in range(asked.seed, asked.seed + asked.pairs):
        rng = np.random.default_rng([200, seed])
        pair = draw_pair(draw_any(folder, rng), rng)
        v = pair.take.variation
        print(f"{seed}: {pair.reference.name}, tempo {v.tempo:.2f}, {v.side}")
        for fault in pair.faults:
            print("   ", told(pair, fault))


if __name__ == "__main__":
    main()
