"""What was measured, as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

import bodies
from repetiteur.model.findings import Measured, Measurement, NotJudged, Span
from repetiteur.rehearsal import recording_from_poses
from repetiteur.report.exports import to_json
from repetiteur.report.measured import (
    COLUMNS,
    Taken,
    in_the_file,
    measurements_csv,
    measurements_json,
    rounded,
)

RECORDING = recording_from_poses(
    bodies.poses(*bodies.moving_points(seconds=1.0)), "=take,1.c3d"
)
HEIGHT = Measurement(
    "jump_height_com", None, "flight", Span(0.1, 0.6), 0.30712, "m",
    (0.29881, 0.31543), (6, 36),
)  # fmt: skip
SENSE = Measurement(
    "turn_sense", "left", "turn", Span(1.0, 2.0), "en_dehors", "label",
    ("en_dehors", "en_dehors"), (60, 120),
)  # fmt: skip
LACKING = NotJudged("foot_roll", "It needs 120 frames a second.", "Record so.")
TAKEN = [Taken(RECORDING, "dancer", Measured((HEIGHT, SENSE), (LACKING,)))]


def test_the_document_is_that_of_the_contract():
    found = json.loads(to_json(measurements_json(TAKEN, {"b.c3d": "It is broken."})))
    assert found["schema"] == "repetiteur.measurements/1"
    height, sense = found["measurements"]
    assert set(height) >= {
        "measure", "side", "start_s", "end_s", "value", "unit", "interval90",
        "step", "evidence",
    }  # fmt: skip
    assert height["value"] == pytest.approx(0.307)
    assert height["interval90"] == [0.298, 0.316]
    assert sense["value"] == "en_dehors"
    (lacking,) = found["not_judged"]
    assert set(lacking) >= {"measure", "reason", "how_to_film", "start_s", "end_s"}
    assert (lacking["start_s"], lacking["end_s"]) == (0.0, round(59 / 60, 3))
    assert found["failed"] == [{"source": "b.c3d", "error": "It is broken."}]
    assert found["recordings"][0]["sha256"] == RECORDING.sha256


def test_recordings_of_one_name_are_both_there():
    other = recording_from_poses(RECORDING.poses.isel(time=slice(20)), RECORDING.source)
    taken = [*TAKEN, Taken(other, "dancer", Measured((), ()))]
    lasts = [one["duration_s"] for one in measurements_json(taken, {})["recordings"]]
    assert lasts == [round(59 / 60, 3), round(19 / 60, 3)]


def test_two_dancers_are_in_one_recording():
    taken = [*TAKEN, Taken(RECORDING, "other", Measured((), ()))]
    assert len(measurements_json(taken, {})["recordings"]) == 1


def test_a_row_for_each_value():
    rows = list(csv.DictReader(io.StringIO(measurements_csv(TAKEN))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["source"] == "=take,1.c3d"
    assert (rows[0]["low90"], rows[0]["high90"]) == ("0.298", "0.316")
    assert rows[1]["value"] == "en_dehors"
    assert rows[1]["side"] == "left"


@pytest.mark.parametrize("seed", range(20))
def test_rounding_never_looks_surer(seed):
    rng = np.random.default_rng(seed)
    value, half = 10.0 ** rng.uniform(-4, 4), 10.0 ** rng.uniform(-9, 3)
    found = rounded(
        Measurement(
            "m",
            None,
            "turn",
            Span(0, 1),
            value,
            "m",
            (value - half, value + half),
            (0, 1),
        )
    )
    low, high = found.interval90
    assert low <= value - half + 1e-9 * value
    assert high >= value + half - 1e-9 * value
    assert low <= found.value <= high
    assert high - low <= 2.0 * half * 1.3 + 3e-6


def test_frames_of_a_part_are_those_of_the_file():
    moved = in_the_file(TAKEN[0].measured, 240)
    assert [one.evidence for one in moved.measurements] == [(246, 276), (300, 360)]
    assert [one.span for one in moved.measurements] == [HEIGHT.span, SENSE.span]
    assert moved.not_judged == (LACKING,)


def test_names_from_outside_steer_no_terminal_and_begin_no_row():
    nasty = "\x1b[31mEVIL\x1b]0;title\x07\nnext\x9b2J"
    taken = [
        replace(TAKEN[0], dancer=nasty, recording=replace(RECORDING, source=nasty))
    ]
    (row, *_) = csv.DictReader(io.StringIO(measurements_csv(taken), newline=""))
    document = json.loads(to_json(measurements_json(taken, {})))
    for said in (row, document["measurements"][0]):
        assert said["dancer"] == said["source"] == "[31mEVIL ]0;title next 2J"
    assert document["recordings"][0]["source"] == row["source"]
