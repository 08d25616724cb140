"""Measures of moments: values, intervals, and what is not judged."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.demo import demo_reference
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import developpe, fifth_position, first_position
from repetiteur.synthetic.turns import pirouette_en_dehors
from repetiteur.technique.take import take


def jump(fps=120.0, lasting=0.5):
    return body_of(dance(Phrase.of(first_position(), saute(lasting)), fps=fps))


def blurred(body, sd_m):
    """The body with an error of this size said of every point."""
    sd = {name: np.full(place.shape, sd_m) for name, place in body.points.items()}
    return replace(body, sd=MappingProxyType(sd))


def one_of(measured, measure):
    (found,) = [m for m in measured.measurements if m.measure == measure]
    return found


@pytest.mark.parametrize(
    ("fps", "half"), [(30.0, 0.041), (60.0, 0.020), (120.0, 0.010)]
)
def test_a_jump_is_as_high_as_frames_can_tell(fps, half):
    found = one_of(take(jump(fps)), "jump_height_flight")
    low, high = found.interval90
    assert low <= 0.307 <= high
    assert 0.9 * half <= 0.5 * (high - low) <= 1.3 * half
    assert found.moment == "flight"
    assert found.side is None


def test_noise_widens_the_interval():
    sure, unsure = (
        one_of(take(blurred(jump(), sd), only=["jump_height_com"]), "jump_height_com")
        for sd in (0.0, 0.008)
    )
    wide = [one.interval90[1] - one.interval90[0] for one in (sure, unsure)]
    assert wide[1] > 1.2 * wide[0]


def test_an_instrument_that_says_nothing_leaves_the_value_open():
    found = take(blurred(jump(), 0.3), only=["jump_height_com"])
    assert not found.measurements
    assert "uncertain" in found.not_judged[0].reason


def test_too_few_frames_a_second():
    found = take(jump(60.0), only=["foot_roll"])
    (lacking,) = found.not_judged
    assert lacking.measure == "foot_roll"
    assert "120 frames a second" in lacking.reason
    assert "and this has 60" in lacking.reason
    judged = take(jump(120.0), only=["foot_roll"]).measurements
    assert {(m.measure, m.side, m.unit) for m in judged} == {
        ("foot_roll", side, "s") for side in ("left", "right")
    }


def test_nothing_of_the_kind_is_said_once():
    found = take(body_of(bodies.poses(*bodies.moving_points(seconds=1.0))))
    reasons = {n.measure: n.reason for n in found.not_judged}
    assert reasons["turn_count"].startswith("There is no turn")
    assert reasons["jump_height_flight"] == "There is no jump in it."
    keys = [(n.measure, n.reason) for n in found.not_judged]
    assert len(set(keys)) == len(keys)


def test_missing_points_are_named():
    body = jump().only(*(n for n in jump().points if not n.endswith("heel")))
    found = take(body, only=["turnout_total"])
    assert not found.measurements
    assert "left_heel, right_heel" in found.not_judged[0].reason


def test_a_name_is_its_own_interval():
    found = take(body_of(demo_reference()), only=["turn_sense"])
    for one in found.measurements:
        assert one.interval90 == (one.value, one.value)
        assert one.unit == "label"


def test_one_camera_has_angles_in_its_plane_alone():
    import projecting

    time, points = bodies.moving_points(seconds=4.0)
    body = body_of(projecting.seen(time, points, projecting.Camera(heading=0.0)))
    reasons = {n.measure: n.reason for n in take(body).not_judged}
    assert "depth of a picture is a guess" in reasons["turn_count"]
    assert "depth of a picture is a guess" in reasons["turnout_total"]


def test_a_developpe_is_read_where_the_leg_is_highest():
    for height in (60.0, 80.0, 95.0):
        steps = developpe("left", "seconde", height, counts=4.0, balance=1.5)
        body = body_of(dance(Phrase.of(fifth_position("left"), steps), fps=60.0))
        found = take(body, only=["leg_elevation", "knee_extension_working"])
        legs = [m for m in found.measurements if m.moment == "gesture"]
        (leg,) = [m for m in legs if m.measure == "leg_elevation"]
        assert leg.value == pytest.approx(height, abs=2.0)
        (knee,) = [m for m in legs if m.measure == "knee_extension_working"]
        assert knee.value < 5.0


def test_a_held_leg_is_measured_while_it_is_held():
    steps = developpe("left", "seconde", 90.0, counts=4.0, balance=1.5)
    body = body_of(dance(Phrase.of(fifth_position("left"), steps), fps=60.0))
    held = [
        m
        for m in take(body, only=["leg_elevation"]).measurements
        if m.moment == "balance"
    ]
    assert held
    assert all(m.value == pytest.approx(90.0, abs=2.0) for m in held)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turns_are_counted_to_the_half(turns):
    body = body_of(dance(Phrase.of(pirouette_en_dehors("right", turns, counts=6.0))))
    found = take(body, only=["turn_count", "turn_rotation", "plie_depth"])
    count = one_of(found, "turn_count")
    assert count.value == turns
    assert count.interval90 == (turns, turns)
    assert one_of(found, "turn_rotation").value == pytest.approx(360 * turns, abs=30)
    for depth in (m for m in found.measurements if m.measure == "plie_depth"):
        assert depth.value > 0.0


def test_what_a_gap_or_the_end_cuts_has_no_count_and_no_duration():
    poses = dance(Phrase.of(pirouette_en_dehors("right", 2, counts=6.0)))
    (turn,) = movement_of(body_of(poses)).turns
    middle = (turn.start + turn.end) // 2
    cut = body_of(poses.isel(time=slice(middle, None)))
    for body in (cut, lost(body_of(poses), slice(middle, middle + 12))):
        found = take(body, only=["turn_count", "turn_rotation", "turn_rate.peak"])
        assert {m.measure for m in found.measurements} <= {"turn_rate.peak"}
        reasons = {n.measure: n.reason for n in found.not_judged}
        assert "in a gap, or with the recording" in reasons["turn_count"]


def lost(body, frames):
    points = {n: p.copy() for n, p in body.points.items()}
    for place in points.values():
        place[frames] = np.nan
    return replace(body, points=MappingProxyType(points))


def test_points_said_from_the_hips_hold_no_way_through_space():
    body = jump()
    middle = body.middle("hip")
    centred = {n: p - middle for n, p in body.points.items()}
    found = take(replace(body, points=MappingProxyType(centred)), only=["flight_time"])
    assert not found.measurements
    assert "said from the hips" in found.not_judged[0].reason


def test_a_fall_that_is_none_says_what_is_wrong():
    body = jump()
    half = replace(body, time=body.time * 2.0)
    (lacking,) = take(half, only=["flight_time"]).not_judged
    assert "falls with 2." in lacking.reason
    assert "--fps" in lacking.how_to_film


def test_progress_goes_to_the_end():
    told = []
    take(jump(60.0), only=["flight_time"], progress=lambda *done: told.append(done))
    assert told[0] == (1, told[-1][1])
    assert told[-1][0] == told[-1][1] == len(told)
