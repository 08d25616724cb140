"""Trials of recordings: what they need, and what order they are in."""

from __future__ import annotations

import pytest
import xarray as xr

import bodies
from repetiteur.errors import NothingToJudge
from repetiteur.model.findings import Measured
from repetiteur.rehearsal import measure, recording_from_poses, trials
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import demi_plie, fifth_position

NOTHING = Measured(())


def plie(depth):
    phrase = Phrase.of(fifth_position(), demi_plie(depth=depth), fifth_position())
    return recording_from_poses(dance(phrase, fps=30.0), f"{depth:g}")


def test_trials_of_three_plies():
    recordings = [plie(depth) for depth in (50.0, 56.0, 53.0)]
    words = {"only": ["knee_flexion"]}
    measured = [(one, measure(one, **words)["dancer"]) for one in recordings]
    found = trials(measured)
    bends = [one for one in found.variations if one.moment == "plie"]
    assert [one.side for one in bends] == ["left", "right"]
    for one in bends:
        assert one.mean == pytest.approx(53.0, abs=0.1)
        assert one.typical_error == pytest.approx(3.0, abs=0.1)


def test_a_height_that_was_given_finds_the_same_moments():
    recording = plie(55.0)
    found = measure(recording, only=["plie_depth"], height_m=1.5)["dancer"]
    both = trials([(recording, found), (recording, found)], height_m=1.5)
    assert [one.measure for one in both.variations] == ["plie_depth"]


def test_no_recording():
    with pytest.raises(NothingToJudge, match="there is none"):
        trials([])


def test_two_dancers():
    poses = bodies.poses(*bodies.moving_points(seconds=1.0))
    other = poses.assign_coords(individual=["other"])
    both = recording_from_poses(xr.concat([poses, other], "individual"), "both.c3d")
    with pytest.raises(NothingToJudge, match="one dancer in each recording"):
        trials([(both, NOTHING)])


def test_a_picture_is_not_compared_with_space():
    poses = bodies.poses(*bodies.moving_points(seconds=1.0))
    space = recording_from_poses(poses, "space.c3d")
    flat = recording_from_poses(poses.isel(space=slice(2)), "flat.mp4")
    with pytest.raises(NothingToJudge, match="only flat"):
        trials([(space, NOTHING), (flat, NOTHING)])
