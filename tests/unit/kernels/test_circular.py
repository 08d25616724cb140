"""Phases within the beat, and dancing by chance."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels import circular


def beats(rng, number=40):
    return 3.0 + np.cumsum(rng.uniform(0.3, 0.9, number))


def test_positions_and_moments_are_ways_there_and_back(rng):
    grid = beats(rng)
    time = rng.uniform(grid[0], grid[-1], 100)
    back = circular.moments(circular.positions(time, grid), grid)
    assert back == pytest.approx(time)


def test_outside_the_beats_there_is_no_phase():
    assert np.isnan(circular.positions([0.9, 3.1], [1.0, 2.0, 3.0])).all()
    assert np.isnan(circular.moments([-0.1, 2.1], [1.0, 2.0, 3.0])).all()


def test_what_is_not_seen_is_passed_over():
    known = circular.resultant([0.1, 0.3])
    assert circular.resultant([0.1, np.nan, 0.3]) == pytest.approx(known)
    assert np.isnan(circular.resultant([np.nan]))
    assert circular.concentration([0.1, np.nan, 0.1]) == pytest.approx(2.0)


@pytest.mark.parametrize("period", [0.5, 1.0, 2.0])
def test_the_mean_phase_is_that_of_scattered_phases(rng, period):
    late = rng.uniform(-0.5, 0.5) * period
    place = late + period * rng.integers(0, 30, 4000) + rng.normal(0.0, 0.02, 4000)
    assert circular.mean_phase(place, period) == pytest.approx(late, abs=0.002)


def test_of_phases_that_fall_anywhere_five_in_a_hundred_exceed_three(rng):
    found = circular.concentration(rng.uniform(0.0, 9.0, (20000, 25)))
    assert np.mean(found > -np.log(0.05)) == pytest.approx(0.05, abs=0.006)
    assert found.mean() == pytest.approx(1.0, abs=0.03)


def test_dancing_by_chance_keeps_its_rhythm_and_not_its_tempo(rng):
    time = 5.0 + np.cumsum(rng.choice([0.5, 1.0], 10))
    found = circular.elsewhere(time, (4.0, 60.0), stretch=1.3, copies=300, rng=rng)
    gaps = np.diff(found, axis=1)
    whole = (gaps > 0.0).all(axis=1)  # did not go round the end
    rate = gaps[whole] / np.diff(time)
    assert whole.mean() > 0.7
    assert rate == pytest.approx(np.tile(rate[:, :1], (1, 9)))
    assert 1.0 / 1.3 <= rate.min() < 0.8
    assert 1.25 < rate.max() <= 1.3
    assert ((found >= 4.0) & (found < 60.0)).all()


def test_phases_of_a_steady_dancer_survive_a_shift_but_no_other_tempo(rng):
    grid = np.arange(1.0, 41.0, 0.5)
    time = grid[10:60:2]
    other = circular.elsewhere(time, (1.0, 40.5), stretch=1.3, copies=500, rng=rng)
    by_chance = circular.concentration(circular.positions(other, grid))
    assert np.quantile(by_chance, 0.95) < 0.8 * time.size
