import numpy as np
import pytest
import xarray as xr

import bodies
from projecting import UNSEEN, Camera, seen
from repetiteur.errors import InvalidPoses
from repetiteur.model import poses as p
from repetiteur.model.seen import metres_per_pixel

TIME, POINTS = bodies.moving_points(seconds=2.0)
FAR = Camera(distance=60.0, focal=20000.0, pitch=0.0)
POSES = seen(TIME, POINTS, FAR)


def test_a_seen_body_is_the_body_where_perspective_has_no_part():
    body = p.body_of(POSES)
    assert body.space == "2d"
    for name in ("left_wrist", "right_ankle", "nose"):
        true = POINTS[name] - POINTS["left_hip"]
        assert np.allclose(body[name] - body["left_hip"], true, atol=0.02)


def test_errors_are_in_metres_and_the_depth_is_the_least_sure():
    body = p.body_of(POSES)
    tall = np.ptp(POSES["position"].to_numpy()[:, 1], axis=1).max() / 20000.0 * 60.0
    sd = body.sd["left_knee"]
    assert np.allclose(sd[:, :2], FAR.said * tall, rtol=0.03)
    assert (sd[:, 2] > 5.0 * sd[:, 0]).all()


def test_points_that_a_tracker_lacks_are_lacking():
    assert not p.body_of(POSES).has(*UNSEEN)


def test_mirrored_poses_are_the_mirrored_body():
    one = p.body_of(p.mirrored(POSES))
    other = p.body_of(POSES).mirrored()
    assert set(one.points) == set(other.points)
    for name, place in other.points.items():
        assert np.allclose(one[name], place, atol=1e-9), name
        assert np.allclose(one.sd[name], other.sd[name]), name


def test_mirroring_twice_gives_all_of_it_back():
    with_raw = POSES.assign(raw_position=POSES["position"] + 1.0)
    twice = p.mirrored(p.mirrored(with_raw))
    for name in ("position", "raw_position", "world_position", "position_sd"):
        xr.testing.assert_allclose(twice[name], with_raw[name])


def test_sharing_keypoints_keeps_their_errors():
    body = p.body_of(POSES)
    one, _ = p.share_keypoints(body, body.only("left_knee", "left_hip"))
    assert set(one.points) == set(one.sd) == {"left_knee", "left_hip"}
    assert one.space == "2d"


@pytest.mark.parametrize("lacking", ["world_position", "position_sd"])
def test_says_what_a_picture_alone_does_not_tell(lacking):
    with pytest.raises(InvalidPoses, match=f"{lacking} to be measured"):
        p.body_of(POSES.drop_vars(lacking))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (
            POSES.assign(position_sd=POSES["position_sd"].isel(space=0, drop=True)),
            "position_sd needs the axes",
        ),
        (POSES.isel(world_space=[0, 1]), "world_position needs the axes"),
        (POSES.assign_attrs(image_width="wide"), "attribute image_width"),
        (POSES.assign_attrs(image_height=0), "attribute image_height"),
        (
            POSES.assign(world_position=POSES["world_position"] * np.inf),
            "beyond 1e\\+08",
        ),
    ],
)
def test_says_what_breaks_tracked_poses(broken, says):
    with pytest.raises(InvalidPoses, match=says):
        p.check_poses(broken)


def test_tracked_poses_in_any_order_of_axes():
    turned = POSES.transpose("individual", "keypoint", "world_space", "space", "time")
    assert p.check_poses(turned)["world_position"].dims == p.WORLD_DIMS
    xr.testing.assert_identical(p.check_poses(turned), POSES)


def test_what_a_tracker_adds_has_the_shape_of_the_poses():
    with pytest.raises(InvalidPoses, match="world_position needs the shape"):
        p.with_tracked(POSES, image_size=(10, 10), world_position=np.zeros((1, 3, 1)))


def test_the_scale_follows_a_dancer_who_comes_nearer_and_no_slip():
    time = np.arange(180) / 60
    world = np.tile(
        np.array([[0.0, 0.3, -0.3], [0.0, 0.8, -0.9], [0, 0, 0]]), (180, 1, 1)
    )
    nearer = np.linspace(200.0, 260.0, 180)
    picture = world[:, :2] * nearer[:, None, None]
    picture[90:93] *= 3.0
    picture[10:14] = np.nan
    found = metres_per_pixel(picture, world, time)
    assert np.allclose(found, 1.0 / nearer, rtol=0.05)


def test_the_scale_of_nothing_is_not_known():
    none = np.full((4, 2, 3), np.nan)
    assert np.isnan(metres_per_pixel(none, np.zeros((4, 3, 3)), np.arange(4.0))).all()
