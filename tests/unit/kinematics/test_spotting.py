"""Head and trunk in turns."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

import bodies
from repetiteur.kernels import geometry
from repetiteur.kinematics.movement import movement_of
from repetiteur.kinematics.spotting import slowly_too
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import fifth_position
from repetiteur.synthetic.turns import pirouette_en_dehors

HEAD = ("head", "head_top", "nose", "left_eye", "right_eye", "left_ear", "right_ear")
TIME = np.arange(241) / 60.0


def spun(trunk, head):
    """Someone who stands and turns, the head by a heading of its own."""
    return bodies.body(
        TIME,
        {
            name: geometry.turn(
                np.tile(place, (TIME.size, 1)), head if name in HEAD else trunk
            )
            for name, place in bodies.STANDING.items()
        },
    )


def waiting(trunk, spot=0.0):
    """A head that waits at the spot, overtakes the trunk, and waits again."""
    part = np.mod(trunk - spot, 360.0)
    ahead = np.interp(part, [90.0, 270.0], [0.0, 360.0])
    return trunk - part + ahead


def hidden(body, frames, names=HEAD):
    points = dict(body.points)
    for name in names:
        points[name] = np.where(frames[:, None], np.nan, points[name])
    return replace(body, points=MappingProxyType(points))


def the_spotting(body):
    movement = movement_of(body)
    (turn,) = movement.turns
    return movement.spotting[turn.start]


THREE = np.interp(TIME, [0.5, 3.5], [0.0, 1080.0])


def test_a_head_that_turns_with_the_trunk_does_not_spot():
    found = the_spotting(spun(THREE, THREE))
    assert found.hold == pytest.approx(1.0 / 6.0, abs=0.01)
    assert found.lag == pytest.approx(0.0, abs=1e-6)
    assert found.lead == pytest.approx(0.0, abs=1e-6)
    assert found.snap == pytest.approx(1.0, abs=0.01)
    assert found.finish == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("spot", [-170.0, 40.0])
def test_the_spot_is_where_the_head_waits(spot):
    found = the_spotting(spun(THREE + spot, waiting(THREE + spot, spot)))
    assert geometry.wrap(found.spot - spot) == pytest.approx(0.0, abs=1.0)
    assert found.hold > 0.57
    assert found.finish == pytest.approx(-0.25, abs=0.01)


def test_a_short_gap_in_the_head_is_bridged_and_a_long_one_is_left_out():
    body = spun(THREE, waiting(THREE))
    whole = the_spotting(body)
    short = the_spotting(hidden(body, (TIME > 1.2) & (TIME < 1.28)))
    assert short.hold == pytest.approx(whole.hold, abs=0.01)
    assert short.lag == pytest.approx(whole.lag, abs=3.0)
    # The first revolution is gone, two are left; then none.
    one = the_spotting(hidden(body, (TIME > 0.8) & (TIME < 1.2)))
    assert one.lag == pytest.approx(90.0, abs=3.0)
    none = the_spotting(hidden(body, np.mod(TIME - 0.5, 1.0) > 0.7))
    assert np.isnan([none.hold, none.lag, none.lead, none.snap, none.finish]).all()


@pytest.mark.parametrize("names", [HEAD, ("left_shoulder", "right_shoulder")])
def test_what_is_never_seen_has_no_spotting(names):
    body = hidden(spun(THREE, waiting(THREE)), np.ones(TIME.size, bool), names)
    assert np.isnan(the_spotting(body).hold)


def test_half_a_turn_has_no_revolution():
    half = np.interp(TIME, [1.0, 1.6], [0.0, 200.0])
    assert np.isnan(the_spotting(spun(half, waiting(half))).hold)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_danced_pirouettes_are_spotted(side, turns):
    phrase = Phrase.of(
        fifth_position(side), pirouette_en_dehors(side, turns, counts=3.0 + turns)
    )
    found = the_spotting(body_of(dance(phrase, heading=25.0)))
    assert found.spot == pytest.approx(25.0, abs=10.0)
    assert 0.5 < found.hold < 0.75
    assert found.lag == pytest.approx(80.0, abs=0.1)
    assert found.lead == pytest.approx(80.0, abs=0.1)
    assert -0.3 < found.finish < -0.1


def test_slow_ends_belong_to_a_turn():
    phrase = Phrase.of(fifth_position("left"), pirouette_en_dehors("left"))
    movement = movement_of(body_of(dance(phrase)))
    (frames,) = slowly_too(movement.turns, movement.turning, movement.body.time)
    (turn,) = movement.turns
    assert frames.start < turn.start < turn.end < frames.stop
    way = movement.turning[frames]
    assert way[-1] - way[0] > turn.rotation + 2.0
