import numpy as np
import pytest
import xarray as xr

import bodies
from repetiteur.errors import InvalidPoses, MissingKeypoints
from repetiteur.model import poses as p
from repetiteur.model.skeletons import (
    KEYPOINTS,
    guess_mapping,
    mappings,
    other_side,
)

TIME, POINTS = bodies.moving_points(seconds=1.0)
POSES = bodies.poses(TIME, POINTS)


def test_old_plural_names_are_read():
    old = POSES.rename(keypoint="keypoints", individual="individuals")
    assert p.check_poses(old).identical(POSES)


def test_any_order_of_axes_is_read():
    turned = POSES.transpose("individual", "keypoint", "space", "time")
    assert p.check_poses(turned)["position"].dims == p.DIMS


def test_one_dancer_needs_no_axis():
    alone = POSES.isel(individual=0, drop=True)
    assert p.check_poses(alone).sizes["individual"] == 1


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (POSES.rename(position="place"), "variable 'position'"),
        (POSES.isel(time=[0, 2, 1]), "increase"),
        (POSES.isel(time=[]), "at least one frame"),
        (POSES.isel(keypoint=[0, 0]), "name of its own"),
        (
            POSES.assign(position=POSES["position"].where(POSES["time"] > 0.1, np.inf)),
            "beyond 1e\\+08",
        ),
        (POSES.isel(space=0, drop=True), "lacks"),
    ],
)
def test_says_what_breaks_the_convention(broken, says):
    with pytest.raises(InvalidPoses, match=says):
        p.check_poses(broken)


@pytest.mark.parametrize("shape", [(5,), (5, 4, 2), (5, 3, 2, 1, 1)])
def test_positions_have_a_shape(shape):
    with pytest.raises(InvalidPoses, match="shape"):
        p.make_poses(np.zeros(shape), time=np.arange(5.0), keypoints=["a", "b"])


def test_names_and_times_match_the_positions():
    with pytest.raises(InvalidPoses, match="one name"):
        p.make_poses(np.zeros((5, 3, 2)), time=np.arange(4.0), keypoints=["a", "b"])


def test_mirroring_twice_gives_the_poses_back():
    twice = p.mirrored(p.mirrored(POSES))
    assert list(twice["keypoint"].values) == list(POSES["keypoint"].values)
    xr.testing.assert_equal(twice["position"], POSES["position"])


def test_history_grows_and_the_argument_stays():
    out = p.log(p.log(POSES, "one"), "two")
    assert out.attrs["history"] == "one\ntwo"
    assert POSES.attrs["history"] == ""


def test_missing_keypoints_are_named_with_what_there_is():
    body = bodies.body(TIME, {"pelvis": POINTS["pelvis"]})
    with pytest.raises(MissingKeypoints, match=r"left_knee.*They have: pelvis"):
        body.need("a test", "left_knee")


def test_shared_keypoints_were_seen_in_both():
    hidden = dict(POINTS) | {"nose": np.full_like(POINTS["nose"], np.nan)}
    one, two = p.share_keypoints(
        bodies.body(TIME, hidden),
        bodies.body(TIME, {"nose": POINTS["nose"], "neck": POINTS["neck"]}),
    )
    assert set(one.points) == set(two.points) == {"neck"}


def test_every_mapping_leads_to_keypoints_on_both_sides():
    for name, entry in mappings().items():
        ours = {recipe.keypoint for recipe in entry}
        assert ours <= set(KEYPOINTS), name
        assert {other_side(keypoint) for keypoint in ours} == ours, name


def test_names_with_a_prefix_are_known():
    assert guess_mapping(["mixamorig:Hips", "mixamorig:LeftUpLeg"]) is None
    names = ["LeftUpLeg", "LeftLeg", "RightUpLeg", "RightLeg"]
    assert guess_mapping([f"mixamorig:{n}" for n in names]) == "biped"


def test_a_body_in_space_has_the_errors_of_its_poses():
    sd = 0.001 * np.arange(POSES["position"].size).reshape(POSES["position"].shape)
    body = p.body_of(POSES.assign(position_sd=(p.DIMS, sd)))
    assert set(body.sd) == set(body.points)
    at = [str(name) for name in POSES["keypoint"].to_numpy()].index("nose")
    np.testing.assert_array_equal(body.sd["nose"], sd[:, :, at, 0])
    assert body.space == "3d"
    assert dict(p.body_of(POSES).sd) == {}
