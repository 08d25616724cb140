import numpy as np
import pytest

import naive
from repetiteur.kernels import _warping_levels as levels
from repetiteur.kernels import warping
from repetiteur.kernels._warping_pairs import Pairs
from repetiteur.kernels._warping_sweep import Rule, sweep, trace
from repetiteur.kernels.warping import square_distances, warp, warp_exact


def steps(path):
    return [tuple(step) for step in path.tolist()]


def wandering(rng, frames, columns=6):
    """Something that moves about without ever being far from its middle."""
    return np.sin(np.cumsum(rng.normal(scale=0.2, size=(frames, columns)), axis=0))


def take_of(rng, motion, noise=0.1):
    """The motion with some frames twice and some left out, and noise."""
    frames = np.sort(rng.integers(0, len(motion), len(motion)))
    return motion[frames] + noise * rng.normal(size=motion.shape)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("leave_out", [np.inf, 5.0])
@pytest.mark.parametrize(("height", "width"), [(1, 1), (7, 5), (16, 300), (64, 31)])
def test_tiles_join_without_a_seam(rng, height, width, leave_out, keep):
    x = np.cumsum(rng.normal(size=(90, 3)), axis=0)
    y = np.repeat(x, 2, axis=0)[37:170] + 0.1
    costs = {"aside": 0.01, "leave_out": leave_out, "weights": (2.0, 1.0, 1.5)}
    rule, pairs = Rule.of(**costs), Pairs.of(x, y)
    band = levels.whole(len(x), len(y), height)
    swept = sweep(pairs, band, rule, width, keep=keep)
    path = trace(pairs, swept, rule, swept.end(rule))
    best = naive.warp_cost(x, y, **costs)
    assert naive.path_cost(steps(path), x, y, **costs) == pytest.approx(best, rel=1e-5)


def test_single_precision_loses_nothing(rng, monkeypatch):
    # The same pair below and above the size from which tiles are single precision.
    x = wandering(rng, 300)
    y = take_of(rng, x)
    small = warp_exact(x, y, aside=0.01)
    monkeypatch.setattr(warping, "_FEW", 1)
    large = warp_exact(x, y, aside=0.01)
    assert large.cost == pytest.approx(small.cost, rel=1e-12)
    assert large.chance == pytest.approx(small.chance, rel=1e-6)


def test_the_same_path_every_time(rng):
    x = wandering(rng, 1200)
    y = take_of(rng, x)
    assert np.array_equal(warp(x, y).path, warp(x, y).path)
    assert np.array_equal(warp_exact(x, y).path, warp_exact(x, y).path)


@pytest.mark.parametrize(
    "costs",
    [
        {},
        {"aside": 0.05, "leave_out": 2.0},
        {"weights": (2.0, 1.0, 1.0), "leave_out": 3.0},
    ],
)
@pytest.mark.parametrize("unseen", [0.0, 0.1])
def test_coarse_to_fine_finds_the_exact_cost(rng, costs, unseen):
    x = wandering(rng, 1500)
    other = wandering(rng, 200)
    y = np.concatenate([other, take_of(rng, x)[:1300], other[:100]])
    y[400:460] = y[400]  # a stop
    y[rng.random(y.shape) < unseen] = np.nan
    found, exact = warp(x, y, **costs), warp_exact(x, y, **costs)
    assert (found.method, exact.method) == ("multiresolution", "exact")
    assert found.share < 0.3
    assert found.cost == pytest.approx(exact.cost, rel=1e-12)


def test_a_far_valley_is_looked_into(rng):
    # A bar danced twice: frames of the take belong to either, and which of the two is
    # cheaper only the fine level tells.
    bar = wandering(rng, 400)
    x = np.concatenate([bar, bar, wandering(rng, 400)])
    y = np.concatenate([take_of(rng, bar, 0.3), x[800:]])
    found, exact = warp(x, y), warp_exact(x, y)
    assert found.cost == pytest.approx(exact.cost, rel=1e-12)


def test_says_when_the_coarse_level_did_not_tell(rng):
    # Noise without movement: its means say nothing.
    x, y = rng.normal(size=(1300, 4)), rng.normal(size=(1300, 4))
    found = warp(x, y)
    assert found.method == "exact"
    assert found.share == 1.0
    assert found.cost == warp_exact(x, y).cost


