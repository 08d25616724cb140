"""The tracker's error model: what makes a point less certain."""

import numpy as np
import pytest

from repetiteur.errors import InvalidPoses
from repetiteur.model.poses import make_poses
from repetiteur.track.errors import conditions, error_model, part, with_errors

STANDING = {
    "nose": (500, 150), "left_shoulder": (560, 300), "right_shoulder": (440, 300),
    "left_elbow": (580, 480), "right_elbow": (420, 480),
    "left_wrist": (590, 630), "right_wrist": (410, 630),
    "left_hip": (540, 590), "right_hip": (460, 590),
    "left_knee": (540, 835), "right_knee": (460, 835),
    "left_ankle": (540, 1080), "right_ankle": (460, 1080),
}  # fmt: skip


def standing(*, frames=61, fps=60.0, scale=1.0, sway=0.0, confidence=1.0, **attrs):
    """Someone 1000 px tall, swaying sideways by so many pixels a second."""
    time = np.arange(frames) / fps
    place = scale * np.array(list(STANDING.values()), dtype=float).T
    place = np.repeat(place[np.newaxis], frames, axis=0)
    place[:, 0] += sway * time[:, np.newaxis]
    poses = make_poses(
        place,
        time=time,
        keypoints=list(STANDING),
        confidence=np.full((frames, len(STANDING)), confidence),
        source_software="repetiteur blazepose heavy",
    )
    size = {"image_width": round(1000 * scale), "image_height": round(1920 * scale)}
    return poses.assign_attrs(size | attrs)


def sd_of(poses, keypoint="left_knee", frame=30):
    found = with_errors(poses)["position_sd"].sel(keypoint=keypoint, space="x")
    return float(found.isel(time=frame, individual=0))


def test_every_point_seen_has_one():
    poses = standing()
    poses["position"][5, :, 3] = np.nan
    found = with_errors(poses)
    assert found["position_sd"].dims == poses["position"].dims
    assert (found["position_sd"].isnull() == poses["position"].isnull()).all()
    assert (found["position_sd"].to_numpy()[0] > 0.0).all()
    assert "position_sd" not in poses
    assert "as measured for repetiteur blazepose heavy" in found.attrs["history"]


def test_height_is_that_of_the_body():
    assert conditions(standing()).height == pytest.approx(1000.0, rel=0.05)
    assert conditions(standing(scale=0.25)).height == pytest.approx(250.0, rel=0.05)


def test_errors_grow_with_the_body_down_to_the_pixels():
    large, small, tiny = (sd_of(standing(scale=s)) for s in (2.0, 1.0, 0.02))
    floor = error_model("repetiteur blazepose heavy")[0].pixels
    assert np.sqrt(large**2 - floor**2) == pytest.approx(
        2.0 * np.sqrt(small**2 - floor**2)
    )
    assert tiny == pytest.approx(floor, rel=0.1)


@pytest.mark.parametrize(
    "worse",
    [{"confidence": 0.3}, {"sway": 400.0}, {"confidence": np.nan}],
    ids=["unsure", "fast", "unknown"],
)
def test_what_makes_it_worse(worse):
    assert sd_of(standing(**worse)) > 1.1 * sd_of(standing())


def test_near_the_border_and_beyond_it():
    inside, on, beyond = (
        sd_of(standing(image_height=h), "left_ankle") for h in (1920, 1080, 900)
    )
    assert inside < on < beyond
    knee = [sd_of(standing(image_height=h)) for h in (1920, 1080)]
    assert knee[0] == knee[1]


def test_filled_points_are_unsure():
    poses = standing()
    raw = poses["position"].copy()
    raw[30] = np.nan
    filled = poses.assign(raw_position=raw)
    assert sd_of(filled) > 1.5 * sd_of(filled, frame=29)
    assert sd_of(filled, frame=29) == sd_of(poses, frame=29)


def test_frame_rate_does_not_matter():
    slow, fast = (standing(frames=n, fps=n - 1.0, sway=300.0) for n in (31, 241))
    assert sd_of(slow, frame=15) == pytest.approx(sd_of(fast, frame=120), rel=1e-6)


def test_better_models_err_less():
    heavy, full, lite = (
        np.median(
            with_errors(
                standing(source_software=f"repetiteur blazepose {size}")
            )["position_sd"]
        )
        for size in ("heavy", "full", "lite")
    )  # fmt: skip
    assert heavy < full < lite


@pytest.mark.parametrize("software", ["openpose", ""])
def test_unknown_trackers_get_the_widest(software):
    found = with_errors(standing(source_software=software))
    lite = with_errors(standing(source_software="repetiteur blazepose lite"))
    assert (found["position_sd"] == lite["position_sd"]).all()
    assert "never measured" in found.attrs["history"]


def test_unknown_keypoints_get_the_widest_share():
    poses = standing().assign_coords(keypoint=[f"k{k}" for k in range(len(STANDING))])
    assert np.isfinite(with_errors(poses)["position_sd"]).all()
    assert part("right_big_toe") == "big_toe"


def test_one_frame_two_dancers_nobody():
    one = standing(frames=1)
    assert sd_of(one, frame=0) == pytest.approx(sd_of(standing()), rel=0.01)
    poses = standing()
    two = poses.reindex(individual=["dancer", "other"])
    found = with_errors(two)["position_sd"]
    assert found.sel(individual="other").isnull().all()
    np.testing.assert_array_equal(
        found.sel(individual="dancer"),
        with_errors(poses)["position_sd"].sel(individual="dancer"),
    )


def test_nothing_seen_is_nothing_known():
    poses = standing()
    nobody = poses.assign(position=poses["position"] * np.nan)
    assert with_errors(nobody)["position_sd"].isnull().all()
    del poses.attrs["image_width"], poses.attrs["image_height"]
    assert (with_errors(poses)["position_sd"] > 0.0).all()


def test_motion_files_have_no_tracker():
    poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    with pytest.raises(InvalidPoses, match="picture"):
        with_errors(poses)
