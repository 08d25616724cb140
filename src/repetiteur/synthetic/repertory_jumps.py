"""Passages of jumps."""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic import jumps, leaps, links
from repetiteur.synthetic.keyposes import Direction, other
from repetiteur.synthetic.passages import (
    Dances,
    Here,
    Passage,
    closing,
    danced,
    gathered,
    in_first,
    opening,
    way,
)


def _saute(here: Here) -> Passage:
    leaps = [
        danced(jumps.saute(here.between(0.36, 0.5)), "saute")
        for _ in range(here.one_of(1, 2))
    ]
    if here.rng.uniform() < 0.7:
        return in_first(here, *leaps)
    front = here.front
    return here.end(opening(front, "second"), *leaps, gathered(front, front))


def _changement(here: Here) -> Passage:
    poses = jumps.changement(here.front, here.between(0.36, 0.5))
    return here.end(danced(poses, "changement", here.back), front=here.back)


def _soubresaut(here: Here) -> Passage:
    poses = jumps.soubresaut(
        here.front, here.between(0.36, 0.5), travel=here.one_of(0.0, 0.25)
    )
    return here.end(danced(poses, "soubresaut", here.front))


def _echappe_saute(here: Here) -> Passage:
    front = here.either()
    poses = jumps.echappe(front, here.between(0.4, 0.5))
    return here.end(danced(poses, "echappe_saute", front), front=front)


def _entrechat_quatre(here: Here) -> Passage:
    poses = jumps.entrechat(here.front, 2, here.between(0.46, 0.55))
    return here.end(danced(poses, "entrechat_quatre", here.front))


def _entrechat_six(here: Here) -> Passage:
    poses = jumps.entrechat(here.front, 3, here.between(0.52, 0.58))
    return here.end(danced(poses, "entrechat_six", here.back), front=here.back)


def _tour_en_lair(here: Here) -> Passage:
    to, front = here.either(), here.back
    poses = jumps.tour_en_lair(here.front, to=to, flight=here.between(0.5, 0.58))
    return here.end(danced(poses, "tour_en_lair", to), front=front)


def _sissonne(here: Here) -> Passage:
    direction, side, front = here.working()
    ending: Literal["ouverte", "fermee"] = here.one_of("ouverte", "fermee")
    if ending == "fermee" and direction == "seconde":
        front = other(side)
    poses = jumps.sissonne(
        side, direction, ending, height=here.between(50.0, 68.0),
        flight=here.between(0.4, 0.5),
    )  # fmt: skip
    part = danced(poses, "sissonne", side)
    ends = () if ending == "fermee" else (closing(side, front),)
    return here.end(part, *ends, front=front)


def _assemble(here: Here) -> Passage:
    direction, side, front = here.working()
    poses = leaps.assemble(
        side, direction, height=here.between(38.0, 50.0),
        flight=here.between(0.36, 0.46), close=front,
    )  # fmt: skip
    return here.end(danced(poses, "assemble", side), front=front)


def _jete_petit(here: Here) -> Passage:
    style: Literal["dessus", "dessous"] = here.one_of("dessus", "dessous")
    side = here.back if style == "dessus" else here.front
    poses = leaps.jete_petit(side, style, flight=here.between(0.34, 0.45))
    free = other(side)
    front = side if style == "dessus" else free
    part = danced(poses, "jete_petit", side, "cou_de_pied")
    return here.end(part, closing(free, front, "cou_de_pied"), front=front)


def _temps_leve(here: Here) -> Passage:
    pose: Literal["cou_de_pied", "derriere", "arabesque"]
    pose = here.one_of("cou_de_pied", "derriere", "arabesque")
    side = here.front if pose == "cou_de_pied" else here.back
    poses = leaps.temps_leve(side, pose, flight=here.between(0.3, 0.42))
    part = danced(poses, "temps_leve", side, "cou_de_pied")
    return here.end(part, closing(side, here.front, "cou_de_pied"))


def _cabriole(here: Here) -> Passage:
    direction: Direction = here.one_of("devant", "derriere")
    side = here.front if direction == "devant" else here.back
    poses = leaps.cabriole(side, direction, flight=here.between(0.45, 0.55))
    return here.end(danced(poses, "cabriole", side), closing(side, here.front))


def _grand_jete(here: Here) -> Passage:
    side: Side = here.back
    poses = leaps.grand_jete(
        side, here.one_of("jete", "saut_de_chat"), flight=here.between(0.52, 0.62)
    )
    part = danced(poses, "grand_jete", side)
    if here.rng.uniform() < 0.5:
        run = way(links.run(side, 2))
        return here.end(run, part, closing(other(side), side), front=side)
    return here.end(part, closing(other(side), side), front=side)


def _saut_de_basque(here: Here) -> Passage:
    side = here.back
    poses = leaps.saut_de_basque(side, flight=here.between(0.48, 0.58))
    part = danced(poses, "saut_de_basque", side, "retire")
    return here.end(part, closing(other(side), here.front, "retire"))


def _pas_de_chat(here: Here) -> Passage:
    poses = leaps.pas_de_chat(here.back, flight=here.between(0.38, 0.48))
    return here.end(danced(poses, "pas_de_chat", here.back))


#: Jumps, by the feet that they leave and land on.
JUMPS: dict[str, Dances] = {
    "saute": _saute,
    "changement": _changement,
    "soubresaut": _soubresaut,
    "echappe_saute": _echappe_saute,
    "entrechat_quatre": _entrechat_quatre,
    "entrechat_six": _entrechat_six,
    "tour_en_lair": _tour_en_lair,
    "sissonne": _sissonne,
    "assemble": _assemble,
    "jete_petit": _jete_petit,
    "temps_leve": _temps_leve,
    "cabriole": _cabriole,
    "grand_jete": _grand_jete,
    "saut_de_basque": _saut_de_basque,
    "pas_de_chat": _pas_de_chat,
}
