"""FreeMoCap: wide, by trajectory, and long."""

from __future__ import annotations

import numpy as np
import pytest

import tables
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import read_poses

SAME = ("left_hip", "right_knee", "nose", "left_heel")


def written(folder, text):
    path = folder / "body_3d_xyz.csv"
    path.write_text(text)
    return path


def place():
    return 1000 * tables.z_up(tables.landmark_places())


def long(*, models=("mediapipe.body",), trajectories=("3d_xyz",), timed=True):
    lead = ["frame", *(["timestamp"] if timed else []), "model", "keypoint"]
    lines = [",".join([*lead, "x", "y", "z", "trajectory", "reprojection_error"])]
    for k, frame in enumerate(place()):
        for model in models:
            for trajectory in trajectories:
                first = (model, trajectory) == (models[0], trajectories[0])
                shown = frame if first else frame + 99.0
                for name, where in zip(tables.LANDMARKS, shown, strict=True):
                    cells = [k, *([1.7e9 + k / 30] if timed else []), model, name]
                    lines.append(tables.row([*cells, *where, trajectory, 1.5], ","))
    return "\n".join(lines) + "\n"


def assert_the_body(poses):
    found = poses["position"].sel(keypoint=list(SAME))[..., 0].transpose("time", ...)
    expected = tables.moving(SAME).transpose(0, 2, 1)
    np.testing.assert_allclose(found[:, [0, 2]], expected[:, [0, 2]], atol=1e-6)
    between = np.diff(found[:, 1], axis=1)
    np.testing.assert_allclose(between, np.diff(expected[:, 1], axis=1), atol=1e-6)
    assert "unit: millimetres, as the file says" in poses.attrs["history"]
    assert poses.attrs["source_software"] == "FreeMoCap"


@pytest.mark.parametrize("prefix", ["", "body_"])
def test_a_row_a_frame_without_times(tmp_path, prefix):
    names = [f"{prefix}{name}" for name in tables.LANDMARKS]
    text = tables.wide(place(), names, lead=())
    path = written(tmp_path, text)
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(path)
    assert_the_body(read_poses(path, fps=30))


def test_of_body_hands_and_face_the_body(tmp_path):
    names = [f"body_{name}" for name in tables.LANDMARKS]
    names += ["left_hand_wrist", "face_0001"]
    both = np.concatenate([place(), place()[:, :2]], axis=1)
    poses = read_poses(written(tmp_path, tables.wide(both, names, lead=("timestamp",))))
    assert_the_body(poses)
    assert "2 points beside the body left out" in poses.attrs["history"]


def test_a_row_a_point(tmp_path):
    poses = read_poses(written(tmp_path, long()))
    assert_the_body(poses)
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 30, atol=1e-6)


def test_one_trajectory_and_one_model_of_several(tmp_path):
    text = long(
        models=("mediapipe.body", "mediapipe.left_hand"),
        trajectories=("3d_xyz", "rigid_3d_xyz"),
    )
    poses = read_poses(written(tmp_path, text))
    assert_the_body(poses)
    assert "trajectory: 3d_xyz taken of 2" in poses.attrs["history"]
    assert "model: mediapipe.body taken of 2" in poses.attrs["history"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t[: len(t) * 3 // 5], "needs .* cells|left out"),
        (lambda t: t + t.splitlines()[1] + "\n", "some twice"),
        (lambda t: t.replace("frame,", "row,", 1), "lacks one|needs"),
    ],
    ids=["cut", "twice", "frames"],
)
def test_broken_tables_are_refused(tmp_path, change, said):
    with pytest.raises((DamagedFile, UnreadableRecording), match=said):
        read_poses(written(tmp_path, change(long(timed=False))), fps=30)


def test_titles_alone_are_refused(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("frame,keypoint,x,y,z,model,reprojection_error\n")
    with pytest.raises(DamagedFile, match="rows of no model"):
        read_poses(path, fps=30)
