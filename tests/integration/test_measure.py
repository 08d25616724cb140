"""The commands "measure" and "convert" as people run them."""

from __future__ import annotations

import csv
import io
import json

import pytest

import commands
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import first_position


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("measure", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    """A folder with a jump, the same at 60 Hz elsewhere, rubbish, and a text."""
    folder = tmp_path_factory.mktemp("takes")
    jump = Phrase.of(first_position(), saute(0.5))
    write_poses(dance(jump, fps=120.0), folder / "jump.nc")
    (folder / "more").mkdir()
    write_poses(dance(jump), folder / "more" / "jump.bvh")
    (folder / "broken.bvh").write_text("HIERARCHY\nROOT nothing\n")
    (folder / "read me.md").write_text("not a recording")
    return folder


def test_a_jump_is_measured_for_people(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "jump_height_flight")
    assert done.returncode == 0
    head, row = done.stdout.splitlines()
    assert head.split()[:4] == ["seconds", "moment", "measure", "side"]
    assert "flight" in row
    assert " to " in row


def test_json_is_one_document_and_nothing_else(takes, run):
    done = run("measure", takes / "jump.nc", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["schema"] == "repetiteur.measurements/1"
    heights = {
        m["measure"]: m for m in found["measurements"] if m["moment"] == "flight"
    }
    height = heights["jump_height_flight"]
    assert height["value"] == pytest.approx(0.307, abs=0.01)
    low, high = height["interval90"]
    assert low <= height["value"] <= high
    assert height["source"] == "jump.nc"
    assert {n["measure"] for n in found["not_judged"]} >= {"turn_count"}
    assert all(n["reason"] for n in found["not_judged"])


def test_csv_has_a_row_for_each_value(takes, run):
    done = run("measure", takes / "jump.nc", "--csv", "--only", "flight_time,foot_roll")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["measure"] for row in rows} == {"flight_time", "foot_roll"}


def test_a_folder_gives_a_table_and_what_failed(takes, run):
    done = run("measure", takes)
    assert done.returncode == 3
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "recording", "jump.nc", "jump.bvh", "broken.bvh",
    ]  # fmt: skip
    assert "broken.bvh" in lines[-1]
    assert "1 of 3 recordings could not be measured" in done.stderr


def test_a_folder_in_json_names_what_failed(takes, run):
    done = run("measure", takes, "--json", "--only", "flight_time")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert {m["source"] for m in found["measurements"]} == {"jump.nc", "jump.bvh"}
    (failed,) = found["failed"]
    assert failed["source"].endswith("broken.bvh")
    assert "\n" not in failed["error"]


def test_a_given_height_scales_lengths_alone(takes, run):
    def heights(*words):
        done = run("measure", takes / "jump.nc", "--json", *words)
        return {
            m["measure"]: m["value"]
            for m in json.loads(done.stdout)["measurements"]
            if m["moment"] == "flight"
        }

    small = heights("--height", "1.62")
    tall = heights("--height", "1.75")
    assert tall["flight_time"] == pytest.approx(small["flight_time"], abs=0.01)
    ratio = tall["jump_height_com"] / small["jump_height_com"]
    assert ratio == pytest.approx(1.75 / 1.62, abs=0.02)


def test_a_height_that_no_fall_agrees_with_leaves_no_jump(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "flight_time", "--height", "0.8")
    assert done.returncode == 4
    assert "There is no jump" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--json", "--csv"], "exclude each other"),
        (["--only", "turn_cuont"], "none of the measures"),
        (["--from", "2", "--to", "1"], "before --to"),
    ],
)
def test_wrong_usage(takes, run, words, said):
    done = run("measure", takes / "jump.nc", *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_nothing_to_measure_in_it(takes, run):
    done = run("measure", takes / "jump.nc", "--only", "turn_count")
    assert done.returncode == 4
    assert "no turn" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_part_too_short(takes, run):
    done = run("measure", takes / "jump.nc", "--from", "0.5", "--to", "0.55")
    assert done.returncode == 4
    assert done.stderr.startswith("repetiteur: To be measured")


def test_an_empty_folder(tmp_path, run):
    done = run("measure", tmp_path)
    assert done.returncode == 3
    assert "needs recordings in it" in done.stderr


def test_a_folder_is_converted_with_a_record(takes, run, tmp_path):
    done = run("convert", takes, tmp_path / "out" / "nc")
    assert done.returncode == 3
    written = {path.name for path in (tmp_path / "out" / "nc").iterdir()}
    assert written == {"jump.nc.nc", "jump.bvh.nc", "converted.csv"}
    record = (tmp_path / "out" / "nc" / "converted.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(record)))
    assert {row["source"]: bool(row["error"]) for row in rows} == {
        "broken.bvh": True, "jump.nc": False, "more/jump.bvh": False,
    }  # fmt: skip
    assert "1 of 3 files could not be converted" in done.stderr


def test_the_files_of_a_folder_take_the_ending_that_was_asked_for(takes, run, tmp_path):
    done = run("convert", takes / "more", tmp_path, "--as", "json")
    assert done.returncode == 0
    again = read_poses(tmp_path / "jump.json")
    assert again.sizes["time"] == read_poses(takes / "more" / "jump.bvh").sizes["time"]


def test_an_ending_that_nothing_writes(takes, run, tmp_path):
    done = run("convert", takes, tmp_path, "--as", "doc")
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_folder_is_not_converted_onto_itself(takes, run):
    before = (takes / "jump.nc").read_bytes()
    done = run("convert", takes, takes)
    assert done.returncode == 3
    assert (takes / "jump.nc").read_bytes() == before
    (takes / "converted.csv").unlink()
    for path in takes.glob("*.nc.nc"):
        path.unlink()
    (takes / "jump.bvh.nc").unlink()


def test_a_header_that_lies_is_warned_of(test_data, run, tmp_path):
    twin = test_data / "mocap" / "cmu_pirouette_wrong_frametime.bvh"
    done = run("measure", twin, "--only", "turn_count")
    assert "warning: times: 12 Hz" in done.stderr
    told = run("measure", twin, "--only", "turn_count", "--fps", "120")
    assert "warning" not in told.stderr
    right = run(
        "measure", test_data / "mocap" / "cmu_pirouette.bvh", "--only", "turn_count"
    )
    assert "warning" not in right.stderr
    assert told.stdout == right.stdout
