"""Jumps with one condition pushed over its threshold."""

from __future__ import annotations

from dataclasses import replace

from perturbing import (
    BACK,
    FRONT,
    Perturbed,
    changed,
    crossing,
    landing,
    on_one_foot,
    on_two,
    turned,
)

from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.jumps import (
    changement,
    saute,
    sissonne,
    soubresaut,
    tour_en_lair,
)
from repetiteur.synthetic.keyposes import (
    KeyPose,
    arms,
    cou_de_pied_leg,
    fifth,
    leg,
    on_both,
    pressed_legs,
)
from repetiteur.synthetic.leaps import (
    assemble,
    cabriole,
    grand_jete,
    jete_petit,
    pas_de_chat,
    temps_leve,
)
from repetiteur.synthetic.steps import (
    close_fifth,
    first_position,
)


def _from_two_feet() -> tuple[Perturbed, ...]:
    first = first_position()
    opened = (
        *saute(0.4)[:2],
        KeyPose("saute.flight", 0.2, aloft=True),
        *on_two("second"),
    )
    apart = changed(soubresaut(FRONT), "flight", 1, feet="first")
    split = sissonne(BACK, "seconde")
    wide = landing(changement(FRONT), *on_two("second"))
    pressed = changed(
        changement(FRONT, 0.52), "open", feet="none", **pressed_legs(FRONT)
    )
    return (
        Perturbed("saute", "soubresaut", "in fifth, legs together", crossing(0)),
        Perturbed(
            "saute", "changement", "the front foot changes", (changement(FRONT),)
        ),
        Perturbed("saute", "echappe_saute", "lands in second", (opened,), start=first),
        Perturbed("soubresaut", "saute", "in first", (apart,), start=first),
        Perturbed("soubresaut", "changement", "1 crossing", crossing(1)),
        Perturbed("soubresaut", "entrechat_quatre", "2 crossings", crossing(2)),
        Perturbed("changement", "soubresaut", "no crossing", crossing(0)),
        Perturbed("changement", "entrechat_quatre", "2 crossings", crossing(2)),
        Perturbed("changement", "entrechat_six", "3 crossings", crossing(3, 0.56)),
        Perturbed("changement", "saute", "in first", (saute(0.42),), start=first),
        Perturbed(
            "changement",
            "tour_en_lair",
            "a turn in the air, legs together",
            (turned(pressed, 360.0),),
        ),
        Perturbed("changement", "echappe_saute", "lands in second", (wide,)),
        Perturbed("entrechat_quatre", "soubresaut", "no crossing", crossing(0)),
        Perturbed("entrechat_quatre", "changement", "1 crossing", crossing(1)),
        Perturbed(
            "entrechat_quatre", "entrechat_six", "3 crossings", crossing(3, 0.56)
        ),
        Perturbed("entrechat_six", "changement", "1 crossing", crossing(1)),
        Perturbed("entrechat_six", "entrechat_quatre", "2 crossings", crossing(2)),
        Perturbed("echappe_saute", "changement", "feet do not open", crossing(1)),
        Perturbed(
            "echappe_saute",
            "saute",
            "feet do not open, in first",
            (saute(0.42),),
            start=first,
        ),
        Perturbed(
            "echappe_saute",
            "sissonne",
            "lands on one foot",
            (sissonne(BACK, "seconde"), close_fifth(BACK, FRONT)),
        ),
        Perturbed(
            "sissonne",
            "echappe_saute",
            "lands on two feet",
            (landing(split, *on_two("second", way=(0.0, 0.45 * SIGN[FRONT]))),),
        ),
        Perturbed("tour_en_lair", "changement", "no turn", (tour_en_lair(FRONT, 0),)),
    )


