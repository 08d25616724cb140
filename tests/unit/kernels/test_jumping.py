import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import naive
from repetiteur.kernels.jumping import Costs, other_ways, way_through
from repetiteur.kernels.warping import square_distances

numbers = st.floats(-4, 4, width=16)
sequences = st.integers(1, 9).flatmap(
    lambda n: arrays(np.float64, (n, 2), elements=numbers)
)
prices = st.builds(
    Costs,
    aside=st.sampled_from([0.0, 0.3]),
    alone=st.sampled_from([0.5, 4.0]),
    leaving=st.sampled_from([0.0, 1.0]),
    jump=st.sampled_from([0.5, 3.0, 50.0]),
    far=st.sampled_from([0.0, 0.1]),
)


def cost_of(frames, apart, costs):
    """What a way costs, step by step; the last place danced goes with being alone."""

    def left(k):
        return min(costs.alone * k, costs.jump) + costs.far * k

    danced = [i for i, _ in frames if i >= 0]
    ends = left(danced[0]) + left(len(apart) - 1 - danced[-1]) if danced else 0.0
    total = ends if danced else left(len(apart))
    alone, place, frame = True, (danced or [0])[0] - 1, -1
    for i, j in frames:
        total += costs.leaving * (alone != (i < 0))
        total += costs.alone if i < 0 else apart[i, j]
        if i >= 0:
            if place == i or j == frame:
                total += costs.aside
            elif i != place + 1:
                assert not alone
                total += costs.jump + costs.far * abs(i - place - 1)
            place = i
        alone, frame = i < 0, j
    return total + costs.leaving * (not alone)


@settings(max_examples=200, deadline=None)
@given(sequences, sequences, prices)
def test_finds_the_cheapest_way_and_its_cost(x, y, costs):
    apart = square_distances(x, y).astype(float)
    found = way_through(x, y, costs)
    assert found.cost == pytest.approx(naive.way_cost(apart, costs), abs=1e-4)
    points = [tuple(point) for point in found.frames.tolist()]
    assert sorted({j for _, j in points}) == list(range(len(y)))
    assert cost_of(points, apart, costs) == pytest.approx(found.cost, abs=1e-4)


@settings(max_examples=100, deadline=None)
@given(sequences, sequences, prices, st.integers(0, 2))
def test_the_best_other_way_at_each_moment(x, y, costs, reach):
    apart = square_distances(x, y).astype(float)
    way = way_through(x, y, costs)
    places = np.arange(len(x))
    near = np.stack([places - reach, places + reach], axis=1)
    margin = other_ways(x, y, costs, way, near)
    for j in range(len(y)):
        here = way.frames[way.frames[:, 1] == j, 0]
        elsewhere = [
            i
            for i in range(len(x))
            if not here.min() - reach <= i <= here.max() + reach
        ]
        others = [*range(len(x))] if here[0] < 0 else elsewhere
        best = min(
            (naive.way_cost(apart, costs, (place, j)) for place in others),
            default=np.inf,
        )
        assert margin[j] == pytest.approx(best - way.cost, abs=1e-4)


def test_a_bar_danced_once_more():
    rng = np.random.default_rng(4)
    bar = np.cumsum(rng.normal(size=(60, 4)), axis=0)
    again = [*range(40), *range(20, 60)]
    costs = Costs(aside=0.1, alone=3.0, leaving=5.0, jump=20.0, far=0.01)
    found = way_through(bar, bar[again], costs)
    assert found.frames[:, 0].tolist() == again


def test_what_is_alone_costs_no_more_than_its_price():
    bar = np.arange(40.0)[:, None]
    with_more = np.concatenate([bar[:20], np.full((10, 1), 500.0), bar[20:]])
    costs = Costs(aside=0.1, alone=3.0, leaving=5.0, jump=20.0, far=0.01)
    found = way_through(bar, with_more, costs)
    expected = [*range(20), *[-1] * 10, *range(20, 40)]
    assert found.frames[:, 0].tolist() == expected
    assert found.cost == pytest.approx(10 * 3.0 + 2 * 5.0 + 2 * 5.0, abs=1e-3)


def test_where_it_could_be_elsewhere_the_other_way_costs_little():
    rng = np.random.default_rng(5)
    once, between, end = rng.normal(size=(3, 30, 4))
    dance = np.concatenate([between, once, once, once, end])
    costs = Costs(aside=0.1, alone=2.0, leaving=5.0, jump=8.0, far=0.01)
    near = np.stack([np.arange(150) - 3, np.arange(150) + 3], axis=1)
    fewer = np.concatenate([between, once, once, end])
    margin = other_ways(dance, fewer, costs, way_through(dance, fewer, costs), near)
    assert margin[32:88].max() < 1.0  # which of the three was left out?
    assert min(margin[5:25].min(), margin[95:115].min()) > 8.0
