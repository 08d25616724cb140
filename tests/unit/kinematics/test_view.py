import numpy as np
import pytest

import altered
import bodies
from projecting import Camera, seen
from repetiteur.kinematics.view import (
    PITCH_SD,
    ROLL_SD,
    askew,
    laid_flat,
    quarter,
    roll_sd,
    seen_at,
    seen_from,
    towards_camera,
    view_of,
)
from repetiteur.model.poses import body_of

TIME, POINTS = bodies.moving_points(seconds=3.0)
STILL = {n: np.tile(p, (90, 1)) for n, p in bodies.STANDING.items()}
SECONDS = np.arange(90) / 30


def seen_body(points, camera, time=SECONDS):
    return body_of(seen(time, points, camera))


@pytest.mark.parametrize("heading", [0.0, 40.0, -120.0])
def test_the_heading_is_against_the_camera(heading):
    view = view_of(seen_body(STILL, Camera(heading=heading, pitch=0.0)))
    assert np.allclose(view.heading, heading, atol=5.0)
    assert (view.heading_sd > 5.0).all()


@pytest.mark.parametrize("pitch", [-5.0, 10.0, 25.0])
def test_the_pitch_is_the_lean_of_the_standing_leg(pitch):
    lifted = altered.leg_lowered(SECONDS, STILL, "left", -60.0, 1.5)
    view = view_of(seen_body(lifted, Camera(pitch=pitch)))
    assert np.allclose(view.pitch, pitch, atol=4.0)


def test_the_pitch_is_not_known_where_nobody_stands():
    lying = {n: p[:, [0, 2, 1]] for n, p in STILL.items()}
    view = view_of(seen_body(lying, Camera(pitch=10.0)))
    assert np.isnan(view.pitch).all()
    assert np.isinf(view.pitch_sd).all()


def test_the_pitch_bears_a_hidden_foot():
    hidden = {n: p.copy() for n, p in STILL.items()}
    hidden["left_ankle"][20:40] = np.nan
    hidden["right_ankle"][20:40] = np.nan
    view = view_of(seen_body(hidden, Camera(pitch=10.0)))
    assert np.allclose(view.pitch, 10.0, atol=4.0)
    assert np.allclose(view.pitch_sd, PITCH_SD)


def test_the_pitch_bears_a_depth_that_is_wrong_while_a_pose_is_held():
    seconds = np.arange(600) / 30
    still = {n: np.tile(p, (600, 1)) for n, p in bodies.STANDING.items()}
    tracked = seen(seconds, still, Camera(pitch=10.0))
    wrong = (seconds > 12.0).astype(float)  # to the end: the last poses say no more
    feet = {"keypoint": ["left_ankle", "right_ankle"], "world_space": "z"}
    tracked["world_position"].loc[feet] += 0.25 * wrong[:, None, None]
    view = view_of(body_of(tracked))
    assert np.allclose(view.pitch, 10.0, atol=4.0)
    tracked["world_position"].loc[feet] += 0.25 * (1.0 - wrong[:, None, None])
    always = view_of(body_of(tracked))
    assert (np.abs(always.pitch - 10.0) > 10.0).all(), "the error is one"


def test_a_turn_of_the_body_is_a_camera_elsewhere():
    body = bodies.body(TIME, POINTS)
    turned = altered.turned(POINTS, 30.0)
    for name, place in seen_from(body, turned=30.0).points.items():
        assert np.allclose(place, turned[name])


def test_a_camera_that_leans_turns_the_picture():
    up = bodies.body(np.zeros(1), {"nose": np.array([[0.0, 1.0, 0.0]])})
    assert np.allclose(seen_from(up, roll=90.0)["nose"], [[-1.0, 0.0, 0.0]])
    assert np.allclose(seen_from(up, pitch=30.0)["nose"][0, 2], 0.5)


def test_laid_flat_has_no_depth_and_knows_its_quarter():
    body = seen_body(STILL, Camera(heading=100.0))
    flat = laid_flat(body)
    assert all((place[:, 2] == 0.0).all() for place in flat.points.values())
    assert all((sd[:, 2] == 0.0).all() for sd in flat.sd.values())
    assert np.allclose(flat.facing, 90.0)
    view = view_of(body)
    assert np.allclose(quarter(view) + askew(view), view.heading)


def test_a_limb_at_the_camera_points_towards_it():
    forward = {n: p.copy() for n, p in STILL.items()}
    for part, reach in (("elbow", 0.3), ("wrist", 0.55)):
        forward[f"left_{part}"] = forward["left_shoulder"] + [0.0, 0.0, reach]
    body = seen_body(forward, Camera(pitch=0.0))
    assert (towards_camera(body, "left_shoulder", "left_wrist") > 0.9).all()
    assert (towards_camera(body, "right_hip", "right_ankle") < 0.2).all()


@pytest.mark.parametrize(
    ("heading", "most", "least"), [(0.0, 1.0, 0.6), (90.0, 0.5, 0)]
)
def test_a_foot_is_judged_by_how_short_it_looks(heading, most, least):
    straight = {n: p.copy() for n, p in STILL.items()}
    heel = straight["left_heel"]
    straight["left_toe"] = heel + np.array([0.0, 0.0, 0.24])
    body = seen_body(straight, Camera(heading=heading, pitch=0.0))
    share = towards_camera(body, "left_heel", "left_toe")
    assert (share <= most).all()
    assert (share >= least).all()


def test_a_camera_that_is_held_upright_is_believed():
    assert roll_sd(seen_body(STILL, Camera())) == pytest.approx(ROLL_SD)


@pytest.mark.parametrize("roll", [-20.0, 20.0])
def test_a_tilted_camera_is_not(roll):
    upright = seen_body(STILL, Camera(pitch=0.0))
    assert 8.0 < roll_sd(seen_from(upright, roll=roll)) < 20.0


def test_from_where_the_dancer_was_seen_is_said_where_it_is_sure():
    heads = {0.0: 0, 15.0: 0, 45.0: None, 90.0: 1, -95.0: 1, 180.0: 2, 400.0: None}
    for heading, place in heads.items():
        view = view_of(seen_body(STILL, Camera(heading=heading, pitch=0.0)))
        assert seen_at(view, slice(10, 20)) == place


def test_from_where_nobody_was_seen_is_not_known():
    hidden = {n: p.copy() for n, p in STILL.items()}
    for name in ("left_hip", "left_shoulder"):
        hidden[name][:40] = np.nan
    view = view_of(seen_body(hidden, Camera()))
    assert seen_at(view, slice(0, 30)) is None
    assert seen_at(view, slice(50, 60)) == 0
