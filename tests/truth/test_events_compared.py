"""Turns, jumps, balances and shoulders of a dancer, by known amounts apart."""

from functools import cache

import numpy as np
import pytest

import altered
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of, make_poses, mirrored
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.demo import OTHER_DANCER
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import (
    battement_tendu,
    close_fifth,
    equilibre,
    fifth_position,
    first_position,
    port_de_bras,
)
from repetiteur.synthetic.turns import pirouette_en_dehors

EVENTS = {"turn_count", "jump_height_com", "jump_height_flight", "balance_time",
          "landing_knee_flexion", "knee_over_toe"}  # fmt: skip
TURNING = (
    fifth_position("right"), port_de_bras("front", "side"),
    pirouette_en_dehors("right", 2), port_de_bras("front", "up", "side"),
    battement_tendu("right"), battement_tendu("left"),
)  # fmt: skip


def phrase(*parts):
    return Phrase.of(*parts)


def jumping(second_s):
    return phrase(
        first_position(), saute(0.45), saute(second_s), saute(0.4),
        port_de_bras("front", "up", "side", counts=2.0),
        battement_tendu("right"), close_fifth("right", "devant"),
    )  # fmt: skip


def balancing(balance):
    return phrase(
        fifth_position("right"), port_de_bras("front", "side"),
        equilibre("right", balance=balance), close_fifth("right", "devant"),
        port_de_bras("front", "up", "side", counts=2.0),
        battement_tendu("left"), battement_tendu("right"),
    )  # fmt: skip


PHRASES = {"turn": phrase(*TURNING), "jump": jumping(0.5), "balance": balancing(2.0)}


@cache
def danced(name):
    return dance(PHRASES[name])


def notes(reference, take, among=EVENTS):
    """Notes on events alone."""
    found = rehearse(
        recording_from_poses(reference, "reference"), recording_from_poses(take, "take")
    ).findings
    return [note for note in found.notes if note.measure in among]


def poses_of(time, points):
    names = list(points)
    place = np.stack([points[name] for name in names], axis=2)
    return make_poses(place, time=time, keypoints=names)


def turned_less(poses, degrees):
    """The turn ends sooner by an angle, about the foot that stands.

    A step later the dancer comes round.
    """
    body = body_of(poses)
    (turn,) = movement_of(body).turns
    then = [turn.start_s, turn.end_s, turn.end_s + 0.8, turn.end_s + 2.5]
    done = np.interp(body.time, then, [0.0, 1.0, 1.0, 0.0])
    pivot = body["left_toe"][turn.start : turn.end].mean(axis=0) * [1.0, 0.0, 1.0]
    back = -np.radians(degrees) * np.sign(turn.rotation) * done[:, None]
    sine, cosine = np.sin(back), np.cos(back)
    points = {}
    for name, place in body.points.items():
        x, y, z = np.split(place - pivot, 3, axis=1)
        points[name] = pivot + np.hstack(
            [cosine * x + sine * z, y, cosine * z - sine * x]
        )
    return poses_of(body.time, points)


def test_half_a_turn_short():
    (note,) = notes(danced("turn"), turned_less(danced("turn"), 180.0))
    assert (note.measure, note.kind, note.side) == ("turn_count", "less", "right")
    low, high = note.difference.interval90
    assert low < -0.5 < high
    assert high - low < 0.2
    assert note.reference_value == pytest.approx(2.0, abs=0.05)
    assert note.take_value == pytest.approx(1.5, abs=0.05)


def test_a_mirrored_take_turns_to_its_own_other_side():
    take = mirrored(turned_less(danced("turn"), 180.0))
    (note,) = notes(danced("turn"), take)
    assert (note.measure, note.side) == ("turn_count", "left")
    assert note.difference.value == pytest.approx(-0.5, abs=0.05)


def test_a_turn_short_by_less_than_a_quarter_has_the_same_count():
    assert notes(danced("turn"), turned_less(danced("turn"), 60.0)) == []


