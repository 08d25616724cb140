"""Rotations and forward kinematics, against scipy and a walk along the bones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from repetiteur.kernels.rotations import (
    about_axis,
    chain,
    from_quaternions,
    from_rotation_vectors,
)


def test_quaternions_are_those_of_scipy_at_any_length(rng):
    q = rng.normal(size=(40, 3, 4))
    theirs = Rotation.from_quat(np.roll(q.reshape(-1, 4), -1, axis=1)).as_matrix()
    np.testing.assert_allclose(
        from_quaternions(q).reshape(-1, 3, 3), theirs, atol=1e-12
    )
    np.testing.assert_allclose(from_quaternions(7.0 * q), from_quaternions(q))


def test_no_quaternion_is_no_rotation():
    found = from_quaternions([[0.0] * 4, [np.nan, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0]])
    assert np.isnan(found[:2]).all()
    assert np.array_equal(found[2], np.eye(3))


@pytest.mark.parametrize("size", [0.0, 1e-12, 1e-4, 1.0, np.pi, 20.0])
def test_rotation_vectors_are_those_of_scipy(rng, size):
    axis = rng.normal(size=(30, 3))
    vectors = size * axis / np.linalg.norm(axis, axis=1, keepdims=True)
    theirs = Rotation.from_rotvec(vectors).as_matrix()
    np.testing.assert_allclose(from_rotation_vectors(vectors), theirs, atol=1e-12)


@pytest.mark.parametrize(("axis", "letter"), [*enumerate("xyz")])
def test_about_an_axis(rng, axis, letter):
    angle = rng.uniform(-7.0, 7.0, size=20)
    theirs = Rotation.from_euler(letter, angle[:, None]).as_matrix()
    np.testing.assert_allclose(about_axis(axis, angle), theirs, atol=1e-12)


def test_a_chain_is_a_walk_along_the_bones(rng):
    parents = [-1, 0, 1, 1, 3, -1]
    offsets = rng.normal(size=(6, 3))
    turns = Rotation.random(30, random_state=4).as_matrix().reshape(5, 6, 3, 3)
    root = rng.normal(size=(5, 3))
    found = chain(parents, offsets, turns, root)
    for frame in range(5):
        for joint in range(6):
            place, now = offsets[joint], parents[joint]
            while now >= 0:
                place = offsets[now] + turns[frame, now] @ place
                now = parents[now]
            np.testing.assert_allclose(found[frame, :, joint], root[frame] + place)
