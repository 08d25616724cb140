"""One quality beside that of its casts."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.expression.beside import Beside
from repetiteur.expression.body import Described
from repetiteur.expression.descriptors import descriptors
from repetiteur.model.findings import Span

BY_ID = {one.id: one for one in descriptors()}
ARMS, MOTION = BY_ID["arm_height"], BY_ID["quantity_of_motion"]
RNG = np.random.default_rng(0)


def described(one, values, sd=0.0):
    values = np.asarray(values, dtype=float)
    count = 10 if sd else 0
    drawn = values + sd * RNG.normal(size=(count, values.size))
    spans = tuple(Span(k, k + 2.0) for k in range(values.size))
    return Described(spans, {one.id: values}, {one.id: values}, {one.id: drawn})


def beside(one, take, *casts, sd=0.0):
    return Beside.of(
        one, described(one, take, sd), [described(one, c, sd) for c in casts]
    )


def test_a_difference_is_take_minus_reference():
    told = beside(ARMS, [60.0, 70.0], [50.0, 54.0]).told()
    assert told.difference.value == pytest.approx(13.0)
    assert told.difference.unit == "deg"
    assert told.difference.floor == pytest.approx(ARMS.floor)
    assert (told.reference, told.take, told.spread) == (52.0, 65.0, None)
    assert told.in_floors == pytest.approx(13.0 / ARMS.floor)


@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_relative_ones_are_told_in_per_cent(ratio):
    told = beside(MOTION, [0.4 * ratio, 0.2 * ratio], [0.4, 0.2]).told()
    assert told.difference.unit == "%"
    assert told.difference.value == pytest.approx(100.0 * (ratio - 1.0))
    assert told.reference == pytest.approx(0.3)
    assert abs(told.in_floors) == pytest.approx(np.log(2.0) / MOTION.floor)


def test_the_floor_of_per_cents_is_the_one_of_its_side():
    up, down = (beside(MOTION, [0.3 * r], [0.3]).told() for r in (1.3, 0.7))
    assert up.difference.floor == pytest.approx(100.0 * np.expm1(MOTION.floor))
    assert down.difference.floor == pytest.approx(-100.0 * np.expm1(-MOTION.floor))


def test_what_casts_have_between_them_is_no_difference():
    casts = [50.0, 50.0], [60.0, 60.0], [70.0, 70.0]
    inside, outside = (beside(ARMS, [v, v], *casts).told() for v in (52.0, 90.0))
    assert inside.difference.value == 0.0
    assert inside.spread == (50.0, 70.0)
    assert inside.reference == 60.0
    assert outside.difference.value == pytest.approx(20.0)


def test_windows_that_one_does_not_dance_are_left_out():
    found = beside(ARMS, [60.0, np.nan, 70.0], [50.0, 50.0, np.nan])
    assert found.known.tolist() == [True, False, False]
    assert found.told().difference.value == pytest.approx(10.0)


def test_who_is_still_is_not_infinitely_less():
    found = beside(MOTION, [0.0, 0.2], [0.01, 0.2])
    assert found.beyond.tolist() == [0.0, 0.0]


def test_what_the_instruments_leave_open():
    one, other = (beside(ARMS, [60.0], [50.0], sd=sd).told() for sd in (0.5, 3.0))
    for told, sd in ((one, 0.5), (other, 3.0)):
        low, high = told.difference.interval90
        assert low < 10.0 < high
        assert 0.5 * (high - low) == pytest.approx(1.645 * np.sqrt(2.0) * sd, rel=0.9)
    bare = beside(ARMS, [60.0], [50.0]).told().difference
    assert bare.interval90 == (10.0, 10.0)


def test_copies_of_the_difference():
    found = beside(ARMS, [60.0, 60.0], [50.0, 50.0], sd=1.0)
    assert found.drawn().shape == (10,)
    assert np.abs(found.drawn()).mean() < 3.0
    assert beside(ARMS, [60.0], [50.0]).drawn().size == 0
