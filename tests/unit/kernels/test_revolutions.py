"""Revolutions of a body and of its head."""

import numpy as np
import pytest

import naive
from repetiteur.kernels import _revolution_loops as loops
from repetiteur.kernels import geometry
from repetiteur.kernels.revolutions import favourite, reaches, revolution

TIME = np.arange(121) / 100.0
TURN = 300.0 * TIME


def test_the_favourite_direction_is_across_the_wrap_too():
    rng = np.random.default_rng(0)
    heading = np.concatenate([rng.uniform(0, 720, 200), rng.normal(179.0, 4.0, 200)])
    assert abs(geometry.wrap(favourite(heading) - 179.0)) < 2.0
    assert np.isnan(favourite(np.full(3, np.nan)))


def test_a_way_that_never_comes_so_far():
    time = np.arange(3.0)
    assert np.isnan(reaches(np.array([0.0, 1.0, 2.0]), 3.0, time))
    assert reaches(np.array([5.0, 6.0, 7.0]), 3.0, time) == 0.0


def test_a_head_that_waits_and_overtakes():
    head = np.interp(TURN, [90.0, 270.0], [0.0, 360.0])
    found = revolution(TURN, head, TIME, (0.0, 1.2), 360.0)
    assert found.hold == pytest.approx(0.5 + 30.0 / 360.0, abs=0.01)
    assert (found.lag, found.lead) == pytest.approx((90.0, 90.0), abs=1.5)
    assert found.snap == pytest.approx(2.0, abs=0.01)
    assert found.finish == pytest.approx(-0.25, abs=0.01)


def test_what_is_hidden_beside_a_revolution_hides_its_fastest():
    head = TURN.copy()
    head[:3] = np.nan
    found = revolution(TURN, head, TIME, (0.04, 1.2), 360.0)
    assert np.isnan(found.snap)
    assert np.isfinite([found.hold, found.lag, found.lead, found.finish]).all()


def test_loops_against_their_twins(rng):
    way = np.cumsum(rng.uniform(0.1, 2.0, TIME.size))
    moments = np.sort(rng.uniform(-0.1, 1.3, 50))
    moments[:3] = TIME[7]
    moments.sort()
    read = np.interp(moments, TIME, way)
    assert loops.read(way, TIME, moments) == pytest.approx(read, rel=1e-12)
    for degrees in (20.0, 70.0):
        when = np.interp(degrees, way, TIME)
        assert loops.reaches(way, degrees, TIME) == pytest.approx(when, rel=1e-12)
    found = loops.arrives(way, 90.0, 45.0, 15.0, TIME)
    assert found == pytest.approx(naive.arrives(way, 90.0, 45.0, 15.0, TIME), rel=1e-9)
    face = way + rng.normal(0.0, 3.0, way.size)
    k = int(np.argmax(way - face))
    assert loops.ahead(way, face) == ((way - face)[k], (face - way)[k:].max())
    headings = rng.uniform(-400.0, 400.0, 300)
    near = np.mean(np.abs(geometry.wrap(headings)) <= 30.0)
    assert loops.share_within(headings, 30.0) == pytest.approx(near, abs=1e-12)
    found = loops.shifted(headings, 70.0, 15.0, 6)
    assert found == pytest.approx(naive.mean_shifts(headings, 70.0, 15.0, 6), rel=1e-9)


def test_a_sample_has_no_need_of_the_next_one():
    way = np.array([0.0, 10.0, np.nan, 30.0])
    found = loops.read(way, np.arange(4.0), np.array([0.5, 1.0, 1.5, 3.0, 9.0]))
    np.testing.assert_array_equal(found, [5.0, 10.0, np.nan, 30.0, 30.0])
