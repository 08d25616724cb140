"""notes.json, notes.vtt and alignment.csv."""

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.model.findings import Apartness, Difference, PoseDistance, Span
from repetiteur.report.exports import (
    alignment_csv,
    notes_json,
    notes_vtt,
    rounded,
    to_json,
)
from unit.report import small_rehearsal as made


def test_notes_json_is_the_contract():
    document = json.loads(to_json(notes_json(made.rehearsal())))
    assert document["schema"] == "repetiteur.notes/1"
    assert document["take"] == {
        "source": "adage_take.bvh",
        "sha256": "b27d03e8" * 8,
        "duration_s": 12.0,
        "space": "3d",
    }
    assert document["alignment"] == {
        "side": "same",
        "tempo_ratio": 1.0,
        "start_offset_s": 0.0,
        "confidence": 0.93,
        "judged_share": 0.92,
    }
    notes = document["notes"]
    assert [n["id"] for n in notes] == ["n1", "n2", "n3", "n4"]
    assert [n["rank"] for n in notes] == [1, 2, 3, 4]
    leg = notes[2]
    assert leg["difference"] == {
        "value": -12.1,
        "unit": "deg",
        "interval90": [-15.8, -8.4],
        "floor": 5.2,
    }
    assert leg["occurrences"] == 2
    assert leg["also"] == [{"start_s": 9.1, "end_s": 10.2}]
    assert leg["evidence"]["take_frames"] == [192, 288]
    assert leg["step"] is None
    assert "measured" not in notes[1], "lateness has no measured value"
    assert document["timing"][0]["count"] == "0"
    assert document["within_floor"] == 23
    assert document["not_judged"][0]["times"] == [{"start_s": 2.5, "end_s": 3.5}]
    assert "times" not in document["not_judged"][1]
    assert "earlier" not in document


def test_what_a_camera_saw_is_flat(filmed):
    document = notes_json(filmed)
    assert (document["take"]["space"], document["reference"]["space"]) == ("2d", "2d")


def test_no_number_that_is_not_finite_reaches_json():
    rows = (*made.timing(), made.Lateness("99", 99.0, 99.0, np.nan, (-np.inf, np.inf)))
    found = made.findings(timing=rows)
    document = notes_json(made.rehearsal(found=found))
    assert len(document["timing"]) == len(made.timing())
    with pytest.raises(ValueError, match="JSON"):
        to_json({"value": float("nan")})


def test_sources_lose_their_folders():
    rehearsal = made.rehearsal(sources=("/home/someone/ref.bvh", "C:\\film\\take.bvh"))
    document = notes_json(rehearsal)
    assert document["reference"]["source"] == "ref.bvh"
    assert document["take"]["source"] == "take.bvh"


@pytest.mark.parametrize("seed", range(20))
def test_rounding_keeps_values_inside_and_notes_beyond_the_floor(seed):
    draw = np.random.default_rng(seed)
    for unit in ("deg", "s", "ratio", "turns"):
        floor = float(draw.uniform(0.01, 6))
        low = floor + float(draw.choice([1e-4, 0.01, 1.0])) * float(
            draw.uniform(0.1, 1)
        )
        value = low + float(draw.uniform(0, 2))
        gap = Difference(value, unit, (low, value + float(draw.uniform(0, 2))), floor)
        told = rounded(gap)
        assert told.interval90[0] <= told.value <= told.interval90[1]
        assert told.beyond_floor == gap.beyond_floor


def test_vtt_is_well_formed_and_in_order():
    found = made.findings(
        notes=(
            made.note(take=Span(3700.0, 3700.2), text="a --> b\n\n<i>late</i> & so"),
            made.note(take=Span(-0.2, 1.5), text="First in time."),
        )
    )
    lines = notes_vtt(made.rehearsal(found=found)).split("\n")
    assert lines[:2] == ["WEBVTT", ""]
    cues = [line for line in lines if " --> " in line]
    assert cues == [
        "00:00:00.000 --> 00:00:01.500",
        "01:01:40.000 --> 01:01:41.000",
    ]
    form = re.compile(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}")
    assert all(form.fullmatch(cue) for cue in cues)
    assert "1. a --&gt; b &lt;i&gt;late&lt;/i&gt; &amp; so" in lines
    assert lines.index("n2") < lines.index("n1")


def test_vtt_without_notes_is_still_vtt():
    assert notes_vtt(made.rehearsal(found=made.findings(notes=()))) == "WEBVTT\n"


def test_alignment_csv_has_a_row_for_each_point():
    line_up = made.line_up()
    text = alignment_csv(made.rehearsal(alignment=line_up))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["reference_s", "take_s", "state"]
    assert len(rows) == line_up.reference_s.size
    for column in ("reference_s", "take_s"):
        assert (np.diff([float(row[column]) for row in rows]) >= 0).all()
    assert {row["state"] for row in rows} == {"danced"}


def test_what_several_references_have_and_why_a_step_is_not_there():
    rehearsal = made.rehearsal(
        found=made.findings(
            [
                made.note(spread=(95.84, 108.04)),
                made.note(measure="step_presence", kind="extra", presence="paused"),
            ]
        )
    )
    several = replace(rehearsal, references=(rehearsal.take,))
    document = notes_json(several)
    arm, step = document["notes"]
    assert arm["spread"] == {"low": 95.8, "high": 108.0}
    assert "presence" not in arm
    assert (step["presence"], "spread" in step) == ("paused", False)
    assert document["references"] == [document["take"]]
    assert "references" not in notes_json(rehearsal)


def test_how_far_the_whole_pose_is_away():
    rehearsal = made.rehearsal()
    assert "pose_distance" not in notes_json(rehearsal)
    bones = {"trunk": Apartness(1.04, (0.0, 2.0)), "left_foot": Apartness(9, (7, 11))}
    away = PoseDistance(Apartness(2.26, (1.0, 3.0)), bones)
    found = replace(rehearsal.findings, pose_distance=away)
    said = notes_json(replace(rehearsal, findings=found))["pose_distance"]
    assert (said["value"], said["interval90"], said["unit"]) == (2.3, [1.0, 3.0], "deg")
    assert said["bones"]["trunk"] == {"value": 1.0, "interval90": [0.0, 2.0]}
