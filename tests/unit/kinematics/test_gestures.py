"""Gestures of the working leg and pliés of the supporting one."""

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.gestures import plies
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance, demo_phrase, demo_reference
from repetiteur.synthetic.steps import demi_plie, fifth_position, first_position


@pytest.fixture(scope="module")
def adage():
    return body_of(demo_reference())


def when(pose):
    return dict(demo_phrase().moments())[pose]


def test_the_gestures_of_the_adage(adage):
    developpe, arabesque, equilibre = movement_of(adage).gestures
    assert {developpe.side, arabesque.side, equilibre.side} == {"left"}
    assert arabesque.height_deg == pytest.approx(88.0, abs=0.5)
    assert developpe.height_deg == pytest.approx(100.0, abs=4.0)
    assert when("arabesque_1.enter") - 0.1 < arabesque.peak_s
    assert arabesque.peak_s < when("arabesque_1.hold") + 0.1
    for gesture in (developpe, arabesque, equilibre):
        assert gesture.start < gesture.peak < gesture.end


def test_a_mirror_exchanges_the_legs(adage):
    there, here = (movement_of(b).gestures for b in (adage.mirrored(), adage))
    assert [g.side for g in there] == ["right"] * 3
    assert [g.height_deg for g in there] == pytest.approx([g.height_deg for g in here])


def raised(angles, seconds=4.0):
    """The right leg, straight, at angles to the side, on the left one."""
    time = np.arange(round(60 * seconds)) / 60.0
    points = {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
    angle = np.radians(np.interp(time, *angles))
    way = np.stack([-np.sin(angle), -np.cos(angle), 0.0 * angle], axis=1)
    hip = np.array(bodies.STANDING["right_hip"])
    for part, far in (("knee", 0.42), ("ankle", 0.83), ("heel", 0.87), ("toe", 0.89)):
        points[f"right_{part}"] = hip + far * way
    return bodies.body(time, points)


def test_a_leg_that_is_lowered_and_raised_again_makes_two_gestures():
    angles = ([0.0, 0.5, 1.0, 2.0, 2.5, 3.0], [0.0, 0.0, 90.0, 40.0, 70.0, 0.0])
    high, low = movement_of(raised(angles)).gestures
    assert high.height_deg == pytest.approx(90.0, abs=0.5)
    assert low.height_deg == pytest.approx(70.0, abs=0.5)
    assert (high.peak_s, low.peak_s) == (1.0, 2.5)
    assert high.end == low.start == 120
    small = ([0.0, 0.5, 1.0, 2.0, 2.5, 3.0], [0.0, 0.0, 90.0, 75.0, 89.0, 0.0])
    assert len(movement_of(raised(small)).gestures) == 1


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.2])
def test_a_leg_that_is_as_high_twice_with_no_dip_makes_one_gesture(scale):
    angles = ([0.0, 0.5, 1.0, 2.0, 2.5, 3.0], [0.0, 0.0, 90.0, 75.0, 90.0, 0.0])
    body = raised(angles)
    points = {name: scale * place for name, place in body.points.items()}
    (one,) = movement_of(replace(body, points=MappingProxyType(points))).gestures
    assert one.peak_s == 1.0
    assert one.end_s > 2.8


def test_a_gesture_goes_on_through_what_was_not_seen_of_the_leg():
    body = raised(([0.0, 0.5, 1.5, 2.5, 3.5], [0.0, 0.0, 90.0, 90.0, 0.0]))
    points = {n: p.copy() for n, p in body.points.items()}
    points["right_knee"][100:110] = points["right_toe"][100:104] = np.nan
    points["right_ankle"][100:110] = points["right_heel"][100:104] = np.nan
    (one,) = movement_of(replace(body, points=MappingProxyType(points))).gestures
    assert one.height_deg == pytest.approx(90.0)


def test_the_plies_of_the_adage(adage):
    demi, transfer = movement_of(adage).plies
    assert demi.bottom_s == pytest.approx(when("demi_plie.bottom"), abs=0.02)
    assert demi.depth_deg == pytest.approx(58.0, abs=0.1)
    assert demi.on == transfer.on == "both"
    assert transfer.depth_deg == pytest.approx(46.0, abs=0.1)
    assert 3.3 < demi.start_s < demi.bottom_s  # when the port de bras before it ends
    assert demi.bottom_s < demi.end_s < when("demi_plie.end")


@pytest.mark.parametrize(("depth", "count"), [(15.0, 0), (30.0, 1), (58.0, 1)])
def test_a_knee_that_only_softens_is_no_plie(depth, count):
    phrase = Phrase.of(fifth_position(), demi_plie(depth=depth), first_position())
    assert len(movement_of(body_of(dance(phrase))).plies) == count


def test_plies_in_a_row_do_not_overlap():
    phrase = Phrase.of(first_position(), *[demi_plie(counts=1.0)] * 4, first_position())
    found = movement_of(body_of(dance(phrase))).plies
    assert len(found) == 4
    for one, following in pairwise(found):
        assert one.start < one.bottom < one.end <= following.start


def test_a_lunge_is_no_plie():
    time = np.arange(180) / 60.0
    points = {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
    points["left_knee"][:, 2] += 0.3 * np.exp(-((time - 1.5) ** 2) / 0.1)
    assert movement_of(bodies.body(time, points)).plies == ()
    points["right_knee"][:, 2] += 0.3 * np.exp(-((time - 1.5) ** 2) / 0.1)
    assert len(movement_of(bodies.body(time, points)).plies) == 1


@pytest.mark.parametrize("far", [0.0, 1e-12])
def test_a_bend_as_deep_in_two_frames_is_one_plie(far):
    # Which of the two is deeper is told by rounding errors, and must not matter.
    time = np.arange(121) / 60.0
    bend = 60.0 * np.exp(-(((np.arange(121) - 60.5) / 12.0) ** 2)) * (1.0 + far * time)
    legs = movement_of(bodies.body(time, _standing(time))).legs
    (one,) = plies(bend, time, legs)
    assert one.bottom in (60, 61)
    assert one.start_s + one.end_s == pytest.approx(2.0 * 60.5 / 60.0, abs=1e-4)


def test_a_knee_that_is_held_bent_throughout_does_not_hide_a_plie():
    time = np.arange(181) / 60.0
    bend = 26.0 + 32.0 * np.exp(-(((time - 1.5) / 0.3) ** 2))
    legs = movement_of(bodies.body(time, _standing(time))).legs
    (one,) = plies(bend, time, legs)
    assert one.depth_deg == pytest.approx(58.0)
    assert plies(np.full(time.size, 26.0), time, legs) == ()


def _standing(time):
    return {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
