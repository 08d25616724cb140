"""Steps of the vocabulary danced alone, from fifth to fifth, and what they are called.

Each is danced once in a run and shared: bodies, movements and steps are not edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.steps import recognise
from repetiteur.steps.scene import Scene
from repetiteur.steps.stretches import stretches
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.labels import Labels, Piece, labels
from repetiteur.synthetic.passages import Here, Part
from repetiteur.synthetic.repertory import PASSAGES
from repetiteur.synthetic.steps import fifth_position

OTHER = {"left": "right", "right": "left"}
#: Seconds in fifth before and after.
STANDS_S = 1.0


@dataclass(frozen=True)
class Named:
    """A body, and what is found in it, each made once."""

    body: Body
    labels: Labels | None = None

    @cached_property
    def movement(self):
        return movement_of(self.body)

    @cached_property
    def scene(self):
        return Scene(self.movement)

    @cached_property
    def stretches(self):
        return tuple(stretches(self.scene))

    @cached_property
    def steps(self):
        return recognise(self.movement)

    @property
    def names(self):
        return [step.id for step in self.steps]

    def of(self, kind):
        """All stretches of a kind."""
        return [one for one in self.stretches if one.kind == kind]

    def truth(self, id):
        """When a step of that name was danced."""
        return [one for one in self.labels.truth if one.id == id]

    def named_at(self, danced, least=0.5):
        """Steps of that name which share so much of the time of both."""
        return [
            step
            for step in self.steps
            if step.id == danced.id and overlap(step, danced) >= least
        ]


def overlap(one, other):
    """Time that two share over the time of either, 0 to 1."""
    shared = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return shared / (max(one.end_s, other.end_s) - min(one.start_s, other.start_s))


@cache
def passage(id, front="left", seed=0, heading=0.0, fps=60.0):
    """A passage of the repertory between two fifths that are held."""
    one = PASSAGES[id](Here(front, heading, np.random.default_rng(seed)))
    held = [
        Piece(
            (Part(fifth_position(f, counts=STANDS_S), "fifth_position", f),),
            "fifth_position",
        )
        for f in (front, one.front)
    ]
    pieces = (held[0], Piece(one.parts, id), held[1])
    poses = tuple(p for piece in pieces for part in piece.parts for p in part.poses)
    times = np.cumsum([0.0, *(pose.counts for pose in poses)])
    shown = dance(Phrase(poses), heading=heading, fps=fps)
    return Named(body_of(shown), labels(pieces, times))


def danced(*steps, start=(), front="right", heading=0.0, fps=60.0, noise=0.0):
    """Steps of the synthetic dancer, from fifth (or ``start``), and held at the end."""
    begin = start or fifth_position(front, counts=STANDS_S)
    phrase = Phrase.of(begin, *steps)
    return Named(body_of(dance(phrase, heading=heading, fps=fps, noise=noise)))


def changed(body, *, degrees=0.0, by=(0.0, 0.0, 0.0), scale=1.0, later_s=0.0):
    """The body turned about the vertical, moved, of another size, and later."""
    points = {
        name: geometry.turn(scale * np.asarray(place), degrees) + np.asarray(by)
        for name, place in body.points.items()
    }
    return Body(body.time + later_s, points, space=body.space)
