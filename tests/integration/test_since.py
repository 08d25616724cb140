"""Rehearse, rehearse again, and hear what became of the notes; and in another style."""

import json
from itertools import pairwise

import numpy as np
import pytest

import altered
import bodies
import commands
from repetiteur.io.formats import write_poses
from repetiteur.io.notes import read_notes
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.exports import notes_json, to_json
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import (
    close_fifth,
    demi_plie,
    developpe,
    fifth_position,
)
from repetiteur.synthetic.turns import pirouette_en_dehors


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("rehearse", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    """A leg that goes up, 15 degrees lower on Monday, 8 on Tuesday, as it should be."""
    folder = tmp_path_factory.mktemp("takes")
    when, points = bodies.moving_points(seconds=8.0)
    raised = altered.leg_lowered(when, points, "left", 0.0, 4.0)
    lift = np.radians(60 * altered.blend(when, 4.0, lasts=4.0, ramp=0.8))
    hip = points["left_hip"]
    for part in ("knee", "ankle", "heel", "toe"):
        x, y, z = (points[f"left_{part}"] - hip).T
        turned = (
            np.cos(lift) * x - np.sin(lift) * y,
            np.sin(lift) * x + np.cos(lift) * y,
        )
        raised[f"left_{part}"] = hip + np.stack([*turned, z], axis=1)
    write_poses(bodies.poses(when, raised), folder / "reference.bvh")
    for name, lower in (("monday", 15.0), ("tuesday", 8.0), ("friday", 0.5)):
        danced = altered.leg_lowered(when, raised, "left", lower, 4.0)
        write_poses(bodies.poses(when, danced), folder / f"{name}.bvh")
    return folder


def test_the_ledger_of_a_week(run, takes, tmp_path):
    days = ("monday", "tuesday", "friday")
    states = []
    done = run("rehearse", takes / "reference.bvh", takes / "monday.bvh",
               "-o", tmp_path / "monday")  # fmt: skip
    assert done.returncode == 0, done.stderr
    for before, day in pairwise(days):
        done = run("rehearse", takes / "reference.bvh", takes / f"{day}.bvh",
                   "--since", tmp_path / before / "notes.json",
                   "-o", tmp_path / day)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert f"Since {before}" in done.stdout
        document = json.loads((tmp_path / day / "notes.json").read_text("utf-8"))
        (leg,) = (e for e in document["earlier"] if e["measure"] == "leg_elevation")
        states.append(leg["state"])
        low, high = leg["change"]["interval90"]
        assert low < {"tuesday": 7.0, "friday": 7.5}[day] < high
        assert "Since the earlier rehearsal" in (
            (tmp_path / day / "report.html").read_text("utf-8")
        )
    assert states == ["improved", "improved"]


def test_notes_of_another_reference_are_refused(run, takes, tmp_path):
    done = run("rehearse", takes / "reference.bvh", takes / "monday.bvh",
               "-o", tmp_path / "monday")  # fmt: skip
    notes = tmp_path / "monday" / "notes.json"
    done = run("rehearse", takes / "friday.bvh", takes / "tuesday.bvh",
               "--since", notes, "-o", tmp_path / "other")  # fmt: skip
    assert done.returncode == 4
    assert "another file than friday.bvh" in done.stderr
    assert not (tmp_path / "other").exists()
    done = run("rehearse", takes / "reference.bvh", takes / "tuesday.bvh",
               "--since", notes, "-o", tmp_path / "monday")  # fmt: skip
    assert done.returncode == 2, "the earlier notes may be the only ones"
    assert "another file" in done.stderr


@pytest.mark.parametrize("text", ["", "{", '{"schema": "x"}', None])
def test_notes_that_cannot_be_read_end_with_one_line(run, takes, tmp_path, text):
    notes = tmp_path / "notes.json"
    if text is not None:
        notes.write_text(text, encoding="utf-8")
    done = run("rehearse", takes / "reference.bvh", takes / "monday.bvh",
               "--since", notes, "-o", tmp_path / "out")  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.startswith("repetiteur: ")
    assert done.stderr.count("\n") == 1
    assert "notes.json" in done.stderr
    assert not (tmp_path / "out").exists()


def test_further_takes_and_the_style_of_words_reach_the_notes(run, takes, tmp_path):
    said = {}
    for focus in ("external", "internal"):
        done = run("rehearse", takes / "reference.bvh", takes / "monday.bvh", "--json",
                   "--focus", focus, "-o", tmp_path / focus)  # fmt: skip
        assert done.returncode == 0, done.stderr
        said[focus] = json.loads(done.stdout)["notes"]
    assert [n["measure"] for n in said["external"]] == [
        n["measure"] for n in said["internal"]
    ]
    assert said["external"][0]["text"] != said["internal"][0]["text"]
    done = run("rehearse", takes / "reference.bvh", takes / "monday.bvh", "--json",
               "--also", takes / "friday.bvh", "-o", tmp_path / "also")  # fmt: skip
    assert done.returncode == 0, done.stderr
    floors = {
        n["measure"]: n["difference"]["floor"] for n in json.loads(done.stdout)["notes"]
    }
    declared = {n["measure"]: n["difference"]["floor"] for n in said["external"]}
    assert floors["leg_elevation"] != declared["leg_elevation"]
    done = run(
        "rehearse", takes / "reference.bvh", takes / "monday.bvh", "--focus", "inner"
    )
    assert done.returncode == 2


def phrase(turns, jump):
    return Phrase.of(
        fifth_position("left", counts=0.8),
        demi_plie(),
        saute(jump),
        developpe("left", "seconde", 95.0, counts=2.0, balance=0.6),
        close_fifth("left", "left"),
        demi_plie(),
        pirouette_en_dehors("right", turns),
        demi_plie(),
        developpe("left", "seconde", 95.0, counts=2.0, balance=0.6),
    )


def played(turns, jump, seed):
    poses = dance(phrase(turns, jump), noise=0.002, wobble_deg=0.8, seed=seed)
    return recording_from_poses(poses, f"take {seed}")


def earlier_of(found, folder):
    file = folder / "notes.json"
    file.write_text(to_json(notes_json(found)), encoding="utf-8")
    return [read_notes(file)]


def test_turns_and_jumps_are_followed_like_all_else(tmp_path):
    reference = played(2, 0.35, 1)
    short, whole = played(1, 0.2, 3), played(2, 0.34, 4)
    given = earlier_of(rehearse(reference, short), tmp_path)
    measures = {note.measure for note in given[0].notes}
    assert {"turn_count", "jump_height_com", "timing_path"} <= measures
    again = rehearse(reference, short, since=given).findings.earlier
    assert {one.state for one in again} == {"kept"}
    for one in again:
        assert one.change.value == pytest.approx(0.0, abs=0.05)
        assert one.now.interval90 == pytest.approx(one.then.interval90, abs=0.06)
    better = rehearse(reference, whole, since=given).findings
    assert better.notes == ()
    assert {one.state for one in better.earlier} == {"improved"}
    assert len(better.earlier) == len(given[0].notes)
