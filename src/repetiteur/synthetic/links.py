"""Linking steps as key poses; see :mod:`repetiteur.synthetic.steps`.

Ways (``travel``) are in leg lengths, and come on top of a position of the feet.
``walk`` and ``run`` are no steps of the vocabulary: they lead from one to another.
"""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    DEMI_POINTE,
    Direction,
    KeyPose,
    Step,
    arms,
    cou_de_pied_leg,
    fifth,
    fourth,
    leg,
    on_both,
    on_one,
    other,
    upright,
)
from repetiteur.synthetic.springs import DEPTH, closed, push, touch


def glissade(
    side: Side,
    direction: Direction = "seconde",
    *,
    travel: float = 0.75,
    flight: float = 0.14,
    close: Side | None = None,
) -> Step:
    """Skim from fifth to fifth with both legs stretched for an instant.

    ``side`` brushes out in a ``direction`` and lands first; the other closes, with
    ``close`` in front: as they were after a glissade devant or derrière, ``side``
    behind after one à la seconde, by default. It begins in fifth, and ends there.
    """
    name, base, half = "glissade", other(side), 0.5 * flight
    front = close or (side if direction == "devant" else base)
    az, to = AZIMUTH[direction], SIGN[side]
    ahead, aside, way = {
        "devant": (20.0, 0.0, (travel, 0.0)),
        "seconde": (0.0, 20.0, (0.0, travel * to)),
        "derriere": (-20.0, 0.0, (-travel, 0.0)),
    }[direction]
    pushing = on_one(base, rise=70.0, ahead=-ahead, aside=abs(aside) - 2.0)
    back = {"devant": 180.0, "seconde": 90.0, "derriere": 0.0}[direction]
    trailing, gathering = leg(base, 30.0, back), leg(base, 30.0, back, 45.0)
    arriving = on_one(side, 4.0, rise=40.0, ahead=0.7 * ahead, aside=0.7 * aside - 4.0)
    return (
        KeyPose(f"{name}.plie", 0.5, on_both(DEPTH)),
        KeyPose(
            f"{name}.brush", 0.22, {**on_one(base, 30.0), **leg(side, 20.0, az, 38.0)},
            base, through=True,
        ),
        KeyPose(f"{name}.low_transfer", 0.26, {**pushing, **leg(side, 30.0, az)}),
        KeyPose(
            f"{name}.low_transfer", half, {**leg(side, 24.0, az), **trailing}, "none",
            through=True, aloft=True,
        ),
        KeyPose(
            f"{name}.low_transfer", half, arriving, side, aloft=True, travel=way
        ),
        KeyPose(f"{name}.close", 0.12, {**on_one(side, 12.0, rise=20.0), **gathering}),
        *closed(f"{name}.close", side, front, 0.18),
    )  # fmt: skip


def pas_de_bourree(
    side: Side,
    way: Literal["dessous", "dessus"] = "dessous",
    *,
    counts: float = 1.35,
    rise: float = DEMI_POINTE,
) -> Step:
    """Three steps to ``side``, two on demi-pointe and the last into a plié.

    Dessous the other foot steps behind, ``side`` to the side, the other in front;
    dessus in front, to the side, behind. ``counts`` are those of the three steps. It
    begins in fifth, or on ``side`` with the other foot at the ankle, and ends in fifth
    with the foot of the last step in front (dessous) or behind (dessus).
    """
    name, first, part = "pas_de_bourree", other(side), counts / 3.0
    begin, end = (side, first) if way == "dessous" else (first, side)
    at: Direction = "derriere" if way == "dessous" else "devant"
    up, last = on_both(rise=rise), f"{name}.step_3_plie"
    return (
        KeyPose(
            f"{name}.preparation", 0.6,
            {**on_one(side, 40.0), **cou_de_pied_leg(first, at, bend=40.0)}, side,
        ),
        KeyPose(f"{name}.step_1", 0.5 * part, up, fifth(begin), weight=first),
        KeyPose(
            f"{name}.step_1", 0.5 * part,
            {**on_one(first, rise=rise), **leg(side, 24.0, AZIMUTH["seconde"], 8.0)},
            first,
        ),
        KeyPose(
            f"{name}.step_2", 0.5 * part, up, "second", weight=side,
            travel=(0.0, -0.16 * SIGN[side]),
        ),
        KeyPose(
            f"{name}.step_2", 0.5 * part,
            {**on_one(side, rise=rise), **leg(first, 20.0, 70.0, 60.0)}, side,
        ),
        KeyPose(
            last, 0.5 * part, {**on_both(40.0), **on_one(first, 40.0)}, fifth(end),
            weight=first,
        ),
        KeyPose(
            last, 0.5 * part, cou_de_pied_leg(side, _opposite(at), bend=44.0), first
        ),
        KeyPose(
            last, 0.5 * part, {**on_both(40.0), **on_one(first, 40.0)}, fifth(end),
            weight=first,
        ),
        KeyPose(f"{name}.end", 0.5, on_both(), fifth(end)),
    )  # fmt: skip


