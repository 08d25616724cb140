"""Positions, poses and steps of the barre, one condition over its threshold."""

from __future__ import annotations

from dataclasses import replace

from perturbing import (
    BACK,
    CROISE,
    EFFACE,
    FRONT,
    Perturbed,
    behind,
    blended,
    changed,
    placed,
)

from repetiteur.synthetic.barre import (
    cou_de_pied,
    degage,
    fondu,
    frappe,
    grand_battement,
    rond_de_jambe_a_terre,
)
from repetiteur.synthetic.keyposes import (
    DEMI_POINTE,
    KeyPose,
    cou_de_pied_leg,
    retire_leg,
)
from repetiteur.synthetic.placing import bent_leg, onto
from repetiteur.synthetic.poses import (
    arabesque_2,
    arabesque_3,
    arabesque_4,
    penche,
)
from repetiteur.synthetic.stances import (
    fourth_position,
    grand_plie,
    second_position,
    third_position,
)
from repetiteur.synthetic.steps import (
    arabesque_1,
    attitude,
    battement_tendu,
    close_fifth,
    demi_plie,
    equilibre,
    fifth_position,
    first_position,
    retire,
)


def _stances() -> tuple[Perturbed, ...]:
    first, second = first_position(), second_position()
    third, fourth = third_position("left"), fourth_position("left")
    five = fifth_position("left")
    return (
        placed(
            "first_position", "second_position", "heels 1.2 apart", first, apart=0.95
        ),
        placed(
            "first_position",
            "third_position",
            "heel at the middle of the foot",
            first,
            0.52,
            0.12,
            -0.25,
        ),
        placed(
            "second_position", "first_position", "heels 0.2 apart", second, apart=-1.2
        ),
        placed(
            "second_position", "fourth_position", "one foot 1.1 ahead", second, 0.0, 1.1
        ),
        placed("third_position", "fifth_position", "crossed 0.88", third, 0.38),
        placed(
            "third_position", "first_position", "crossed 0.05", third, -0.5, -0.2, 0.2
        ),
        placed("fourth_position", "fifth_position", "0.2 apart", fourth, 0.0, -0.9),
        placed(
            "fourth_position",
            "second_position",
            "side by side",
            fourth,
            -0.9,
            -1.1,
            1.2,
        ),
        placed("fifth_position", "third_position", "crossed 0.5", five, -0.35),
        placed("fifth_position", "fourth_position", "1.1 ahead", five, 0.05, 0.85),
    )


def _barre() -> tuple[Perturbed, ...]:
    up = {"right_height": 40.0, "feet": BACK}
    round_ = rond_de_jambe_a_terre(FRONT, number=2, counts=3.0)
    through = next(k for k, p in enumerate(round_) if p.name.endswith("first"))
    short = (*round_[:3], round_[through], KeyPose("first.hold", 0.3, feet="first"))
    strike, stay, _ = frappe(FRONT, number=1)[-3:]
    from_floor = onto(BACK, "frappe.start", 0.5), replace(strike, feet=BACK), stay
    struck = degage(FRONT, "seconde", 40.0, counts=1.2)[2:]
    at = cou_de_pied(FRONT, balance=0.4)
    melting = fondu(FRONT, "devant", 60.0)
    drawn = changed(melting, "melt", 1, **retire_leg(FRONT))
    return (
        Perturbed(
            "demi_plie", "grand_plie", "120 deg", (demi_plie(depth=120.0, counts=4.0),)
        ),
        Perturbed(
            "grand_plie", "demi_plie", "60 deg", (grand_plie(depth=60.0, rise=0.0),)
        ),
        Perturbed(
            "battement_tendu",
            "degage",
            "toe off the floor",
            (changed(battement_tendu(FRONT, "seconde", counts=1.4), "point", **up),),
        ),
        Perturbed(
            "degage",
            "battement_tendu",
            "toe on the floor",
            (degage(FRONT, "devant", 16.0, counts=1.4),),
        ),
        Perturbed(
            "battement_tendu",
            "rond_de_jambe_a_terre",
            "the toe goes round",
            (round_[: through + 2], close_fifth(FRONT, FRONT)),
        ),
        Perturbed(
            "rond_de_jambe_a_terre",
            "battement_tendu",
            "30 deg of the circle",
            (short,),
            start=first_position(),
        ),
        Perturbed(
            "degage",
            "grand_battement",
            "100 deg",
            (degage(FRONT, "devant", 100.0, counts=2.0),),
        ),
        Perturbed(
            "grand_battement",
            "degage",
            "46 deg",
            (grand_battement(FRONT, "devant", 46.0, counts=0.9),),
        ),
        Perturbed(
            "degage",
            "frappe",
            "from the ankle",
            (at, (replace(struck[0], counts=0.2), *struck[1:])),
        ),
        Perturbed(
            "frappe",
            "degage",
            "from the floor",
            (from_floor, close_fifth(FRONT, FRONT, counts=0.5)),
        ),
        Perturbed(
            "fondu",
            "developpe",
            "the foot at the knee",
            (drawn, close_fifth(FRONT, FRONT)),
        ),
    )


