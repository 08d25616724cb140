"""Ways to push one condition of a step over its threshold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from repetiteur.synthetic import Alteration
from repetiteur.synthetic.dancer import SIGN, STANDARD
from repetiteur.synthetic.jumps import (
    TOUCH,
    changement,
    entrechat,
)
from repetiteur.synthetic.keyposes import (
    Feet,
    KeyPose,
    Step,
    cou_de_pied_leg,
    fifth,
    on_both,
    on_one,
    pressed_legs,
    upright,
)
from repetiteur.synthetic.steps import (
    close_fifth,
    step_to,
)

#: All begin in fifth with the right foot in front.
FRONT, BACK = "right", "left"
CROISE, EFFACE = 45.0 * SIGN[BACK], -45.0 * SIGN[BACK]
_FOOT = STANDARD.metres("foot")
_ACROSS = np.sin(np.radians(STANDARD.turnout(BACK)))
_STAYS = (0.0, 0.0)
_ALONG = np.cos(np.radians(STANDARD.turnout(BACK)))


@dataclass(frozen=True)
class Perturbed:
    """A step with one condition pushed over its threshold.

    Attributes
    ----------
    step, other : str
        What it was, and what it ought to be called now.
    how : str
    steps : tuple of Step
        From fifth, the right foot in front, or from ``start``.
    """

    step: str
    other: str
    how: str
    steps: tuple[Step, ...]
    start: Step = ()
    heading: float = 0.0
    alterations: tuple[Alteration, ...] = ()


# ---- ways to push ----


def changed(poses: Step, phase: str, number: int = 0, **how: object) -> Step:
    """The step with its pose of that phase changed: fields, or angles."""
    at = [k for k, pose in enumerate(poses) if pose.name.endswith(f".{phase}")][number]
    pose = poses[at]
    fields = {name: how.pop(name) for name in tuple(how) if name in _FIELDS}
    angles = {**pose.changes, **how}
    return (
        *poses[:at],
        replace(pose, **{"changes": angles, **fields}),
        *poses[at + 1 :],
    )


def throughout(poses: Step, phases: Collection[str], **angles: float) -> Step:
    """The step with angles set otherwise wherever these phases set them."""
    return tuple(
        replace(pose, changes={**pose.changes, **angles})
        if pose.name.partition(".")[2] in phases
        and not angles.keys().isdisjoint(pose.changes)
        else pose
        for pose in poses
    )


_FIELDS = frozenset(("feet", "weight", "turn", "travel", "counts", "aloft"))


def turned(poses: Step, degrees: float) -> Step:
    """The step with so much more of a turn in the air."""
    air = [pose for pose in poses if pose.aloft]
    return tuple(
        replace(pose, turn=pose.turn + degrees / len(air)) if pose.aloft else pose
        for pose in poses
    )


def turned_back(poses: Step) -> Step:
    """The step with its turn and its head to the other side."""
    return tuple(
        replace(
            pose,
            turn=-pose.turn,
            changes={k: -v if k == "head_yaw" else v for k, v in pose.changes.items()},
        )
        for pose in poses
    )


def placed(
    step: str, other: str, how: str, position: Step,
    crossed: float = 0.0, ahead: float = 0.0, apart: float = 0.0,
) -> Perturbed:  # fmt: skip
    """A position with the left foot (in front) elsewhere, foot lengths."""
    x = _FOOT * (SIGN["right"] * crossed * _ACROSS + SIGN["left"] * apart)
    z = _FOOT * (ahead + crossed * _ALONG)
    shift = tuple(
        Alteration(f"left_{name}", float(way), -5.0, 20.0, 0.0)
        for name, way in (("x", x), ("z", z))
    )
    start = (replace(position[0], counts=1.6),)
    return Perturbed(step, other, how, (), start, alterations=shift)


def landing(poses: Step, *ending: KeyPose) -> Step:
    """A jump up to its last pose in the air, with another landing."""
    last = max(k for k, pose in enumerate(poses) if pose.aloft)
    return (*poses[:last], *ending)


def on_two(feet: Feet, counts: float = 0.2, way: tuple[float, float] = _STAYS) -> Step:
    """Landing on two feet."""
    return (
        KeyPose(
            "landing.touch", counts, on_both(rise=TOUCH), feet, aloft=True, travel=way
        ),
        KeyPose("landing.down", 0.3, {**on_both(48.0), **upright()}),
        KeyPose("landing.end", 0.5, on_both()),
    )


def on_one_foot(side: str, counts: float = 0.2, travel: float = 0.0) -> Step:
    """Landing on one foot, the other at its ankle."""
    free = BACK if side == FRONT else FRONT
    drawn = {**on_one(side, 6.0, rise=TOUCH), **cou_de_pied_leg(free, "derriere")}
    bent = {**on_one(side, 48.0), **cou_de_pied_leg(free, "derriere", bend=48.0)}
    way = (0.0, travel * SIGN[side])
    return (
        KeyPose("landing.touch", counts, drawn, side, aloft=True, travel=way),
        KeyPose("landing.down", 0.3, {**bent, **upright()}),
        KeyPose(
            "landing.up", 0.5,
            {**on_one(side), **cou_de_pied_leg(free, "derriere")},
        ),
    )  # fmt: skip


def blended(
    one: Mapping[str, float], two: Mapping[str, float], share: float
) -> dict[str, float]:
    """Angles between those of two poses."""
    return {name: one[name] + share * (two[name] - one[name]) for name in one}


def behind(pose: Step) -> tuple[Step, ...]:
    """A pose with the left leg behind, stepped into and closed."""
    return step_to(FRONT, counts=2.6), pose, close_fifth(BACK, FRONT)


def crossing(number: int, flight: float = 0.5) -> tuple[Step, ...]:
    """A jump from fifth with so many crossings, 0 with the legs together."""
    if number:
        beaten = changement(FRONT, flight) if number == 1 else None
        return (beaten or entrechat(FRONT, number, flight),)
    pressed = changed(
        changement(FRONT, flight), "open", feet="none", **pressed_legs(FRONT)
    )
    down = on_both(rise=TOUCH)
    return (changed(pressed, "beat", feet=fifth(FRONT), **down),)
