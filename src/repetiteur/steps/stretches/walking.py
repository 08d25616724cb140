"""Steps from foot to foot, and transfers of the weight."""

from __future__ import annotations

from collections.abc import Iterator

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
    going = scene.mass_speed > TRAVELS
    begin = run_at(going, one[0], one[0])[0] if going[one[0]] else one[0]
    begin = max(begin, one[0] - scene.frames(STEPS_OUT_S))
    marks = {
        "step_1": (one[:2],),
        "step_2": (two[:2],),
        "step_3": ((three[0], last),),
    }
    return Stretch("walk", begin, last, OTHER[one[2]], marks)


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
            yield Stretch("travel", first, last, None, marks)
