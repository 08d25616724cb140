"""Turns of the synthetic dancer."""

import numpy as np
import pytest

from repetiteur.model.poses import mirrored
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.synthetic.turns import chaines, fouettes, pirouette_en_dehors

SERIES = {
    "fouettes": lambda side: (fifth_position(side), fouettes(side, 3)),
    "chaines": lambda side: (first_position(), chaines(side, 3)),
    "pirouette": lambda side: (fifth_position(side), pirouette_en_dehors(side, 2)),
}


def place(poses, name):
    return poses.position.sel(keypoint=name).to_numpy()[..., 0]


def heading(poses):
    line = place(poses, "left_hip") - place(poses, "right_hip")
    return np.degrees(np.unwrap(np.arctan2(-line[:, 2], line[:, 0])))


@pytest.mark.parametrize("name", SERIES)
def test_the_other_side_is_the_mirror_image(name):
    left, right = (dance(Phrase.of(*SERIES[name](side))) for side in ("left", "right"))
    if name == "chaines":  # first position is its own mirror image
        other = mirrored(right).position.sel(keypoint=left.keypoint)
        np.testing.assert_allclose(left.position, other, atol=1e-9)
    way = heading(left)[-1] - heading(left)[0]
    assert heading(right)[0] - heading(right)[-1] == pytest.approx(way, abs=1e-6)


@pytest.mark.parametrize("name", SERIES)
def test_nothing_goes_through_the_floor_or_jumps(name):
    poses = dance(Phrase.of(*SERIES[name]("left")), fps=240.0)
    assert poses.position.sel(space="y").min() > -0.012
    speed = np.linalg.norm(np.diff(poses.position, axis=0), axis=1) * 240.0
    assert speed.max() < 16.0


def test_fouettes_turn_on_one_foot_that_keeps_its_place():
    poses = dance(Phrase.of(fifth_position("right"), fouettes("right", 3)))
    assert heading(poses)[-1] - heading(poses)[0] == pytest.approx(-4 * 360.0, abs=1e-6)
    off = place(poses, "right_toe")[:, 1] > 0.1
    toe = place(poses, "left_toe")[off]
    np.testing.assert_allclose(toe, toe[:1] + 0.0 * toe, atol=1e-9)


def test_chaines_go_to_the_side_by_steps():
    poses = dance(Phrase.of(first_position(), chaines("left", 3)))
    assert heading(poses)[-1] - heading(poses)[0] == pytest.approx(3 * 360.0, abs=1e-6)
    way = place(poses, "pelvis")[-1] - place(poses, "pelvis")[0]
    assert way[0] > 1.0
    assert abs(way[2]) < 0.05
