"""DeepMimic's clips: a body posed by hand, real dancers, and broken files."""

from __future__ import annotations

import json

import numpy as np
import pytest

from repetiteur.errors import DamagedFile
from repetiteur.io.formats import read_poses

# dt, root, and where the rotations of a joint begin
PELVIS, RIGHT_HIP, RIGHT_KNEE, LEFT_HIP, LEFT_ELBOW = 4, 16, 20, 30, 43
STILL = [0.02, 0.0, 0.8814, 0.0, *4 * [1.0, 0.0, 0.0, 0.0]]
STILL += [0.0, *2 * [1.0, 0.0, 0.0, 0.0], 0.0, 1.0, 0.0, 0.0, 0.0]
STILL += [0.0, *2 * [1.0, 0.0, 0.0, 0.0], 0.0]


def write(path, frames, **parts):
    path.write_text(json.dumps({"Loop": "none", "Frames": frames} | parts))
    return path


def frame(**changes):
    values = list(STILL)
    for place, numbers in changes.values():
        values[place : place + len(numbers)] = numbers
    return values


def quarter(x, y, z):
    return [np.sqrt(0.5), *(np.sqrt(0.5) * np.array([x, y, z]))]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "humanoid3d_test.txt"


def place(poses, name, at=0):
    return poses["position"].sel(keypoint=name).to_numpy()[at, :, 0]


def test_standing_faces_the_audience(path):
    assert len(STILL) == 44
    poses = read_poses(write(path, [STILL, STILL]))
    assert place(poses, "left_hip")[0] > 0.08
    assert place(poses, "right_shoulder")[0] < -0.18
    assert place(poses, "left_toe")[2] > place(poses, "left_heel")[2] + 0.17
    assert abs(place(poses, "left_toe")[1]) < 1e-3
    np.testing.assert_allclose(place(poses, "head_top"), [0.0, 1.6189, 0.0], atol=1e-3)
    history = poses.attrs["history"]
    assert "floor: as in the file" in history
    assert "lengths those of DeepMimic's humanoid" in history
    assert "turned by -90° about y" in history


def test_a_knee_bends_backwards_and_an_elbow_forwards(path):
    bent = frame(knee=(RIGHT_KNEE, [-np.pi / 2]), elbow=(LEFT_ELBOW, [np.pi / 2]))
    poses = read_poses(write(path, [STILL, bent]))
    shin = place(poses, "right_ankle", 1) - place(poses, "right_knee", 1)
    np.testing.assert_allclose(shin, [0.0, 0.0, -0.40987], atol=1e-9)
    arm = place(poses, "left_wrist", 1) - place(poses, "left_elbow", 1)
    np.testing.assert_allclose(arm, [0.0, 0.0, 0.258947], atol=1e-9)
    still = place(poses, "left_ankle", 1) - place(poses, "left_ankle")
    np.testing.assert_allclose(still, 0.0, atol=1e-9)


def test_quaternions_have_the_real_part_first(path):
    # A quarter turn about the vertical takes the front from x to -z, its left to x.
    turned = frame(pelvis=(PELVIS, quarter(0, 1, 0)))
    poses = read_poses(write(path, [STILL, turned]))
    np.testing.assert_allclose(
        place(poses, "left_hip", 1), [0, 0.8814, -0.0849], atol=1e-3
    )
    # The left leg to the dancer's left, about x.
    raised = frame(hip=(LEFT_HIP, quarter(1, 0, 0)))
    poses = read_poses(write(path, [STILL, STILL, raised]))
    leg = place(poses, "left_ankle", 2) - place(poses, "left_hip", 2)
    np.testing.assert_allclose(leg, [0.831416, 0.0, 0.0], atol=1e-9)


def test_times_are_sums_of_the_lengths_of_frames(path):
    frames = [frame(dt=(0, [dt])) for dt in (0.02, 0.03, 0.05, 0.0)]
    poses = read_poses(write(path, frames))
    np.testing.assert_allclose(poses["time"], [0.0, 0.02, 0.05, 0.10])
    assert read_poses(path, fps=10)["time"][3] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ([], "shape"),
        ([STILL[:-1]], "shape"),
        ([[*STILL, 0.0]], "shape"),
        ([STILL, STILL[:-1]], "inhomogeneous"),
        ([STILL, [None, *STILL[1:]]], "missing"),
        ([["0", *STILL[1:]]], "else than numbers"),
        ([STILL[:4] + [0.0] * 40], "unit quaternions"),
        ({"a": 1}, "else than numbers"),
        (None, "shape"),
        ([[1e300, *STILL[1:]], [float("inf"), *STILL[1:]]], "missing"),
    ],
)
def test_frames_that_are_none(path, frames, said):
    with pytest.raises(DamagedFile, match=said) as caught:
        read_poses(write(path, frames))
    assert "\n" not in str(caught.value)


def test_times_that_stand_still(path):
    with pytest.raises(DamagedFile, match="increase"):
        read_poses(write(path, [frame(dt=(0, [0.0]))] * 3))


def test_a_clip_cut_short(path):
    text = json.dumps({"Loop": "none", "Frames": [STILL] * 3})
    for share in (0.1, 0.5, 0.99):
        path.write_text(text[: int(share * len(text))])
        with pytest.raises(DamagedFile, match="cut short"):
            read_poses(path)


@pytest.mark.parametrize(
    ("name", "frames", "rate"), [("dance_a", 98, 60), ("dance_b", 153, 60),
                                 ("dance_spin", 122, 120)],
)  # fmt: skip
def test_real_dancers_stand_on_the_floor_and_bend_forwards(
    test_data, name, frames, rate
):
    poses = read_poses(test_data / "mocap" / f"humanoid3d_{name}.txt")
    assert poses.sizes["time"] == frames
    assert 1 / np.median(np.diff(poses["time"])) == pytest.approx(rate, rel=1e-3)
    at = {k: poses["position"].sel(keypoint=k).to_numpy()[..., 0]
          for k in poses["keypoint"].to_numpy()}  # fmt: skip
    soles = np.stack([at[f"{s}_{p}"][:, 1] for s in ("left", "right")
                      for p in ("toe", "heel")])  # fmt: skip
    assert np.abs(np.median(soles.min(axis=0))) < 0.08
    assert 0.7 < np.median(at["pelvis"][:, 1]) < 1.0
    assert (at["head_top"][:, 1] > 1.0).all()
    for side in ("left", "right"):
        bend = at[f"{side}_knee"] - 0.5 * (at[f"{side}_hip"] + at[f"{side}_ankle"])
        foot = at[f"{side}_toe"] - at[f"{side}_heel"]
        assert ((bend * foot).sum(axis=1) > 0.0).mean() > 0.97
