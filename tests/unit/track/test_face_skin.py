"""What skin shows, and how sharp a face is."""

import cv2
import numpy as np
import pytest

from repetiteur.track.face_skin import PATCHES, edges, sharpness

#: Pieces that share no point with one another.
APART = [list(PATCHES).index(name) for name in ("right_cheek", "left_cheek", "chin")]


@pytest.fixture
def mesh():
    """Points whose three pieces of skin lie beside one another."""
    points = np.full((478, 3), 50.0)
    corners = np.array([(0, 0), (30, 0), (30, 30), (0, 30)])
    for n, piece in enumerate(APART):
        quad = list(PATCHES.values())[piece]
        points[list(quad), :2] = corners + np.array([20 + 40 * n, 20])
    return points


def test_plain_skin_has_no_edges(mesh):
    picture = np.full((160, 200, 3), 150, np.uint8)
    assert edges(picture, mesh)[APART] == pytest.approx(0.0, abs=1e-9)


def test_light_changes_nothing(mesh, rng):
    picture = rng.integers(100, 120, (160, 200, 3)).astype(np.uint8)
    bright = (picture * 1.9).astype(np.uint8)
    plain = edges(picture, mesh)[APART]
    assert plain.min() > 0.0
    assert edges(bright, mesh)[APART] == pytest.approx(plain, rel=0.1)


def test_a_line_across_a_piece_shows_there_alone(mesh):
    picture = np.full((160, 200, 3), 150, np.uint8)
    picture[30:40, 60:95] = 60
    found = edges(picture, mesh)[APART]
    assert found[1] > 0.05
    assert found[[0, 2]] == pytest.approx(0.0, abs=1e-9)


def test_what_lies_beyond_the_edge_tells_nothing(mesh):
    picture = np.full((160, 200, 3), 150, np.uint8)
    mesh[:, 0] -= 30
    assert np.isnan(edges(picture, mesh)[0])


def test_sharpness_falls_with_blur_and_not_with_size(rng):
    small = cv2.GaussianBlur(
        rng.integers(0, 255, (60, 60, 3)).astype(np.uint8), (0, 0), 1
    )
    points = np.array([[0.0, 0.0], [60.0, 60.0]])
    large = cv2.resize(small, (240, 240), interpolation=cv2.INTER_NEAREST)
    sharp = sharpness(small, points)
    assert sharpness(large, 4 * points) == pytest.approx(sharp, rel=0.05)
    blurred = cv2.GaussianBlur(large, (0, 0), 12)
    assert sharpness(blurred, 4 * points) < 0.2 * sharp


def test_nothing_to_see_has_no_sharpness():
    plain = np.full((50, 50, 3), 80, np.uint8)
    assert np.isnan(sharpness(plain, np.array([[0.0, 0.0], [50.0, 50.0]])))
    assert np.isnan(sharpness(plain, np.array([[60.0, 0.0], [90.0, 50.0]])))
