"""Movement outside the vocabulary, as key poses: what no teacher would call a step.

The feet are turned in, the trunk bends, knees bend without a plié. Each begins in
fifth and ends there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from repetiteur.model.skeletons import Side
from repetiteur.synthetic.dancer import SIDES
from repetiteur.synthetic.keyposes import (
    Feet,
    KeyPose,
    Step,
    arms,
    fifth,
    fourth,
    leg,
    on_both,
    other,
    standing,
    upright,
)

#: Turns the feet from turned out to nearly straight ahead, degrees.
_IN = -52.0


def walk(front: Side, rng: np.random.Generator) -> Step:
    """A few steps ahead with swinging arms, feet parallel."""
    poses: list[KeyPose] = [*_apart("walk", front)]
    side = front
    for _ in range(int(rng.integers(3, 6))):
        base = other(side)
        swing = {**_swung(side, 22.0), **upright(trunk_pitch=4.0)}
        poses += [
            KeyPose(
                "walk.swing", 0.35,
                {
                    **leg(side, 24.0, 4.0, 22.0, point=5.0, rotation=_IN),
                    **standing(base, 2.0), f"{base}_rotation": _IN,
                    f"{base}_knee": 8.0, **swing,
                },
                base, through=True,
            ),
            KeyPose(
                "walk.step", 0.3, {**_turned_in(12.0), **swing}, fourth(side),
                weight=side, through=True,
            ),
        ]  # fmt: skip
        side = base
    return (*poses, *_together("walk", front, other(side)))


def reach(front: Side, rng: np.random.Generator) -> Step:
    """Reaching for things: one arm far out, the trunk bent after it."""
    poses = [*_apart("reach", front)]
    for _ in range(int(rng.integers(2, 4))):
        side = SIDES[int(rng.integers(2))]
        bend = upright(
            trunk_pitch=rng.uniform(10.0, 45.0), trunk_side=rng.uniform(-25.0, 25.0),
            shoulder_yaw=rng.uniform(-40.0, 40.0), head_pitch=rng.uniform(-20.0, 30.0),
        )  # fmt: skip
        away = {**arms("hanging"), **_arm(side, rng)}
        knee = rng.uniform(5.0, 25.0)
        poses.append(KeyPose("reach.out", 0.9, {**_turned_in(knee), **bend, **away}))
    return (*poses, *_together("reach", front))


def lunge(front: Side, rng: np.random.Generator) -> Step:
    """A lunge as in the gymnasium: far onto a bent knee, hands on the thigh."""
    side, base = front, other(front)
    step = leg(side, 35.0, 2.0, 45.0, point=5.0, rotation=_IN)
    hands = {**arms("hanging"), "left_arm_height": 40.0, "right_arm_height": 40.0}
    bend = upright(trunk_pitch=rng.uniform(15.0, 35.0), head_pitch=15.0)
    deep = {
        **_turned_in(0.0), f"{side}_knee": rng.uniform(70.0, 90.0),
        f"{base}_knee": 35.0, f"{base}_rise": 45.0,
    }  # fmt: skip
    return (
        *_apart("lunge", front),
        KeyPose(
            "lunge.step", 0.5,
            {**step, **standing(base, 2.0), f"{base}_rotation": _IN, **hands}, base,
        ),
        KeyPose("lunge.down", 0.7, {**deep, **bend}, fourth(side)),
        KeyPose("lunge.pulse", 0.4, {f"{side}_knee": 60.0}),
        KeyPose("lunge.pulse", 0.4, {f"{side}_knee": 88.0}),
        KeyPose("lunge.up", 0.6, {**_turned_in(10.0), **upright()}, weight=side),
        *_together("lunge", front, side),
    )  # fmt: skip


def twist(front: Side, rng: np.random.Generator) -> Step:
    """Twisting from side to side, arms flung round."""
    sign = rng.choice([-1.0, 1.0])
    poses = [*_apart("twist", front)]
    for _ in range(int(rng.integers(3, 6))):
        round_ = {
            **upright(shoulder_yaw=55.0 * sign, head_yaw=15.0 * sign, trunk_pitch=12.0),
            **_turned_in(rng.uniform(10.0, 30.0)),
            **{f"{side}_arm_height": rng.uniform(45.0, 75.0) for side in SIDES},
            **{f"{side}_elbow": rng.uniform(20.0, 60.0) for side in SIDES},
        }
        poses.append(KeyPose("twist.round", 0.55, round_))
        sign = -sign
    return (*poses, *_together("twist", front))


def crouch(front: Side, rng: np.random.Generator) -> Step:
    """Crouching to pick something up, the back bent."""
    low = rng.uniform(85.0, 115.0)
    bend = upright(trunk_pitch=rng.uniform(45.0, 60.0), head_pitch=40.0)
    down = {**arms("hanging"), "left_arm_height": 30.0, "right_arm_height": 55.0}
    return (
        *_apart("crouch", front),
        KeyPose(
            "crouch.down", 1.0,
            {**_turned_in(low), **bend, **down, "left_rise": 20.0, "right_rise": 30.0},
        ),
        KeyPose("crouch.look", 0.7, {"head_yaw": 30.0, "shoulder_yaw": -20.0}),
        KeyPose("crouch.up", 0.9, {**_turned_in(8.0), **upright(trunk_pitch=10.0)}),
        *_together("crouch", front),
    )  # fmt: skip


def wave(front: Side, rng: np.random.Generator) -> Step:
    """Arms waved overhead and flung about, elbows straight."""
    poses = [*_apart("wave", front)]
    for _ in range(int(rng.integers(4, 8))):
        about = {
            **_arm("left", rng), **_arm("right", rng), **_turned_in(15.0),
            **upright(
                trunk_side=rng.uniform(-20.0, 20.0),
                shoulder_yaw=rng.uniform(-20.0, 20.0),
                head_tilt=rng.uniform(-20.0, 20.0),
            ),
        }  # fmt: skip
        poses.append(KeyPose("wave.about", 0.45, about))
    return (*poses, *_together("wave", front))


def hop(front: Side, rng: np.random.Generator) -> Step:
    """Hops on the spot with bent legs and slack feet, as a child hops."""
    poses = [*_apart("hop", front)]
    deep = {**_turned_in(50.0), **upright(trunk_pitch=25.0), **arms("hanging")}
    for _ in range(int(rng.integers(2, 4))):
        knee = rng.uniform(35.0, 60.0)
        poses += [
            KeyPose("hop.bend", 0.4, deep),
            KeyPose("hop.push", 0.15, {**_turned_in(25.0), **_risen(30.0)}),
            KeyPose("hop.air", 0.15, {**_turned_in(knee), **_risen(20.0)}, aloft=True),
            KeyPose("hop.fall", 0.15, {**_turned_in(30.0), **_risen(15.0)}, aloft=True),
            KeyPose("hop.down", 0.25, deep),
        ]
    return (*poses, *_together("hop", front))


def sway(front: Side, rng: np.random.Generator) -> Step:
    """Weight from foot to foot, hips and arms at random: disco, not ballet."""
    poses = [*_apart("sway", front)]
    for _ in range(int(rng.integers(4, 8))):
        side = SIDES[int(rng.integers(2))]
        loose = {
            **_turned_in(rng.uniform(15.0, 40.0)),
            **_arm("left", rng), **_arm("right", rng),
            **upright(
                trunk_pitch=rng.uniform(-5.0, 30.0),
                trunk_side=rng.uniform(-15.0, 15.0),
                head_pitch=rng.uniform(-15.0, 25.0),
            ),
            f"{other(side)}_rise": rng.uniform(10.0, 30.0),
        }  # fmt: skip
        poses.append(KeyPose("sway.beat", 0.5, loose))
    return (*poses, *_together("sway", front))


#: All kinds, by name.
OUTSIDE: dict[str, Callable[[Side, np.random.Generator], Step]] = {
    "walk": walk,
    "reach": reach,
    "lunge": lunge,
    "twist": twist,
    "crouch": crouch,
    "wave": wave,
    "hop": hop,
    "sway": sway,
}


def _turned_in(knee: float) -> dict[str, float]:
    """Both feet nearly parallel, knees bent."""
    return {**on_both(knee), "left_rotation": _IN, "right_rotation": _IN}


def _risen(rise: float) -> dict[str, float]:
    return {f"{side}_rise": rise for side in SIDES}


def _swung(side: Side, size: float) -> dict[str, float]:
    """Arms hanging, the one opposite to the leg ahead."""
    across = other(side)
    ahead = {f"{across}_arm_height": size, f"{across}_arm_azimuth": 10.0}
    back = {f"{side}_arm_height": size, f"{side}_arm_azimuth": 170.0}
    return {**arms("hanging"), **ahead, **back}


def _arm(side: Side, rng: np.random.Generator) -> dict[str, float]:
    """An arm stretched anywhere."""
    low = (20.0, 0.0, 0.0, -40.0)
    high = (165.0, 120.0, 35.0, 60.0)
    names = ("arm_height", "arm_azimuth", "elbow", "forearm")
    return {
        f"{side}_{name}": float(rng.uniform(least, most))
        for name, least, most in zip(names, low, high, strict=True)
    }


def _apart(step: str, front: Side) -> Step:
    """From fifth to parallel feet, by a step of the front foot."""
    return _placed(step, front, "first", _turned_in(8.0))


def _together(step: str, front: Side, side: Side | None = None) -> Step:
    """Back to fifth; the weight comes from ``side``, or from both."""
    moved = other(side) if side else front
    return _placed(step, moved, fifth(front), {**on_both(), **arms("low")})


def _placed(step: str, side: Side, to: Feet, then: dict[str, float]) -> Step:
    """One foot lifted a little, and put down elsewhere."""
    base = other(side)
    lifted = {
        **leg(side, 14.0, 60.0, 30.0, point=20.0), **standing(base, 5.0),
        f"{base}_knee": 6.0,
    }  # fmt: skip
    return (
        KeyPose(f"{step}.shift", 0.35, standing(base, 5.0), weight=base),
        KeyPose(f"{step}.lift", 0.3, lifted, base),
        KeyPose(f"{step}.put", 0.35, {**then, **upright()}, to, weight=base),
        KeyPose(f"{step}.stand", 0.35, then, to),
    )
