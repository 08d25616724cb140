import numpy as np
import pytest

from repetiteur.synthetic.motion import (
    Alteration,
    Delay,
    Track,
    make_clock,
    make_waves,
    waves_at,
    window,
)


def track(values, *, through):
    values = np.asarray(values, dtype=float)[:, np.newaxis]
    stops = np.zeros(len(values), dtype=bool)
    stops[1:-1] = through
    return Track(np.arange(len(values), dtype=float), values[:-1], values[1:], stops)


def test_a_track_is_a_minimum_jerk_reach_between_two_poses():
    s = np.linspace(0.0, 1.0, 101)
    expected = 3.0 * (10 * s**3 - 15 * s**4 + 6 * s**5)
    np.testing.assert_allclose(
        track([0.0, 3.0], through=False).at(s)[:, 0], expected, atol=1e-12
    )


@pytest.mark.parametrize("through", [False, True])
def test_a_track_meets_its_poses_and_does_not_overshoot(through):
    values = [0.0, 1.0, 5.0, 5.5, 4.0, 4.0, 7.0]
    found = track(values, through=through)
    np.testing.assert_allclose(found.at(np.arange(7.0))[:, 0], values, atol=1e-12)
    for k in range(6):
        piece = np.diff(found.at(np.linspace(k, k + 1, 200))[:, 0])
        assert (piece * np.sign(values[k + 1] - values[k]) >= -1e-12).all()
        if values[k] == values[k + 1]:
            np.testing.assert_allclose(piece, 0.0, atol=1e-12)


def test_a_pose_passed_through_is_passed_at_the_smaller_mean_speed():
    moving = track([0.0, 1.0, 5.0], through=True)
    stopping = track([0.0, 1.0, 5.0], through=False)
    h = 1e-5
    for found, speed in ((moving, 1.0), (stopping, 0.0)):
        around = found.at([1.0 - h, 1.0, 1.0 + h])[:, 0]
        np.testing.assert_allclose(np.diff(around) / h, speed, atol=1e-4)


def test_velocity_and_acceleration_are_continuous_at_a_pose():
    found = track([0.0, 1.0, 5.0, 6.0], through=True)
    h = 1e-4
    for pose in (1.0, 2.0):
        after = found.at(pose + h * np.arange(4))[:, 0]
        before = found.at(pose - h * np.arange(4))[:, 0]
        bend = [np.diff(side, 2)[0] / h**2 for side in (before, after)]
        np.testing.assert_allclose(bend, 0.0, atol=0.1)


def test_window_has_a_plateau_between_its_ramps():
    time = np.linspace(0.0, 10.0, 1001)
    share = window(time, 2.0, 8.0, 1.0)
    assert (share[(time >= 3.0) & (time <= 7.0)] == 1.0).all()
    assert (share[(time <= 2.0) | (time >= 8.0)] == 0.0).all()


def test_window_without_ramps_is_a_box():
    assert window([0.9, 1.0, 2.0, 2.1], 1.0, 2.0, 0.0).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("ramp", [-0.1, 1.1])
def test_ramps_need_room(ramp):
    with pytest.raises(ValueError, match="room"):
        Alteration("left_knee", 5.0, 1.0, 3.0, ramp)
    with pytest.raises(ValueError, match="room"):
        Delay(0.1, 1.0, 3.0, ramp)


def test_a_delay_that_turns_time_back_is_refused():
    with pytest.raises(ValueError, match="forward"):
        make_clock(10.0, delays=[Delay(-1.0, 2.0, 6.0, 0.5)])
    with pytest.raises(ValueError, match="forward"):
        make_clock(10.0, delays=[Delay(1.0, 2.0, 6.0, 0.5)])


def test_tempo_needs_to_be_positive():
    with pytest.raises(ValueError, match="tempo"):
        make_clock(10.0, tempo=0.0)


def test_clock_there_and_back():
    clock = make_clock(10.0, tempo=0.9, wait_s=1.0, delays=[Delay(0.2, 2.0, 8.0, 1.0)])
    moments = np.linspace(0.0, 10.0, 57)
    np.testing.assert_allclose(
        clock.phrase_at(clock.take_at(moments)), moments, atol=1e-9
    )
    assert clock.take_at(5.0) == pytest.approx(1.0 + 5.0 / 0.9 + 0.2, abs=1e-9)
    assert clock.end_s == pytest.approx(1.0 + 10.0 / 0.9)


def test_waves_are_slow_small_and_have_the_asked_size():
    rng = np.random.default_rng(5)
    time = np.linspace(0.0, 600.0, 60001)
    found = waves_at(make_waves(1.5, 4, rng), time)
    np.testing.assert_allclose(np.sqrt(np.mean(found**2, axis=0)), 1.5, rtol=0.2)
    assert np.abs(found).max() <= 1.5 * np.sqrt(12.0) + 1e-9
    assert np.abs(np.gradient(found, time, axis=0)).max() < 1.5 * np.sqrt(12.0) * 2.3
