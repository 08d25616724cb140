import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repetiteur.kernels import geometry

angles = st.floats(-720, 720)


def test_a_nearly_straight_joint_keeps_its_digits():
    # At 1e-9 rad from straight the arc cosine answers 0.
    bent = geometry.flexion([-1.0, 0, 0], [0, 0, 0], [1.0, 1e-9, 0])
    assert bent == pytest.approx(np.degrees(1e-9), rel=1e-6)


@pytest.mark.parametrize("bend", [0.0, 30.0, 60.0, 90.0, 135.0, 180.0])
def test_flexion_of_two_links(bend):
    a = np.radians(bend)
    distal = [0.4 * np.sin(a), -0.4 * np.cos(a), 0.0]
    assert geometry.flexion([0, 0.4, 0], [0, 0, 0], distal) == pytest.approx(bend)


@given(angles, angles)
def test_turning_adds_to_the_heading(start, by):
    front = geometry.turn([0.0, 0.0, 1.0], start)
    turned = geometry.yaw(geometry.turn(front, by))
    assert geometry.wrap(turned - start - by) == pytest.approx(0.0, abs=1e-6)


@given(st.floats(1, 179), st.floats(-180, 180))
def test_elevation_does_not_depend_on_direction(height, azimuth):
    h = np.radians(height)
    leg = geometry.turn([0.0, -np.cos(h), np.sin(h)], azimuth)
    assert geometry.elevation(leg) == pytest.approx(height, abs=1e-7)


def test_facing_the_audience_is_zero_and_left_is_positive():
    left_axis = np.array([1.0, 0.0, 0.0])
    assert geometry.yaw(geometry.forward(left_axis)) == pytest.approx(0.0)
    turned = geometry.turn(left_axis, 90.0)
    assert geometry.yaw(geometry.forward(turned)) == pytest.approx(90.0)


def test_no_length_is_no_direction():
    assert np.isnan(geometry.unit([0.0, 0.0, 0.0])).all()
    assert np.isnan(geometry.angle_between([0, 0, 0], [1, 0, 0]))
    assert np.isnan(geometry.forward([0.0, 1.0, 0.0])).all()


@given(angles)
def test_wrap_folds_into_one_turn(a):
    folded = float(geometry.wrap(a))
    assert -180 < folded <= 180
    assert (a - folded) / 360 == pytest.approx(round((a - folded) / 360), abs=1e-9)
