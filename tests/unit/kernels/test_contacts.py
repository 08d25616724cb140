"""Levels, hysteresis and moments of touching."""

import numpy as np
import pytest

import naive
from repetiteur.kernels import _contact_loops as loops
from repetiteur.kernels import contacts


@pytest.mark.parametrize("seed", range(20))
def test_hysteresis_is_that_of_its_slow_twin(seed):
    rng = np.random.default_rng(seed)
    values = 3.0 + 2.0 * np.sin(np.arange(300) / 15.0) + rng.normal(0.0, 0.5, 300)
    values[rng.random(300) < 0.1] = np.nan
    found = contacts.hysteresis(values, 2.0, 4.0)
    np.testing.assert_array_equal(found, naive.hysteresis(values, 2.0, 4.0))
    assert {-1, 0, 1} == set(found.tolist())


def test_hysteresis_of_nothing():
    assert contacts.hysteresis([], 2.0, 4.0).size == 0


def steps_and_leaps(seconds, fps=60.0):
    """Height of the lower foot: half a second on the floor, 0.4 s in the air."""
    time = np.arange(round(seconds * fps)) / fps
    since = np.clip(np.mod(time, 0.9) - 0.5, 0.0, None)
    return time, 0.5 * 9.81 * since * (0.4 - since)


def test_the_floor_leans_and_leaps_do_not_lift_it():
    time, lift = steps_and_leaps(40.0)
    floor = 0.01 + 0.001 * time
    found = contacts.floor_level(floor + lift, time, 0.08)
    assert np.abs(found - floor).max() < 0.005
    assert np.ptp(contacts.floor_level(floor + lift, time, 0.01)) == pytest.approx(0.02)


def test_a_foot_far_too_low_for_a_moment_does_not_sink_the_floor():
    time, lift = steps_and_leaps(20.0)
    lift[600:630] = -0.2
    found = contacts.floor_level(lift, time, 0.08)
    np.testing.assert_allclose(found, 0.0, atol=1e-9)


def test_there_is_no_floor_where_nothing_was_seen():
    nothing = np.full(9, np.nan)
    assert np.isnan(contacts.floor_level(nothing, np.arange(9.0), 0.1)).all()
    assert np.isnan(contacts.standing_height(nothing, 0.02))


def test_the_floor_goes_on_through_what_was_not_seen():
    time, lift = steps_and_leaps(20.0)
    lift[300:600] = np.nan
    np.testing.assert_allclose(contacts.floor_level(lift, time, 0.08), 0.0, atol=1e-9)


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("phase", [0.0, 0.21, 0.5, 0.83])
def test_the_moment_of_landing_is_that_of_the_parabola(fps, phase):
    time = np.arange(round(fps)) / fps
    lands = 0.5 + phase / fps
    since = np.clip(time - lands + 0.4, 0.0, 0.4)
    lift = 0.5 * 9.81 * since * (0.4 - since)
    down = contacts.hysteresis(lift, 0.02, 0.04)
    (found,) = contacts.touching(lift, time, down, 0.002)
    assert found == pytest.approx(lands, abs=1e-9)
    (left,) = -contacts.touching(lift[::-1], -time[::-1], down[::-1], 0.002)
    assert left == pytest.approx(lands - 0.4, abs=1e-9)


def test_a_foot_that_only_comes_near_the_floor_lands_when_it_is_near():
    lift = np.array([0.3, 0.2, 0.1, 0.018, 0.017, 0.016, 0.1, 0.3])
    down = contacts.hysteresis(lift, 0.02, 0.04)
    (found,) = contacts.touching(lift, np.arange(8.0), down, 0.002)
    assert 2.0 <= found <= 3.0


def test_velocity_is_exact_on_a_line_and_unknown_beside_gaps():
    time = np.arange(60) / 60.0
    place = np.stack([2.0 * time, -time], axis=1)
    np.testing.assert_allclose(contacts.velocity(place, time), [[2.0, -1.0]] * 60)
    place[30] = np.nan
    lost = np.flatnonzero(np.isnan(contacts.velocity(place, time)[:, 0]))
    np.testing.assert_array_equal(lost, [27, 33])
    assert np.isnan(contacts.velocity(place[:1], time[:1])).all()


@pytest.mark.parametrize("frames", [2, 3, 50])
def test_velocities_against_their_twin(frames, rng):
    time = np.cumsum(rng.uniform(0.01, 0.02, frames))
    places = rng.normal(size=(3, frames, 3))
    places[0, frames // 2] = np.nan
    half = min(max(1, round(0.05 / np.median(np.diff(time)))), (frames - 1) // 2)
    twins = [naive.mean_velocity(place, time, half) for place in places]
    for place, twin in zip(places, twins, strict=True):
        np.testing.assert_allclose(contacts.velocity(place, time), twin)
    squares = np.sum(np.square(twins), axis=2)
    found = contacts.mean_square_speed(places, time)
    np.testing.assert_allclose(found, np.nanmean(squares, axis=0))


def test_mean_square_speed_of_nothing_is_not_known():
    assert np.isnan(contacts.mean_square_speed([], np.arange(5.0))).all()
    assert np.isnan(contacts.mean_square_speed([np.zeros((1, 3))], [0.0])).all()


@pytest.mark.parametrize("seed", range(20))
def test_the_first_sample_that_stands_is_that_of_its_slow_twin(seed):
    rng = np.random.default_rng(seed)
    lift, down = rng.uniform(0.0, 1.0, 60), rng.integers(-1, 2, 60).repeat(2)[:60]
    found = loops.first_standing(lift, down.astype(np.int8), 0.3)
    assert found.tolist() == naive.first_standing(lift, down, 0.3)


def test_a_bone_glides_as_its_slow_twin(rng):
    rear, front, v, w = rng.normal(size=(4, 50, 3))
    speed, turning = loops.gliding(rear, front, v, w)
    twins = [naive.gliding(*each) for each in zip(rear, front, v, w, strict=True)]
    assert speed == pytest.approx(np.array(twins)[:, 0], abs=1e-3)
    assert turning == pytest.approx(np.array(twins)[:, 1], rel=1e-9)


def test_of_a_bone_half_seen_its_other_end_tells_the_speed():
    time, seen = np.arange(5) / 10.0, np.zeros((5, 3))
    seen[:, 0] = time
    hidden = np.full((5, 3), np.nan)
    for ends in ((seen, hidden), (hidden, seen)):
        speed, turning = contacts.gliding(*ends, time)
        assert speed == pytest.approx(np.ones(5))
        assert np.isnan(turning).all()
    assert np.isnan(contacts.gliding(hidden, hidden, time)[0]).all()
