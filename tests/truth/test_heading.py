"""What is known of a real double pirouette, by an independent reading of the file."""

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.kinematics.directions import heading
from repetiteur.kinematics.support import support
from repetiteur.model.poses import body_of


@pytest.fixture(scope="module")
def pirouette(test_data):
    return body_of(read_poses(test_data / "mocap" / "cmu_pirouette.bvh"))


def test_two_turns_to_the_dancers_right(pirouette):
    turned = np.interp([0.86, 2.83], pirouette.time, heading(pirouette))
    # The pelvis turns by -724 degrees; this heading is of hips and shoulders, and the
    # shoulders begin and end the turn at other moments.
    assert turned[1] - turned[0] == pytest.approx(-724.0, abs=6.0)


def test_the_left_leg_supports_while_the_right_foot_is_at_the_knee(pirouette):
    during = (pirouette.time > 1.6) & (pirouette.time < 2.3)
    assert (support(pirouette)[during] == 1).all()


def test_a_wrong_header_changes_the_times_and_nothing_else(test_data, pirouette):
    wrong = body_of(
        read_poses(test_data / "mocap" / "cmu_pirouette_wrong_frametime.bvh")
    )
    assert np.allclose(wrong.time, 10.0 * pirouette.time, rtol=1e-5)
    for name, place in pirouette.points.items():
        assert np.allclose(wrong[name], place, atol=1e-9)
