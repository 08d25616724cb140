"""A point that is hidden for a while leaves no number that hangs on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import demi_plie, fifth_position, first_position
from repetiteur.synthetic.turns import pirouette_en_dehors
from repetiteur.technique.measure import measures
from repetiteur.technique.take import take

JUMPS = body_of(
    dance(Phrase.of(first_position(), saute(0.5), first_position()), fps=120)
)
TURN = body_of(
    dance(Phrase.of(fifth_position(front="right"), pirouette_en_dehors("right")))
)


def without(body, name, start_s, end_s):
    """The body with one point hidden for a while."""
    gone = (body.time >= start_s) & (body.time <= end_s)
    place = np.where(gone[:, None], np.nan, body[name])
    return replace(body, points={**body.points, name: place})


def said(body, *ids):
    found = take(body, only=ids)
    return {one.measure for one in found.measurements}, {
        one.measure: one.reason for one in found.not_judged
    }


def test_the_depth_of_a_landing_may_lie_where_the_knee_is_hidden():
    (jump,) = movement_of(JUMPS).flights
    hidden = without(JUMPS, "left_knee", jump.landing_s + 0.05, jump.landing_s + 0.3)
    found = take(hidden, only=["landing_knee_flexion"])
    assert [one.side for one in found.measurements] == ["right"]
    assert [one.reason for one in found.not_judged] == [
        "A point that it needs was not seen meanwhile."
    ]
    whole = take(JUMPS, only=["landing_knee_flexion"])
    assert {one.side for one in whole.measurements} == {"left", "right"}


def test_a_foot_that_is_hidden_at_the_push_off_does_not_stand():
    (turn,) = movement_of(TURN).turns
    names = ("pre_rotation", "time_in_position.arrival", "time_in_position.share")
    judged, reasons = said(TURN, *names)
    assert judged == set(names)
    assert not reasons
    gone = TURN
    for part in ("right_toe", "right_ankle", "right_heel"):
        gone = without(gone, part, turn.start_s - 0.05, turn.start_s + 0.3)
    judged, reasons = said(gone, *names)
    assert not judged & set(names)
    assert set(reasons) == set(names)


def test_a_split_may_be_widest_where_the_ankle_is_hidden():
    (jump,) = movement_of(JUMPS).flights
    middle = 0.5 * (jump.take_off_s + jump.landing_s)
    assert said(JUMPS, "split_angle")[0]
    hidden = without(JUMPS, "left_ankle", middle - 0.1, middle + 0.1)
    judged, reasons = said(hidden, "split_angle")
    assert not judged
    assert "split_angle" in reasons


def test_frames_that_are_missing_hide_everything():
    (turn,) = movement_of(TURN).turns
    later = np.where(TURN.time > 0.5 * (turn.start_s + turn.end_s), 1.0, 0.0)
    hole = replace(TURN, time=TURN.time + later)
    judged, reasons = said(hole, "turn_rate.mean", "time_in_position.share")
    assert not judged
    assert len(reasons) == 2


def test_nothing_that_was_asked_for_is_passed_over_in_silence():
    body = body_of(dance(Phrase.of(first_position(), demi_plie(), first_position())))
    moment = movement_of(body).plies[0].bottom_s
    hidden = without(body, "left_knee", moment - 0.2, moment + 0.2)
    found = take(hidden)
    measured = {one.measure for one in found.measurements}
    named = {one.measure for one in found.not_judged}
    assert measured | named == {one.id for one in measures()}


def test_a_short_gap_hides_nothing():
    (jump,) = movement_of(JUMPS).flights
    blink = without(JUMPS, "left_knee", jump.landing_s + 0.3, jump.landing_s + 0.35)
    assert len(take(blink, only=["landing_knee_flexion"]).measurements) == 2
