"""Jumps from one foot as key poses; see :mod:`repetiteur.synthetic.steps`.

``flight`` is the flight time in counts: seconds at 60 counts a minute. Ways
(``travel``) are in leg lengths, from the place of the foot that pushed off. What ends
on one foot may be closed by :func:`repetiteur.synthetic.steps.close_fifth`.
"""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    POINTED,
    Direction,
    KeyPose,
    Step,
    arms,
    cou_de_pied_leg,
    fifth,
    leg,
    on_both,
    on_one,
    other,
    pressed_legs,
    retire_leg,
    upright,
)
from repetiteur.synthetic.springs import (
    DEPTH,
    TOUCH,
    brushed,
    closed,
    push,
    taken_up,
    touch,
    towards,
)


def assemble(
    side: Side,
    direction: Direction = "seconde",
    *,
    height: float = 45.0,
    flight: float = 0.4,
    travel: float = 0.0,
    close: Side | None = None,
) -> Step:
    """One leg brushes out, the other pushes off, and they land together in fifth.

    ``side`` brushes to ``height`` degrees in a ``direction``, and ``travel`` goes that
    way. It begins and ends in fifth, with ``close`` in front: the working side by
    default (dessus), the other one after an assemblé derrière (and dessous).
    """
    name, base = "assemble", other(side)
    front = close or (base if direction == "derriere" else side)
    half = 0.5 * flight
    return (
        *brushed(name, side, direction, height, ("plie", "brush", "takeoff")),
        KeyPose(f"{name}.join", half, pressed_legs(front), "none", aloft=True),
        KeyPose(
            f"{name}.join", half, on_both(rise=TOUCH), fifth(front),
            aloft=True, travel=towards(side, direction, travel),
        ),
        KeyPose(f"{name}.landing", 0.3, {**on_both(DEPTH), **arms("low")}),
        KeyPose(f"{name}.landing", 0.5, on_both()),
    )  # fmt: skip


def jete_petit(
    side: Side,
    way: Literal["dessus", "dessous"] = "dessus",
    *,
    height: float = 40.0,
    flight: float = 0.38,
    travel: float = 0.0,
) -> Step:
    """One leg brushes à la seconde, the other pushes off; land on the one that brushed.

    It begins in fifth, with ``side`` behind for a jeté dessus, and ends on ``side``
    with the other foot at the ankle: behind it after a jeté dessus, in front of it
    after a jeté dessous. ``travel`` goes to ``side``.
    """
    name, base, half = "jete_petit", other(side), 0.5 * flight
    at: Direction = "derriere" if way == "dessus" else "devant"
    drawn, low = cou_de_pied_leg(base, at), cou_de_pied_leg(base, at, bend=DEPTH)
    hanging = {**leg(side, 22.0, AZIMUTH["seconde"]), **leg(base, 10.0, 90.0, 35.0)}
    return (
        *brushed(name, side, "seconde", height, ("plie", "brush", "brush")),
        KeyPose(f"{name}.flight", half, hanging, "none", through=True, aloft=True),
        KeyPose(
            f"{name}.flight", half, {**touch(side), **drawn}, side,
            aloft=True, travel=(0.0, travel * SIGN[side]),
        ),
        *taken_up(f"{name}.landing_cou_de_pied", side, low, {**drawn, **arms("low")}),
    )  # fmt: skip


def temps_leve(
    side: Side,
    pose: Literal["cou_de_pied", "derriere", "arabesque"] = "cou_de_pied",
    *,
    height: float = 65.0,
    flight: float = 0.35,
    travel: float = 0.0,
) -> Step:
    """Hop on one foot while the other leg, ``side``, keeps its pose.

    It begins in fifth or on one foot, and ends on that foot with ``side`` held: at the
    ankle, in front (``cou_de_pied``) or behind it (``derriere``), or behind at
    ``height`` degrees (``arabesque``). ``travel`` goes forward.
    """
    name, base, half = "temps_leve", other(side), 0.5 * flight
    body = upright()
    if pose == "arabesque":
        held = bent = leg(side, height, AZIMUTH["derriere"], rotation=6.0)
        body = upright(trunk_pitch=0.24 * height, obliquity=5.0 * SIGN[side])
    else:
        at: Direction = "derriere" if pose == "derriere" else "devant"
        held = cou_de_pied_leg(side, at)
        bent = cou_de_pied_leg(side, at, bend=DEPTH)
    lean = 4.0 if travel else 0.0
    pushed = push(base, -lean)
    landed = touch(base, lean)
    return (
        KeyPose(
            f"{name}.plie", 0.8, {**bent, **on_one(base, DEPTH), **body}, base
        ),
        KeyPose(f"{name}.takeoff", 0.22, {**held, **pushed}),
        KeyPose(
            f"{name}.flight", half, {**held, f"{base}_point": POINTED}, "none",
            through=True, aloft=True,
        ),
        KeyPose(
            f"{name}.flight", half, landed, base, aloft=True, travel=(travel, 0.0)
        ),
        *taken_up(f"{name}.landing", base, bent, held),
    )  # fmt: skip


