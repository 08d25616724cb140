"""Notes of an earlier rehearsal: what is read of them, and what is refused."""

import copy
import json

import pytest

from repetiteur.errors import DamagedFile, UnknownFormat, UnreadableRecording
from repetiteur.io.notes import MAX_NOTES, read_notes
from repetiteur.model.findings import Difference, Span
from repetiteur.report.exports import notes_json, to_json
from unit.report import small_rehearsal as made

NOTE = {
    "id": "n1",
    "measure": "leg_elevation",
    "side": "left",
    "reference": {"start_s": 3.9, "end_s": 5.4},
    "difference": {
        "value": -12.1,
        "unit": "deg",
        "interval90": [-15.8, -8.4],
        "floor": 5.2,
    },
}
DOCUMENT = {
    "schema": "repetiteur.notes/1",
    "reference": {"source": "ref.bvh", "sha256": "a" * 64},
    "take": {"source": "monday.bvh", "sha256": "b" * 64},
    "alignment": {"side": "same"},
    "notes": [NOTE],
}
MISSING = object()


@pytest.fixture
def read(tmp_path):
    def write_and_read(document):
        file = tmp_path / "notes.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return read_notes(file)

    return write_and_read


def changed(path, value):
    document = copy.deepcopy(DOCUMENT)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return document


def test_the_fields_of_the_contract_are_enough(read):
    found = read(DOCUMENT)
    assert (found.source, found.side) == ("monday.bvh", "same")
    assert found.references == ("a" * 64,)
    (note,) = found.notes
    assert note.reference == Span(3.9, 5.4)
    assert note.at_reference_s == pytest.approx(4.65)
    assert note.difference == Difference(-12.1, "deg", (-15.8, -8.4), 5.2)
    assert note.presence is None


def test_what_the_program_writes_it_reads(tmp_path):
    file = tmp_path / "notes.json"
    file.write_text(to_json(notes_json(made.rehearsal())), encoding="utf-8")
    found = read_notes(file)
    notes = made.four_notes()
    assert [note.measure for note in found.notes] == [note.measure for note in notes]
    assert found.notes[2].at_reference_s == notes[2].at_reference_s
    assert found.notes[3].side == "both"


def test_unknown_fields_are_passed_over(read):
    document = changed(["later"], {"deep": [1, 2]})
    document["notes"][0]["mood"] = "…"
    assert read(document) == read(DOCUMENT)


@pytest.mark.parametrize("came", [[], "notes", 3, {"schema": "repetiteur.steps/1"}, {}])
def test_other_json_is_no_notes(read, came):
    with pytest.raises(UnknownFormat, match=r"repetiteur\.notes/1, and notes\.json"):
        read(came)


@pytest.mark.parametrize(
    ("path", "value", "names"),
    [
        (["reference"], MISSING, "reference"),
        (["reference", "sha256"], 7, "sha256"),
        (["take", "source"], "", "take.source"),
        (["alignment", "side"], "left", "alignment.side"),
        (["notes"], {"n1": NOTE}, "notes"),
        (["notes"], [NOTE] * (MAX_NOTES + 1), "notes"),
        (["notes", 0], "n1", "notes"),
        (["notes", 0, "id"], None, "notes[0].id"),
        (["notes", 0, "side"], ["left"], "notes[0].side"),
        (["notes", 0, "side"], "up", "notes[0].side"),
        (["notes", 0, "presence"], "gone", "notes[0].presence"),
        (["notes", 0, "reference", "end_s"], 1.0, "notes[0].reference"),
        (["notes", 0, "reference", "end_s"], float("nan"), "reference.end_s"),
        (["notes", 0, "reference", "start_s"], True, "reference.start_s"),
        (["notes", 0, "difference", "value"], float("inf"), "difference.value"),
        (["notes", 0, "difference", "value"], "12", "difference.value"),
        (["notes", 0, "difference", "value"], 10**400, "difference.value"),
        (["notes", 0, "difference", "value"], 12.0, "difference.interval90"),
        (["notes", 0, "difference", "interval90"], [1.0], "difference.interval90"),
        (["notes", 0, "difference", "interval90"], [2.0, 1.0], "interval90"),
        (["notes", 0, "difference", "interval90"], [None, 1.0], "interval90.0"),
        (["notes", 0, "difference", "floor"], -1.0, "difference.floor"),
        (["notes", 0, "difference", "unit"], None, "difference.unit"),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_named(read, path, value, names):
    with pytest.raises(DamagedFile) as raised:
        read(changed(path, value))
    assert names in str(raised.value)
    assert "notes.json" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_cut_short_is_damaged(tmp_path):
    file = tmp_path / "notes.json"
    file.write_text(json.dumps(DOCUMENT)[:-20], encoding="utf-8")
    with pytest.raises(DamagedFile, match=r"notes\.json is broken or cut short"):
        read_notes(file)


def test_a_file_that_is_too_large_is_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr("repetiteur.io.notes.MAX_BYTES", 100)
    file = tmp_path / "notes.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    with pytest.raises(DamagedFile, match="below"):
        read_notes(file)


@pytest.mark.parametrize("name", ["", "nowhere.json"])
def test_what_is_no_file_says_so(tmp_path, name):
    with pytest.raises(UnreadableRecording, match="readable file"):
        read_notes(tmp_path / name)


def test_a_file_without_its_list_of_notes_is_not_one_without_notes(read):
    with pytest.raises(DamagedFile, match="a list of notes"):
        read(changed(["notes"], MISSING))
    assert read(changed(["notes"], [])).notes == ()