def _poses() -> tuple[Perturbed, ...]:
    at = cou_de_pied(FRONT, balance=1.0)
    low, high = cou_de_pied_leg(FRONT), retire_leg(FRONT)
    raised = changed(at, "cou_de_pied", **blended(low, high, 0.95))
    drawn = retire(FRONT, balance=1.0)
    lowered = changed(drawn, "draw_up", **blended(low, high, 0.02))
    away = changed(drawn, "draw_up", **bent_leg(FRONT, 75.0, 70.0, 84.0, 40.0))
    close = close_fifth(FRONT, FRONT)
    one, two, three, four = (
        pose(BACK) for pose in (arabesque_1, arabesque_2, arabesque_3, arabesque_4)
    )
    both = arabesque_3(BACK, school="cecchetti_rad")
    bent = changed(three, "enter", right_knee=42.0)
    up = changed(attitude(BACK), "enter", right_rise=DEMI_POINTE)
    high_behind = retire_leg(BACK)
    knee = {"left_knee": 62.0, "left_rotation": 20.0}
    straight = {**arabesque_1(BACK)[0].changes}
    return (
        Perturbed("cou_de_pied", "retire", "foot at the knee", (raised, close)),
        Perturbed("retire", "cou_de_pied", "foot at the ankle", (lowered, close)),
        Perturbed("retire", "attitude", "foot off the knee", (away, close)),
        Perturbed(
            "retire", "equilibre", "heel up", (equilibre(FRONT, balance=1.6), close)
        ),
        Perturbed("equilibre", "retire", "heel down", (drawn, close)),
        Perturbed("attitude", "equilibre", "heel up", behind(up), heading=EFFACE),
        Perturbed(
            "equilibre",
            "attitude",
            "heel down, in attitude",
            behind(attitude(BACK)),
            heading=EFFACE,
        ),
        Perturbed(
            "arabesque_1",
            "attitude",
            "knee bent 62 deg",
            behind(changed(one, "enter", **knee)),
            heading=EFFACE,
        ),
        Perturbed(
            "attitude",
            "arabesque_1",
            "knee straight",
            behind(changed(attitude(BACK), "enter", **straight)),
            heading=EFFACE,
        ),
        Perturbed(
            "attitude",
            "retire",
            "foot at the knee",
            behind(changed(attitude(BACK), "enter", **high_behind)),
            heading=EFFACE,
        ),
        Perturbed(
            "arabesque_1", "arabesque_2", "the other arm", behind(two), heading=EFFACE
        ),
        Perturbed(
            "arabesque_2", "arabesque_1", "the other arm", behind(one), heading=EFFACE
        ),
        Perturbed(
            "arabesque_1", "arabesque_3", "both arms", behind(both), heading=EFFACE
        ),
        Perturbed("arabesque_2", "arabesque_3", "croise", behind(two), heading=CROISE),
        Perturbed(
            "arabesque_2", "arabesque_3", "both arms", behind(both), heading=EFFACE
        ),
        Perturbed(
            "arabesque_3", "arabesque_2", "efface", behind(three), heading=EFFACE
        ),
        Perturbed(
            "arabesque_3",
            "arabesque_1",
            "the other arm, efface",
            behind(one),
            heading=EFFACE,
        ),
        Perturbed(
            "arabesque_3", "arabesque_4", "the other arm", behind(four), heading=CROISE
        ),
        Perturbed(
            "arabesque_3", "arabesque_4", "in plie", behind(bent), heading=CROISE
        ),
        Perturbed(
            "arabesque_4", "arabesque_3", "the other arm", behind(three), heading=CROISE
        ),
        Perturbed(
            "arabesque_1",
            "penche",
            "trunk and leg 150 deg",
            behind(penche(BACK, 150.0)),
            heading=EFFACE,
        ),
        Perturbed(
            "penche",
            "arabesque_1",
            "leg 95 deg",
            behind(penche(BACK, 95.0)),
            heading=EFFACE,
        ),
    )


#: All of them.
ON_THE_FLOOR: tuple[Perturbed, ...] = (*_stances(), *_barre(), *_poses())
