"""Bodies that a picture leaves open: alike in it, and as unsure as the tracker is."""

import numpy as np
import pytest

import bodies
from projecting import Camera, seen
from repetiteur.kinematics.directions import heading
from repetiteur.kinematics.left_open import left_open
from repetiteur.kinematics.view import HEADING_SD, PITCH_SD
from repetiteur.model.poses import body_of

STILL = {n: np.tile(p, (30, 1)) for n, p in bodies.STANDING.items()}
SECONDS = np.arange(30) / 30


def seen_body(**camera):
    return body_of(seen(SECONDS, STILL, Camera(**{"distance": 5.5, **camera})))


def both(body, count=200, **more):
    flat, upright = zip(*left_open(body, count=count, **more), strict=True)
    return flat, upright


def test_they_look_alike():
    body = seen_body(pitch=0.0)
    flat, upright = both(body)
    knee = np.stack([one["left_knee"] for one in flat])
    assert (knee[..., 2] == 0.0).all()
    off = np.sqrt(np.mean((knee - body["left_knee"]) ** 2, axis=(0, 1)))
    assert off[:2] == pytest.approx(body.sd["left_knee"][0, :2], rel=0.15)
    assert {one.space for one in flat} == {"2d"}
    assert {one.space for one in upright} == {"3d"}


def test_half_of_an_error_in_the_picture_stays():
    body = seen_body(pitch=0.0)
    x = np.stack([one["left_knee"][:, 0] for one in both(body)[0]])
    apart = np.corrcoef(x[:, 0], x[:, -1])[0, 1]
    assert 0.5 < apart < 0.8  # a second later


def test_depths_are_wrong_bone_by_bone():
    body = seen_body(pitch=0.0)
    _, upright = both(body, count=400)
    thighs = [one["left_knee"] - one["left_hip"] for one in upright]
    off = np.array([thigh[0, 2] / np.linalg.norm(thigh[0]) for thigh in thighs])
    assert 0.15 < off.std() < 0.35


def test_each_limb_points_the_other_way_in_a_tenth():
    forward = {n: p.copy() for n, p in STILL.items()}
    for name, far in (("left_elbow", 0.3), ("left_wrist", 0.6)):
        forward[name][:, 2] += far
    body = body_of(seen(SECONDS, forward, Camera(distance=5.5, pitch=0.0)))
    _, upright = both(body, count=100)
    away = np.array([one["left_wrist"] - one["left_shoulder"] for one in upright])
    assert (away[:, 0, 2] < -0.3).sum() == 10
    assert (away[:, 0, 2] > 0.0).sum() >= 89
    other = np.array([one["right_wrist"] - one["right_shoulder"] for one in upright])
    assert not ((away[:, 0, 2] < -0.3) & (other[:, 0, 2] < -0.3)).any()


def test_a_limb_that_is_not_there_points_nowhere():
    points = {n: p for n, p in STILL.items() if not n.startswith("left_")}
    points |= {n: p for n, p in STILL.items() if n in ("left_hip", "left_ankle")}
    for _, upright in left_open(body_of(seen(SECONDS, points, Camera())), count=10):
        assert upright.points.keys() <= points.keys()
        assert np.isfinite(upright["left_ankle"]).all()


def test_the_heading_is_as_unsure_as_it_is_said_to_be():
    _, upright = both(seen_body(pitch=0.0), count=400)
    faces = np.array([heading(one)[0] for one in upright])
    assert faces.std() == pytest.approx(HEADING_SD, rel=0.25)
    assert abs(faces.mean()) < 2.0


@pytest.mark.parametrize("pitch", [0.0, 15.0])
def test_who_stands_upright_stands_upright_whatever_the_camera_does(pitch):
    _, upright = both(seen_body(pitch=pitch), count=400)
    trunks = [one.middle("shoulder")[0] - one.middle("hip")[0] for one in upright]
    lean = np.degrees(np.arctan2(*np.array(trunks)[:, [2, 1]].T))
    assert abs(np.median(lean)) < 4.0
    assert lean.std() > PITCH_SD


def test_one_seed_gives_the_same_bodies():
    body = seen_body()
    once, again, other = (
        both(body, count=2, seed=seed)[1][1]["left_wrist"] for seed in (1, 1, 2)
    )
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_what_was_not_seen_is_not_made_up():
    tracked = seen(SECONDS, STILL, Camera())
    for name in ("position", "world_position"):
        tracked[name].loc[{"keypoint": "left_wrist"}] = np.nan
    for flat, upright in left_open(body_of(tracked), count=3):
        assert np.isnan(flat["left_wrist"]).all()
        assert np.isnan(upright["left_wrist"]).all()
        assert np.isfinite(upright["left_elbow"]).all()
