import numpy as np
import pytest

import naive
from repetiteur.kernels import _smoothness_loops as loops
from repetiteur.kernels.smoothness import ldlj, sets_out, sparc


def strokes(count, *, seconds=1.0, size=1.0, rate=200.0):
    """Speed of equal minimum-jerk strokes one after another."""
    time = np.arange(round(seconds * rate) + 1) / rate
    u = np.clip(time[:, None] * count / seconds - np.arange(count), 0.0, 1.0)
    return size * (30 * u**2 - 60 * u**3 + 30 * u**4).sum(axis=1)


def test_several_movements_at_once_are_each_by_itself(rng):
    speed = np.abs(rng.normal(size=(300, 2, 3)))
    for measure in (sparc, ldlj):
        found = measure(speed, 100.0)
        assert found.shape == (2, 3)
        for i, j in np.ndindex(2, 3):
            assert found[i, j] == pytest.approx(measure(speed[:, i, j], 100.0))


def test_jerkier_is_lower(rng):
    smooth = strokes(1)
    rough = np.abs(smooth + 0.05 * rng.normal(size=smooth.size))
    assert sparc(rough, 200.0) < sparc(smooth, 200.0)
    assert ldlj(rough, 200.0) < ldlj(smooth, 200.0)


def test_what_does_not_move_or_was_not_seen_is_neither():
    speed = np.column_stack([strokes(1), np.zeros(201), strokes(1)])
    speed[7, 2] = np.nan
    for measure in (sparc, ldlj):
        assert np.isfinite(measure(speed, 200.0)).tolist() == [True, False, False]


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("measure", [sparc, ldlj])
def test_a_frame_or_two_are_no_movement(measure, size):
    assert np.isnan(measure(np.ones((size, 2)), 60.0)).tolist() == [True, True]


def test_frame_rates_below_twice_ten_hertz_have_a_spectrum_too():
    speed = strokes(1, seconds=4.0, rate=15.0)
    assert sparc(speed, 15.0) == pytest.approx(-1.406, abs=0.02)


def test_loops_against_their_twins(rng):
    amplitude = np.abs(rng.normal(size=(60, 3)))
    found = loops.arc_lengths(amplitude, 40, 0.05)
    twins = [naive.arc_length(column, 40, 0.05) for column in amplitude.T]
    assert found == pytest.approx(twins, rel=1e-12)
    found = loops.squared_jerks(amplitude, 0.02)
    twins = [naive.squared_jerk(column, 0.02) for column in amplitude.T]
    assert found == pytest.approx(twins, rel=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_a_movement_sets_out_where_its_slow_twin_does(seed):
    rng = np.random.default_rng(seed)
    speed = strokes(1, rate=30.0) + np.abs(rng.normal(0.0, 0.2, 31))
    until = int(rng.integers(0, 40))
    assert sets_out(speed, until, 0.2) == naive.sets_out(speed.tolist(), until, 0.2)


def test_a_part_of_a_movement_does_not_set_out():
    whole = strokes(1, rate=30.0)
    assert sets_out(whole, 5, 0.2) == 0
    cut_off, begun, hidden = whole[:20], whole[10:], whole.copy()
    hidden[15] = np.nan
    for speed in (cut_off, begun, hidden, np.empty(0)):
        assert sets_out(speed, 5, 0.2) == -1
