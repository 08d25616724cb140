"""Noisy copies of points, and what is read off them."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.resampling import (
    Part,
    agreement,
    copies,
    correlation,
    half_width,
    lasting_noise,
    moved_in_time,
)

TIME = np.arange(400) / 50.0


def many(time, lasting_s, rng, draws=100):
    """Noise of many draws side by side: the knots of each begin elsewhere."""
    each = [lasting_noise(time, 100, lasting_s, rng) for _ in range(draws)]
    return np.concatenate(each, axis=1)


@pytest.mark.parametrize("lasting_s", [0.1, 0.5, 2.0])
def test_lasting_noise_is_correlated_as_said(lasting_s, rng):
    noise = many(TIME, lasting_s, rng)
    assert noise.std(axis=1) == pytest.approx(np.ones(TIME.size), abs=0.025)
    first = noise[0] @ noise.T / noise.shape[1]
    said = correlation(TIME - TIME[0], lasting_s)
    assert np.abs(first - said).max() < 0.05
    last = noise[-1] @ noise.T / noise.shape[1]
    assert np.abs(last - said[::-1]).max() < 0.05


def test_lasting_noise_at_uneven_times(rng):
    uneven = np.sort(rng.uniform(0.0, 3.0, 40))
    noise = many(uneven, 0.5, rng)
    found = noise @ noise.T / noise.shape[1]
    said = correlation(uneven[:, None] - uneven, 0.5)
    assert np.abs(found - said).max() < 0.06


def test_lasting_noise_is_smooth(rng):
    """It moves from frame to frame by no more than its correlation says."""
    noise = many(TIME, 1.0, rng)
    step = np.sqrt(np.mean(np.diff(noise, axis=0) ** 2))
    assert step == pytest.approx(np.sqrt(2.0) * 0.02, rel=0.1)


@pytest.mark.parametrize("lasting_s", [0.0, 0.001])
def test_what_does_not_last_is_white(lasting_s, rng):
    noise = lasting_noise(TIME, 5000, lasting_s, rng)
    neighbours = np.mean(noise[1:] * noise[:-1])
    assert abs(neighbours) < 0.01
    assert noise.std() == pytest.approx(1.0, abs=0.01)


def test_copies_add_the_parts(rng):
    points = {"hip": np.zeros((400, 3)), "nose": np.ones((400, 3))}
    parts = [
        Part({"hip": np.full((400, 3), 0.003)}, 0.0),
        Part({"hip": np.full((400, 3), 0.004), "gone": np.ones((400, 3))}, 1.0),
    ]
    drawn = list(copies(points, parts, TIME, count=300, rng=rng))
    assert len(drawn) == 300
    assert np.std([c["hip"] for c in drawn]) == pytest.approx(0.005, rel=0.02)
    # A point without an error is the same one, and the originals are as they were.
    assert all(c["nose"] is points["nose"] for c in drawn)
    assert not points["hip"].any()


def test_copies_are_the_same_for_the_same_seed():
    points = {"hip": np.zeros((400, 3))}
    parts = [Part({"hip": np.full((400, 3), 0.01)}, 0.3)]

    def draw(seed):
        rng = np.random.default_rng(seed)
        return np.stack(
            [c["hip"] for c in copies(points, parts, TIME, count=3, rng=rng)]
        )

    np.testing.assert_array_equal(draw(4), draw(4))
    assert (draw(4) != draw(5)).any()
    assert (np.diff(draw(4), axis=0) != 0.0).any()


def test_missing_stays_missing(rng):
    place = np.zeros((400, 3))
    place[7] = np.nan
    sd = np.full((400, 3), 0.01)
    sd[9, 1] = np.nan
    (copy,) = copies({"hip": place}, [Part({"hip": sd}, 0.0)], TIME, count=1, rng=rng)
    assert np.argwhere(np.isnan(copy["hip"])).tolist() == [
        [7, 0],
        [7, 1],
        [7, 2],
        [9, 1],
    ]


@pytest.mark.parametrize("count", [9, 20, 50, 101])
def test_half_width_against_its_twin(count, rng):
    value = rng.normal(size=7)
    drawn = value + rng.normal(size=(count, 7))
    drawn[0, 2] = np.nan
    twin = [
        naive.half_width(v, column) for v, column in zip(value, drawn.T, strict=True)
    ]
    np.testing.assert_array_equal(half_width(value, drawn), twin)


def test_half_width_holds_nine_of_ten(rng):
    """Another draw of the same kind lies within, however lopsided the draws are."""
    drawn = rng.exponential(size=(51, 4000)) - np.log(2.0)
    inside = np.abs(drawn[-1]) <= half_width(0.0, drawn[:-1])
    assert inside.mean() == pytest.approx(0.90, abs=0.025)


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_half_width_of_what_noise_only_adds_to(power):
    """Seen from points that err already, a second error shifts less than the first."""
    once, twice = 1.0, np.sqrt(2.0) ** power
    half = half_width(once, np.full(50, twice))
    assert 0.7 <= half <= 1.71


def test_half_width_of_what_wraps():
    drawn = np.array([179.0, -179.0, 178.0, -178.0] * 5)
    assert half_width(180.0, drawn, period=360.0) == pytest.approx(2.0)
    assert half_width(180.0, drawn) > 300.0


def test_half_width_without_enough_copies():
    assert np.isinf(half_width(0.0, np.zeros(8)))
    assert half_width(0.0, np.zeros(9)) == 0.0
    mostly = np.array([np.nan] * 11 + [1.0] * 9)
    assert np.isnan(half_width(0.0, mostly))
    assert np.isnan(half_width(np.nan, np.zeros(20)))


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_moved_in_time_is_exact_for_a_parabola(share):
    course = np.stack([TIME**2, 3.0 * TIME], axis=1)
    moved, when = moved_in_time(course, TIME, share)
    assert len(moved) == len(when) == TIME.size - 1
    inner = slice(1, -1)
    assert moved[inner, 0] == pytest.approx(when[inner] ** 2, abs=1e-12)
    assert moved[:, 1] == pytest.approx(3.0 * when, abs=1e-12)


def test_moved_in_time_does_not_widen_gaps():
    course = np.arange(20.0)
    course[8:11] = np.nan
    moved, _ = moved_in_time(course, np.arange(20.0), 0.5)
    assert np.flatnonzero(np.isnan(moved)).tolist() == [7, 8, 9, 10]
    assert moved_in_time(np.arange(2.0), np.arange(2.0), 0.25)[0].tolist() == [0.25]


def test_agreement():
    assert agreement("left", []) == 0.0
    assert agreement(None, [None, "left"]) == 0.5
