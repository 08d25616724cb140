"""Balances, holds and stances."""

import numpy as np
import pytest

import bodies
from repetiteur.kinematics.feet import Part
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance, demo_phrase, demo_reference
from repetiteur.synthetic.steps import demi_plie, fifth_position, first_position
from repetiteur.synthetic.turns import pirouette_en_dehors

TIME = np.arange(300) / 60.0


@pytest.fixture(scope="module")
def adage():
    return movement_of(body_of(demo_reference()))


def when(pose):
    return dict(demo_phrase().moments())[pose]


def on_left_foot(lift, rise=0.0, drift=0.0):
    """Standing, the right foot lifted, the left heel raised, all of it moving aside."""
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    for name in ("right_toe", "right_heel", "right_ankle", "right_knee"):
        points[name][:, 1] += lift
    points["left_heel"][:, 1] += rise
    for place in points.values():
        place[:, 0] += drift
    return movement_of(bodies.body(TIME, points))


def test_the_balances_of_the_adage(adage):
    flat, behind, raised = adage.balances
    assert {flat.side, behind.side, raised.side} == {"right"}
    assert (flat.part, behind.part, raised.part) == (
        Part.FLAT,
        Part.FLAT,
        Part.DEMI_POINTE,
    )
    assert flat.start_s < when("developpe.retire") < when("developpe.hold") < flat.end_s
    assert raised.start_s < when("equilibre.arrive") < when("equilibre.hold")
    assert when("equilibre.hold") < raised.end_s < when("equilibre.hold") + 0.5


def test_a_balance_that_rises_is_two():
    up = np.where(TIME > 2.5, 0.15, 0.0)
    flat, raised = on_left_foot(np.where(TIME > 1.0, 0.3, 0.0), up).balances
    assert (flat.part, raised.part) == (Part.FLAT, Part.DEMI_POINTE)
    assert flat.lasting_s == pytest.approx(1.5, abs=1.5 / 60.0)
    assert raised.lasting_s == pytest.approx(2.5, abs=2.5 / 60.0)


def test_a_foot_that_wanders_does_not_balance_in_its_place():
    lift = np.where(TIME > 0.5, 0.3, 0.0)
    (still,) = on_left_foot(lift).balances
    assert still.lasting_s > 4.3
    wander = 0.3 * np.clip(TIME - 2.5, 0.0, None)
    (found,) = on_left_foot(lift, drift=wander).balances
    assert found.lasting_s < 2.5
    assert found.end_s < 2.9


def test_a_turn_is_no_balance():
    phrase = Phrase.of(
        fifth_position("left"), pirouette_en_dehors("left", 3, counts=6.0)
    )
    found = movement_of(body_of(dance(phrase)))
    assert (found.legs.support == -1).sum() > 100
    assert found.balances == ()


def test_the_body_holds_still_at_the_end_of_steps(adage):
    for pose in ("developpe.hold", "arabesque_1.hold", "equilibre.hold"):
        moment = when(pose) - 0.5
        assert any(hold.start_s < moment < hold.end_s for hold in adage.holds), pose
    moving = when("developpe.extension") - 0.5
    assert not any(hold.start_s < moving < hold.end_s for hold in adage.holds)


def test_stances_are_on_two_flat_feet(adage):
    on_two = np.zeros(adage.body.time.size, dtype=bool)
    for stance in adage.stances:
        on_two[stance.start : stance.end + 1] = True
    assert (adage.legs.feet[on_two] == 2).mean() > 0.8
    assert on_two[0]
    assert on_two[-1]
    assert not on_two[np.searchsorted(adage.body.time, when("developpe.hold"))]


def test_a_stance_ends_with_a_plie_and_where_the_feet_change_their_place():
    phrase = Phrase.of(
        first_position(), demi_plie(), fifth_position("right"), first_position()
    )
    found = movement_of(body_of(dance(phrase)))
    when = dict(phrase.moments())
    held = [(s.start_s, s.end_s) for s in found.stances]
    before, after, fifth, last = held
    assert before[1] < when["demi_plie.bottom"] < after[0]
    bends = found.joint_angles["left_knee_flexion"]
    for stance in found.stances:
        assert bends[stance.start : stance.end + 1].max() < 25.0
    assert after[1] < fifth[0] < 4.0 < fifth[1] < last[0]  # the fifth stands at 4 s
    apart = [_apart(found, stance) for stance in found.stances]
    assert np.ptp(apart[2]) < 0.05 < abs(np.median(apart[2]) - np.median(apart[0]))
    assert np.median(apart[1]) == pytest.approx(np.median(apart[0]), abs=0.01)


def _apart(movement, stance):
    """Distance of the toes in a stance, metres."""
    toes = [movement.body[f"{side}_toe"] for side in ("left", "right")]
    away = np.linalg.norm(toes[0] - toes[1], axis=1)
    return away[stance.start : stance.end + 1]


@pytest.mark.parametrize(("slides", "count"), [(0.2, 1), (0.7, 3)])
def test_a_foot_that_slides_slowly_stands_somewhere_else_in_the_end(slides, count):
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    length = np.linalg.norm(
        np.subtract(bodies.STANDING["left_toe"], bodies.STANDING["left_heel"])
    )
    way = slides * length * np.clip((TIME - 1.0) / 3.0, 0.0, 1.0)
    for part in ("toe", "heel", "ankle"):
        points[f"left_{part}"][:, 0] += way
    found = movement_of(bodies.body(TIME, points)).stances
    assert len(found) == count
    for stance in found:
        assert np.ptp(way[stance.start : stance.end + 1]) <= 0.3 * length


def test_a_foot_that_was_not_seen_for_a_moment_stands_where_it_stood():
    points = {n: np.tile(p, (TIME.size, 1)) for n, p in bodies.STANDING.items()}
    points["left_toe"][:3] = np.nan
    points["left_toe"][100:103] = np.nan
    assert len(movement_of(bodies.body(TIME, points)).stances) == 1
