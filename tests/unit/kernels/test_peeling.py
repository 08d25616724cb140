"""Points of the foot that peel off the floor."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.peeling import peels_off

TIME = np.arange(40) / 60.0
HEIGHTS = (0.01, 0.03, 0.04)


def test_followed_back_to_the_floor():
    lift = np.clip(0.3 * (TIME - 0.31), 0.0, None)
    assert peels_off(lift, TIME, HEIGHTS, most_s=0.6) == pytest.approx(0.31)


@pytest.mark.parametrize("height", [0.0, 0.1, np.nan])
def test_one_that_stays_does_not(height):
    lift = np.full(TIME.size, height)
    assert np.isnan(peels_off(lift, TIME, HEIGHTS, most_s=0.6))


def test_one_that_leaves_at_once_is_no_peeling():
    lift = np.where(TIME > 0.3, 0.2, 0.0)
    assert np.isfinite(peels_off(lift, TIME, HEIGHTS, most_s=0.6))
    assert np.isnan(peels_off(lift, TIME, HEIGHTS, most_s=0.6, fewest=3))


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("fewest", [1, 3])
def test_as_its_slow_twin(seed, fewest):
    rng = np.random.default_rng(seed)
    lift = np.abs(np.cumsum(rng.normal(0.0, 0.008, TIME.size)))
    lift[rng.uniform(size=TIME.size) < 0.05] = np.nan
    found = peels_off(lift, TIME, HEIGHTS, most_s=0.6, fewest=fewest)
    twin = naive.peeled(lift, TIME, *HEIGHTS, fewest, 0.6)
    assert found == pytest.approx(twin, abs=1e-9, nan_ok=True)
