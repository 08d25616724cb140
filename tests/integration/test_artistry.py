"""How a take is danced: said where nothing else says why, and never of the same."""

from dataclasses import replace

import numpy as np
import pytest

import altered
import bodies
from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.io.notes import read_notes
from repetiteur.model.poses import body_of, mirrored
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.exports import notes_json, notes_vtt, to_json
from repetiteur.report.page import render
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.steps import (
    battement_tendu,
    demi_plie,
    fifth_position,
    port_de_bras,
)


def arms(*ways, moving):
    """Arms that stop in each position, and move in a share of the time."""
    for pose in port_de_bras(*ways, counts=1.2):
        yield KeyPose(f"{pose.name}.wait", (1.0 - moving) * pose.counts)
        yield replace(pose, counts=moving * pose.counts, through=False)


def danced(moving, seed):
    phrase = Phrase.of(
        fifth_position("left"),
        arms("front", "side", "up", "side", moving=moving),
        battement_tendu("left", "devant"),
        demi_plie(depth=50.0),
        arms("front", "up", "side", "low", moving=moving),
        demi_plie(depth=55.0),
        arms("front", "side", "up", "side", moving=moving),
    )
    poses = dance(phrase, noise=0.002, wobble_deg=1.0, wobble_s=0.02, seed=seed)
    return recording_from_poses(with_instrument_errors(poses), f"take {seed}")


@pytest.fixture(scope="module")
def reference():
    return danced(0.75, 1)


def artistry(found):
    return [n for n in found.findings.notes if n.priority == "artistry"]


@pytest.fixture(scope="module")
def sudden(reference):
    return rehearse(reference, danced(0.5, 2))


@pytest.mark.parametrize(("moving", "kind"), [(0.5, "more"), (0.97, "less")])
def test_arms_that_move_otherwise_are_described(reference, moving, kind):
    (note,) = artistry(rehearse(reference, danced(moving, 2)))
    assert (note.measure, note.kind) == ("effort_time.hands", kind)
    assert note.text.startswith("Your arms are more su")
    assert note.difference.beyond_floor


def test_the_same_arms_a_second_time_are_none(reference):
    for seed in (3, 4, 5):
        found = rehearse(reference, danced(0.75, seed))
        assert artistry(found) == []
        assert found.expressed.body.courses, "silence would pass without this"


def test_what_several_references_have_between_them_is_none(reference):
    more = [danced(0.5, 6)]
    within = rehearse(reference, danced(0.6, 7), references=more)
    assert artistry(within) == []
    assert artistry(rehearse(reference, danced(0.6, 7))), "beside one alone it is said"
    (note,) = artistry(rehearse(reference, danced(0.97, 7), references=more))
    assert (note.measure, note.kind) == ("effort_time.hands", "less")
    low, high = note.spread
    assert note.take_value < low < high
    assert "counts from the nearest of them" in note.reason


def test_copies_of_a_take_dance_as_it_does(sudden):
    """On the other side, slower, smaller, turned: the same in another body."""
    poses = sudden.take.poses
    body = body_of(poses)
    slow, points = altered.otherwise(
        body.time, dict(body.points), seconds_per_second=4 / 3, degrees=130, scale=0.8
    )
    for copy in (poses, mirrored(poses), bodies.poses(slow, points)):
        found = rehearse(sudden.take, recording_from_poses(copy, "copy"))
        assert found.findings.notes == ()


def test_it_stands_last_and_in_every_file(sudden):
    (note,) = artistry(sudden)
    assert sudden.findings.notes[-1] == note
    entry = notes_json(sudden)["notes"][-1]
    assert (entry["priority"], entry["measure"]) == ("artistry", "effort_time.hands")
    assert entry["difference"]["unit"] == "%"
    assert entry["measured"]["reference"] == 100.0
    assert note.text in notes_vtt(sudden)
    page = render(sudden)
    assert "Your arms are more sudden" in page
    assert "% more" in page


def test_what_becomes_of_it_is_followed(reference, sudden, tmp_path):
    file = tmp_path / "notes.json"
    file.write_text(to_json(notes_json(sudden)), encoding="utf-8")
    (last,) = [n for n in read_notes(file).notes if n.measure == "effort_time.hands"]
    states = {}
    for name, take in {"again": sudden.take, "calmer": danced(0.75, 3)}.items():
        found = rehearse(reference, take, since=[read_notes(file)]).findings
        (states[name],) = [one for one in found.earlier if one.note == last.id]
    assert states["again"].state == "kept"
    assert states["again"].change.value == pytest.approx(0.0, abs=0.1)
    assert states["calmer"].state == "improved"
    assert np.abs(states["calmer"].now.value) < states["calmer"].now.floor
