"""Turns, flights, balances and contacts against the oracles of the domain."""

from functools import partial

import numpy as np
import pytest

import bodies
import oracles
from oracles import Oracle
from repetiteur.kernels import geometry
from repetiteur.kinematics.feet import Part
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.skeletons import other_side

FOOT = 0.24
GRAVITY = 9.81


def on_left_leg(rise_deg=0.0):
    """Standing on the left foot, its toe at the origin, right toe at the knee."""
    points = {name: np.array(place) for name, place in bodies.STANDING.items()}
    points["left_toe"] = np.zeros(3)
    lean = np.radians(rise_deg)
    points["left_heel"] = FOOT * np.array([0.0, np.sin(lean), -np.cos(lean)])
    points["left_ankle"] = points["left_heel"] + [0.0, 0.07, 0.04]
    for name, place in {
        "knee": (-0.35, 0.75, 0.05),
        "ankle": (-0.02, 0.55, 0.05),
        "heel": (-0.02, 0.54, 0.0),
        "toe": (-0.02, 0.54 - 0.6 * FOOT, 0.8 * FOOT),
    }.items():
        points[f"right_{name}"] = np.array(place)
    return points


def with_mass_at(points, place):
    """The same, all but its foot shifted until the centre of mass is there."""
    kept = ("left_toe", "left_heel", "left_ankle")
    still = {name: p[np.newaxis] for name, p in points.items()}
    off = place - centre_of_mass(bodies.body(np.zeros(1), still))[0]
    moved = {n: p if n in kept else p + np.eye(3)[0] for n, p in still.items()}
    gain = centre_of_mass(bodies.body(np.zeros(1), moved))[0, 0]
    gain -= centre_of_mass(bodies.body(np.zeros(1), still))[0, 0]
    return {n: p if n in kept else p + off / gain for n, p in points.items()}


def turning(points, degrees, travel=0.0):
    """A rigid body that turns about the vertical through the origin, and travels."""
    way = np.multiply.outer(np.broadcast_to(travel, degrees.shape), [1.0, 0.0, 0.0])
    return {name: geometry.turn(p, degrees) + way for name, p in points.items()}


def three_turns(time):
    return turning(on_left_leg(), -720.0 * time)


def leaning(time):
    points = with_mass_at(on_left_leg(), np.array([-0.05, 0.9, 0.0]))
    return turning(points, -720.0 * time, 0.12 * time / 1.5)


def the_turn(body):
    (turn,) = movement_of(body).turns
    return {
        "count": turn.count,
        "turns": abs(turn.rotation) / 360.0,
        "rotation": turn.rotation,
        "on one foot": turn.on_one_foot,
        "on the floor": turn.on_the_floor,
        "rate": turn.mean_rate,
        "direction": turn.direction,
        "supporting": turn.supporting,
        "working": turn.working,
        "sense": turn.sense,
        "on": turn.on,
        "tilt": turn.axis.tilt,
        "tilt_most": turn.axis.tilt_most,
        "forward": turn.axis.forward,
        "to_working": turn.axis.to_working,
        "travel": turn.axis.travel,
        "travel_most": turn.axis.travel_most,
    }


def balancing(time):
    up = (time >= 1.0) & (time <= 4.5)
    angle = 2.0 * np.pi * time
    sway = 0.02 * np.stack([np.cos(angle), 0.0 * angle, np.sin(angle)], axis=1)
    low, high = on_left_leg(), on_left_leg(40.0)
    foot = ("left_toe", "left_heel", "left_ankle")
    return {
        name: np.where(up[:, None], high[name], low[name])
        + (0.0 if name in foot else sway)
        for name in low
    }


def the_balance(body):
    raised = [b for b in movement_of(body).balances if b.part == Part.DEMI_POINTE]
    (one,) = raised
    return {"seconds": one.lasting_s, "side": one.side}


LANDING_S, ROLL_S = 1.013, 0.06


def jumping(time, flight_s, take_off=("left", "right"), landing=("left", "right")):
    """Standing, in the air for a while, standing; lands 10 cm further to the left."""
    off_s = LANDING_S - flight_s
    since = np.clip(time - off_s, 0.0, flight_s)
    air = 0.5 * GRAVITY * since * (flight_s - since)
    way = np.stack([0.12 * since / flight_s, air, 0.0 * air], axis=1)
    share = np.clip((time - off_s) / flight_s, 0.0, 1.0)
    heel = np.interp(
        time,
        [off_s - 0.1, off_s, LANDING_S, LANDING_S + ROLL_S],
        [0.0, 0.1, 0.1, 0.0],
    )
    points = {}
    for name, place in bodies.STANDING.items():
        points[name] = np.array(place) + way
        side, _, part = name.partition("_")
        if part == "heel":
            points[name][:, 1] += heel
        if part in ("heel", "toe", "ankle"):
            up = (1.0 - share) * (side not in take_off) + share * (side not in landing)
            points[name][:, 1] += 0.3 * up
    return points


