"""Several trials: typical error, minimal detectable change, drift."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels.trials import (
    around,
    detectable,
    drift,
    drift_half,
    mean_half,
    unwrapped,
    within,
)

DRAWS = 2000


def danced(rng, trials, moments, *, shared=0.0, draws=DRAWS):
    """Trials that vary by 1 each, and as a whole by ``shared`` more; moments differ."""
    noise = rng.normal(size=(draws, trials, moments))
    whole = shared * rng.normal(size=(draws, trials, 1))
    return noise + whole + 10.0 * rng.normal(size=(draws, 1, moments))


def test_the_typical_error_is_the_root_of_the_pooled_variance(rng):
    values = danced(rng, 4, 3, draws=1)[0]
    pooled = np.mean([np.var(moment, ddof=1) for moment in values.T])
    assert within(values).sd == pytest.approx(np.sqrt(pooled))


def test_degrees_of_freedom(rng):
    assert within([[1.0], [2.0], [4.0]]).freedom == 2.0
    apart = within(danced(rng, 5, 6)).freedom
    together = within(danced(rng, 5, 6, shared=30.0)).freedom
    assert 20.0 < np.median(apart) <= 24.0
    assert np.median(together) == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize("trials", [2, 3, 5, 8])
def test_nine_in_ten_intervals_hold_the_typical_error(trials, rng):
    found = within(danced(rng, trials, 1))
    held = np.mean((found.low <= 1.0) & (found.high >= 1.0))
    assert held == pytest.approx(0.90, abs=0.02)


@pytest.mark.parametrize("shared", [0.0, 1.0, 3.0])
@pytest.mark.parametrize(("trials", "moments"), [(3, 4), (5, 4), (8, 2)])
def test_so_they_do_with_several_moments_a_trial(trials, moments, shared, rng):
    """Graybill and Wang's interval holds the truth at least as often as it says."""
    true = np.hypot(1.0, shared)
    found = within(danced(rng, trials, moments, shared=shared))
    assert 0.88 <= np.mean((found.low <= true) & (found.high >= true)) <= 0.95
    narrower = np.mean((0.7 * true >= found.low) & (0.7 * true <= found.high))
    assert narrower < 0.88


@pytest.mark.parametrize("trials", [2, 3, 5, 12])
def test_nine_in_ten_unchanged_pairs_lie_within_the_detectable_change(trials, rng):
    found = within(danced(rng, trials, 1))
    pair = np.ptp(rng.normal(size=(DRAWS, 2)), axis=1)
    held = np.mean(pair <= detectable(found.sd, found.freedom))
    assert held == pytest.approx(0.90, abs=0.02)


def test_the_normal_quantile_would_hold_fewer_of_few_trials(rng):
    found = within(danced(rng, 3, 1))
    pair = np.ptp(rng.normal(size=(DRAWS, 2)), axis=1)
    assert np.mean(pair <= 1.645 * np.sqrt(2.0) * found.sd) < 0.80


def test_with_many_trials_the_change_is_weirs():
    assert detectable(2.0, 1e7) == pytest.approx(2.0 * 1.645 * np.sqrt(2.0), rel=1e-3)


def test_trials_that_do_not_differ_vary_by_nothing():
    found = within(np.full((4, 3), 7.0))
    assert found[:3] == (0.0, 0.0, 0.0)
    assert detectable(found.sd, found.freedom) == 0.0


def test_the_mean_is_held(rng):
    values = rng.normal(size=(DRAWS, 4, 1))
    held = np.abs(values.mean(axis=(-2, -1))) <= mean_half(values)
    assert np.mean(held) == pytest.approx(0.90, abs=0.02)


def test_a_slope_is_found_and_held(rng):
    values = danced(rng, 6, 3, shared=1.0) + 2.5 * np.arange(6)[:, None]
    slope, error = drift(values)
    held = np.abs(slope - 2.5) <= drift_half(error, 6)
    assert np.mean(held) == pytest.approx(0.90, abs=0.02)
    one = values[0].mean(axis=-1)
    assert slope[0] == pytest.approx(np.polyfit(np.arange(6), one, 1)[0])


def test_one_in_a_hundred_that_stays_seems_to_change(rng):
    slope, error = drift(danced(rng, 6, 1))
    seems = np.abs(slope) > drift_half(error, 6, tail=0.005)
    assert 0.004 < np.mean(seems) < 0.018


def test_directions_do_not_wrap():
    values = np.array([175.0, -178.0, 179.0, 182.0])
    assert np.std(around(values)) < 4.0 < np.std(values)
    assert around([-3.0, 2.0]).tolist() == [-3.0, 2.0]


def test_directions_do_not_wrap_from_moment_to_moment(rng):
    level = np.array([179.0, -178.0, 170.0])
    truth = level + rng.normal(size=(5, 3))
    found = unwrapped((truth + 180.0) % 360.0 - 180.0)
    assert np.ptp(found) < 20.0
    same = np.cos(np.radians(found - truth))
    np.testing.assert_allclose(same, 1.0)
