"""Jumps of the synthetic dancer from one foot."""

import numpy as np
import pytest

from danced import OTHER, SIGN, Danced
from repetiteur.kernels import geometry
from repetiteur.kinematics.beats import segments_apart
from repetiteur.synthetic.leaps import (
    assemble,
    cabriole,
    grand_jete,
    jete_petit,
    pas_de_chat,
    saut_de_basque,
    temps_leve,
)
from repetiteur.synthetic.steps import fifth_position

SIDES = ("left", "right")
AZIMUTHS = {"devant": 0.0, "seconde": 76.0, "derriere": 176.0}


class Leap(Danced):
    """One jump, from one foot, and what it shows in the air."""

    def __init__(self, front, step):
        super().__init__(fifth_position(front), step, fps=120.0)
        (self.flight,) = self.movement.flights
        self.aloft = slice(self.flight.start, self.flight.end + 1)

    @property
    def flown(self):
        """Way of the centre of mass in the air, leg lengths: leftward, forward."""
        mass, at = self.movement.mass, self.flight
        way = mass[at.end + 1] - mass[at.start - 1]
        return way[[0, 2]] / self.movement.contacts.leg_length

    @property
    def split(self):
        return geometry.angle_between(*(self.way(s, "hip", "ankle") for s in SIDES))

    @property
    def calves_apart(self):
        ends = (self.body[f"{s}_{p}"] for s in SIDES for p in ("knee", "ankle"))
        return segments_apart(*ends)[self.aloft]

    @property
    def turned(self):
        """In the air, degrees to the left."""
        return self.heading[self.flight.end + 1] - self.heading[self.flight.start - 1]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", AZIMUTHS)
def test_an_assemble_brushes_one_leg_and_joins_both_in_the_air(direction, side):
    leap = Leap(side, assemble(side, direction, height=50.0))
    off = leap.frame("assemble.takeoff")
    assert leap.elevation(side)[off] == pytest.approx(50.0, abs=0.5)
    assert leap.azimuth(side)[off] == pytest.approx(AZIMUTHS[direction], abs=2.0)
    gap = leap.body["left_ankle"] - leap.body["right_ankle"]
    apart = np.linalg.norm(gap, axis=1) / leap.movement.contacts.foot_length
    assert apart[leap.aloft].min() < 0.5
    assert leap.flight.landing_apart_s < 0.01
    stands = leap.during("assemble.plie", "assemble.takeoff")
    assert leap.stays(OTHER[side], stands) < 1e-6
    assert np.linalg.norm(leap.flown) < 0.2


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("direction", "way"), [("devant", (0, 1)), ("seconde", (1, 0))]
)
def test_an_assemble_travels_to_where_the_leg_goes(direction, way, side):
    still, going = (
        Leap(side, assemble(side, direction, travel=travel)) for travel in (0.0, 0.4)
    )
    more = (going.flown - still.flown) * [SIGN[side], 1.0]
    np.testing.assert_allclose(more, 0.4 * np.array(way), atol=0.01)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("style", ["dessus", "dessous"])
def test_a_petit_jete_lands_with_the_other_foot_at_the_ankle(style, side):
    leap = Leap(side, jete_petit(side, style, height=40.0))
    assert np.linalg.norm(leap.flown) < 0.3
    assert 30.0 < leap.split[leap.aloft.start - 1 : leap.aloft.stop].max() < 60.0
    assert min(leap.knee(one)[leap.aloft].max() for one in SIDES) < 15.0
    for frame in (leap.frame("jete_petit.landing_cou_de_pied"), -1):
        toe = leap.body[f"{OTHER[side]}_toe"][frame]
        at = toe - leap.body[f"{side}_ankle"][frame]
        assert np.linalg.norm(at) < 0.12
        assert at[2] > 0.05 if style == "dessous" else at[2] < -0.05
    assert leap.knee(side)[leap.aloft.stop :].max() == pytest.approx(48.0, abs=1.0)
    assert leap.stays(side, slice(leap.aloft.stop + 1, None)) < 1e-6


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("pose", ["cou_de_pied", "derriere", "arabesque"])
def test_a_temps_leve_keeps_its_pose_and_its_place(pose, side):
    leap = Leap(side, temps_leve(side, pose, height=60.0))
    way = slice(leap.frame("temps_leve.takeoff"), None)
    held = leap.elevation(side)[way]
    if pose == "arabesque":
        np.testing.assert_allclose(held, 60.0, atol=0.1)
        np.testing.assert_allclose(leap.azimuth(side)[way], 176.0, atol=0.5)
    else:
        away = leap.body[f"{side}_toe"] - leap.body[f"{OTHER[side]}_ankle"]
        down = np.linalg.norm(away, axis=1)[leap.aloft.stop + 30 :]
        assert down.max() < 0.14
        assert not leap.movement.contacts.foot(side).down[way].any()
    assert np.linalg.norm(leap.flown) < 0.1
    assert leap.calves_apart.min() > 0.15


