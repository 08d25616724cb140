"""Reading and writing BVH: what is accepted, and how the rest is refused."""

from __future__ import annotations

import re

import numpy as np
import pytest
import xarray as xr

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io import _bvh_text
from repetiteur.io._bvh_text import parse
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses


@pytest.fixture
def read(tmp_path):
    """Write text or bytes as take.bvh, and read them."""

    def read_(content: str | bytes, **options: object) -> xr.Dataset:
        path = tmp_path / "take.bvh"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_poses(path, **options)  # type: ignore[arg-type]

    return read_


def point(poses: xr.Dataset, keypoint: str) -> np.ndarray:
    return poses["position"].sel(keypoint=keypoint).to_numpy()[..., 0]


def test_a_standing_dancer_stands_where_the_offsets_say(read, standing):
    poses = read(standing)
    assert dict(poses.sizes) == {
        "time": 4, "space": 3, "keypoint": 11, "individual": 1
    }  # fmt: skip
    np.testing.assert_allclose(poses["time"], [0, 0.04, 0.08, 0.12])
    np.testing.assert_allclose(point(poses, "left_knee")[2], [0.10, 0.48, 0.0])
    np.testing.assert_allclose(point(poses, "right_toe")[2], [-0.10, 0.0, 0.14])
    np.testing.assert_allclose(point(poses, "head_top")[2], [0.0, 1.725, 0.0])
    assert poses.attrs["fps"] == pytest.approx(25.0)
    history = poses.attrs["history"]
    assert "4 frames at 25 Hz" in history
    assert "mapping biped, guessed" in history
    assert "unit: centimetres, found (standing pelvis 0.92 m)" in history
    assert "up axis: y, found" in history
    assert "+0.000 m taken" in history


def test_a_bent_knee_is_where_geometry_puts_it(read, make_bvh):
    row = [0.0, 92.0, 0.0] + [0.0] * 24
    row[3 + 3 + 3 + 1] = 90.0  # LeftLeg Xrotation: the shin swings back, -y to -z
    poses = read(make_bvh([row, row]))
    knee, ankle = point(poses, "left_knee")[0], point(poses, "left_ankle")[0]
    np.testing.assert_allclose(ankle - knee, [0.0, 0.0, -0.44], atol=1e-12)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="cr"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="utf-8 mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: text.encode("utf-16-le"), id="utf-16-le, no mark"),
        pytest.param(lambda text: text.encode("utf-16-be"), id="utf-16-be, no mark"),
        pytest.param(
            lambda text: text.replace("Head", "T\xeate").encode("latin-1"), id="latin-1"
        ),
        pytest.param(lambda text: text.replace(" ", "\t").encode(), id="tabs"),
        pytest.param(lambda text: text.replace(".", ",").encode(), id="comma"),
        pytest.param(lambda text: text.replace("\n{", " {").encode(), id="braces"),
        pytest.param(lambda text: text.lower().encode(), id="lower case"),
        pytest.param(lambda text: text.encode() + b"\n \x00\x1a", id="rubbish at end"),
        pytest.param(lambda text: b"\n\n" + text.encode(), id="empty lines first"),
        pytest.param(
            lambda text: re.sub(r"(?<=\d)\n(?=\d)", " ", text).encode(), id="one line"
        ),
        pytest.param(
            lambda text: text.replace("ROOT ", "ROOT mixamorig:").encode(), id="prefix"
        ),
    ],
)
def test_other_spellings_of_the_same_file_read_the_same(read, standing, change):
    plain = read(standing)
    other = read(change(standing))
    shared = [k for k in plain["keypoint"].values if k in other["keypoint"].values]
    assert len(shared) >= 8
    for keypoint in shared:
        np.testing.assert_allclose(point(other, keypoint), point(plain, keypoint))
    np.testing.assert_allclose(other["time"], plain["time"])


