"""Several trials for programs and for people."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from danced_again import depths, measurement, trial
from repetiteur.report.exports import to_json
from repetiteur.report.trials import (
    CSV_COLUMNS,
    trials_csv,
    trials_json,
    trials_lacking,
    trials_lines,
    trials_parts,
)
from repetiteur.technique.trials import compare


def turned(sense, count):
    words = {"moment": "turn", "at": 5.0}
    return trial(
        measurement(sense, measure="turn_sense", unit="label", **words),
        measurement(count, measure="turn_count", unit="rev", half=0.0, **words),
    )


@pytest.fixture(scope="module")
def three():
    return compare([depths(1.0), depths(3.0), depths(2.0)])


@pytest.fixture(scope="module")
def better():
    noise = np.random.default_rng(3).normal(size=8)
    return compare([depths(float(v)) for v in noise + 4.0 * np.arange(8)])


def test_the_document_holds_all_of_it(three):
    found = json.loads(to_json(trials_json(three, ["a.nc", "b.nc", "c.nc"])))
    assert found["sources"] == ["a.nc", "b.nc", "c.nc"]
    (depth,) = [v for v in found["variations"] if v["measure"] == "plie_depth"]
    assert depth["typical_error"] == pytest.approx(1.0)
    assert depth["typical_error90"] == [0.5, 4.5]
    assert depth["detectable90"] == pytest.approx(4.13, abs=0.01)
    assert depth["own"] == pytest.approx(1.0, abs=0.01)
    assert depth["still_changing"] is False
    assert (depth["trials"], depth["moments"]) == (3, 1)


def test_who_still_changes_has_no_typical_error(better):
    entry = trials_json(better, ["a.nc"] * 8)["variations"][0]
    assert (entry["typical_error"], entry["typical_error90"]) == (None, None)
    assert entry["still_changing"] is True
    (line,) = trials_lines(better)
    assert line.startswith("Depth of the plié: still changing, by 3.8° (")
    (row,) = [row for part in trials_parts(better) for row in part.rows
              if row[-1] == "plie_depth"]  # fmt: skip
    assert row[2] == "still changing"


def test_a_row_for_each_measure(three):
    rows = list(csv.DictReader(io.StringIO(trials_csv(three))))
    assert tuple(rows[0]) == CSV_COLUMNS
    depth = next(row for row in rows if row["measure"] == "plie_depth")
    assert depth["typical_error"] == "1.0"
    assert depth["typical_error_low90"] == "0.5"
    assert depth["agree"] == ""


def test_agreements_are_rows_too():
    senses = ("en_dehors", "en_dedans", "en_dehors")
    found = compare([turned(sense, 2.0) for sense in senses])
    rows = list(csv.DictReader(io.StringIO(trials_csv(found))))
    assert [(row["measure"], row["most"], row["agree"], row["of"]) for row in rows] == [
        ("turn_sense", "en_dehors", "2", "3"),
        ("turn_count", "2.0", "3", "3"),
    ]
    (part,) = trials_parts(found)
    assert part.heading == "turn · 3 trials"
    assert part.rows[0][:3] == ("En dehors or en dedans", "en dehors", "2 of 3 agree")
    entry = trials_json(found, [])["agreements"][0]
    assert (entry["most"], entry["agree"], entry["of"]) == (["en_dehors"], 2, 3)


def test_a_row_for_people(three):
    (part,) = trials_parts(three)
    assert part.heading == "plié · 3 trials"
    name, mean, error, change, instrument, own, id = part.rows[0]
    assert (name, mean, id) == ("Depth of the plié", "2.0°", "plie_depth")
    assert (error, change) == ("1.0° (0.5–4.5)", "4.1°")
    assert (instrument, own) == ("0.1°", "1.0°")


def test_what_was_not_compared_says_why():
    found = compare([depths(1.0, 2.0), depths(1.0), depths(None)])
    (line,) = trials_lacking(found)
    assert line.startswith("pliés. The trials have 2, 1 and 1 pliés. Cut them")
    alone = compare([depths(1.0), depths(None), depths(None)])
    (line,) = trials_lacking(alone)
    assert line == "pliés: Depth of the plié. Judged in 1 of the 3 trials alone."


def test_trials_that_are_all_alike_are_said_to_be():
    alike = compare([depths(5.0), depths(5.0)])
    row = trials_parts(alike)[0].rows[0]
    assert row[1:6] == ("5.0°", "no difference", "", "0.1°", "")
    entry = trials_json(alike, ["a.nc", "b.nc"])["variations"][0]
    assert (entry["typical_error"], entry["detectable90"]) == (0.0, None)
    assert next(csv.DictReader(io.StringIO(trials_csv(alike))))["detectable90"] == ""


def test_times_are_no_shares():
    words = {"measure": "spotting.snap", "moment": "turn", "unit": "ratio"}
    found = compare([trial(measurement(v, **words)) for v in (2.0, 3.0, 2.5)])
    row = trials_parts(found)[0].rows[0]
    assert row[1].endswith(" times")
    assert "%" not in "".join(row)
