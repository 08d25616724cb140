"""Poses of the adage of the synthetic dancer."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.synthetic.placing import on_the_toe, onto
from repetiteur.synthetic.poses import (
    arabesque_2,
    arabesque_3,
    arabesque_4,
    attitude_devant,
    penche,
    promenade,
)
from repetiteur.synthetic.steps import close_fifth, fifth_position

SIDES = ("left", "right")
#: Each arabesque, and which arms reach forward: of the working or the standing side.
ARABESQUES = {
    "2": (arabesque_2, {}, {"working"}),
    "3": (arabesque_3, {}, {"working"}),
    "3 cecchetti": (
        arabesque_3, {"school": "cecchetti_rad"}, {"working", "standing"}
    ),
    "4": (arabesque_4, {}, {"standing"}),
    "4 cecchetti": (arabesque_4, {"school": "cecchetti"}, {"working"}),
}  # fmt: skip


def posed(side, direction, step, **how):
    """A pose from fifth, over a tendu, and back."""
    base = OTHER[side]
    front = base if direction == "derriere" else side
    return Danced(
        fifth_position(front),
        (onto(base, "way.weight", 0.5), on_the_toe(side, direction, "way.out", 1.0)),
        step,
        close_fifth(side, front),
        **how,
    )


def stands(danced, base):
    assert danced.stays(base, slice(0, None)) < 1e-6
    assert danced.lowest > -0.006
    assert danced.fastest < 8.0


def balances(danced, base, frame):
    along, aside = danced.over_foot(base)
    assert -0.75 < along[frame] < -0.4
    assert abs(aside[frame]) < 0.2


def to_the_front(danced, side, frame):
    """Degrees by which a hand points away from where the hips face."""
    x, _, z = (danced.body[f"{side}_hand"] - danced.body[f"{side}_shoulder"])[frame]
    away = np.degrees(np.arctan2(x, z)) - danced.heading[frame]
    return abs((away + 180.0) % 360.0 - 180.0)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("height", [50.0, 92.0])
@pytest.mark.parametrize("name", ARABESQUES)
def test_arabesques_hold_leg_and_arms(name, height, side):
    make, school, forward = ARABESQUES[name]
    danced = posed(side, "derriere", make(side, height, **school))
    base = OTHER[side]
    held = danced.frame(f"{make.__name__}.hold")
    assert danced.elevation(side)[held] == pytest.approx(height, abs=0.5)
    assert danced.azimuth(side)[held] == pytest.approx(176.0, abs=0.5)
    assert danced.knee(side)[held] < 0.5
    bent = 42.0 if name == "4 cecchetti" else 0.0
    assert danced.knee(base)[held] == pytest.approx(bent, abs=0.5)
    for arm, where in (("working", side), ("standing", base)):
        away = to_the_front(danced, where, held)
        assert away < 35.0 if arm in forward else away > 80.0
    balances(danced, base, held)
    stands(danced, base)


@pytest.mark.parametrize("side", SIDES)
def test_the_fourth_arabesque_turns_its_back_and_the_third_lifts_one_arm(side):
    back = posed(side, "derriere", arabesque_4(side))
    held = back.frame("arabesque_4.hold")
    line = back.body["left_shoulder"][held] - back.body["right_shoulder"][held]
    yaw = np.degrees(np.arctan2(-line[2], line[0])) - back.heading[held]
    assert SIGN[side] * yaw == pytest.approx(26.0, abs=4.0)
    both = posed(side, "derriere", arabesque_3(side, school="cecchetti_rad"))
    held = both.frame("arabesque_3.hold")
    lift = both.body[f"{OTHER[side]}_hand"][held] - both.body[f"{side}_hand"][held]
    assert lift[1] > 0.1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("height", "knee"), [(55.0, 80.0), (72.0, 60.0), (90.0, 45.0)])
def test_an_attitude_devant_holds_thigh_and_knee(height, knee, side):
    danced = posed(side, "devant", attitude_devant(side, height, knee))
    held, base = danced.frame("attitude.hold"), OTHER[side]
    assert danced.elevation(side, "knee")[held] == pytest.approx(height, abs=0.5)
    assert danced.knee(side)[held] == pytest.approx(knee, abs=0.5)
    assert danced.azimuth(side, "knee")[held] == pytest.approx(22.0, abs=0.5)
    toe = danced.body[f"{side}_toe"][held] - danced.body["pelvis"][held]
    assert toe[2] > 0.3
    assert toe[1] > -0.75
    balances(danced, base, held)
    stands(danced, base)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("height", [130.0, 150.0, 165.0])
def test_in_a_penche_the_body_tilts_as_the_leg_rises(height, side):
    danced = posed(side, "derriere", penche(side, height))
    bottom, base = danced.frame("penche.bottom", 1), OTHER[side]
    pitch = danced.movement.joint_angles["trunk_pitch"]
    assert danced.elevation(side)[bottom] == pytest.approx(height, abs=0.5)
    assert pitch[bottom] == pytest.approx(21.6 + 0.8 * (height - 90.0), abs=2.0)
    assert (
        danced.knee(side)[danced.during("penche.arabesque", "penche.recover")].max()
        < 1.0
    )
    for frame in (
        danced.frame("penche.arabesque"),
        danced.frame("penche.tilt"),
        bottom,
    ):
        balances(danced, base, frame)
    down = danced.during("penche.arabesque", "penche.bottom", numbers=(1, 0))
    leg, trunk = (
        curve[down] - curve[down][0] for curve in (danced.elevation(side), pitch)
    )
    half = [np.argmax(curve > 0.5 * curve[-1]) for curve in (leg, trunk)]
    assert abs(half[0] - half[1]) < 0.2 * danced.fps
    stands(danced, base)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("pose", ["arabesque", "attitude", "seconde"])
@pytest.mark.parametrize(("turns", "sense"), [(0.25, "dedans"), (0.75, "dehors")])
def test_a_promenade_goes_round_slowly_on_a_flat_foot(turns, sense, pose, side):
    direction = "seconde" if pose == "seconde" else "derriere"
    danced = posed(side, direction, promenade(side, pose, turns, sense, counts=5.0))
    base = OTHER[side]
    pivot = danced.during("promenade.pose", "promenade.end")
    way = np.ptp(danced.heading[[pivot.start, pivot.stop - 1]])
    assert way == pytest.approx(360.0 * turns, abs=0.5)
    sign = SIGN[side] * (1.0 if sense == "dehors" else -1.0)
    steps = sign * np.diff(danced.heading[pivot])
    assert steps.min() > -1e-6
    turning = steps[: 5 * 60]
    assert np.std(turning) / np.mean(turning) < 0.6
    assert danced.rise(base)[pivot].max() < 0.1
    line = danced.elevation(side, "knee")[pivot]
    assert np.ptp(line) < 1.0
    assert line.min() > 60.0
    assert not danced.movement.turns
    balances(danced, base, pivot.stop - 1)
    stands(danced, base)
