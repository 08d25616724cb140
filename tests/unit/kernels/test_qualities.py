"""Weighted speeds and indirectness."""

from __future__ import annotations

import numpy as np
import pytest

import naive
from repetiteur.kernels.qualities import indirectness, weighted


def test_weights_are_shares():
    speeds = [[[3.0, 4.0, 0.0], [0.0, 0.0, 1.0]]]
    np.testing.assert_allclose(weighted(speeds, [0.5, 0.5]), 3.0)
    np.testing.assert_allclose(weighted(speeds, [7.0, 7.0]), 3.0)
    np.testing.assert_allclose(weighted(speeds, [0.5, 0.5], 2), 13.0)


def test_an_unseen_point_leaves_the_frame_unknown():
    speeds = np.ones((2, 2, 3))
    speeds[1, 0] = np.nan
    assert np.isfinite(weighted(speeds, [1.0, 1.0])).tolist() == [True, False]


def test_noise_is_taken_off():
    rng = np.random.default_rng(0)
    true = np.array([2.0, 0.0, 0.0]) + np.zeros((20000, 1, 3))
    noisy = true + 0.5 * rng.normal(size=true.shape)
    raw = weighted(noisy, [1.0], 2).mean()
    found = weighted(noisy, [1.0], 2, noise=0.75).mean()
    assert raw > 4.6
    np.testing.assert_allclose(found, 4.0, rtol=0.01)


def test_what_is_all_noise_is_still():
    assert weighted([[[0.1, 0.0, 0.0]]], [1.0], noise=0.02).tolist() == [0.0]


def test_straight_and_round_ways():
    way = np.array([1.0, 0.5 * np.pi, np.pi])
    chord = np.array([1.0, np.sqrt(2.0), 2.0])
    found = indirectness(way, chord, least=0.05)
    np.testing.assert_allclose(found, [1.0, 1.1107, 1.5708], atol=1e-4)


def test_a_way_that_comes_back_is_bounded():
    assert indirectness(3.0, 0.0, least=0.05) == 10.0
    assert indirectness(0.2, 0.0, least=0.05) == 4.0


def test_who_stays_has_no_direction():
    assert np.isnan(indirectness(0.04, 0.0, least=0.05))


@pytest.mark.parametrize("power", [1, 2])
def test_weighted_means_are_their_plain_twins(power):
    rng = np.random.default_rng(power)
    amounts, weights = rng.normal(size=(50, 6, 3)), rng.uniform(0.1, 2.0, 6)
    noise = rng.uniform(0.0, 2.0, 6)
    found = weighted(amounts, weights, power, noise=noise)
    plain = [naive.weighted_lengths(row, weights, power, noise) for row in amounts]
    np.testing.assert_allclose(found, plain)
