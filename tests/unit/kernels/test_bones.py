"""Depths that agree with the lengths of bones."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.bones import agreeing_depths

#: A chain of four points and a branch.
BONES = np.array([[0, 1], [1, 2], [2, 3], [1, 4]])
LENGTHS = np.array([0.4, 0.4, 0.2, 0.1])
ERRORS = np.full(4, 0.01)


def bodies(frames=6, seed=0):
    """Points in space whose bones have those lengths, (frames, points, 3)."""
    rng = np.random.default_rng(seed)
    out = np.zeros((frames, 5, 3))
    for (a, b), length in zip(BONES, LENGTHS, strict=True):
        way = rng.normal(size=(frames, 3))
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        out[:, b] = out[:, a] + length * way
    return out


def test_it_is_what_a_plain_solver_finds():
    place, rng = bodies(), np.random.default_rng(1)
    told = place[..., 2] + rng.normal(0.0, 0.02, place.shape[:2])
    sd = rng.uniform(0.02, 0.05, told.shape)
    found = agreeing_depths(told, sd, place[..., :2], BONES, LENGTHS, ERRORS)
    for t, row in enumerate(found):
        plain = naive.agreeing_depths(
            told[t], sd[t], place[t, :, :2], BONES, LENGTHS, ERRORS
        )
        assert row == pytest.approx(plain, abs=1e-3)


def test_bones_bring_depths_nearer_to_the_truth():
    place, rng = bodies(200), np.random.default_rng(1)
    told = place[..., 2] + rng.normal(0.0, 0.05, place.shape[:2])
    sd = np.full(told.shape, 0.05)
    found = agreeing_depths(told, sd, place[..., :2], BONES, LENGTHS, ERRORS)
    before, after = (np.abs(z - place[..., 2]).mean() for z in (told, found))
    assert after < 0.75 * before


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_a_bone_keeps_the_side_to_which_it_was_told_to_point(side):
    told, looks = [[0.0, side * 0.05]], [[[0.0, 0.0], [0.3, 0.0]]]
    found = agreeing_depths(told, [[1e-3, 1.0]], looks, [[0, 1]], [0.5], [0.001])
    assert found == pytest.approx(np.array([[0.0, side * 0.4]]), abs=0.01)


def test_what_agrees_stays():
    place = bodies()
    sd = np.full(place.shape[:2], 0.05)
    found = agreeing_depths(place[..., 2], sd, place[..., :2], BONES, LENGTHS, ERRORS)
    assert found == pytest.approx(place[..., 2], abs=1e-9)


@pytest.mark.parametrize("what", ["depth", "picture"])
def test_a_frame_that_was_not_seen_stays_as_it_was_told(what):
    place = bodies()
    told, sd, flat = place[..., 2] + 0.1, np.full((6, 5), 0.05), place[..., :2].copy()
    if what == "depth":
        told[2, 1] = np.nan
    else:
        flat[2, 1] = np.nan
    found = agreeing_depths(told, sd, flat, BONES, LENGTHS, ERRORS)
    assert np.array_equal(found[2], told[2], equal_nan=True)
    assert np.isfinite(np.delete(found, 2, axis=0)).all()


def test_a_bone_that_looks_longer_than_it_is_lies_in_the_picture():
    found = agreeing_depths(
        [[0.0, 0.1]], [[0.01, 0.1]], [[[0.0, 0.0], [0.6, 0.0]]], [[0, 1]], [0.5], [0.01]
    )
    assert abs(found[0, 1] - found[0, 0]) < 0.1
