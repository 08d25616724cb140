"""Jumps of the synthetic dancer from two feet."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.kernels import geometry
from repetiteur.kinematics.beats import crossings
from repetiteur.synthetic.jumps import sissonne, soubresaut, tour_en_lair
from repetiteur.synthetic.steps import fifth_position

SIDES = ("left", "right")


def flight_of(danced):
    (flight,) = danced.movement.flights
    return flight, slice(flight.start, flight.end + 1)


def flown(danced, flight):
    """Way of the centre of mass in the air, leg lengths: leftward, forward."""
    mass, leg = danced.movement.mass, danced.movement.contacts.leg_length
    return (mass[flight.end + 1] - mass[flight.start - 1])[[0, 2]] / leg


def ankles_apart(danced):
    gap = danced.body["left_ankle"] - danced.body["right_ankle"]
    return np.linalg.norm(gap, axis=1) / danced.movement.contacts.foot_length


def split(danced):
    return geometry.angle_between(*(danced.way(s, "hip", "ankle") for s in SIDES))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("travel", [0.0, 0.4])
def test_a_soubresaut_keeps_the_legs_together(travel, side):
    danced = Danced(fifth_position(side), soubresaut(side, travel=travel))
    flight, aloft = flight_of(danced)
    assert ankles_apart(danced)[aloft].min() < 0.45
    foot = danced.movement.contacts.foot_length
    assert crossings(danced.body, flight, foot).size == 0
    assert max(danced.knee(one)[aloft].max() for one in SIDES) < 3.0
    middle = (flight.start + flight.end) // 2
    assert min(danced.pointed(one)[middle] for one in SIDES) > 65.0
    way = danced.body.middle("toe")[-1] - danced.body.middle("toe")[0]
    leg = danced.movement.contacts.leg_length
    np.testing.assert_allclose(way / leg, [0.0, 0.0, travel], atol=0.01)


@pytest.mark.parametrize("to", SIDES)
@pytest.mark.parametrize("front", SIDES)
@pytest.mark.parametrize("turns", [1, 2])
def test_a_tour_en_lair_turns_in_the_air_alone(turns, front, to):
    danced = Danced(
        fifth_position(front), tour_en_lair(front, turns, to=to, flight=0.6), fps=120.0
    )
    flight, aloft = flight_of(danced)
    turned = danced.heading[flight.end + 1] - danced.heading[flight.start - 1]
    assert turned == pytest.approx(360.0 * turns * SIGN[to], abs=1.0)
    assert danced.heading[flight.start - 1] == pytest.approx(0.0, abs=0.5)
    assert ankles_apart(danced)[aloft].min() < 0.5
    assert np.linalg.norm(flown(danced, flight)) < 0.06


@pytest.mark.parametrize("close", SIDES)
def test_a_tour_en_lair_comes_down_in_the_asked_fifth(close):
    danced = Danced(fifth_position("left"), tour_en_lair("left", close=close))
    heels = {side: danced.body[f"{side}_heel"][-1, 2] for side in SIDES}
    assert heels[close] > heels[OTHER[close]] + 0.1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ending", ["ouverte", "fermee"])
@pytest.mark.parametrize(
    ("direction", "way", "azimuth"),
    [("devant", (0, -1), 0), ("seconde", (-1, 0), 76), ("derriere", (0, 1), 176)],
)
def test_a_sissonne_opens_and_goes_away_from_the_free_leg(
    direction, way, azimuth, ending, side
):
    danced = Danced(
        fifth_position(side), sissonne(side, direction, ending, height=55.0), fps=120.0
    )
    flight, aloft = flight_of(danced)
    assert split(danced)[aloft].max() > 55.0
    gone = flown(danced, flight) * [SIGN[side], 1.0]
    assert gone @ way > 0.3
    assert abs(gone @ way[::-1]) < 0.12
    top = aloft.start + danced.elevation(side)[aloft].argmax()
    assert danced.elevation(side)[top] == pytest.approx(55.0, abs=0.5)
    assert danced.azimuth(side)[top] == pytest.approx(azimuth, abs=4.0)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", ["devant", "seconde", "derriere"])
def test_a_sissonne_ouverte_keeps_the_leg_and_a_fermee_closes_it_at_once(
    direction, side
):
    open_, closed = (
        Danced(fifth_position(side), sissonne(side, direction, ending), fps=120.0)
        for ending in ("ouverte", "fermee")
    )
    landed = open_.movement.flights[0].end
    assert open_.elevation(side)[landed:].min() > 55.0
    assert not open_.movement.contacts.foot(side).down[landed:].any()
    late_s = closed.movement.contacts.foot(side).touch_downs[-1]
    late_s -= closed.movement.flights[0].landing_s
    assert 0.1 < late_s < 0.3
    assert closed.stays(OTHER[side], slice(landed + 2, None)) < 1e-6
