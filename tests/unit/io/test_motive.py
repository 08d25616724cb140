"""OptiTrack Motive's CSV: bones, markers, two dancers, and what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest

import tables
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import read_poses

OURS = tuple(tables.BONES)
BODY = [("Bone", f"Skeleton 001:{name}") for name in tables.BONES.values()]


def written(folder, text):
    path = folder / "Take 1.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(("unit", "scale"), [("Meters", 1), ("Millimeters", 1000)])
@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("parents", [True, False])
def test_the_bones_of_a_skeleton(tmp_path, unit, scale, labels, parents):
    place = scale * tables.moving(OURS)
    text = tables.motive(
        place, BODY, unit=unit, labels=labels, parents=parents and labels
    )
    poses = read_poses(written(tmp_path, text))
    found = poses["position"].sel(keypoint=list(OURS))[..., 0].transpose("time", ...)
    expected = tables.moving(OURS).transpose(0, 2, 1)
    np.testing.assert_allclose(found, expected, atol=1e-8)
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 60)
    assert "mapping motive_bones, guessed" in poses.attrs["history"]
    assert "as the file says" in poses.attrs["history"]


def test_two_dancers_and_gaps(tmp_path):
    other = [("Bone", f"Ben:{name}") for name in tables.BONES.values()]
    place = np.concatenate(
        [tables.moving(OURS), tables.moving(OURS) + np.array([1, 0, 0])], axis=1
    )
    place[3, 4] = np.nan
    poses = read_poses(written(tmp_path, tables.motive(place, BODY + other)))
    assert poses["individual"].values.tolist() == ["Skeleton 001", "Ben"]
    gap = poses["position"].sel(individual="Skeleton 001", keypoint=OURS[4])
    assert gap.isnull().all("space").values.tolist() == [k == 3 for k in range(8)]
    shift = poses["position"].diff("individual").sel(space="x", keypoint="pelvis")
    np.testing.assert_allclose(shift, 1.0, atol=1e-9)


def test_bones_count_before_markers_and_nameless_ones_are_dropped(tmp_path):
    points = [*BODY, ("Bone Marker", "Skeleton 001:LThigh"), ("Marker", "Unlabeled 7")]
    place = tables.moving((*OURS, "left_knee", "nose"))
    poses = read_poses(written(tmp_path, tables.motive(place, points)))
    assert set(poses["keypoint"].values) == set(OURS)
    history = poses.attrs["history"]
    assert "1 unlabelled markers left out" in history
    assert "1 markers left out beside the bones" in history
    hip = poses["position"].sel(keypoint="left_hip")[0, 1].item()
    assert abs(hip - 0.9) < 1e-6


def test_a_rigid_body_is_kept_beside(tmp_path):
    points = [*BODY, ("Rigid Body", "Chair")]
    text = tables.motive(tables.moving((*OURS, "left_toe")), points)
    assert "Chair" in read_poses(written(tmp_path, text))["keypoint"].values


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda t: t[: len(t) // 2], DamagedFile, "needs .* cells"),
        (lambda t: t[: t.index("\r\n6,") + 2], DamagedFile, "8 frames, and 6"),
        (lambda t: t[: t.index("Frame,Time")], DamagedFile, "no 'Frame'"),
        (lambda t: t.replace("Frame,Time", "Row,Time"), DamagedFile, "no 'Frame'"),
        (lambda t: t.replace("Global", "Local"), UnreadableRecording, "Global"),
        (lambda t: t.replace("Position", "Rotation"), UnreadableRecording, "has none"),
        (lambda t: t.replace("Skeleton 001:", "x"), UnreadableRecording, "--map"),
    ],
    ids=["cut", "rows", "head", "frame", "local", "turns", "names"],
)
def test_what_is_refused(tmp_path, change, error, said):
    text = change(tables.motive(tables.moving(OURS), BODY))
    with pytest.raises(error, match=said):
        read_poses(written(tmp_path, text))


def test_a_row_that_may_be_cut_is_left_out_and_said(tmp_path):
    text = tables.motive(tables.moving(OURS), BODY, claimed=0).rstrip()
    poses = read_poses(written(tmp_path, text))
    assert poses.sizes["time"] == tables.FRAMES - 1
    assert "warning: the last row was left out" in poses.attrs["history"]
