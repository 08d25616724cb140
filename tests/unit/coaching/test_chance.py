"""What the largest of many differences comes to by chance."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.coaching import chance
from repetiteur.coaching.moments import shape_moments
from repetiteur.technique.curve import curves
from unit.coaching.test_moments import STEP, comparison, line, plateau

WAYS = sum(len(one.sides) for one in curves())


def by_chance(curve, first, last, sd=1.0):
    errs = np.full(curve.size, 1.0) * sd
    return chance.by_chance(curve, errs, first, last, line(curve.size))


def readings(seconds, rng):
    """Differences that are others twice a second, of standard deviation 1."""
    return np.repeat(rng.normal(size=2 * seconds), 30)


def test_the_largest_of_all_measures_stays_under_it_in_nine_takes_of_ten():
    rng = np.random.default_rng(3)
    under = []
    for _ in range(400):
        curve = readings(120, rng)
        least = by_chance(curve, 0, 59)
        largest = np.abs(rng.normal(size=240 * WAYS)).max()
        under.append(largest < least)
    assert 0.84 < np.mean(under) < 0.96


def test_a_wilder_take_asks_for_as_much_more():
    curve = readings(60, np.random.default_rng(4))
    quiet = by_chance(curve, 600, 700)
    assert by_chance(3.0 * curve, 600, 700) == pytest.approx(3.0 * quiet)


def test_the_moment_itself_and_what_is_always_there_have_no_part_in_it():
    curve = readings(60, np.random.default_rng(5))
    before = by_chance(curve, 600, 1199)
    curve[600:1200] -= 30.0
    assert by_chance(curve, 600, 1199) == before
    assert by_chance(curve + 7.0, 600, 1199) == pytest.approx(before)


def test_where_the_instrument_errs_by_more_the_more_is_asked():
    rng = np.random.default_rng(7)
    errs = np.where(np.arange(3600) < 1800, 1.0, 4.0)
    curve = errs * readings(60, rng)
    least = [by_chance(curve, at, at + 60, errs) for at in (600, 2400)]
    assert least[1] == pytest.approx(4.0 * least[0], rel=0.1)


def test_a_short_rest_tells_little():
    rng = np.random.default_rng(6)
    short, long = (
        np.median([by_chance(readings(s, rng), 0, 59) for _ in range(99)])
        for s in (6, 60)
    )
    assert short > 1.5 * long


def test_without_a_rest_nothing_is_known():
    curve = np.full(120, 9.0)
    assert by_chance(curve, 0, 119) == np.inf
    curve[:] = np.nan
    assert by_chance(curve, 0, 9) == np.inf


def swaying(count, size):
    """A difference that comes and goes throughout."""
    time = np.arange(count) * STEP
    return size * (np.sin(2.1 * time) + np.sin(3.7 * time + 1.0) + np.sin(5.3 * time))


@pytest.mark.parametrize(
    ("sways", "lower", "said"),
    [(0.3, 7.2, True), (1.5, 7.2, False), (1.5, 14.0, True)],
)
def test_what_a_take_varies_by_throughout_is_exceeded_far_or_not_said(
    sways, lower, said
):
    apart = swaying(1800, sways) * (1.0 - plateau(1800, 900, 980, 1.0, 60))
    take = 90.0 + apart - plateau(1800, 900, 980, lower)
    found = shape_moments(comparison(np.full(1800, 90.0), take), line(1800))
    (main,) = (m for m in found if m.first <= 940 <= m.last)
    assert main.difference.beyond_floor
    assert main.sure == said
