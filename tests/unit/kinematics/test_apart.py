import numpy as np
import pytest

import altered
import bodies
from projecting import Camera, seen
from repetiteur.kinematics.apart import ROLL_SD, TURN_SD, views_apart
from repetiteur.kinematics.view import seen_from
from repetiteur.model.poses import body_of

TIME, POINTS = bodies.moving_points(seconds=6.0)
CAMERA = Camera(heading=20.0, pitch=5.0)
BODY = body_of(seen(TIME, POINTS, CAMERA))


def test_a_recording_is_where_it_is():
    found = views_apart(BODY, BODY, TIME)
    assert np.allclose(found.heading, 0.0)
    assert np.allclose(found.turn, TURN_SD)
    assert np.allclose(found.pitch, TURN_SD)
    assert np.allclose(found.roll, ROLL_SD)
    assert found.near(30.0).all()


@pytest.mark.parametrize("degrees", [8.0, -15.0])
def test_a_turn_of_the_camera_is_found(degrees):
    elsewhere = Camera(heading=20.0 + degrees, pitch=5.0)
    found = views_apart(BODY, body_of(seen(TIME, POINTS, elsewhere)), TIME)
    assert np.allclose(found.heading, degrees, atol=2.0)
    assert (found.turn > abs(degrees)).all(), "with what noise would hide of it"
    assert (found.roll < 3.0).all()


def test_a_leaning_phone_is_found():
    found = views_apart(BODY, seen_from(BODY, roll=6.0), TIME)
    assert np.allclose(found.roll, np.hypot(6.0, ROLL_SD), atol=0.7)
    assert (found.turn < 3.0).all()


def test_a_fault_of_one_limb_is_no_turn():
    other = altered.leg_lowered(TIME, POINTS, "left", 30.0, 3.0)
    found = views_apart(BODY, body_of(seen(TIME, other, CAMERA)), TIME)
    assert (found.turn < 1.5 * TURN_SD).all()


def test_the_other_side_is_not_near():
    behind = body_of(seen(TIME, POINTS, Camera(heading=170.0)))
    found = views_apart(BODY, behind, TIME)
    assert np.allclose(found.heading, 150.0, atol=4.0)
    assert not found.near(30.0).any()


def test_moments_that_are_not_danced_have_the_nearest_answer():
    take_s = np.where((TIME > 2.0) & (TIME < 5.5), TIME, np.nan)
    found = views_apart(BODY, BODY, take_s)
    assert np.isfinite(found.heading).all()
    assert found.near(30.0).all()


def test_not_known_is_not_near():
    found = views_apart(BODY, BODY, np.full(TIME.shape, np.nan))
    assert not found.near(30.0).any()
