"""Measures of series of turns."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Alteration, Delay, Phrase, dance
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.synthetic.turns import chaines, fouettes
from repetiteur.technique import series as measured
from repetiteur.technique.take import take

FOUETTES = Phrase.of(fifth_position("right"), fouettes("right", 6))


def one(movement):
    (series,) = movement.series
    return series


def of(poses, measure):
    movement = movement_of(body_of(poses))
    return measure(movement, one(movement), None)


def test_a_foot_that_travels():
    way = Alteration("left_x", 0.36, 3.0, 30.0, 4.0)
    foot = movement_of(body_of(dance(FOUETTES))).contacts.foot_length
    assert of(dance(FOUETTES), measured.travel) == pytest.approx(0.0, abs=1e-6)
    travelled = dance(FOUETTES, alterations=[way])
    assert of(travelled, measured.travel) == pytest.approx(0.36 / foot, abs=0.02)
    assert of(travelled, measured.travel_most) == pytest.approx(0.36 / foot, abs=0.02)


def test_a_leg_that_opens_too_low():
    low = dance(Phrase.of(fifth_position("right"), fouettes("right", 6, height=68.0)))
    assert of(low, measured.leg_elevation) == pytest.approx(68.0, abs=0.5)
    assert of(low, measured.count) == 0.0
    assert of(dance(FOUETTES), measured.count) == 6.0


def test_a_turn_that_comes_late_is_uneven():
    late = dance(FOUETTES, delays=[Delay(0.15, 6.0, 7.6, 0.7)])
    assert of(dance(FOUETTES), measured.regularity) < 0.01
    assert 0.04 < of(late, measured.regularity) < 0.15
    assert of(late, measured.rate) == pytest.approx(1.0, abs=0.03)


def test_two_fouettes_say_nothing_of_evenness():
    few = dance(Phrase.of(fifth_position("right"), fouettes("right", 2)))
    assert np.isnan(of(few, measured.regularity))
    assert of(few, measured.rate) == pytest.approx(1.0, abs=0.03)


CHAINES = dance(Phrase.of(first_position(), chaines("left", 5)))


def bent(degrees):
    """The same turns along a line that bends in its middle."""
    body = body_of(CHAINES)
    middle = body.middle("hip")
    at = middle[np.searchsorted(body.time, 4.1)] * [1.0, 0.0, 1.0]
    after = (body.time > 4.1)[:, None]
    points = {
        name: np.where(after, geometry.turn(place - at, degrees) + at, place)
        for name, place in body.points.items()
    }
    return movement_of(replace(body, points=MappingProxyType(points)))


def test_chaines_go_along_a_straight_line():
    movement = movement_of(body_of(CHAINES))
    assert measured.path_deviation(movement, one(movement), None) < 0.5
    assert measured.turn_rate(movement, one(movement), None) == pytest.approx(
        1.0 / 0.8, abs=0.03
    )


@pytest.mark.parametrize("degrees", [-30.0, 20.0])
def test_a_line_that_bends(degrees):
    movement = bent(degrees)
    found = measured.path_deviation(movement, one(movement), None)
    assert 0.4 * abs(degrees) < found < 0.7 * abs(degrees)


def test_chaines_in_place_have_no_path():
    body = body_of(CHAINES)
    way = body.middle("hip") * [1.0, 0.0, 1.0]
    points = {name: place - way for name, place in body.points.items()}
    movement = movement_of(replace(body, points=MappingProxyType(points)))
    assert np.isnan(measured.path_deviation(movement, one(movement), None))


def test_wider_steps_open_the_feet():
    movement = movement_of(body_of(CHAINES))
    narrow = measured.feet_opening(movement, one(movement), None)
    body = movement.body
    points = dict(body.points)
    left = points["left_heel"] - points["right_heel"]
    points["left_heel"] = points["right_heel"] + 1.3 * left
    wide = measured.feet_opening(
        replace(movement, body=replace(body, points=MappingProxyType(points))),
        one(movement),
        None,
    )
    assert wide == pytest.approx(1.3 * narrow, rel=1e-6)


def test_each_kind_of_series_has_its_own_measures():
    ids = [
        {m.measure for m in take(body_of(poses)).measurements if m.moment == "series"}
        for poses in (dance(FOUETTES), CHAINES)
    ]
    on_one_foot = {"fouette_rate.rate", "fouette_rate.regularity", "fouette_rate.count"}
    assert on_one_foot <= ids[0]
    assert {"path_deviation", "feet_opening", "turn_rate.mean"} <= ids[1]
    assert not (on_one_foot & ids[1])
    assert ids[0] & ids[1] == {"turn_count"}


def test_without_a_series_it_is_said_so():
    still = body_of(dance(Phrase.of(first_position(counts=3.0))))
    (lacking,) = take(still, only=["fouette_rate.rate"]).not_judged
    assert lacking.reason == "There is no series of turns in it."
