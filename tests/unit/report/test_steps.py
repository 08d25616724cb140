"""Steps as JSON, CSV and subtitles."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from repetiteur.coaching.placing import placed_measures
from repetiteur.model.findings import Measured, Measurement, Span
from repetiteur.report.exports import notes_json, to_json
from repetiteur.report.plain import plain
from repetiteur.report.sheet import sheet
from repetiteur.report.step_rows import COLUMNS as SHOWN
from repetiteur.report.step_rows import step_rows
from repetiteur.report.steps import (
    COLUMNS,
    lanes,
    step_json,
    steps_csv,
    steps_json,
    steps_vtt,
)
from repetiteur.steps.step import Step
from unit.report import small_rehearsal as made
from unit.report import stepped

TIMES = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})")


def test_the_document_is_that_of_the_contract():
    found = json.loads(to_json(steps_json(stepped.danced())))
    assert found["schema"] == "repetiteur.steps/1"
    lift = next(step for step in found["steps"] if step["id"] == "developpe")
    assert lift["name"] == "Développé à la seconde"
    assert (lift["side"], lift["start_s"], lift["end_s"]) == ("left", 2.0, 6.0)
    assert (lift["confidence"], lift["runner_up"]) == (0.83, "fondu")
    assert lift["phases"]["extension"] == {"start_s": 3.0, "end_s": 4.5}
    assert list(lift["phases"]) == ["retire", "extension", "hold"]
    assert lift["because"] == list(stepped.LIFT.because)
    assert lift["attributes"]["height_deg"] == pytest.approx(96.25)
    assert lift["undecided"] is False
    starts = [step["start_s"] for step in found["steps"]]
    assert starts == sorted(starts)
    assert len(starts) == len(stepped.STEPS)


def test_a_school_changes_words_and_no_geometry():
    plain, vaganova = (step_json(stepped.LIFT, school) for school in (None, "vaganova"))
    assert plain["danced"] == ["leg at 96°", "croisé", "arms rounded above"]
    assert vaganova["danced"] == [
        "leg at 96°", "croisé", "towards 2", "arms in third",
    ]  # fmt: skip
    assert plain["attributes"] == vaganova["attributes"]


def test_what_is_not_finite_is_left_out():
    odd = {"turns": float("nan"), "height_deg": np.inf, "heading_deg": np.float32(1)}
    entry = step_json(Step("demi_plie", None, 1.0, 2.0, 0.9, attributes=odd))
    assert entry["attributes"] == {"heading_deg": 1.0}
    to_json(entry)


def test_a_path_of_this_machine_stays_here():
    read = stepped.danced(source="/home/anna/films/take.mp4", video=True)
    for text in (to_json(steps_json(read)), steps_csv(read), steps_vtt(read)):
        assert "anna" not in text
    assert steps_json(read)["recording"]["source"] == "take.mp4"


def test_a_row_for_each_step():
    rows = list(csv.DictReader(io.StringIO(steps_csv(stepped.danced()))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [step.id for step in stepped.STEPS]
    lift = rows[1]
    assert (
        lift["phases"] == "retire 2.000 3.000; extension 3.000 4.500; hold 4.500 6.000"
    )
    assert lift["because"].count("; ") == 1
    assert [row["undecided"] for row in rows].count("yes") == 1


def cues(text):
    head, *found = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    return [cue.split("\n") for cue in found]


def seconds(hours, minutes, rest):
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def test_a_cue_for_each_step():
    found = cues(steps_vtt(stepped.danced()))
    assert [cue[0] for cue in found] == ["s1", "s2", "s3", "s4", "s5"]
    assert [cue[2] for cue in found] == [
        "Adage",
        "Développé à la seconde, left",
        "Demi-plié",
        "Troisième position or Cinquième position, left",
        "Sauté?",
    ]
    for cue, step in zip(found, stepped.STEPS, strict=True):
        ends = TIMES.fullmatch(cue[1]).groups()
        assert seconds(*ends[:3]) == pytest.approx(step.start_s, abs=1e-3)
        assert seconds(*ends[3:]) == pytest.approx(step.end_s, abs=1e-3)


def test_a_cue_lasts_and_begins_in_the_recording():
    brief = [
        Step("fifth_position", "left", 3.0, 3.0, 0.9),
        Step("fifth_position", "left", -0.2, -0.1, 0.9),
    ]
    for cue in cues(steps_vtt(stepped.danced(brief))):
        ends = TIMES.fullmatch(cue[1]).groups()
        assert 0.0 <= seconds(*ends[:3]) < seconds(*ends[3:])


def test_names_of_dancers_stay_names():
    found = cues(steps_vtt(stepped.two()))
    assert len(found) == 4
    assert all(len(cue) == 3 for cue in found)
    assert found[0][2].startswith("<v Anna>")
    assert "<img" not in steps_vtt(stepped.two())
    rows = list(csv.DictReader(io.StringIO(steps_csv(stepped.two()), newline="")))
    assert [row["dancer"] for row in rows].count(plain(stepped.NASTY)) == 2


def test_names_of_dancers_steer_no_terminal_and_begin_no_row():
    names = {"\x1b[31mEVIL\x1b]0;title\x07": stepped.STEPS, "A\nB\x9b2J": stepped.STEPS}
    danced = replace(stepped.two(), steps=names)
    for text in (steps_csv(danced), steps_vtt(danced), to_json(steps_json(danced))):
        assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
        assert "[31mEVIL ]0;title" in text
        assert "A B 2J" in text
    rows = list(csv.DictReader(io.StringIO(steps_csv(danced), newline="")))
    assert {row["dancer"] for row in rows} == {"[31mEVIL ]0;title", "A B 2J"}


def test_nothing_recognised_gives_an_empty_document():
    nothing = stepped.danced(())
    assert steps_json(nothing)["steps"] == []
    assert steps_vtt(nothing) == "WEBVTT\n"
    assert len(steps_csv(nothing).splitlines()) == 1


def test_steps_over_each_other_lie_on_lines_of_their_own():
    found = lanes(stepped.STEPS)
    assert [len(lane) for lane in found] == [4, 1]
    assert sorted(step.id for lane in found for step in lane) == sorted(
        step.id for step in stepped.STEPS
    )
    for lane in found:
        for one, two in pairwise(lane):
            assert one.end_s <= two.start_s


def test_rows_for_people():
    rows = step_rows(stepped.STEPS, "cecchetti")
    assert all(len(row) == len(SHOWN) for row in rows)
    said = [" ".join(row) for row in rows]
    assert "8 in 10" in said[1]
    assert "arms in fifth en haut" in said[1]
    assert "towards 1" in said[1]
    assert "Troisième position or Cinquième position" in said[3]
    assert "perhaps Changement de pieds" in said[4]
    assert "" not in [row[0] for row in rows], "one phrase has no gap in it"


def test_notes_have_the_steps_that_the_page_shows():
    base = made.rehearsal()
    assert "steps" not in notes_json(base)
    told = made.replace(base, reference_steps=stepped.STEPS, take_steps=())
    found = notes_json(told)["steps"]
    assert [len(found[who]) for who in ("reference", "take")] == [5, 0]
    json.loads(to_json(notes_json(told)))


def test_a_moment_that_was_measured_says_its_step():
    bend = Measurement(
        "plie_depth", None, "plie", Span(6.1, 7.0), 0.18, "ratio", (0.15, 0.22), (1, 9)
    )
    knee = Measurement(
        "knee_flexion",
        "left",
        "plie",
        Span(6.1, 7.0),
        60.0,
        "deg",
        (55.0, 65.0),
        (1, 9),
    )
    plain = sheet(Measured((bend, knee)))
    assert [part.heading for part in plain.moments] == ["6.10–7.00 s · plié"]
    told = placed_measures(Measured((bend, knee)), stepped.STEPS)
    assert [part.heading for part in sheet(told).moments] == [
        "6.10–7.00 s · plié · Demi-plié"
    ]
