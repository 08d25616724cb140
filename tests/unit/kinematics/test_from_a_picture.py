"""The likeliest body in space for what one camera saw."""

import numpy as np
import pytest

import bodies
from projecting import Camera, seen
from repetiteur.kinematics.from_a_picture import in_space
from repetiteur.model.poses import body_of

TIME, POINTS = bodies.moving_points(seconds=3.0)
CAMERA = Camera(heading=30.0, distance=60.0, focal=20000.0, pitch=0.0)


def filmed(depth_error=0.0, error=0.0):
    return body_of(
        seen(TIME, POINTS, Camera(**vars(CAMERA) | {
            "depth_error": depth_error, "error": error, "shared": 0.0, "seed": 3,
        }))
    )  # fmt: skip


def depth(body, part):
    return body[part][:, 2] - body.middle("hip")[:, 2]


def off(body, true):
    """Error of the depths of knees, ankles and elbows, m."""
    names = [f"{s}_{p}" for s in ("left", "right") for p in ("knee", "ankle", "elbow")]
    errors = [depth(body, name) - depth(true, name) for name in names]
    return float(np.sqrt(np.mean(np.square(errors))))


def test_what_was_seen_stays_and_only_the_depth_is_solved():
    body = filmed()
    space = in_space(body)
    assert space.space == "3d"
    assert set(space.points) == set(body.points)
    for name, place in body.points.items():
        assert np.allclose(space[name][:, :2], place[:, :2])
        assert np.isfinite(space[name][:, 2]).all()


def test_depths_are_nearer_to_the_truth_than_the_guess():
    true, body = filmed(), filmed(depth_error=0.3, error=0.004)
    assert off(in_space(body), true) < 0.7 * off(body, true)


@pytest.mark.parametrize("lacking", ["toe", "heel", "hand", "elbow", "shoulder"])
def test_points_that_a_tracker_lacks_take_none_of_the_others_away(lacking):
    body = filmed()
    names = [name for name in body.points if lacking not in name]
    space = in_space(body.only(*names))
    assert set(space.points) == set(names)
    assert np.isfinite(space["left_ankle"]).all()


def test_nothing_is_said_of_frames_without_the_dancer():
    body = filmed()
    gone = {name: place.copy() for name, place in body.points.items()}
    for place in gone.values():
        place[40:50] = np.nan
    space = in_space(type(body)(body.time, gone, body.sd, "2d"))
    assert np.isnan(space["left_knee"][40:50]).any(axis=1).all()
    assert np.isfinite(space["left_knee"][:30]).all()


@pytest.mark.parametrize("frames", [3, 4, 7])
def test_a_film_of_a_few_frames_is_solved_too(frames):
    body = filmed()
    points = {name: place[:frames] for name, place in body.points.items()}
    time = np.arange(frames) / 240.0
    sd = {name: each[:frames] for name, each in body.sd.items()}
    space = in_space(type(body)(time, points, sd, "2d"))
    assert all(np.isfinite(place).all() for place in space.points.values())


def test_a_body_without_legs_has_a_depth_all_the_same():
    body = filmed().only("left_shoulder", "right_shoulder", "left_elbow", "nose")
    space = in_space(body)
    assert set(space.points) == set(body.points)
