"""Turns of a recorded dancer, and of takes of the same recording."""

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.model.poses import body_of, make_poses, mirrored
from repetiteur.rehearsal import recording_from_poses, rehearse


@pytest.fixture(scope="module")
def pirouette(test_data):
    return read_poses(test_data / "mocap" / "cmu_pirouette.bvh")


def turn_notes(reference, take):
    found = rehearse(
        recording_from_poses(reference, "reference"), recording_from_poses(take, "take")
    ).findings
    names = {"turn_count", "jump_height_com", "balance_time", "shoulder_lift"}
    return [note for note in found.notes if note.measure in names]


def turned_back(poses, degrees, start_s, end_s):
    """The last part of the turn undone, as the body goes on round its middle."""
    body = body_of(poses)
    then = [start_s, end_s, end_s + 0.3, end_s + 1.3]
    back = -np.radians(degrees) * np.interp(body.time, then, [0.0, 1.0, 1.0, 0.0])
    sine, cosine = np.sin(back)[:, None], np.cos(back)[:, None]
    during = (body.time > start_s) & (body.time < end_s)
    pivot = body.middle("hip")[during].mean(axis=0) * [1.0, 0.0, 1.0]
    names = list(body.points)
    places = []
    for name in names:
        x, y, z = np.split(body[name] - pivot, 3, axis=1)
        places.append(
            pivot + np.hstack([cosine * x + sine * z, y, cosine * z - sine * x])
        )
    return make_poses(np.stack(places, axis=2), time=body.time, keypoints=names)


def test_beside_itself_and_its_mirror_nothing_is_said(pirouette):
    assert turn_notes(pirouette, pirouette) == []
    assert turn_notes(pirouette, mirrored(pirouette)) == []


def test_the_double_that_ends_half_a_turn_short(pirouette):
    from repetiteur.kinematics.movement import movement_of

    turn = max(movement_of(body_of(pirouette)).turns, key=lambda t: abs(t.rotation))
    sign = 1.0 if turn.rotation > 0.0 else -1.0
    take = turned_back(pirouette, sign * 180.0, turn.start_s, turn.end_s)
    (note,) = turn_notes(pirouette, take)
    assert (note.measure, note.side) == ("turn_count", turn.direction)
    assert note.difference.value == pytest.approx(-0.5, abs=0.1)
