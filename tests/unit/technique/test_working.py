"""The working leg is read alike on the gesture and on the balance that it makes."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import arabesque_1, fifth_position, retire, step_to
from repetiteur.technique.measure import measures
from repetiteur.technique.moments import moments_of

BOTH = {one.id for one in measures() if one.on == "gesture"} & {
    one.id for one in measures() if one.on == "balance"
}


@pytest.fixture(scope="module")
def legs():
    """A retiré of the right leg, then an arabesque of the left one, both held."""
    steps = (fifth_position("right"), retire("right", balance=2.0), step_to("right"))
    return movement_of(body_of(dance(Phrase.of(*steps, arabesque_1("left")))))


def read(movement, on, measure):
    (found,) = [one for one in measures() if (one.id, one.on) == (measure, on)]
    return [
        (side, found.value(movement, moment.event, side))
        for moment in moments_of(movement)
        if moment.kind == on
        for side in found.sides(moment.event)
    ]


@pytest.mark.parametrize("on", ["gesture", "balance"])
def test_a_retire_has_its_height_and_no_line_of_the_leg(legs, on):
    heights, lines = read(legs, on, "retire_height"), read(legs, on, "leg_elevation")
    assert [side for side, _ in heights] == ["right", "left"]
    assert heights[0][1] == pytest.approx(1.0, abs=0.05)
    assert np.isnan(heights[1][1])
    assert np.isnan(lines[0][1])
    assert lines[1][1] == pytest.approx(88.0, abs=0.5)


@pytest.mark.parametrize("on", ["gesture", "balance"])
@pytest.mark.parametrize("part", ["pitch", "back_leg_angle"])
def test_only_a_leg_behind_makes_the_line_of_an_arabesque(legs, on, part):
    (right, retire), (left, arabesque) = read(legs, on, f"arabesque_line.{part}")
    assert (right, left) == ("right", "left")
    assert np.isnan(retire)
    assert np.isfinite(arabesque)


@pytest.mark.parametrize("measure", sorted(BOTH - {"arm_shape.position"}))
def test_what_is_held_reads_as_at_its_top(legs, measure):
    top, held = (read(legs, on, measure) for on in ("gesture", "balance"))
    assert [side for side, _ in top] == [side for side, _ in held]
    at_top, in_hold = ([value for _, value in found] for found in (top, held))
    assert in_hold == pytest.approx(at_top, abs=0.1, nan_ok=True)
