"""Poses of the adage as key poses; see :mod:`repetiteur.synthetic.steps`.

``side`` is the working leg. Facing is given by the heading of the phrase: with
``heading = 45`` times :data:`repetiteur.synthetic.dancer.SIGN` of the working leg
behind, a pose is croisé; with -45 times that it is effacé, and with ±90 in profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.barre import Sense
from repetiteur.synthetic.dancer import SIGN
from repetiteur.synthetic.keyposes import (
    AZIMUTH,
    Direction,
    KeyPose,
    Step,
    arms,
    leg,
    other,
)
from repetiteur.synthetic.placing import (
    balanced,
    bent_leg,
    on_the_toe,
    raised,
    yielding,
)
from repetiteur.synthetic.steps import arabesque_1, attitude, hold

#: Arms of arabesques: height and azimuth of the upper arm, elbow and forearm.
_FORWARD = (98.0, 12.0, 9.0, -20.0)
_HIGHER, _LOWER = (112.0, 12.0, 9.0, -20.0), (86.0, 14.0, 9.0, -20.0)
_ASIDE, _BACK = (80.0, 100.0, 10.0, -30.0), (70.0, 122.0, 8.0, -30.0)
#: A penché: how much further the trunk goes down than the leg goes up from a right
#: angle, and how far the standing leg leans back for it, per degree. Found by
#: computation: the centre of mass stays over the foot.
_TILT, _BACKWARD = 0.8, 0.18


def arabesque_2(
    side: Side, height: float = 88.0, *, counts: float = 2.0, balance: float = 2.0
) -> Step:
    """Second arabesque: the arm of the working side forward, the other behind.

    It begins and ends with the toe of ``side`` on the floor derrière; effacé or in
    profile, the working leg on the audience's side.
    """
    base, up = other(side), SIGN[side]
    body = {"shoulder_yaw": -12.0 * up, "head_yaw": 40.0 * up}
    line = {**_arm(side, _FORWARD), **_arm(base, _BACK), **body}
    return _arabesque("arabesque_2", side, height, line, counts, balance)


def arabesque_3(
    side: Side,
    height: float = 88.0,
    *,
    school: Literal["vaganova", "cecchetti_rad"] = "vaganova",
    counts: float = 2.0,
    balance: float = 2.0,
) -> Step:
    """Third arabesque: croisé with the arm of the working side forward, or both arms.

    It begins and ends with the toe of ``side`` on the floor derrière. Vaganova: croisé.
    Cecchetti and RAD: in profile or effacé, both arms forward, that of the standing
    side higher.
    """
    base, up = other(side), SIGN[side]
    if school == "vaganova":
        line = {**_arm(side, _FORWARD), **_arm(base, _ASIDE), "shoulder_yaw": -5.0 * up}
    else:
        line = {**_arm(base, _HIGHER), **_arm(side, _LOWER)}
    return _arabesque("arabesque_3", side, height, line, counts, balance)


def arabesque_4(
    side: Side,
    height: float = 88.0,
    *,
    school: Literal["vaganova", "cecchetti"] = "vaganova",
    depth: float = 42.0,
    counts: float = 2.0,
    balance: float = 2.0,
) -> Step:
    """Fourth arabesque: croisé, the back turned to the audience, or in demi-plié.

    It begins and ends with the toe of ``side`` on the floor derrière; croisé. Vaganova:
    the arm of the standing side forward. Cecchetti: the arm of the working side
    forward, the standing knee bent by ``depth`` degrees.
    """
    base, up = other(side), SIGN[side]
    if school == "vaganova":
        body = {"shoulder_yaw": 26.0 * up, "head_yaw": -20.0 * up}
        line = {**_arm(base, _FORWARD), **_arm(side, _BACK), **body}
        return _arabesque("arabesque_4", side, height, line, counts, balance)
    line = {**_arm(side, _FORWARD), **_arm(base, _BACK), f"{base}_knee": depth}
    return _arabesque("arabesque_4", side, height, line, counts, balance)


def attitude_devant(
    side: Side,
    height: float = 72.0,
    knee: float = 60.0,
    *,
    counts: float = 2.0,
    balance: float = 2.0,
) -> Step:
    """Attitude devant: the thigh at ``height`` degrees, the foot brought across.

    The working arm is above. It begins and ends with the toe of ``side`` on the floor
    devant.
    """
    both = arms("up", "side") if side == "left" else arms("side", "up")
    held = {
        **bent_leg(side, height, 22.0, knee, 62.0),
        **yielding(side, "devant", height), **balanced(other(side), "devant"), **both,
    }  # fmt: skip
    return _pose("attitude", side, "devant", held, counts, balance)


def penche(
    side: Side,
    height: float = 150.0,
    *,
    counts: float = 8.0,
    balance: float = 1.0,
) -> Step:
    """From first arabesque the body tilts as the leg rises to ``height``, and recovers.

    It begins and ends with the toe of ``side`` on the floor derrière.
    """
    step, base, part = "penche", other(side), 0.25 * counts
    enter, *_ = arabesque_1(side, 90.0)
    return (
        KeyPose(f"{step}.arabesque", part, enter.changes, base),
        hold(f"{step}.arabesque", 0.4 * part),
        KeyPose(
            f"{step}.tilt", 0.6 * part, _tilted(side, 0.5 * (90.0 + height)),
            through=True,
        ),
        KeyPose(f"{step}.bottom", 0.6 * part, _tilted(side, height)),
        hold(f"{step}.bottom", balance),
        KeyPose(f"{step}.recover", part, enter.changes),
        on_the_toe(side, "derriere", f"{step}.leave", 0.8 * part),
    )  # fmt: skip


def _tilted(side: Side, height: float) -> Mapping[str, float]:
    """On the way down to a penché, the leg at ``height``."""
    base, more = other(side), height - 90.0
    ahead, aside = 0.5 + _BACKWARD * more, -8.7
    lean = float(np.hypot(ahead, aside)), float(np.degrees(np.arctan2(aside, ahead)))
    pitch = 0.24 * 90.0 + _TILT * more
    return {
        **leg(side, height, AZIMUTH["derriere"], rotation=6.0),
        f"{base}_height": lean[0], f"{base}_azimuth": lean[1],
        "trunk_pitch": pitch, "head_pitch": 0.5 * pitch,
        f"{base}_arm_height": 98.0 - 0.5 * more,
    }  # fmt: skip


def promenade(
    side: Side,
    pose: Literal["arabesque", "attitude", "seconde"] = "arabesque",
    turns: float = 0.5,
    sense: Sense = "dehors",
    *,
    height: float = 88.0,
    counts: float = 6.0,
) -> Step:
    """A slow turn in a pose, on the flat foot, by small shifts of its heel.

    ``turns`` of 360 degrees, towards the working leg (dehors) or away from it, in
    ``counts``. It begins and ends with the toe of ``side`` on the floor: derrière, or
    à la seconde.
    """
    step, base = "promenade", other(side)
    direction: Direction = "seconde" if pose == "seconde" else "derriere"
    held = _held(side, pose, height)
    shifts = max(2, round(16 * turns))
    way = 360.0 * turns * SIGN[side] * (1.0 if sense == "dehors" else -1.0) / shifts
    part = counts / shifts
    shift = (
        KeyPose(
            f"{step}.pivot", 0.5 * part, {f"{base}_rise": 4.0},
            turn=0.6 * way, through=True,
        ),
        KeyPose(
            f"{step}.pivot", 0.5 * part, {f"{base}_rise": 0.0},
            turn=0.4 * way, through=True,
        ),
    )  # fmt: skip
    return (
        KeyPose(f"{step}.pose", 2.0, held, base),
        *shift * shifts,
        hold(f"{step}.end", 0.6),
        on_the_toe(side, direction, f"{step}.leave", 1.6),
    )


def _held(side: Side, pose: str, height: float) -> Mapping[str, float]:
    """The pose in which a promenade goes round."""
    if pose == "arabesque":
        return arabesque_1(side, height)[0].changes
    if pose == "attitude":
        return attitude(side, height)[0].changes
    both = arms("side")
    base = other(side)
    return {**raised(side, "seconde", height), **balanced(base, "seconde"), **both}


def _arabesque(
    step: str,
    side: Side,
    height: float,
    line: Mapping[str, float],
    counts: float,
    balance: float,
) -> Step:
    """An arabesque with its arms, and what it says otherwise of the body."""
    held = {
        **raised(side, "derriere", height), **balanced(other(side), "derriere"),
        "head_pitch": -4.0, **line,
    }  # fmt: skip
    return _pose(step, side, "derriere", held, counts, balance)


def _pose(
    step: str,
    side: Side,
    direction: Direction,
    held: Mapping[str, float],
    counts: float,
    balance: float,
) -> Step:
    """A pose from and to the toe on the floor."""
    leave = on_the_toe(side, direction, f"{step}.leave", 0.75 * counts)
    return (
        KeyPose(f"{step}.enter", counts, held, other(side)),
        hold(f"{step}.hold", balance),
        leave,
    )


def _arm(side: Side, line: tuple[float, float, float, float]) -> dict[str, float]:
    """Parameters of one arm."""
    names = ("arm_height", "arm_azimuth", "elbow", "forearm")
    return {f"{side}_{name}": value for name, value in zip(names, line, strict=True)}
