"""One picture for each step of the vocabulary: its phases, danced and recognised.

The synthetic dancer dances each step. What is drawn is what the program finds: the
middle of each phase that it names, or the moments that the picture asks for.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from figures.drawing import Pose
from figures.steps_pictures import PICTURES
from figures.steps_strip import Strip
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.steps import recognise, vocabulary
from repetiteur.steps.judging import Reader
from repetiteur.steps.recognise import phrases
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import stretches
from repetiteur.synthetic import Phrase, dance

FPS = 60.0


@dataclass(frozen=True)
class Danced:
    """A step that was danced and recognised, and how its rules were read."""

    step: object
    scene: object
    verdict: object

    def against(self, other):
        """How the rules of another step fare on the same movement; None elsewhere."""
        if self.verdict.stretch.kind not in other.kinds:
            return None
        return Reader(self.scene, self.verdict.stretch).verdict(other, 0.0)


def danced(id):
    """A step as the synthetic dancer dances it for its picture.

    Raises LookupError where it has no picture, or is not recognised in it.
    """
    if id not in PICTURES:
        raise LookupError(f"docs/figures/steps_pictures.py has no picture of {id}.")
    return _danced(id)


@cache
def _danced(id):
    scene = Scene(movement_of(_body(PICTURES[id])))
    found = recognise(scene.movement)
    own = [step for step in found if step.id == id]
    if not own:
        seen = ", ".join(step.id for step in found) or "nothing"
        raise LookupError(f"{id} is not recognised in its picture, where is {seen}.")
    entry = vocabulary()[id]
    ways = (*stretches(scene), *phrases(scene, found))
    verdicts = [
        Reader(scene, one).verdict(entry, 0.0)
        for one in ways
        if one.kind in entry.kinds and _meet(scene.time, one, own[0])
    ]
    return Danced(own[0], scene, max(verdicts, key=_sure_and_whole))


def _sure_and_whole(verdict):
    """As good as others, the longer one: an échappé, and not its first jump alone."""
    return round(verdict.score, 1), verdict.stretch.end - verdict.stretch.start


def _body(picture):
    phrase = Phrase.of(*picture.steps)
    return body_of(dance(phrase, fps=FPS, heading=picture.heading))


def _meet(time, stretch, step):
    return time[stretch.start] <= step.end_s and time[stretch.end] >= step.start_s


def svg_of_step(id):
    """The picture of a step; LookupError where there is none."""
    picture, found = PICTURES[id], danced(id)
    step, movement = found.step, found.scene.movement
    leg = picture.leg or step.side
    strong = (f"{leg}_leg", f"{leg}_foot")
    rate = np.gradient(movement.turning, movement.body.time)
    shown = picture.shown or tuple((phase, 0.5) for phase in step.phases)
    strip, drawn = Strip(picture.view), []
    for phase, share in shown:
        start, end = step.phases[phase]
        pose = Shown(movement.body, found.scene.frame(start + share * (end - start)))
        caption = phase.replace("_", " ")
        strip.figure(pose, caption, strong=strong, turning=rate[pose.frame])
        drawn.append(pose)
    strip.floor_line()
    if picture.above:
        path = _path(picture.above, movement, step)
        strip.above(drawn, strong=strong, path=path, only=_shown_above(picture, leg))
    names = ", ".join(dict.fromkeys(phase.replace("_", " ") for phase, _ in shown))
    return strip.svg(f"{vocabulary()[id].name}, danced by the figure: {names}")


def _shown_above(picture, leg):
    """The feet of the plan: beside the path of a toe only the one that stands."""
    return tuple(s for s in ("left", "right") if picture.above != "toe" or s != leg)


def _path(of, movement, step):
    """The way of the mass, straight, or of the working toe; None of the feet alone."""
    time, body = movement.body.time, movement.body
    during = (time >= step.start_s) & (time <= step.end_s)
    if of == "toe":
        return body[f"{step.side}_toe"][during]
    return movement.mass[during][[0, -1]] if of == "mass" else None


class Shown(Pose):
    """The dancer in one frame of a body."""

    def __init__(self, body, frame):
        self.body, self.frame = body, frame
        self.points = {name: body[name][frame] for name in body.points}
        for part in ("hip", "shoulder", "ankle", "ear"):
            self.points[f"mid_{part}"] = self.middle(part)
