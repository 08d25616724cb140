"""The error models of motion files."""

import numpy as np
import pytest

import bodies
from repetiteur.clean.gaps import fill_gaps
from repetiteur.clean.instruments import (
    instrument,
    instruments,
    with_instrument_errors,
)
from repetiteur.errors import InvalidPoses
from repetiteur.model.poses import body_of, make_poses
from repetiteur.model.skeletons import KEYPOINTS


@pytest.fixture
def moving():
    return bodies.poses(*bodies.moving_points(), source_software="C3D")


def sd_of(poses, keypoint):
    return poses["position_sd"].sel(keypoint=keypoint).to_numpy()[..., 0]


def test_every_instrument_says_where_its_numbers_come_from():
    for found in instruments().values():
        assert found.evidence in {"A", "B", "C"}, found.name
        assert len(found.source) > 20, found.name
        assert all(0.0 <= found.bias_of(name) < 0.1 for name in KEYPOINTS), found.name
        assert all(word == word.lower() for word in found.said_as), found.name


@pytest.mark.parametrize(
    ("software", "name"),
    [
        ("BVH", "skeleton"),
        ("repetiteur synthetic", "none"),
        ("DeepMimic", "none"),
        ("C3D", "markers"),
        ("Qualisys", "markers"),
        ("OptiTrack Motive", "markers"),
        ("Xsens MVN", "suit"),
        ("Pose2Sim TRC", "cameras"),
        ("MediaPipe", "one camera"),
        ("something else", "skeleton"),
        ("", "skeleton"),
    ],
)
def test_found_by_what_the_file_says(software, name):
    found, line = instrument(software)
    assert found.name == name
    assert f"'{name}'" in line


def test_markers_on_feet_are_surer_than_hips(moving):
    known = with_instrument_errors(moving)
    hip, toe = sd_of(known, "left_hip"), sd_of(known, "left_toe")
    assert hip == pytest.approx(np.full(hip.shape, 0.012), rel=1e-3)
    assert toe == pytest.approx(np.full(toe.shape, 0.005), rel=1e-3)
    assert "position_sd" not in moving
    assert body_of(known).sd["left_hip"].shape == (len(hip), 3)


def test_jitter_is_what_the_recording_shows(rng):
    time, points = bodies.moving_points()
    shaken = {n: p + rng.normal(0.0, 0.004, p.shape) for n, p in points.items()}
    drawn = bodies.poses(time, shaken, source_software="repetiteur synthetic")
    known = with_instrument_errors(drawn)
    # A synthetic dancer has no bias: the rest is jitter.
    assert known["position_sd"].median() == pytest.approx(0.004, rel=0.05)
    assert "jitter 4 mm" in known.attrs["history"]
    assert "bias 0 mm" in known.attrs["history"]


def test_a_person_may_know_better(moving):
    known = with_instrument_errors(moving, source="suit")
    assert sd_of(known, "left_toe") == pytest.approx(0.015, rel=1e-3)
    assert "'suit' because it was asked for" in known.attrs["history"]


def test_missing_has_no_error(moving):
    moving["position"][10:20, :, 3] = np.nan
    known = with_instrument_errors(moving)
    np.testing.assert_array_equal(
        np.isnan(known["position_sd"]), np.isnan(moving["position"])
    )


@pytest.mark.parametrize("frames", [3, 9])
def test_filled_samples_are_less_sure(frames):
    """Parabolas: what the straight line misses is known exactly."""
    time = np.arange(201) / 100.0
    place = np.zeros((201, 3, 2))
    place[:, 1, :] = 4.0 * (time[:, np.newaxis] - 1.0) ** 2
    place[100 : 100 + frames, :, 1] = np.nan
    poses = make_poses(place, time=time, keypoints=["left_toe", "right_toe"])
    known = with_instrument_errors(fill_gaps(poses), source="none")
    assert sd_of(known, "left_toe").max() < 1e-12
    sd = sd_of(known, "right_toe")[:, 1]
    filled = slice(100, 100 + frames)
    assert np.delete(sd, np.r_[filled]).max() < 1e-12
    # Half the acceleration along y times the ways to both ends, shared by three axes.
    before = (np.arange(frames) + 1) / 100.0
    behind = before[::-1]
    line = 0.5 * 8.0 * before * behind / np.sqrt(3.0)
    assert sd[filled] == pytest.approx(line, rel=0.25)


def test_raw_positions_say_what_was_filled(moving):
    raw = moving["position"].copy(deep=True)
    raw[50:55, :, 2] = np.nan
    known = with_instrument_errors(moving.assign(raw_position=raw))
    sd = known["position_sd"].to_numpy()[:, 0, 2, 0]
    assert (sd[50:55] > sd[49]).all()
    assert (np.delete(sd, np.r_[50:55]) == sd[49]).all()


def test_a_gap_that_nothing_bounds_has_no_error(moving):
    raw = moving["position"].copy(deep=True)
    raw[:4, :, 2] = np.nan
    known = with_instrument_errors(moving.assign(raw_position=raw))
    assert np.isnan(known["position_sd"].to_numpy()[:4, :, 2]).all()
    assert np.isfinite(known["position_sd"].to_numpy()[4:]).all()


def test_short_recordings_have_no_jitter():
    time, points = bodies.moving_points(seconds=0.1)
    known = with_instrument_errors(bodies.poses(time, points, source_software="C3D"))
    assert (known["position_sd"].sel(keypoint="left_toe") == 0.005).all()


def test_refusals(moving):
    with pytest.raises(InvalidPoses, match="markers"):
        with_instrument_errors(moving, source="sonar")
    flat = make_poses(np.zeros((3, 2, 1)), time=[0.0, 1.0, 2.0], keypoints=["nose"])
    with pytest.raises(InvalidPoses, match="in space"):
        with_instrument_errors(flat)
