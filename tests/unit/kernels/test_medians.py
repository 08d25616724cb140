"""Medians of few numbers and of many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from repetiteur.kernels import _median_loops as loops
from repetiteur.kernels.medians import largest, lower_quantile, median, mostly_seen

SIZES = (1, 2, 3, 64, 65, 66, 1000, 5001)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["even", "wide", "rounded", "alike"])
def test_that_of_all_in_order(size, kind, rng):
    drawn = rng.normal(size=size)
    values = {
        "even": drawn,
        "wide": np.exp(100.0 * drawn),
        "rounded": drawn.round(1),
        "alike": np.full(size, 0.3),
    }[kind]
    assert median(values) == np.median(values)
    for share in (0.0, 0.1, 0.5, 1.0):
        lower = np.quantile(values, share, method="lower")
        assert lower_quantile(values, share) == lower


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=200)
)
def test_each_rank_is_that_of_the_numbers_in_order(values):
    row = np.array(values * 2)  # some are alike, and there are more than a few
    found = [loops.ranked(row, rank) for rank in range(len(row))]
    assert found == sorted(row.tolist())


def test_of_nothing_and_of_what_is_no_number():
    assert np.isnan([median([]), lower_quantile([], 0.1), mostly_seen([], 0.5)]).all()
    assert np.isnan([largest(np.empty(0)), largest(np.full(3, np.nan))]).all()
    for strange in (np.nan, np.inf):
        values = np.append(np.zeros(100), strange)
        assert np.isnan([median(values), lower_quantile(values, 0.1)]).all()


@pytest.mark.parametrize("size", [5, 500])
def test_gaps_are_passed_over_while_enough_was_seen(size, rng):
    values = rng.normal(size=size)
    values[: size // 3] = np.nan
    assert mostly_seen(values, 0.5) == np.nanmedian(values)
    assert np.isnan(mostly_seen(values, 0.9))


def test_the_largest_is_that_of_what_was_seen(rng):
    values = -rng.exponential(size=50)
    values[::3] = np.nan
    assert largest(values) == np.nanmax(values)


def test_steps_of_time_that_differ_in_their_last_digits():
    steps = np.diff(np.arange(36_000) / 60.0)
    assert np.unique(steps).size > 1
    assert median(steps) == np.median(steps)


def test_any_shape_and_order(rng):
    values = rng.normal(size=(40, 30))
    assert median(values) == np.median(values)
    assert median(values[:, 3]) == np.median(values[:, 3])