def test_names_with_spaces(read, standing):
    text = standing.replace("Hips", "Bip01 Pelvis").replace("Head", "Bip01 Head")
    for side in ("Left", "Right"):
        for theirs, bip in (("UpLeg", "Thigh"), ("Leg", "Calf"), ("Foot", "Foot")):
            text = text.replace(f"{side}{theirs}", f"Bip01 {side[0]} {bip}")
    poses = read(text)
    assert "mapping character_studio, guessed" in poses.attrs["history"]
    np.testing.assert_allclose(point(poses, "left_knee")[0], [0.10, 0.48, 0.0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda t: t[:200], "breaks off before MOTION", id="no motion"),
        pytest.param(lambda t: t[: t.index("Frames:")], "Frames: N", id="no frames"),
        pytest.param(lambda t: t[:-40], "holds 3 frames and", id="cut short"),
        pytest.param(
            lambda t: t.replace("Frames: 4", "Frames: 3"), "says 3", id="more"
        ),
        pytest.param(lambda t: t.replace("Frames: 4", "Frames: 0"), "'0'", id="zero"),
        pytest.param(
            lambda t: t.replace("Frames: 4", "Frames: -4"), "'-4'", id="minus"
        ),
        pytest.param(
            lambda t: t.replace("Frames: 4", "Frames: 99999999999"), "999", id="absurd"
        ),
        pytest.param(
            lambda t: t.replace("Frames: 4", "Frames: 7000000"), "7000000 f", id="big"
        ),
        pytest.param(lambda t: t.replace("92.000000", "nan", 1), "nan in a", id="nan"),
        pytest.param(lambda t: t.replace("92.000000", "inf", 1), "frame 0", id="inf"),
        pytest.param(lambda t: t.replace("92.000000", "1e300", 1), "1e+300", id="huge"),
        pytest.param(lambda t: t.replace("92.0", "x92.0", 1), "'x92.0", id="letter"),
        pytest.param(lambda t: t.replace("92.", "9\x002.", 1), "'9?2.", id="zero byte"),
        pytest.param(lambda t: t.replace("92.0", "92,0", 1), "commas", id="commas"),
        pytest.param(lambda t: t.replace("0.04", "-0.04"), "--fps", id="negative time"),
        pytest.param(lambda t: t.replace("0.04", "0"), "--fps", id="zero time"),
        pytest.param(lambda t: t.replace("0.04", "nan"), "--fps", id="nan time"),
        pytest.param(lambda t: t.replace("OFFSET 10", "OFFSET nan"), "'nan'", id="off"),
        pytest.param(
            lambda t: t.replace("OFFSET 10 ", "OFFSET "), "CHANNELS", id="two"
        ),
        pytest.param(
            lambda t: t.replace("CHANNELS 3 ", "CHANNELS 4 "), "channels", id="count"
        ),
        pytest.param(
            lambda t: t.replace(
                "    CHANNELS 3 Zrotation Xrotation Yrotation\n", "", 1
            ),
            "CHANNELS in joint LeftUpLeg",
            id="no channels",
        ),
        pytest.param(
            lambda t: re.sub("CHANNELS.*", "CHANNELS 0", t),
            "has none",
            id="none at all",
        ),
        pytest.param(lambda t: t.replace("Zrot", "Wrot", 1), "Wrotation", id="channel"),
        pytest.param(lambda t: t.replace("}", "", 1), "closed", id="brace"),
        pytest.param(lambda t: t.replace("{", "", 1), "'{'", id="open brace"),
        pytest.param(lambda t: t.replace("ROOT", "JOINT", 1), "ROOT", id="no root"),
        pytest.param(lambda t: t.replace("OFFSET", "SCALE", 1), "'SCALE'", id="word"),
        pytest.param(
            lambda t: t.replace("}\nMOTION", "}\nROOT b\n{\n}\nMOTION"),
            "several ROOT",
            id="two dancers",
        ),
    ],
)
def test_what_is_broken_is_named(read, standing, change, said):
    broken = change(standing)
    assert broken != standing
    with pytest.raises(DamagedFile, match=re.escape(said)) as caught:
        read(broken)
    assert "\n" not in str(caught.value)
    assert caught.value.__notes__ == ["while reading take.bvh"]


def test_utf16_that_breaks_off_in_the_middle_of_a_letter(read, standing):
    with pytest.raises(DamagedFile, match="UTF-16"):
        read(standing.encode("utf-16")[:-1])


def test_a_bad_number_is_found_in_its_frame(read, make_bvh):
    rows = [[0.0, 92.0, 0.0] + [0.0] * 24 for _ in range(9)]
    rows[7][4] = float("nan")
    with pytest.raises(DamagedFile, match=r"frame 7 \(from 0\) has nan.* Hips"):
        read(make_bvh(rows))


def test_a_bad_word_is_found_in_its_frame_beyond_the_first_block(
    read, standing, make_bvh, monkeypatch
):
    monkeypatch.setattr("repetiteur.io._bvh_numbers._BLOCK", 100)
    plain = read(make_bvh([[0.0, 92.0, 0.0] + [0.0] * 24] * 50))
    np.testing.assert_allclose(point(plain, "pelvis")[:, 1], 0.92)
    text = make_bvh([[0.0, 92.0, 0.0] + [0.0] * 24] * 50)
    before, after = text[:-20], text[-20:]
    with pytest.raises(DamagedFile, match=r"frame 49 .*'o.000000'"):
        read(before + after.replace("0.0", "o.0", 1))