def _opposite(at: Direction) -> Direction:
    return "derriere" if at == "devant" else "devant"


def balance_waltz(
    side: Side, *, counts: float = 1.8, depth: float = 38.0, travel: float = -0.1
) -> Step:
    """Step to ``side`` in plié, behind on the ball of the foot, and replace.

    It begins in fifth or on the other foot, and ends on ``side`` with the other foot
    behind the ankle. ``counts`` are those of the three steps.
    """
    name, base, part = "balance_waltz", other(side), counts / 3.0
    bent = {**on_both(depth), **on_one(side, depth)}
    sway = upright(trunk_side=4.0 * SIGN[side], head_tilt=6.0 * SIGN[side])
    out = {**on_one(base, 20.0), **leg(side, 30.0, AZIMUTH["seconde"], 12.0)}
    behind = cou_de_pied_leg(base, "derriere", bend=depth)
    raised = {**on_one(base, rise=45.0), **cou_de_pied_leg(side)}
    return (
        KeyPose(f"{name}.down_side", 0.5, out, base, through=True),
        KeyPose(
            f"{name}.down_side", 0.5 * part, {**bent, **sway, **arms("side")}, "second",
            weight=side, travel=(0.0, travel * SIGN[side]),
        ),
        KeyPose(f"{name}.down_side", 0.5 * part, leg(base, 22.0, 120.0, 95.0), side),
        KeyPose(
            f"{name}.up_behind", 0.5 * part,
            {**on_both(), **on_one(base, rise=45.0), **upright()}, fifth(side),
            weight=base,
        ),
        KeyPose(f"{name}.up_behind", 0.5 * part, raised, base),
        KeyPose(f"{name}.down", 0.5 * part, bent, fifth(side), weight=side),
        KeyPose(f"{name}.down", 0.5 * part, behind, side),
        KeyPose(
            f"{name}.end", 0.5, {**on_one(side), **cou_de_pied_leg(base, "derriere")}
        ),
    )  # fmt: skip


def chasse(
    side: Side,
    variant: Literal["a_terre", "saute"] = "a_terre",
    direction: Literal["devant", "seconde"] = "devant",
    *,
    travel: float | None = None,
    flight: float = 0.3,
) -> Step:
    """``side`` slides out through a plié, takes the weight, and is caught up.

    ``travel`` is that of the slide beyond fourth (0.25 by default) or second position
    (0.08). Sauté, the feet
    meet in the air, and the landing is on the other foot. It begins in fifth with
    ``side`` in front, and ends so.
    """
    name, base = "chasse", other(side)
    open_feet = fourth(side) if direction == "devant" else "second"
    far = (0.25 if direction == "devant" else 0.08) if travel is None else travel
    way = (far, 0.0) if direction == "devant" else (0.0, far * SIGN[side])
    slide = (
        KeyPose(
            f"{name}.plie", 0.5, {**on_both(DEPTH), **on_one(base, DEPTH)},
            weight=base,
        ),
        KeyPose(f"{name}.slide", 0.5, on_both(DEPTH), open_feet, travel=way),
        KeyPose(
            f"{name}.transfer", 0.4, {**on_both(DEPTH), **on_one(side, DEPTH)},
            weight=side,
        ),
    )  # fmt: skip
    if variant == "saute":
        return (*slide, *_flown(name, side, direction, flight))
    caught = {**on_both(20.0), **on_one(side, 20.0)}
    return (
        *slide,
        KeyPose(f"{name}.catch", 0.5, caught, fifth(side), weight=side),
        KeyPose(f"{name}.end", 0.5, on_both(), fifth(side)),
    )