def test_a_lower_jump():
    """Of 0.5 s in the air 0.307 m, of 0.35 s 0.150 m."""
    (note,) = notes(danced("jump"), dance(jumping(0.35)))
    assert (note.measure, note.kind, note.side) == ("jump_height_com", "less", None)
    low, high = note.difference.interval90
    assert low < -0.156 < high
    assert note.reference_value == pytest.approx(0.307, abs=0.03)
    assert note.take_value == pytest.approx(0.150, abs=0.03)


def test_a_balance_cut_short():
    (note,) = notes(danced("balance"), dance(balancing(1.3)))
    assert (note.measure, note.kind, note.side) == ("balance_time", "less", "left")
    low, high = note.difference.interval90
    assert low < -0.7 < high
    assert high - low < 0.3


def test_a_balance_held_for_longer():
    (note,) = notes(danced("balance"), dance(balancing(2.8)))
    assert (note.kind, note.difference.value) == (
        "more", pytest.approx(0.8, abs=0.1),
    )  # fmt: skip


def copies(name):
    """What is the same dancing."""
    body = body_of(danced(name))
    slower = altered.played(body.time, body.points, seconds_per_second=1.12, fps=60.0)
    smaller = {point: 0.85 * place for point, place in body.points.items()}
    return {
        "itself": danced(name),
        "swapped": mirrored(danced(name)),
        "slower": poses_of(*slower),
        "smaller": poses_of(body.time, smaller),
        "elsewhere": dance(PHRASES[name], heading=130.0),
        "another dancer": dance(
            PHRASES[name], OTHER_DANCER, tempo=0.95, noise=0.003, fps=50.0, seed=1
        ),
    }


@pytest.mark.parametrize(
    "how", ["itself", "swapped", "slower", "smaller", "elsewhere", "another dancer"]
)
@pytest.mark.parametrize("name", PHRASES)
def test_the_same_dancing_has_no_note_on_events(name, how):
    assert notes(danced(name), copies(name)[how]) == []


def shrugging(poses, metres, middle):
    """Both shoulders lifted along the trunk, with the arms."""
    body = body_of(poses)
    up = body.middle("shoulder") - body.middle("hip")
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    lift = metres * altered.blend(body.time, middle)[:, None] * up
    arms = ("shoulder", "elbow", "wrist", "hand")
    moved = {n: p + lift if n.endswith(arms) else p for n, p in body.points.items()}
    return poses_of(body.time, moved)


@pytest.mark.parametrize("metres", [0.03, 0.05])
def test_lifted_shoulders(metres):
    """As share of the trunk's length."""
    reference = danced("balance")
    body = body_of(reference)
    trunk = np.linalg.norm(body.middle("shoulder") - body.middle("hip"), axis=1)
    take = shrugging(dance(balancing(2.0), heading=70.0), metres, 3.0)
    (note,) = notes(reference, take, {"shoulder_lift"})
    assert (note.kind, note.side, note.priority) == ("more", None, "placement")
    low, high = note.difference.interval90
    assert low < metres / np.median(trunk) < high


def test_straight_landing_is_unsafe():
    """Of a jump of 0.5 s, on legs that bend by 8 degrees instead of 55."""
    soft, straight = (
        phrase(
            first_position(), saute(0.5, depth=depth),
            port_de_bras("front", "up", "side", counts=2.0),
            battement_tendu("right"), battement_tendu("left"),
        )
        for depth in (55.0, 8.0)
    )  # fmt: skip
    found = notes(dance(soft), dance(straight), {"landing_knee_flexion"})
    assert {note.side for note in found} == {"left", "right"}
    assert {(n.kind, n.priority) for n in found} == {("unsafe", "safety")}
    assert all(note.take_value < 20.0 < note.reference_value for note in found)
    assert not notes(dance(straight), dance(soft), {"landing_knee_flexion"})
