import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.headings import headings, turning
from repetiteur.model.skeletons import other_side


def spun(degrees, fps=60.0, hidden=()):
    """Someone who stands and turns by a curve of headings."""
    points = {
        name: geometry.turn(np.tile(place, (len(degrees), 1)), degrees)
        for name, place in bodies.STANDING.items()
        if name not in hidden
    }
    return bodies.body(np.arange(len(degrees)) / fps, points)


def exchanged(body, frames):
    """Left and right confused in these frames."""
    points = {
        name: np.where(frames[:, None], body[other_side(name)], place)
        for name, place in body.points.items()
    }
    return bodies.body(body.time, points)


def unseen(body, frames, part=""):
    points = {
        name: np.where(frames[:, None] & (part in name), np.nan, place)
        for name, place in body.points.items()
    }
    return bodies.body(body.time, points)


def all_of(body):
    found = headings(body)
    return {
        "pelvis": found.pelvis,
        "trunk": found.trunk,
        "head": found.head,
        "body": turning(body),
    }


TURNS = -720.0 * np.arange(91) / 60.0  # three to the right in 1.5 s
FACELESS = ("nose", "left_eye", "right_eye")


@pytest.mark.parametrize("start", [0.0, 90.0, -179.0])
def test_three_turns_to_the_right(start):
    for name, found in all_of(spun(start + TURNS)).items():
        assert np.allclose(found, start + TURNS), name


@pytest.mark.parametrize("hidden", [(), FACELESS])
def test_three_turns_though_left_and_right_are_exchanged_in_the_back_half(hidden):
    back = np.cos(np.radians(TURNS)) < 0.0
    body = exchanged(spun(TURNS, hidden=hidden), back)
    found = all_of(body)
    for name in ("pelvis", "trunk", "body"):
        assert found[name][-1] - found[name][0] == pytest.approx(-1080.0), name
    if not hidden:  # the face tells which half is the back
        assert np.allclose(found["body"], TURNS)
        assert np.allclose(found["head"], TURNS)


@settings(deadline=None)
@given(st.sets(st.integers(0, 90), max_size=20), st.integers(-9, 9))
def test_single_exchanged_frames_change_nothing(frames, speed):
    turn = speed * 100.0 * np.arange(91) / 60.0
    wrong = np.isin(np.arange(91), list(frames))
    for name, found in all_of(exchanged(spun(turn), wrong)).items():
        assert np.allclose(found, turn), name


def test_gaps_are_passed_over():
    gone = np.zeros(91, dtype=bool)
    gone[[0, 5, 30, 31, 32, 33, 34, 35, 36, 37, 90]] = True
    for name, found in all_of(unseen(spun(TURNS), gone)).items():
        assert np.array_equal(np.isnan(found), gone), name
        first = TURNS[1]
        assert np.allclose(found[~gone], TURNS[~gone]), (name, first)


def test_over_a_long_gap_the_labels_tell_the_front():
    gone = (np.arange(91) > 20) & (np.arange(91) < 34)  # 168 degrees go unseen
    for name, found in all_of(unseen(spun(TURNS), gone)).items():
        assert np.allclose(found[~gone], TURNS[~gone]), name


def test_hips_or_shoulders_alone_are_enough_for_turning():
    gone = np.arange(91) % 7 == 3
    body = unseen(unseen(spun(TURNS), gone, "hip"), np.roll(gone, 2), "shoulder")
    assert np.allclose(turning(body), TURNS)
    assert np.array_equal(np.isnan(headings(body).pelvis), gone)


def test_without_ears_and_face_there_is_no_heading_of_the_head():
    body = spun(TURNS, hidden=("left_ear", *FACELESS))
    assert np.isnan(headings(body).head).all()
    assert np.allclose(headings(body).trunk, TURNS)


@pytest.mark.parametrize("hidden", [FACELESS, ("left_ear",), ("head", "nose")])
def test_ears_or_face_tell_the_heading_of_the_head(hidden):
    assert np.allclose(headings(spun(TURNS, hidden=hidden)).head, TURNS)


def test_nothing_seen_is_no_heading():
    body = unseen(spun(TURNS), np.ones(91, dtype=bool))
    assert all(np.isnan(found).all() for found in all_of(body).values())


def test_ten_frames_a_second_are_followed_by_their_labels():
    # A frame in which a body could turn by more than a quarter says nothing of a line.
    turn = 1000.0 * np.arange(12) / 10.0
    assert np.allclose(turning(spun(turn, fps=10.0)), turn)