def _flown(name: str, side: Side, direction: str, flight: float) -> Step:
    """The feet meet in the air; landing on the one behind, the other closes."""
    base = other(side)
    sideways = direction == "seconde"
    way = (0.0, 0.3 * SIGN[side]) if sideways else (0.3, 0.0)
    ahead, behind = (AZIMUTH["seconde"], 100.0) if sideways else (10.0, 165.0)
    open_leg = leg(side, 34.0, ahead, 24.0)
    return (
        KeyPose(
            f"{name}.catch", 0.24,
            {**push(side), **leg(base, 22.0, behind, 24.0)}, side,
        ),
        KeyPose(
            f"{name}.catch", 0.5 * flight,
            {**leg(side, 9.0, -50.0), **leg(base, 7.7, -114.0)}, "none", aloft=True,
        ),
        KeyPose(
            f"{name}.catch", 0.5 * flight,
            {**touch(base), **open_leg}, base,
            aloft=True, travel=way,
        ),
        KeyPose(f"{name}.catch", 0.2, {**on_one(base, 30.0), **open_leg}),
        *closed(f"{name}.catch", base, side, 0.24),
    )  # fmt: skip


def walk(side: Side, steps: int = 3, *, counts: float = 0.9) -> Step:
    """Plain steps forward, turned out, beginning with ``side``; ``counts`` for each.

    It begins in fifth or on the other foot, and ends on the foot of the last step with
    the other leg low behind.
    """
    name, poses = "walk", []
    for _ in range(steps):
        base = other(side)
        away = leg(base, 26.0, AZIMUTH["derriere"], 78.0)
        poses += [
            KeyPose(
                f"{name}.swing", 0.4 * counts,
                {**on_one(base, 6.0), **leg(side, 26.0, 0.0, 34.0)}, base,
                through=True,
            ),
            KeyPose(
                f"{name}.step", 0.3 * counts, {**on_both(), **on_one(side, 8.0)},
                fourth(side), weight=side, travel=(0.1, 0.0),
            ),
            KeyPose(
                f"{name}.over", 0.3 * counts, {**on_one(side), **away}, side,
                through=True,
            ),
        ]  # fmt: skip
        side = base
    return tuple(poses)


def run(
    side: Side, steps: int = 3, *, flight: float = 0.12, travel: float = 0.6
) -> Step:
    """Light running steps forward, beginning with ``side``, through short flights.

    It begins in fifth or on the other foot, and ends on the foot of the last step, in
    a small plié with the other leg behind.
    """
    name, poses = "run", []
    for _ in range(steps):
        base = other(side)
        ahead, behind = leg(side, 32.0, 0.0, 44.0), leg(base, 34.0, 178.0, 30.0)
        landing = on_one(side, 14.0, rise=30.0, ahead=12.0, aside=-4.0)
        poses += [
            KeyPose(
                f"{name}.push", 0.26,
                {**on_one(base, 8.0, rise=60.0, ahead=-14.0, aside=-2.0), **ahead},
                base,
            ),
            KeyPose(
                f"{name}.flight", 0.5 * flight, {**ahead, **behind}, "none",
                through=True, aloft=True,
            ),
            KeyPose(
                f"{name}.flight", 0.5 * flight, {**landing, **behind}, side,
                aloft=True, travel=(travel, 0.0),
            ),
            KeyPose(
                f"{name}.step", 0.2,
                {**on_one(side, 26.0), **leg(base, 36.0, 170.0, 80.0)}, through=True,
            ),
        ]  # fmt: skip
        side = base
    return tuple(poses)
