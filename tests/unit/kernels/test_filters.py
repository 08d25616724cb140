import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import butter, sosfilt_zi, sosfiltfilt

import naive
from repetiteur.kernels import _filter_loops as loops
from repetiteur.kernels import filters

RATE = 120.0
TIME = np.arange(601) / RATE


def wave(hz, time=TIME):
    return np.cos(2 * np.pi * hz * (time - 2.5))


@pytest.mark.parametrize("order", [2, 4, 8])
@pytest.mark.parametrize("cutoff", [1.5, 6.0, 25.0])
def test_half_of_the_power_is_left_at_the_cutoff(order, cutoff):
    middle = filters.butterworth(wave(cutoff), RATE, cutoff, order)[300]
    assert middle == pytest.approx(np.sqrt(0.5), abs=2e-3)


@pytest.mark.parametrize("hz", [2.0, 6.0, 12.0])
def test_the_usual_order_is_of_both_passes(hz):
    # 1 / (1 + r^4) for a second order twice, its cut-off raised by 1 / 0.802
    ratio = np.tan(np.pi * hz / RATE) / np.tan(np.pi * 6.0 / RATE)
    left = 1.0 / (1.0 + (np.sqrt(2.0) - 1.0) * ratio**4)
    assert filters.butterworth(wave(hz), RATE, 6.0)[300] == pytest.approx(
        left, abs=1e-3
    )


def test_no_lag():
    pulse = np.exp(-((TIME - 2.5) ** 2) / 0.02)
    smooth = filters.butterworth(pulse, RATE, 6.0)
    assert np.allclose(smooth, smooth[::-1], atol=1e-9)
    assert smooth.argmax() == 300


@pytest.mark.parametrize(
    "smooth",
    [
        lambda v: filters.butterworth(v, RATE, 6.0),
        lambda v: filters.low_pass(v, TIME, 6.0),
        lambda v: filters.savitzky_golay(v, RATE, 0.2),
    ],
    ids=["butterworth", "low pass", "savitzky golay"],
)
def test_stretches_between_gaps_are_filtered_by_themselves(smooth, rng):
    values = rng.normal(size=(601, 2, 3))
    values[200:230, 0] = np.nan
    values[240:250, 0, 1] = np.nan  # leaves ten frames between two gaps
    found = smooth(values)
    assert np.array_equal(np.isnan(found), np.isnan(values))
    assert np.allclose(found[:200, 0, 0], smooth(values[:200, 0, 0]))
    assert np.allclose(found[230:, 0, 0], smooth(values[230:, 0, 0]))
    assert np.array_equal(found[230:240, 0, 1], values[230:240, 0, 1])
    assert np.allclose(found[:, 1], smooth(values[:, 1]))
    assert np.abs(np.diff(found[:, 1], axis=0)).mean() < 0.5


def test_uneven_times_are_filtered_as_even_ones_are(rng):
    uneven = np.sort(TIME + rng.uniform(-0.4, 0.4, TIME.size) / RATE)
    found = filters.low_pass(wave(2.0, uneven), uneven, 6.0)
    even = filters.low_pass(wave(2.0), TIME, 6.0)
    middle = slice(100, 500)
    assert np.allclose(found[middle], np.interp(uneven, TIME, even)[middle], atol=2e-3)
    noise = rng.normal(size=TIME.size)
    assert filters.low_pass(noise, uneven, 6.0).std() < 0.5


@pytest.mark.parametrize(
    ("rate", "cutoff", "order"),
    [(60.0, 31.0, 4), (60.0, 0.0, 4), (60.0, np.nan, 4), (60.0, 6.0, 3)],
)
def test_a_filter_that_cannot_be_is_refused(rate, cutoff, order):
    with pytest.raises(ValueError, match=r"needs an even order|must lie between"):
        filters.butterworth(np.zeros(100), rate, cutoff, order)
    with pytest.raises(ValueError, match=r"needs an even order|must lie between"):
        filters.low_pass(np.zeros(100), np.arange(100) / rate, cutoff, order)


@pytest.mark.parametrize(("window", "degree"), [(0.2, 3), (0.1, 2), (0.5, 5)])
def test_savitzky_golay_lets_half_of_the_power_pass_at_its_cutoff(window, degree):
    hz = filters.half_power_hz(RATE, window, degree)
    middle = filters.savitzky_golay(wave(hz), RATE, window, degree)[300]
    assert middle == pytest.approx(np.sqrt(0.5), abs=1e-3)


def test_savitzky_golay_is_a_fitted_polynomial(rng):
    values = rng.normal(size=(40, 2))
    found = filters.savitzky_golay(values, 60.0, 0.15, degree=2)
    assert np.allclose(found, naive.sliding_polynomial(values, 9, 2))


def test_a_window_too_short_changes_nothing(rng):
    values = rng.normal(size=30)
    assert np.array_equal(filters.savitzky_golay(values, 30.0, 0.1), values)
    assert filters.half_power_hz(30.0, 0.1) == 15.0
    with pytest.raises(ValueError, match="window must be longer"):
        filters.savitzky_golay(values, 30.0, 0.0)


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**32 - 1), st.floats(0.0, 0.7))
def test_derivative_is_what_its_plain_twin_says(size, seed, missing):
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.2, 3.0, size)) / 60.0
    values = rng.normal(size=(size, 2))
    values[rng.random((size, 2)) < missing] = np.nan
    found = filters.derivative(values, time)
    for column in range(2):
        assert np.allclose(
            found[:, column],
            naive.derivative(values[:, column], time),
            rtol=1e-7,
            equal_nan=True,
        )


def test_one_frame_stays_as_it_is():
    assert filters.low_pass([[1.0, np.nan]], [0.3], 6.0).tolist()[0][0] == 1.0
    assert np.isnan(filters.derivative([1.0], [0.3])).all()


@pytest.mark.parametrize("order", [2, 4])
def test_a_filter_runs_as_its_slow_twin(order, rng):
    sections = butter(order, 0.3, output="sos")
    values = rng.normal(size=(80, 3))
    twins = [naive.filtered(sections, column.tolist()) for column in values.T]
    out = values.copy()
    loops.run(sections, sosfilt_zi(sections), out)
    assert out == pytest.approx(np.transpose(twins), abs=1e-9)


def test_both_passes_are_those_of_scipy(rng):
    values = rng.normal(size=(200, 3)).cumsum(axis=0)
    sections, _ = filters._one_pass(60.0, 6.0, 4)
    usual = sosfiltfilt(sections, values, axis=0, padlen=10)
    assert filters.butterworth(values, 60.0, 6.0) == pytest.approx(usual, abs=1e-12)
