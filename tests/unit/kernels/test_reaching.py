"""When a reach is over."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels.reaching import arrived

TIME = np.arange(0.0, 4.0, 0.01)


def reach(start, lasting):
    s = np.clip((TIME - start) / lasting, 0.0, 1.0)
    return s**3 * (10.0 - 15.0 * s + 6.0 * s**2)


@pytest.mark.parametrize("lasting", [0.3, 0.8, 1.5])
def test_a_reach_that_is_held_is_over_with_a_fiftieth_left(lasting):
    way = reach(0.5, lasting)
    left = TIME[np.flatnonzero(way >= 0.98)[0]]
    assert arrived(5.0 + 30.0 * way, TIME) == pytest.approx(left, abs=0.011)


@pytest.mark.parametrize("back", [0.3, 0.5, 1.2])
def test_a_reach_that_turns_is_over_where_it_turns(back):
    way = reach(0.5, 0.5) - reach(1.0, back)
    assert arrived(way, TIME) == pytest.approx(1.0, abs=0.005)


def test_noise_moves_it_little(rng):
    way = reach(0.5, 0.6)
    found = [arrived(way + 0.005 * rng.normal(size=TIME.size), TIME) for _ in range(50)]
    assert np.median(found) == pytest.approx(0.5 + 0.8647 * 0.6, abs=0.02)
    assert np.std(found) < 0.02


def test_what_does_not_rise_does_not_arrive():
    assert np.isnan(arrived(np.zeros(9), np.arange(9.0)))
    assert np.isnan(arrived(-np.arange(9.0), np.arange(9.0)))
    assert np.isnan(arrived([0.0, np.nan, np.nan, 1.0], np.arange(4.0)))


def test_what_was_not_seen_is_passed_over(rng):
    way = reach(0.5, 0.8)
    gaps = np.where(rng.random(TIME.size) < 0.2, np.nan, way)
    assert arrived(gaps, TIME) == pytest.approx(arrived(way, TIME), abs=0.005)
