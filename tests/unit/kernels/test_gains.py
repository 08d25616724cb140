"""How much of an error comes through filters and means."""

import numpy as np
import pytest

from repetiteur.kernels.gains import filter_gain, mean_gain, median_gain
from repetiteur.kernels.resampling import lasting_noise

RATE = 100.0


def five_point(values):
    return np.convolve(values, np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0, mode="same")


def derivative(values):
    return np.gradient(values, 1.0 / RATE)


@pytest.mark.parametrize("linear", [five_point, derivative])
@pytest.mark.parametrize("lasting_s", [0.0, 0.05, 1.0])
def test_filter_gain_against_draws(linear, lasting_s, rng):
    time = np.arange(201) / RATE
    draws = [lasting_noise(time, 20, lasting_s, rng).T for _ in range(400)]
    behind = np.std([linear(noise)[100] for noise in np.concatenate(draws)])
    gain = filter_gain(linear, RATE, lasting_s=lasting_s)
    assert gain == pytest.approx(behind, rel=0.08)


def test_a_derivative_of_what_lasts():
    """Its correlation's curvature says it: sqrt(2) / lasting."""
    gain = filter_gain(derivative, RATE, lasting_s=1.0)
    assert gain == pytest.approx(np.sqrt(2.0), rel=1e-3)


@pytest.mark.parametrize("of", ["mean", "median"])
@pytest.mark.parametrize("lasting_s", [0.0, 0.1, 1.0, 30.0])
@pytest.mark.parametrize("count", [100, 700])
def test_span_gain_against_draws(of, lasting_s, count, rng):
    time = np.linspace(0.0, 2.0, count)
    noise = lasting_noise(time, 4000, lasting_s, rng)
    drawn = np.std({"mean": np.mean, "median": np.median}[of](noise, axis=0))
    gain = {"mean": mean_gain, "median": median_gain}[of](time, lasting_s)
    # The median's is its limit for many samples: correlated ones are few.
    assert gain == pytest.approx(drawn, rel=0.05 if of == "mean" else 0.12)


def test_span_gain_of_nothing():
    assert np.isnan(mean_gain([], 1.0))
    assert np.isnan(median_gain([], 1.0))
    assert mean_gain([3.0], 1.0) == median_gain([3.0], 1.0) == 1.0
