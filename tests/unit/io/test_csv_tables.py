"""CSV, wide and long: our own bit for bit, and other people's."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import bodies
import tables
from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io.csv_tables import write_long, write_wide
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses

NAMES = tuple(bodies.STANDING)
WRITERS = pytest.mark.parametrize(
    "write", [write_wide, write_long], ids=["wide", "long"]
)


def group(space=3, **changes):
    """Two dancers with gaps, uneven times, and a marker with a name to be quoted."""
    rng = np.random.default_rng(5)
    names = ["pelvis", "left_knee", 'LKNE, "outer"; 2']
    place = rng.normal(size=(6, space, len(names), 2)) * 10.0 ** rng.integers(-9, 4)
    place[2, :, 1, 0] = np.nan
    place[4, 0, 2, 1] = np.nan
    place[:, :, 0, 1] = np.nan
    place[0, 0, 0, 0] = -0.0
    given = {
        "time": 0.7 + np.cumsum(rng.uniform(0.01, 0.1, 6)),
        "keypoints": names,
        "individuals": ["Anna", "Ben"],
        **changes,
    }
    return make_poses(place[..., : len(given["individuals"])], **given)


def identical(again, poses):
    assert again["position"].identical(poses["position"])
    assert again["confidence"].equals(poses["confidence"])
    bits = (a.tobytes() for a in (again["position"].values, poses["position"].values))
    assert len(set(bits)) == 1


@WRITERS
@pytest.mark.parametrize("space", [2, 3])
@pytest.mark.parametrize("dancers", [["Anna", "Ben"], ["dancer"], ["Anna"]])
def test_write_then_read_is_the_identity_bit_for_bit(tmp_path, write, space, dancers):
    poses = group(space, individuals=dancers)
    write(poses, tmp_path / "a.csv")
    identical(read_poses(tmp_path / "a.csv"), poses)


@WRITERS
def test_how_sure_each_point_is_comes_back(tmp_path, write):
    sure = np.random.default_rng(1).uniform(size=(6, 3, 2))
    poses = group(confidence=sure)
    write(poses, tmp_path / "a.csv")
    identical(read_poses(tmp_path / "a.csv"), poses)


@WRITERS
def test_the_size_of_the_picture_comes_back(tmp_path, write):
    poses = group(2).assign_attrs(image_width=1920, image_height=1080)
    write(poses, tmp_path / "a.csv")
    again = read_poses(tmp_path / "a.csv")
    identical(again, poses)
    assert (again.attrs["image_width"], again.attrs["image_height"]) == (1920, 1080)


@WRITERS
def test_a_name_with_a_colon(tmp_path, write):
    poses = group(keypoints=["a:b", "c:d", "e"], individuals=["dancer"])
    write(poses, tmp_path / "a.csv")
    identical(read_poses(tmp_path / "a.csv"), poses)


@WRITERS
def test_a_spreadsheet_may_save_it_again_with_decimal_commas(tmp_path, write):
    poses = group()
    write(poses, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    with (tmp_path / "b.csv").open("w", newline="", encoding="utf-8-sig") as file:
        texts = 3 if write is write_long else 1
        out = csv.writer(file, delimiter=";")
        out.writerow(rows[0])
        for row in rows[1:]:
            keep = row[1:texts]
            cells = [cell.replace(".", ",") for cell in row]
            out.writerow([cells[0], *keep, *cells[texts:]])
    identical(read_poses(tmp_path / "b.csv"), poses)


@WRITERS
@pytest.mark.parametrize("lines", [1, 2, 5])
def test_whole_rows_that_are_missing_are_noticed(tmp_path, write, lines):
    write(group(), tmp_path / "a.csv")
    kept = (tmp_path / "a.csv").read_text().splitlines(keepends=True)[:-lines]
    (tmp_path / "a.csv").write_text("".join(kept))
    with pytest.raises(DamagedFile, match="counts down to 0"):
        read_poses(tmp_path / "a.csv")


@WRITERS
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"keypoints": ["a", " b", "c"]}, "needs letters"),
        ({"keypoints": ["a", "b\nb", "c"]}, "needs letters"),
        ({"individuals": ["A:B", "C"]}, "without a colon"),
    ],
    ids=["space", "line", "colon"],
)
def test_names_that_cannot_stand_in_a_table(tmp_path, write, change, said):
    with pytest.raises(InvalidPoses, match=said):
        write(group(**change), tmp_path / "a.csv")


def test_the_columns_that_people_expect(tmp_path):
    one = make_poses(
        np.ones((2, 3, 2)), time=[0, 0.5], keypoints=["pelvis", "left_knee"]
    )
    write_poses(one, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().splitlines() == [
        "time_s,pelvis_x,pelvis_y,pelvis_z,left_knee_x,left_knee_y,left_knee_z,rows_left",
        "0.0,1.0,1.0,1.0,1.0,1.0,1.0,1",
        "0.5,1.0,1.0,1.0,1.0,1.0,1.0,0",
    ]
    write_long(one, tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text().splitlines()[:2] == [
        "time_s,individual,keypoint,x,y,z,confidence,rows_left",
        "0.0,dancer,pelvis,1.0,1.0,1.0,1.0,3",
    ]


@WRITERS
def test_options_are_obeyed(tmp_path, write):
    time, points = bodies.moving_points(seconds=0.1)
    poses = bodies.poses(time, points)
    write(poses, tmp_path / "a.csv")
    again = read_poses(tmp_path / "a.csv", fps=50, unit="cm", up="z")
    np.testing.assert_allclose(again["time"], np.arange(len(time)) / 50)
    knee, was = (
        p["position"].sel(keypoint="left_knee")[..., 0] for p in (again, poses)
    )
    np.testing.assert_allclose(knee.sel(space="y"), 0.01 * was.sel(space="z"))
    (tmp_path / "map.yaml").write_text("left_knee: right_knee\nright_hip: left_hip\n")
    mapped = read_poses(tmp_path / "a.csv", mapping=tmp_path / "map.yaml")
    np.testing.assert_array_equal(
        mapped["position"].sel(keypoint="right_knee")[..., 0], was
    )


def test_pixels_have_no_unit(tmp_path):
    write_wide(group(2), tmp_path / "a.csv")
    with pytest.raises(UnreadableRecording, match="2D"):
        read_poses(tmp_path / "a.csv", unit="cm")


LAYOUTS = [
    ("_x", "_y", "_z", "time_s", ","),
    (".X", ".Y", ".Z", "Time (s)", ","),
    (" X", " Y", " Z", "t", ";"),
    ("_tx", "_ty", "_tz", "seconds", "\t"),
    ("_pos_x", "_pos_y", "_pos_z", "timestamp", ","),
    ("[x]", "[y]", "[z]", "TIME", ","),
    ("X", "Y", "Z", "time", ","),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout[0])
def test_a_plain_table_of_other_people(tmp_path, layout):
    *ends, when, delimiter = layout
    columns = [f"{name}{end}" for name in NAMES for end in ends]
    lines = ["# made by hand", tables.row([when, *columns], delimiter)]
    for k, frame in enumerate(100 * tables.z_up(tables.moving())):
        line = tables.row([f"{k / 50:.4f}", *tables.numbers(frame, 4)], delimiter)
        lines.append(line.replace(".", ",") if delimiter == ";" else line)
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n")
    poses = read_poses(path)
    found = poses["position"].sel(keypoint=list(NAMES))[..., 0].transpose("time", ...)
    apart = np.diff(tables.moving().transpose(0, 2, 1), axis=2)
    np.testing.assert_allclose(np.diff(found, axis=2), apart, atol=1e-5)
    np.testing.assert_allclose(poses["time"], np.arange(tables.FRAMES) / 50, atol=1e-4)
    assert "unit: centimetres, found" in poses.attrs["history"]


def test_a_plain_long_table_of_two_dancers(tmp_path):
    lines = ["frame,person,marker,x,y,z,likelihood"]
    for k, frame in enumerate(tables.moving()):
        for person in ("Ben", "Anna"):
            for name, where in zip(NAMES, frame, strict=True):
                lines.append(tables.row([k, person, name, *where, 0.5], ","))
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n")
    poses = read_poses(path, fps=25)
    assert poses["individual"].values.tolist() == ["Ben", "Anna"]
    np.testing.assert_allclose(poses["confidence"], 0.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("time_s,left_hip_x,left_hip_y\n", "0 frames"),
        ("time_s,left_hip_x,left_hip_y\n0,1\n", "needs 3 cells"),
        ("time_s,left_hip_x,left_hip_y\n0,1,one\n", "'one'"),
        ("time_s,left_hip_x,left_hip_y\n0,1,2\n0,1,2\n", "increase"),
        ("left_hip_x,left_hip_y\n1,2\n", "--fps"),
        ("time_s,keypoint,x,y\n0,left_hip,1,2\n0,left_hip,1,2\n", "some twice"),
        ("keypoint,x,y\nleft_hip,1,2\n", "lacks one"),
        ("time_s,keypoint,x,y\n,left_hip,1,2\n", "has none"),
        ("time_s,left_hip_x,left_hip_y,rows_left\n0,1,2,1\n", "counts down"),
    ],
    ids=["empty", "ragged", "word", "times", "rate", "twice", "frame", "when", "rows"],
)
def test_what_is_refused_and_why(tmp_path, text, said):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(UnreadableRecording, match=said):
        read_poses(path)


def test_a_last_row_without_its_end_is_left_out(tmp_path):
    place = tables.moving()
    text = tables.wide(place, NAMES)
    (tmp_path / "a.csv").write_text(text[:-3])
    poses = read_poses(tmp_path / "a.csv", fps=60)
    assert poses.sizes["time"] == tables.FRAMES - 1
    assert "warning: the last row was left out" in poses.attrs["history"]


def test_nothing_but_the_named_file_is_written(tmp_path):
    write_poses(group(), tmp_path / "a.csv")
    assert [path.name for path in Path(tmp_path).iterdir()] == ["a.csv"]
