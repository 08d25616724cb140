"""Passages of positions, and of steps of the barre."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Literal

from repetiteur.synthetic import barre, steps
from repetiteur.synthetic.keyposes import Arms, Direction, Feet, Step, fifth
from repetiteur.synthetic.passages import (
    Dances,
    Here,
    Part,
    Passage,
    closing,
    danced,
    gathered,
    in_fifth,
    in_first,
    opening,
    tendu,
    way,
)
from repetiteur.synthetic.stances import (
    fourth_position,
    grand_plie,
    grand_plie_in_second,
    releve_on_one,
    second_position,
    third,
    third_position,
)


def _fifth_position(here: Here) -> Passage:
    return here.end(in_fifth(here.front, here.between(0.8, 1.6)))


def _first_position(here: Here) -> Passage:
    still = Part(
        (steps.hold("first_position.hold", here.between(0.8, 1.6)),), "first_position"
    )
    return in_first(here, still, front=here.either())


def _second_position(here: Here) -> Passage:
    side, front = here.either(), here.either()
    held = second_position(counts=here.between(0.8, 1.6))
    still = danced(held, "second_position")
    return here.end(opening(side, "second"), still, gathered(front, front), front=front)


def _third_position(here: Here) -> Passage:
    front = here.front
    held = third_position(front, counts=here.between(0.8, 1.6))
    return here.end(
        tendu(front, third(front)),
        Part(held, "third_position", front),
        tendu(front, fifth(front)),
    )


def _fourth_position(here: Here) -> Passage:
    placed: Literal["crossed", "open"] = here.one_of("crossed", "open")
    front = here.front
    held = fourth_position(front, placed=placed, counts=here.between(0.8, 1.6))
    feet: Feet = held[0].feet or fifth(front)
    return here.end(
        opening(front, feet, "devant"),
        danced(held, "fourth_position", front),
        gathered(front, front, "devant"),
    )


def _demi_plie(here: Here) -> Passage:
    return _bent(here, steps.demi_plie(depth=here.between(48.0, 66.0)), "demi_plie")


def _grand_plie(here: Here) -> Passage:
    if here.rng.uniform() < 0.3:
        poses = grand_plie_in_second(depth=112.0, counts=5.0)
        part = danced(poses, "grand_plie")
        return here.end(
            opening(here.front, "second"), part, gathered(here.front, here.front)
        )
    depth = here.between(114.0, 126.0)
    return _bent(here, grand_plie(depth=depth, counts=5.0), "grand_plie")


def _bent(here: Here, poses: Step, step: str) -> Passage:
    """In fifth, in first, or in second."""
    part, front = danced(poses, step), here.front
    where = here.one_of("fifth", "fifth", "first", "second")
    if where == "second" and step != "grand_plie":
        return here.end(opening(front, "second"), part, gathered(front, front))
    return in_first(here, part) if where == "first" else here.end(part)


def _releve(here: Here) -> Passage:
    if here.rng.uniform() < 0.6:
        return _bent(here, steps.releve(balance=here.between(0.4, 1.2)), "releve")
    side = here.front
    stand, flat, *rise = releve_on_one(side, balance=here.between(0.3, 0.5))
    return here.end(
        way((stand, flat), "cou_de_pied"),
        danced(tuple(rise), "releve", side, "cou_de_pied"),
        closing(side, side, "cou_de_pied"),
    )


def _port_de_bras(here: Here) -> Passage:
    path: tuple[Arms, ...] = here.one_of(
        ("front", "up", "side", "low"),
        ("front", "side", "low"),
        ("front", "up", "low"),
    )
    poses = steps.port_de_bras(*path, counts=here.between(1.2, 1.8))
    return here.end(Part(poses, "fifth_position", here.front, beside="port_de_bras"))


def _battement_tendu(here: Here) -> Passage:
    direction, side, front = here.working()
    poses = steps.battement_tendu(side, direction, close=front)
    return here.end(danced(poses, "battement_tendu", side), front=front)


def _degage(here: Here) -> Passage:
    direction, side, front = here.working()
    poses = barre.degage(side, direction, here.between(34.0, 42.0), close=front)
    return here.end(danced(poses, "degage", side), front=front)


def _grand_battement(here: Here) -> Passage:
    direction, side, front = here.working()
    height = here.between(95.0, 115.0)
    poses = barre.grand_battement(side, direction, height, close=front)
    return here.end(danced(poses, "grand_battement", side), front=front)


def _rond_de_jambe_a_terre(here: Here) -> Passage:
    """One or two, each through first to the tendu in which the next would begin."""
    name = "rond_de_jambe_a_terre"
    sense: barre.Sense = here.one_of("dehors", "dedans")
    side = here.front if sense == "dehors" else here.back
    poses = barre.rond_de_jambe_a_terre(side, sense, here.one_of(2, 3), counts=3.0)
    cut = [k + 1 for k, pose in enumerate(poses) if pose.name.endswith("through_first")]
    parts = [danced(poses[a:b], name, side) for a, b in pairwise((0, *cut))]
    point = replace(poses[cut[-1]], name="closing.point", through=False)
    return here.end(*parts, way((point,)), closing(side, here.front))


def _rond_de_jambe_en_lair(here: Here) -> Passage:
    number, side = here.one_of(1, 2), here.either()
    poses = barre.rond_de_jambe_en_lair(
        side, here.one_of("dehors", "dedans"), number, height=here.between(62.0, 80.0)
    )
    name = "rond_de_jambe_en_lair"
    each = (len(poses) - 3) // number
    cut = (2, *range(3 + each, len(poses) + 1, each))
    parts = [danced(poses[a:b], name, side) for a, b in pairwise(cut)]
    front = here.either()
    return here.end(way(poses[:2]), *parts, closing(side, front), front=front)


def _frappe(here: Here) -> Passage:
    direction, side, front = here.working()
    number = here.one_of(1, 2, 3)
    poses = barre.frappe(side, direction, number, height=here.between(32.0, 42.0))
    cut = (1, *range(len(poses) - 3 * number + 3, len(poses) + 1, 3))
    parts = [
        danced(poses[a:b], "frappe", side, "cou_de_pied") for a, b in pairwise(cut)
    ]
    back = closing(side, front, "cou_de_pied")
    return here.end(way(poses[:1]), *parts, back, front=front)


def _fondu(here: Here) -> Passage:
    direction, side, front = here.working()
    poses = barre.fondu(side, direction, here.between(42.0, 70.0), counts=3.6)
    return here.end(danced(poses, "fondu", side), closing(side, front), front=front)


def _cou_de_pied(here: Here) -> Passage:
    place: Direction = here.one_of("devant", "derriere")
    side = here.front if place == "devant" else here.back
    stand, *drawn = barre.cou_de_pied(side, place, balance=here.between(0.9, 1.6))
    held = danced(tuple(drawn), "cou_de_pied", side)
    return here.end(way((stand,)), held, closing(side, here.front))


#: Positions of the feet, bends and rises in them, and the arms.
POSITIONS: dict[str, Dances] = {
    "first_position": _first_position,
    "second_position": _second_position,
    "third_position": _third_position,
    "fourth_position": _fourth_position,
    "fifth_position": _fifth_position,
    "demi_plie": _demi_plie,
    "grand_plie": _grand_plie,
    "releve": _releve,
    "port_de_bras": _port_de_bras,
}
#: Battements and ronds de jambe.
BARRE: dict[str, Dances] = {
    "battement_tendu": _battement_tendu,
    "degage": _degage,
    "grand_battement": _grand_battement,
    "rond_de_jambe_a_terre": _rond_de_jambe_a_terre,
    "rond_de_jambe_en_lair": _rond_de_jambe_en_lair,
    "frappe": _frappe,
    "fondu": _fondu,
    "cou_de_pied": _cou_de_pied,
}
