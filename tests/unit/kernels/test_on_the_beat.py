"""Beat Alignment Score and tempo curves."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels.on_the_beat import closeness, growth, intervals, lag, nearness


def test_each_moment_is_as_near_as_to_its_nearest_beat(rng):
    beats = np.sort(rng.uniform(0.0, 20.0, 30))
    time = rng.uniform(-1.0, 21.0, 200)
    naive = [max(np.exp(-((t - b) ** 2) / 0.005) for b in beats) for t in time]
    assert nearness(time, beats) == pytest.approx(naive)
    assert closeness(time, beats) == pytest.approx(np.mean(naive))


def test_many_dances_at_once_are_as_one_by_one(rng):
    beats, time = np.arange(0.0, 9.0, 0.5), rng.uniform(0.0, 9.0, (7, 5))
    each = [float(closeness(one, beats)) for one in time]
    assert closeness(time, beats) == pytest.approx(each)


def test_growth_holds_its_truth_nine_times_in_ten(rng):
    held = []
    for _ in range(400):
        at = np.cumsum(rng.integers(1, 4, 20))
        time = np.cumsum(0.5 * 1.01 ** np.arange(at[-1] + 1))[at]
        found = growth(intervals(time + rng.normal(0.0, 0.02, at.size), at))
        held.append(abs(found.value - np.log(1.01)) <= 1.74 * found.sd)
    assert np.mean(held) > 0.85


@pytest.mark.parametrize("late", [-2.0, 0.0, 0.7, 2.5])
def test_a_curve_that_follows(rng, late):
    along = np.arange(60.0)

    def curve(x):
        return 0.2 * np.sin(x / 4.0) + 0.1 * np.cos(x / 2.3)

    noise = 0.01 * rng.normal(size=40)
    found = lag(curve(along), curve(along[10:50] - late) + noise, along[10:50], 4.0)
    assert found.value == pytest.approx(late, abs=0.15)
    assert found.low <= late <= found.high
    assert found.high - found.low < 1.0


def test_a_steady_tempo_tells_no_lag(rng):
    along = np.arange(60.0)
    noise = 0.01 * rng.normal(size=40)
    assert lag(np.zeros(60), noise, along[10:50], 4.0) is None


def test_a_few_points_tell_no_lag():
    along = np.arange(30.0)
    assert lag(np.sin(along), np.sin(along[10:16]), along[10:16], 4.0) is None
