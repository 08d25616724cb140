"""Linking steps with one condition pushed over its threshold."""

from __future__ import annotations

from dataclasses import replace

from perturbing import BACK, FRONT, Perturbed, changed

from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    DEMI_POINTE,
    KeyPose,
    Step,
    leg,
    on_both,
    on_one,
)
from repetiteur.synthetic.links import balance_waltz, chasse, pas_de_bourree
from repetiteur.synthetic.placing import balanced
from repetiteur.synthetic.springs import push, touch
from repetiteur.synthetic.steps import close_fifth


def _skimmed(half: float = 0.09) -> Step:
    """A chassé whose slide leaves the floor, for twice ``half`` counts."""
    plie, slide, transfer, catch, end = chasse(FRONT, "a_terre", "seconde")
    out, aside = leg(FRONT, 24.0, AZIMUTH["seconde"]), SIGN[FRONT]
    return (
        plie,
        KeyPose(slide.name, 0.25, {**push(BACK, aside=10.0), **out}, BACK),
        KeyPose(slide.name, half, leg(BACK, 28.0, 90.0, 55.0), "none", aloft=True),
        KeyPose(
            transfer.name, half, touch(FRONT, aside=8.0), FRONT,
            aloft=True, travel=(0.0, 0.55 * aside),
        ),
        replace(catch, counts=0.35),
        end,
    )  # fmt: skip


def _links() -> tuple[Perturbed, ...]:
    on_toe = on_one(BACK, rise=DEMI_POINTE)
    up = changed(
        balance_waltz(BACK, counts=1.0), "down_side", 1, **{**on_both(), **on_toe}
    )
    up = changed(changed(up, "down_side", 2, **on_toe), "end", counts=0.2)
    return (
        Perturbed(
            "glissade",
            "chasse",
            "both feet on the floor",
            (chasse(FRONT, "a_terre", "seconde"),),
        ),
        Perturbed(
            "chasse",
            "glissade",
            "the feet leave the floor",
            (_skimmed(),),
        ),
        Perturbed(
            "pas_de_bourree",
            "balance_waltz",
            "the first step in plie",
            (
                changed(
                    changed(
                        pas_de_bourree(FRONT, counts=1.8), "step_1", **on_both(34.0)
                    ),
                    "step_1",
                    1,
                    **{**balanced(BACK, "seconde", knee=34.0), "left_rise": 0.0},
                ),
            ),
        ),
        Perturbed(
            "balance_waltz",
            "pas_de_bourree",
            "the first step on demi-pointe, quicker",
            (up, close_fifth(FRONT, BACK, counts=0.6)),
        ),
    )


#: All of them.
LINKS: tuple[Perturbed, ...] = _links()
