"""Passages of linking steps."""

from __future__ import annotations

from typing import Literal

from repetiteur.synthetic import links
from repetiteur.synthetic.keyposes import other
from repetiteur.synthetic.passages import Dances, Here, Passage, closing, danced, way


def _glissade(here: Here) -> Passage:
    direction, side, front = here.working()
    poses = links.glissade(side, direction, close=front)
    return here.end(danced(poses, "glissade", side), front=front)


def _pas_de_bourree(here: Here) -> Passage:
    style: Literal["dessous", "dessus"] = here.one_of("dessous", "dessus")
    side = here.front if style == "dessous" else here.back
    begin, *three = links.pas_de_bourree(side, style, counts=here.between(1.1, 1.5))
    part = danced(tuple(three), "pas_de_bourree", side, "cou_de_pied")
    front = other(side) if style == "dessous" else side
    return here.end(way((begin,), "cou_de_pied"), part, front=front)


def _balance_waltz(here: Here) -> Passage:
    side = here.front
    parts = [danced(links.balance_waltz(side), "balance_waltz", side, "cou_de_pied")]
    for _ in range(here.one_of(0, 1, 1)):
        side = other(side)
        parts.append(
            danced(links.balance_waltz(side), "balance_waltz", side, "cou_de_pied")
        )
    return here.end(*parts, closing(other(side), side, "cou_de_pied"), front=side)


def _chasse(here: Here) -> Passage:
    direction: Literal["devant", "seconde"] = here.one_of("devant", "seconde")
    poses = links.chasse(here.front, here.one_of("a_terre", "saute"), direction)
    return here.end(danced(poses, "chasse", here.front))


#: Steps that link others.
LINKS: dict[str, Dances] = {
    "glissade": _glissade,
    "pas_de_bourree": _pas_de_bourree,
    "balance_waltz": _balance_waltz,
    "chasse": _chasse,
}
