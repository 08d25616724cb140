"""The pose of a turn: push-off, arrival, height."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import developpe, fifth_position
from repetiteur.synthetic.turns import fouettes, pirouette_en_dehors
from repetiteur.technique import passe


def danced(*steps, **options):
    return movement_of(body_of(dance(Phrase.of(*steps), **options)))


def of(movement, measure):
    (turn,) = movement.turns
    return measure(movement, turn, turn.working or turn.direction)


def spun(movement, start_s, end_s, degrees):
    """The same body, turned on its left toe."""
    body = movement.body
    way = np.interp(body.time, [start_s, end_s], [0.0, degrees])
    pivot = body["left_toe"] * [1.0, 0.0, 1.0]
    points = {n: geometry.turn(p - pivot, way) + pivot for n, p in body.points.items()}
    return movement_of(replace(body, points=MappingProxyType(points)))


def test_a_pirouette_is_in_retire_on_demi_pointe():
    found = danced(fifth_position("right"), pirouette_en_dehors("right", 2, counts=5.0))
    assert of(found, passe.retire_height) == pytest.approx(0.985, abs=0.01)
    assert of(found, passe.heel_height) == pytest.approx(
        np.sin(np.radians(55)), abs=0.01
    )
    assert of(found, passe.time_in_position) > 0.8
    assert 0.1 < of(found, passe.arrival) < 0.3
    assert 0.0 < of(found, passe.pre_rotation) < 0.15
    assert np.isnan(of(found, passe.leg_elevation))


def test_a_slower_one_arrives_later():
    quick, slow = (
        danced(fifth_position("right"), pirouette_en_dehors("right", counts=counts))
        for counts in (3.0, 5.0)
    )
    assert of(slow, passe.arrival) > of(quick, passe.arrival) + 0.03


def test_with_the_leg_to_the_side_there_is_no_retire_but_a_leg():
    still = danced(
        fifth_position("right"), developpe("right", height=92.0, balance=2.0)
    )
    found = spun(still, 7.2, 8.6, -720.0)
    assert of(found, passe.leg_elevation) == pytest.approx(92.0, abs=0.5)
    assert np.isnan(of(found, passe.retire_height))
    assert np.isnan(of(found, passe.time_in_position))
    assert np.isnan(of(found, passe.arrival))
    # It stood on that foot for long: no push-off begins this turn.
    assert np.isnan(of(found, passe.pre_rotation))


def test_the_poses_of_a_series_are_not_those_of_one_turn():
    found = danced(fifth_position("right"), fouettes("right", 3))
    for measure in (
        passe.retire_height,
        passe.leg_elevation,
        passe.heel_height,
        passe.time_in_position,
        passe.arrival,
    ):
        assert np.isnan(of(found, measure))
    assert of(found, passe.pre_rotation) < 0.15


@pytest.mark.parametrize("early", [0.0, 0.25, 0.5])
def test_a_tour_en_lair_that_turns_before_it_leaves_the_floor(early):
    time = np.arange(360) / 120.0
    since = np.clip(time - 1.5, 0.0, 0.6)
    air = 0.5 * 9.81 * since * (0.6 - since)
    rate = 360.0 / 0.6
    way = np.clip(rate * (time - 1.5) + 360.0 * early, 0.0, 360.0 * (1.0 + early))
    points = {
        name: geometry.turn(np.tile(place, (time.size, 1)), way)
        for name, place in bodies.STANDING.items()
    }
    for place in points.values():
        place[:, 1] += air
    found = movement_of(bodies.body(time, points))
    (turn,) = found.turns
    assert turn.on == "air"
    assert passe.pre_rotation(found, turn, "left") == pytest.approx(early, abs=0.02)


def test_a_working_foot_that_is_not_seen_has_no_time_in_its_place():
    found = danced(fifth_position("right"), pirouette_en_dehors("right", 2, counts=5.0))
    (turn,) = found.turns
    points = dict(found.body.points)
    gone = (found.body.time > turn.start_s + 0.5) & (found.body.time < turn.start_s + 1)
    points["right_toe"] = np.where(gone[:, None], np.nan, points["right_toe"])
    again = movement_of(replace(found.body, points=MappingProxyType(points)))
    (turn,) = again.turns
    assert np.isnan(passe.time_in_position(again, turn, "right"))
