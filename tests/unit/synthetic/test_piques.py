"""Tours piqués of the synthetic dancer."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.synthetic.piques import pique_turn
from repetiteur.synthetic.steps import fifth_position

SIDES = ("left", "right")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("number", [1, 3])
def test_tours_piques_step_onto_a_straight_leg_and_turn_towards_it(number, side):
    danced = Danced(fifth_position(side), pique_turn(side, number))
    turns = danced.movement.turns
    assert [turn.on for turn in turns] == ["one_foot"] * number
    assert {turn.sense for turn in turns} == {"en_dedans"}
    for turn in turns:
        assert SIGN[side] * turn.rotation == pytest.approx(360.0, abs=15.0)
    leg = danced.movement.contacts.leg_length
    for k in range(number):
        step, push = (
            danced.frame("pique_turn.step", k),
            danced.frame("pique_turn.plie_push", k + 1),
        )
        up = danced.frame("pique_turn.turn", 3 * k + 1)
        assert danced.knee(OTHER[side])[push] == pytest.approx(38.0, abs=0.5)
        assert danced.knee(side)[step:up].max() < 6.0
        assert danced.rise(side)[step:up].min() > 0.75
        assert 0.85 < danced.up_the_leg(OTHER[side])[up] < 1.3
        gone = danced.body["pelvis"][step] - danced.body["pelvis"][push]
        assert np.hypot(gone[0], gone[2]) > 0.35 * leg
    assert not danced.movement.flights
    assert danced.lowest > -0.006
    assert danced.fastest < 16.0


@pytest.mark.parametrize("side", SIDES)
def test_tours_piques_go_straight_ahead(side):
    danced = Danced(fifth_position(side), pique_turn(side, 3), heading=30.0)
    way = danced.body["pelvis"][-1] - danced.body["pelvis"][0]
    assert np.hypot(way[0], way[2]) > 0.7
    assert np.degrees(np.arctan2(way[0], way[2])) == pytest.approx(30.0, abs=4.0)
