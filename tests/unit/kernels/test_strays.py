import numpy as np
import pytest

import naive
from repetiteur.kernels.strays import (
    _BREAK,
    _FIRST,
    _MANY,
    _NEXT,
    Patience,
    bends,
    strays,
    unrest,
)

PATIENCE = Patience(noise=1.0, pull=800.0)


def course(rng, count, fps=60.0):
    time = np.arange(count) / fps + rng.uniform(-0.2, 0.2, count) / fps
    return time, np.cumsum(rng.normal(0.0, 3.0, (count, 2)), axis=0)


@pytest.mark.parametrize("seed", range(12))
def test_the_course_is_the_cheapest_of_all(seed):
    rng = np.random.default_rng(seed)
    time, place = course(rng, 11)
    jumping = rng.choice(11, 3, replace=False)
    place[jumping] += rng.normal(0.0, 30.0, (3, 2))
    patience = Patience(noise=1.0, pull=800.0, longest_s=0.05, most=3)
    prices = (_FIRST, _NEXT, _BREAK)
    found = strays(place, time, patience)
    cost = naive.course_cost(np.flatnonzero(~found), place, time, patience, prices)
    assert cost == pytest.approx(naive.cheapest_course(place, time, patience, prices))


@pytest.mark.parametrize("burst", [1, 2, 4, 6])
def test_a_burst_that_comes_back_is_found_and_nothing_else(rng, burst):
    time, place = np.arange(60) / 60, rng.normal(0.0, 0.5, (60, 2))
    place[:, 0] += 200.0 * time
    place[25 : 25 + burst, 1] += 40.0
    found = strays(place, time, PATIENCE)
    assert np.flatnonzero(found).tolist() == list(range(25, 25 + burst))


def test_a_step_that_stays_is_kept(rng):
    time, place = np.arange(60) / 60, rng.normal(0.0, 0.5, (60, 2))
    place[30:] += 200.0
    assert not strays(place, time, PATIENCE).any()


def test_what_is_longer_than_allowed_is_kept(rng):
    time, place = np.arange(60) / 60, rng.normal(0.0, 0.5, (60, 2))
    place[25:35] += 40.0
    assert not strays(place, time, PATIENCE).any()


def test_missing_samples_are_no_strays_and_hide_none(rng):
    time, place = np.arange(60) / 60, rng.normal(0.0, 0.5, (60, 2))
    place[30] += 40.0
    place[[10, 29, 31]] = np.nan
    assert np.flatnonzero(strays(place, time, PATIENCE)).tolist() == [30]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_samples_to_say(count):
    place = np.full((5, 2), np.nan)
    place[:count] = 1.0
    assert not strays(place, np.arange(5.0), PATIENCE).any()


@pytest.mark.parametrize("seed", range(4))
def test_the_course_is_the_cheapest_of_all_when_many_may_be_left_out(seed):
    rng = np.random.default_rng(seed)
    time, place = course(rng, 12, fps=240.0)
    place[3:9] += rng.normal(0.0, 60.0, 2)
    patience = Patience(noise=1.0, pull=800.0, longest_s=0.1, most=10)
    prices = (_FIRST, _NEXT * _MANY / 10, _BREAK)
    found = strays(place, time, patience)
    cost = naive.course_cost(np.flatnonzero(~found), place, time, patience, prices)
    assert cost == pytest.approx(naive.cheapest_course(place, time, patience, prices))


def test_bends_are_the_costs_of_the_links(rng):
    time, place = course(rng, 30)
    place[12] += 50.0
    place[[4, 20]] = np.nan
    seen = np.flatnonzero(np.isfinite(place[:, 0]))
    found = bends(place, time, PATIENCE)
    prices = (0.0, 0.0, _BREAK)
    for row, k in enumerate(seen):
        three = seen[max(0, row - 2) : row + 1]
        cost = naive.course_cost([0, 1, 2][: len(three)], place[three], time[three],
                                 PATIENCE, prices)  # fmt: skip
        assert found[k] == pytest.approx(cost)
    assert (found[[4, 20]] == 0.0).all()


def test_unrest_is_the_noise_of_a_course_at_rest(rng):
    place = rng.normal(0.0, 0.5, (4000, 1))
    place[100:140] = np.nan
    place[500] += 1000.0
    median_of_squares = 0.455  # of the chi-square distribution with one degree
    expected = 0.5 * np.sqrt(median_of_squares)
    assert unrest(place) == pytest.approx(expected, rel=0.05)
    assert unrest(place[:2]) == 0.0
