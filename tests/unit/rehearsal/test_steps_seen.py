"""Steps of a recording that one camera made."""

import pytest

import bodies
from projecting import Camera, seen
from repetiteur.errors import MissingKeypoints
from repetiteur.rehearsal import recording_from_poses, steps

TIME, POINTS = bodies.moving_points(seconds=2.0)


def filmed(lacking=""):
    poses = seen(TIME, POINTS, Camera())
    names = [n for n in poses["keypoint"].to_numpy() if not lacking or lacking not in n]
    return recording_from_poses(poses.sel(keypoint=names), "film.nc")


def test_points_that_depth_is_found_by_are_asked_for():
    with pytest.raises(MissingKeypoints, match="left_heel, right_heel"):
        steps(filmed("heel"))


def test_a_film_with_all_of_them_has_an_answer():
    assert list(steps(filmed()).steps)
