"""How a jump leaves the floor, and how it meets it: for jumps and linking steps."""

from __future__ import annotations

from collections.abc import Mapping

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    Direction,
    KeyPose,
    Step,
    arms,
    fifth,
    leg,
    on_both,
    on_one,
    other,
    upright,
)

#: Depth of the plié before a jump from one foot, and after it, degrees.
DEPTH = 48.0
#: Rise of the heel as the toe leaves the floor, and as it meets it, degrees.
TAKE_OFF, TOUCH = 75.0, 50.0
# How far the foot lies aside and ahead of under the hip at these moments, degrees, so
# that the body stays over the place of the whole foot.
_LEAVING, _MEETING = (3.0, 5.0), (0.0, 4.0)


def push(base: Side, ahead: float = 0.0, aside: float = 0.0) -> dict[str, float]:
    """Parameters of a leg as its toe leaves the floor."""
    there = {"aside": _LEAVING[0] + aside, "ahead": _LEAVING[1] + ahead}
    return on_one(base, rise=TAKE_OFF, **there)


def touch(side: Side, ahead: float = 0.0, aside: float = 0.0) -> dict[str, float]:
    """Parameters of a leg as its toe meets the floor."""
    there = {"aside": _MEETING[0] + aside, "ahead": _MEETING[1] + ahead}
    return on_one(side, 8.0, rise=TOUCH, **there)


def brushed(
    name: str,
    side: Side,
    direction: Direction,
    height: float,
    phases: tuple[str, str, str],
) -> Step:
    """From fifth: a plié, a leg brushes out, and the other foot pushes off.

    ``phases`` are the names of the three.
    """
    base, az = other(side), AZIMUTH[direction]
    out, up = leg(side, 0.5 * height, az, 38.0), leg(side, height, az)
    down, brush, spring = (f"{name}.{phase}" for phase in phases)
    return (
        KeyPose(down, 0.5, {**on_both(DEPTH), **upright()}),
        KeyPose(brush, 0.22, {**on_one(base, 0.64 * DEPTH), **out}, base, through=True),
        KeyPose(spring, 0.28, {**push(base), **up, **arms("side")}),
    )


def taken_up(
    name: str,
    side: Side,
    low: Mapping[str, float] | None = None,
    high: Mapping[str, float] | None = None,
) -> Step:
    """A plié on one foot, and up; ``low`` and ``high`` say what else changes."""
    return (
        KeyPose(name, 0.3, {**on_one(side, DEPTH), **(low or {})}),
        KeyPose(name, 0.5, {**on_one(side), **(high or {})}),
    )


def closed(
    name: str,
    side: Side,
    front: Side,
    counts: float,
    high: Mapping[str, float] | None = None,
) -> Step:
    """From one foot, ``side``, the other closes in fifth in plié; and up.

    ``counts`` are those of the closing, and ``high`` says what changes at the end.
    """
    bent = {**on_both(DEPTH), **on_one(side, DEPTH)}
    return (
        KeyPose(name, counts, bent, fifth(front), weight=side),
        KeyPose(name, 0.2, on_both(DEPTH), fifth(front)),
        KeyPose(name, 0.5, {**on_both(), **(high or {})}),
    )


def towards(side: Side, direction: Direction, travel: float) -> tuple[float, float]:
    """A way in the direction in which ``side`` is thrown."""
    return {
        "devant": (travel, 0.0),
        "seconde": (0.0, travel * SIGN[side]),
        "derriere": (-travel, 0.0),
    }[direction]
