import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import naive
from repetiteur.kernels.warping import square_distances, warp

sequences = st.integers(1, 14).flatmap(
    lambda n: arrays(np.float64, (n, 2), elements=st.floats(-4, 4, width=16))
)
costs = st.sampled_from([0.0, 0.25, 3.0])


@settings(max_examples=150, deadline=None)
@given(sequences, sequences, costs, st.sampled_from([np.inf, 0.1, 2.0]))
def test_finds_the_least_cost_with_a_path_that_has_it(x, y, aside, leave_out):
    found = warp(x, y, aside=aside, leave_out=leave_out)
    best = naive.warp_cost(x, y, aside=aside, leave_out=leave_out)
    assert found.cost == pytest.approx(best, abs=1e-4)
    path = [tuple(step) for step in found.path.tolist()]
    mine = naive.path_cost(path, x, y, aside=aside, leave_out=leave_out)
    assert mine == pytest.approx(best, abs=1e-4)


@given(sequences)
def test_a_sequence_costs_nothing_against_itself(x):
    found = warp(x, x, aside=0.5)
    assert found.cost == pytest.approx(0.0, abs=1e-4)


def test_blocks_join_without_a_seam(rng):
    # 200 rows make 15 blocks; the path must cross all their borders.
    x = np.cumsum(rng.normal(size=(200, 3)), axis=0)
    y = np.repeat(x, 2, axis=0)[37:300]
    found = warp(x, y, aside=0.01, leave_out=5.0)
    best = naive.warp_cost(x, y, aside=0.01, leave_out=5.0)
    assert found.cost == pytest.approx(best, rel=1e-5)
    path = [tuple(step) for step in found.path.tolist()]
    cost = naive.path_cost(path, x, y, aside=0.01, leave_out=5.0)
    assert cost == pytest.approx(best, rel=1e-5)


def test_the_same_path_every_time(rng):
    x, y = rng.normal(size=(80, 4)), rng.normal(size=(90, 4))
    assert np.array_equal(warp(x, y).path, warp(x, y).path)


def test_unseen_columns_have_no_say(rng):
    x, y = rng.normal(size=(9, 4)), rng.normal(size=(7, 4))
    x[2, 1] = x[5] = y[3, 0] = np.nan
    expected = [[naive.square_distance(a, b) for b in y] for a in x]
    assert np.allclose(square_distances(x, y), expected, atol=1e-4)


def test_open_ends_leave_out_what_is_not_danced(rng):
    x = np.cumsum(rng.normal(size=(50, 3)), axis=0)
    y = np.concatenate(
        [x[0] + 30 + rng.normal(size=(20, 3)), x, x[-1] - 30 * np.ones((9, 3))]
    )
    path = warp(x, y, leave_out=1.0).path
    assert path[0].tolist() == [0, 20]
    assert path[-1].tolist() == [49, 69]


@pytest.mark.parametrize(
    ("x", "y"),
    [(np.zeros((0, 2)), np.zeros((3, 2))), (np.zeros((3, 2)), np.zeros((3, 1)))],
)
def test_says_what_it_needs(x, y):
    with pytest.raises(ValueError, match="same number of columns"):
        warp(x, y)
