"""Where a signal of many channels goes over from one level to another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import naive
from repetiteur.kernels.changes import change_points


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 3), st.sampled_from([0.3, 1.0, 4.0]))
def test_no_other_cuts_cost_less(seed, least, penalty):
    rng = np.random.default_rng(seed)
    levels = rng.normal(0.0, 1.5, (3, 2))
    values = np.repeat(levels, 3, axis=0) + rng.normal(0.0, 0.4, (9, 2))
    cuts = change_points(values, least=least, penalty=penalty)
    best = naive.cheapest_cuts(values, least, penalty)
    cost = naive.parts_cost(values, cuts, penalty)
    assert cost == pytest.approx(naive.parts_cost(values, best, penalty))


def test_a_level_added_and_time_turned_round_change_nothing(rng):
    values = np.repeat(rng.normal(0, 2, (4, 3)), 10, axis=0) + rng.normal(
        0, 0.3, (40, 3)
    )
    cuts = change_points(values, least=3, penalty=5.0)
    assert cuts == [10, 20, 30]
    assert change_points(values + 1e3, least=3, penalty=5.0) == cuts
    back = change_points(values[::-1], least=3, penalty=5.0)
    assert sorted(40 - cut for cut in back) == cuts


def test_noise_alone_is_one_part(rng):
    values = rng.normal(0.0, 1.0, (200, 4))
    assert change_points(values, least=5, penalty=30.0) == []


@pytest.mark.parametrize("values", [np.zeros((3, 1)), np.full((9, 1), np.nan)])
def test_too_little_has_no_parts(values):
    assert change_points(values, least=2, penalty=1.0) == []
