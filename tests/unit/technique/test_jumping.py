"""What measures of jumps say where something is missing, or bent, or in between."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
import jumpers
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import first_position
from repetiteur.technique import jumping
from repetiteur.technique.take import take

TIME = np.arange(230) / 120.0
SIDES = ("left", "right")


def jump_of(points):
    movement = movement_of(bodies.body(TIME, points))
    (flight,) = movement.flights
    return movement, flight


def without(movement, *parts):
    """The same movement of a file that lacks some points."""
    names = [n for n in movement.body.points if not n.endswith(parts)]
    return replace(movement, body=movement.body.only(*names))


def test_the_share_that_one_frame_is_of_a_flight():
    _, flight = jump_of(jumpers.jumping(TIME))
    half = jumping._by_share(flight, 1.0 / 60.0)
    assert half * flight.time_s * 60.0 == pytest.approx(0.67, abs=0.01)  # in frames


def test_without_ankles_there_is_no_split_and_no_beat():
    movement, flight = jump_of(jumpers.splitting(TIME))
    bare = without(movement, "ankle")
    assert jumping.split_angle(movement, flight, None) > 150.0
    for of in (jumping.split_angle, jumping.split_timing, jumping.beats_count):
        assert np.isfinite(of(movement, flight, None))
        assert np.isnan(of(bare, flight, None))
    for of in (jumping.knee_in_split, jumping.leg_elevation):
        assert np.isfinite(of(movement, flight, "left"))
        assert np.isnan(of(bare, flight, "left"))


def test_without_a_head_there_is_no_centre_of_mass():
    movement, flight = jump_of(jumpers.jumping(TIME))
    assert jumping.jump_height_com(movement, flight, None) > 0.3
    unknown = replace(movement, mass=np.full_like(movement.mass, np.nan))
    assert np.isnan(jumping.jump_height_com(unknown, flight, None))


def test_a_folded_leg_has_no_height():
    points = jumpers.jumping(TIME)
    folded = {n: p.copy() for n, p in points.items()}
    aloft = (TIME > 0.6) & (TIME < 0.95)
    for part in jumpers.FOOT:  # under the thigh
        folded[f"left_{part}"][aloft, 1] += 0.65
    for measured, known in ((points, True), (folded, False)):
        movement, flight = jump_of(measured)
        height = jumping.leg_elevation(movement, flight, "left")
        assert np.isfinite(height) == known
        assert np.isfinite(jumping.leg_elevation(movement, flight, "right"))


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_the_push_is_from_the_bottom_of_the_plie(fps):
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), fps=fps))
    movement = movement_of(body)
    (flight,) = movement.flights
    found = jumping.jump_push(movement, flight, None)
    assert found == pytest.approx(0.25, abs=0.03)
    stiff = movement_of(bodies.body(TIME, jumpers.jumping(TIME)))
    assert np.isnan(jumping.jump_push(stiff, stiff.flights[0], None))


def test_feet_pointed_in_the_air_are_measured_in_the_air():
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), fps=60.0))
    found = take(body, only=["ankle_plantarflexion", "knee_flexion"]).measurements
    aloft = [m for m in found if m.moment == "flight"]
    points = [m for m in aloft if m.measure == "ankle_plantarflexion"]
    knees = [m for m in aloft if m.measure == "knee_flexion"]
    assert {m.side for m in points} == {m.side for m in knees} == set(SIDES)
    assert all(m.value > 70.0 for m in points)
    assert all(abs(m.value) < 1.0 for m in knees)


def test_a_jump_that_the_recording_cuts_has_no_time():
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), fps=120.0))
    hidden = {n: p.copy() for n, p in body.points.items()}
    landing = (body.time > 2.345) & (body.time < 2.362)
    for name in hidden:
        if name.endswith(jumpers.FOOT):
            hidden[name][landing] = np.nan
    gap = replace(body, points=MappingProxyType(hidden))
    names = {"flight_time", "jump_drift", "landing_together"}
    found = take(gap, only=names)
    assert not found.measurements
    assert {n.measure for n in found.not_judged} == names
    assert {m.measure for m in take(body, only=names).measurements} == names
