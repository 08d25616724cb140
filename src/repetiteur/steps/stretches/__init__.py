"""Where steps are looked for: stretches of a movement, each with its marks.

One function for each kind of stretch. A mark is what a phase of a step is read at: a
span of frames, or several. Which stretch is which step is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import (
    arms,
    jumping,
    standing,
    turning,
    walking,
    working,
)
from repetiteur.steps.stretches.stretch import Frames, Spans, Stretch

__all__ = ["Frames", "Spans", "Stretch", "stretches"]

_KINDS: tuple[Callable[[Scene], Iterator[Stretch]], ...] = (
    jumping.flights,
    jumping.pairs,
    turning.series,
    turning.turns,
    turning.pivots,
    working.tilts,
    working.legs,
    working.poses,
    walking.walks,
    walking.travels,
    standing.rises,
    standing.bends,
    standing.stances,
    arms.arms,
)


def stretches(scene: Scene) -> Iterator[Stretch]:
    """All stretches of a movement, kind after kind."""
    for find in _KINDS:
        yield from find(scene)