def test_a_million_joints_are_refused_soon(read):
    joints = b"JOINT a { OFFSET 0 0 0 CHANNELS 0 }\n" * 100_000
    text = b"HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nCHANNELS 1 Xposition\n" + joints
    with pytest.raises(DamagedFile, match="at most 1000 joints"):
        read(text + b"}\nMOTION\nFrames: 1\nFrame Time: 1\n0\n")


def test_deep_nesting_is_refused(read):
    deep = "JOINT a { OFFSET 0 0 0 CHANNELS 1 Xrotation " * 5000 + "}" * 5000
    text = f"HIERARCHY ROOT a {{ OFFSET 0 0 0 CHANNELS 1 Xposition {deep} }} MOTION"
    with pytest.raises(DamagedFile, match="200 deep"):
        read(text + " Frames: 1 Frame Time: 1 0")


def test_a_file_that_is_too_large_is_refused(read, standing, monkeypatch):
    monkeypatch.setattr("repetiteur.io.bvh.MAX_BYTES", 100)
    with pytest.raises(DamagedFile, match="larger"):
        read(standing)


def test_one_frame(read, make_bvh):
    poses = read(make_bvh([[0.0, 92.0, 0.0] + [0.0] * 24]))
    assert poses.sizes["time"] == 1
    assert poses["time"].item() == 0.0


def test_a_given_frame_rate_overrides_the_header_and_says_so(read, standing):
    poses = read(standing, fps=60)
    np.testing.assert_allclose(poses["time"], np.arange(4) / 60)
    assert "at 60 Hz, given; the header says 25 Hz" in poses.attrs["history"]


def test_a_given_frame_rate_heals_a_bad_frame_time(read, standing):
    poses = read(standing.replace("0.04", "0.0"), fps=50)
    np.testing.assert_allclose(poses["time"], np.arange(4) / 50)
    assert "the header says no time" in poses.attrs["history"]


def test_channels_in_any_order(read, standing):
    mixed = standing.replace(
        "Xposition Yposition Zposition Zrotation Xrotation Yrotation",
        "Zrotation Yposition Xrotation Xposition Yrotation Zposition",
    ).replace("0.000000 92.000000 0.000000", "30.000000 92.000000 0.000000")
    poses = read(mixed)
    turn = np.radians(30.0)
    hip = point(poses, "left_hip")[0] - point(poses, "pelvis")[0]
    expected = [
        0.10 * np.cos(turn) + 0.02 * np.sin(turn),
        0.10 * np.sin(turn) - 0.02 * np.cos(turn),
        0.0,
    ]
    np.testing.assert_allclose(hip, expected, atol=1e-12)


@pytest.mark.parametrize("moved", [(0.0, -42.0, 0.0), (0.0, 0.0, 0.0)])
def test_position_channels_replace_the_offset_or_add_to_it(read, standing, moved):
    with_six = standing.replace(
        "OFFSET 0 -42 0\n      CHANNELS 3 ",
        "OFFSET 0 -42 0\n      CHANNELS 6 Xposition Yposition Zposition ",
        1,
    )
    head, body = with_six.split("Frame Time: 0.04\n")
    rows = [line.split() for line in body.splitlines()]
    rows = [row[:9] + [str(m) for m in moved] + row[9:] for row in rows]
    poses = read(head + "Frame Time: 0.04\n" + "\n".join(" ".join(r) for r in rows))
    np.testing.assert_allclose(point(poses, "left_knee")[0], [0.10, 0.48, 0.0])


def test_a_rest_pose_in_frame_0_is_kept_and_noted(read, make_bvh):
    row = [0.0, 92.0, 0.0] + [0.0] * 24
    arms = row.copy()
    arms[10] = 75.0
    poses = read(make_bvh([row, arms, arms]))
    assert poses.sizes["time"] == 3
    assert "frame 0 looks like a rest pose (75°" in poses.attrs["history"]
    assert "rest pose" not in read(make_bvh([arms, arms, arms])).attrs["history"]


def test_unknown_joint_names_ask_for_a_mapping(read, standing):
    with pytest.raises(UnreadableRecording, match=r"q, q.*--map"):
        read(re.sub(r"(ROOT|JOINT) \w+", r"\1 q", standing))


def test_a_hierarchy_is_read_without_recursion():
    deep = "JOINT a { OFFSET 0 0 1 CHANNELS 1 Xrotation " * 150 + "}" * 150
    text = f"HIERARCHY ROOT a {{ OFFSET 0 0 0 CHANNELS 0 {deep} }} MOTION"
    numbers = " 0" * 150
    read = parse(f"{text} Frames: 1 Frame Time: 1{numbers}".encode())
    assert len(read.joints) == 151
    assert _bvh_text._MAX_DEPTH == 200


