"""Turns of the vocabulary as key poses; see :mod:`repetiteur.synthetic.steps`."""

from __future__ import annotations

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    DEMI_POINTE,
    LEAN,
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
    upright,
    with_toe,
)
from repetiteur.synthetic.placing import balanced, raised, tendu_leg

#: How far the head turns against the shoulders, degrees.
_NECK = 80.0


def pirouette_en_dehors(side: Side, turns: int = 1, *, counts: float = 4.0) -> Step:
    """Whole turns towards ``side``, the working leg, from fourth.

    It begins and ends in fifth. The head leaves late and arrives first.
    """
    sign, name = SIGN[side], "pirouette_en_dehors"
    part = counts / (3.0 + turns)
    return (
        *_into_retire(side, name, part),
        *_whirled(name, sign, turns, part),
        *_into_fifth(other(side), name, part),
    )


def pirouette_en_dedans(
    side: Side, turns: int = 1, *, opens: float = 50.0, counts: float = 4.5
) -> Step:
    """Whole turns away from ``side``, the working leg, from fourth.

    The leg behind opens to ``opens`` degrees à la seconde and closes into retiré; at 0
    it goes there at once. It begins in fifth, the working foot behind, and ends in
    fifth with that foot in front. The head leaves late and arrives first.
    """
    base, sign, name = other(side), -SIGN[side], "pirouette_en_dedans"
    part = counts / (3.5 + turns)
    up = standing(base, LEAN_ON_TOE, rise=DEMI_POINTE)
    drawn = {**retire_leg(side), **up, **arms("front"), "head_yaw": -_NECK * sign}
    opened = {
        **raised(side, "seconde", opens), **up, f"{base}_rise": 0.6 * DEMI_POINTE,
        **arms("side"), "head_yaw": -30.0 * sign,
    }  # fmt: skip
    push = KeyPose(
        f"{name}.push_optional_degage", 0.5 * part, opened, base,
        turn=30.0 * sign, through=True,
    )  # fmt: skip
    way = (60.0 if opens else 90.0) * sign
    gather = KeyPose(
        f"{name}.turn", 0.4 * part, {**upright(), **drawn}, base, turn=way, through=True
    )
    return (
        *_preparation(side, name, part),
        *((push,) if opens else ()),
        gather,
        *_whirled(name, sign, turns, part),
        *_into_fifth(side, name, part),
    )


def grande_pirouette_seconde(
    side: Side,
    turns: int = 3,
    *,
    height: float = 88.0,
    depth: float = 28.0,
    counts: float = 1.5,
) -> Step:
    """Turns towards ``side`` with that leg held à la seconde, from fourth.

    A relevé for each turn, from a small plié of ``depth`` degrees; ``counts`` for each.
    It begins and ends in fifth. The head leaves late and arrives first.
    """
    base, sign, name = other(side), SIGN[side], "grande_pirouette_seconde"
    phase = f"{name}.repeated_releve_or_hop"
    line, spot = raised(side, "seconde", height), {"head_yaw": -_NECK * sign}
    up = {**balanced(base, "seconde", rise=DEMI_POINTE), **arms("side"), **line}
    down = {**up, **balanced(base, "seconde", knee=depth), "head_yaw": -_NECK * sign}
    arrive = KeyPose(
        phase, 0.3 * counts, {"head_yaw": 0.0}, turn=90.0 * sign, through=True
    )
    push = KeyPose(
        phase, 0.5 * counts, {**up, **spot}, base, turn=90.0 * sign, through=True
    )
    half = KeyPose(
        phase, 0.35 * counts, {"head_yaw": _NECK * sign},
        turn=180.0 * sign, through=True,
    )  # fmt: skip
    again = (
        KeyPose(phase, 0.3 * counts, down, turn=90.0 * sign, through=True),
        KeyPose(
            phase, 0.4 * counts, {**up, "head_yaw": _NECK * sign},
            turn=180.0 * sign, through=True,
        ),
        arrive,
    )  # fmt: skip
    return (
        *_preparation(side, name, counts),
        *(push, half, arrive),
        *again * (turns - 1),
        *_into_fifth(base, name, 1.5 * counts, phase="finish"),
    )


def fouettes(
    side: Side,
    number: int = 8,
    *,
    height: float = 90.0,
    depth: float = 45.0,
    counts: float = 1.0,
) -> Step:
    """Fouettés ronds de jambe en tournant towards ``side``, the working leg.

    A pirouette from fourth, then ``number`` times a plié of ``depth`` degrees with the
    leg opening to ``height`` à la seconde, and a turn on demi-pointe in retiré;
    ``counts`` for each. It begins and ends in fifth. The head stays with the audience.
    """
    sign, name = SIGN[side], "fouette"
    poses = [
        *_into_retire(side, name, counts),
        KeyPose(
            f"{name}.turn", 0.3 * counts, {"head_yaw": _NECK * sign},
            turn=180.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.turn", 0.15 * counts, {"head_yaw": 0.0},
            turn=90.0 * sign, through=True,
        ),
    ]  # fmt: skip
    for count in range(1, number + 1):
        poses += _fouette(side, height, depth, counts, last=count == number)
    return (*poses, *_into_fifth(other(side), name, counts))


