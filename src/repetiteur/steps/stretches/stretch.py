"""A stretch of a movement, its marks, and how spans of frames are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.signals import runs
from repetiteur.kinematics.events import Span as Event
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.flights import Flight
from repetiteur.kinematics.legs import OTHER
from repetiteur.kinematics.series import Series
from repetiteur.kinematics.turns import Turn
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.vocabulary import Kind

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Frames = tuple[int, int]
Spans = tuple[Frames, ...]


#: Who stands, or holds a pose, stays for at least this, s. Expert default.
STAYS_S = 0.3
#: A leg rests in a pose if it is slower than this, deg/s, for so long, s.
RESTS_DEG_S, RESTS_S = 40.0, 0.3
#: It rests on through a shift of this length, s.
SHIFTS_S = 0.2
#: The plié of a jump or turn lies within this before it; that of a landing within the
#: second after it, s.
BEFORE_S, AFTER_S = 0.9, 0.6
#: What is read of a position of the feet lies within this of a take-off or landing, s.
AT_FLOOR_S = 0.25
#: A heel rises to this (sine).
RISES = 0.35


@dataclass(frozen=True)
class Stretch:
    """A stretch of a movement in which a step may lie.

    Attributes
    ----------
    kind : str
    start, end : int
        First and last frame.
    working : {"left", "right"} or None
        The working leg; None where both do the same.
    marks : mapping of str to tuple of (int, int)
        First and last frame of each span of a mark.
    landing : {"left", "right"} or None
        The foot that a jump lands on, which supports from then on.
    event : object
        What :mod:`repetiteur.kinematics` found there.
    """

    kind: Kind
    start: int
    end: int
    working: Side | None
    marks: Mapping[str, tuple[Frames, ...]]
    landing: Side | None = None
    event: Flight | Turn | Series | Event | None = field(default=None, repr=False)

    def spans(self, mark: str) -> tuple[Frames, ...]:
        """The frames of a mark; those of the whole stretch for ``all``."""
        if mark == "all":
            return ((self.start, self.end),)
        return self.marks.get(mark, ())

    def roles(self, mark: str) -> tuple[Side | None, Side | None]:
        """The supporting and the working leg while a mark lasts."""
        if mark in ("landing", "recovery") and self.landing is not None:
            return self.landing, OTHER[self.landing]
        working = self.working
        return (None if working is None else OTHER[working]), working


def plateau(curve: Array, first: int, last: int, within: float) -> Frames:
    """The frames about the highest in which a curve is within so much of it."""
    part = np.nan_to_num(curve[first : last + 1], nan=-np.inf)
    top = int(part.argmax())
    high = part >= part[top] - within
    for a, b in runs(high):
        if a <= top <= b:
            return first + a, first + b
    return first + top, first + top


def run_at(mask: NDArray[np.bool_], first: int, last: int) -> Frames:
    """A span, with what of a mask goes on before and after it."""
    before, after = ~mask[:first], ~mask[last + 1 :]
    begin = last_of(before) + 1 if before.any() else 0
    end = last + (first_of(after) if after.any() else after.size)
    return min(begin, first), max(end, last)


def deepest(scene: Scene, from_s: float, to_s: float) -> int:
    """The frame in which the knee that carries is bent most."""
    first, last = scene.frame(from_s), scene.frame(to_s)
    left, right = (scene.angle(f"{side}_knee_flexion") for side in SIDES)
    support = scene.movement.legs.support
    bend = np.where(
        support > 0, left, np.where(support < 0, right, np.fmin(left, right))
    )
    return first + int(np.nan_to_num(bend[first : last + 1]).argmax())


def bend_at(scene: Scene, frame: int) -> Frames:
    """First and last frame of the plié that a frame lies in; of none itself."""
    for plie in scene.movement.plies:
        if plie.start <= frame <= plie.end:
            return plie.start, plie.end
    return frame, frame


def first_of(mask: NDArray[np.bool_]) -> int:
    """Index of the first True; the last index where there is none."""
    found = np.flatnonzero(mask)
    return int(found[0]) if found.size else mask.size - 1


def last_of(mask: NDArray[np.bool_]) -> int:
    """Index of the last True; 0 where there is none."""
    found = np.flatnonzero(mask)
    return int(found[-1]) if found.size else 0
