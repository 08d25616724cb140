"""Oracles of jumps (domain, section 8: O2, O8, O11, O15, O16, and what is refused)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType

import numpy as np
import pytest

import bodies
import jumpers
import oracles
from repetiteur.kernels import geometry
from repetiteur.kinematics.estimates import Estimate, jump_height, lasting
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.poses import body_of
from repetiteur.model.skeletons import other_side
from repetiteur.synthetic import Dancer, Phrase, dance
from repetiteur.synthetic.jumps import changement, echappe, entrechat, saute
from repetiteur.synthetic.steps import fifth_position, first_position
from repetiteur.technique import jumping, landing
from repetiteur.technique.take import take

FLIGHTS = {0.3: 0.110, 0.4: 0.196, 0.5: 0.307, 0.6: 0.441, 0.7: 0.601}
SECONDS = 1.9
every = pytest.mark.parametrize("change", oracles.CHANGES, ids=lambda c: c.name)
BEATING = [replace(c, fps=max(c.fps, 100.0)) for c in oracles.CHANGES]
FAST = [replace(c, fps=max(c.fps, 120.0)) for c in oracles.CHANGES]


def changed(change, build):
    """A body turned, mirrored, filmed at another rate; smaller, in the same gravity."""
    time = np.arange(round(SECONDS * change.fps) + 1) / change.fps
    points = {
        name: geometry.turn(place, change.degrees)
        for name, place in build(time, scale=change.scale).items()
    }
    body = bodies.body(time, points)
    return body.mirrored() if change.mirror else body


def the_jump(body):
    movement = movement_of(body)
    (flight,) = movement.flights
    return movement, flight


def side_of(change, side):
    return other_side(f"{side}_").strip("_") if change.mirror else side


@every
@pytest.mark.parametrize(("flight_s", "printed"), FLIGHTS.items())
def test_o15_heights(change, flight_s, printed):
    movement, flight = the_jump(
        changed(change, partial(jumpers.jumping, flight_s=flight_s))
    )
    by_time = jumping.jump_height_flight(movement, flight, None)
    assert by_time == pytest.approx(printed, abs=1e-3)
    by_mass = jumping.jump_height_com(movement, flight, None)
    # its heel is 10 cm higher at take-off: the foot's share of the mass, 1.45 %
    assert by_mass == pytest.approx(printed, abs=2e-3)
    assert jumping.flight_time(movement, flight, None) == pytest.approx(
        flight_s, abs=1e-3
    )


@pytest.mark.parametrize(
    ("fps", "printed_cm"), [(30.0, 4.1), (60.0, 2.0), (120.0, 1.0)]
)
def test_o15_one_frame(fps, printed_cm):
    step = 1.0 / fps
    one_frame = jump_height(Estimate(0.5, step)).half
    assert 100.0 * one_frame == pytest.approx(printed_cm, abs=0.05)
    said = jump_height(lasting(0.5, step)).half
    assert said == pytest.approx(0.95 * one_frame, rel=0.01)  # 90 % of the frames
    inside = []
    for share in np.linspace(0.0, 1.0, 20, endpoint=False):
        time = np.arange(round(SECONDS * fps)) / fps
        when = jumpers.LANDING_S + share * step
        body = bodies.body(time, jumpers.jumping(time, landing_s=when))
        movement, flight = the_jump(body)
        height = jumping.jump_height_flight(movement, flight, None)
        inside.append(abs(height - 9.81 * 0.25 / 8.0) <= said)
    assert np.mean(inside) >= 0.9


@pytest.mark.parametrize("change", FAST, ids=lambda c: f"{c.name} {c.fps:g}")
@pytest.mark.parametrize("roll_s", [0.06, 0.03, -0.06])
def test_o15_foot_roll(change, roll_s):
    body = changed(change, partial(jumpers.jumping, roll_s=roll_s, push_s=0.12))
    movement, flight = the_jump(body)
    frames = 0.5 / change.fps
    for side in ("left", "right"):
        found = landing.foot_roll(movement, flight, side)
        assert found == pytest.approx(roll_s, abs=frames)
        first = landing.landing_first(movement, flight, side)
        assert first == ("toe" if roll_s > 0.0 else "heel")
        assert landing.landing_heel(movement, flight, side) == "down"
        off = landing.take_off_roll(movement, flight, side)
        assert off == pytest.approx(0.12, abs=frames)


@pytest.mark.parametrize("fps", [50.0, 60.0, 100.0])
@pytest.mark.parametrize(
    ("roll_s", "first"), [(0.06, "toe"), (0.0, "flat"), (-0.06, "heel")]
)
def test_what_lands_first_is_told_from_50_frames_a_second(fps, roll_s, first):
    time = np.arange(round(SECONDS * fps)) / fps
    for share in np.linspace(0.0, 1.0, 7):
        when = jumpers.LANDING_S + share / fps
        points = jumpers.jumping(time, landing_s=when, roll_s=roll_s)
        movement, flight = the_jump(bodies.body(time, points))
        assert landing.landing_first(movement, flight, "right") == first


@every
@pytest.mark.parametrize("late_s", [0.0, 0.06])
def test_feet_that_land_one_after_the_other(change, late_s):
    body = changed(change, partial(jumpers.jumping, late_s=late_s))
    movement, flight = the_jump(body)
    assert flight.to_feet == "both"
    late = landing.landing_together(movement, flight, None)
    assert late == pytest.approx(late_s, abs=0.5 / change.fps)
    off = landing.take_off_together(movement, flight, None)
    assert off == pytest.approx(0.0, abs=0.5 / change.fps)


@every
def test_o11_drift(change):
    """12 cm with feet of 24 cm."""
    foot = np.hypot(0.12, 0.19)  # of the body that stands, m

    def build(time, *, scale):
        return jumpers.jumping(time, scale=scale, drift_m=0.5 * foot * scale)

    movement, flight = the_jump(changed(change, build))
    drift = jumping.jump_drift(movement, flight, None)
    assert drift == pytest.approx(0.5, abs=1e-6)


@every
def test_o8_split(change):
    """Legs 80 degrees to the front and 80 to the back: 160."""
    body = changed(change, jumpers.splitting)
    movement, flight = the_jump(body)
    split = jumping.split_angle(movement, flight, None)
    off = 1.3 if change.fps < 60.0 else 0.5  # the top lies between two frames
    assert split == pytest.approx(160.0, abs=off)
    timing = jumping.split_timing(movement, flight, None)
    assert timing == pytest.approx(0.0, abs=0.5 / change.fps / 0.6)
    for side in ("left", "right"):
        at_apex = jumping.leg_elevation(movement, flight, side)
        assert at_apex == pytest.approx(80.0, abs=3.0)  # read over 0.03 s
        straight = jumping.knee_in_split(movement, flight, side)
        own = movement.joint_angles[f"{side}_knee_flexion"][0]
        # its bend, but for the sign: the lifted heel is above the ankle
        assert abs(straight) == pytest.approx(own, abs=1e-6)


@every
@pytest.mark.parametrize("widest", [0.35, 0.65])
def test_a_split_before_and_after_the_apex(change, widest):
    body = changed(change, partial(jumpers.splitting, widest=widest))
    movement, flight = the_jump(body)
    timing = jumping.split_timing(movement, flight, None)
    assert timing == pytest.approx(widest - 0.5, abs=0.5 / change.fps / 0.6 + 0.01)


def test_legs_that_hang_do_not_split():
    movement, flight = the_jump(changed(oracles.CHANGES[0], jumpers.jumping))
    assert jumping.split_angle(movement, flight, None) < 10.0
    assert np.isnan(jumping.split_timing(movement, flight, None))
    assert np.isnan(jumping.knee_in_split(movement, flight, "left"))


@pytest.mark.parametrize("change", BEATING, ids=lambda c: f"{c.name} {c.fps:g}")
@pytest.mark.parametrize("crossings", [0, 1, 2, 3])
def test_o16_sign_changes(change, crossings):
    def build(time, *, scale):
        return jumpers.crossing(time, crossings, scale=scale)

    movement, flight = the_jump(changed(change, build))
    assert jumping.beats_count(movement, flight, None) == crossings
    timing = jumping.beats_timing(movement, flight, None)
    if crossings:  # the cosine's first zero
        half_a_frame = 0.5 / change.fps / 0.5
        assert timing == pytest.approx(0.5 / crossings - 0.5, abs=half_a_frame)
    else:
        assert np.isnan(timing)
        assert np.isnan(jumping.beats_gap(movement, flight, None))


@pytest.mark.parametrize("change", BEATING, ids=lambda c: f"{c.name} {c.fps:g}")
@pytest.mark.parametrize(
    ("step", "crossings"),
    [
        (changement("left"), 1),
        (entrechat("left", 2), 2),
        (entrechat("left", 3), 3),
        (saute(), 0),
    ],
    ids=["changement", "quatre", "six", "soubresaut"],
)
def test_o16_by_the_names_of_steps(change, step, crossings):
    dancer = Dancer(1.68 * change.scale)
    phrase = Phrase.of(fifth_position("left"), step)
    poses = dance(phrase, dancer, fps=change.fps, heading=change.degrees)
    body = body_of(poses)
    movement, flight = the_jump(body.mirrored() if change.mirror else body)
    assert jumping.beats_count(movement, flight, None) == crossings
    if crossings:
        gap = jumping.beats_gap(movement, flight, None)
        assert gap == pytest.approx(0.949, abs=0.01)  # in fifth, of this body


def test_o16_feet_that_open_do_not_cross():
    phrase = Phrase.of(fifth_position("left"), echappe("left"))
    movement = movement_of(body_of(dance(phrase, fps=120.0)))
    assert len(movement.flights) == 2
    for flight in movement.flights:
        assert jumping.beats_count(movement, flight, None) == 0.0


def test_o16_legs_that_pass_far_apart_or_bent_do_not_beat():
    def astride(time, *, scale, apart=0.0, bent=0.0):
        points = jumpers.crossing(time, 1, scale=scale)
        for name in jumpers.LEGS:
            sign = 1.0 if name.startswith("left") else -1.0
            points[name] = points[name] + [sign * apart, 0.0, 0.0]
        for side in ("left", "right"):
            points[f"{side}_knee"] = points[f"{side}_knee"] + [0.0, 0.0, bent]
        return points

    plain = oracles.Change("120", fps=120.0)
    counts = {
        (apart, bent): jumping.beats_count(
            *the_jump(changed(plain, partial(astride, apart=apart, bent=bent))), None
        )
        for apart, bent in ((0.0, 0.0), (0.6, 0.0), (0.0, 0.35))
    }
    assert counts == {(0.0, 0.0): 1.0, (0.6, 0.0): 0.0, (0.0, 0.35): 0.0}


def test_beats_whose_feet_were_hidden_are_not_counted():
    plain = oracles.Change("120", fps=120.0)
    body = changed(plain, lambda time, scale: jumpers.crossing(time, 3))
    movement, flight = the_jump(body)
    ankle = body["left_ankle"].copy()
    middle = (flight.start + flight.end) // 2
    for frames, told in ((2, True), (6, False)):
        ankle[middle : middle + frames] = np.nan
        points = MappingProxyType({**body.points, "left_ankle": ankle})
        hidden = replace(movement, body=replace(body, points=points))
        count = jumping.beats_count(hidden, flight, None)
        assert (count == 3.0) if told else np.isnan(count)


@pytest.mark.parametrize("fps", [30.0, 60.0, 90.0])
def test_beats_are_refused_below_100_frames_a_second(fps):
    body = body_of(dance(Phrase.of(fifth_position("left"), entrechat("left")), fps=fps))
    found = take(body, only=["beats_count", "beats_count.gap"])
    assert not found.measurements
    assert {n.measure for n in found.not_judged} == {"beats_count", "beats_count.gap"}
    for lacking in found.not_judged:
        assert f"It needs 100 frames a second, and this has {fps:g}" in lacking.reason
        assert "100 frames a second or more" in lacking.how_to_film


def test_points_said_from_the_hips_have_no_height_and_no_drift():
    body = body_of(dance(Phrase.of(first_position(), saute()), fps=120.0))
    middle = body.middle("hip")
    points = {name: place - middle for name, place in body.points.items()}
    centred = replace(body, points=MappingProxyType(points))
    names = {"jump_height_com", "jump_drift", "jump_height_flight"}
    found = take(centred, only=names)
    assert not found.measurements
    assert {n.measure for n in found.not_judged} == names
    for lacking in found.not_judged:
        assert "the body's way through space is not in them" in lacking.reason
        assert lacking.how_to_film


def landed(turnout_deg, inward_m=0.0):
    """Jump and landing of a body whose knees give way inward while it lands."""
    dancer = Dancer(turnout_left=turnout_deg, turnout_right=turnout_deg)
    body = body_of(dance(Phrase.of(first_position(), saute(0.5)), dancer, fps=120.0))
    points = dict(body.points)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        move = np.outer(body.time > 2.4, [-sign * inward_m, 0.0, 0.0])
        points[f"{side}_knee"] = points[f"{side}_knee"] + move
    return replace(body, points=MappingProxyType(points))


@every
@pytest.mark.parametrize("inward_deg", [0.0, 6.0, -6.0])
def test_o2_frontal_angle(change, inward_deg):
    """0 when hip, knee and ankle are collinear as seen from the front."""
    link, half = 0.4 * change.scale, 0.5 * np.radians(inward_deg)
    bend = np.radians(30.0)  # half of the knee's, as seen from the side
    points = {}
    for side, x in (("left", 0.1 * change.scale), ("right", -0.1 * change.scale)):
        inward = -np.sign(x) * link * np.cos(bend) * np.tan(half)
        height = link * np.cos(bend)
        points[f"{side}_ankle"] = np.array([[x, 0.07, 0.0]])
        points[f"{side}_knee"] = np.array([[x + inward, 0.07 + height, 0.2]])
        points[f"{side}_hip"] = np.array([[x, 0.07 + 2.0 * height, 0.0]])
    turned = {n: geometry.turn(p, change.degrees) for n, p in points.items()}
    body = bodies.body(np.zeros(1), turned)
    body = body.mirrored() if change.mirror else body
    for side in ("left", "right"):
        (angle,) = landing.frontal_angle(body, side)
        assert angle == pytest.approx(inward_deg, abs=1e-6)


def test_o2_knee_line_of_parallel_feet():
    movement, flight = the_jump(landed(0.0))
    gives, same = the_jump(landed(0.0, inward_m=0.02))
    for side in ("left", "right"):
        line = landing.landing_knee_line(movement, flight, side)
        inward = landing.landing_knee_line(gives, same, side)
        assert line == pytest.approx(0.0, abs=0.1)
        height = 0.41 * np.cos(np.radians(27.5))  # of a link, m
        assert inward == pytest.approx(
            2.0 * np.degrees(np.arctan(0.02 / height)), abs=0.2
        )


def test_o2_turned_out_legs_have_their_knee_over_the_toe_and_no_line():
    movement, flight = the_jump(landed(60.0))
    for side in ("left", "right"):
        assert np.isnan(landing.landing_knee_line(movement, flight, side))
        over = landing.knee_over_toe(movement, flight, side)
        assert over == pytest.approx(0.0, abs=1.0)


@every
def test_o3_depth_of_the_landing(change):
    dancer = Dancer(1.68 * change.scale)
    phrase = Phrase.of(first_position(), saute(0.5, depth=50.0))
    body = body_of(dance(phrase, dancer, fps=change.fps, heading=change.degrees))
    movement, flight = the_jump(body.mirrored() if change.mirror else body)
    for side in ("left", "right"):
        deepest = landing.landing_knee_flexion(movement, flight, side)
        given = landing.landing_excursion(movement, flight, side)
        assert deepest == pytest.approx(50.0, abs=0.1)
        assert given == pytest.approx(50.0, abs=0.3)
    push = jumping.jump_push(movement, flight, None)
    assert push == pytest.approx(0.25, abs=1.0 / change.fps + 0.02)
