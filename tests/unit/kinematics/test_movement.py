"""Everything about one body at once."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import developpe, first_position
from repetiteur.synthetic.turns import pirouette_en_dehors

EVENTS = (
    "airborne",
    "flights",
    "turns",
    "balances",
    "gestures",
    "plies",
    "jump_phases",
    "turn_phases",
)


@pytest.fixture(scope="module")
def dancing():
    phrase = Phrase.of(
        first_position(),
        saute(0.5),
        pirouette_en_dehors("left", 2, counts=5.0),
        developpe("left"),
    )
    return body_of(dance(phrase))


def counts(movement):
    return {name: len(getattr(movement, name)) for name in EVENTS}


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_who_stands_still_in_noise_does_nothing(fps, scale, rng):
    time = np.arange(round(20 * fps)) / fps
    points = {
        name: scale * np.array(place) + rng.normal(0.0, 0.005, (time.size, 3))
        for name, place in bodies.STANDING.items()
    }
    found = movement_of(bodies.body(time, points))
    assert counts(found) == dict.fromkeys(EVENTS, 0)
    assert (found.legs.feet == 2).all()
    (stance,) = found.stances
    assert stance.lasting_s == pytest.approx(time[-1])


def test_all_of_it_is_there_in_noise_too(dancing, rng):
    clean = movement_of(dancing)
    assert counts(clean) == {
        "airborne": 1,
        "flights": 1,
        "turns": 1,
        "balances": 1,
        "gestures": 2,
        "plies": 4,
        "jump_phases": 1,
        "turn_phases": 1,
    }
    for _ in range(5):
        points = {
            name: place + rng.normal(0.0, 0.004, place.shape)
            for name, place in dancing.points.items()
        }
        noisy = movement_of(replace(dancing, points=MappingProxyType(points)))
        assert counts(noisy) == counts(clean)
        assert noisy.turns[0].rotation == pytest.approx(
            clean.turns[0].rotation, abs=15.0
        )


@pytest.mark.parametrize("lost", ["hand", "head", "knee", "shoulder", "heel", "ankle"])
def test_a_file_may_lack_points(dancing, lost):
    names = [name for name in dancing.points if lost not in name]
    found = movement_of(dancing.only(*names))
    assert len(found.flights) == 1
    assert found.turns[0].count == 2.0
    assert found.turns[0].sense == "en_dehors"


def test_without_a_centre_of_mass_the_hips_tell_a_jump(dancing):
    names = [n for n in dancing.points if "wrist" not in n and "hand" not in n]
    found = movement_of(dancing.only(*names))
    assert np.isnan(found.mass).all()
    assert found.flights[0].fall == pytest.approx(9.81, abs=1e-3)
    assert np.isnan(found.turns[0].axis.tilt)


@pytest.mark.parametrize("frames", [1, 2, 3, 5])
def test_few_frames(frames):
    points = {n: np.tile(p, (frames, 1)) for n, p in bodies.STANDING.items()}
    found = movement_of(bodies.body(np.arange(frames) / 60.0, points))
    assert counts(found) == dict.fromkeys(EVENTS, 0)


@pytest.mark.parametrize(
    "points", [{}, {n: np.full((40, 3), np.nan) for n in bodies.STANDING}]
)
def test_nobody(points):
    found = movement_of(bodies.body(np.arange(40) / 60.0, points))
    assert counts(found) == dict.fromkeys(EVENTS, 0)
    assert found.holds == found.stances == ()
    assert (found.legs.feet == -1).all()


def test_gaps_and_uneven_times(dancing, rng):
    time = np.sort(dancing.time + rng.uniform(-0.003, 0.003, dancing.time.size))
    points = {name: place.copy() for name, place in dancing.points.items()}
    for place in points.values():
        for start in rng.integers(0, time.size, 5):
            place[start : start + 6] = np.nan
    found = movement_of(replace(dancing, time=time, points=MappingProxyType(points)))
    assert found.turns[0].count == 2.0
    assert found.plies


def test_one_camera_gives_no_axis(dancing):
    found = movement_of(replace(dancing, space="2d"))
    assert found.turns[0].count == 2.0
    axes = [turn.axis for turn in found.turns if turn.axis is not None]
    assert all(np.isnan(axis.tilt) for axis in axes)


def test_later_is_the_same_later(dancing):
    here, there = (
        movement_of(replace(dancing, time=dancing.time + late)) for late in (0.0, 100.0)
    )
    assert there.flights[0].apex_s == pytest.approx(here.flights[0].apex_s + 100.0)
    assert there.flights[0].time_s == pytest.approx(here.flights[0].time_s)
    assert [t.start for t in there.turns] == [t.start for t in here.turns]
    assert [p.bottom for p in there.plies] == [p.bottom for p in here.plies]


def test_joint_angles_come_when_asked(dancing):
    found = movement_of(dancing)
    assert "joint_angles" not in vars(found)
    angles = found.joint_angles
    assert angles is found.joint_angles
    assert angles.keys() == joint_angles(dancing).keys()
    assert "left_knee_flexion" in angles


def test_the_body_is_not_changed(dancing):
    before = {name: place.copy() for name, place in dancing.points.items()}
    movement_of(dancing)
    for name, place in before.items():
        np.testing.assert_array_equal(place, dancing.points[name])
