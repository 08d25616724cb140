"""Steps of the barre of the synthetic dancer."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.synthetic.barre import (
    cou_de_pied,
    degage,
    fondu,
    frappe,
    grand_battement,
    rond_de_jambe_a_terre,
    rond_de_jambe_en_lair,
)
from repetiteur.synthetic.steps import battement_tendu, close_fifth, fifth_position

SIDES = ("left", "right")
AZIMUTH = {"devant": 0.0, "seconde": 76.0, "derriere": 176.0}


def front_of(side, direction):
    """The foot in front of a fifth from which ``side`` goes in a direction."""
    return OTHER[side] if direction == "derriere" else side


def from_fifth(side, direction, *steps):
    front = front_of(side, direction)
    return Danced(fifth_position(front), *steps)


STEPS = {
    "tendu": lambda s, d: battement_tendu(s, d),
    "degage": lambda s, d: degage(s, d),
    "grand_battement": lambda s, d: grand_battement(s, d),
    "frappe": lambda s, d: (
        *frappe(s, d, 2), *close_fifth(s, front_of(s, d))
    ),
    "fondu": lambda s, d: (*fondu(s, d), *close_fifth(s, front_of(s, d))),
}  # fmt: skip


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", AZIMUTH)
@pytest.mark.parametrize("name", STEPS)
def test_the_standing_foot_stands_and_nothing_sinks_or_jumps(name, direction, side):
    danced = from_fifth(side, direction, STEPS[name](side, direction))
    base = OTHER[side]
    assert danced.stays(base, slice(0, None)) < 1e-6
    assert danced.movement.contacts.foot(base).standing.all()
    assert danced.rise(base).max() < 0.01
    assert danced.lowest > -0.006
    assert danced.fastest < 12.0
    ends = danced.body[f"{side}_toe"][[0, -1]] - danced.body[f"{base}_toe"][[0, -1]]
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-6)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", AZIMUTH)
@pytest.mark.parametrize(
    ("make", "peak", "height"),
    [(degage, "peak", 38.0), (grand_battement, "peak", 96.0)],
)
def test_battements_reach_their_height(make, peak, height, direction, side):
    danced = from_fifth(side, direction, make(side, direction, height))
    name = make.__name__
    top, base = danced.frame(f"{name}.{peak}"), OTHER[side]
    assert danced.elevation(side)[top] == pytest.approx(height, abs=0.5)
    assert danced.azimuth(side)[top] == pytest.approx(AZIMUTH[direction], abs=0.5)
    assert danced.knee(side).max() < 3.0
    assert danced.knee(base)[top] < 1.0
    assert danced.pointed(side)[top] > 70.0
    assert danced.toe(side)[top] > 0.05
    assert danced.movement.contacts.foot(side).down[top] == 0
    along, aside = danced.over_foot(base)
    assert -0.75 < along[top] < -0.4
    assert abs(aside[top]) < 0.2
    least = 120.0 if make is degage else 200.0
    assert danced.speed(side, "ankle").max() > least


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("sense", ["dehors", "dedans"])
def test_a_rond_de_jambe_draws_half_circles_on_the_floor(sense, side):
    name = "rond_de_jambe_a_terre"
    start, end = ("devant", "derriere")[:: 1 if sense == "dehors" else -1]
    danced = from_fifth(side, start, rond_de_jambe_a_terre(side, sense, 2))
    first = danced.frame(f"{name}.{start}", 1)
    half = slice(first, danced.frame(f"{name}.through_first") - 50)
    drawn = danced.azimuth(side)[half]
    assert abs(drawn[0] - AZIMUTH[start]) < 1.0
    assert abs(drawn[-1] - AZIMUTH[end]) < 2.0
    steps = np.diff(drawn) * (1.0 if sense == "dehors" else -1.0)
    assert steps.min() > -0.5
    assert danced.toe(side).max() < 0.01
    assert danced.knee(side)[first:].max() < 2.0
    assert danced.movement.contacts.foot(side).down.all()
    through = danced.frame(f"{name}.through_first")
    gap = danced.way(side, "heel", "toe")[through]
    heels = danced.body["left_heel"] - danced.body["right_heel"]
    assert abs(heels[through, 2]) < 0.06
    assert SIGN[side] * gap[0] > 0.0
    last = danced.azimuth(side)[-1]
    assert last == pytest.approx(AZIMUTH[end], abs=1.0)
    assert danced.stays(OTHER[side], slice(0, None)) < 1e-6


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("sense", ["dehors", "dedans"])
@pytest.mark.parametrize("height", [55.0, 72.0, 88.0])
def test_a_rond_de_jambe_en_lair_holds_its_thigh(height, sense, side):
    name = "rond_de_jambe_en_lair"
    step = rond_de_jambe_en_lair(side, sense, 2, height=height)
    danced = from_fifth(side, "seconde", step)
    circling = danced.during(f"{name}.seconde", f"{name}.extend", numbers=(2, -1))
    thigh = danced.elevation(side, "knee")[circling]
    assert np.ptp(thigh) < 8.0
    assert thigh == pytest.approx(height, abs=8.0)
    assert danced.azimuth(side, "knee")[circling] == pytest.approx(76.0, abs=10.0)
    at, after = danced.frame(f"{name}.bend_in"), danced.frame(f"{name}.circle")
    assert danced.knee(side)[at] > 80.0
    assert danced.knee(side)[danced.frame(f"{name}.extend")] < 1.0
    ahead = (
        danced.body[f"{side}_ankle"][:, 2] - danced.body[f"{OTHER[side]}_ankle"][:, 2]
    )
    way = ahead[after] - ahead[at]
    assert way * (1.0 if sense == "dehors" else -1.0) > 0.1


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", AZIMUTH)
def test_frappes_strike_from_the_ankle(direction, side):
    danced = from_fifth(side, direction, frappe(side, direction, 3, height=40.0))
    start, end = danced.frame("frappe.cou_de_pied"), danced.frame("frappe.return", 2)
    assert 0.05 < danced.up_the_leg(side)[start] < 0.2
    assert danced.knee(side)[start] > 70.0
    for number in range(3):
        out = danced.frame("frappe.hold_out", number)
        assert danced.elevation(side)[out] == pytest.approx(40.0, abs=0.5)
        assert danced.azimuth(side)[out] == pytest.approx(AZIMUTH[direction], abs=0.5)
        assert danced.knee(side)[out] < 0.5
        strike = danced.during("frappe.strike", "frappe.hold_out", numbers=[number] * 2)
        assert danced.knee(side)[strike].max() < 1.0
        assert danced.knee(side)[danced.frame("frappe.return", number)] > 70.0
    assert danced.shank_speed(side)[start:end].max() > 450.0
    # Towards the back the thigh dips on its way from the side.
    least = 22.0 if direction == "derriere" else 18.0
    assert np.ptp(danced.elevation(side, "knee")[start:end]) < least


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", AZIMUTH)
@pytest.mark.parametrize(("height", "depth"), [(45.0, 50.0), (88.0, 30.0)])
def test_a_fondu_melts_and_stretches_both_knees(height, depth, direction, side):
    danced = from_fifth(side, direction, fondu(side, direction, height, depth=depth))
    melt, end = danced.frame("fondu.melt", 1), danced.frame("fondu.full_stretch")
    base = OTHER[side]
    assert danced.knee(base)[melt] == pytest.approx(depth, abs=0.5)
    assert 0.05 < danced.up_the_leg(side)[melt] < 0.25
    assert danced.elevation(side)[end] == pytest.approx(height, abs=0.5)
    for leg in SIDES:
        assert danced.knee(leg)[end] < 0.5
    unfolding = slice(melt, danced.frame("fondu.unfold"))
    knees = [danced.knee(leg)[unfolding] for leg in SIDES]
    late = [int(np.argmax(knee < 0.1 * knee[0])) for knee in knees]
    assert abs(late[0] - late[1]) < 0.12 * danced.fps
    along, aside = danced.over_foot(base)
    for frame in (melt, end):
        assert -0.75 < along[frame] < -0.4
        assert abs(aside[frame]) < 0.2


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", ["devant", "derriere"])
def test_a_foot_at_the_ankle_lies_before_or_behind_it(place, side):
    danced = from_fifth(side, place, cou_de_pied(side, place, balance=1.0))
    held, base = danced.frame("cou_de_pied.hold"), OTHER[side]
    away = danced.body[f"{side}_toe"][held] - danced.body[f"{base}_ankle"][held]
    ahead = away[2] if place == "devant" else -away[2]
    assert 0.04 < ahead < 0.11
    assert abs(away[0]) < 0.05
    assert 0.03 < away[1] < 0.08
    assert danced.knee(side)[held] > 70.0
    assert danced.pointed(side)[held] > 70.0
    assert danced.azimuth(side, "knee")[held] > 60.0
    assert danced.movement.contacts.foot(side).down[held] == 0
