"""Turns of real recordings: spotting, the pose, and no series where there is none."""

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.technique.take import take

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


def body(test_data, name, fps=None):
    return body_of(read_poses(test_data / "mocap" / name, fps=fps))


@pytest.mark.parametrize("name", [*OTHERS, "cmu_pirouette.bvh"])
def test_no_series_where_nobody_turns_one(test_data, name):
    assert movement_of(body(test_data, name, OTHERS.get(name))).series == ()


def test_the_double_pirouette_is_spotted_by_its_eyes(test_data):
    found = body(test_data, "cmu_pirouette.bvh")
    values = {
        m.measure: m.value for m in take(found).measurements if m.moment == "turn"
    }
    assert 0.35 < values["spotting.hold"] < 0.55  # 0.17 with the trunk
    assert 20.0 < values["spotting.lag"] < 60.0
    assert 40.0 < values["spotting.lead"] < 80.0
    assert 2.0 < values["spotting.snap"] < 3.5
    assert -0.2 < values["spotting.finish"] < -0.05
    # The foot stays at the ankle: the leg hangs, and is never at the knee.
    assert values["time_in_position.share"] == 0.0
    assert "time_in_position.arrival" not in values
    assert values["leg_elevation"] < 30.0
    assert 0.2 < values["pre_rotation"] < 0.5


def test_without_a_face_spotting_is_not_judged(test_data):
    found = body(test_data, "rokoko_jesse_dance.bvh")
    (lacking,) = take(found, only=["spotting.hold"]).not_judged
    assert "left_ear or nose or left_eye" in lacking.reason
    assert lacking.how_to_film


def test_a_head_that_is_hidden_takes_the_spotting_with_it(test_data):
    found = body(test_data, "cmu_pirouette.bvh")
    movement = movement_of(found.only(*(n for n in found.points if "eye" not in n)))
    (spotting,) = movement.spotting.values()
    assert np.isnan(spotting.hold)