@pytest.fixture
def moving(rng) -> xr.Dataset:
    """A dancer whose every point moves on its own, even times, no gaps."""
    names = ["pelvis", "neck", "head", "left_eye"]
    names += [f"{s}_{p}" for s in ("left", "right") for p in ("hip", "knee", "toe")]
    place = rng.normal(size=(20, 3, len(names)))
    return make_poses(place, time=np.arange(20) / 30, keypoints=names)


def test_write_then_read_gives_the_positions_back(tmp_path, moving):
    write_poses(moving, tmp_path / "out.bvh")
    again = read_poses(tmp_path / "out.bvh")
    xr.testing.assert_allclose(
        again["position"].sortby("keypoint"),
        moving["position"].sortby("keypoint"),
        atol=1e-6,
    )
    assert "written by repetiteur" in again.attrs["history"]


def test_rotations_turn_the_rest_pose_to_where_the_bones_point(tmp_path):
    names = ["pelvis", "left_hip", "left_knee", "left_ankle"]
    bent = [[0, 1, 0], [0.1, 0.97, 0], [0.1, 0.97, 0.45], [0.1, 0.52, 0.45]]
    poses = make_poses(np.transpose([bent], (0, 2, 1)), time=[0.0], keypoints=names)
    write_poses(poses, tmp_path / "out.bvh")
    text = parse((tmp_path / "out.bvh").read_bytes())
    for joint in text.joints:  # as a program that reads rotations alone would
        if joint.parent >= 0 and joint.channels:
            offset = text.values[0, joint.column : joint.column + 3]
            direction = {"left_knee": (0, -45, 0), "left_ankle": (0, -45, 0)}
            if joint.name in direction:
                np.testing.assert_allclose(offset, direction[joint.name], atol=1e-5)


def test_a_whole_turn_of_the_dancer_is_in_the_root_alone(tmp_path, standing):
    path = tmp_path / "turn.bvh"
    rows = []
    for degrees in (0.0, 40.0, 130.0):
        rows.append([0.0, 92.0, 0.0, 0.0, 0.0, degrees] + [0.0] * 21)
    lines = [" ".join(map(str, row)) for row in rows]
    head = standing[: standing.index("Frames:")]
    path.write_text(f"{head}Frames: 3\nFrame Time: 0.1\n" + "\n".join(lines))
    write_poses(read_poses(path), tmp_path / "out.bvh")
    values = parse((tmp_path / "out.bvh").read_bytes()).values
    relative = np.diff(values.reshape(3, -1, 6)[:, :, 3:], axis=0)
    np.testing.assert_allclose(relative[:, 0, 2], [40.0, 90.0], atol=1e-4)
    np.testing.assert_allclose(relative[:, 1:], 0.0, atol=1e-4)


def test_without_a_pelvis_the_middle_of_the_hips_is_the_root(tmp_path, moving):
    hips = moving.drop_sel(keypoint="pelvis")
    write_poses(hips, tmp_path / "out.bvh")
    again = read_poses(tmp_path / "out.bvh")
    middle = 0.5 * (point(moving, "left_hip") + point(moving, "right_hip"))
    np.testing.assert_allclose(point(again, "pelvis"), middle, atol=1e-6)


def refused(poses: xr.Dataset, path, said: str) -> None:
    with pytest.raises(InvalidPoses, match=said):
        write_poses(poses, path / "out.bvh")
    assert list(path.iterdir()) == []


def test_what_bvh_cannot_hold_is_refused(tmp_path, moving):
    gap = moving.copy(deep=True)
    gap["position"][3, :, 2] = np.nan
    refused(gap, tmp_path, "1 are missing: fill gaps first")
    time = moving["time"].to_numpy().copy()
    time[7] += 0.01
    refused(moving.assign_coords(time=time), tmp_path, r"even time steps.*10 ms")
    refused(moving.isel(space=[0, 1]), tmp_path, "in 2D")
    both = xr.concat([moving, moving], dim="individual")
    both = both.assign_coords(individual=["a", "b"])
    refused(both, tmp_path, "one dancer")
    refused(moving.sel(keypoint=["neck", "left_knee"]), tmp_path, "needs a pelvis")
    names = ["pelvis"] + [f"marker {k}" for k in range(moving.sizes["keypoint"] - 1)]
    refused(moving.assign_coords(keypoint=names), tmp_path, "marker 0")


def test_a_bone_without_length_and_one_that_points_backwards(tmp_path):
    names = ["pelvis", "neck", "left_hip", "left_knee"]
    place = [[[0.0, 1.0, 0.0], [0.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 2.0, 0.0]]]
    poses = make_poses(np.transpose(place, (0, 2, 1)), time=[0.0], keypoints=names)
    write_poses(poses, tmp_path / "out.bvh")
    again = read_poses(tmp_path / "out.bvh")["position"].sel(keypoint=names)
    np.testing.assert_allclose(again, poses["position"], atol=1e-6)