def _from_one_foot() -> tuple[Perturbed, ...]:
    side = BACK
    thrown, small = assemble(side, height=45.0), jete_petit(side)
    hop, beaten = temps_leve(side, "derriere"), cabriole(FRONT)
    close = close_fifth(FRONT, BACK)
    low = {"left_height": 44.0, "right_height": 36.0}
    big = changed(
        changed(grand_jete(side), "split", **low), "split", 2, right_height=30.0
    )
    folded = {
        **leg("left", 24.0, 62.0, 112.0, rotation=18.0),
        **leg("right", 24.0, 62.0, 112.0, rotation=18.0),
    }
    wide = {**leg("left", 70.0, 76.0), **leg("right", 62.0, 84.0)}
    straight = changed(pas_de_chat(side), "first_knee", **leg("left", 45.0, 76.0))
    hanging = {**leg("left", 22.0, 76.0), **leg("right", 10.0, 90.0, 35.0)}
    straight = changed(straight, "both_up", **hanging)
    straight = changed(straight, "both_up", 1, **cou_de_pied_leg(FRONT))
    cat = pas_de_chat(side, flight=0.5)
    leapt = grand_jete(side, front=60.0, back=50.0)
    both = on_both(48.0), on_both(rise=75.0)
    pushed = grand_jete(side, front=70.0, back=65.0)
    from_two = (
        replace(pushed[0], changes=both[0], feet=fifth(FRONT)),
        replace(pushed[1], changes={**both[1], **arms("side")}, feet=fifth(FRONT)),
        *pushed[2:],
    )
    lifted = temps_leve(side, "arabesque", height=60.0, flight=0.48)
    air = [k for k, pose in enumerate(lifted) if pose.aloft]
    hit = replace(
        lifted[air[0]],
        changes={**leg("left", 62.0, 176.0), **leg("right", 60.0, 170.0)},
        feet="none",
    )
    clipped = (*lifted[: air[0]], hit, *lifted[air[0] + 1 :])
    return (
        Perturbed(
            "assemble",
            "jete_petit",
            "lands on one foot",
            (landing(thrown, *on_one_foot(side)), close),
        ),
        Perturbed(
            "jete_petit",
            "assemble",
            "lands on two feet",
            (
                changed(
                    landing(small, *on_two(fifth(side))), "flight", **pressed_legs(side)
                ),
            ),
        ),
        Perturbed(
            "jete_petit",
            "temps_leve",
            "lands on the foot it left",
            (
                changed(
                    landing(small, *on_one_foot(FRONT)),
                    "flight",
                    **leg(BACK, 30.0, 80.0),
                ),
                close_fifth(BACK, FRONT),
            ),
        ),
        Perturbed(
            "jete_petit",
            "pas_de_chat",
            "both knees bent, travelling",
            (
                changed(
                    landing(small, *on_one_foot(side, travel=0.35)), "flight", **folded
                ),
                close,
            ),
        ),
        Perturbed(
            "jete_petit",
            "grand_jete",
            "legs split 130 deg",
            (
                changed(jete_petit(side, flight=0.55, travel=0.4), "flight", **wide),
                close,
            ),
        ),
        Perturbed(
            "pas_de_chat",
            "jete_petit",
            "legs stretched, one of them brushed out",
            (straight,),
        ),
        Perturbed(
            "pas_de_chat",
            "saut_de_basque",
            "a turn in the air, the foot stays at the leg",
            (turned(landing(cat, *on_one_foot(side, travel=0.6)), 380.0), close),
        ),
        Perturbed("grand_jete", "jete_petit", "split 80 deg", (big, close)),
        Perturbed(
            "grand_jete",
            "saut_de_basque",
            "a turn in the air, the other foot at the leg",
            (turned(landing(leapt, *on_one_foot(side, travel=0.9)), 360.0), close),
        ),
        Perturbed("grand_jete", "sissonne", "from two feet", (from_two, close)),
        Perturbed(
            "cabriole",
            "temps_leve",
            "no beat",
            (
                changed(beaten, "beat", right_height=50.0, left_height=8.0),
                close_fifth(FRONT, FRONT),
            ),
        ),
        Perturbed(
            "cabriole",
            "assemble",
            "lands on two feet",
            (landing(beaten, *on_two(fifth(FRONT))),),
        ),
        Perturbed(
            "temps_leve",
            "cabriole",
            "the lower leg beats",
            (clipped, close_fifth(BACK, FRONT)),
        ),
        Perturbed(
            "temps_leve",
            "jete_petit",
            "lands on the other foot",
            (landing(hop, *on_one_foot(side, travel=-0.15)), close),
        ),
    )


#: All of them.
IN_THE_AIR: tuple[Perturbed, ...] = (*_from_two_feet(), *_from_one_foot())
