"""Laws of tables: fast is slow, written is read, spoilt is refused and never breaks."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bodies
import tables
from repetiteur.errors import RepetiteurError
from repetiteur.io._tables import Layout, read_table
from repetiteur.io.csv_tables import write_long, write_wide
from repetiteur.io.formats import read_poses
from repetiteur.io.trc import write_trc
from repetiteur.model.poses import make_poses

cells = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**6), 10**6).map(str),
    st.sampled_from(["", " ", "nan", "NaN", "N/A", "1e5", "-0.0", ".5", "5.", " 7 "]),
)


def slow_table(text, delimiter):
    """Cell by cell: what the library and float make of it."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    gaps = {"", "nan", "n/a"}
    return [
        [np.nan if c.strip().lower() in gaps else float(c) for c in row] for row in rows
    ]


@given(st.data(), st.integers(1, 6), st.sampled_from(",;\t"), st.booleans())
def test_fast_reading_is_slow_reading(data, width, delimiter, quotes):
    row = st.lists(cells, min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=6))
    lead = ["0", *[""] * 0]  # a first cell, so that no row is empty
    shown = [[*lead, *(f'"{c}"' if quotes else c for c in r)] for r in rows]
    text = "".join(delimiter.join(r) + "\n" for r in shown)
    found = read_table(text.encode(), 0, Layout(width + 1, delimiter)).values
    expected = np.array(slow_table(text, delimiter)).reshape(-1, width + 1)
    np.testing.assert_array_equal(found, expected)


names = st.lists(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=":"
        ),
        min_size=1,
        max_size=8,
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
places = st.floats(-1e8, 1e8) | st.just(np.nan)


@settings(deadline=None)
@given(
    st.data(), names, names, st.integers(1, 4), st.sampled_from([2, 3]),
    st.sampled_from([write_wide, write_long, write_trc]),
)  # fmt: skip
def test_write_then_read_is_the_identity(
    data, keypoints, dancers, frames, space, write
):
    space = 3 if write is write_trc else space
    shape = (frames, space, len(keypoints), len(dancers))
    count = int(np.prod(shape))
    flat = data.draw(st.lists(places, min_size=count, max_size=count))
    steps = data.draw(st.lists(st.floats(1e-3, 1e3), min_size=frames, max_size=frames))
    time = np.cumsum(steps) if write is not write_trc else np.arange(frames) / 60
    poses = make_poses(
        np.reshape(flat, shape), time=time, keypoints=keypoints, individuals=dancers
    )
    with tempfile.TemporaryDirectory() as folder:
        write(poses, Path(folder) / "take")
        again = read_poses(Path(folder) / "take")
    if write is write_trc and len(dancers) == 1:
        again = again.assign_coords(individual=dancers)
    assert again["position"].equals(poses["position"])
    assert again["confidence"].equals(poses["confidence"])


BODY = tuple(bodies.STANDING)
SEEDS = {
    "trc": tables.trc(tables.moving(frames=3), BODY),
    "mot": tables.storage(
        {"time": np.arange(3.0)}
        | {
            f"{name}_t{axis}": tables.moving(frames=3)[:, k, j]
            for k, name in enumerate(BODY)
            for j, axis in enumerate("xyz")
        }
    ),
    "motive": tables.motive(
        tables.moving(tuple(tables.BONES), 3),
        [("Bone", f"A:{name}") for name in tables.BONES.values()],
    ),
    "qualisys": tables.qualisys(1000 * tables.z_up(tables.moving(frames=3)), BODY),
    "xsens": tables.xsens(
        tables.z_up(tables.moving(("pelvis", "left_hip", "right_hip", "left_knee",
                                   "right_knee", "left_ankle", "nose"), 3)),
        ["Pelvis", "Left Upper Leg", "Right Upper Leg", "Left Lower Leg",
         "Right Lower Leg", "Left Foot", "L5"],
    ),
    "freemocap": tables.wide(tables.landmark_places(3), tables.LANDMARKS, lead=()),
    "mediapipe": tables.wide(tables.landmark_places(3), tables.LANDMARKS),
    "csv": tables.wide(tables.moving(frames=3), BODY, lead=("time_s",)),
    "csv-long": "time_s,individual,keypoint,x,y,z\n"
    + "".join(
        f"{k},Anna,{name},{x},{y},{z}\n"
        for k, frame in enumerate(tables.moving(frames=3))
        for name, (x, y, z) in zip(BODY, frame, strict=True)
    ),
}  # fmt: skip
PIECES = st.sampled_from(
    [
        b"", b"\0", b"\n", b"\r", b" ", b",", b";", b"\t", b".", b"-", b'"', b'""',
        b"nan",
        b"1e308", b"1e999", b"-inf", b"9" * 30, b"\xff\xfe", b"\xe9", b"#", b"time",
        b"Frame", b"x", b"_x", b"pelvis", b":", b"0", b"endheader", b"NO_OF_FRAMES",
    ]
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60, deadline=None)
@given(CHANGES, st.sampled_from([None, 25.0]))
def test_a_spoilt_table_is_read_or_refused_but_never_breaks(name, changes, fps):
    spoilt = bytearray(SEEDS[name].encode())
    for where, length, piece in changes:
        start = int(where * len(spoilt))
        spoilt[start : start + length] = piece
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take"
        path.write_bytes(spoilt)
        refused = None
        try:
            poses = read_poses(path, fps=fps)
        except RepetiteurError as error:
            refused = str(error)
        if refused is None:
            assert not np.isinf(poses["position"]).any()
        else:
            assert "\n" not in refused


@pytest.mark.parametrize("name", SEEDS)
def test_the_tables_that_are_spoilt_can_be_read(name, tmp_path):
    (tmp_path / "take").write_text(SEEDS[name], newline="")
    assert read_poses(tmp_path / "take", fps=25).sizes["time"] == 3
