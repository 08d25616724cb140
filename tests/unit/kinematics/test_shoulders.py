"""The lift of the shoulders over their rest."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.shoulders import shoulder_lifts

TIME = np.arange(180) / 60.0
TRUNK = 0.48  # from the middle of the hips to that of the shoulders, m


def shrugging(left=0.0, right=0.0, *, arms=True, hidden=()):
    """Arms low for a second, then both shoulders lifted by metres, arms with them."""
    points = {
        name: np.tile(place, (TIME.size, 1)) + 0.0
        for name, place in bodies.STANDING.items()
        if name not in hidden
    }
    late = TIME >= 2.0
    for side, by in (("left", left), ("right", right)):
        for part in ("shoulder", "elbow", "wrist"):
            points[f"{side}_{part}"][late, 1] += by
        if arms:  # from the first second on carried to the side
            shoulder = points[f"{side}_shoulder"]
            out = np.array([0.5 if side == "left" else -0.5, 0.0, 0.0])
            points[f"{side}_wrist"][TIME >= 1.0] = (shoulder + out)[TIME >= 1.0]
    return points


@pytest.mark.parametrize("hidden", [(), ("neck",), ("neck", "left_ear")])
def test_one_shoulder_is_lifted_and_the_other_is_not(hidden):
    lifts = shoulder_lifts(bodies.body(TIME, shrugging(0.024, hidden=hidden)))
    early, late = TIME < 2.0, TIME >= 2.0
    assert np.allclose(lifts["left"][early], 0.0)
    assert np.allclose(lifts["right"][early], 0.0)
    # The trunk leans by half of it, and its median length is that of the first part.
    assert lifts["left"][late] == pytest.approx(0.024 / TRUNK, abs=1e-3)
    assert lifts["right"][late] == pytest.approx(0.0, abs=1e-3)


def test_facing_place_size_and_leaning_change_nothing():
    points = shrugging(0.024, 0.012)
    plain = shoulder_lifts(bodies.body(TIME, points))
    tip = np.array([[1, 0, 0], [0, np.cos(0.3), -np.sin(0.3)],
                    [0, np.sin(0.3), np.cos(0.3)]])  # fmt: skip
    way = np.array([2.0, 0.0, 1.0])
    moved = {n: geometry.turn(0.7 * p @ tip.T, 63.0) + way for n, p in points.items()}
    other = shoulder_lifts(bodies.body(TIME, moved))
    mirror = shoulder_lifts(bodies.body(TIME, points).mirrored())
    for side, opposite in (("left", "right"), ("right", "left")):
        assert np.allclose(other[side], plain[side])
        assert np.allclose(mirror[opposite], plain[side])


def test_a_neck_that_is_the_middle_of_the_shoulders_is_not_asked():
    points = shrugging(0.024, 0.024)
    points["neck"] = 0.5 * (points["left_shoulder"] + points["right_shoulder"])
    lifts = shoulder_lifts(bodies.body(TIME, points))
    assert lifts["left"][-1] == pytest.approx(0.05, abs=1e-3)


def test_an_arm_that_is_never_low_leaves_the_rest_unknown():
    points = shrugging()
    points["left_wrist"] = points["left_shoulder"] + [0.5, 0.0, 0.0]
    lifts = shoulder_lifts(bodies.body(TIME, points))
    assert np.isnan(lifts["left"]).all()
    assert np.isfinite(lifts["right"]).all()


def test_what_was_not_seen_has_no_lift():
    points = shrugging(0.024)
    points["left_shoulder"][10:13] = np.nan
    lifts = shoulder_lifts(bodies.body(TIME, points))
    assert np.isnan(lifts["left"][10:13]).all()
    assert np.isfinite(lifts["left"][13:]).all()
    bare = bodies.body(TIME, {"left_hip": points["left_hip"]})
    assert np.isnan(shoulder_lifts(bare)["left"]).all()
