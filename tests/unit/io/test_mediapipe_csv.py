"""MediaPipe's landmarks: in space, in shares of the picture, in pixels."""

from __future__ import annotations

import numpy as np
import pytest

import tables
from repetiteur.errors import UnreadableRecording
from repetiteur.io.formats import read_poses

UPPER = [name.upper() for name in tables.LANDMARKS]
KEYS = ("left_hip", "right_knee", "left_toe", "right_hand")


def written(folder, text):
    path = folder / "landmarks.csv"
    path.write_text(text)
    return path


def world():
    """About the hips, y down, z away from the camera; (time, landmark, 3)."""
    place = tables.landmark_places()
    at = [tables.LANDMARKS.index(name) for name in ("left_hip", "right_hip")]
    return (place - place[:, at].mean(axis=1, keepdims=True)) * [1, -1, -1]


def shares():
    """In shares of a picture of 1000 x 500 pixels."""
    place = tables.landmark_places()
    x, y = 0.5 + 0.2 * place[..., 0], 0.9 - 0.4 * place[..., 1]
    return np.stack([x, y, -0.1 * place[..., 2]], axis=-1)


def expected(keys=KEYS):
    return tables.moving(keys)


@pytest.mark.parametrize(
    "names", [UPPER, [str(k) for k in range(33)]], ids=["words", "0"]
)
def test_world_landmarks_are_turned_upright(tmp_path, names):
    ends = ("x", "y", "z", "visibility")
    text = tables.wide(world(), names, ends=ends, more=["0.75"])
    if names[0] == "0":
        text = text.replace("visibility", "v")
        head = text.splitlines()[0].split(",")[1:]
        turned = [f"{end}{k}" for k, end in (cell.split("_") for cell in head)]
        text = ",".join(["frame", *turned]) + text[text.index("\n") :]
    poses = read_poses(written(tmp_path, text), fps=25)
    found = poses["position"].sel(keypoint=list(KEYS))[..., 0].transpose("time", ...)
    apart = np.diff(found, axis=2)
    np.testing.assert_allclose(
        apart, np.diff(expected().transpose(0, 2, 1), axis=2), atol=1e-5
    )
    np.testing.assert_allclose(poses["confidence"], 0.75)
    assert "warning: MediaPipe's world landmarks" in poses.attrs["history"]
    head, hip = (
        poses["position"].sel(keypoint=k, space="y")[0].item()
        for k in ("nose", "left_hip")
    )
    assert head - hip > 0.5


def test_shares_of_the_picture_need_its_size(tmp_path):
    with pytest.raises(UnreadableRecording, match="image_width"):
        read_poses(written(tmp_path, tables.wide(shares(), UPPER)), fps=25)


def test_shares_of_the_picture_with_its_size_become_pixels(tmp_path):
    lines = tables.wide(shares(), UPPER).splitlines()
    sized = [
        lines[0] + ",image_width,image_height",
        *(f"{r},1000,500" for r in lines[1:]),
    ]
    poses = read_poses(written(tmp_path, "\n".join(sized) + "\n"), fps=25)
    assert poses.sizes["space"] == 2
    hip = shares()[:, tables.LANDMARKS.index("left_hip"), :2] * [1000, 500]
    found = poses["position"].sel(keypoint="left_hip")[..., 0]
    np.testing.assert_allclose(found, hip, atol=1e-3)
    assert poses.attrs["image_width"] == 1000
    assert "depth left out" in poses.attrs["history"]


def test_pixels_stay_pixels(tmp_path):
    flat = shares()[..., :2] * [1000, 500]
    text = tables.wide(flat, UPPER, ends=("x", "y"))
    poses = read_poses(written(tmp_path, text), fps=25)
    assert poses.sizes["space"] == 2
    assert "image landmarks, pixels" in poses.attrs["history"]


def test_positions_in_space_under_the_same_names(tmp_path):
    place = 1000 * tables.z_up(tables.landmark_places())
    poses = read_poses(written(tmp_path, tables.wide(place, UPPER)), fps=25)
    assert "taken as positions in space" in poses.attrs["history"]
    assert "up axis: z, found" in poses.attrs["history"]


@pytest.mark.parametrize("key", ["landmark", "landmark_name"])
def test_a_row_a_landmark_with_times_in_milliseconds(tmp_path, key):
    lines = [f"frame,timestamp_ms,{key},x,y,z,visibility"]
    for k, frame in enumerate(world()):
        for j, (name, where) in enumerate(zip(UPPER, frame, strict=True)):
            label = j if key == "landmark" else name
            lines.append(tables.row([k, 40 * k, label, *where, 0.9], ","))
    poses = read_poses(written(tmp_path, "\n".join(lines) + "\n"))
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) * 0.04)
    assert poses["position"].sel(keypoint="left_heel").notnull().all()
    np.testing.assert_allclose(poses["confidence"], 0.9)
