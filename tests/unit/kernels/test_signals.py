import numpy as np
import pytest

import naive
from repetiteur.kernels import signals


def test_resampling_a_line_is_exact():
    time = np.array([0.0, 0.1, 0.25, 0.6])
    at = np.linspace(0, 0.6, 13)
    assert np.allclose(signals.resample(2 * time + 1, time, at), 2 * at + 1)


def test_resampling_keeps_samples_beside_a_gap():
    out = signals.resample([1.0, np.nan, 3.0], [0.0, 1.0, 2.0], [0.0, 0.5, 2.0])
    assert out[0] == 1.0
    assert np.isnan(out[1])
    assert out[2] == 3.0


def test_resampling_one_frame():
    out = signals.resample([[1.0, 2.0]], [5.0], [5.0, 6.0])
    assert out[0].tolist() == [1.0, 2.0]
    assert np.isnan(out[1]).all()


def test_smoothing_has_no_lag(rng):
    time = np.arange(200) / 60
    curve = np.sin(2 * np.pi * time)
    smooth = signals.smooth(curve, 2.0)
    lag = np.argmax(np.correlate(smooth[20:-20], curve[20:-20], "full")) - 159
    assert lag == 0


def test_smoothing_keeps_gaps_and_a_constant():
    values = np.full((30, 2), 4.0)
    values[10:14, 0] = np.nan
    out = signals.smooth(values, 3.0)
    assert np.isnan(out[10:14, 0]).all()
    assert np.allclose(out[np.isfinite(out)], 4.0)


def test_envelope_is_its_slow_twin(rng):
    values = rng.normal(size=60)
    values[[3, 30, 31, 32, 33, 34]] = np.nan
    reach = rng.integers(0, 5, 60)
    fast, slow = signals.envelope(values, reach), naive.envelope(values, reach)
    assert np.array_equal(fast[0], slow[0], equal_nan=True)
    assert np.array_equal(fast[1], slow[1], equal_nan=True)


def test_runs_of_nothing():
    assert signals.runs(np.zeros(5, bool)) == []
    assert signals.runs(np.ones(3, bool)) == [(0, 2)]


@pytest.mark.parametrize("share", [0.25, 0.42])
@pytest.mark.parametrize("late", [0.3, -0.2])
def test_a_line_through_many_points_that_lie_elsewhere(rng, share, late):
    x = np.linspace(0, 30, 300)
    y = 1.2 * x + 0.4 + rng.normal(scale=0.01, size=300)
    y[100 : 100 + int(share * 300)] += late
    slope, intercept = signals.robust_line(x, y, near=0.06)
    assert slope == pytest.approx(1.2, abs=0.001)
    assert intercept == pytest.approx(0.4, abs=0.01)


def test_a_line_through_two_points():
    assert signals.robust_line([0.0, 2.0], [1.0, 5.0], near=0.1) == pytest.approx(
        (2, 1)
    )
