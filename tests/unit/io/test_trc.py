"""TRC: what several systems write, and what is written here."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import tables
from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses

NAMES = tuple(bodies.STANDING)


def written(folder, text, encoding="utf-8"):
    path = folder / "take.trc"
    path.write_bytes(text.encode(encoding))
    return path


def dancer(**changes):
    time, points = bodies.moving_points(seconds=0.2, fps=60)
    points["LKNE, outer"] = points["left_knee"] + 0.04
    place = np.stack(list(points.values()), axis=2)
    place[3:5, :, 2] = np.nan
    place[7, 1, 4] = np.nan
    given = {"time": time, "keypoints": list(points), **changes}
    return make_poses(place, **given)


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_millimetres_with_z_up(tmp_path, blank, end, encoding):
    text = tables.trc(1000 * tables.z_up(tables.moving()), NAMES, blank=blank, end=end)
    poses = read_poses(written(tmp_path, text, encoding))
    assert poses.sizes["time"] == tables.FRAMES
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 60, atol=1e-6)
    found = poses["position"].sel(keypoint=list(NAMES))[..., 0].transpose("time", ...)
    expected = tables.moving().transpose(0, 2, 1)
    np.testing.assert_allclose(found, expected, atol=1e-8)
    assert "unit: millimetres, as the file says" in poses.attrs["history"]
    assert "up axis: z, found" in poses.attrs["history"]


def test_empty_cells_and_zeros_are_gaps_and_zeros_are_said(tmp_path):
    place = 1000 * tables.moving()
    place[2, 4] = np.nan
    place[5, 6] = 0.0
    poses = read_poses(written(tmp_path, tables.trc(place, NAMES)))
    gone = poses["position"].isnull().all("space")[..., 0]
    assert int(gone.sum()) == 2
    assert gone.sel(keypoint=NAMES[4])[2]
    assert gone.sel(keypoint=NAMES[6])[5]
    assert "TRC: 1 samples at exactly 0, 0, 0" in poses.attrs["history"]


def test_a_wrong_unit_in_the_header_is_found(tmp_path):
    poses = read_poses(written(tmp_path, tables.trc(tables.moving(), NAMES)))
    assert "warning: unit: the file says millimetres" in poses.attrs["history"]
    assert abs(poses["position"].sel(keypoint="pelvis")[0, 1].item() - 0.92) < 0.02


def test_markers_without_a_keypoint_are_kept_and_doubles_numbered(tmp_path):
    place = tables.moving((*NAMES, "left_knee", "left_knee"))
    text = tables.trc(1000 * place, (*NAMES, "WAND", "WAND"))
    names = read_poses(written(tmp_path, text))["keypoint"].values.tolist()
    assert names[-2:] == ["WAND", "WAND (2)"]


def test_a_marker_on_the_thigh_is_no_hip(tmp_path):
    waist = ("WaistLFront", "WaistRFront", "WaistLBack", "WaistRBack")
    sided = ("KneeOut", "AnkleOut", "ToeTip", "Heel", "Thigh", "Shin")
    names = [*waist, *(f"{s}{n}" for s in "LR" for n in sided), "HeadTop"]
    like = {
        "KneeOut": "knee", "AnkleOut": "ankle", "ToeTip": "toe", "Heel": "heel",
        "Thigh": "knee", "Shin": "ankle",
    }  # fmt: skip
    points = ["left_hip", "right_hip", "left_hip", "right_hip"]
    points += [f"{s}_{like[n]}" for s in ("left", "right") for n in sided]
    place = tables.moving((*points, "head_top"))
    place[:, 0:2, 2] += 0.1
    place[:, 2:4, 2] -= 0.1
    place[:, [8, 14], 1] += 0.2  # the marker on the thigh
    poses = read_poses(written(tmp_path, tables.trc(1000 * place, names)))
    assert "mapping motive_markers, guessed" in poses.attrs["history"]
    knee = poses["position"].sel(keypoint="left_knee")[0, 1].item()
    hip = poses["position"].sel(keypoint="left_hip")[0, 1].item()
    assert 0.3 < hip - knee < 0.5
    assert "LThigh (marker)" in poses["keypoint"].values


def test_times_from_the_rate_where_there_are_none(tmp_path):
    text = tables.trc(1000 * tables.moving(), NAMES, rate=50)
    lines = text.splitlines()
    for k, line in enumerate(lines[6:], start=6):
        frame, _, *rest = line.split("\t")
        lines[k] = "\t".join([frame, "", *rest])
    poses = read_poses(written(tmp_path, "\n".join(lines) + "\n"))
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 50)
    assert "times from the rate, 50 Hz" in poses.attrs["history"]


def test_a_rate_that_the_times_contradict_is_said(tmp_path):
    text = tables.trc(1000 * tables.moving(), NAMES)
    text = text.replace("60.0\t60.0\t8", "120\t120\t8")
    history = read_poses(written(tmp_path, text)).attrs["history"]
    assert "warning: the header says 120 Hz, the times 60 Hz" in history


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t[: len(t) // 2], "needs|says 8 frames"),
        (lambda t: "\n".join(t.splitlines()[:-2]) + "\n", "says 8 frames, and 6"),
        (lambda t: t.replace("Frame#", "Marker"), "has 'Marker"),
        (lambda t: t.replace("\t1.380000\t", "\tone\t"), "one"),
        (lambda t: t[: t.index("Frame#")], "fourth line"),
        (lambda t: t[: t.index("\n1\t") + 1], "0 are there"),
        (lambda t: t + "9\t1.0\t3\n", "row 9 .the last. has 3"),
    ],
)
def test_broken_files_are_refused(tmp_path, change, said):
    text = change(tables.trc(tables.moving(), NAMES))
    with pytest.raises(DamagedFile, match=said):
        read_poses(written(tmp_path, text))


def test_names_that_no_mapping_knows(tmp_path):
    text = tables.trc(tables.moving(("pelvis",)), ["M1"])
    with pytest.raises(UnreadableRecording, match="--map"):
        read_poses(written(tmp_path, text))


def test_write_then_read_is_the_identity_with_gaps_and_other_names(tmp_path):
    poses = dancer()
    write_poses(poses, tmp_path / "a.trc")
    again = read_poses(tmp_path / "a.trc")
    assert again["position"].equals(poses["position"])
    assert "written by repetiteur" in again.attrs["history"]
    lines = (tmp_path / "a.trc").read_text().splitlines()
    assert lines[2].split("\t")[2:5] == ["12", str(poses.sizes["keypoint"]), "m"]
    assert lines[3].split("\t")[2::3][:2] == ["pelvis", "chest"]


def test_two_dancers_and_a_start_that_is_not_zero(tmp_path):
    one = dancer()
    place = np.concatenate([one["position"], one["position"] + 1.0], axis=3)
    both = make_poses(
        place,
        time=one["time"].to_numpy() + 2.5,
        keypoints=one["keypoint"].values.tolist(),
        individuals=["Anna", "Ben"],
    )
    write_poses(both, tmp_path / "a.trc")
    again = read_poses(tmp_path / "a.trc")
    assert again["position"].equals(both["position"])


def test_a_file_that_another_program_changed_is_looked_at_again(tmp_path):
    time, points = bodies.moving_points(seconds=0.2)
    write_poses(bodies.poses(time, points), tmp_path / "a.trc")
    text = (tmp_path / "a.trc").read_text()
    (tmp_path / "a.trc").write_text(text, newline="\r\n")
    assert "written by repetiteur: unit m" in read_poses(tmp_path / "a.trc").history
    (tmp_path / "a.trc").write_text(text.replace("\tm\t", "\tmm\t", 1))
    history = read_poses(tmp_path / "a.trc").history
    assert "written by repetiteur, and changed since" in history
    assert "warning: unit: the file says millimetres" in history


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_one_letter_that_is_missing_is_noticed(tmp_path, cut):
    write_poses(dancer(), tmp_path / "a.trc")
    content = (tmp_path / "a.trc").read_bytes()
    (tmp_path / "a.trc").write_bytes(content[:-cut])
    with pytest.raises(DamagedFile, match=r"cut short|needs .* cells"):
        read_poses(tmp_path / "a.trc")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"time": np.arange(12) ** 1.1}, "even time steps"),
        ({"keypoints": [f"k\t{k}" for k in range(30)]}, "needs letters"),
    ],
)
def test_what_trc_cannot_hold(tmp_path, change, said):
    count = len(dancer()["keypoint"])
    if "keypoints" in change:
        change = {"keypoints": change["keypoints"][:count]}
    with pytest.raises(InvalidPoses, match=said):
        write_poses(dancer(**change), tmp_path / "a.trc")
    assert not list(tmp_path.iterdir())


def test_pixels_are_refused(tmp_path):
    flat = make_poses([[[0.0], [1.0]]], time=[0.0], keypoints=["pelvis"])
    with pytest.raises(InvalidPoses, match=r"2D.*\.csv"):
        write_poses(flat, tmp_path / "a.trc")
