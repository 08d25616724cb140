"""Volumes of convex hulls."""

from __future__ import annotations

import numpy as np

from repetiteur.kernels.hulls import volumes

CUBE = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)


def test_points_inside_add_nothing():
    inside = np.concatenate([CUBE, np.full((5, 3), 0.4)])
    np.testing.assert_allclose(volumes([CUBE]), 1.0)
    np.testing.assert_allclose(volumes([inside]), 1.0)


def test_a_tenth_larger_takes_a_third_more_room():
    points = np.random.default_rng(0).normal(size=(4, 20, 3))
    np.testing.assert_allclose(volumes(1.1 * points) / volumes(points), 1.331)


def test_points_in_a_plane_take_none():
    flat = np.random.default_rng(1).normal(size=(1, 9, 3)) * [1.0, 1.0, 0.0]
    assert volumes(flat)[0] == 0.0


def test_unseen_points_are_left_out():
    some = np.concatenate([CUBE, [[np.nan, 9.0, 9.0]]]).astype(float)
    few = np.where(np.arange(9)[:, np.newaxis] < 3, some, np.nan)
    found = volumes([some, few])
    np.testing.assert_allclose(found[0], 1.0)
    assert np.isnan(found[1])


def test_no_sets():
    assert volumes(np.empty((0, 8, 3))).shape == (0,)
