"""The arms on their way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from repetiteur.kernels.signals import bridged, runs
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches.stretch import Stretch

#: Hands on their way are faster than this, arm lengths a second, and rest for no longer
#: than the second, s, over feet turned out by the third together, deg.
HANDS, HANDS_S, HANDS_TURNOUT = 0.25, 0.8, 50.0


def arms(scene: Scene) -> Iterator[Stretch]:
    """The hands are on their way, from one position to others."""
    feet = scene.turnout("left") + scene.turnout("right") > HANDS_TURNOUT
    both = scene.down("left") & scene.down("right")
    moving = bridged(scene.hand_speed > HANDS, scene.frames(HANDS_S)) & feet & both
    for first, last in runs(moving):
        if last - first < scene.frames(1.0):
            continue
        where = scene.arms[first : last + 1]
        begins = scene.arms[max(first - scene.frames(0.1), 0)]
        places = [
            (first + a, first + b)
            for place in np.unique(where[where >= 0])
            for a, b in runs(where == place)[:1]
            if place != begins and b - a >= scene.frames(0.05)
        ]
        near = scene.frames(0.1)
        marks = {
            "start": ((first, first + near),),
            "way": ((first, last),),
            "end": ((last - near, last),),
            "places": tuple(places),
        }
        yield Stretch("arms", first, last, None, marks)
