"""Dancers that the network of lifting learns from."""

import numpy as np
import pytest

from repetiteur.kinematics.lifting import POINTS

AT = {name: k for k, name in enumerate(POINTS)}


@pytest.fixture
def dancing(training):
    return training("dancing")


def length(points, one, other):
    return np.linalg.norm(points[:, AT[one]] - points[:, AT[other]], axis=1)


def test_who_wanders_keeps_her_bones(dancing):
    (one,) = dancing.wanderers(1, seed=3, frames=200)
    assert one.shape == (200, len(POINTS), 3)
    for side in ("left", "right"):
        for root, end in (("hip", "knee"), ("knee", "ankle"), ("elbow", "wrist")):
            bone = length(one, f"{side}_{root}", f"{side}_{end}")
            assert bone == pytest.approx(bone[0], rel=1e-4)
            assert 0.15 < bone[0] < 0.6


def test_no_knee_of_theirs_bends_forwards(dancing):
    """The toes point to the side of the shank on which the thigh is."""
    (one,) = dancing.wanderers(1, seed=4, frames=300)
    for side in ("left", "right"):
        thigh, shank, foot = (
            one[:, AT[f"{side}_{b}"]] - one[:, AT[f"{side}_{a}"]]
            for a, b in (("hip", "knee"), ("knee", "ankle"), ("heel", "toe"))
        )
        bent = np.linalg.norm(np.cross(shank, thigh), axis=1) > 0.05
        ahead = np.cross(shank, np.cross(thigh, shank))
        assert bent.sum() > 30
        assert ((ahead * foot).sum(axis=1)[bent] > 0.0).mean() > 0.9


def test_chains_are_those_of_their_seeds(dancing):
    one, two = dancing.chains(2, 77, steps=3)
    (again,) = dancing.chains(1, 78, steps=3)
    assert np.array_equal(two, again)
    assert one.shape[1:] == (len(POINTS), 3)
    assert np.isfinite(one).all()


def test_parts_lie_within_one_dance(dancing):
    first = np.zeros((50, len(POINTS), 3), np.float32)
    dances = dancing.Dances.of(iter([first, first + 1.0, first[:10] + 2.0]))
    rng = np.random.default_rng(0)
    parts = [dances.part(rng, 30) for _ in range(20)]
    assert all(part.shape == (30, len(POINTS), 3) for part in parts)
    assert {float(np.ptp(part)) for part in parts} == {0.0}
    assert {float(part.max()) for part in parts} == {0.0, 1.0}
