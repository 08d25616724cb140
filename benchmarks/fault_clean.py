"""Takes without a fault: what is said of them is false, all of it.

``clean`` are pairs with what is no fault, and none planted. ``same`` are copies of each
source that differ in one thing that is certainly none: with itself, on the other side,
slowed to 0.75 of the speed, smaller by 0.7, and facing elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fault_figures import headline
from fault_pairs import judged, recording
from fault_trials import Trial
from planting_figure import Motion
from planting_sources import recordings, synthetic

SLOWED, RESIZED, TURNED_DEG = 0.75, 0.7, 120.0


def _resized(motion: Motion) -> Motion:
    points = {name: RESIZED * place for name, place in motion.points.items()}
    return replace(motion, points=points)


SAME: dict[str, Callable[[Motion], Motion]] = {
    "itself": lambda motion: motion,
    "swapped": Motion.mirrored,
    "slowed": lambda motion: replace(motion, time=motion.time / SLOWED),
    "resized": _resized,
    "faced": lambda motion: motion.turned(TURNED_DEG),
}


def sources(folder: Path) -> dict[str, Motion]:
    """All recordings and synthetic dances by name."""
    return {**recordings(folder), **synthetic()}


def same(name: str, folder: Path) -> list[tuple[str, Trial]]:
    """A source with each of its copies."""
    source = sources(folder)[name]
    first = recording(source, source.name)
    return [
        (
            how,
            judged(0, source, change(source), (first, recording(change(source), how))),
        )
        for how, change in SAME.items()
    ]


def figures(
    clean: Sequence[Trial], copies: Sequence[tuple[str, Trial]]
) -> dict[str, Any]:
    """False notes a minute of the clean pairs; notes on each copy."""
    by_kind = {
        word: headline([t for t in clean if t.real is real])
        for word, real in (("real", True), ("synthetic", False))
    }
    every = headline(clean)
    kept = ("pairs", "refused", "minutes", "false_a_minute")
    return {
        "clean": {name: every[name] for name in kept},
        **{word: {name: found[name] for name in kept}
           for word, found in by_kind.items()},
        "same": {
            how: {
                "pairs": sum(h == how for h, _ in copies),
                "notes": sum(len(t.notes) for h, t in copies if h == how),
                "refused": sum(bool(t.refused) for h, t in copies if h == how),
            }
            for how in SAME
        },
    }  # fmt: skip


def lines(copies: Sequence[tuple[str, Trial]]) -> Iterator[str]:
    """Each note that a copy got."""
    for how, trial in copies:
        kind = "real" if trial.real else "synthetic"
        for note in trial.notes:
            a, b = note["take"][0]
            yield (
                f"{how} {trial.source} ({kind}): {note['measure']} "
                f"{note['side'] or ''} {note['value']:+.3g} {note['unit']}, "
                f"{a:.2f}-{b:.2f} s"
            )
