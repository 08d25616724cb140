"""Arms, head and shoulders on the moments of a dance."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import (
    attitude,
    demi_plie,
    first_position,
    hold,
    port_de_bras,
    step_to,
)
from repetiteur.technique import carriage


@pytest.fixture(scope="module")
def arms():
    """Each simple position, held; then an attitude with one arm above."""
    steps = [first_position()]
    for place in ("front", "side", "up"):
        steps += [port_de_bras(place), (hold("port_de_bras.hold", 2.0),)]
    steps += [demi_plie(), step_to("right"), attitude("left")]
    return movement_of(body_of(dance(Phrase.of(*steps))))


def test_positions_are_named_where_they_are_held(arms):
    named = [carriage.position(arms, hold, None) for hold in arms.holds]
    long = [n for n, h in zip(named, arms.holds, strict=True) if h.lasting_s > 1.0]
    assert long[:4] == ["low", "front", "side", "up"]
    assert long[-1] == "up_side"


def test_hands_that_mirror_one_another_are_symmetric(arms):
    low, *_, last = [h for h in arms.holds if h.lasting_s > 1.0]
    assert carriage.hand_symmetry(arms, low, None) == pytest.approx(0.0, abs=1e-9)
    assert carriage.hand_symmetry(arms, last, None) > 1.0


def test_elbows_are_read_of_level_arms_alone(arms):
    low, front, side, up = [h for h in arms.holds if h.lasting_s > 1.0][:4]
    for event in (low, up):
        assert np.isnan(carriage.elbow_drop(arms, event, "left"))
    for event in (front, side):
        assert abs(carriage.elbow_drop(arms, event, "left")) < 0.08


def test_nobody_who_is_still_lifts_a_shoulder(arms):
    for gesture in arms.gestures:
        for side in ("left", "right"):
            lift = carriage.shoulder_lift(arms, gesture, side)
            assert lift == pytest.approx(0.0, abs=1e-6)
