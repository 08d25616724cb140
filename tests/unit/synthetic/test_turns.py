"""Turns of the synthetic dancer."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.model.poses import mirrored
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.synthetic.turns import (
    chaines,
    fouettes,
    grande_pirouette_seconde,
    pirouette_en_dedans,
    pirouette_en_dehors,
)

SERIES = {
    "fouettes": lambda side: (fifth_position(side), fouettes(side, 3)),
    "chaines": lambda side: (first_position(), chaines(side, 3)),
    "pirouette": lambda side: (fifth_position(side), pirouette_en_dehors(side, 2)),
    "en dedans": lambda side: (
        fifth_position(OTHER[side]), pirouette_en_dedans(side, 2)
    ),
    "seconde": lambda side: (
        fifth_position(OTHER[side]), grande_pirouette_seconde(side, 3)
    ),
}  # fmt: skip


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


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("turns", [1, 2])
@pytest.mark.parametrize("opens", [0.0, 50.0])
def test_a_pirouette_en_dedans_turns_towards_the_standing_leg(opens, turns, side):
    base, step = OTHER[side], pirouette_en_dedans(side, turns, opens=opens)
    danced = Danced(fifth_position(base), step)
    (turn,) = danced.movement.turns
    assert (turn.on, turn.sense) == ("one_foot", "en_dedans")
    assert turn.rotation == pytest.approx(-SIGN[side] * 360.0 * turns, abs=50.0)
    plie = danced.frame("pirouette_en_dedans.plie")
    assert danced.knee(base)[plie] == pytest.approx(46.0, abs=1.0)
    last = danced.frame("pirouette_en_dedans.turn", -1)
    assert danced.rise(base)[last] == pytest.approx(0.82, abs=0.01)
    assert 0.85 < danced.up_the_leg(side)[last] < 1.3
    front = danced.body[f"{side}_heel"][-1] - danced.body[f"{base}_heel"][-1]
    assert front[2] > 0.05
    off = danced.toe(side) > 0.1
    assert danced.stays(base, off) < 1e-6
    aside = danced.elevation(side)[plie:last].max()
    assert (aside > 45.0) == (opens > 0.0)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_grande_pirouette_keeps_its_leg_a_la_seconde(side):
    base, step = OTHER[side], grande_pirouette_seconde(side, 3, height=84.0)
    danced = Danced(fifth_position(base), step)
    way = danced.heading[-1] - danced.heading[0]
    assert way == pytest.approx(SIGN[side] * 3 * 360.0, abs=1e-6)
    (turn,) = danced.movement.turns
    assert (turn.on, turn.sense) == ("one_foot", "en_dehors")
    name = "grande_pirouette_seconde.repeated_releve_or_hop"
    turning = danced.during(name, name, numbers=(0, -1))
    for values, wanted in (
        (danced.elevation(side), 84.0),
        (danced.azimuth(side), 76.0),
        (danced.knee(side), 0.0),
    ):
        assert values[turning] == pytest.approx(wanted, abs=0.6)
    bent = danced.knee(base)[turning]
    downs = (bent[1:-1] > bent[:-2]) & (bent[1:-1] >= bent[2:]) & (bent[1:-1] > 25.0)
    assert int(downs.sum()) == 2
    assert danced.rise(base)[turning].min() < 0.1
    assert danced.rise(base)[turning].max() == pytest.approx(0.82, abs=0.01)
    assert danced.stays(base, turning) < 1e-6
