"""The demo as one camera sees it: what shows from there is found, and nothing else."""

import numpy as np
import pytest

import altered
from projecting import Camera, seen
from repetiteur.errors import InvalidPoses, NothingToJudge
from repetiteur.model.poses import body_of, mirrored
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.synthetic.demo import (
    TAKE_HEADING_DEG,
    TAKE_TEMPO,
    TAKE_WAIT_S,
    demo_reference,
    demo_take,
    demo_take_without_faults,
    demo_truth,
)

TRACKED = {"error": 0.006, "said": 0.006, "depth_error": 0.09}


def points_of(poses):
    body = body_of(poses)
    return body.time, dict(body.points)


@pytest.fixture(scope="module")
def danced():
    return {
        "reference": points_of(demo_reference(30.0)),
        "take": points_of(demo_take()),
        "faultless": points_of(demo_take_without_faults()),
    }


def filmed(danced, name, heading=0.0, **camera):
    """A performance as filmed from where its dancer faces by ``heading``."""
    time, points = danced[name]
    if name == "reference":
        return recording(seen(time, points, Camera(heading=heading, **camera)))
    camera = Camera(heading=heading - TAKE_HEADING_DEG, **camera)
    phrase_s = (time - TAKE_WAIT_S) * TAKE_TEMPO
    return recording(seen(time, points, camera, phrase_s))


def recording(poses):
    return recording_from_poses(poses, "a video")


def shape_notes(found):
    return [n for n in found.findings.notes if n.measure != "timing_path"]


def test_the_faults_that_show_from_the_front_are_found(danced):
    found = rehearse(
        filmed(danced, "reference", seed=1, **TRACKED),
        filmed(danced, "take", seed=2, **TRACKED),
    )
    leg, late, _ = demo_truth()
    named = {(n.measure, n.side, n.kind) for n in found.findings.notes}
    assert named == {(t.measure, t.side, t.kind) for t in (leg, late)}
    (note,) = shape_notes(found)
    low, high = note.difference.interval90
    assert low <= leg.value <= high
    assert note.reference.start_s < leg.end_s
    assert note.reference.end_s > leg.start_s


@pytest.mark.parametrize("heading", [0.0, -40.0])
@pytest.mark.parametrize("seed", [3, 5])
def test_natural_variation_and_the_tracker_are_no_fault(danced, heading, seed):
    found = rehearse(
        filmed(danced, "reference", heading, seed=seed, **TRACKED),
        filmed(danced, "faultless", heading, seed=100 + seed, **TRACKED),
    )
    assert shape_notes(found) == []
    assert len(found.findings.timing) > 8, "silence would pass without this"
    assert found.findings.within_floor > 8


def test_a_camera_a_little_elsewhere_is_no_fault(danced):
    found = rehearse(
        filmed(danced, "reference", seed=1, **TRACKED),
        filmed(danced, "faultless", 12.0, pitch=12.0, distance=4.0, seed=2, **TRACKED),
    )
    assert shape_notes(found) == []
    assert found.alignment.heading_deg == pytest.approx(12.0, abs=10.0)


@pytest.mark.parametrize("heading", [70.0, 180.0])
def test_from_another_side_the_timing_alone_is_judged(danced, heading):
    found = rehearse(
        filmed(danced, "reference", seed=1, **TRACKED),
        filmed(danced, "take", heading, seed=2, **TRACKED),
    )
    assert shape_notes(found) == []
    assert found.findings.within_floor <= 1
    assert found.alignment.tempo_ratio == pytest.approx(1 / TAKE_TEMPO, rel=0.02)
    assert len(found.findings.timing) > 4
    elsewhere = {
        e.measure for e in found.findings.not_judged if "different sides" in e.reason
    }
    assert {"leg_elevation", "knee_flexion", "aplomb.side"} <= elsewhere
    assert "timing_path" not in elsewhere


def test_what_the_front_does_not_show_is_said(danced):
    one = filmed(danced, "reference", seed=1, **TRACKED)
    found = rehearse(one, one)
    unseen = {e.measure: e for e in found.findings.not_judged}
    assert {"aplomb.pitch", "head_pitch"} <= unseen.keys()
    assert "side" in unseen["aplomb.pitch"].how_to_film


@pytest.mark.parametrize("kind", ["itself", "flipped", "slower"])
def test_a_recording_with_a_copy_of_itself(danced, kind):
    one = filmed(danced, "reference", -20.0, seed=1, **TRACKED)
    copy, ratio = one.poses, 1.0
    if kind == "flipped":
        copy = mirrored(copy)
    if kind == "slower":
        ratio = 4 / 3
        copy = copy.assign_coords(time=copy["time"] * ratio)
    found = rehearse(one, recording(copy))
    assert found.findings.notes == ()
    assert found.alignment.side == ("mirrored" if kind == "flipped" else "same")
    assert found.alignment.tempo_ratio == pytest.approx(ratio, rel=0.02)
    danced_there = found.alignment.state == "danced"
    off = np.abs(found.alignment.take_s - ratio * found.alignment.reference_s)
    assert np.median(off[danced_there]) < 1 / 30


def test_a_planted_fault_is_named_once(danced):
    time, points = danced["reference"]
    middle = altered.held_highest(time, points["left_hip"], points["left_ankle"])
    lower = altered.leg_lowered(time, points, "left", 15.0, middle)
    camera = Camera(seed=1, **TRACKED)
    found = rehearse(
        recording(seen(time, points, camera)), recording(seen(time, lower, camera))
    )
    (note,) = found.findings.notes
    assert (note.measure, note.side, note.kind) == ("leg_elevation", "left", "less")
    low, high = note.difference.interval90
    assert low <= -15.0 <= high


def test_a_video_beside_a_motion_file_is_refused(danced):
    motion = recording_from_poses(demo_reference(), "phrase.bvh")
    with pytest.raises(NothingToJudge, match=r"only a video was seen by a camera"):
        rehearse(motion, filmed(danced, "take"))


def test_pictures_without_errors_are_refused(danced):
    bare = recording(filmed(danced, "reference").poses.drop_vars("position_sd"))
    with pytest.raises(InvalidPoses, match="position_sd to be measured"):
        rehearse(bare, bare)
