"""Qualities of movement on recordings of motion capture."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from scipy.stats import spearmanr

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.expression.body import describe
from repetiteur.expression.compare import Aligned, compare
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.windows import windows
from repetiteur.io.formats import read_poses
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of

DANCES = ("cmu_94_13_indian.bvh", "rokoko_jesse_dance.bvh")
ROBUST = [one.id for one in descriptors() if one.robust]


@pytest.fixture(scope="module", params=DANCES)
def body(request, test_data):
    poses = read_poses(test_data / "mocap" / request.param)
    return body_of(with_instrument_errors(poses))


def otherwise(body, change):
    """The same dancing, and its seconds per second of the recording."""
    if change == "mirrored":
        return body.mirrored(), 1.0
    if change == "smaller":
        small = {name: 0.75 * place for name, place in body.points.items()}
        return replace(body, points=MappingProxyType(small)), 1.0
    pace = {"slower": 1.25, "faster": 0.8, "same": 1.0}[change]
    return replace(body, time=pace * body.time), pace


@pytest.mark.parametrize("change", ["same", "mirrored", "smaller", "slower", "faster"])
def test_the_same_dancing_has_no_other_quality(body, change):
    other, pace = otherwise(body, change)
    clock = body.time[[0, -1]]
    take = Aligned(movement_of(other), clock, pace * clock, pace)
    said = compare(take, [Aligned.itself(movement_of(body))])
    assert not said.findings
    assert not any(one.beyond for one in said.axes)
    assert len(said.courses) >= len(ROBUST) - 1
    assert all(abs(one.in_floors) < 0.6 for one in said.overall)


def test_arms_held_in_are_noted(body):
    points = dict(body.points)
    for side in ("left", "right"):
        middle = 0.5 * (body["left_shoulder"] + body["right_shoulder"])
        for part in ("elbow", "wrist", "hand"):
            name = f"{side}_{part}"
            if name in points:
                points[name] = middle + 0.6 * (points[name] - middle)
    take = movement_of(replace(body, points=MappingProxyType(points)))
    own = Aligned.itself(movement_of(body))
    said = compare(replace(own, movement=take), [own])
    less = {one.descriptor.id for one in said.findings if one.told.difference.value < 0}
    assert {"arm_opening", "effort_time.hands"} <= less
    assert all(one.overall < 0.0 for one in said.axes)


@pytest.mark.parametrize("noise_m", [0.01, 0.02])
def test_noise_leaves_the_order_of_windows(body, noise_m):
    rng = np.random.default_rng(3)
    noisy = {n: p + noise_m * rng.normal(size=p.shape) for n, p in body.points.items()}
    spans = windows(float(body.time[0]), float(body.time[-1]))
    own = movement_of(body)
    bare = replace(own, body=replace(body, sd={}))
    seen = replace(own, body=replace(body, points=MappingProxyType(noisy), sd={}))
    one, two = (describe(each, spans).values for each in (bare, seen))
    for name in ROBUST:
        known = np.isfinite(one[name]) & np.isfinite(two[name])
        if known.sum() >= 8:
            found = spearmanr(one[name][known], two[name][known]).statistic
            assert found >= 0.8, name  # of few windows; of all recordings: 0.9
