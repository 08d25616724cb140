"""From notes.json to marks, and from marks to agreement, as people do it."""

import csv
import io
import json

import pytest

import commands
from repetiteur.report.exports import notes_json, to_json
from unit.report import small_rehearsal as made


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("agreement", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture
def blank(run, tmp_path):
    """Rows of a table to fill in."""
    notes = tmp_path / "notes.json"
    notes.write_text(to_json(notes_json(made.rehearsal())), encoding="utf-8")
    done = run("agreement", "--blank", notes)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def filled(path, rows, rater, answers, sizes):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        for row, answer, size in zip(rows, answers, sizes, strict=True):
            table.writerow({**row, "mark": answer, "rater": rater, "size": size})
    return path


def test_a_blank_table_has_a_line_for_each_note(blank):
    assert [row["note"] for row in blank] == ["n1", "n2", "n3", "n4"]
    assert {row["notes"] for row in blank} == {blank[0]["notes"]}
    assert (blank[2]["said"], blank[2]["unit"]) == ("-12.1", "deg")
    assert not any(row["mark"] or row["rater"] for row in blank)


def test_two_raters(run, blank, tmp_path):
    answers = ["accept", "accept", "reject", "accept"]
    anna = filled(tmp_path / "anna.csv", blank, "Anna", answers, ["", "", "10", ""])
    answers = ["accept", "accept", "reject", "reject"]
    ben = filled(tmp_path / "ben.csv", blank, "Ben", answers, [""] * 4)
    done = run("agreement", anna, ben)
    assert done.returncode == 0, done.stderr
    assert "Anna: 75 % (90 %: 36 % to 94 %), of 4" in done.stdout
    assert "Anna and Ben: 0.50" in done.stdout
    assert "Not judged" in done.stdout
    assert "Published" in done.stdout
    document = json.loads(run("agreement", anna, ben, "--json").stdout)
    assert document["schema"] == "repetiteur.agreement/1"
    for figure in document["figures"]:
        low, high = figure["interval90"]
        assert low <= figure["value"] <= high
    assert {one["what"] for one in document["not_judged"]} >= {"kappa", "found", "icc"}
    assert all(one["source"] for one in document["between_people"])


def test_codes(run, blank, tmp_path):
    none = filled(tmp_path / "none.csv", blank, "Anna", ["not_now"] * 4, [""] * 4)
    done = run("agreement", none)
    assert done.returncode == 4
    assert "4 not_now" in done.stderr
    for bad in (tmp_path / "notes.json", tmp_path / "nowhere.csv"):
        done = run("agreement", bad)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 1
    assert run("agreement", "--blank", none).returncode == 3
    assert run("agreement").returncode == 2


def test_a_name_does_not_steer_the_terminal(run, blank, tmp_path):
    nasty = filled(
        tmp_path / "x.csv", blank, "A\x1b[31m[red]", ["accept"] * 4, [""] * 4
    )
    done = run("agreement", nasty)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "[red]" in done.stdout
