"""OpenPose's folders: frames by name, people by place, and what is broken in them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io import openpose
from repetiteur.io._layouts import OPENPOSE_LAYOUTS
from repetiteur.io.formats import read_poses

NAMES = list(OPENPOSE_LAYOUTS[25].names)


def person(x=0.0, points=25, **more):
    flat = [v for k in range(points) for v in (100.0 + x + k, 200.0 + 3 * k, 0.5)]
    return {"person_id": [-1], "pose_keypoints_2d": flat} | more


def write(folder, frames, name="solo"):
    for frame, people in frames.items():
        path = folder / f"{name}_{frame:012d}_keypoints.json"
        path.write_text(json.dumps({"version": 1.3, "people": people}))
    return folder


def x_of(poses, name, dancer=0):
    return poses["position"].sel(keypoint=name, space="x").to_numpy()[:, dancer]


def test_a_folder_is_a_recording(tmp_path):
    (tmp_path / "notes.txt").write_text("rehearsal")
    write(tmp_path, {k: [person(2.0 * k)] for k in range(3)})
    poses = read_poses(tmp_path, fps=25)
    np.testing.assert_array_equal(poses["time"], [0.0, 0.04, 0.08])
    np.testing.assert_array_equal(x_of(poses, "nose"), [100.0, 102.0, 104.0])
    knee = NAMES.index("LKnee")
    np.testing.assert_array_equal(
        x_of(poses, "left_knee"), 100.0 + knee + 2 * np.arange(3)
    )
    np.testing.assert_array_equal(x_of(poses, "pelvis"), 108.0 + 2 * np.arange(3))
    assert poses["space"].to_numpy().tolist() == ["x", "y"]
    assert (poses["confidence"] == 0.5).all()
    assert poses.attrs["source_software"] == "OpenPose"
    assert "taken as BODY_25" in poses.attrs["history"]
    assert "LSmallToe" in poses["keypoint"].to_numpy()


def test_frames_that_are_not_there_are_missing(tmp_path):
    write(tmp_path, {10: [person()], 12: [], 13: [person(1.0)]})
    poses = read_poses(tmp_path, fps=50)
    assert poses.sizes["time"] == 4
    assert np.isnan(x_of(poses, "nose")).tolist() == [False, True, True, False]


def test_a_point_of_no_confidence_was_not_seen(tmp_path):
    lost = person()
    lost["pose_keypoints_2d"][:3] = [0.0, 0.0, 0.0]
    write(tmp_path, {0: [lost], 1: [person()]})
    poses = read_poses(tmp_path, fps=50)
    assert np.isnan(x_of(poses, "nose")).tolist() == [True, False]
    assert np.isnan(poses["confidence"].sel(keypoint="nose")[0]).all()


def test_people_are_followed(tmp_path):
    two = {k: [person(), person(500.0)][:: 1 if k % 2 else -1] for k in range(6)}
    poses = read_poses(write(tmp_path, two), fps=25)
    assert poses.sizes["individual"] == 2
    assert np.ptp(x_of(poses, "nose", 0)) == np.ptp(x_of(poses, "nose", 1)) == 0.0
    assert "followed by where they are" in poses.attrs["history"]


def test_people_that_openpose_follows_keep_its_names(tmp_path):
    two = {
        k: [person(person_id=[4]), person(500.0, person_id=[k % 2])] for k in range(2)
    }
    two = {k: [p | {"person_id": [who]} for p, who in zip(v, (k % 2, 1 - k % 2),
           strict=True)] for k, v in two.items()}  # fmt: skip
    poses = read_poses(write(tmp_path, two), fps=25)
    assert "told apart by the file" in poses.attrs["history"]
    assert np.ptp(x_of(poses, "nose", 0)) == 500.0


@pytest.mark.parametrize("count", OPENPOSE_LAYOUTS)
def test_all_its_models(tmp_path, count):
    poses = read_poses(write(tmp_path, {0: [person(points=count)]}), fps=25)
    names = OPENPOSE_LAYOUTS[count].names
    for ours, theirs in (("left_hip", "LHip"), ("right_ankle", "RAnkle")):
        assert x_of(poses, ours)[0] == 100.0 + names[theirs]
    assert poses.sizes["keypoint"] <= 28


def test_hands_give_their_knuckle(tmp_path):
    hand = {
        "hand_left_keypoints_2d": [7.0, 8.0, 0.9] * 21,
        "hand_right_keypoints_2d": [],
    }
    poses = read_poses(write(tmp_path, {0: [person(**hand)]}), fps=25)
    assert x_of(poses, "left_hand")[0] == 7.0
    assert np.isnan(x_of(poses, "right_hand")[0])


def test_old_files_and_single_ones(tmp_path):
    path = tmp_path / "photo.json"
    old = {"version": 1.0, "people": [{"pose_keypoints": person(points=18)[
        "pose_keypoints_2d"]}]}  # fmt: skip
    path.write_text(json.dumps(old))
    assert read_poses(path, fps=25).sizes["time"] == 1


def test_positions_in_space_are_turned_upright(tmp_path):
    standing = np.zeros((25, 4))
    # OpenPose's camera: y down, z away from it.
    places = {"MidHip": (0, 0, 3), "Neck": (0, -0.5, 3), "LAnkle": (0.1, 0.85, 3),
              "RAnkle": (-0.1, 0.85, 3), "LHip": (0.1, 0, 3), "RHip": (-0.1, 0, 3),
              "LKnee": (0.1, 0.4, 2.9), "RKnee": (-0.1, 0.4, 2.9)}  # fmt: skip
    for name, place in places.items():
        standing[NAMES.index(name)] = [*place, 1.0]
    both = person(pose_keypoints_3d=standing.ravel().tolist())
    poses = read_poses(write(tmp_path, {0: [both], 1: [both]}), fps=25)
    at = poses["position"].isel(time=0, individual=0)
    assert at.sel(keypoint="neck", space="y") == pytest.approx(1.35)
    assert at.sel(keypoint="left_hip", space="x") == pytest.approx(0.1)
    forward = at.sel(keypoint="left_knee") - at.sel(keypoint="left_ankle")
    assert forward.sel(space="z") == pytest.approx(0.1)
    assert np.isnan(at.sel(keypoint="nose")).all()


def test_no_times_ask_for_a_rate(tmp_path):
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(write(tmp_path, {0: [person()], 1: [person()]}))


def test_nobody(tmp_path):
    with pytest.raises(UnreadableRecording, match="shows anybody"):
        read_poses(write(tmp_path, {0: [], 1: []}), fps=25)


def test_two_recordings_or_two_files_of_a_frame(tmp_path):
    write(tmp_path, {0: [person()]})
    (tmp_path / "solo_0_keypoints.json").write_text("{}")
    with pytest.raises(DamagedFile, match="the same number"):
        read_poses(tmp_path, fps=25)
    write(tmp_path, {0: [person()]}, name="pas de deux")
    with pytest.raises(UnreadableRecording, match="of one recording"):
        read_poses(tmp_path, fps=25)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"version": 1.3, "people": [', "cut short"),
        ("[]", "no list of people"),
        ('{"people": {}}', "no list of people"),
        ('{"people": [7]}', "no objects"),
        ('{"people": [{"pose_keypoints_2d": "abc"}]}', "pose_keypoints of"),
        ('{"people": [{"pose_keypoints_2d": [1, 2]}]}', "pose_keypoints of"),
        ('{"people": [{"pose_keypoints_2d": [1, 2, "3"]}]}', "pose_keypoints of"),
        (json.dumps({"people": [person(points=18)]}), "18 points, and other frames 25"),
    ],
)
def test_a_broken_frame_is_named(tmp_path, content, said):
    write(tmp_path, {0: [person()]})
    (tmp_path / "solo_000000000001_keypoints.json").write_text(content)
    with pytest.raises(DamagedFile, match=said) as caught:
        read_poses(tmp_path, fps=25)
    assert "solo_000000000001" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_points_of_no_known_model(tmp_path):
    with pytest.raises(UnreadableRecording, match=r"known where they are 15, 18"):
        read_poses(write(tmp_path, {0: [person(points=70)]}), fps=25)


def test_bounds(tmp_path, monkeypatch):
    write(tmp_path, {k: [person()] for k in range(4)})
    monkeypatch.setattr(openpose, "_MAX_FILES", 3)
    with pytest.raises(DamagedFile, match="more than 3 files"):
        read_poses(tmp_path, fps=25)
    monkeypatch.setattr(openpose, "_MAX_FILES", 4)
    monkeypatch.setattr(openpose, "_MAX_BYTES", 100)
    with pytest.raises(DamagedFile, match="GiB"):
        read_poses(tmp_path, fps=25)
    monkeypatch.setattr(openpose, "_MAX_BYTES", 1 << 20)
    monkeypatch.setattr(openpose, "_MAX_PEOPLE", 2)
    with pytest.raises(DamagedFile, match="too many"):
        read_poses(tmp_path, fps=25)


def test_other_folders_are_none_of_its(tmp_path):
    (tmp_path / "take.json").write_text("{}")
    with pytest.raises(UnreadableRecording, match="folder"):
        read_poses(tmp_path)
    with pytest.raises(UnknownFormat):
        read_poses(tmp_path / "take.json")
