"""Turns in full against the oracles of the domain: O9 to O13, as measured."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import bodies
import oracles
from oracles import Oracle
from repetiteur.kernels import geometry
from repetiteur.kinematics.mass import centre_of_mass
from repetiteur.kinematics.movement import movement_of
from repetiteur.technique.measure import measures

FOOT = 0.24
KNEE, ANKLE = 0.485, 0.07  # heights of the supporting leg
HEAD = ("head", "head_top", "nose", "left_eye", "right_eye", "left_ear", "right_ear")
MEASURES = {(one.id, one.on): one for one in measures()}


def taken(movement, kind, event, *names):
    """Values of registered measures on a moment."""
    found = {}
    for name in names:
        one = MEASURES[name, kind]
        (side,) = one.sides(event)
        found[name] = one.value(movement, event, side)
    return found


def on_left_leg():
    """Standing on the left foot, its toe at the origin, right foot at the knee."""
    points = {name: np.array(place) for name, place in bodies.STANDING.items()}
    points["left_toe"] = np.zeros(3)
    points["left_heel"] = np.array([0.0, 0.0, -FOOT])
    points["left_ankle"] = np.array([0.0, 0.07, 0.04 - FOOT])
    points["left_knee"] = 0.5 * (points["left_ankle"] + points["left_hip"])
    for name, place in {
        "knee": (-0.35, 0.75, 0.05),
        "ankle": (-0.02, KNEE + 0.16, -0.06),
        "heel": (-0.02, KNEE + 0.6 * FOOT, -0.1),
        "toe": (-0.02, KNEE, 0.8 * FOOT - 0.1),
    }.items():
        points[f"right_{name}"] = np.array(place)
    return points


def turned(points, degrees, travel=0.0):
    """Points that turn about the vertical through the origin, and travel."""
    way = np.multiply.outer(np.broadcast_to(travel, degrees.shape), [1.0, 0.0, 0.0])
    return {name: geometry.turn(p, degrees) + way for name, p in points.items()}


# O9: the time in retiré.
PUSH_S, CLOSE_S, AT_KNEE_S = 0.8, 1.8, (1.0, 1.6)
EARLIER_S = 0.125  # a quarter of a turn at 2 rev/s


def passe(time):
    """Two turns and a quarter, the right foot off the floor for 1.0 s of them."""
    off = (time >= PUSH_S - 1e-9) & (time < CLOSE_S - 1e-9)
    at_knee = (time >= AT_KNEE_S[0] - 1e-9) & (time < AT_KNEE_S[1] - 1e-9)
    points = {n: np.tile(p, (time.size, 1)) for n, p in on_left_leg().items()}
    points["right_toe"][:, 1] = np.where(at_knee, KNEE, 0.5 * (KNEE + ANKLE))
    for name in ("right_toe", "right_heel", "right_ankle", "right_knee"):
        floor = np.array(bodies.STANDING[name]) - [0.0, 0.01, 0.0]
        points[name] = np.where(off[:, None], points[name], floor)
    way = np.clip(time - (PUSH_S - EARLIER_S), 0.0, CLOSE_S - PUSH_S + EARLIER_S)
    return turned(points, -720.0 * way)


def the_passe(body):
    movement = movement_of(body)
    (turn,) = movement.turns
    names = ("time_in_position.share", "time_in_position.arrival", "pre_rotation")
    return taken(movement, "turn", turn, *names)


O9 = [
    Oracle(
        "O9 time_in_position",
        passe,
        the_passe,
        {"time_in_position.share": 0.6, "time_in_position.arrival": 0.2},
        frames=1.0,
        tolerance=1e-3,
        seconds=2.5,
    ),
    Oracle(
        "O9 pre_rotation",
        passe,
        the_passe,
        {"pre_rotation": 0.25},
        frames=2.0,  # turns at 2 rev/s, of one frame
        tolerance=1e-3,
        seconds=2.5,
    ),
]


# O10, O11: turns, their axis and their way.
def with_mass_at(place):
    """On the left leg, all but its foot shifted until the centre of mass is there."""
    points = on_left_leg()
    kept = ("left_toe", "left_heel", "left_ankle")
    still = {name: p[np.newaxis] for name, p in points.items()}
    middle = centre_of_mass(bodies.body(np.zeros(1), still))[0]
    moved = {n: p if n in kept else p + np.eye(3)[0] for n, p in still.items()}
    gain = centre_of_mass(bodies.body(np.zeros(1), moved))[0, 0] - middle[0]
    off = (np.asarray(place) - middle) / gain
    return {n: p if n in kept else p + off for n, p in points.items()}


def three_turns(time):
    return turned(with_mass_at([0.0, 0.9, 0.0]), -720.0 * time)


def leaning(time):
    return turned(with_mass_at([-0.05, 0.9, 0.0]), -720.0 * time, 0.12 * time / 1.5)


FASTEST = 0.15  # of the centre of mass over 0.9 m, m/s


def toppling(time):
    """A lean to the working leg that grows from 0."""
    low, high = with_mass_at([0.0, 0.9, 0.0]), with_mass_at([-1.0, 0.9, 0.0])
    share = (FASTEST * time)[:, None]
    points = {n: low[n] + share * (high[n] - low[n]) for n in low}
    return turned(points, -720.0 * time)


def there_and_back(time):
    """The supporting foot goes 12 cm away and comes back."""
    away = 0.12 * np.sin(np.pi * time / 1.5)
    return turned(with_mass_at([0.0, 0.9, 0.0]), -720.0 * time, away)


def the_turn(body):
    movement = movement_of(body)
    (turn,) = movement.turns
    return taken(
        *(movement, "turn", turn),
        *("turn_count", "turn_rotation", "turn_rate.mean", "turn_sense"),
        *("axis_tilt.mean", "axis_tilt.most", "axis_tilt.to_working"),
        *("axis_tilt.forward", "axis_tilt.toppling", "pre_rotation"),
        *("support_travel", "support_travel.most"),
    )


O10 = Oracle(
    "O10",
    three_turns,
    the_turn,
    {
        "turn_count": 3.0,
        "turn_rotation": 1080.0,
        "turn_rate.mean": 2.0,
        "turn_sense": "en_dehors",
        "axis_tilt.mean": 0.0,
        "support_travel": 0.0,
        "pre_rotation": np.nan,  # it turns from the first frame on
    },
    seconds=1.5,
)
O11 = [
    Oracle(
        "O11",
        leaning,
        the_turn,
        {
            "axis_tilt.mean": np.degrees(np.arctan2(0.05, 0.9)),
            "axis_tilt.most": 3.17983,
            "axis_tilt.to_working": 3.17983,
            "axis_tilt.forward": 0.0,
            "axis_tilt.toppling": 0.0,
            "support_travel": 0.5,
            "support_travel.most": 0.5,
        },
        tolerance=1e-5,
        seconds=1.5,
    ),
    Oracle(
        "O11 toppling",
        toppling,
        the_turn,
        {
            "axis_tilt.toppling": np.degrees(
                np.arctan2(FASTEST * 1.5, 0.9) - np.arctan2(FASTEST * 1.3, 0.9)
            )
            / 0.2
        },
        tolerance=0.02,
        seconds=1.5,
    ),
    Oracle(
        "O11 there and back",
        there_and_back,
        the_turn,
        {"support_travel": 0.0, "support_travel.most": 0.5},
        tolerance=2e-3,
        seconds=1.5,
    ),
]


# O12: spotting.
def spotting(time, rate=360.0, spot=0.0):
    """Three turns to the left; the head waits, overtakes the trunk, and waits."""
    trunk = rate * time
    part = np.mod(trunk, 360.0)
    head = np.select([part < 90.0, part < 270.0], [0.0, 2.0 * (part - 90.0)], 360.0)
    body = turned(bodies.STANDING, spot + trunk)
    face = turned(bodies.STANDING, spot + head)
    return {n: face[n] if n in HEAD else place for n, place in body.items()}


def the_head(body):
    movement = movement_of(body)
    (turn,) = movement.turns
    names = [f"spotting.{part}" for part in ("hold", "lag", "lead", "snap", "finish")]
    spot = movement.spotting[turn.start].spot
    return {"spot": spot, **taken(movement, "turn", turn, *names)}


O12 = [
    Oracle(
        f"O12 {name} at {spot:g}",
        partial(spotting, spot=spot),
        the_head,
        {name: value},
        odd=("spot",),
        turns=("spot",),
        tolerance=tolerance,
        frames=frames,
        seconds=3.0,
    )
    for spot in (0.0, -110.0)
    for name, value, tolerance, frames in (
        ("spot", spot, 1e-6, 90.0),
        ("spotting.hold", 210.0 / 360.0, 0.005, 0.25),
        ("spotting.lag", 90.0, 1e-6, 180.0),  # half of a frame's way
        ("spotting.lead", 90.0, 1e-6, 180.0),
        ("spotting.snap", 2.0, 1e-6, 0.0),
        ("spotting.finish", -0.25, 1e-3, 0.5),
    )
]


# O13: fouettés.
PERIOD_S, TURNS, BEFORE_S = 0.9, 8, 0.61  # no frame is at the top
LINK = 0.4


def fouettes(time, extension=80.0, doubles=()):
    """Turns on the left leg, each with a bend of its knee and an extension."""
    phase = np.clip((time - BEFORE_S) / PERIOD_S, 0.0, TURNS)
    single = ~np.isin(np.floor(phase), doubles)
    pulse = np.where(single, np.sin(np.pi * phase) ** 2, 0.0)
    bend, raised = np.radians(40.0 * pulse), np.radians(45 + (extension - 45) * pulse)
    hip = 0.07 + 2.0 * LINK * np.cos(bend / 2.0)
    still = np.zeros_like(time)
    own = {n: np.tile(p, (time.size, 1)) for n, p in on_left_leg().items()}
    upper = [n for n in own if n.split("_")[-1] not in ("hip", "knee", "ankle")]
    for name in (n for n in upper if not n.endswith(("toe", "heel"))):
        own[name][:, 1] += hip - 0.9
    ankle = np.array([-0.09, 0.07, 0.0])
    own["left_ankle"] = np.array([0.0, 0.07, 0.0]) + np.outer(still, ankle)
    own["left_hip"] = np.stack([still, hip, still], axis=1)
    own["left_knee"] = np.stack(
        [still, 0.5 * (hip + 0.07), LINK * np.sin(bend / 2.0)], axis=1
    )
    line = np.stack([-np.sin(raised), -np.cos(raised), still], axis=1)
    own["right_hip"] = own["left_hip"] - [0.18, 0.0, 0.0]
    for part, far in (
        ("knee", 0.4),
        ("ankle", 0.8),
        ("heel", 0.84),
        ("toe", 0.84 + FOOT),
    ):
        own[f"right_{part}"] = own["right_hip"] + far * line
    return turned(own, -360.0 * phase, 0.12 * phase / TURNS)


def the_series(body):
    movement = movement_of(body)
    (series,) = movement.series
    names = ("fouette_rate.rate", "fouette_rate.regularity", "fouette_rate.count")
    found = taken(movement, "series", series, *names, "leg_elevation", "turn_count")
    more = taken(movement, "series", series, "support_travel", "support_travel.most")
    return {**found, **more, "supporting": series.supporting}


O13 = [
    Oracle(
        "O13",
        fouettes,
        the_series,
        {
            "fouette_rate.rate": 1.0 / PERIOD_S,
            "fouette_rate.regularity": 0.0,
            "fouette_rate.count": 8.0,
            "supporting": "left",
        },
        tolerance=1e-4,
        seconds=9.0,
    ),
    Oracle(
        "O13 leg",
        fouettes,
        the_series,
        {"leg_elevation": 80.0},
        tolerance=0.01,
        frames=15.0,  # what a frame beside the top is lower
        seconds=9.0,
    ),
    Oracle(
        "O13 way and turns",
        fouettes,
        the_series,
        {"turn_count": 8.0, "support_travel": 0.5, "support_travel.most": 0.5},
        tolerance=0.02,
        frames=0.5,
        seconds=9.0,
    ),
]


@pytest.mark.parametrize(
    ("oracle", "change"), oracles.cases([*O9, O10, *O11, *O12, *O13])
)
def test_oracle(oracle, change):
    oracles.check(oracle, change)


def test_o13_an_extension_too_low_does_not_count():
    time = np.arange(541) / 60.0
    found = the_series(bodies.body(time, fouettes(time, extension=70.0)))
    assert found["fouette_rate.count"] == 0.0
    assert found["fouette_rate.rate"] == pytest.approx(1.0 / PERIOD_S, abs=1e-4)
    assert found["leg_elevation"] == pytest.approx(70.0, abs=0.1)


def test_o13_a_double_has_one_bend_and_counts_once():
    time = np.arange(541) / 60.0
    found = the_series(bodies.body(time, fouettes(time, doubles=(3,))))
    assert found["fouette_rate.count"] == 7.0
    assert found["turn_count"] == pytest.approx(8.0, abs=0.05)
    assert found["fouette_rate.rate"] == pytest.approx(1.0 / PERIOD_S, abs=1e-4)


def test_o13_uneven_turns():
    def uneven(time):
        return BEFORE_S + np.interp(
            time - BEFORE_S, np.cumsum([0.0, *PERIODS]), PERIOD_S * np.arange(9)
        )

    PERIODS = (0.9, 1.0, 0.8, 0.95, 0.85, 0.9, 1.0, 0.8)
    time = np.arange(1081) / 120.0
    found = the_series(bodies.body(time, fouettes(uneven(time))))
    assert found["fouette_rate.count"] == 8.0
    assert found["fouette_rate.rate"] == pytest.approx(1.0 / 0.9, abs=0.05)
    # A whole turn from anywhere to there mixes two neighbours.
    assert 0.02 < found["fouette_rate.regularity"] < 0.09
