"""Tables of marks, as people and spreadsheets write them."""

from pathlib import Path

import pytest

from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io.marks import COLUMNS, NEEDED, Mark, read_marks

HEAD = ",".join(COLUMNS)


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, encoding="utf-8"):
        file = tmp_path / "marks.csv"
        file.write_bytes(text.encode(encoding))
        return read_marks(file)

    return write_and_read


def test_the_columns_are_those_that_are_documented():
    assert set(NEEDED) < set(COLUMNS)


def test_a_whole_line(read):
    (mark,) = read(
        f"{HEAD}\nmonday,n1,leg_elevation,left,-13.9,deg,accept,12,Anna,2026-11-02\n"
    )
    assert mark == Mark("monday", "n1", "accept", "Anna", -13.9, 12.0, "deg")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_a_spreadsheet_saves_it(read, encoding, end):
    lines = ["Rater;Mark;Note;Notes;Size", "Zoë;Not now;n2;monday;12,5", "", ";;;;"]
    (mark,) = read(end.join(lines), encoding)
    assert (mark.rater, mark.answer, mark.size) == ("Zoë", "not_now", 12.5)


def test_lines_without_a_mark_are_passed_over(read):
    assert read("notes,note,mark,rater\nmonday,n1,,Anna\nmonday,n2,reject,Anna\n") == (
        Mark("monday", "n2", "reject", "Anna"),
    )


def test_none_missed_needs_no_note(read):
    (mark,) = read("notes,note,mark,rater\nmonday,,none_missed,Anna\n")
    assert mark.answer == "none_missed"


def test_a_minus_is_one_however_it_is_written(read):
    (mark,) = read("notes,note,mark,rater,size\na,n1,accept,B,\N{MINUS SIGN}3.5\n")
    assert mark.size == -3.5


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "notes,note,mark\na,b,c\n"])
def test_another_table_is_told_what_it_lacks(read, text):
    with pytest.raises(UnknownFormat, match="notes, note, mark, rater"):
        read(text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("monday,n1,yes,Anna,", "accept, reject, not_now"),
        ("monday,n1,accept,,", "a rater"),
        (",n1,accept,Anna,", "a notes"),
        ("monday,,accept,Anna,", "a note"),
        ("monday,n1,accept,Anna,big", "a number as size"),
        ("monday,n1,accept,Anna,nan", "a number as size"),
        ("monday,n1,accept,Anna,1e99", "a number as size"),
        ("monday,n1,accept,Anna,1_0", "a number as size"),
    ],
)
def test_a_line_that_says_something_else_is_named(read, line, said):
    with pytest.raises(DamagedFile) as raised:
        read(f"notes,note,mark,rater,size\nmonday,n0,accept,Anna,1\n{line}\n")
    assert said in str(raised.value)
    assert "marks.csv, line 3," in str(raised.value)


def test_bounds(read, monkeypatch, tmp_path):
    monkeypatch.setattr("repetiteur.io.marks.MAX_ROWS", 3)
    with pytest.raises(DamagedFile, match="at most 3 lines"):
        read(f"{HEAD}\n" + ",,,,,,,,,\n" * 5)
    monkeypatch.setattr("repetiteur.io.marks.MAX_BYTES", 10)
    with pytest.raises(DamagedFile, match="below"):
        read(f"{HEAD}\n")
    with pytest.raises(DamagedFile, match="CSV"):
        monkeypatch.undo()
        read(f"{HEAD}\n" + '"' + "x" * 200_000 + '"\n')


def test_what_is_no_text_and_what_is_no_file(read, tmp_path):
    with pytest.raises(DamagedFile, match="UTF-8"):
        read(f"{HEAD}\nmonday,n1,,,,,accept,,Zoë,\n", "latin-1")
    for missing in (tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(UnreadableRecording, match="readable file"):
            read_marks(missing)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no endless files")
def test_what_never_ends_is_not_read_to_its_end():
    with pytest.raises(DamagedFile, match="below 5 MiB"):
        read_marks("/dev/zero")
