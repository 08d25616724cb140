"""Passages of turns on the floor."""

from __future__ import annotations

from itertools import pairwise

from repetiteur.synthetic import turns
from repetiteur.synthetic.keyposes import other
from repetiteur.synthetic.passages import Dances, Here, Passage, danced, in_first, way
from repetiteur.synthetic.piques import pique_turn


def _pirouette_en_dehors(here: Here) -> Passage:
    side = here.back
    poses = turns.pirouette_en_dehors(side, here.one_of(1, 2))
    return here.end(danced(poses, "pirouette_en_dehors", side))


def _pirouette_en_dedans(here: Here) -> Passage:
    side = here.back
    poses = turns.pirouette_en_dedans(
        side, here.one_of(1, 2), opens=here.one_of(0.0, 50.0)
    )
    return here.end(danced(poses, "pirouette_en_dedans", side), front=side)


def _fouette(here: Here) -> Passage:
    side, number = here.back, here.one_of(3, 4, 5)
    poses = turns.fouettes(side, number, height=here.between(78.0, 90.0))
    return here.end(danced(poses, "fouette", side))


def _grande_pirouette_seconde(here: Here) -> Passage:
    side, number = here.back, here.one_of(2, 3, 4)
    poses = turns.grande_pirouette_seconde(
        side, number, height=here.between(82.0, 90.0)
    )
    return here.end(danced(poses, "grande_pirouette_seconde", side))


def _chaines(here: Here) -> Passage:
    side = here.either()
    part = danced(turns.chaines(side, here.one_of(3, 4, 5)), "chaines", side)
    return in_first(here, part, front=side)


def _pique_turn(here: Here) -> Passage:
    number, side = here.one_of(1, 2, 3), here.front
    poses = pique_turn(side, number)
    last = len(poses) - 1
    cut = (0, *range(7, last - 1, 6), last)
    parts = [danced(poses[a:b], "pique_turn", other(side)) for a, b in pairwise(cut)]
    return here.end(*parts, way(poses[last:]))


#: Turns on one foot and from foot to foot.
TURNS: dict[str, Dances] = {
    "pirouette_en_dehors": _pirouette_en_dehors,
    "pirouette_en_dedans": _pirouette_en_dedans,
    "fouette": _fouette,
    "grande_pirouette_seconde": _grande_pirouette_seconde,
    "chaines": _chaines,
    "pique_turn": _pique_turn,
}
