"""What real recordings of dancers move."""

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of

#: Recordings, their true rate where the header lies, and their longest turn.
OTHERS = {
    "cmu_60_02_salsa.bvh": (60.0, 1.0),
    "cmu_60_06_salsa.bvh": (60.0, 0.0),
    "cmu_61_02_salsa.bvh": (60.0, 1.5),
    "cmu_61_06_salsa.bvh": (60.0, 1.5),
    "cmu_94_04_indian.bvh": (None, 1.0),
    "cmu_94_13_indian.bvh": (None, 0.0),
    "rokoko_jesse_dance.bvh": (None, 0.0),
    "humanoid3d_dance_a.txt": (None, 1.0),
    "humanoid3d_dance_b.txt": (None, 0.0),
    "humanoid3d_dance_spin.txt": (None, 1.0),
}


def moved(test_data, name, fps=None):
    return movement_of(body_of(read_poses(test_data / "mocap" / name, fps=fps)))


@pytest.mark.parametrize(
    ("name", "fps"),
    [("cmu_pirouette.bvh", None), ("cmu_pirouette_wrong_frametime.bvh", 120.0)],
)
def test_the_double_pirouette(test_data, name, fps):
    found = moved(test_data, name, fps)
    (turn,) = found.turns
    assert turn.pelvis.degrees == pytest.approx(-724.0, abs=3.0)
    assert turn.pelvis.start_s == pytest.approx(0.86, abs=0.01)
    assert turn.pelvis.end_s == pytest.approx(2.83, abs=0.01)
    assert turn.trunk.degrees == pytest.approx(-717.0, abs=3.0)
    assert (turn.count, turn.direction) == (2.0, "right")
    assert (turn.supporting, turn.working) == ("left", "right")
    assert (turn.on, turn.sense) == ("one_foot", "en_dehors")
    assert 690.0 / 360.0 < turn.peak_rate < 700.0 / 360.0
    middle = (found.body.time > 1.6) & (found.body.time < 2.3)
    assert (found.legs.support[middle] == 1).all()
    assert found.flights == ()
    (phases,) = found.turn_phases
    assert phases.plie_s == pytest.approx(1.22, abs=0.05)


def test_at_a_tenth_of_its_rate_the_pirouette_does_not_turn(test_data):
    assert moved(test_data, "cmu_pirouette_wrong_frametime.bvh").turns == ()


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not_turn_twice_and_do_not_fly_oddly(test_data, name):
    fps, most = OTHERS[name]
    found = moved(test_data, name, fps)
    assert max((turn.count for turn in found.turns), default=0.0) == most
    assert np.isfinite(found.contacts.left.lift).all()
    assert all(0.0 < flight.time_s < 0.6 for flight in found.flights)


@pytest.mark.parametrize(
    ("name", "least"), [("rokoko_jesse_dance.bvh", 10), ("cmu_94_04_indian.bvh", 6)]
)
def test_jumps_fall_as_bodies_do(test_data, name, least):
    flights = moved(test_data, name).flights
    assert len(flights) >= least
    falls = np.array([flight.fall for flight in flights])
    assert np.median(falls) == pytest.approx(9.81, rel=0.1)
    assert (np.abs(falls - 9.81) < 0.2 * 9.81).all()


@pytest.mark.parametrize("name", ["rokoko_jesse_dance.bvh", "cmu_94_04_indian.bvh"])
def test_a_wrong_rate_shows_in_the_fall(test_data, name):
    found = body_of(read_poses(test_data / "mocap" / name))
    half = body_of(read_poses(test_data / "mocap" / name, fps=0.5 / found.time[1]))
    true, wrong = movement_of(found), movement_of(half)
    assert len(wrong.flights) < 0.2 * len(true.flights)
    shared = [
        flight.fall
        for flight in wrong.airborne
        if any(abs(flight.start - jump.start) < 8 for jump in true.flights)
    ]
    assert np.median(shared) == pytest.approx(9.81 / 4.0, rel=0.2)


def test_partners_in_salsa_stay_on_the_floor(test_data):
    names = [name for name in OTHERS if "salsa" in name]
    assert all(moved(test_data, name, 60.0).flights == () for name in names)