def test_a_valley_holds_the_cheapest_path_of_its_own_level(rng):
    x = wandering(rng, 640)
    y = take_of(rng, x)
    rule = Rule.of(0.01, 1.0, (1.0, 1.0, 1.0))
    valley = levels.Valley.of(x, y, rule, 8)
    a, b = levels.coarse(x, 8), levels.coarse(y, 8)
    pairs = Pairs.of(a, b, floors=(levels.floors(x, 8), levels.floors(y, 8)))
    swept = sweep(pairs, levels.whole(len(a), len(b), 80), rule, 80)
    path = trace(pairs, swept, rule, swept.end(rule))
    assert valley.excess(path * 8) == pytest.approx(0.0, abs=1e-4)
    # Every crossing of the cheapest path costs what the cheapest path costs.
    assert valley.crossing.min(axis=1) == pytest.approx(valley.least, rel=1e-5)


def test_unseen_columns_have_no_say(rng):
    x, y = rng.normal(size=(9, 4)), rng.normal(size=(7, 4))
    x[2, 1] = x[5] = y[3, 0] = np.nan
    expected = [[naive.square_distance(a, b) for b in y] for a in x]
    assert np.allclose(square_distances(x, y), expected, atol=1e-4)
    assert warp(x, y).chance == pytest.approx(np.mean(expected), rel=1e-6)


def test_chance_when_every_row_misses_something_else(rng, monkeypatch):
    x = rng.normal(size=(300, 12))
    x[rng.random(x.shape) < 0.4] = np.nan
    whole = warp_exact(x, x[::-1]).chance
    assert whole == pytest.approx(square_distances(x, x).mean(), rel=1e-4)
    monkeypatch.setattr("repetiteur.kernels._warping_pairs._KINDS", 100)
    assert warp_exact(x, x[::-1]).chance == pytest.approx(whole, rel=0.1)


def test_open_ends_leave_out_what_is_not_danced(rng):
    x = np.cumsum(rng.normal(size=(50, 3)), axis=0)
    y = np.concatenate(
        [x[0] + 30 + rng.normal(size=(20, 3)), x, x[-1] - 30 * np.ones((9, 3))]
    )
    path = warp(x, y, leave_out=1.0).path
    assert path[0].tolist() == [0, 20]
    assert path[-1].tolist() == [49, 69]


def test_symmetric_weights_make_up_for_the_length_of_a_path():
    # Two steps alone cost as much as one of both with weights (2, 1, 1).
    x, y = np.zeros((9, 1)), np.ones((5, 1))
    assert warp(x, y, weights=(2.0, 1.0, 1.0)).cost == pytest.approx(9 + 5)
    assert warp(x, y).cost == pytest.approx(9)


@pytest.mark.parametrize("find_path", [warp, warp_exact])
@pytest.mark.parametrize(
    ("x", "y", "costs", "says"),
    [
        (np.zeros((0, 2)), np.zeros((3, 2)), {}, "same number of columns"),
        (np.zeros((3, 2)), np.zeros((3, 1)), {}, "same number of columns"),
        (np.zeros(3), np.zeros(3), {}, "same number of columns"),
        (np.zeros((3, 1)), np.full((3, 1), 1e30), {}, "size up to 1e.15, and has 1e.3"),
        (np.zeros((3, 1)), np.full((3, 1), np.inf), {}, "has inf"),
        (np.zeros((3, 1)), np.zeros((3, 1)), {"aside": -1.0}, "aside must be 0"),
        (np.zeros((3, 1)), np.zeros((3, 1)), {"aside": np.inf}, "aside must be 0"),
        (np.zeros((3, 1)), np.zeros((3, 1)), {"leave_out": np.nan}, "leave_out must"),
        (np.zeros((3, 1)), np.zeros((3, 1)), {"weights": (1, -1, 1)}, "weights must"),
    ],
)
def test_says_what_it_needs(find_path, x, y, costs, says):
    with pytest.raises(ValueError, match=says):
        find_path(x, y, **costs)


def test_nothing_seen_costs_nothing():
    found = warp(np.full((3, 2), np.nan), np.zeros((4, 2)))
    assert found.cost == found.chance == 0.0


def test_arguments_stay_as_they_are(rng):
    x, y = rng.normal(size=(1100, 3)), rng.normal(size=(1100, 3))
    x[4, 1] = np.nan
    kept = x.copy(), y.copy()
    warp(x, y)
    assert np.array_equal(x, kept[0], equal_nan=True)
    assert np.array_equal(y, kept[1])
