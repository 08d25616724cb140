"""Numpy archives: SMPL's rotations and joints, and archives made to do harm."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile

import numpy as np
import pytest

import bodies
from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io import _npz, amass
from repetiteur.io._npz import read_npz
from repetiteur.io._smpl import JOINTS, STATURE
from repetiteur.io.formats import read_poses

UPRIGHT = np.array([np.pi / 2, 0.0, 0.0])  # from y up to z up, facing -y


def rotations(frames=4, width=156):
    poses = np.zeros((frames, width))
    poses[:, :3] = UPRIGHT
    return {
        "trans": np.tile([0.0, 0.0, 0.95], (frames, 1)),
        "poses": poses,
        "mocap_framerate": np.array(120.0),
        "betas": np.zeros(16),
        "gender": np.array("female"),
    }


def save(path, **arrays):
    np.savez(path, **arrays)
    return path


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Without a process for each file, which the last test has."""
    monkeypatch.setattr(amass, "limited", lambda function, path: function(path))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "walk_poses.npz"


def place(poses, name, at=0):
    return poses["position"].sel(keypoint=name).to_numpy()[at, :, 0]


@pytest.mark.parametrize("width", [63, 66, 72, 156, 165])
def test_the_rest_pose_is_a_t_that_faces_the_audience(path, width):
    poses = read_poses(save(path, **rotations(width=width)))
    wrist, shoulder = place(poses, "left_wrist"), place(poses, "left_shoulder")
    np.testing.assert_allclose(wrist - shoulder, [0.332 * STATURE, 0, 0], atol=1e-9)
    toe = place(poses, "right_toe") - place(poses, "right_ankle")
    assert toe[2] > 0.1
    assert place(poses, "right_hip")[0] < 0.0
    assert place(poses, "left_toe")[1] == pytest.approx(0.0, abs=1e-9)
    assert place(poses, "head_top")[1] == pytest.approx(STATURE, abs=0.01)
    np.testing.assert_allclose(poses["time"], np.arange(4) / 120)
    assert "lengths nominal (1.70 m)" in poses.attrs["history"]
    assert "up axis: z, found" in poses.attrs["history"]


def test_rotations_are_about_the_joints_own_axes(path):
    arrays = rotations()
    knee, elbow = 3 * JOINTS.index("L_Knee"), 3 * JOINTS.index("R_Elbow")
    arrays["poses"][1, knee] = np.pi / 2  # about x: the shin goes back
    arrays["poses"][1, elbow + 1] = (
        np.pi / 2
    )  # about y: the right forearm comes forward
    poses = read_poses(save(path, **arrays))
    shin = place(poses, "left_ankle", 1) - place(poses, "left_knee", 1)
    np.testing.assert_allclose(shin, [0, 0, -0.246 * STATURE], atol=1e-9)
    arm = place(poses, "right_wrist", 1) - place(poses, "right_elbow", 1)
    np.testing.assert_allclose(arm, [0, 0, 0.146 * STATURE], atol=1e-9)


def test_the_rate_by_its_other_name_or_given(path):
    arrays = rotations()
    arrays["mocap_frame_rate"] = arrays.pop("mocap_framerate") / 2
    assert read_poses(save(path, **arrays))["time"][1] == pytest.approx(1 / 60)
    del arrays["mocap_frame_rate"]
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(save(path, **arrays))
    assert read_poses(path, fps=50)["time"][1] == pytest.approx(0.02)


def test_joints_in_smpls_order(path):
    time, points = bodies.moving_points(seconds=0.2)
    ours = {"Pelvis": "pelvis", "Neck": "neck", "Head": "head"} | {
        f"{letter}_{theirs}": f"{side}_{theirs.lower().replace('foot', 'toe')}"
        for letter, side in (("L", "left"), ("R", "right"))
        for theirs in ("Hip", "Knee", "Ankle", "Foot", "Shoulder", "Elbow", "Wrist")
    }
    joints = np.zeros((len(time), 24, 3))
    for name, keypoint in ours.items():
        x, y, z = points[keypoint].T
        joints[:, JOINTS.index(name)] = 100 * np.stack([x, -z, y], axis=1)
    joints[3, JOINTS.index("L_Knee")] = np.nan
    poses = read_poses(save(path, joints3d=joints.astype("f4"), fps=60.0))
    knee = poses["position"].sel(keypoint="left_knee", individual="dancer").to_numpy()
    hip = poses["position"].sel(keypoint="left_hip", individual="dancer").to_numpy()
    apart = points["left_knee"] - points["left_hip"]
    np.testing.assert_allclose((knee - hip)[4:], apart[4:], atol=1e-5)
    assert np.isnan(knee[3]).all()
    assert "unit: centimetres, found" in poses.attrs["history"]


