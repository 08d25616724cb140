"""Moments as each of the bodies that a picture leaves open has them."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.view import laid_flat
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import developpe, fifth_position
from repetiteur.technique.answers import read_at


@pytest.fixture(scope="module")
def movement():
    phrase = Phrase.of(
        fifth_position("right"), developpe("right", "devant", 80.0, balance=1.0)
    )
    return movement_of(body_of(dance(phrase, fps=30.0)))


def test_a_gesture_is_read_where_each_body_raises_the_leg_most(movement):
    (gesture,) = movement.gestures
    moved = replace(gesture, peak=gesture.start, peak_s=gesture.start_s)
    assert read_at(moved, movement.body).peak_s == pytest.approx(
        gesture.peak_s, abs=0.1
    )


def test_the_picture_itself_is_read_where_the_gesture_was_found(movement):
    (gesture,) = movement.gestures
    moved = replace(gesture, peak=gesture.start, peak_s=gesture.start_s)
    flat = laid_flat(replace(movement.body, space="2d"))
    assert read_at(moved, flat) is moved


def test_other_moments_are_read_where_they_were_found(movement):
    assert movement.balances
    for balance in movement.balances:
        assert read_at(balance, movement.body) is balance


def test_a_leg_that_was_not_seen_has_no_top_of_its_own(movement):
    (gesture,) = movement.gestures
    lost = {n: np.full_like(p, np.nan) for n, p in movement.body.points.items()}
    assert read_at(gesture, replace(movement.body, points=lost)).peak == gesture.start
