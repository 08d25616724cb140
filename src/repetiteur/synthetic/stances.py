"""Positions of the feet, and the bends and rises in them, as key poses.

See :mod:`repetiteur.synthetic.steps`. A position is held where the feet are: a phrase
begins in it, or gets there by :func:`tendu_into`.
"""

from __future__ import annotations

from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    DEMI_POINTE,
    Direction,
    Feet,
    KeyPose,
    Step,
    arms,
    fourth,
    on_both,
    other,
    standing,
    upright,
)
from repetiteur.synthetic.placing import balanced, leg_at_ankle, on_the_toe, onto
from repetiteur.synthetic.steps import HITCH, hold

#: How far a demi-plié goes with the heels down, degrees of the knee.
_DEMI = 60.0


def third(front: Side) -> Feet:
    """Third position with one side in front."""
    return "third_left" if front == "left" else "third_right"


def open_fourth(front: Side) -> Feet:
    """Open fourth position, opposite first, with one side in front."""
    return "fourth_open_left" if front == "left" else "fourth_open_right"


def second_position(*, counts: float = 1.0) -> Step:
    """Second position, arms to the side. It begins and ends there."""
    return (_position("second_position", "second", counts, "side"),)


def third_position(front: Side = "left", *, counts: float = 1.0) -> Step:
    """Third position, arms low. It begins and ends there."""
    return (_position("third_position", third(front), counts, "low"),)


def fourth_position(
    front: Side = "left",
    *,
    placed: Literal["crossed", "open"] = "crossed",
    counts: float = 1.0,
) -> Step:
    """Fourth position, opposite fifth or opposite first. It begins and ends there.

    Examples
    --------
    >>> fourth_position("right", placed="open")[0].feet
    'fourth_open_right'
    """
    feet = fourth(front) if placed == "crossed" else open_fourth(front)
    return (_position("fourth_position", feet, counts, "side"),)


def _position(
    step: str, feet: Feet, counts: float, place: Literal["low", "side"]
) -> KeyPose:
    changes = {**upright(), **on_both(), **arms(place)}
    return KeyPose(f"{step}.hold", counts, changes, feet)


def tendu_into(
    side: Side,
    direction: Direction,
    feet: Feet,
    *,
    counts: float = 2.0,
    step: str = "link",
) -> Step:
    """The leg of ``side`` brushes out and comes down in another position of the feet.

    It begins on both feet, in any position, or with the toe of ``side`` on the floor,
    and ends in the position ``feet``.
    """
    base, part = other(side), 0.25 * counts
    point = on_the_toe(side, direction, f"{step}.point", 1.5 * part, hip=0.6 * HITCH)
    closed = {**on_both(), **upright()}
    ending = KeyPose(f"{step}.closed", part, closed, feet)
    if feet == "second" or feet.startswith("fourth"):
        return (point, ending)
    lifted = {**closed, "obliquity": HITCH * SIGN[side], **standing(base)}
    brushed = KeyPose(f"{step}.brush_in", part, lifted, feet, weight=base)
    return (point, brushed, ending)


def grand_plie(
    *, depth: float = 124.0, rise: float = 32.0, counts: float = 6.0
) -> Step:
    """Both knees bend by ``depth`` degrees and stretch, as far down as up.

    From a demi-plié on the heels rise by ``rise`` degrees, and are down again when it
    is passed on the way up. In second they stay down: see :func:`grand_plie_in_second`.
    It begins and ends in the position of the feet in which it is danced.
    """
    down, deep = 0.2 * counts, 0.3 * counts
    demi = on_both(min(_DEMI, 0.6 * depth))
    return (
        KeyPose("grand_plie.demi", down, demi, through=True),
        KeyPose("grand_plie.bottom", deep, on_both(depth, rise)),
        KeyPose("grand_plie.demi", deep, demi, through=True),
        KeyPose("grand_plie.end", down, on_both()),
    )


def grand_plie_in_second(*, depth: float = 104.0, counts: float = 6.0) -> Step:
    """Grand plié in second, heels down throughout. It begins and ends in second."""
    return grand_plie(depth=depth, rise=0.0, counts=counts)


def releve_on_one(
    side: Side,
    place: Direction = "devant",
    *,
    depth: float = 35.0,
    rise: float = DEMI_POINTE,
    counts: float = 2.0,
    balance: float = 1.0,
) -> Step:
    """Rise on one foot, with that of ``side`` at its ankle, from a bend and down again.

    It begins in fifth and ends with the foot of ``side`` at the ankle of the other,
    which is flat.
    """
    base, part = other(side), 0.2 * counts
    flat = {**leg_at_ankle(side, place), **balanced(base, "seconde")}
    bent = leg_at_ankle(side, place, melting=depth)
    up = {**flat, **balanced(base, "seconde", rise=rise)}
    return (
        onto(base, "releve.flat", part),
        KeyPose("releve.flat", 1.5 * part, flat, base),
        KeyPose("releve.push", part, {**bent, **balanced(base, "seconde", knee=depth)}),
        KeyPose("releve.top", part, up),
        hold("releve.balance", balance),
        KeyPose("releve.lower", 1.5 * part, flat),
    )
