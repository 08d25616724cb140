"""Derivatives over a window in seconds."""

from __future__ import annotations

import numpy as np
import pytest

import naive
from repetiteur.kernels._sliding_loops import correlated
from repetiteur.kernels.sliding import slope

RATE = 60.0
TIME = np.arange(0.0, 3.0, 1.0 / RATE)


@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_a_polynomial_of_one_degree_more_is_exact(order):
    powers = np.polynomial.Polynomial([0.3, -1.0, 2.0, 0.7, -0.4][: order + 2])
    found = slope(powers(TIME), RATE, 0.4, order)
    known = np.isfinite(found)
    np.testing.assert_allclose(
        found[known], powers.deriv(order)(TIME[known]), atol=1e-8
    )
    assert known.sum() == TIME.size - 2 * 11


def test_columns_are_apart():
    both = np.stack([TIME, TIME**2], axis=-1)
    found = slope(both, RATE, 0.3)[30]
    np.testing.assert_allclose(found, [1.0, 2.0 * TIME[30]])


def test_a_gap_and_the_ends_are_not_known():
    values = TIME.copy()
    values[90] = np.nan
    known = np.isfinite(slope(values, RATE, 0.3))
    assert not known[:8].any()
    assert not known[-8:].any()
    assert not known[82:99].any()
    assert known[8:82].all()


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_frame_rate_changes_little(order):
    def at(rate):
        time = np.arange(0.0, 3.0, 1.0 / rate)
        wave = np.sin(2.0 * np.pi * 1.5 * time)
        return np.nanmean(np.abs(slope(wave, rate, 0.4, order)))

    np.testing.assert_allclose([at(30.0), at(60.0)], at(120.0), rtol=0.05)


def test_too_few_frames_have_no_derivative():
    assert np.isnan(slope(TIME[:5], RATE, 0.3)).all()
    assert np.isnan(slope(TIME, 8.0, 0.3, 3)).all()


@pytest.mark.parametrize(("window_s", "order"), [(0.0, 1), (-1.0, 1), (0.3, -1)])
def test_no_window_and_no_order(window_s, order):
    with pytest.raises(ValueError, match="longer than 0 s and an order 0 or more"):
        slope(TIME, RATE, window_s, order)


@pytest.mark.parametrize("count", [1, 4, 5, 9, 40])
def test_sums_of_frames_are_their_plain_twins(count):
    rng = np.random.default_rng(count)
    values, weights = rng.normal(size=(count, 7)), rng.normal(size=5)
    values[count // 2, 3] = np.nan
    np.testing.assert_allclose(
        correlated(values, weights), naive.correlated(values, weights)
    )
