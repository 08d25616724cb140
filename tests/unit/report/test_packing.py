"""Figures as text: exact where there is room, never larger than there is."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.report.figures import JOINTS, Figure, figures
from repetiteur.report.packing import MOST, packed, parents, unpacked
from unit.report import small_rehearsal as made


def test_a_short_phrase_keeps_every_frame_and_millimetre():
    for figure in figures(made.rehearsal()):
        small = packed(figure)
        assert (small.every, small.grain) == (1, 1)
        apart = np.abs(unpacked(small) - figure.position)
        assert np.nanmax(apart) <= 0.00051


def test_what_was_not_seen_is_not_there():
    poses = made.dancer()
    poses.position.loc[{"keypoint": "left_elbow", "time": slice(2.0, 3.0)}] = np.nan
    poses.position.loc[{"keypoint": "right_knee", "time": slice(0.0, 1.0)}] = np.nan
    reference, _ = figures(made.rehearsal(reference=poses))
    gone = np.isnan(reference.position).any(axis=-1, keepdims=True)
    assert gone.any()
    back = unpacked(packed(reference))
    np.testing.assert_array_equal(np.isnan(back), np.broadcast_to(gone, back.shape))
    assert np.nanmax(np.abs(back - reference.position)) <= 0.00051


def test_what_is_too_far_away_is_clipped():
    far = Figure(0.0, 30.0, np.full((3, len(JOINTS), 3), 50.0))
    far.position[1] *= -1
    np.testing.assert_array_equal(np.abs(unpacked(packed(far))), 8.0)


def restless(seconds):
    """A figure that nothing can foretell: every joint anywhere, at any time."""
    rng = np.random.default_rng(3)
    return Figure(0.0, 30.0, rng.uniform(-1, 1, (30 * seconds, len(JOINTS), 3)))


@pytest.mark.parametrize("most", [150_000, 30_000])
def test_it_is_as_fine_as_there_is_room_for(most):
    figure = restless(100)
    small = packed(figure, most)
    assert len(small.text) <= most
    kept = figure.position[:: small.every]
    assert small.frames == len(kept)
    # Rounding the joint and all that it hangs on leaves half a grain.
    np.testing.assert_allclose(unpacked(small), kept, atol=small.grain / 1999)
    assert small.every > 1


def test_ten_minutes_have_room():
    long = made.dancer(duration_s=600.0, fps=30.0)
    reference, _ = figures(made.rehearsal(reference=long, take=made.dancer()))
    rng = np.random.default_rng(4)
    shaky = reference.position + rng.normal(0, 0.003, reference.position.shape)
    small = packed(Figure(0.0, reference.rate, shaky))
    assert MOST / 3 < len(small.text) <= MOST
    assert reference.rate / small.every >= 10


def test_every_joint_comes_after_the_one_that_it_hangs_on():
    above = parents()
    assert above[0] == -1
    assert all(0 <= parent < joint for joint, parent in enumerate(above) if joint)
    named = {JOINTS[k]: JOINTS[p] for k, p in enumerate(above) if p >= 0}
    assert named["left_toe"] == "left_ankle"
    assert named["right_shoulder"] == "neck"
