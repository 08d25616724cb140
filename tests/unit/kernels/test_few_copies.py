"""Intervals from a few noisy copies."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.few_copies import GREW, half_and_reach, middle


@pytest.mark.parametrize("count", [10, 16, 41])
def test_against_its_twin(count, rng):
    value = rng.normal(size=6)
    drawn = value + rng.normal([[2.0, 0.0, 0.5, -0.5, -2.0, 0.1]], 1.0, (count, 6))
    drawn[0, 2] = np.nan
    pairs = zip(value, drawn.T, strict=True)
    twin = [naive.half_and_reach(v, column) for v, column in pairs]
    found = np.stack(half_and_reach(value, drawn), axis=1)
    assert found == pytest.approx(np.array(twin), rel=1e-9)


def test_without_a_shift_nine_of_ten_lie_within(rng):
    half, reach = half_and_reach(np.zeros(4000), rng.normal(size=(10, 4000)))
    new = rng.normal(size=4000)
    low, high = -half + np.minimum(reach, 0.0), half + np.maximum(reach, 0.0)
    assert ((low <= new) & (new <= high)).mean() == pytest.approx(0.92, abs=0.03)
    assert np.median(np.abs(reach)) == 0.0  # what a median errs by is no shift


@pytest.mark.parametrize("grows", [1.0, 2.0])
def test_it_reaches_to_what_noise_has_raised(grows, rng):
    """Noise twice in a copy, once in a value, none in the truth: 0."""
    value = np.full(2000, 1.0)
    drawn = 2.0 ** (0.5 * grows) + rng.normal(0.0, 0.1, size=(10, 2000))
    half, reach = half_and_reach(value, drawn)
    assert (value - half + reach <= 0.0).mean() > 0.9
    assert np.median(reach) == pytest.approx(-GREW * (2.0 ** (0.5 * grows) - 1), 0.05)
    _, up = half_and_reach(value, 2.0 * value - drawn)
    np.testing.assert_allclose(up, -reach)


def test_one_that_is_another_event_is_passed_over(rng):
    drawn = rng.normal(size=(10, 500))
    strange = drawn.copy()
    strange[3] = 100.0
    alike, other = (half_and_reach(np.zeros(500), d)[0] for d in (drawn, strange))
    assert np.median(other) < 1.3 * np.median(alike)


def test_what_wraps_or_lacks():
    drawn = np.array([[179.0, 1.0], [-179.0, np.nan], [178.0, np.nan]] * 4)
    half, reach = half_and_reach([180.0, 1.0], drawn, period=[360.0, np.inf])
    assert half[0] < 6.0
    assert np.isnan([half[1], reach[1]]).all()
    half, reach = half_and_reach([1.0], np.ones((10, 1)))
    assert half == reach == 0.0


def test_a_middle_is_of_what_is_seen():
    values = np.array([[1.0, np.nan], [5.0, np.nan], [np.nan, np.nan], [2.0, np.nan]])
    np.testing.assert_array_equal(middle(values), [2.0, np.nan])
