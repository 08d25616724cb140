"""Passages of poses and of the adage; arabesques by Vaganova's numbers."""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic import poses, steps
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import Step
from repetiteur.synthetic.passages import (
    Dances,
    Here,
    Passage,
    closing,
    danced,
    on_the_way,
    towards,
)

#: How far from its heading a facing is shown, degrees.
_ABOUT = 12.0


def _developpe(here: Here) -> Passage:
    direction, side, front = here.working()
    up = steps.developpe(
        side, direction, here.between(88.0, 105.0), counts=4.5,
        balance=here.between(0.8, 1.6),
    )  # fmt: skip
    close = steps.close_fifth(side, front, step="developpe")
    return here.end(danced((*up, *close), "developpe", side), front=front)


def _retire(here: Here) -> Passage:
    side = here.front
    drawn = steps.retire(side, balance=here.between(0.8, 1.6))
    close = steps.close_fifth(side, side, step="retire")
    return here.end(danced((*drawn, *close), "retire", side))


def _equilibre(here: Here) -> Passage:
    side = here.front
    up = steps.equilibre(side, balance=here.between(2.0, 3.0))
    close = steps.close_fifth(side, side, step="equilibre")
    return here.end(danced((*up, *close), "equilibre", side))


def _arabesque_1(here: Here) -> Passage:
    pose = steps.arabesque_1(here.back, _height(here), balance=_balance(here))
    return _behind(here, pose, "arabesque_1", *_open(here, here.back))


def _arabesque_2(here: Here) -> Passage:
    pose = poses.arabesque_2(here.back, _height(here), balance=_balance(here))
    return _behind(here, pose, "arabesque_2", *_open(here, here.back))


def _arabesque_3(here: Here) -> Passage:
    pose = poses.arabesque_3(here.back, _height(here), balance=_balance(here))
    return _behind(here, pose, "arabesque_3", *_croise(here, here.back))


def _arabesque_4(here: Here) -> Passage:
    pose = poses.arabesque_4(here.back, _height(here), balance=_balance(here))
    return _behind(here, pose, "arabesque_4", *_croise(here, here.back))


def _attitude(here: Here) -> Passage:
    if here.rng.uniform() < 0.6:
        pose = steps.attitude(here.back, balance=_balance(here))
        return _behind(here, pose, "attitude")
    side = here.front
    ahead = poses.attitude_devant(side, balance=_balance(here))
    held = danced(ahead, "attitude", side)
    return here.end(on_the_way(side, "devant"), held, closing(side, side))


def _penche(here: Here) -> Passage:
    tilted = poses.penche(here.back, here.between(142.0, 155.0), counts=7.0)
    return _behind(here, tilted, "penche", *_open(here, here.back))


def _promenade(here: Here) -> Passage:
    pose: Literal["arabesque", "attitude", "seconde"]
    pose = here.one_of("arabesque", "attitude", "seconde")
    side = here.back if pose != "seconde" else here.either()
    turned = poses.promenade(
        side, pose, here.one_of(0.5, 0.75, 1.0), here.one_of("dehors", "dedans"),
        counts=here.between(5.0, 7.0),
    )  # fmt: skip
    if pose != "seconde":
        return _behind(here, turned, "promenade")
    held = danced(turned, "promenade", side)
    return here.end(on_the_way(side, "seconde"), held, closing(side, here.front))


def _adagio(here: Here) -> Passage:
    """Two slow steps, one after the other."""
    ways = _developpe, _arabesque_1, _attitude, _promenade, _penche
    first, second = here.rng.choice(len(ways), 2, replace=False)
    begun = ways[first](here)
    on = Here(begun.front, here.heading + begun.turn, here.rng)
    ended = ways[second](on)
    return Passage((*begun.parts, *ended.parts), ended.front)


def _behind(here: Here, pose: Step, step: str, *headings: float) -> Passage:
    """A pose with the leg behind: stepped into facing somewhere, and closed."""
    return here.end(
        *towards(here, *headings),
        danced(pose, step, here.back),
        closing(here.back, here.front),
    )


def _height(here: Here) -> float:
    return here.between(80.0, 95.0)


def _balance(here: Here) -> float:
    return here.between(1.2, 2.0)


def _open(here: Here, side: Side) -> tuple[float, ...]:
    """Headings from which the leg of ``side`` behind looks effacé or in profile."""
    off = here.between(-_ABOUT, _ABOUT)
    return -45.0 * SIGN[side] + off, 90.0 + off, -90.0 + off


def _croise(here: Here, side: Side) -> tuple[float, ...]:
    return (45.0 * SIGN[side] + here.between(-_ABOUT, _ABOUT),)


#: Slow steps and poses.
POSES: dict[str, Dances] = {
    "developpe": _developpe,
    "retire": _retire,
    "equilibre": _equilibre,
    "arabesque_1": _arabesque_1,
    "arabesque_2": _arabesque_2,
    "arabesque_3": _arabesque_3,
    "arabesque_4": _arabesque_4,
    "attitude": _attitude,
    "penche": _penche,
    "promenade": _promenade,
    "adagio": _adagio,
}
