"""One recording and its counts: how it is danced on the music."""

import json
import shutil

import numpy as np
import pytest

from commands import runner
from repetiteur.io.counts import write_counts
from repetiteur.io.netcdf import write_netcdf
from repetiteur.model.counts import counted
from repetiteur.rehearsal import on_music, recording_from_poses
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, fifth_position

LATE_S = 0.08
COUNTS = counted(np.arange(0.0, 24.0) - LATE_S, metre=4, one=0)


@pytest.fixture(scope="module")
def poses():
    """Twelve pliés that end on counts."""
    return dance(Phrase.of(fifth_position(), *[demi_plie()] * 12))


@pytest.fixture
def files(poses, tmp_path):
    write_netcdf(poses, tmp_path / "plies.nc")
    write_counts(COUNTS, tmp_path / "counts.csv")
    return str(tmp_path / "plies.nc"), str(tmp_path / "counts.csv")


@pytest.fixture
def run(monkeypatch, capfd):
    return runner(monkeypatch, capfd)


def test_who_is_late_is_told_so(poses):
    found = on_music(recording_from_poses(poses, "plies.nc"), COUNTS)["dancer"]
    late = next(m for m in found.measurements if m.measure == "beat_offset")
    low, high = late.interval90
    assert low <= LATE_S <= high
    assert late.value == pytest.approx(LATE_S, abs=0.02)


def test_a_measure_with_counts_is_among_the_others(run, files):
    done = run("measure", files[0], "--counts", files[1], "--json")
    assert done.returncode == 0, done.stderr
    ids = {one["measure"] for one in json.loads(done.stdout)["measurements"]}
    assert {"plie_depth", "beat_offset", "beat_offset.consistency"} <= ids


def test_it_can_be_asked_for_alone_and_is_called_by_its_name(run, files):
    done = run("measure", files[0], "--counts", files[1], "--only", "beat_offset")
    assert done.returncode == 0, done.stderr
    assert "Early or late on the music" in done.stdout
    assert "plie_depth" not in done.stdout


def test_of_a_part_the_frames_are_those_of_the_file(run, files):
    done = run(
        "measure", files[0], "--counts", files[1], "--only", "beat_offset", "--json",
        "--from", "6",
    )  # fmt: skip
    (late, *_) = json.loads(done.stdout)["measurements"]
    first, last = late["evidence"]["frames"]
    assert first == pytest.approx(60.0 * late["start_s"], abs=1.5)
    assert last == pytest.approx(60.0 * late["end_s"], abs=1.5)


def test_without_counts_there_is_no_such_measure(run, files):
    done = run("measure", files[0], "--only", "beat_offset")
    assert done.returncode == 2
    assert "beat_offset" in done.stderr


@pytest.mark.parametrize("more", [["--trials"], ["again"]])
def test_counts_are_those_of_one_recording(run, files, more):
    also = [files[0].replace("plies", "again")] if more == ["again"] else more
    if more == ["again"]:
        shutil.copy(files[0], also[0])
    done = run("measure", files[0], *also, "--counts", files[1])
    assert done.returncode == 2
    assert "--counts" in done.stderr


def test_counts_that_are_no_counts_are_said_before_anything_is_measured(run, files):
    done = run("measure", files[0], "--counts", files[0])
    assert done.returncode == 3
    assert "Counts" in done.stderr
