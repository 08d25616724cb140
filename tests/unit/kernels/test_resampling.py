"""Errors that last, and what is read off noisy copies."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.resampling import (
    agreement,
    correlation,
    half_width,
    lasting_noise,
)

TIME = np.arange(400) / 50.0


def many(time, lasting_s, rng, draws=100):
    """Noise of many draws side by side: the knots of each begin elsewhere."""
    each = [lasting_noise(time, 100, lasting_s, rng) for _ in range(draws)]
    return np.concatenate(each, axis=1)


@pytest.mark.parametrize("lasting_s", [0.1, 0.5, 2.0])
def test_lasting_noise_is_correlated_as_said(lasting_s, rng):
    noise = many(TIME, lasting_s, rng)
    assert noise.std(axis=1) == pytest.approx(np.ones(TIME.size), abs=0.025)
    first = noise[0] @ noise.T / noise.shape[1]
    said = correlation(TIME - TIME[0], lasting_s)
    assert np.abs(first - said).max() < 0.05
    last = noise[-1] @ noise.T / noise.shape[1]
    assert np.abs(last - said[::-1]).max() < 0.05


def test_lasting_noise_at_uneven_times(rng):
    uneven = np.sort(rng.uniform(0.0, 3.0, 40))
    noise = many(uneven, 0.5, rng)
    found = noise @ noise.T / noise.shape[1]
    said = correlation(uneven[:, None] - uneven, 0.5)
    assert np.abs(found - said).max() < 0.06


def test_lasting_noise_is_smooth(rng):
    """It moves from frame to frame by no more than its correlation says."""
    noise = many(TIME, 1.0, rng)
    step = np.sqrt(np.mean(np.diff(noise, axis=0) ** 2))
    assert step == pytest.approx(np.sqrt(2.0) * 0.02, rel=0.1)


@pytest.mark.parametrize("lasting_s", [0.0, 0.001])
def test_what_does_not_last_is_white(lasting_s, rng):
    noise = lasting_noise(TIME, 5000, lasting_s, rng)
    neighbours = np.mean(noise[1:] * noise[:-1])
    assert abs(neighbours) < 0.01
    assert noise.std() == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("count", [9, 20, 50, 101])
def test_half_width_against_its_twin(count, rng):
    value = rng.normal(size=7)
    drawn = value + rng.normal(size=(count, 7))
    drawn[0, 2] = np.nan
    twin = [
        naive.half_width(v, column) for v, column in zip(value, drawn.T, strict=True)
    ]
    np.testing.assert_array_equal(half_width(value, drawn), twin)


def test_half_width_holds_nine_of_ten(rng):
    """Another draw of the same kind lies within, however lopsided the draws are."""
    drawn = rng.exponential(size=(51, 4000)) - np.log(2.0)
    inside = np.abs(drawn[-1]) <= half_width(0.0, drawn[:-1])
    assert inside.mean() == pytest.approx(0.90, abs=0.025)


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_half_width_of_what_noise_only_adds_to(power):
    """Seen from points that err already, a second error shifts less than the first."""
    once, twice = 1.0, np.sqrt(2.0) ** power
    half = half_width(once, np.full(50, twice))
    assert 0.7 <= half <= 1.71


def test_half_width_of_what_wraps():
    drawn = np.array([179.0, -179.0, 178.0, -178.0] * 5)
    assert half_width(180.0, drawn, period=360.0) == pytest.approx(2.0)
    assert half_width(180.0, drawn) > 300.0


def test_half_width_without_enough_copies():
    assert np.isinf(half_width(0.0, np.zeros(8)))
    assert half_width(0.0, np.zeros(9)) == 0.0
    mostly = np.array([np.nan] * 11 + [1.0] * 9)
    assert np.isnan(half_width(0.0, mostly))
    assert np.isnan(half_width(np.nan, np.zeros(20)))


def test_agreement():
    assert agreement("left", []) == 0.0
    assert agreement(None, [None, "left"]) == 0.5
