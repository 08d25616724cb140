"""What measures of landings say where something is missing, late, or goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bodies
import jumpers
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import first_position
from repetiteur.technique import landing
from repetiteur.technique.take import take

TIME = np.arange(230) / 120.0
OF_A_LEG = (
    landing.landing_knee_flexion,
    landing.landing_excursion,
    landing.knee_over_toe,
    landing.landing_knee_line,
)


def jump_of(points):
    movement = movement_of(bodies.body(TIME, points))
    (flight,) = movement.flights
    return movement, flight


def landed(turnout=5.0, cut_s=None):
    dancer = Dancer(turnout_left=turnout, turnout_right=turnout)
    poses = dance(Phrase.of(first_position(), saute(0.5)), dancer, fps=120.0)
    body = body_of(poses if cut_s is None else poses.sel(time=slice(0.0, cut_s)))
    movement = movement_of(body)
    return movement, movement.flights[0]


def test_a_recording_that_ends_in_the_landing_does_not_say_how_deep_it_was():
    for cut_s, known in ((None, True), (2.6, False)):
        movement, flight = landed(cut_s=cut_s)
        assert flight.landing_s == pytest.approx(2.35, abs=1e-3)
        for of in OF_A_LEG:
            assert np.isfinite(of(movement, flight, "left")) == known, of.__name__
        told = landing.landing_heel(movement, flight, "left")
        assert told == ("down" if known else "")


def test_a_file_without_feet_has_no_knee_over_toe_and_no_line():
    movement, flight = landed()
    names = [n for n in movement.body.points if not n.endswith(("heel", "toe"))]
    bare = replace(movement, body=movement.body.only(*names))
    for of in (landing.knee_over_toe, landing.landing_knee_line):
        assert np.isfinite(of(movement, flight, "left"))
        assert np.isnan(of(bare, flight, "left"))


@pytest.mark.parametrize(
    ("turnout", "known"), [(0.0, True), (9.0, True), (12.0, False)]
)
def test_the_line_of_the_knee_is_that_of_parallel_feet(turnout, known):
    movement, flight = landed(turnout)
    for side in ("left", "right"):
        line = landing.landing_knee_line(movement, flight, side)
        assert np.isfinite(line) == known


def test_a_heel_that_stays_up():
    movement, flight = jump_of(jumpers.jumping(TIME, roll_s=5.0))
    for side in ("left", "right"):
        assert landing.landing_heel(movement, flight, side) == "up"
        assert landing.landing_first(movement, flight, side) == "toe"
        assert np.isnan(landing.foot_roll(movement, flight, side))


def test_each_foot_lands_for_itself():
    movement, flight = jump_of(jumpers.jumping(TIME, late_s=0.05, roll_s=0.06))
    assert landing._landing(flight) == ("left", "right")
    for side in ("left", "right"):
        roll = landing.foot_roll(movement, flight, side)
        assert roll == pytest.approx(0.06 if side == "right" else 0.01, abs=0.006)


def test_a_jump_on_one_foot_is_of_that_foot_alone():
    points = jumpers.jumping(TIME)
    for part in jumpers.FOOT:
        points[f"left_{part}"] = points[f"left_{part}"] + [0.0, 0.3, 0.0]
    movement, flight = jump_of(points)
    assert (flight.from_feet, flight.to_feet) == ("right", "right")
    assert landing._landing(flight) == landing._take_off(flight) == ("right",)
    assert np.isnan(landing.landing_together(movement, flight, None))
    assert np.isnan(landing.take_off_together(movement, flight, None))


@pytest.mark.parametrize(
    ("fps", "refused"),
    [
        (30.0, {"foot_roll", "foot_roll.take_off", "landing_first"}),
        (50.0, {"foot_roll", "foot_roll.take_off"}),
        (120.0, set()),
    ],
)
def test_what_the_frame_rate_allows_of_the_feet(fps, refused):
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), fps=fps))
    names = {"foot_roll", "foot_roll.take_off", "landing_first", "landing_heel"}
    found = take(body, only=names)
    assert {m.measure for m in found.measurements} == names - refused
    assert {n.measure for n in found.not_judged} == refused
    assert all("frames a second" in n.reason for n in found.not_judged)