def test_a_temps_leve_travels():
    still, going = (Leap("left", temps_leve("left", travel=t)) for t in (0.0, 0.5))
    assert going.flown[1] - still.flown[1] > 0.3


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("direction", ["devant", "derriere"])
@pytest.mark.parametrize("height", [45.0, 70.0])
def test_a_cabriole_beats_the_raised_leg_and_sends_it_higher(height, direction, side):
    leap = Leap(side, cabriole(side, direction, height=height))
    assert leap.calves_apart.min() < 0.06
    beat = leap.aloft.start + int(leap.calves_apart.argmin())
    assert leap.elevation(side)[beat] == pytest.approx(height, abs=3.0)
    assert leap.elevation(OTHER[side])[beat] > height - 6.0
    assert leap.elevation(side)[beat : leap.aloft.stop].max() > height + 10.0
    assert max(leap.knee(one)[beat] for one in SIDES) < 3.0
    assert leap.elevation(side)[-1] == pytest.approx(height, abs=0.5)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("variant", ["jete", "saut_de_chat"])
def test_a_grand_jete_splits_the_legs_around_the_apex(variant, side):
    leap = Leap(side, grand_jete(side, variant, front=80.0, back=70.0))
    apex = round(leap.flight.apex_s * leap.fps)
    assert leap.split[apex] == pytest.approx(150.0, abs=5.0)
    assert leap.elevation(side)[apex] == pytest.approx(80.0, abs=1.0)
    assert leap.azimuth(OTHER[side])[apex] == pytest.approx(176.0, abs=3.0)
    early = leap.knee(side)[leap.aloft.start : leap.aloft.start + 8]
    assert early.max() > 90.0 if variant == "saut_de_chat" else early.max() < 5.0
    assert max(leap.knee(one)[apex] for one in SIDES) < 5.0
    assert leap.flown[1] > 1.0
    assert abs(leap.flown[0]) < 0.15
    assert leap.knee(side)[leap.aloft.stop :].max() == pytest.approx(48.0, abs=1.0)
    assert leap.stays(side, slice(leap.aloft.stop + 1, None)) < 1e-6


@pytest.mark.parametrize("side", SIDES)
def test_a_saut_de_basque_turns_to_the_side_to_which_it_goes(side):
    leap = Leap(side, saut_de_basque(side))
    to = SIGN[OTHER[side]]
    assert to * (leap.heading[-1] - leap.heading[0]) == pytest.approx(360.0, abs=0.01)
    assert to * leap.turned == pytest.approx(216.0, abs=3.0)
    assert to * (leap.body["pelvis"][-1] - leap.body["pelvis"][0])[0] > 0.7
    for frame in (leap.aloft.stop, -1):
        assert 0.85 < leap.up_the_leg(OTHER[side])[frame] < 1.2
    thrown = leap.frame("saut_de_basque.throw_seconde")
    assert leap.elevation(side)[thrown] == pytest.approx(65.0, abs=0.5)


@pytest.mark.parametrize("side", SIDES)
def test_a_pas_de_chat_bends_both_knees_in_the_air(side):
    leap = Leap(OTHER[side], pas_de_chat(side))
    both = np.minimum(*(leap.knee(one)[leap.aloft] for one in SIDES))
    assert both.max() > 100.0
    assert SIGN[side] * leap.flown[0] > 0.3
    later = leap.movement.contacts.foot(OTHER[side]).touch_downs[-1]
    assert 0.12 < later - leap.flight.landing_s < 0.35
    landed = leap.aloft.stop + 1
    assert leap.stays(side, slice(landed, None)) < 1e-6
