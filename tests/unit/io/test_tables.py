"""The rows, lines, cells and columns of tables, and the kinds of tables."""

from __future__ import annotations

import numpy as np
import pytest

import bodies
import tables
from repetiteur.errors import DamagedFile
from repetiteur.io import _tables
from repetiteur.io._columns import columns_of
from repetiteur.io._kinds import kind_of
from repetiteur.io._tables import Layout, read_table
from repetiteur.io._text import cells, delimiter_of, first_lines, text_of
from repetiteur.io.formats import formats

NAMES = tuple(bodies.STANDING)


def values(text, width, delimiter=",", texts=()):
    return read_table(text.encode(), 0, Layout(width, delimiter, texts)).values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,2\n3,4\n", [[1, 2], [3, 4]]),
        ("1,2\n3,4", [[1, 2], [3, 4]]),
        ("1,2,\n3,4,\n", [[1, 2], [3, 4]]),
        ("1,\n,4\n", [[1, np.nan], [np.nan, 4]]),
        (",\n1,2\n,\n,\n", [[np.nan, np.nan], [1, 2]]),
        ("\n1,2\n\n\n3,4\n\n", [[1, 2], [3, 4]]),
        (" 1 ,  2\n3 , 4 \n", [[1, 2], [3, 4]]),
        ("1, \n3,4\n", [[1, np.nan], [3, 4]]),
        ('"1","2"\n"3",""\n', [[1, 2], [3, np.nan]]),
        ("NaN,n/a\nnull,-1.#IND\n-,4\n", [[np.nan] * 2, [np.nan] * 2, [np.nan, 4]]),
        ("1e3,-.5\n+2.,1E-2\n", [[1000, -0.5], [2, 0.01]]),
        ("1,2\n3,4\n\0\0", [[1, 2], [3, 4]]),
        ("1,2\n3,4\n\x1a", [[1, 2], [3, 4]]),
        ("", np.empty((0, 2))),
        ("\n\n", np.empty((0, 2))),
    ],
)
def test_numbers_and_gaps(text, expected):
    np.testing.assert_array_equal(values(text, 2), expected)


def test_three_gaps_in_a_row():
    np.testing.assert_array_equal(values(",,,\n1,,,4\n", 4)[1], [1, np.nan, np.nan, 4])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2\n3\n", "row 2 .the last. has 1"),
        ("1,2\n3,4,5,6\n7,8\n", "row 2 has 4"),
        ("1,2,3\n", "has 3"),
        ("1,2\n3,4x\n", "row 2, column 2 has '4x'"),
        ("1,1_0\n", "'1_0'"),
        ("0x1,1\n", "'0x1'"),
        ("1,2\n3,٤\n", "column 2"),
        ('1,"2\n', "cells|quotes"),
    ],
)
def test_rows_that_are_no_rows(text, said):
    with pytest.raises(DamagedFile, match=said):
        values(text, 2)


def test_decimal_commas_and_where_they_are_not_clear():
    np.testing.assert_array_equal(
        values("1,5;2\n3;-4,25\n", 2, ";"), [[1.5, 2], [3, -4.25]]
    )
    for text in ("1,5;2.5\n", "1,000,000;2\n"):
        with pytest.raises(DamagedFile, match="not clear"):
            values(text, 2, ";")


def test_names_in_the_order_they_come_however_they_are_quoted():
    text = '1,knee\n2,"hip, left"\n3,knee\n4,\n5, knee\n'
    table = read_table(text.encode(), 0, Layout(2, ",", [1]))
    codes, names = table.names[1]
    assert [names[k] for k in codes] == ["knee", "hip, left", "knee", "", "knee"]
    assert names == ["knee", "hip, left", ""]
    np.testing.assert_array_equal(table.values[:, 0], [1, 2, 3, 4, 5])


