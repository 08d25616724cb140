"""The command "steps" as people run it."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

import commands
from repetiteur import rehearsal
from repetiteur.io.formats import write_poses
from repetiteur.model.findings import Measured
from repetiteur.rehearsal import measuring, rehearsing
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, first_position
from unit.report import stepped


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("steps", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture(scope="module")
def take(tmp_path_factory):
    """A recording with a plié in it."""
    path = tmp_path_factory.mktemp("takes") / "take.nc"
    write_poses(dance(Phrase.of(first_position(), demi_plie(), demi_plie())), path)
    return path


@pytest.fixture
def danced(monkeypatch):
    """Steps that are recognised in whatever is read."""
    monkeypatch.setattr(measuring, "danced_steps", lambda body: stepped.STEPS)


@pytest.fixture
def nothing(monkeypatch):
    """No step is recognised in whatever is read."""
    monkeypatch.setattr(measuring, "danced_steps", lambda body: ())


def test_a_line_for_each_step(take, run, danced):
    done = run("steps", take)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 1 + len(stepped.STEPS)
    assert lines[0].split() == ["time", "step", "side", "sure", "danced", "why"]
    assert "0:02.0–0:06.0" in lines[2]
    assert "Développé à la seconde (unfolding of the leg through retiré)" in lines[2]
    assert "8 in 10" in lines[2]
    assert "the toe is at the knee first" in lines[2]


def test_a_school(take, run, danced):
    assert "arms in third" in run("steps", take, "--school", "vaganova").stdout
    assert "arms in fifth en haut" in run("steps", take, "--school", "cecchetti").stdout
    assert run("steps", take, "--school", "bournonville").returncode == 2


def test_each_form_is_alone_on_standard_output(take, run, danced):
    found = json.loads(run("steps", take, "--json").stdout)
    assert found["schema"] == "repetiteur.steps/1"
    rows = list(csv.DictReader(io.StringIO(run("steps", take, "--csv").stdout)))
    assert len(rows) == len(found["steps"]) == len(stepped.STEPS)
    assert run("steps", take, "--vtt").stdout.count("-->") == len(rows)
    root = ET.fromstring(run("steps", take, "--eaf").stdout.encode())
    assert root.tag == "ANNOTATION_DOCUMENT"


def test_nothing_recognised(take, run, nothing):
    done = run("steps", take, "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["steps"] == []
    assert done.stderr.count("\n") == 1
    assert "none was found in take.nc" in done.stderr
    assert run("steps", take).stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--json", "--eaf"], "exclude each other"),
        (["--from", "2", "--to", "1"], "before --to"),
    ],
)
def test_wrong_usage(take, run, words, said):
    done = run("steps", take, *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_what_cannot_be_read(tmp_path, run):
    broken = tmp_path / "broken.bvh"
    broken.write_text("HIERARCHY\nROOT nothing\n")
    done = run("steps", broken)
    assert done.returncode == 3
    assert done.stdout == ""


def test_too_little_of_it(take, run, danced):
    assert run("steps", take, "--from", "0", "--to", "0.1").returncode == 4


def test_measures_say_which_step_they_belong_to(take, run, danced, monkeypatch):
    words = ("measure", take, "--json", "--only", "plie_depth")
    found = json.loads(run(*words).stdout)["measurements"]
    assert found
    plain = [{**one, "step": None, "phase": None} for one in found]
    steps = {step.id: step for step in stepped.STEPS}
    for one in found:
        step = steps[one["step"]]
        assert min(one["end_s"], step.end_s) > max(one["start_s"], step.start_s)
    monkeypatch.setattr(measuring, "danced_steps", lambda body: ())
    assert json.loads(run(*words).stdout)["measurements"] == plain


def test_a_rehearsal_says_what_both_danced(monkeypatch):
    monkeypatch.setattr(rehearsing, "recognise", lambda movement: stepped.STEPS)
    recording = rehearsal.recording_from_poses(
        dance(Phrase.of(first_position(), demi_plie(), demi_plie())), "plie"
    )
    found = rehearsal.rehearse(recording, recording)
    assert found.reference_steps == found.take_steps == stepped.STEPS


def test_without_steps_measures_are_as_they_were(nothing, take):
    recording = rehearsal.recording_from_file(take)
    found = rehearsal.measure(recording, only=["plie_depth"])["dancer"]
    assert isinstance(found, Measured)
    assert {one.step for one in found.measurements} == {None}
