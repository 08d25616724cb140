"""The phases of jumps and turns, in their order."""

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.synthetic.turns import pirouette_en_dehors

JUMP = (
    "preparation_s",
    "plie_s",
    "heel_off_s",
    "take_off_s",
    "apex_s",
    "landing_s",
    "heel_down_s",
    "recovery_s",
    "end_s",
)
TURN = ("preparation_s", "push_s", "turn_s", "close_s", "end_s")


def moments(phases, names):
    return [getattr(phases, name) for name in names]


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_a_jump_goes_through_its_phases(fps):
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), fps=fps))
    (jump,) = movement_of(body).jump_phases
    order = moments(jump, JUMP)
    assert np.all(np.diff(order) >= 0.0), order
    assert jump.plie_s == pytest.approx(1.6, abs=0.05)
    assert jump.take_off_s == pytest.approx(1.85, abs=1e-6)
    assert jump.apex_s == pytest.approx(2.1, abs=1e-6)
    assert jump.landing_s == pytest.approx(2.35, abs=1e-6)
    assert jump.recovery_s == pytest.approx(2.65, abs=0.05)


def test_pliés_of_another_step_do_not_belong_to_a_jump():
    jumps = Phrase.of(first_position(), saute(0.5), first_position(), saute(0.4))
    one, other = movement_of(body_of(dance(jumps))).jump_phases
    assert one.end_s < other.preparation_s
    assert one.recovery_s < other.plie_s


def test_a_turn_goes_through_its_phases():
    phrase = Phrase.of(
        fifth_position("right"), pirouette_en_dehors("right", 2, counts=5.0)
    )
    found = movement_of(body_of(dance(phrase)))
    (turn,) = found.turn_phases
    order = moments(turn, TURN)
    assert np.all(np.diff(order) >= 0.0), order
    assert turn.turn is found.turns[0]
    # in the vocabulary: fifth, preparation and plié are 0.2, 0.8 and 0.6 counts of 1
    assert turn.plie_s == pytest.approx(1.0 + 1.6, abs=0.1)
    assert turn.plie_s < turn.turn_s


def test_what_there_is_not_is_nan():
    body = body_of(dance(Phrase.of(first_position(), saute(0.5))))
    names = [name for name in body.points if not name.endswith("knee")]
    (jump,) = movement_of(body.only(*names)).jump_phases or (None,)
    assert jump is not None
    assert np.isnan([jump.preparation_s, jump.plie_s, jump.recovery_s]).all()
    assert jump.landing_s == pytest.approx(2.35, abs=1e-6)
