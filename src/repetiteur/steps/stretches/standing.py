"""Both feet, or one, in their place: positions, bends, rises."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from repetiteur.kernels.signals import runs
from repetiteur.kinematics.feet import SIDES
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import (
    RISES,
    STAYS_S,
    Array,
    Frames,
    Spans,
    Stretch,
    plateau,
)


def stances(scene: Scene) -> Iterator[Stretch]:
    """Both feet flat and in their place."""
    for span in scene.movement.stances:
        if span.lasting_s >= STAYS_S:
            frames = (span.start, span.end)
            yield Stretch("stance", *frames, None, {"hold": (frames,)}, event=span)


def bends(scene: Scene) -> Iterator[Stretch]:
    """Bends of both knees."""
    for plie in scene.movement.plies:
        if plie.on == "both":
            marks = _between(scene, plie.start, plie.bottom, plie.end)
            yield Stretch("bend", plie.start, plie.end, None, marks, event=plie)


def _between(scene: Scene, start: int, bottom: int, end: int) -> dict[str, Spans]:
    near = scene.frames(0.05)
    return {
        "start": ((start, min(start + near, bottom)),),
        "descend": ((start, bottom),),
        "bottom": ((max(bottom - near, start), min(bottom + near, end)),),
        "ascend": ((bottom, end),),
        "end": ((max(end - near, bottom), end),),
    }


def rises(scene: Scene) -> Iterator[Stretch]:
    """Heels that rise while both feet stand, or the one that carries."""
    left, right = (scene.movement.contacts.foot(side).rise for side in SIDES)
    legs = scene.movement.legs
    cases: tuple[tuple[Array, Side | None], ...] = (
        (np.where((legs.feet == 2), np.fmin(left, right), 0.0), None),
        (np.where(legs.supports("left"), left, 0.0), "right"),
        (np.where(legs.supports("right"), right, 0.0), "left"),
    )
    for height, working in cases:
        for first, last in runs(height >= RISES):
            if last - first >= scene.frames(0.2):
                yield _rise(scene, height, (first, last), working)


def _rise(scene: Scene, height: Array, up: Frames, working: Side | None) -> Stretch:
    """A rise: from where the heel leaves the floor until it is back."""
    first, last = up
    low = height < 0.5 * RISES
    before, after = np.flatnonzero(low[:first]), np.flatnonzero(low[last:])
    most = scene.frames(0.5)
    start = max(int(before[-1]), first - most) if before.size else first
    end = min(last + int(after[0]), last + most) if after.size else last
    top = plateau(height, first, last, 0.08)
    marks = {
        "flat": ((start, start),),
        "push": ((start, top[0]),),
        "top": (top,),
        "lower": ((top[1], end),),
    }
    return Stretch("rise", start, end, working, marks)
