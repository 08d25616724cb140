import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from repetiteur.kernels.rigid import placed_by, rigid_motion, seen_from, thickness

SHAPE = np.array([[0.0, 0.0, 0.0], [0.2, 0.0, 0.0], [0.0, 0.1, 0.0], [0.0, 0.0, 0.3]])


def placed(rng, shape, count=20):
    turns = Rotation.random(count, rng=rng).as_matrix()
    moves = rng.normal(size=(count, 3))
    return turns, np.einsum("tij,kj->tki", turns, shape) + moves[:, np.newaxis]


@pytest.mark.parametrize("points", [3, 4])
def test_a_turn_and_a_move_are_found_again(rng, points):
    turns, place = placed(rng, SHAPE[:points])
    rotation, shift = rigid_motion(SHAPE[:points], place)
    assert np.allclose(rotation, turns)
    assert np.allclose(placed_by(rotation, shift, SHAPE[None, :points]), place)
    assert np.allclose(seen_from(rotation, shift, place), SHAPE[:points])


def test_with_noise_it_is_what_scipy_finds(rng):
    _, place = placed(rng, SHAPE)
    place += rng.normal(0.0, 0.01, place.shape)
    rotation, _ = rigid_motion(SHAPE, place)
    for found, seen in zip(rotation, place, strict=True):
        rest, now = SHAPE - SHAPE.mean(axis=0), seen - seen.mean(axis=0)
        known, _ = Rotation.align_vectors(now, rest)
        assert np.allclose(found, known.as_matrix())


def test_a_mirror_image_is_no_turn(rng):
    rotation, _ = rigid_motion(SHAPE, (SHAPE * [-1.0, 1.0, 1.0])[np.newaxis])
    assert np.linalg.det(rotation[0]) == pytest.approx(1.0)


def test_a_frame_that_lacks_a_point_tells_nothing(rng):
    _, place = placed(rng, SHAPE, 3)
    place[1, 2] = np.nan
    rotation, shift = rigid_motion(SHAPE, place)
    assert np.isnan(rotation[1]).all()
    assert np.isnan(shift[1]).all()
    assert np.isfinite(rotation[[0, 2]]).all()


def test_thickness_is_how_far_points_lie_beside_their_line():
    square = [[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 1.0, 0.0], [2.0, 1.0, 0.0]]
    assert thickness(square) == pytest.approx(0.5)
    assert thickness(square[:2]) == 0.0
