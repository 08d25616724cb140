from dataclasses import replace

import numpy as np
import pytest

import altered
import bodies
from repetiteur.align.envelope import Cast, cast, envelope, holds, rubato
from repetiteur.align.line_up import line_up
from repetiteur.errors import NothingToJudge

TIME, POINTS = bodies.moving_points(seconds=10.0)
FIRST = bodies.body(TIME, POINTS)


def shape_of(body):
    """Where the left wrist is against the shoulders, in lengths of the trunk."""
    middle, hips = body.middle("shoulder"), body.middle("hip")
    trunk = np.linalg.norm(middle - hips, axis=1)
    return np.linalg.norm(body["left_wrist"] - middle, axis=1) / trunk


@pytest.mark.parametrize("other_side", [False, True])
def test_another_body_in_another_tempo_lies_on_the_first(other_side):
    time, points = altered.otherwise(
        TIME, POINTS, seconds_per_second=1.15, degrees=70.0, scale=0.8, fps=50
    )
    body = bodies.body(time, points)
    found = cast(FIRST, body.mirrored() if other_side else body)
    assert found.alignment.side == ("mirrored" if other_side else "same")
    apart = shape_of(found.body) - shape_of(FIRST)
    assert np.isfinite(apart).mean() > 0.95
    assert np.nanmedian(np.abs(apart)) < 0.01
    assert np.nanmax(np.abs(found.late_s)) < 0.03


def test_what_a_cast_leaves_out_it_has_no_say_in():
    left_out = (TIME > 4.0) & (TIME < 6.5)
    count = int((~left_out).sum())
    points = {name: place[~left_out] for name, place in POINTS.items()}
    found = cast(FIRST, bodies.body(np.arange(count) / 60, points))
    says = np.isfinite(shape_of(found.body))
    assert not says[(TIME > 4.3) & (TIME < 6.2)].any()
    assert says[(TIME < 3.0) | (TIME > 7.5)].mean() > 0.9
    rows = np.stack([shape_of(FIRST), shape_of(found.body)])
    spread = envelope(rows)
    assert set(spread.count[(TIME > 4.3) & (TIME < 6.2)]) == {1}
    np.testing.assert_array_equal(spread.low[~says], rows[0][~says])


def test_another_dance_is_refused():
    time, points = bodies.moving_points(seconds=10.0, seed=44)
    with pytest.raises(NothingToJudge):
        cast(FIRST, bodies.body(time, points))


def test_the_spread_of_few_is_from_the_lowest_to_the_highest():
    rows = np.random.default_rng(1).normal(size=(5, 40))
    found = envelope(rows)
    np.testing.assert_array_equal(found.low, rows.min(axis=0))
    np.testing.assert_array_equal(found.high, rows.max(axis=0))
    np.testing.assert_array_equal(found.middle, np.median(rows, axis=0))


def test_of_many_a_single_odd_one_has_no_say():
    rows = np.random.default_rng(1).normal(size=(40, 30))
    odd = rows.copy()
    odd[7] = 1e6
    spread = envelope(odd)
    assert spread.high.max() < 10.0
    few = envelope(odd[:10])
    assert few.high.min() == 1e6, "of few it has"


def test_the_middle_of_an_even_number_lies_between():
    found = envelope([[1.0], [2.0], [4.0], [np.nan], [9.0]])
    assert (found.middle[0], found.count[0]) == (3.0, 4)


def test_where_nobody_dances_there_is_no_spread():
    found = envelope([[np.nan], [np.nan]])
    assert found.count[0] == 0
    assert np.isnan([found.low[0], found.middle[0], found.high[0]]).all()
    assert np.isnan(found.apart(np.array([3.0]))[0])


def test_beyond_the_spread_the_difference_has_its_sign_and_the_edge_its_doubt():
    found = envelope([[80.0] * 3, [100.0] * 3], [[1.0] * 3, [2.0] * 3])
    values = np.array([70.0, 95.0, 110.0])
    assert found.apart(values).tolist() == [-10.0, 0.0, 10.0]
    assert found.sd_at(values).tolist() == [1.0, 2.0, 2.0]


@pytest.mark.parametrize("count", [2, 3, 8, 19, 40])
def test_the_spread_holds_the_share_that_it_says(count):
    draws = np.random.default_rng(count).gamma(1.5, size=(count + 1, 20_000))
    found = envelope(draws[:-1])
    inside = (found.apart(draws[-1]) == 0.0).mean()
    assert inside == pytest.approx(holds(count), abs=0.015)


def test_the_first_is_on_time_and_rubato_is_in_seconds_of_the_take():
    one = Cast(FIRST, np.full(3, 0.2), np.full(3, 0.03), line_up(FIRST, FIRST))
    unsure = replace(one, late_s=np.array([np.nan, 0.5, np.nan]))
    found = rubato([one, unsure], np.full(3, 0.04), 0.9)
    assert found.low.tolist() == [0.0, 0.0, 0.0]
    np.testing.assert_allclose(found.high, [0.18, 0.45, 0.18])
    np.testing.assert_allclose(found.low_sd, 0.04)
    np.testing.assert_allclose(found.high_sd, np.hypot(0.04, 0.027))
