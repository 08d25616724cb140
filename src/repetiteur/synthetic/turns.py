"""Turns of the vocabulary as key poses; see :mod:`repetiteur.synthetic.steps`."""

from __future__ import annotations

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    DEMI_POINTE,
    LEAN_ON_TOE,
    KeyPose,
    Step,
    arms,
    fifth,
    fourth,
    leg,
    on_both,
    other,
    retire_leg,
    standing,
    with_toe,
)


def pirouette_en_dehors(side: Side, turns: int = 1, *, counts: float = 4.0) -> Step:
    """Whole turns towards ``side``, the working leg, from fourth.

    It begins and ends in fifth. The head leaves late and arrives first.
    """
    base, sign = other(side), SIGN[side]
    part = counts / (3.0 + turns)
    drawn = {
        **retire_leg(side),
        **standing(base, LEAN_ON_TOE, rise=DEMI_POINTE),
        **arms("front"),
    }
    preparation = arms("side", "front") if side == "right" else arms("front", "side")
    back = {**leg(side, 0.0, AZIMUTH["derriere"]), **preparation}
    poses = [
        KeyPose(
            "pirouette_en_dehors.fifth", 0.2 * part, standing(base), weight=base
        ),
        KeyPose("pirouette_en_dehors.preparation", 0.8 * part, back, with_toe(base)),
        KeyPose(
            "pirouette_en_dehors.plie", 0.6 * part, on_both(46.0), fourth(base)
        ),
        KeyPose(
            "pirouette_en_dehors.push", 0.5 * part, {**drawn, "head_yaw": -80.0 * sign},
            base, turn=90.0 * sign, through=True,
        ),
    ]  # fmt: skip
    for number in range(1, turns + 1):
        last = number == turns
        poses += [
            KeyPose(
                "pirouette_en_dehors.turn", 0.5 * part, {"head_yaw": 80.0 * sign},
                turn=180.0 * sign, through=True,
            ),
            KeyPose(
                "pirouette_en_dehors.turn", (0.4 if last else 0.5) * part,
                {"head_yaw": 0.0 if last else -80.0 * sign},
                turn=(90.0 if last else 180.0) * sign, through=not last,
            ),
        ]  # fmt: skip
    ending = {**on_both(40.0), **arms("side")}
    poses += [
        KeyPose("pirouette_en_dehors.close", 0.5 * part, ending, fifth(base)),
        KeyPose("pirouette_en_dehors.end", 0.5 * part, {**on_both(), **arms("low")}),
    ]
    return tuple(poses)
