"""Turns: how many, which way, on which foot."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position
from repetiteur.synthetic.turns import pirouette_en_dehors


def pirouette(side, turns, **options):
    phrase = Phrase.of(
        fifth_position(side), pirouette_en_dehors(side, turns, counts=5.0)
    )
    return body_of(dance(phrase, **options))


def turning(degrees, time, *, left=0.0, right=0.0, air=0.0):
    """A rigid body that turns about its middle, its feet lifted by so much."""
    points = {}
    for name, place in bodies.STANDING.items():
        points[name] = geometry.turn(np.tile(place, (time.size, 1)), degrees)
        lift = left if name.startswith("left") else right
        foot = name.endswith(("toe", "heel", "ankle"))
        points[name][:, 1] += air + (lift if foot else 0.0)
    return bodies.body(time, points)


def ramp(time, degrees, start_s, end_s):
    """A heading that goes from 0 to some degrees, evenly."""
    return np.interp(time, [start_s, end_s], [0.0, degrees])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("fps", [30.0, 60.0])
def test_planted_pirouettes(side, turns, fps):
    body = pirouette(side, turns, fps=fps, heading=70.0)
    (turn,) = movement_of(body).turns
    sign = 1.0 if side == "left" else -1.0
    assert turn.count == turns
    assert turn.rotation == pytest.approx(sign * 360.0 * turns, abs=25.0)
    assert turn.direction == turn.working == side
    assert (turn.on, turn.sense) == ("one_foot", "en_dehors")
    assert turn.on_one_foot == pytest.approx(turn.rotation, abs=45.0)
    assert turn.axis.travel == pytest.approx(0.0, abs=0.05)
    assert turn.axis.tilt < 5.0
    assert 1.0 + 5.0 * 1.5 / (3.0 + turns) < turn.start_s < turn.end_s < 6.0


def test_towards_the_supporting_leg_is_en_dedans():
    body = pirouette("right", 1)
    time = body.time
    turned = {
        name: geometry.turn(place, ramp(time, 720.0, 3.0, 4.6))
        for name, place in body.points.items()
    }
    (turn,) = movement_of(replace(body, points=MappingProxyType(turned))).turns
    assert (turn.direction, turn.supporting) == ("left", "left")
    assert turn.sense == "en_dedans"


def test_a_promenade_is_no_turn():
    time = np.arange(600) / 60.0
    assert movement_of(turning(60.0 * time, time)).turns == ()
    (turn,) = movement_of(turning(130.0 * time, time)).turns
    assert turn.count == 3.5


def test_chaines_are_on_two_feet():
    time = np.arange(360) / 60.0
    heading = ramp(time, 1440.0, 1.0, 5.0)
    half = np.floor(heading / 180.0) % 2 == 0
    moving = (heading > 0.0) & (heading < 1440.0)
    body = turning(
        heading,
        time,
        left=np.where(half & moving, 0.1, 0.0),
        right=np.where(~half & moving, 0.1, 0.0),
    )
    (turn,) = movement_of(body).turns
    assert (turn.count, turn.on) == (4.0, "two_feet")
    assert turn.supporting is turn.working is turn.sense is turn.axis is None
    assert turn.on_one_foot == pytest.approx(turn.rotation, abs=30.0)


def test_a_tour_en_lair_is_in_the_air():
    time = np.arange(180) / 60.0
    since = np.clip(time - 1.0, 0.0, 0.6)
    air = 0.5 * 9.81 * since * (0.6 - since)
    found = movement_of(turning(ramp(time, 360.0, 1.0, 1.6), time, air=air))
    (turn,), (jump,) = found.turns, found.flights
    assert (turn.count, turn.on, turn.supporting) == (1.0, "air", None)
    assert turn.in_the_air == pytest.approx(360.0, abs=40.0)
    assert jump.time_s == pytest.approx(0.6, abs=1e-3)


def test_a_turn_on_both_feet():
    time = np.arange(180) / 60.0
    (turn,) = movement_of(turning(ramp(time, 360.0, 1.0, 2.0), time)).turns
    assert (turn.on, turn.supporting) == ("two_feet", None)
    assert turn.on_the_floor == pytest.approx(turn.rotation, abs=20.0)


@pytest.mark.parametrize(("slowest", "count"), [(90.0, 1), (0.0, 2)])
def test_a_turn_goes_on_while_it_only_slows_down(slowest, count):
    time = np.arange(240) / 60.0
    slow = (time >= 1.5) & (time < 1.75)
    rate = np.where(slow, slowest, np.where((time > 0.5) & (time < 3.0), 400.0, 0.0))
    heading = np.cumsum(rate) / 60.0
    assert len(movement_of(turning(heading, time)).turns) == count


def test_pelvis_and_shoulders_turn_for_themselves():
    time = np.arange(240) / 60.0
    body = turning(ramp(time, 720.0, 1.0, 3.0), time)
    late = geometry.turn(
        np.tile(bodies.STANDING["left_shoulder"], (time.size, 1)),
        ramp(time, 720.0, 1.2, 3.2),
    )
    points = {**body.points, "left_shoulder": late}
    points["right_shoulder"] = late * [-1.0, 1.0, -1.0]
    (turn,) = movement_of(replace(body, points=MappingProxyType(points))).turns
    assert turn.pelvis.start_s == pytest.approx(1.0, abs=0.05)
    assert turn.trunk.end_s == pytest.approx(3.2, abs=0.05)
    assert turn.trunk.degrees == pytest.approx(720.0, abs=30.0)


def test_slow_films_and_gaps_are_no_trouble():
    slow = pirouette("left", 1, fps=10.0)
    (turn,) = movement_of(slow).turns
    assert turn.count == 1.0
    body = pirouette("left", 2)
    points = {n: p.copy() for n, p in body.points.items()}
    for place in points.values():
        place[235:240] = np.nan
    found = movement_of(replace(body, points=MappingProxyType(points))).turns
    assert found
    assert all(turn.direction == "left" for turn in found)


def test_feet_that_were_not_seen():
    body = pirouette("left", 2)
    names = [n for n in body.points if not n.endswith(("toe", "heel", "ankle"))]
    (turn,) = movement_of(body.only(*names)).turns
    assert turn.count == 2.0
    assert turn.on is turn.supporting is turn.axis is None
