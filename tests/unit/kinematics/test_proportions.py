"""Limbs with the proportions of somebody else's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.proportions import built_like
from repetiteur.technique.curve import curves

TIME = np.arange(60) / 60.0
SIDES = ("left", "right")
CURVES = {one.id: one for one in curves()}


def way(degrees):
    """A direction so far forward of straight down."""
    angle = np.radians(degrees)
    return np.array([0.0, -np.cos(angle), np.sin(angle)])


def bent(thigh=0.45, shank=0.45, arm=(0.3, 0.25), scale=1.0):
    """The left knee bent by 70 degrees and both elbows by 60."""
    place = {name: np.asarray(at) * 1.0 for name, at in bodies.STANDING.items()}
    for side, knee in (("left", 70.0), ("right", 0.0)):
        foot = place[f"{side}_toe"] - place[f"{side}_ankle"]
        shin = place[f"{side}_hip"] + thigh * way(10.0)
        place[f"{side}_knee"] = shin
        place[f"{side}_ankle"] = shin + shank * way(10.0 - knee)
        place[f"{side}_toe"] = place[f"{side}_ankle"] + foot
        place[f"{side}_elbow"] = place[f"{side}_shoulder"] + arm[0] * way(50.0)
        place[f"{side}_wrist"] = place[f"{side}_elbow"] + arm[1] * way(110.0)
    points = {n: np.tile(scale * at, (TIME.size, 1)) for n, at in place.items()}
    return bodies.body(TIME, points)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("measure", ["leg_elevation", "arm_shape.elevation"])
def test_who_is_built_otherwise_dances_the_same(measure, side):
    reference = bent()
    take = bent(0.41, 0.49, (0.33, 0.22), scale=1.1)
    found = CURVES[measure]
    assert np.isfinite(found.of(take, side)).all()
    same = found.of(built_like(take, reference), side)
    assert same == pytest.approx(found.of(reference, side), abs=1e-9)


def test_of_a_bent_leg_the_height_goes_by_the_build():
    reference, take = bent(), bent(0.41, 0.49)
    off = CURVES["leg_elevation"].of(take, "left") - CURVES["leg_elevation"].of(
        reference, "left"
    )
    assert np.abs(off).min() > 3.0


def test_bones_point_where_they_did():
    take = bent(0.41, 0.49)
    built = built_like(take, bent())
    for one in ("knee_flexion", "ankle_plantarflexion", "arm_shape.elbow_flexion"):
        for side in SIDES:
            assert CURVES[one].of(built, side) == pytest.approx(
                CURVES[one].of(take, side), abs=1e-9
            )


def test_a_limb_that_is_not_seen_and_a_picture_are_left_as_they_are():
    take, other = bent(0.41, 0.49), bent()
    seen = replace(take, space="2d")
    assert built_like(seen, other) is seen
    lame = {n: p for n, p in other.points.items() if n != "left_knee"}
    built = built_like(take, replace(other, points=lame))
    assert np.array_equal(built["left_ankle"], take["left_ankle"])
    assert not np.allclose(built["right_ankle"], take["right_ankle"])


def test_a_bone_without_length_changes_nothing():
    other = bent(thigh=0.0)
    take = bent(0.41, 0.49)
    assert np.array_equal(built_like(take, other)["left_ankle"], take["left_ankle"])
