"""Jumps from two feet as key poses; see :mod:`repetiteur.synthetic.steps`.

``flight`` is the flight time in counts: seconds at 60 counts a minute. Ways
(``travel``) are in leg lengths. Jumps from one foot are in
:mod:`repetiteur.synthetic.leaps`.
"""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    LEAN,
    POINTED,
    Direction,
    KeyPose,
    Step,
    arms,
    fifth,
    leg,
    on_both,
    on_one,
    other,
    pressed_legs,
    upright,
)
from repetiteur.synthetic.springs import TOUCH, closed, taken_up


def saute(flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from two feet onto two feet, in the position they are in.

    The body keeps one pose in the air.
    """
    stay = KeyPose("saute.flight", flight, aloft=True)
    return (*_plie("saute", depth), stay, *_landing("saute", depth))


def changement(front: Side, flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from fifth with ``front`` in front into fifth with the other in front."""
    return _beaten("changement", front, 1, flight, depth)


def entrechat(
    front: Side, crossings: int = 2, flight: float = 0.5, *, depth: float = 60.0
) -> Step:
    """Jump from fifth in which the legs open and cross ``crossings`` times.

    2 are an entrechat quatre, which comes down with ``front`` in front, and 3 a six.
    """
    name = "entrechat_six" if crossings == 3 else "entrechat_quatre"
    return _beaten(name, front, crossings, flight, depth)


def echappe(front: Side, flight: float = 0.4, *, depth: float = 55.0) -> Step:
    """Jump from fifth that opens at the top into second, and one back into fifth."""
    name, half = "echappe_saute", 0.5 * flight
    closed = KeyPose(f"{name}.jump", half, aloft=True)
    out = KeyPose(f"{name}.open", half, feet="second", aloft=True)
    wide = KeyPose(f"{name}.jump", half, aloft=True)
    back = KeyPose(f"{name}.close", half, feet=fifth(front), aloft=True)
    return (
        *(*_plie(name, depth), closed, out, *_landing(name, depth)),
        *(*_plie(name, depth), wide, back, *_landing(name, depth)),
    )


def soubresaut(
    front: Side, flight: float = 0.4, *, depth: float = 55.0, travel: float = 0.0
) -> Step:
    """Jump from fifth with the legs pressed together into the same fifth.

    ``travel`` is the way forward, leg lengths. It begins and ends in fifth with
    ``front`` in front.
    """
    name, half = "soubresaut", 0.5 * flight
    together = pressed_legs(front)
    return (
        *_plie(name, depth),
        KeyPose(f"{name}.flight", half, together, "none", aloft=True),
        KeyPose(
            f"{name}.flight", half, on_both(rise=TOUCH), fifth(front),
            aloft=True, travel=(travel, 0.0),
        ),
        *_landing(name, depth),
    )  # fmt: skip


def tour_en_lair(
    front: Side,
    turns: int = 1,
    *,
    to: Side = "right",
    flight: float = 0.52,
    depth: float = 60.0,
    close: Side | None = None,
) -> Step:
    """Jump from fifth with whole turns in the air, legs together, into fifth.

    It turns to the side ``to``, begins with ``front`` in front, and ends with
    ``close`` in front: the other side by default.
    """
    name, sign, after = "tour_en_lair", SIGN[to], close or other(front)
    degrees = 360.0 * turns * sign
    ways = (
        (0.25, 0.22, front, -40.0), (0.25, 0.28, front, 70.0),
        (0.25, 0.28, after, -20.0),
    )  # fmt: skip
    air = tuple(
        KeyPose(
            f"{name}.flight_turn", part * flight,
            {**pressed_legs(legs), **arms("front"), "head_yaw": yaw * sign}, "none",
            turn=share * degrees, through=True, aloft=True,
        )
        for part, share, legs, yaw in ways
    )  # fmt: skip
    down = KeyPose(
        f"{name}.flight_turn", 0.25 * flight,
        {**on_both(rise=TOUCH), "head_yaw": 0.0}, fifth(after),
        turn=0.22 * degrees, aloft=True,
    )  # fmt: skip
    return (*_plie(name, depth), *air, down, *_landing(name, depth))


def sissonne(
    side: Side,
    direction: Direction = "derriere",
    ending: Literal["ouverte", "fermee"] = "ouverte",
    *,
    height: float = 60.0,
    flight: float = 0.45,
    travel: float = 0.5,
    close: Side | None = None,
) -> Step:
    """Jump from fifth in which the legs open, onto one foot: away from the free leg.

    ``side`` is the leg that opens, to ``height`` degrees in a ``direction``: derrière
    the jump goes forward, devant backwards, and à la seconde to the other side. It
    begins in fifth. Ouverte ends on the other foot with ``side`` in the air; fermée
    closes in fifth at once, with ``close`` in front (as the leg was thrown, by
    default).
    """
    name, base, az = "sissonne", other(side), AZIMUTH[direction]
    way = {"devant": (-1.0, 0.0), "seconde": (0.0, SIGN[base]), "derriere": (1.0, 0.0)}
    forward, leftward = (travel * part for part in way[direction])
    ahead, aside = {
        "devant": (-14.0, 0.0), "seconde": (0.0, 14.0), "derriere": (14.0, 0.0)
    }[direction]  # fmt: skip
    up, low = leg(side, height, az), leg(side, 0.95 * height, az)
    reaching = {**on_one(base, ahead=ahead, aside=aside), f"{base}_point": POINTED}
    pitch = {"devant": -4.0, "seconde": 0.0, "derriere": 0.2 * height}[direction]
    foot = on_one(
        base, 8.0, rise=TOUCH, ahead=0.6 * ahead, aside=0.6 * aside - 0.5 * LEAN
    )
    front = close or (side if direction == "devant" else base)
    straight = {**upright(), **arms("low")}
    return (
        *_plie(name, 55.0),
        KeyPose(
            f"{name}.split_flight", 0.5 * flight,
            {**up, **reaching, **upright(trunk_pitch=pitch), **arms("side")},
            "none", through=True, aloft=True,
        ),
        KeyPose(
            f"{name}.split_flight", 0.5 * flight,
            {**(up if ending == "ouverte" else low), **foot}, base,
            aloft=True, travel=(forward, leftward),
        ),
        *(
            taken_up(f"{name}.landing_one", base)
            if ending == "ouverte"
            else closed(f"{name}.close_if_fermee", base, front, 0.34, straight)
        ),
    )  # fmt: skip


def _beaten(
    name: str, front: Side, crossings: int, flight: float, depth: float
) -> Step:
    part = 0.5 * flight / crossings
    beats: list[KeyPose] = []
    for _ in range(crossings):
        front = other(front)
        beats += (
            KeyPose(f"{name}.open", part, feet="first", aloft=True),
            KeyPose(f"{name}.beat", part, feet=fifth(front), aloft=True),
        )
    return (*_plie(name, depth), *beats, *_landing(name, depth))


def _plie(name: str, depth: float) -> Step:
    return (
        KeyPose(f"{name}.plie", 0.6, on_both(depth)),
        KeyPose(f"{name}.takeoff", 0.25, on_both(rise=75.0)),
    )


def _landing(name: str, depth: float) -> Step:
    return (
        KeyPose(f"{name}.landing", 0.3, on_both(depth)),
        KeyPose(f"{name}.recovery", 0.6, on_both()),
    )