def test_blocks_do_not_matter(monkeypatch, rng):
    whole = rng.normal(size=(50, 4))
    text = "".join(
        f"{tables.row(map(repr, r.tolist()), ',')},a{k % 3}\n"
        for k, r in enumerate(whole)
    )
    layout = Layout(5, ",", [4])
    one = read_table(text.encode(), 0, layout)
    monkeypatch.setattr(_tables, "_BLOCK", 64)
    many = read_table(text.encode(), 0, layout)
    np.testing.assert_array_equal(one.values[:, :4], whole)
    np.testing.assert_array_equal(many.values, one.values)
    assert many.names[4][1] == one.names[4][1] == ["a0", "a1", "a2"]
    np.testing.assert_array_equal(many.names[4][0], one.names[4][0])


def test_tables_beyond_all_measure(monkeypatch, tmp_path):
    monkeypatch.setattr(_tables, "_MAX_VALUES", 10)
    with pytest.raises(DamagedFile, match="at most 5 rows"):
        values("1,2\n" * 6, 2)
    with pytest.raises(DamagedFile, match="below 200 letters"):
        values("1," + "a" * 201 + "\n", 2, texts=[1])
    monkeypatch.setattr("repetiteur.io._text.MAX_BYTES", 10)
    (tmp_path / "a").write_bytes(b"1" * 11)
    with pytest.raises(DamagedFile, match="Export it in parts"):
        text_of(tmp_path / "a")
    with pytest.raises(DamagedFile, match="at most 20,000 columns"):
        cells("," * 20_001, ",")


def test_text_that_breaks_its_own_encoding(tmp_path):
    (tmp_path / "a").write_bytes("ab".encode("utf-16") + b"\x00\xd8x")
    with pytest.raises(DamagedFile, match="does not go on so"):
        text_of(tmp_path / "a")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_any_encoding(tmp_path, encoding, end):
    text = f"time,genou droit é_x{end}0,1{end}"
    assert first_lines(text.encode(encoding))[:2] == ["time,genou droit é_x", "0,1"]
    (tmp_path / "a").write_bytes(text.encode(encoding))
    plain = text_of(tmp_path / "a").removeprefix(b"\xef\xbb\xbf")
    codec = "latin-1" if encoding == "latin-1" else "utf-8"
    assert plain.decode(codec) == text.replace(end, "\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [("a,b", ","), ("a;b;c", ";"), ("a\tb,c", "\t"), ('"a;b;c",d', ","), ("a;b", ";")],
)
def test_what_stands_between_cells(line, expected):
    assert delimiter_of(line) == expected


def test_columns_that_are_no_points():
    found = columns_of(["frame", "max", "index", "knee_x", "hip_x", "hip_y", "score"])
    assert found.points == {"hip": {"x": 4, "y": 5}}
    assert columns_of(["a_x", "a_y", "a_z", "b_x", "b_y"]).points.keys() == {"a"}
    assert columns_of(["x", "y", "z"]).points == {}


KINDS = {
    "trc": tables.trc(tables.moving(), NAMES),
    "storage": tables.storage({"time": np.arange(3.0), "a": np.arange(3.0)}),
    "motive": tables.motive(tables.moving(("pelvis",)), [("Bone", "A:Hip")]),
    "qualisys": tables.qualisys(tables.moving(), NAMES),
    "xsens": tables.xsens(tables.moving(("pelvis", "nose")), ["Pelvis", "L5"]),
    "freemocap": tables.wide(tables.landmark_places(), tables.LANDMARKS, lead=()),
    "mediapipe": tables.wide(tables.landmark_places(), tables.LANDMARKS),
    "csv": tables.wide(tables.moving(), NAMES),
    "csv-long": "time_s,individual,keypoint,x,y,z\n0,Anna,hip,1,2,3\n",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_table_is_of_its_kind(kind, encoding):
    assert kind_of(KINDS[kind].encode(encoding)[:4096]) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_each_table_has_one_reader(kind):
    head = KINDS[kind].encode()[:4096]
    claim = [n for n, f in formats().items() if f.sniff is not None and f.sniff(head)]
    assert claim == ["mot" if kind == "storage" else kind]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "a", "a,b,c\n1,2,3\n", "x,y,z\n", "HIERARCHY\n", "{}", "# only this\n",
     "time,beat,bar,count,confidence\n", "reference_s,take_s,state\n", "," * 3000],
)  # fmt: skip
def test_what_is_of_no_kind(text):
    assert kind_of(text.encode()) is None