def _fouette(
    side: Side, height: float, depth: float, counts: float, *, last: bool
) -> Step:
    """A plié with the leg opening, and a turn on demi-pointe in retiré."""
    base, sign, name = other(side), SIGN[side], "fouette"
    up = {**retire_leg(side), **standing(base, LEAN_ON_TOE, rise=DEMI_POINTE)}
    bent = {**standing(base, LEAN), f"{base}_knee": depth}
    ahead = {**leg(side, 0.8 * height, 30.0, rotation=8.0), **bent, **arms("front")}
    aside = leg(side, height, AZIMUTH["seconde"], rotation=12.0)
    half = {f"{base}_knee": 0.5 * depth}
    return (
        KeyPose(
            f"{name}.plie_extend", 0.25 * counts,
            {**ahead, "head_yaw": -45.0 * sign},
            turn=45.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.whip", 0.2 * counts,
            {**aside, **half, **arms("side"), "head_yaw": -_NECK * sign},
            turn=65.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.releve_turn", 0.35 * counts,
            {**up, **arms("front"), "head_yaw": _NECK * sign},
            turn=160.0 * sign, through=True,
        ),
        KeyPose(
            f"{name}.releve_turn", 0.2 * counts, {"head_yaw": 0.0},
            turn=90.0 * sign, through=not last,
        ),
    )  # fmt: skip


def chaines(side: Side, turns: int = 4, *, counts: float = 0.8) -> Step:
    """Tours chaînés to ``side``, in a line to that side, on demi-pointe.

    Half turns on one foot and on the other, ``counts`` for each whole turn; the head
    goes with the line. It begins and ends in first.
    """
    sign, name = SIGN[side], "chaines"
    part, on_toe = 0.5 * counts, on_both(rise=DEMI_POINTE)
    poses = [
        KeyPose(f"{name}.preparation", 0.8, {**on_toe, **arms("front")}, "first"),
        KeyPose(f"{name}.spot", 0.4, {"head_yaw": _NECK * sign}, weight=side),
    ]
    for half in range(2 * turns):
        base = side if half % 2 == 0 else other(side)
        free, last = other(base), half == 2 * turns - 1
        looks = (50.0, -25.0, -_NECK) if half % 2 == 0 else (-_NECK, 0.0, _NECK)
        over, middle, on = ({"head_yaw": sign * yaw} for yaw in looks)
        on_it = standing(base, 4.0, 92.0, rise=DEMI_POINTE)
        swing = {**leg(free, 9.0, 40.0, 20.0), **on_it}
        poses += [
            KeyPose(
                f"{name}.over", 0.3 * part, {**on_it, **over}, weight=base,
                turn=40.0 * sign, through=True,
            ),
            KeyPose(
                f"{name}.turn", 0.4 * part, {**swing, **middle}, base,
                turn=75.0 * sign, through=True,
            ),
            KeyPose(
                f"{name}.step", 0.3 * part,
                {**on_toe, **({"head_yaw": 0.0} if last else on)}, "first",
                weight=base, turn=65.0 * sign, through=not last,
            ),
        ]  # fmt: skip
    ending = {**on_both(), **upright(), **arms("low")}
    return (*poses, KeyPose(f"{name}.end", 1.0, ending, "first"))


def _preparation(side: Side, name: str, part: float) -> Step:
    """From fifth into a plié in fourth, ``side`` behind."""
    base = other(side)
    preparation = arms("side", "front") if side == "right" else arms("front", "side")
    back = {**tendu_leg(side, "derriere"), **preparation}
    return (
        KeyPose(f"{name}.fifth", 0.2 * part, standing(base), weight=base),
        KeyPose(f"{name}.preparation", 0.8 * part, back, with_toe(base)),
        KeyPose(f"{name}.plie", 0.6 * part, on_both(46.0), fourth(base)),
    )


def _into_retire(side: Side, name: str, part: float) -> Step:
    """From fifth by fourth onto one foot, a quarter of a turn done."""
    base, sign = other(side), SIGN[side]
    drawn = {
        **retire_leg(side),
        **standing(base, LEAN_ON_TOE, rise=DEMI_POINTE),
        **arms("front"),
    }
    return (
        *_preparation(side, name, part),
        KeyPose(
            f"{name}.push", 0.5 * part, {**drawn, "head_yaw": -_NECK * sign},
            base, turn=90.0 * sign, through=True,
        ),
    )  # fmt: skip


def _whirled(name: str, sign: float, turns: int, part: float) -> Step:
    """Whole turns, of which a quarter is done: the head leaves late, arrives first."""
    poses = []
    for number in range(1, turns + 1):
        last = number == turns
        poses += [
            KeyPose(
                f"{name}.turn", 0.5 * part, {"head_yaw": _NECK * sign},
                turn=180.0 * sign, through=True,
            ),
            KeyPose(
                f"{name}.turn", (0.4 if last else 0.5) * part,
                {"head_yaw": 0.0 if last else -_NECK * sign},
                turn=(90.0 if last else 180.0) * sign, through=not last,
            ),
        ]  # fmt: skip
    return tuple(poses)


def _into_fifth(front: Side, name: str, part: float, *, phase: str = "close") -> Step:
    """Down into a plié in fifth with ``front`` in front, and straight."""
    ending = {**on_both(40.0), **upright(), **arms("side")}
    return (
        KeyPose(f"{name}.{phase}", 0.5 * part, ending, fifth(front)),
        KeyPose(f"{name}.end", 0.5 * part, {**on_both(), **arms("low")}),
    )
