"""Tours piqués as key poses; see :mod:`repetiteur.synthetic.steps`."""

from __future__ import annotations

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    DEMI_POINTE,
    LEAN_ON_TOE,
    KeyPose,
    Step,
    arms,
    fifth,
    fourth,
    on_both,
    other,
    retire_leg,
    standing,
    upright,
)
from repetiteur.synthetic.placing import balanced, onto, raised

#: How far the head turns against the shoulders, degrees.
_NECK = 80.0
#: A step is that much longer than fourth position, leg lengths.
_LONGER = 0.1


def pique_turn(
    side: Side,
    number: int = 1,
    *,
    depth: float = 38.0,
    longer: float = _LONGER,
    counts: float = 1.6,
) -> Step:
    """Steps onto ``side``, straight and on demi-pointe, and a turn to that side on it.

    ``number`` of them in a line ahead, ``counts`` for each, from a plié of ``depth``
    degrees on the other leg, which is drawn to retiré in the turn: it is the working
    leg, and the turn goes away from it, en dedans. ``longer`` is how much longer than
    fourth position each step is, leg lengths. It begins and ends in fifth with ``side``
    in front.
    """
    step, free, sign = "pique_turn", other(side), SIGN[side]
    bent = balanced(free, "devant", knee=depth)
    front = arms("front", "side") if side == "left" else arms("side", "front")
    push = {**raised(side, "devant", 36.0), **bent, **front, "head_yaw": 0.0}
    on_toe = standing(side, LEAN_ON_TOE, rise=DEMI_POINTE)
    up = {**on_both(), **upright(head_yaw=-10.0 * sign), **on_toe, **arms("front")}
    drawn = {**retire_leg(free), "head_yaw": -_NECK * sign}
    down = {
        **on_both(depth), **standing(free), f"{free}_knee": depth, "head_yaw": 0.0
    }  # fmt: skip
    turn = (
        KeyPose(f"{step}.plie_push", 0.3 * counts, push, free),
        KeyPose(
            f"{step}.step", 0.17 * counts, up, fourth(side), weight=side,
            through=True, travel=(longer, 0.0),
        ),
        KeyPose(
            f"{step}.turn", 0.13 * counts, drawn, side, turn=100.0 * sign, through=True
        ),
        KeyPose(
            f"{step}.turn", 0.15 * counts, {"head_yaw": _NECK * sign},
            turn=120.0 * sign, through=True,
        ),
        KeyPose(
            f"{step}.turn", 0.13 * counts, {"head_yaw": 20.0 * sign},
            turn=100.0 * sign, through=True,
        ),
        KeyPose(
            f"{step}.fall", 0.12 * counts, down, fifth(side),
            weight=free, turn=40.0 * sign, through=True,
        ),
    )  # fmt: skip
    ending = {**on_both(), **upright(), **arms("low")}
    return (
        onto(free, f"{step}.plie_push", 0.4),
        *turn * number,
        KeyPose(f"{step}.close", 0.5, {**on_both(depth), **upright()}, fifth(side)),
        KeyPose(f"{step}.end", 0.6, ending, fifth(side)),
    )
