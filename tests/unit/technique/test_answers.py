"""Moments as each of the bodies that a picture leaves open has them."""

from dataclasses import replace

import numpy as np
import pytest

from repetiteur.kinematics.events import Span
from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.view import laid_flat
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import developpe, fifth_position
from repetiteur.technique.answers import read_at, speed_across


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


def test_the_speed_of_a_foot_is_that_across_the_picture(movement):
    body = movement.body
    along = np.array([0.3, 0.0, 5.0]) * body.time[:, None]
    stands = {n: np.zeros_like(along) for n in ("right_ankle", "right_toe")}
    slides = {f"left_{part}": along for part in ("ankle", "heel", "toe")}
    event = Span(10, 22, float(body.time[10]), float(body.time[22]))
    moved = replace(body, points={**body.points, **slides, **stands})
    assert speed_across(moved, "left", event) == pytest.approx(0.3)
    assert speed_across(moved, "right", event) == pytest.approx(0.0, abs=0.02)


def test_a_foot_that_was_not_seen_does_not_slide(movement):
    lost = {n: np.full_like(p, np.nan) for n, p in movement.body.points.items()}
    body = replace(movement.body, points=lost)
    assert speed_across(body, "left", Span(0, 9, 0.0, 0.3)) == 0.0
