import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import naive
from repetiteur.kernels import geometry

angles = st.floats(-720, 720)
lengths = st.sampled_from([-1.0, -0.5, -0.0, 0.0, 1e-9, 1e-3, 0.5, 1.0, 2.0, np.nan])
vectors = st.tuples(lengths, lengths, lengths)
#: The first call compiles.
patient = settings(deadline=None)


def test_a_nearly_straight_joint_keeps_its_digits():
    # At 1e-9 rad from straight the arc cosine answers 0.
    bent = geometry.flexion([-1.0, 0, 0], [0, 0, 0], [1.0, 1e-9, 0])
    assert bent == pytest.approx(np.degrees(1e-9), rel=1e-6)


@pytest.mark.parametrize("bend", [0.0, 30.0, 60.0, 90.0, 135.0, 180.0])
def test_flexion_of_two_links(bend):
    a = np.radians(bend)
    distal = [0.4 * np.sin(a), -0.4 * np.cos(a), 0.0]
    assert geometry.flexion([0, 0.4, 0], [0, 0, 0], distal) == pytest.approx(bend)


@patient
@given(angles, angles)
def test_turning_adds_to_the_heading(start, by):
    front = geometry.turn([0.0, 0.0, 1.0], start)
    turned = geometry.yaw(geometry.turn(front, by))
    assert geometry.wrap(turned - start - by) == pytest.approx(0.0, abs=1e-6)


@patient
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


@patient
@given(vectors, vectors)
def test_angles_are_what_their_plain_twins_say(u, v):
    def same(found, expected):
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)

    u, v = np.array(u), np.array(v)
    same(geometry.angle_between(u, v), naive.angle(u, v))
    same(geometry.flexion(u, [0.0, 0.0, 0.0], v), naive.angle(-u, v))
    same(geometry.elevation(u), naive.angle(u, geometry.DOWN))
    same(geometry.rise(u), 90.0 - naive.angle(u, geometry.UP))
    same(geometry.dot(u, v), (u * v).sum())
    around = geometry.wrap(geometry.azimuth(u, v) - naive.azimuth(u, v))
    same(around, np.nan if np.isnan(u[[0, 2]] + v[[0, 2]]).any() else around)
    if np.isfinite(naive.azimuth(u, v)):
        same(around, 0.0)
        ahead = np.array([-v[2], 0.0, v[0]])
        same(geometry.wrap(geometry.bearing(u, v) - naive.azimuth(u, ahead)), 0.0)
        same(geometry.facing(v), naive.azimuth(ahead, [0.0, 0.0, 1.0]))


@patient
@given(vectors, vectors)
def test_vectors_are_what_numpy_says(u, v):
    u, v = np.array(u), np.array(v)
    length = np.linalg.norm(u)
    assert np.allclose(geometry.length(u), length, equal_nan=True)
    added = np.nan_to_num(u) + np.nan_to_num(v)
    assert np.array_equal(geometry.seen_sum(u, v), added)
    if length > 0.0:
        assert np.allclose(geometry.unit(u), u / length, equal_nan=True)
        ahead = np.cross(u, geometry.UP) / length
        assert np.allclose(geometry.ahead(u), ahead, equal_nan=True)
    if np.linalg.norm(v) > 0.0:
        out = geometry.across(u, v)
        assert np.allclose(
            out, u - v * np.dot(u, v) / np.dot(v, v), atol=1e-12, equal_nan=True
        )
    if np.isfinite(u).all() and np.isfinite(v).all():
        way = -1.0 if np.dot(u, v) < 0.0 else 1.0
        assert np.array_equal(geometry.mean_line(u, v), u + way * v)


def test_the_whole_circle_is_as_exact_as_the_library_s(rng):
    tiny = 10.0 ** rng.uniform(-15, 0, (20000, 2)) * rng.choice([-1, 1], (20000, 2))
    x, z = np.concatenate([rng.normal(size=(20000, 2)), tiny]).T
    found = geometry.yaw(np.column_stack([x, np.zeros_like(x), z]))
    assert np.allclose(found, np.degrees(np.arctan2(x, z)), rtol=1e-15, atol=0.0)


@pytest.mark.parametrize("order", ["C", "F"])
def test_any_shape_and_order_of_memory(order, rng):
    u, v = np.asarray(rng.normal(size=(2, 5, 4, 3)), order=order)
    found = geometry.angle_between(u, v)
    assert found.shape == (5, 4)
    assert found[3, 2] == pytest.approx(naive.angle(u[3, 2], v[3, 2]))
    assert np.allclose(
        geometry.angle_between(u, v[0, 0])[1, 1], naive.angle(u[1, 1], v[0, 0])
    )
    assert geometry.angle_between(u[:0], v[:0]).shape == (0, 4)
    turned = geometry.turn(u, rng.uniform(-90, 90, 4))
    assert turned.shape == u.shape
    assert np.allclose(np.linalg.norm(turned, axis=-1), np.linalg.norm(u, axis=-1))


def test_points_of_a_plane_are_refused():
    with pytest.raises(ValueError, match="broadcast"):
        geometry.elevation(np.zeros((4, 2)))


@given(st.lists(st.one_of(angles, st.just(np.nan)), max_size=30))
def test_unwrapping_keeps_the_angles_and_takes_out_the_jumps(degrees):
    found = geometry.unwrap(degrees)
    off = geometry.wrap(found - np.array(degrees, dtype=float))
    seen = np.isfinite(degrees)
    assert np.array_equal(np.isfinite(found), seen)
    assert np.allclose(off[seen], 0.0, atol=1e-6)
    assert (np.abs(np.diff(found[seen])) <= 180.0 + 1e-6).all()


@patient
@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_lean_is_told_only_in_its_plane(along, up):
    found = float(geometry.lean(along, up))
    degrees = np.degrees(np.arctan2(along, up))
    if np.hypot(along, up) > 0.5 and abs(degrees) < 150.0:
        assert found == pytest.approx(degrees)
    else:
        assert np.isnan(found)


def test_straight_behind_is_180():
    behind = [[0.0, 0.0, -1.0], [-0.0, 0.0, -1.0]]
    assert geometry.yaw(behind).tolist() == [180.0, 180.0]
    assert geometry.facing([-1.0, 0.0, 0.0]) == 180.0


@pytest.mark.parametrize("period", [180.0, 360.0])
def test_unwrapped_as_numpy_does(period, rng):
    degrees = rng.uniform(-180.0, 180.0, 300).round(-1)  # many half a period apart
    found = geometry.unwrap(degrees, period=period)
    assert found == pytest.approx(np.unwrap(degrees, period=period), abs=1e-9)
