"""Real dancing against the counts of music that it was not danced to."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.counts import counted
from repetiteur.model.poses import body_of
from repetiteur.technique.musical_events import arrivals
from repetiteur.technique.musical_offsets import heard

SALSA = (
    "cmu_60_02_salsa.bvh",
    "cmu_60_06_salsa.bvh",
    "cmu_61_02_salsa.bvh",
    "cmu_61_06_salsa.bvh",
)


@pytest.mark.parametrize("name", SALSA)
def test_salsa_to_other_music_is_mostly_not_judged(test_data, name):
    poses = read_poses(test_data / "mocap" / name, fps=60.0)
    found = arrivals(movement_of(body_of(poses)))
    assert sum(one.kind == "step" for one in found) > 20
    last, judged = found[-1].time_s, 0
    for bpm in np.linspace(80.0, 200.0, 20):
        beats = np.arange(0.0, last + 1.0, 60.0 / bpm)
        judged += bool(heard(found, counted(beats, metre=4, one=0)).offsets)
    assert judged <= 4  # of 20; one is expected


def test_salsa_to_its_own_steps_is_judged(test_data):
    poses = read_poses(test_data / "mocap" / SALSA[0], fps=60.0)
    found = arrivals(movement_of(body_of(poses)))
    steps = np.array([one.time_s for one in found if one.kind == "step"])
    beats = counted(np.unique(np.round(steps, 2)), metre=4, one=0)
    assert "step" in heard(found, beats).offsets
