"""How far bones point out of a picture."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.depths import STATES, depth_of_end, likeliest

RATE, LENGTH = 30.0, 0.4
TIME = np.arange(60) / RATE


def solved(angle_deg, guess, **more):
    looks = LENGTH * np.cos(np.radians(angle_deg))
    more = {"picture_sd": 0.005, "guess_sd": 0.1, "rate": RATE} | more
    return depth_of_end(looks, LENGTH, guess, **more)


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_the_length_says_how_far_and_the_guess_to_which_side(side):
    angle = np.full(TIME.size, 50.0)
    found = solved(angle, np.full(TIME.size, side * 0.15))
    assert found == pytest.approx(side * LENGTH * np.sin(np.radians(50.0)), abs=0.02)


def test_a_bone_that_swings_through_the_picture_is_followed():
    angle = 60.0 * np.cos(2.0 * TIME)
    true = LENGTH * np.sin(np.radians(angle))
    noise = np.random.default_rng(0).normal(0.0, 0.1, TIME.size)
    found = solved(angle, true + noise)
    assert np.sqrt(np.mean((found - true) ** 2)) < 0.05


def test_a_guess_to_the_wrong_side_for_a_moment_is_none():
    angle = np.full(TIME.size, 60.0)
    true = LENGTH * np.sin(np.radians(60.0))
    guess = np.where((TIME > 0.8) & (TIME < 1.0), -true, true)
    assert solved(angle, guess, wrong=0.1) == pytest.approx(true, abs=0.03)


def test_what_else_is_known_decides():
    angle = np.full(TIME.size, 60.0)
    behind = np.where(np.arange(STATES) > STATES // 2, -9.0, 0.0)
    found = solved(angle, np.full(TIME.size, 0.02), known=behind)
    assert (found < -0.3).all()


def test_where_nothing_was_seen_the_course_goes_on():
    angle = np.full(TIME.size, 50.0)
    angle[20:25] = np.nan
    found = solved(angle, np.where(np.isnan(angle), np.nan, 0.3))
    assert found == pytest.approx(LENGTH * np.sin(np.radians(50.0)), abs=0.03)


@pytest.mark.parametrize("seed", range(20))
def test_as_its_slow_twin(seed):
    rng = np.random.default_rng(seed)
    likely = rng.normal(size=(5, 4))
    steps = np.cumsum(rng.uniform(size=int(rng.integers(1, 4)))) - 0.1
    found = likeliest(likely, steps).tolist()
    assert tuple(found) == naive.likeliest(likely, steps)
