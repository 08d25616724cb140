"""Names of what real dancers do: a pirouette that is one, and none that are not."""

import json

import numpy as np
import pytest

from repetiteur import rehearsal
from repetiteur.clean.tracked import clean_tracked
from repetiteur.io.formats import read_poses
from repetiteur.kinematics.calming import calmed
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of, make_poses, with_tracked
from repetiteur.steps import recognise
from repetiteur.track.errors import with_errors
from repetiteur.track.landmarks import LANDMARKS

#: Recordings and their true rate where the header lies.
OTHERS = {
    "cmu_60_02_salsa.bvh": 60.0,
    "cmu_60_06_salsa.bvh": 60.0,
    "cmu_61_02_salsa.bvh": 60.0,
    "cmu_61_06_salsa.bvh": 60.0,
    "cmu_94_04_indian.bvh": None,
    "cmu_94_13_indian.bvh": None,
    "rokoko_jesse_dance.bvh": None,
    "humanoid3d_dance_a.txt": None,
    "humanoid3d_dance_b.txt": None,
    "humanoid3d_dance_spin.txt": None,
}
#: Names a minute in what is no ballet, at most.
A_MINUTE = 6.0
#: When the pelvis of the pirouette turns, and when its shoulders do (data/README.md).
PELVIS_S, SHOULDERS_S, NEAR_S = (0.86, 2.83), (1.13, 2.77), 0.4
SQUATS_FPS = 5.0


def body(test_data, name, fps=None):
    return body_of(read_poses(test_data / "mocap" / name, fps=fps))


def named(shown):
    return recognise(movement_of(calmed(shown)))


@pytest.fixture(scope="module")
def pirouette(test_data):
    return named(body(test_data, "cmu_pirouette.bvh"))


def test_a_double_pirouette_en_dehors_to_the_right_and_no_other(pirouette):
    turns = [step for step in pirouette if "turns" in step.attributes]
    (turn,) = turns
    assert (turn.id, turn.side) == ("pirouette_en_dehors", "right")
    assert turn.attributes["turns"] == 2.0
    assert turn.attributes["sense"] == "en_dehors"
    assert not turn.undecided


def test_its_phases_follow_each_other(pirouette):
    (turn,) = (step for step in pirouette if step.id == "pirouette_en_dehors")
    before, whirl, close = (turn.phases[p] for p in ("preparation", "turn", "close"))
    assert before[0] < before[1] <= whirl[0] < whirl[1] <= close[0] < close[1]
    for found, pelvis, shoulders in zip(whirl, PELVIS_S, SHOULDERS_S, strict=True):
        assert found == pytest.approx(0.5 * (pelvis + shoulders), abs=NEAR_S)
    assert turn.start_s < PELVIS_S[0] + NEAR_S
    assert PELVIS_S[1] - NEAR_S < turn.end_s < 3.8 + NEAR_S  # still from 3.8 s on


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_turns_twice(test_data, name):
    for step in named(body(test_data, name, OTHERS[name])):
        assert step.attributes.get("turns", 0.0) < 2.0, step


def test_what_is_no_ballet_has_few_names(test_data):
    number, minutes = 0, 0.0
    for name, fps in OTHERS.items():
        shown = body(test_data, name, fps)
        number += len(named(shown))
        minutes += (shown.time[-1] - shown.time[0]) / 60.0
    assert minutes > 2.0
    assert number < A_MINUTE * minutes


@pytest.fixture(scope="module")
def squats(test_data):
    """The squats as their publishers saw them."""
    video = test_data / "video"
    seen, deep = (
        np.array(json.loads((video / f"pose_squats{d}.full.json").read_text()))
        for d in ("", "_3d")
    )
    poses = make_poses(
        seen[:, :, :2].transpose(0, 2, 1),
        time=np.arange(len(seen)) / SQUATS_FPS,
        keypoints=LANDMARKS,
        source_software="BlazePose full",
    )
    guess = (deep * [1.0, -1.0, -1.0]).transpose(0, 2, 1)
    tracked = with_tracked(poses, image_size=(720, 1280), world_position=guess)
    return rehearsal.recording_from_poses(with_errors(clean_tracked(tracked)), "squats")


def test_squats_are_bends_and_no_jumps(squats):
    """Two come up again, and the third is on its way when the video ends."""
    movement = movement_of(calmed(body_of(squats.poses)))
    last = movement.body.time[-1]
    bends = [plie for plie in movement.plies if plie.on == "both"]
    assert len(bends) == len(movement.plies) == 3
    assert [bend.end_s < last - 1.0 for bend in bends] == [True, True, False]
    assert movement.flights == ()


def test_squats_are_no_plies_since_no_turnout_is_seen(squats):
    measured = rehearsal.measure(squats)["dancer"].measurements
    assert "plie_depth" in {one.measure for one in measured}
    assert not [one.measure for one in measured if "turnout" in one.measure]
    assert rehearsal.steps(squats).steps == {"dancer": ()}
