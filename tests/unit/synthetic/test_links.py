"""Linking steps of the synthetic dancer."""

from itertools import groupby, pairwise

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.synthetic.links import (
    balance_waltz,
    chasse,
    glissade,
    pas_de_bourree,
    run,
    walk,
)
from repetiteur.synthetic.steps import fifth_position

SIDES = ("left", "right")
NAMES = {(1, 1): "2", (1, 0): "left", (0, 1): "right", (0, 0): "-"}


def pattern(danced, *, least_s=0.03):
    """Feet on the floor, one after the other."""
    feet = danced.movement.contacts
    down = zip(feet.left.down.tolist(), feet.right.down.tolist(), strict=True)
    spans = [(NAMES[k], len(list(g)) / danced.fps) for k, g in groupby(down)]
    return [name for name, lasting_s in spans if lasting_s >= least_s]


def gone(danced):
    """Way of the centre of mass, leg lengths: leftward, forward."""
    way = danced.movement.mass[-1] - danced.movement.mass[0]
    return way[[0, 2]] / danced.movement.contacts.leg_length


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("direction", "way"),
    [("devant", (0, 1)), ("seconde", (1, 0)), ("derriere", (0, -1))],
)
def test_a_glissade_skims_the_floor_with_straight_legs(direction, way, side):
    danced = Danced(fifth_position(side), glissade(side, direction), fps=120.0)
    other = OTHER[side]
    assert pattern(danced) == ["2", other, "-", side, "2"]
    (flight,) = danced.movement.flights
    middle = (flight.start + flight.end) // 2
    assert max(danced.knee(one)[middle] for one in SIDES) < 6.0
    toes = [danced.toe(one)[flight.start : flight.end] for one in SIDES]
    assert min(toe.max() for toe in toes) < 0.12
    assert gone(danced) * [SIGN[side], 1.0] @ way > 0.5
    closes_s = danced.movement.contacts.foot(other).touch_downs[-1] - flight.landing_s
    assert 0.12 < closes_s < 0.25


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("style", ["dessous", "dessus"])
@pytest.mark.parametrize("counts", [1.2, 1.8])
def test_a_pas_de_bourree_is_three_steps_two_of_them_high(counts, style, side):
    front = side if style == "dessous" else OTHER[side]
    danced = Danced(
        fifth_position(front), pas_de_bourree(side, style, counts=counts), fps=120.0
    )
    other = OTHER[side]
    assert pattern(danced) == ["2", side, "2", other, "2", side, "2", other, "2"]
    for step, foot in (("step_1", other), ("step_2", side)):
        up = danced.frame(f"pas_de_bourree.{step}", 1)
        assert danced.rise(foot)[up] > 0.7
        assert danced.knee(foot)[up] < 5.0
    down = danced.frame("pas_de_bourree.step_3_plie", 1)
    assert danced.knee(other)[down] == pytest.approx(40.0, abs=0.5)
    assert danced.rise(other)[down] < 0.02
    behind = danced.during("pas_de_bourree.step_1", numbers=(0, 1))
    ahead = danced.body[f"{other}_heel"] - danced.body[f"{side}_heel"]
    assert (ahead[behind.start, 2] < 0.0) == (style == "dessous")
    assert SIGN[side] * gone(danced)[0] > 0.3
    start = danced.frame("pas_de_bourree.step_2")
    assert danced.stays(side, slice(start, danced.frame("pas_de_bourree.end"))) > 0.1
    end = danced.frame("pas_de_bourree.step_2", 1)
    assert danced.stays(side, slice(start, end + 1)) < 1e-6


@pytest.mark.parametrize("side", SIDES)
def test_a_balance_goes_down_up_and_down(side):
    danced = Danced(fifth_position(side), balance_waltz(side), fps=120.0)
    other = OTHER[side]
    assert pattern(danced)[-5:] == [side, "2", other, "2", side]
    low, up, down = (
        danced.frame(f"balance_waltz.{phase}", number)
        for phase, number in (("down_side", 1), ("up_behind", 1), ("down", 1))
    )
    assert danced.knee(side)[low] == pytest.approx(38.0, abs=1.0)
    assert danced.rise(other)[up] > 0.6
    assert danced.knee(side)[down] > 30.0
    height = danced.movement.mass[:, 1]
    assert height[up] - max(height[low], height[down]) > 0.03 * 1.68
    stands = slice(danced.frame("balance_waltz.up_behind"), up + 1)
    assert danced.stays(other, stands) < 1e-6


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", ["devant", "seconde"])
def test_a_chasse_slides_on_the_floor_and_is_caught_up(direction, side):
    danced = Danced(fifth_position(side), chasse(side, "a_terre", direction))
    assert pattern(danced) == ["2"]
    slide = danced.during("chasse.plie", "chasse.transfer")
    toe, heel = (danced.body[f"{side}_{part}"][slide] for part in ("toe", "heel"))
    assert max(toe[:, 1].max(), heel[:, 1].max()) < 0.01
    way = danced.frame("chasse.slide") - slide.start
    leg = danced.movement.contacts.leg_length
    assert np.linalg.norm(toe[way] - toe[0]) > 0.4 * leg
    mass = danced.movement.mass[slide]
    assert np.linalg.norm((mass[way] - mass[0])[[0, 2]]) > 0.2 * leg
    assert danced.knee(side)[slide][way] > 30.0
    still = danced.during("chasse.plie", "chasse.slide")
    assert danced.stays(OTHER[side], still) < 1e-6
    assert danced.stays(side, slice(slide.stop - 1, None)) < 1e-6
    goes = gone(danced) * [SIGN[side], 1.0]
    assert goes[0 if direction == "seconde" else 1] > 0.4


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", ["devant", "seconde"])
def test_in_a_chasse_saute_the_feet_meet_in_the_air(direction, side):
    danced = Danced(fifth_position(side), chasse(side, "saute", direction))
    (flight,) = danced.movement.flights
    gap = danced.body["left_ankle"] - danced.body["right_ankle"]
    apart = np.linalg.norm(gap, axis=1) / danced.movement.contacts.foot_length
    assert apart[flight.start : flight.end + 1].min() < 0.6
    goes = gone(danced) * [SIGN[side], 1.0]
    assert goes[0 if direction == "seconde" else 1] > 0.7


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("steps", [2, 3])
def test_walking_goes_ahead_on_one_foot_after_the_other(steps, side):
    danced = Danced(fifth_position(side), walk(side, steps))
    feet = [name for name in pattern(danced) if name != "2"]
    last = side if steps % 2 else OTHER[side]
    assert feet[-1] == last
    assert all(one != two for one, two in pairwise(feet))
    assert gone(danced)[1] == pytest.approx(0.5 * steps, abs=0.15)
    for k in range(steps):
        foot = side if k % 2 == 0 else OTHER[side]
        assert (
            danced.stays(foot, danced.during("walk.step", "walk.over", numbers=(k, k)))
            < 1e-6
        )


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("steps", [1, 4])
def test_running_goes_ahead_through_short_flights(steps, side):
    danced = Danced(fifth_position(side), run(side, steps))
    assert len(danced.movement.flights) == steps
    assert gone(danced)[1] > 0.4 * steps
