import numpy as np
import pytest

import naive
from repetiteur.kernels import _smoothness_loops as loops
from repetiteur.kernels.smoothness import ldlj, sparc


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
