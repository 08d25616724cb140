"""Tables of counts, as they are written, and as people and spreadsheets change them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import (
    CannotWrite,
    DamagedFile,
    NothingToJudge,
    UnknownFormat,
    UnreadableRecording,
)
from repetiteur.io import counts as table
from repetiteur.io.counts import COLUMNS, counts_csv, read_counts, write_counts
from repetiteur.model.counts import counted

HEAD = ",".join(COLUMNS)


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, encoding="utf-8"):
        file = tmp_path / "counts.csv"
        file.write_bytes(text.encode(encoding))
        return read_counts(file)

    return write_and_read


def same(one, other):
    for name in COLUMNS:
        field = "confidence" if name == "confidence" else name
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))


def test_what_is_written_is_read(tmp_path, rng):
    time = np.cumsum(rng.uniform(0.3, 0.9, 40)) - 2.0
    counts = counted(time.round(3), metre=3, one=2, confidence=rng.random(40).round(2))
    write_counts(counts, tmp_path / "a.csv")
    same(read_counts(tmp_path / "a.csv"), counts)


def test_pick_ups_gaps_and_moved_times_survive(read):
    counts = counted(np.arange(24) * 0.5, metre=4, one=2)
    lines = counts_csv(counts).splitlines()
    del lines[9:13]  # a fermata
    lines[4] = "1.62," + lines[4].split(",", 1)[1]
    kept = read("\n".join(lines) + "\n")
    assert len(kept) == 20
    assert kept.bar[:2].tolist() == [0, 0]
    assert kept.time_s[3] == 1.62
    again = read(counts_csv(kept))
    same(again, kept)
    assert again.label[[2, 7, 8]].tolist() == ["1·1", "1·6", "2·3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_a_spreadsheet_saves_it(read, encoding, end):
    lines = [
        "sep=;",
        "Count;Bar;Beat;Time_s;remark",
        "# from the rehearsal",
        "1;1;1;0,52;jeté",
        "",
        ";;;;",
        '"2";1;2,0;"1,31";',
    ]
    counts = read(end.join(lines), encoding)
    assert counts.time_s.tolist() == [0.52, 1.31]
    assert counts.count.tolist() == [1, 2]
    assert counts.confidence.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "head", ["", "\n", "a,b\n1,2\n", "time_s,beat,bar\n1,1,1\n", f"time_s,{HEAD}\n"]
)
def test_another_table_is_told_what_it_lacks(read, head):
    with pytest.raises(UnknownFormat, match="time_s, beat, bar, count"):
        read(head)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0.5,2,1,2,1", "a time after 0.5 s"),
        ("0.4,2,1,2,1", "a time after 0.5 s"),
        ("nan,2,1,2,1", "a number from -100000"),
        ("inf,2,1,2,1", "a number from -100000"),
        ("1_0,2,1,2,1", "a number from -100000"),
        ("1,2,1_0,2,1", "as bar"),
        (",2,1,2,1", "as time_s, and"),
        ("1,0,1,2,1", "as beat"),
        ("1,1.5,1,2,1", "a whole number from 1 to 64 as beat"),
        ("1,2,one,2,1", "as bar"),
        ("1,2,1,,1", "as count"),
        ("1,2,1,99,1", "as count"),
        ("1,2,1,2,1.2", "as confidence"),
        ("1,2,1", "as count"),
        ("1,31,2,1,2,1", "is a comma a decimal one?"),
        ('"1,2,1,2', "CSV"),
    ],
)
def test_a_line_that_says_something_else_is_named(read, line, said):
    with pytest.raises(DamagedFile) as raised:
        read(f"{HEAD}\n0.5,1,1,1,1\n{line}\n")
    assert said in str(raised.value)
    assert "counts.csv, line 3," in str(raised.value)
    assert "\n" not in str(raised.value)


def test_no_counts(read):
    with pytest.raises(NothingToJudge, match="none below its heading"):
        read(f"{HEAD}\n\n")


def test_bounds(read, monkeypatch):
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    with pytest.raises(DamagedFile, match="at most 3 lines"):
        read(f"{HEAD}\n" + "\n" * 5)
    monkeypatch.setattr(table, "MAX_BYTES", 10)
    with pytest.raises(DamagedFile, match="below"):
        read(f"{HEAD}\n")


def test_what_is_no_text_and_what_is_no_file(read, tmp_path):
    with pytest.raises(DamagedFile, match="UTF-8"):
        read("time_s,beat,bar,count,Zoë\n", "latin-1")
    for missing in (tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(UnreadableRecording, match="readable file"):
            read_counts(missing)


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(CannotWrite):
        write_counts(counted(np.arange(2.0), metre=4, one=0), tmp_path / "no" / "a.csv")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no endless files")
def test_what_never_ends_is_not_read_to_its_end():
    with pytest.raises(DamagedFile, match="below 5 MiB"):
        read_counts("/dev/zero")