def cabriole(
    side: Side,
    direction: Direction = "devant",
    *,
    height: float = 55.0,
    flight: float = 0.48,
    travel: float = 0.0,
) -> Step:
    """One leg is thrown up, the other beats it from below and lands again.

    ``side`` is thrown to ``height`` degrees, devant or derrière, and flung higher by
    the beat. It begins in fifth and ends on the other foot with ``side`` in the air.
    """
    name, base = "cabriole", other(side)
    # Both legs are raised towards the middle of the body, so that they meet.
    az, pitch = (186.0, 0.3 * height) if direction == "derriere" else (-6.5, -12.0)
    thrown, flung = leg(side, height, az), leg(side, height + 12.0, az)
    beats = {**thrown, **leg(base, height - 2.0, az), **upright(trunk_pitch=pitch)}
    sinks = {**flung, **leg(base, 12.0, az)}
    return (
        *brushed(name, side, direction, height, ("preparation", "brush", "brush")),
        KeyPose(f"{name}.beat", 0.45 * flight, beats, "none", aloft=True),
        KeyPose(f"{name}.beat", 0.25 * flight, sinks, "none", through=True, aloft=True),
        KeyPose(
            f"{name}.beat", 0.3 * flight, {**touch(base), **thrown}, base,
            aloft=True, travel=towards(side, direction, travel),
        ),
        *taken_up(f"{name}.landing", base, high=upright()),
    )  # fmt: skip


def grand_jete(
    side: Side,
    variant: Literal["jete", "saut_de_chat"] = "jete",
    *,
    front: float = 84.0,
    back: float = 78.0,
    flight: float = 0.55,
    travel: float = 1.8,
) -> Step:
    """Leap forward from one foot to the other with the legs split in the air.

    ``side`` goes in front, to ``front`` degrees, and lands; the other behind, to
    ``back``. In a saut de chat the front leg unfolds (développé). It begins in fifth
    or on the other foot, as after a run, and ends on ``side`` with the other leg low
    behind.
    """
    name, base = "grand_jete", other(side)
    bent = 105.0 if variant == "saut_de_chat" else 0.0
    az = AZIMUTH["derriere"]
    low = {**on_one(base, DEPTH, ahead=8.0), **leg(side, 22.0, 140.0, 84.0)}
    first = leg(side, 0.6 * front, 0.0, bent)
    split = {
        **leg(side, front, 0.0, rotation=6.0), **leg(base, back, az, rotation=6.0),
        **upright(trunk_pitch=8.0),
        **(arms("front", "side") if base == "left" else arms("side", "front")),
    }  # fmt: skip
    landed = {**touch(side, 10.0), **leg(base, 0.8 * back, az)}
    up = {**leg(base, 25.0, az), **upright(), **arms("side")}
    return (
        KeyPose(f"{name}.plie", 0.45, {**low, **upright()}, base, through=True),
        KeyPose(
            f"{name}.takeoff", 0.32, {**push(base, -20.0), **first, **arms("side")},
            through=True,
        ),
        KeyPose(f"{name}.split", 0.42 * flight, split, "none", aloft=True),
        KeyPose(f"{name}.split", 0.18 * flight, {}, "none", aloft=True),
        KeyPose(
            f"{name}.split", 0.4 * flight, landed, side,
            aloft=True, travel=(travel, 0.0),
        ),
        *taken_up(f"{name}.landing", side, leg(base, 45.0, az), up),
    )  # fmt: skip


def saut_de_basque(
    side: Side, *, height: float = 65.0, flight: float = 0.5, travel: float = 0.8
) -> Step:
    """Step, throw one leg, jump with a whole turn, land on it with the other drawn up.

    ``side`` is thrown and lands; the turn and the way go to the other side: 0.4 of
    the turn on the floor, 0.6 in the air. It begins in fifth and ends on ``side`` with
    the other foot at the knee.
    """
    name, base = "saut_de_basque", other(side)
    sign = SIGN[base]
    drawn, az = retire_leg(base), AZIMUTH["seconde"]
    return (
        KeyPose(
            f"{name}.step", 0.4,
            {**on_one(side, 40.0), **leg(base, 36.0, az, 52.0)}, side,
        ),
        KeyPose(
            f"{name}.step", 0.35, {**on_both(40.0), **on_one(base, 40.0)}, "second",
            weight=base, turn=24.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.throw_seconde", 0.38,
            {**push(base), **leg(side, height, az), **arms("side")}, base,
            turn=120.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.turn", 0.5 * flight,
            {**drawn, **leg(side, 22.0, 60.0), **arms("front")}, "none",
            turn=108.0 * sign, through=True, aloft=True,
        ),
        KeyPose(
            f"{name}.turn", 0.5 * flight, {**touch(side), **drawn}, side,
            turn=108.0 * sign, aloft=True, travel=(0.0, travel * sign),
        ),
        *taken_up(f"{name}.landing_retire", side, high=arms("low")),
    )  # fmt: skip


def pas_de_chat(side: Side, *, flight: float = 0.42, travel: float = 0.75) -> Step:
    """Leap to ``side`` with one knee lifted after the other, into fifth.

    It begins and ends in fifth with the other side in front: ``side`` leaves first
    and lands first.
    """
    name, base = "pas_de_chat", other(side)
    one, both = (leg(s, 24.0, 62.0, 112.0, rotation=18.0) for s in (side, base))
    return (
        KeyPose(f"{name}.plie", 0.5, on_both(DEPTH)),
        KeyPose(
            f"{name}.first_knee", 0.3,
            {**retire_leg(side), **push(base, aside=14.0)}, base,
        ),
        KeyPose(f"{name}.both_up", 0.5 * flight, {**one, **both}, "none", aloft=True),
        KeyPose(
            f"{name}.both_up", 0.5 * flight,
            {**touch(side, aside=10.0), **retire_leg(base)}, side,
            aloft=True, travel=(0.0, travel * SIGN[side]),
        ),
        KeyPose(
            f"{name}.landing_first", 0.16,
            {**on_one(side, 40.0), **cou_de_pied_leg(base, bend=40.0)}, through=True,
        ),
        *closed(f"{name}.close", side, base, 0.18),
    )  # fmt: skip
