"""Turns on one foot, fast and slow, and series of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from repetiteur.kernels.signals import bridged, runs
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.turns import Turn
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import (
    AFTER_S,
    BEFORE_S,
    RESTS_DEG_S,
    RISES,
    SHIFTS_S,
    Frames,
    Spans,
    Stretch,
    bend_at,
    deepest,
    plateau,
    run_at,
)

#: Who steps onto the foot of a turn stood on the other one this shortly before, s.
PUSHED_S = 0.4
#: A body pivots slowly between these rates, deg/s, for so long, s.
PIVOTS, TURNS, PIVOT_S = 8.0, 120.0, 1.0


def pivots(scene: Scene) -> Iterator[Stretch]:
    """The body turns slowly on one foot."""
    slow = np.abs(scene.rate)
    for side in SIDES:
        free = scene.free(side)
        still = bridged(scene.leg_speed(side) < RESTS_DEG_S, scene.frames(SHIFTS_S))
        alone = free & (slow > PIVOTS) & (slow < TURNS)
        for sign in (1.0, -1.0):
            for first, last in runs(alone & (sign * scene.rate > 0.0)):
                if last - first >= scene.frames(PIVOT_S):
                    begin, end = run_at(free & still, first, last)
                    marks = {
                        "start": ((begin, first),),
                        "pivot": ((first, last),),
                        "end": ((last, end),),
                    }
                    yield Stretch("pivot", begin, end, side, marks)


def turns(scene: Scene) -> Iterator[Stretch]:
    """Turns on one foot."""
    for turn in scene.movement.turns:
        if turn.supporting is None:
            continue
        plie = deepest(scene, turn.start_s - BEFORE_S, turn.start_s + 0.1)
        begin, _ = bend_at(scene, plie)
        tenth = (turn.end - turn.start) // 10
        core = (turn.start + tenth, turn.end - tenth)
        after = min(turn.end + scene.frames(AFTER_S), scene.time.size - 1)
        down = deepest(scene, turn.end_s, turn.end_s + AFTER_S)
        end = max(turn.end, bend_at(scene, down)[1])
        marks = {
            "preparation": ((min(begin, plie), min(plie, turn.start)),),
            "plie": (_around(scene, plie, 1),),
            "push": ((min(plie, turn.start), turn.start),),
            "turn": (core,),
            "whole": ((turn.start, turn.end),),
            "turning": (core,),
            "drawn": (_highest(scene, turn),),
            "close": ((turn.end, min(after, end)),),
            **_stepped(scene, turn),
        }
        yield Stretch("turn", begin, end, turn.working, marks, event=turn)


def _highest(scene: Scene, turn: Turn) -> Frames:
    """When the working thigh is highest: real pirouettes open before they end."""
    thigh = scene.angle(f"{turn.working}_thigh_elevation")
    return plateau(thigh, turn.start, turn.end, 15.0)


def _stepped(scene: Scene, turn: Turn) -> dict[str, Spans]:
    """The step onto the foot of a turn, where the weight comes from the other one."""
    if turn.supporting is None or turn.working is None:
        return {}
    alone = scene.movement.legs.supports(turn.supporting)
    pushing = scene.movement.legs.supports(turn.working)
    before = ~alone[: turn.start + 1]
    on = int(np.flatnonzero(before)[-1]) + 1 if before.any() else 0
    if not pushing[max(on - scene.frames(PUSHED_S), 0) : on].any():
        return {}
    begin = max(on - scene.frames(0.4), 0)
    end = min(on + scene.frames(0.15), scene.time.size - 1)
    return {"step": ((on, min(end, turn.end)),), "over": ((begin, end),)}


def series(scene: Scene) -> Iterator[Stretch]:
    """Turns that follow each other."""
    for series in scene.movement.series:
        bends = [scene.frame(s) for s in series.bends_s]
        if series.supporting is not None and len(bends) > 1:
            middles = [(a + b + 1) // 2 for a, b in pairwise(bends)]
        else:
            middles = [(series.start + series.end) // 2]
        near = scene.frames(0.05)
        marks = {
            "bends": tuple(_around(scene, k, near) for k in bends),
            "between": tuple(_around(scene, k, near) for k in middles),
            "turning": ((series.start, series.end),),
        }
        first, last = _raised(scene, series.start, series.end)
        yield Stretch("series", first, last, series.working, marks, event=series)


def _around(scene: Scene, frame: int, near: int) -> Frames:
    """So many frames to either side, within the recording."""
    return max(frame - near, 0), min(frame + near, scene.time.size - 1)


def _raised(scene: Scene, first: int, last: int) -> Frames:
    """A series with the rise before it and the plié after it."""
    feet = scene.movement.contacts
    up = np.fmin(feet.left.rise, feet.right.rise) >= RISES
    before, after = ~up[:first], ~up[last:]
    start = int(np.flatnonzero(before)[-1]) + 1 if before.any() else 0
    end = last + int(np.flatnonzero(after)[0]) if after.any() else last
    down = deepest(scene, scene.time[last], scene.time[last] + AFTER_S)
    return min(start, first), max(end, last, bend_at(scene, down)[1])