def the_flight(body):
    (flight,) = movement_of(body).airborne
    return {
        "time": flight.time_s,
        "height_by_time": flight.height_by_time,
        "height_by_mass": flight.height_by_mass,
        "fall": flight.fall,
        "drift": flight.drift,
        "from": flight.from_feet,
        "to": flight.to_feet,
    }


def the_roll(body):
    (flight,) = movement_of(body).airborne
    return {"roll": flight.foot_roll_s}


O10 = Oracle(
    "O10",
    three_turns,
    the_turn,
    {
        "count": 3.0,
        "turns": 3.0,
        "rotation": -1080.0,
        "on one foot": -1080.0,
        "on the floor": 0.0,
        "rate": 2.0,
        "direction": "right",
        "supporting": "left",
        "working": "right",
        "sense": "en_dehors",
        "on": "one_foot",
    },
    odd=("rotation", "on one foot"),
    seconds=1.5,
)
O11 = Oracle(
    "O11",
    leaning,
    the_turn,
    {
        "tilt": np.degrees(np.arctan2(0.05, 0.9)),
        "tilt_most": 3.17983,
        "forward": 0.0,
        "to_working": 3.17983,
        "travel": 0.5,
        "travel_most": 0.5,
    },
    tolerance=1e-5,
    seconds=1.5,
)
O14 = Oracle(
    "O14",
    balancing,
    the_balance,
    {"seconds": 3.5, "side": "left"},
    frames=1.0,
    seconds=5.5,
)
FLIGHTS = {0.3: 0.110, 0.4: 0.196, 0.5: 0.307, 0.6: 0.441, 0.7: 0.601}
O15 = [
    Oracle(
        f"O15 {flight_s:g} s",
        partial(jumping, flight_s=flight_s),
        the_flight,
        {
            "time": flight_s,
            "height_by_time": GRAVITY * flight_s**2 / 8.0,
            "height_by_mass": GRAVITY * flight_s**2 / 8.0,
            "fall": GRAVITY,
            "from": "both",
            "to": "both",
        },
        lengths=("height_by_mass", "fall"),
        tolerance=1e-3,
        seconds=2.0,
    )
    for flight_s in FLIGHTS
]
ROLL = Oracle(
    "O15 foot_roll",
    partial(jumping, flight_s=0.5),
    the_roll,
    {"roll": ROLL_S},
    frames=0.5,
    seconds=2.0,
)
LEAP = Oracle(
    "leap from one foot to the other",
    partial(jumping, flight_s=0.5, take_off=("left",), landing=("right",)),
    the_flight,
    {"time": 0.5, "from": "left", "to": "right"},
    tolerance=1e-3,
    seconds=2.0,
)


@pytest.mark.parametrize(
    ("oracle", "change"), oracles.cases([O10, O11, O14, *O15, ROLL, LEAP])
)
def test_oracle(oracle, change):
    oracles.check(oracle, change)


@pytest.mark.parametrize(("flight_s", "height"), FLIGHTS.items())
def test_o15_heights_as_printed(flight_s, height):
    time = np.arange(121) / 60.0
    (jump,) = movement_of(bodies.body(time, jumping(time, flight_s))).flights
    assert jump.height_by_time == pytest.approx(height, abs=1e-3)
    assert jump.free


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_o10_fastest_rate(fps):
    time = np.arange(round(1.5 * fps) + 1) / fps
    (turn,) = movement_of(bodies.body(time, three_turns(time))).turns
    assert turn.peak_rate == pytest.approx(2.0, abs=0.02)  # the filter's ends


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_o10_with_left_and_right_exchanged_while_the_back_is_shown(fps):
    time = np.arange(round(1.5 * fps) + 1) / fps
    points = three_turns(time)
    back = np.cos(np.radians(720.0 * time))[:, None] < 0.0
    confused = {
        name: np.where(back, points[other_side(name)], place)
        for name, place in points.items()
    }
    (turn,) = movement_of(bodies.body(time, confused)).turns
    assert turn.rotation == pytest.approx(-1080.0, abs=1e-6)
    assert turn.count == 3.0


@pytest.mark.parametrize(
    ("rise_deg", "part"),
    [
        (0.0, "FLAT"),
        (8.0, "FLAT"),
        (20.0, "QUARTER_POINTE"),
        (31.0, "DEMI_POINTE"),
        (58.0, "DEMI_POINTE"),
        (65.0, "POINTE"),
        (83.0, "POINTE"),
    ],
)
def test_o4_the_part_of_the_foot_that_bears(rise_deg, part):
    still = {n: np.tile(p, (60, 1)) for n, p in on_left_leg(rise_deg).items()}
    found = movement_of(bodies.body(np.arange(60) / 60.0, still)).contacts
    np.testing.assert_allclose(found.left.rise, np.sin(np.radians(rise_deg)), atol=1e-6)
    assert {Part(p).name for p in found.left.part} == {part}
    assert {Part(p).name for p in found.right.part} == {"OFF"}
