"""Warping against the plain recurrence, and against two other packages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import naive
from repetiteur.kernels.warping import warp, warp_exact
from repetiteur.kernels.warping_search import find

numbers = st.floats(-4, 4, width=16) | st.just(np.nan)


def sequences_of(elements, longest=14):
    return st.integers(1, longest).flatmap(
        lambda n: arrays(np.float64, (n, 2), elements=elements)
    )


sequences = sequences_of(numbers)
seen = sequences_of(st.floats(-4, 4, width=16))
weights = st.sampled_from([(1.0, 1.0, 1.0), (2.0, 1.0, 1.0), (1.0, 0.5, 2.0)])
costs = st.fixed_dictionaries(
    {
        "aside": st.sampled_from([0.0, 0.25, 3.0]),
        "leave_out": st.sampled_from([np.inf, 0.0, 0.1, 2.0]),
        "weights": weights,
    }
)


@settings(max_examples=150, deadline=None)
@given(sequences, sequences, costs)
def test_finds_the_least_cost_with_a_path_that_has_it(x, y, costs):
    best = naive.warp_cost(x, y, **costs)
    for found in (warp(x, y, **costs), warp_exact(x, y, **costs)):
        assert found.cost == pytest.approx(best, abs=1e-9)
        path = [tuple(step) for step in found.path.tolist()]
        assert naive.path_cost(path, x, y, **costs) == pytest.approx(best, abs=1e-9)


@settings(deadline=None)
@given(seen)
def test_a_sequence_costs_nothing_against_itself(x):
    found = warp(x, x, aside=0.5)
    assert found.cost == 0.0
    assert np.array_equal(found.path[:, 0], found.path[:, 1])


@settings(deadline=None)
@given(seen, seen, costs)
def test_exchanging_the_two_exchanges_the_path(x, y, costs):
    both, first, second = costs["weights"]
    turned = costs | {"weights": (both, second, first)}
    there, back = warp(x, y, **costs), warp(y, x, **turned)
    assert there.cost == pytest.approx(back.cost, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    sequences_of(numbers, longest=5),
    sequences_of(numbers, longest=20),
    st.sampled_from([0.0, 0.25]),
    weights,
)
def test_finds_the_cheapest_place_of_a_phrase(phrase, within, aside, weights):
    (found,) = find(phrase, within, aside=aside, weights=weights)
    ((_, _, best),) = naive.phrase_matches(
        phrase, within, 1, aside=aside, weights=weights
    )
    assert found.cost == pytest.approx(best, abs=1e-4)
    assert np.array_equal(np.unique(found.path[:, 0]), np.arange(len(phrase)))


def _motion(seed, frames):
    rng = np.random.default_rng(seed)
    x = np.sin(np.cumsum(rng.normal(scale=0.1, size=(frames, 6)), axis=0))
    y = x[np.sort(rng.integers(0, frames, frames))]
    return x, y + 0.1 * rng.normal(size=y.shape)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", [warp, warp_exact])
def test_tslearn_finds_the_same_optimum(seed, method):
    metrics = pytest.importorskip("tslearn.metrics", reason="tslearn is not installed")
    x, y = _motion(seed, 1100)
    found = method(x, y)
    path, cost = metrics.dtw_path(x, y)
    assert found.cost == pytest.approx(cost**2, rel=1e-12)
    assert np.array_equal(found.path, path)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("method", [warp, warp_exact])
def test_dtaidistance_finds_the_same_optimum(seed, method):
    ndim = pytest.importorskip(
        "dtaidistance.dtw_ndim", reason="dtaidistance is not installed"
    )
    x, y = _motion(seed, 1100)
    found = method(x, y)
    assert found.cost == pytest.approx(ndim.distance_fast(x, y) ** 2, rel=1e-12)
