"""Crossings of the legs, and how near the shanks come."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import jumpers
from repetiteur.kinematics.beats import crossings, gaps, segments_apart
from repetiteur.kinematics.movement import movement_of


def found(points, time):
    movement = movement_of(bodies.body(time, points))
    (flight,) = movement.flights
    times = crossings(movement.body, flight, movement.contacts.foot_length)
    return flight, times, gaps(movement.body, flight, times)


def test_crossings_lie_where_the_feet_pass():
    time = np.arange(240) / 120.0
    flight, times, near = found(jumpers.crossing(time, 3), time)
    passes = flight.take_off_s + 0.5 * (np.arange(3) + 0.5) / 3.0
    np.testing.assert_allclose(times, passes, atol=0.5 / 120.0)
    assert near.shape == (3,)


def test_feet_that_only_come_level_have_not_crossed():
    time = np.arange(240) / 120.0
    _, level, _ = found(jumpers.crossing(time, 2, depth_m=0.02), time)
    assert level.size == 0
    _, deep, _ = found(jumpers.crossing(time, 2, depth_m=0.06), time)
    assert deep.size == 2


def test_what_is_in_front_for_a_moment_is_not():
    time = np.arange(480) / 240.0
    points = jumpers.crossing(time, 0)
    first = int(np.searchsorted(time, 0.75))
    for frames, count in ((3, 0), (6, 2)):
        flick = {n: p.copy() for n, p in points.items()}
        for side, sign in (("left", -1.0), ("right", 1.0)):
            flick[f"{side}_ankle"][first : first + frames, 2] += 0.15 * sign
        assert found(flick, time)[1].size == count, frames


def test_the_gap_is_that_of_the_shanks_after_each_crossing():
    time = np.arange(240) / 120.0
    points = jumpers.crossing(time, 1)
    *_, wide = found(points, time)
    near = dict(points)
    for side, sign in (("left", -1.0), ("right", 1.0)):
        for part in ("knee", "ankle"):
            near[f"{side}_{part}"] = points[f"{side}_{part}"] + [0.05 * sign, 0.0, 0.0]
    *_, close = found(near, time)
    assert wide[0] == pytest.approx(0.2, abs=0.01)  # knees and ankles apart
    assert close[0] == pytest.approx(wide[0] - 0.1, abs=0.01)


def test_segments_are_as_far_apart_as_their_nearest_points(rng):
    ends = rng.normal(size=(4, 40, 3))
    ends[1, 0] = ends[0, 0]  # one that is a point
    ends[:, 1] = [[0, 0, 0], [0, 1, 0], [2, 0.5, 0], [2, 3, 0]]  # parallel
    ends[0, 2] = np.nan
    apart = segments_apart(*ends)
    share = np.linspace(0.0, 1.0, 201)[:, None, None]
    one, other = (ends[a] + share * (ends[b] - ends[a]) for a, b in ((0, 1), (2, 3)))
    each = np.linalg.norm(one[:, None] - other[None], axis=-1).min(axis=(0, 1))
    np.testing.assert_allclose(apart, each, atol=0.02)
    assert np.all((apart <= each + 1e-12) | np.isnan(each))
    assert np.isnan(apart[2])
    assert apart[1] == pytest.approx(2.0)