def test_joints_in_cocos_order(path):
    points = np.random.default_rng(0).normal(scale=0.05, size=(3, 17, 3))
    points[:, 11:13, 1], points[:, 15:17, 1], points[:, 5:7, 1] = 0.9, 0.0, 1.4
    poses = read_poses(save(path, keypoints3d=points), fps=60)
    assert "order of COCO" in poses.attrs["history"]
    np.testing.assert_allclose(place(poses, "left_knee", 1), points[1, 13])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"trans": np.zeros((3, 3))}, "poses (4, 156) and trans (3, 3)"),
        ({"trans": np.zeros((4, 2))}, "trans (4, 2)"),
        ({"poses": np.zeros((4, 62))}, "poses (4, 62)"),
        ({"poses": np.zeros(4)}, "no rotations"),
        ({"poses": np.full((4, 66), np.nan)}, "missing"),
        ({"poses": np.zeros((0, 66)), "trans": np.zeros((0, 3))}, "0 frames"),
        ({"mocap_framerate": np.array(-5.0)}, "a frame rate of -5"),
        ({"mocap_framerate": np.array(np.nan)}, "a frame rate of nan"),
    ],
)
def test_arrays_that_do_not_fit(path, changes, said):
    with pytest.raises(DamagedFile) as caught:
        read_poses(save(path, **(rotations() | changes)))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shape", [(4, 23, 3), (4, 24, 2), (4, 72), (0, 24, 3)])
def test_joints_that_are_none(path, shape):
    with pytest.raises(DamagedFile, match="joints"):
        read_poses(save(path, joints=np.zeros(shape)), fps=60)


def test_an_archive_of_something_else(path):
    with pytest.raises(UnreadableRecording, match="has weights, bias"):
        read_poses(save(path, weights=np.zeros(3), bias=np.zeros(3)))


def test_pickles_are_never_opened(path):
    class Trap:
        def __reduce__(self):
            return (print, ("opened",))

    arrays = rotations() | {"labels": np.array([Trap()], dtype=object)}
    poses = read_poses(save(path, **arrays))
    assert poses.sizes["time"] == 4
    assert "labels" not in read_npz(path)
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("poses.npy", pickle.dumps(Trap()))
    with pytest.raises(DamagedFile, match="ZIP of whole arrays"):
        read_poses(path)


def header(shape, dtype="<f8"):
    text = repr({"descr": dtype, "fortran_order": False, "shape": shape}).encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text) + 1) + text + b"\n"


def packed(content, packing=zipfile.ZIP_DEFLATED, name="poses.npy"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as pack:
        pack.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed(header((1 << 40, 66)) + bytes(100)),
        packed(header((10, 66)) + bytes(100)),
        packed(header((-1, 66))),
        packed(header((2, "x"))),
        packed(header((2,), "<f99")),
        packed(b"\x93NUMPY\x01\x00" + struct.pack("<H", 60000) + b"(" * 60000),
        packed(b"\x93NUMPY\x09\x00" + bytes(100)),
        packed(b"hello"),
        packed(header((1,)) + bytes(8), zipfile.ZIP_BZIP2),
        packed(header((1,)) + bytes(8))[:-30],
    ],
)
def test_archives_that_lie(path, content):
    path.write_bytes(content)
    with pytest.raises(
        DamagedFile, match="needs to be a ZIP of whole arrays"
    ) as caught:
        read_poses(path)
    assert "\n" not in str(caught.value)


def test_a_bomb_is_not_unpacked(path, monkeypatch):
    bomb = header((1 << 24,)) + bytes(8 << 24)
    path.write_bytes(packed(bomb))
    monkeypatch.setattr(_npz, "_MAX_ARRAY", 1 << 20)
    assert path.stat().st_size < 1 << 18
    with pytest.raises(DamagedFile, match="1048576 bytes for it"):
        read_npz(path)


def test_too_many_arrays(path, monkeypatch):
    monkeypatch.setattr(_npz, "_MAX_MEMBERS", 3)
    with pytest.raises(DamagedFile, match="5 arrays"):
        read_npz(save(path, **rotations()))


def test_cut_short(path):
    save(path, **rotations())
    content = path.read_bytes()
    for share in (0.3, 0.7, 0.99):
        path.write_bytes(content[: int(share * len(content))])
        with pytest.raises(DamagedFile):
            read_poses(path)


def test_other_zips_are_none_of_its(path):
    path.write_bytes(packed(b"{}", name="a.json"))
    with pytest.raises(UnknownFormat):
        read_poses(path)


def test_arrays_by_columns_and_texts(path):
    grid = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    found = read_npz(
        save(path, a=grid, b=np.array("smplh"), c=np.arange(3, dtype=">i2"))
    )
    np.testing.assert_array_equal(found["a"], grid)
    assert found["b"] == "smplh"
    assert found["c"].tolist() == [0, 1, 2]


def test_in_a_process_of_its_own(path, monkeypatch):
    at_once = read_poses(save(path, **rotations()))
    monkeypatch.undo()
    assert read_poses(path).identical(at_once)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DamagedFile, match="ZIP of whole arrays"):
        read_poses(path)
