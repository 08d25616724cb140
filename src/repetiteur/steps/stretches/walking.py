"""Steps from foot to foot, and transfers of the weight."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from repetiteur.kernels.signals import runs
from repetiteur.kinematics.feet import SIDES
from repetiteur.kinematics.legs import OTHER
from repetiteur.model.skeletons import Side
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import AFTER_S, Stretch, run_at

#: Steps of a walk take at least the first, three of them at most the second, s.
STEP_S, WALK_S = 0.1, 4.0
#: Where the feet were before a transfer is read from this on before it, s.
BEFORE_STEP_S = 0.35
#: A step lands within this after the body has gone, s.
LANDED_S = 0.3
#: The body is on its way to the first of them for at most this, s.
STEPS_OUT_S = 0.8
#: A transfer of weight travels faster than this, leg lengths a second.
TRAVELS = 0.2


def walks(scene: Scene) -> Iterator[Stretch]:
    """Three steps from one foot to the other and back."""
    support = scene.movement.legs.support
    found = [
        (first, last, side)
        for side, sign in zip(SIDES, (1, -1), strict=True)
        for first, last in runs(support == sign)
        if last - first >= scene.frames(STEP_S)
    ]
    found.sort()
    for one, two, three in zip(found, found[1:], found[2:], strict=False):
        changing = one[2] != two[2] == OTHER[three[2]]
        if changing and scene.time[three[1]] - scene.time[one[0]] <= WALK_S:
            yield _walk(scene, one, two, three)


def _walk(
    scene: Scene,
    one: tuple[int, int, Side],
    two: tuple[int, int, Side],
    three: tuple[int, int, Side],
) -> Stretch:
    last = min(three[1], three[0] + scene.frames(0.9))
    begin = _setting_out(scene, one[0])
    marks = {
        "step_1": (one[:2],),
        "step_2": (two[:2],),
        "step_3": ((three[0], last),),
        "steps": ((one[0], last),),
    }
    return Stretch("walk", begin, last, OTHER[one[2]], marks)


def _setting_out(scene: Scene, landed: int) -> int:
    """When the body sets out to a step that has landed in a frame."""
    going = scene.mass_speed > TRAVELS
    before = max(landed - scene.frames(STEPS_OUT_S), 0)
    late = np.flatnonzero(going[before : landed + 1])
    if not late.size or landed - before - late[-1] > scene.frames(LANDED_S):
        return landed
    last = before + int(late[-1])
    return max(run_at(going, last, last)[0], before)


def _working(scene: Scene, first: int, last: int) -> Side | None:
    """The foot that goes first in a transfer of the weight."""
    begin = max(first - scene.frames(BEFORE_STEP_S), 0)
    feet = {side: scene.movement.contacts.foot(side) for side in SIDES}
    off = {side: ~foot.standing[begin : last + 1] for side, foot in feet.items()}
    when = {side: int(np.argmax(mask)) for side, mask in off.items() if mask.any()}
    if not when or len(set(when.values())) < len(when):
        return None
    return min(when, key=lambda side: when[side])


def travels(scene: Scene) -> Iterator[Stretch]:
    """The weight travels from one place to another."""
    for first, last in runs(scene.mass_speed > TRAVELS):
        if last - first >= scene.frames(0.2):
            middle = slice(first, last + 1)
            fastest = first + int(scene.mass_speed[middle].argmax())
            near, after = scene.frames(0.08), scene.frames(AFTER_S)
            floor = scene.frames(BEFORE_STEP_S)
            end = min(last + after, scene.time.size - 1)
            marks = {
                "start": ((max(first - floor, 0), max(first - near, 0)),),
                "transfer": ((max(fastest - near, 0), min(fastest + near, last)),),
                "end": ((last, end),),
            }
            working = _working(scene, first, last)
            yield Stretch("travel", first, last, working, marks)
