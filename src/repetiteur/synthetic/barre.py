"""Steps of the barre as key poses; see :mod:`repetiteur.synthetic.steps`.

``side`` is the working leg. Where a step ends with that leg free or with its toe on the
floor, :func:`repetiteur.synthetic.steps.close_fifth` closes it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    Direction,
    KeyPose,
    Step,
    arms,
    leg,
    on_both,
    other,
    standing,
    upright,
    with_toe,
)
from repetiteur.synthetic.placing import (
    BEHIND,
    TURNED_OUT,
    balanced,
    bent_leg,
    leg_at_ankle,
    on_the_toe,
    onto,
    raised,
)
from repetiteur.synthetic.steps import HITCH, close_fifth, hold

Sense = Literal["dehors", "dedans"]

#: Directions of a toe that goes over the floor from front to back, degrees, and where
#: each lies: so near to each other that between them it neither lifts nor digs in.
_HALF_CIRCLE = (
    ("devant", 0.0), ("devant", 26.0), ("devant", 51.0), ("seconde", 76.0),
    ("derriere", 109.0), ("derriere", 143.0), ("derriere", 176.0),
)  # fmt: skip
#: Knee that brings the toe of a thigh held to the side to the standing leg, degrees: at
#: the ankle with the thigh at 52, at the knee with it at 81.
_FOLD, _FOLD_MORE = 82.0, 1.7


def degage(
    side: Side,
    direction: Direction = "devant",
    height: float = 40.0,
    *,
    counts: float = 1.0,
    close: Side | None = None,
) -> Step:
    """The straight leg brushes to just off the floor, and closes.

    It begins and ends in fifth: ``close`` is the side in front afterwards, as in
    :func:`repetiteur.synthetic.steps.battement_tendu`.
    """
    step, base = "degage", other(side)
    up = {**raised(side, direction, height), **balanced(base, direction)}
    return (
        onto(base, f"{step}.closed", 0.13 * counts),
        on_the_toe(side, direction, f"{step}.brush_out", 0.22 * counts, through=True),
        KeyPose(f"{step}.peak", 0.13 * counts, up, base),
        on_the_toe(side, direction, f"{step}.brush_in", 0.17 * counts, through=True),
        *_closed(step, side, direction, close, 0.35 * counts),
    )


def grand_battement(
    side: Side,
    direction: Direction = "devant",
    height: float = 110.0,
    *,
    counts: float = 3.0,
    close: Side | None = None,
) -> Step:
    """The straight leg is thrown through tendu to ``height``, and lowered slowly.

    It begins and ends in fifth: ``close`` is the side in front afterwards, as in
    :func:`repetiteur.synthetic.steps.battement_tendu`.
    """
    step, base, part = "grand_battement", other(side), 0.1 * counts
    up = {**raised(side, direction, height), **balanced(base, direction)}
    return (
        KeyPose(
            f"{step}.closed", 2.0 * part, {**standing(base), **arms("side")},
            weight=base,
        ),
        on_the_toe(side, direction, f"{step}.brush", part, through=True),
        KeyPose(f"{step}.peak", 1.5 * part, up, base),
        on_the_toe(
            side, direction, f"{step}.controlled_down", 3.5 * part, through=True
        ),
        *_closed(step, side, direction, close, 2.0 * part),
    )  # fmt: skip


def _closed(
    step: str, side: Side, direction: Direction, close: Side | None, counts: float
) -> Step:
    """Into fifth: the working leg in front, or behind after a step derrière."""
    front = close or (other(side) if direction == "derriere" else side)
    return close_fifth(side, front, counts=counts, step=step)


def rond_de_jambe_a_terre(
    side: Side,
    sense: Sense = "dehors",
    number: int = 1,
    *,
    counts: float = 4.0,
) -> Step:
    """The toe draws half circles on the floor, and goes back through first.

    En dehors they go from front to back: each begins devant, and the leg brushes
    through first to the next; ``counts`` for each. It begins in fifth and ends with the
    toe on the floor, derrière (en dedans devant).
    """
    step, base, part = "rond_de_jambe_a_terre", other(side), 0.25 * counts
    (first, start), *way = _HALF_CIRCLE[:: 1 if sense == "dehors" else -1]
    way = [("seconde" if k < 3 else phase, at) for k, (phase, at) in enumerate(way)]
    drawn = [
        _on_the_floor(side, at, f"{step}.{phase}", part / 1.5) for phase, at in way
    ]
    begin = _on_the_floor(side, start, f"{step}.{first}", part)
    closed = {
        **on_both(), **upright(obliquity=HITCH * SIGN[side]), **standing(base)
    }  # fmt: skip
    passing = KeyPose(
        f"{step}.through_first", part, closed, "first", base, through=True
    )
    again = (*drawn, passing, begin) * (number - 1)
    last = replace(drawn[-1], through=False)
    return (onto(base, f"{step}.{first}", part), begin, *again, *drawn[:-1], last)


def _on_the_floor(side: Side, azimuth: float, name: str, counts: float) -> KeyPose:
    """The toe passes over the floor in a direction."""
    base = other(side)
    seconde, behind = AZIMUTH["seconde"], AZIMUTH["derriere"]
    turned = max(0.0, azimuth - seconde) / (behind - seconde) * BEHIND
    drawn = {**leg(side, 0.0, azimuth, rotation=turned), **standing(base), **upright()}
    return KeyPose(name, counts, drawn, with_toe(base), through=True)


def rond_de_jambe_en_lair(
    side: Side,
    sense: Sense = "dehors",
    number: int = 2,
    *,
    height: float = 72.0,
    counts: float = 2.0,
) -> Step:
    """The shank draws ovals beside the standing leg, the thigh held to the side.

    En dehors the foot comes in behind and goes out in front; ``counts`` for each. It
    begins in fifth and ends with the leg at ``height`` à la seconde.
    """
    step, base, part = "rond_de_jambe_en_lair", other(side), 0.25 * counts
    sign = 1.0 if sense == "dehors" else -1.0
    out = {**raised(side, "seconde", height), **balanced(base, "seconde")}
    fold = _FOLD + _FOLD_MORE * (height - 52.0)
    ways = (("bend_in", 1.3, fold, -10.0), ("circle", 0.9, 0.85 * fold, 22.0))
    oval = [
        KeyPose(
            f"{step}.{phase}", share * part,
            bent_leg(side, height, AZIMUTH["seconde"], knee, sign * swing),
            through=True,
        )
        for phase, share, knee, swing in ways
    ]  # fmt: skip
    stretched = leg(side, height, AZIMUTH["seconde"], rotation=TURNED_OUT)
    extend = KeyPose(f"{step}.extend", 1.3 * part, stretched)
    return (
        KeyPose(
            f"{step}.seconde", 0.8, {**standing(base), **arms("side")}, weight=base
        ),
        on_the_toe(side, "seconde", f"{step}.seconde", 0.8, through=True),
        KeyPose(f"{step}.seconde", 0.9, out, base),
        *(*oval, extend, hold(f"{step}.extend", 0.5 * part)) * number,
    )


def frappe(
    side: Side,
    direction: Direction = "seconde",
    number: int = 3,
    *,
    height: float = 40.0,
    counts: float = 1.0,
) -> Step:
    """The shank strikes out from the ankle to a straight, low leg, and stays out.

    ``counts`` for each of ``number`` strikes. It begins in fifth and ends with the foot
    at the ankle, behind it after strikes derrière.
    """
    step, base = "frappe", other(side)
    out = {**raised(side, direction, height), **balanced(base, direction)}
    at = cou_de_pied(side, _place(direction), balance=0.0, step=step)
    back = {**at[-1].changes, **upright()}
    strike = (
        KeyPose(f"{step}.strike", 0.18 * counts, out),
        hold(f"{step}.hold_out", 0.47 * counts),
        KeyPose(f"{step}.return", 0.35 * counts, back),
    )
    return (*at, *strike * number)


def fondu(
    side: Side,
    direction: Direction = "seconde",
    height: float = 45.0,
    *,
    depth: float = 50.0,
    counts: float = 4.0,
) -> Step:
    """Both knees bend, the foot at the ankle, and both stretch together.

    The standing knee bends by ``depth`` degrees, and the leg stretches to ``height``.
    It begins in fifth and ends with the leg in the air.
    """
    step, base, part = "fondu", other(side), 0.25 * counts
    place = _place(direction)
    bent = {
        **leg_at_ankle(side, place, melting=depth),
        **balanced(base, "seconde", knee=depth),
    }
    out = {**raised(side, direction, height), **balanced(base, direction)}
    return (
        onto(base, f"{step}.melt", 0.6 * part),
        KeyPose(f"{step}.melt", 1.4 * part, {**bent, **arms("front")}, base),
        KeyPose(f"{step}.unfold", 1.6 * part, {**out, **arms("side")}),
        hold(f"{step}.full_stretch", 0.4 * part),
    )


def cou_de_pied(
    side: Side,
    place: Direction = "devant",
    *,
    counts: float = 1.0,
    balance: float = 1.0,
    step: str = "cou_de_pied",
) -> Step:
    """The pointed foot at the ankle of the standing leg, held for ``balance``.

    ``place`` is devant or derrière. It begins in fifth and ends with the foot there.
    """
    base = other(side)
    drawn = {**leg_at_ankle(side, place), **balanced(base, "seconde")}
    poses = (
        onto(base, f"{step}.fifth", 0.4 * counts),
        KeyPose(f"{step}.cou_de_pied", 0.6 * counts, drawn, base),
    )
    return (*poses, hold(f"{step}.hold", balance)) if balance else poses


def _place(direction: Direction) -> Direction:
    """Where the foot lies at the ankle before a leg goes to a direction."""
    return "derriere" if direction == "derriere" else "devant"
