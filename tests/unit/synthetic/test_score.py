"""Where feet come down: travel, and flights without a foot on the floor."""

import numpy as np
import pytest

from danced import Danced
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.body import PARAMETERS
from repetiteur.synthetic.keyposes import KeyPose, leg, on_one, pressed_legs
from repetiteur.synthetic.score import compose
from repetiteur.synthetic.steps import fifth_position

HANGING = {**leg("left", 8.0, 20.0), **leg("right", 8.0, 20.0)}
STANDS = KeyPose("stand", 0.5, on_one("left"), "left")
UP = KeyPose("hop.up", 0.2, HANGING, "none", aloft=True)


def lands(side, travel=(0.0, 0.0), *, aloft=True):
    down = on_one(side, rise=30.0)
    return KeyPose("hop.down", 0.2, down, side, aloft=aloft, travel=travel)


def toes(score, side, at=-1):
    columns = [PARAMETERS.index(f"{side}_{axis}") for axis in "xz"]
    return score.track.end[at, columns]


@pytest.mark.parametrize(
    "poses",
    [
        (STANDS, KeyPose("float", 0.2, HANGING, "none"), lands("left")),
        (STANDS, UP, lands("left", aloft=False)),
        (STANDS, UP),
    ],
    ids=["floats", "falls", "stays up"],
)
def test_without_a_foot_on_the_floor_one_has_to_fly(poses):
    with pytest.raises(ValueError, match="no foot on the floor"):
        compose((*fifth_position("left"), *poses))


@pytest.mark.parametrize("heading", [0.0, 90.0])
@pytest.mark.parametrize("stature", [1.2, 1.68])
def test_travel_is_forward_and_to_the_left_in_leg_lengths(stature, heading):
    dancer = Dancer(stature)
    still, going = (
        compose(
            (*fifth_position("left"), STANDS, UP, lands("right", travel)),
            dancer, heading=heading,
        )
        for travel in ((0.0, 0.0), (0.5, 0.2))
    )  # fmt: skip
    leg_length = dancer.metres("thigh") + dancer.metres("shank")
    way = (toes(going, "right") - toes(still, "right")) / leg_length
    expected = (0.2, 0.5) if heading == 0.0 else (0.5, -0.2)
    np.testing.assert_allclose(way, expected, atol=1e-12)


def test_without_travel_a_foot_comes_down_under_where_the_weight_was():
    poses = (*fifth_position("left"), STANDS, UP, lands("right"))
    body = Danced(poses).body
    before = body["left_ankle"][round(1.5 * 60.0)]
    settled = Danced(poses, (KeyPose("flat", 0.5, on_one("right")),)).body
    gap = settled["right_ankle"][-1] - before
    np.testing.assert_allclose(gap, 0.0, atol=1e-6)


def test_a_foot_that_carries_the_weight_does_not_travel():
    bent = {"left_knee": 30.0, "right_knee": 30.0}
    way = KeyPose("slide", 0.5, bent, "second", weight="left", travel=(0.0, -0.3))
    poses = (*fifth_position("left"), KeyPose("over", 0.5, bent, weight="left"), way)
    score = compose(poses)
    np.testing.assert_array_equal(toes(score, "left"), toes(score, "left", 0))
    plain = compose((*poses[:-1], KeyPose("slide", 0.5, bent, "second", weight="left")))
    moved = toes(score, "right") - toes(plain, "right")
    np.testing.assert_allclose(moved, [-0.3 * 0.491 * 1.68, 0.0], atol=1e-12)


def test_in_the_air_legs_go_by_their_angles_and_turn_with_the_body():
    turned = KeyPose("turn", 0.25, pressed_legs("left"), "none", turn=90.0, aloft=True)
    down = KeyPose("down", 0.25, {}, "fifth_left", turn=90.0, aloft=True)
    danced = Danced((*fifth_position("left"), turned, down))
    there = danced.frame("turn")
    assert danced.heading[there] == pytest.approx(90.0, abs=0.5)
    for side, azimuth in (("left", -66.0), ("right", -114.0)):
        assert danced.elevation(side)[there] == pytest.approx(7.7, abs=1e-6)
        found = danced.azimuth(side)[there]
        assert (found - azimuth + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=0.5)


def test_nothing_jumps_where_the_weight_goes_over_in_the_air():
    over = (STANDS, UP, lands("right", (0.4, 0.1)), KeyPose("flat", 0.5, {}))
    poses = dance(Phrase.of(fifth_position("left"), over), fps=1000.0)
    around = poses.position.sel(time=slice(1.65, 1.75)).to_numpy()
    assert around.shape[0] == 101
    speed = np.diff(around, axis=0) * 1000.0
    assert np.abs(np.diff(speed, axis=0)).max() < 0.5
