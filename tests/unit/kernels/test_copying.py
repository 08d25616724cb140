"""Noisy copies of points."""

import numpy as np
import pytest

import naive
from repetiteur.kernels import _copying_loops as loops
from repetiteur.kernels.copying import copies, moved_in_time
from repetiteur.kernels.resampling import Part, spline

TIME = np.arange(400) / 50.0


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


@pytest.mark.parametrize("frames", [2, 3, 4, 30])
def test_moved_in_time_against_its_twin(frames, rng):
    course = rng.normal(size=(frames, 3))
    course[frames // 2, 1] = np.nan
    moved, _ = moved_in_time(course, np.arange(float(frames)), 0.3)
    np.testing.assert_allclose(moved, naive.later(course, 0.3), atol=1e-12)


def test_copies_are_moved_in_time_before_they_err(rng):
    """Without an error a copy is the points, later; jitter is not smoothed by it."""
    course = {"hip": np.stack([TIME**2, TIME, 0.0 * TIME], axis=1)}
    shares = [0.5, 0.25]
    exact = copies(course, [], TIME, count=2, rng=rng, shares=shares)
    for copy, share in zip(exact, shares, strict=True):
        expected, _ = moved_in_time(course["hip"], TIME, share)
        np.testing.assert_array_equal(copy["hip"], expected)
    new = [Part({"hip": np.full((400, 3), 0.01)}, 0.0)]
    still = {"hip": np.zeros((400, 3))}
    drawn = copies(still, new, TIME, count=20, rng=rng, shares=np.full(20, 0.5))
    assert np.std([c["hip"] for c in drawn]) == pytest.approx(0.01, rel=0.02)


def test_what_stays_is_one_vector_that_turns(rng):
    heading = np.linspace(0.0, 90.0, 400)
    stays = [Part({"hip": np.full((400, 3), 0.01)}, np.inf)]
    still = {"hip": np.zeros((400, 3))}
    (copy,) = copies(still, stays, TIME, count=1, rng=rng, heading=heading)
    first, last = copy["hip"][[0, -1]]
    assert last == pytest.approx([first[2], first[1], -first[0]])
    assert np.linalg.norm(first) > 1e-3


@pytest.fixture
def errs(rng):
    """A course and standard deviations, some of either not known."""
    place, sd = rng.normal(size=(40, 3)), rng.uniform(0.0, 1.0, (40, 3))
    place[7], sd[9, 1] = np.nan, np.nan
    return place, sd


@pytest.mark.parametrize("start", [0, 5, 63])
def test_what_is_new_at_each_frame_against_its_twin(start, errs, rng):
    (place, sd), block = errs, rng.standard_normal(64, dtype=np.float32)
    out = place.copy()
    loops.add_new(out, sd, block, start)
    np.testing.assert_allclose(out, naive.with_new(place, sd, block, start))


def test_what_lasts_against_its_twin(errs, rng):
    place, sd = errs
    first, weight = spline(TIME[:40], 0.2, rng)
    knots = rng.standard_normal((first[-1] + 4, 3))
    out = place.copy()
    loops.add_lasting(out, sd, knots, first, weight)
    twin = naive.with_lasting(place, sd, knots, first, weight)
    np.testing.assert_allclose(out, twin, atol=1e-12)


def test_what_stays_against_its_twin(errs, rng):
    (place, sd), vector = errs, rng.standard_normal(3)
    heading = np.linspace(-200.0, 300.0, 40)
    ahead, out = np.radians(heading), place.copy()
    loops.add_staying(out, sd, vector, np.sin(ahead), np.cos(ahead))
    twin = naive.with_staying(place, sd, vector, heading)
    np.testing.assert_allclose(out, twin, atol=1e-12)
