"""The feet on the floor, as they are placed in the positions."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.technique import standing
from repetiteur.technique.measure import measures


def stood(step, **dancer):
    movement = movement_of(body_of(dance(Phrase.of(step), Dancer(**dancer))))
    (stance,) = movement.stances
    return movement, stance


@pytest.mark.parametrize("front", ["left", "right"])
def test_the_feet_cross_in_fifth_whichever_is_in_front(front):
    movement, stance = stood(fifth_position(front))
    assert standing.cross_index(movement, stance, None) > 0.68
    assert standing.gap_ahead(movement, stance, None) < 0.6


def test_the_feet_do_not_cross_in_first():
    movement, stance = stood(first_position())
    assert standing.cross_index(movement, stance, None) < 0.35
    assert standing.gap_sideways(movement, stance, None) < 0.4


@pytest.mark.parametrize("turnout", [45.0, 60.0])
def test_feet_that_are_turned_out_less_cross_as_far(turnout):
    one, other = (
        standing.cross_index(*stood(fifth_position("left"), **turned), None)
        for turned in ({}, {"turnout_left": turnout, "turnout_right": turnout})
    )
    assert one == pytest.approx(other, abs=0.25)


def test_parallel_feet_cross_nothing():
    movement, stance = stood(first_position(), turnout_left=5.0, turnout_right=5.0)
    assert np.isnan(standing.cross_index(movement, stance, None))
    assert np.isnan(standing.gap_ahead(movement, stance, None))
    assert standing.gap_sideways(movement, stance, None) > 0.0


def test_the_left_foot_turned_out_more_is_positive():
    movement, stance = stood(first_position(), turnout_left=70.0, turnout_right=58.0)
    known = {one.id: one.value for one in measures() if one.on == "stance"}
    difference = known["turnout_side.difference"](movement, stance, None)
    assert difference == pytest.approx(12.0, abs=0.5)
    assert known["turnout_total"](movement, stance, None) == pytest.approx(128, abs=0.5)
