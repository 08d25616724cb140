"""Positions of the feet, pliés and rises of the synthetic dancer."""

import numpy as np
import pytest

from danced import OTHER, Danced
from repetiteur.synthetic.keyposes import KeyPose, fifth, fourth
from repetiteur.synthetic.stances import (
    fourth_position,
    grand_plie,
    grand_plie_in_second,
    open_fourth,
    releve_on_one,
    second_position,
    tendu_into,
    third,
    third_position,
)
from repetiteur.synthetic.steps import close_fifth, fifth_position, first_position
from repetiteur.technique.take import take

SIDES = ("left", "right")
#: Cross, gap fore and aft, and gap sideways of each position, foot lengths.
PLACED = {
    "second": (second_position, (None, None, 1.4)),
    "third": (third_position, (0.5, 0.25, 0.45)),
    "fourth": (fourth_position, (0.9, 1.1, 0.82)),
    "fourth_open": (lambda s: fourth_position(s, placed="open"), (0.1, 1.1, 0.09)),
}

#: Where a tendu of one side goes, and the position into which it comes down.
LINKS = {
    "second": ("seconde", lambda _: "second"),
    "first": ("seconde", lambda _: "first"),
    "third": ("devant", third),
    "fourth": ("devant", fourth),
    "open fourth": ("devant", open_fourth),
    "fourth behind": ("derriere", lambda side: fourth(OTHER[side])),
}


def placement(body):
    """How the feet are placed while they stand."""
    ids = [f"foot_placement.{part}" for part in ("cross_index", "gap_ap", "gap_lat")]
    found = {one.measure: one.value for one in take(body, only=ids).measurements}
    return [found[one] for one in ids]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", PLACED)
def test_positions_are_placed_as_they_say(name, side):
    make, placed = PLACED[name]
    step = make() if name == "second" else make(side)
    (one,) = step
    body = Danced(step, (one,)).body
    for found, wanted in zip(placement(body), placed, strict=True):
        if wanted is not None:
            assert found == pytest.approx(wanted, abs=0.02)
    front = body[f"{side}_heel"][-1, 2] - body[f"{OTHER[side]}_heel"][-1, 2]
    assert abs(front) < 1e-6 if name == "second" else front > 0.05


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", LINKS)
def test_a_tendu_leads_into_a_position_and_out_of_it(name, side):
    direction, feet = LINKS[name]
    other, front = OTHER[side], side if direction == "devant" else OTHER[side]
    there = tendu_into(side, direction, feet(side), step="there")
    back = tendu_into(side, direction, fifth(front), step="back")
    danced = Danced(fifth_position(front), there, back)
    asked = Danced((KeyPose("asked.hold", 1.0, feet=feet(side)),))
    ends = danced.frame("there.closed")
    for part in ("toe", "heel"):
        gap = danced.body[f"{side}_{part}"] - danced.body[f"{other}_{part}"]
        still = asked.body[f"{side}_{part}"] - asked.body[f"{other}_{part}"]
        np.testing.assert_allclose(gap[ends], still[-1], atol=2e-3)
    assert danced.stays(other, slice(0, None)) < 1e-6
    for name in ("there.point", "back.point"):
        at = danced.frame(name)
        assert danced.toe(side)[at] < 4e-3
        assert danced.pointed(side)[at] > 50.0
    assert danced.lowest > -0.006
    assert danced.fastest < 9.0


@pytest.mark.parametrize(
    "position", [first_position(), fifth_position("left"), fourth_position("right")]
)
@pytest.mark.parametrize("depth", [110.0, 128.0])
def test_a_grand_plie_lifts_its_heels_only_after_the_demi_plie(position, depth):
    danced = Danced(position, grand_plie(depth=depth))
    bottom = danced.frame("grand_plie.bottom")
    for side in SIDES:
        assert danced.knee(side)[bottom] == pytest.approx(depth, abs=0.5)
        assert danced.rise(side)[bottom] == pytest.approx(0.53, abs=0.01)
        up = danced.rise(side) > 0.02
        assert up.any()
        assert danced.knee(side)[up].min() > 55.0
        assert danced.stays(side, slice(0, None)) < 1e-6
    assert not danced.movement.flights
    assert danced.lowest > -0.002


def test_a_grand_plie_in_second_keeps_its_heels_down():
    danced = Danced(second_position(), grand_plie_in_second(depth=100.0))
    bottom = danced.frame("grand_plie.bottom")
    for side in SIDES:
        assert danced.knee(side)[bottom] == pytest.approx(100.0, abs=0.5)
        assert danced.rise(side).max() < 0.01
        assert danced.elevation(side, "knee")[bottom] > 60.0


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", ["devant", "derriere"])
def test_a_releve_on_one_foot_goes_from_a_bend_to_demi_pointe(side, place):
    base = OTHER[side]
    front = side if place == "devant" else base
    step = releve_on_one(side, place, depth=38.0)
    danced = Danced(fifth_position(front), step, close_fifth(side, front))
    push, top = danced.frame("releve.push"), danced.frame("releve.balance")
    assert danced.knee(base)[push] == pytest.approx(38.0, abs=0.5)
    assert danced.rise(base)[push] < 0.01
    assert danced.rise(base)[top] == pytest.approx(0.82, abs=0.01)
    assert danced.knee(base)[top] < 1.0
    along, aside = danced.over_foot(base)
    assert -0.25 < along[top] < 0.05
    assert abs(aside[top]) < 0.1
    assert 0.05 < danced.up_the_leg(side)[top] < 0.25
    assert danced.stays(base, slice(0, None)) < 1e-6
    assert danced.lowest > -0.005
