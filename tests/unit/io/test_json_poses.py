"""Poses as JSON of our own: the identity, and files that somebody changed."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr

import bodies
from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses, with_tracked


def changed(path, **parts):
    content = json.loads(path.read_text(encoding="utf-8"))
    for name, value in parts.items():
        if value is None:
            del content[name]
        else:
            content[name] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def written(gappy, tmp_path):
    write_poses(gappy, tmp_path / "take.json")
    return tmp_path / "take.json"


def test_everything_comes_back_bit_for_bit(gappy, written):
    again = read_poses(written)
    xr.testing.assert_identical(again, gappy)
    for name in ("position", "confidence"):
        assert again[name].to_numpy().tobytes() == gappy[name].to_numpy().tobytes()
    assert again["time"].to_numpy().tobytes() == gappy["time"].to_numpy().tobytes()
    again_path = written.with_name("again.json")
    write_poses(again, again_path)
    assert again_path.read_bytes() == written.read_bytes()


def test_half_missing_points_and_odd_numbers_come_back(tmp_path):
    place = np.array([[[5e-324], [-0.0], [np.nan]], [[0.1 + 0.2], [1e8], [1 / 3]]])
    poses = make_poses(place, time=[0.0, 1e-9], keypoints=["ünd"])
    write_poses(poses, tmp_path / "a.json")
    again = read_poses(tmp_path / "a.json")
    found, given = again["position"].to_numpy(), poses["position"].to_numpy()
    assert np.array_equal(np.signbit(found), np.signbit(given))
    np.testing.assert_array_equal(found, given)


def test_what_a_tracker_adds_comes_back(tmp_path, rng):
    poses = with_tracked(
        make_poses(
            rng.uniform(0, 99, (4, 2, 1)), time=np.arange(4), keypoints=["nose"]
        ),
        image_size=(640, 480),
        world_position=rng.normal(size=(4, 3, 1)),
        position_sd=rng.uniform(1, 2, (4, 2, 1)),
    )
    write_poses(poses, tmp_path / "seen.json")
    xr.testing.assert_identical(
        read_poses(tmp_path / "seen.json"), poses.assign_attrs(source_file="seen.json")
    )


def test_it_is_json_that_others_read(gappy, written):
    content = json.loads(written.read_text(encoding="utf-8"))
    assert content["schema"] == "repetiteur.poses/1"
    assert content["position"][1][0][0][1] is None
    assert content["position"][0][2][1][0] == gappy["position"][0, 2, 1, 0]
    assert content["individual"] == ["Anna", "Benoît"]
    assert "NaN" not in written.read_text(encoding="utf-8")


@pytest.mark.parametrize("attrs", [{"a": {"b": 1}}, {"a": np.nan}, {"a": [[1, 2]]}])
def test_what_json_does_not_hold(gappy, tmp_path, attrs):
    with pytest.raises(InvalidPoses, match="need"):
        write_poses(gappy.assign_attrs(attrs), tmp_path / "a.json")
    assert not (tmp_path / "a.json").exists()


def test_infinite_confidence_is_not_written(gappy, tmp_path):
    with pytest.raises(InvalidPoses, match="infinite"):
        write_poses(
            gappy.assign(confidence=gappy["confidence"] * np.inf), tmp_path / "a.json"
        )


@pytest.mark.parametrize(
    "parts",
    [
        {"time": None},
        {"position": None, "confidence": None, "time": ["0"]},
        {"position": [1, 2]},
        {"position": "gone"},
        {"time": [0.0, 1.0]},
        {"keypoint": ["pelvis"]},
        {"keypoint": [1, 2]},
        {"keypoint": {}},
        {"confidence": [[[2]]]},
        {"individual": ["Anna", None]},
        {"attrs": []},
        {"attrs": {"a": {}}},
        {"attrs": {"a": None}},
        {"attrs": {"a": True}},
        {"attrs": {"a": []}},
        {"attrs": {"a": [[1], [2]]}},
        {"attrs": {"a": [1, None]}},
        {"attrs": {"a": ["x"]}},
    ],
)
def test_parts_that_do_not_fit(written, parts):
    with pytest.raises(DamagedFile, match="which fit together") as caught:
        read_poses(changed(written, **parts))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"position": None}, "variable 'position'"),
        ({"keypoint": ["pelvis", "pelvis"]}, "name of its own"),
        ({"time": [0, 1, 1, 2, 3]}, "increase"),
        ({"time": [0, 1, None, 2, 3]}, "increase"),
        ({"space": ["x", "y", "w"]}, "axes x, y"),
        ({"schema": "repetiteur.poses/2"}, "needs? the schema"),
    ],
)
def test_poses_that_are_none(written, parts, said):
    with pytest.raises(UnreadableRecording, match=said):
        read_poses(changed(written, **parts))


def test_what_is_given_counts(tmp_path):
    time, points = bodies.moving_points(seconds=0.2)
    poses = bodies.poses(time, points)
    write_poses(poses, tmp_path / "a.json")
    again = read_poses(tmp_path / "a.json", unit="cm", fps=50, mapping="identity")
    knee = again["position"].sel(keypoint="left_knee", individual="dancer").to_numpy()
    np.testing.assert_allclose(knee, 0.01 * points["left_knee"])
    assert again["time"][1] == 0.02
    assert "50 Hz, given" in again.attrs["history"]


def test_frame_numbers_alone_need_a_rate(written):
    changed(written, attrs={"time_unit": "frames"})
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(written)
    assert read_poses(written, fps=25)["time"][1] == 0.04
