"""What a passage is made of: steps from fifth position to fifth, and the ways to them.

A passage says which of its key poses are which step, and which only lead there.
:mod:`repetiteur.synthetic.repertory` has one for each step of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.keyposes import Direction, Feet, KeyPose, Step, fifth, other
from repetiteur.synthetic.placing import on_the_toe, onto
from repetiteur.synthetic.stances import tendu_into
from repetiteur.synthetic.steps import close_fifth, step_to

_T = TypeVar("_T")
#: What a way to a step may be taken for, and not wrongly.
_ON_THE_WAY = frozenset(("battement_tendu", "demi_plie"))
_OF_THE_ARMS = frozenset(("port_de_bras",))
_DIRECTIONS: tuple[Direction, ...] = ("devant", "seconde", "derriere")
#: No foot on the floor turns further at once, degrees.
_AT_ONCE = 75.0


@dataclass(frozen=True)
class Part:
    """Key poses that are one step, or that lead from one to the next.

    Attributes
    ----------
    poses : tuple of KeyPose
    id : str or None
        The step; None where it has no name in the vocabulary.
    side : {"left", "right"} or None
        The working leg; on two feet the one in front at the end, and of turns the way
        they go where no leg works; None where both do the same.
    beside : str or None
        What the arms dance at the same time.
    maybe : frozenset of str
        What some of it may be called without error: the demi-plié of a temps lié.
    """

    poses: Step
    id: str | None = None
    side: Side | None = None
    beside: str | None = None
    maybe: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Passage:
    """Parts from fifth to fifth, and the foot in front at the end."""

    parts: tuple[Part, ...]
    front: Side

    @property
    def turn(self) -> float:
        """Degrees turned from the beginning to the end, positive to the left."""
        return sum(pose.turn for part in self.parts for pose in part.poses)


@dataclass(frozen=True)
class Here:
    """Where a passage begins: the foot in front, the heading, and chance.

    ``heading`` is in degrees, 0 to the audience and positive to the dancer's left.
    """

    front: Side
    heading: float
    rng: np.random.Generator

    @property
    def back(self) -> Side:
        """The foot behind."""
        return other(self.front)

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        return float(self.rng.uniform(low, high))

    def one_of(self, *choices: _T) -> _T:
        """One of some things."""
        return choices[int(self.rng.integers(len(choices)))]

    def either(self) -> Side:
        """One of the two sides."""
        return self.one_of(self.front, self.back)

    def working(self) -> tuple[Direction, Side, Side]:
        """A direction, the leg that goes there, and which is in front afterwards."""
        direction = self.one_of(*_DIRECTIONS)
        if direction == "seconde":
            return direction, self.either(), self.either()
        return direction, self.front if direction == "devant" else self.back, self.front

    def after(self, *parts: Part) -> Here:
        """Where parts that end with the same foot in front lead to."""
        return replace(self, heading=self.heading + Passage(parts, self.front).turn)

    def end(self, *parts: Part, front: Side | None = None) -> Passage:
        """A passage of these parts; ``front`` is in front then, as now by default."""
        return Passage(parts, front or self.front)


Dances = Callable[[Here], Passage]


def danced(poses: Step, step: str, side: Side | None = None, *names: str) -> Part:
    """A part that is one step; its arms may be called a port de bras.

    ``names`` are what else some of it may be called: the foot at the ankle after it.
    """
    return Part(poses, step, side, maybe=_OF_THE_ARMS | set(names))


def way(poses: Step, *names: str) -> Part:
    """A part that leads somewhere; ``names`` are what some of it may be called."""
    return Part(poses, maybe=_ON_THE_WAY | _OF_THE_ARMS | set(names))


def in_fifth(front: Side, counts: float) -> Part:
    """Fifth position, held."""
    return Part((KeyPose("fifth_position.hold", counts),), "fifth_position", front)


def closing(side: Side, front: Side, *names: str) -> Part:
    """The free leg back to fifth."""
    return way(close_fifth(side, front, counts=1.0), *names)


def tendu(side: Side, feet: Feet, direction: Direction = "seconde") -> Part:
    """A battement tendu that closes in first, third or fifth."""
    poses = tendu_into(side, direction, feet, counts=1.8, step="battement_tendu")
    return danced(poses, "battement_tendu", side)


def opening(side: Side, feet: Feet, direction: Direction = "seconde") -> Part:
    """From fifth to an open position, by a tendu that does not close."""
    return way(tendu_into(side, direction, feet, counts=1.8, step="opening"))


def gathered(side: Side, front: Side, direction: Direction = "seconde") -> Part:
    """From an open position back to fifth."""
    poses = tendu_into(side, direction, fifth(front), counts=1.8, step="gathering")
    return way(poses)


def in_first(here: Here, *parts: Part, front: Side | None = None) -> Passage:
    """Parts that are danced in first, with a tendu into it and one back."""
    close = front or here.front
    back = tendu(close, fifth(close))
    return Passage((tendu(here.front, "first"), *parts, back), close)


def on_the_way(side: Side, direction: Direction) -> Part:
    """From fifth to the toe on the floor."""
    base = other(side)
    point = on_the_toe(side, direction, "opening.point", 0.9)
    return way((onto(base, "opening.weight", 0.5), point))


def stepping(side: Side, turn: float = 0.0) -> Part:
    """Temps lié onto one leg, the other behind with its toe on the floor."""
    return way(step_to(side, turn=turn, counts=2.6), "fourth_position")


def towards(here: Here, *headings: float) -> tuple[Part, ...]:
    """By temps lié onto the front leg, facing the nearest of some headings.

    Anywhere near where there are none. It ends with the toe of the back leg on the
    floor.
    """
    turn = here.between(-50.0, 50.0)
    if headings:
        away = (np.asarray(headings) - here.heading + 180.0) % 360.0 - 180.0
        turn = float(away[np.argmin(np.abs(away))])
    if abs(turn) <= _AT_ONCE:
        return (stepping(here.front, turn),)
    third = turn / 3.0
    closed = way(close_fifth(here.back, here.front, turn=third, counts=1.2))
    return (stepping(here.front, third), closed, stepping(here.front, third))
