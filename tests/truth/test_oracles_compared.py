"""Oracle O17: a copy that is turned, larger, bent at one elbow, or late."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import altered
import bodies
from repetiteur.align.line_up import line_up
from repetiteur.coaching.pose_distance import pose_distance
from repetiteur.coaching.timeline import even, timeline
from repetiteur.kernels import geometry
from repetiteur.kinematics.directions import BONES
from repetiteur.model.skeletons import other_side

TIME, POINTS = bodies.moving_points(seconds=8.0)


def compared(reference, take):
    alignment = line_up(reference, take)
    first, second = even(reference), even(take)
    return pose_distance(first, second, timeline(first, second, alignment))


def forearm_turned(points, degrees):
    """The right forearm turned about the upper arm's plane, by the same everywhere."""
    arm = points["right_wrist"] - points["right_elbow"]
    across = np.cross(arm, points["right_elbow"] - points["right_shoulder"])
    turn, up = np.radians(degrees), np.cross(geometry.unit(across), arm)
    turned = np.cos(turn) * arm + np.sin(turn) * up
    return {**points, "right_wrist": points["right_elbow"] + turned}


CHANGES = {
    "plain": {},
    "turned": {"degrees": 137.0},
    "larger": {"scale": 1.2},
    "a child": {"scale": 0.7},
    "turned and larger": {"degrees": -45.0, "scale": 1.2},
    "30 fps": {"fps": 30.0},
    "120 fps": {"fps": 120.0},
}
every = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@every
def test_a_copy_is_no_distance_away(change):
    time, points = altered.otherwise(TIME, POINTS, **change)
    found = compared(bodies.body(TIME, POINTS), bodies.body(time, points))
    assert found.whole.value == pytest.approx(0.0, abs=0.3)
    assert set(found.bones) == set(BONES)


@every
def test_only_the_bone_that_was_turned_is_away(change):
    time, points = altered.otherwise(TIME, forearm_turned(POINTS, 30.0), **change)
    found = compared(bodies.body(TIME, POINTS), bodies.body(time, points))
    forearm = found.bones["right_forearm"]
    assert forearm.value == pytest.approx(30.0, abs=0.6)  # some may be lateness
    assert forearm.interval90[0] <= 30.0 <= forearm.interval90[1] + 0.3 < 31.0
    others = [one.value for name, one in found.bones.items() if name != "right_forearm"]
    assert max(others) < 0.5
    weights = {name: weight for name, (*_, weight) in BONES.items()}
    share = weights["right_forearm"] / sum(weights.values())
    assert found.whole.value == pytest.approx(30.0 * share, abs=0.3)


def test_on_the_other_side_it_is_the_other_forearm():
    take = bodies.body(TIME, forearm_turned(POINTS, 30.0)).mirrored()
    found = compared(bodies.body(TIME, POINTS).mirrored(), take)
    assert found.bones[other_side("right_forearm")].value == pytest.approx(30, abs=0.6)


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_a_copy_that_is_late_is_late_and_no_distance_away(fps):
    time, points = altered.played(TIME, POINTS, seconds_per_second=1.0, fps=fps)
    late = TIME - 0.1 * altered.blend(TIME, 4.0, lasts=4.0, ramp=1.0)
    moved = {
        name: np.stack([np.interp(late, TIME, place[:, k]) for k in range(3)], axis=1)
        for name, place in POINTS.items()
    }
    time, points = altered.played(TIME, moved, seconds_per_second=1.0, fps=fps)
    reference, take = bodies.body(TIME, POINTS), bodies.body(time, points)
    first, second = even(reference), even(take)
    line = timeline(first, second, line_up(reference, take))
    middle = np.abs(line.reference_s - 4.0) < 0.8
    assert np.nanmedian(line.late_s[middle]) == pytest.approx(0.1, abs=1.0 / fps)
    found = pose_distance(first, second, line)
    assert found.whole.value < 0.5


@pytest.mark.parametrize("degrees", [8.0, 30.0])
def test_the_interval_holds_under_errors_that_last(degrees):
    """One offset for each point of each recording; the truth is known."""
    sd, holds, values = 0.005, [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        two = []
        for points in (POINTS, forearm_turned(POINTS, degrees)):
            off = {n: p + rng.normal(0.0, sd, 3) for n, p in points.items()}
            errors = {n: np.full(p.shape, sd) for n, p in points.items()}
            two.append(replace(bodies.body(TIME, off), sd=errors))
        found = compared(*two).bones["right_forearm"]
        low, high = found.interval90
        holds.append(low <= degrees <= high)
        values.append(found.value)
    assert np.mean(holds) >= 0.8
    assert np.median(values) == pytest.approx(degrees, abs=2.0)
