"""Turns with one condition pushed over its threshold."""

from __future__ import annotations

from perturbing import BACK, FRONT, Perturbed, changed, throughout, turned_back

from repetiteur.synthetic.keyposes import retire_leg
from repetiteur.synthetic.piques import pique_turn
from repetiteur.synthetic.placing import raised
from repetiteur.synthetic.turns import (
    fouettes,
    grande_pirouette_seconde,
    pirouette_en_dedans,
    pirouette_en_dehors,
)

_OUT = raised(BACK, "seconde", 88.0)
_AT_THE_KNEE = retire_leg(BACK)
_HELD = "repeated_releve_or_hop"


def _whipped(number: int) -> tuple[Perturbed, ...]:
    """The leg out or at the knee while turning, once or in a row."""
    one, row = (grande_pirouette_seconde(BACK, n) for n in (1, number))
    drawn = throughout(one, (_HELD,), **_AT_THE_KNEE)
    whipped = tuple(
        pose if pose.changes.get("right_knee") else again
        for pose, again in zip(
            row, throughout(row, (_HELD,), **_AT_THE_KNEE), strict=True
        )
    )
    stays = ("push", "turn", "releve_turn")
    return (
        Perturbed(
            "grande_pirouette_seconde",
            "pirouette_en_dehors",
            "foot at the knee",
            (drawn,),
        ),
        Perturbed(
            "grande_pirouette_seconde",
            "fouette",
            "foot at the knee in each turn",
            (whipped,),
        ),
        Perturbed(
            "fouette",
            "grande_pirouette_seconde",
            "the leg stays out",
            (throughout(fouettes(BACK, number), stays, **_OUT),),
        ),
        Perturbed(
            "pirouette_en_dehors",
            "grande_pirouette_seconde",
            "the leg out",
            (throughout(pirouette_en_dehors(BACK, 1), stays, **_OUT),),
        ),
    )


def _sense() -> tuple[Perturbed, ...]:
    outward = pirouette_en_dehors(BACK, 1)
    inward = pirouette_en_dedans(BACK, 1, opens=0.0)
    piques = pique_turn(FRONT, 1)
    onto_bent = changed(piques, "step", right_knee=38.0)
    return (
        Perturbed(
            "pirouette_en_dehors",
            "pirouette_en_dedans",
            "the other way",
            (turned_back(outward),),
        ),
        Perturbed(
            "pirouette_en_dedans",
            "pirouette_en_dehors",
            "the other way",
            (turned_back(inward),),
        ),
        Perturbed(
            "pique_turn", "pirouette_en_dehors", "the other way", (turned_back(piques),)
        ),
        Perturbed("pique_turn", "pirouette_en_dedans", "onto a bent leg", (onto_bent,)),
    )


#: All of them.
TURNS: tuple[Perturbed, ...] = (*_sense(), *_whipped(3))
