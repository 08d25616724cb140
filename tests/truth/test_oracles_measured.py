"""Oracles of measures that are taken on moments (domain, section 8)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bodies
import oracles
from oracles import Oracle
from repetiteur.kinematics.movement import movement_of
from repetiteur.technique import balancing, bending

LINK = 0.4  # thigh and shank, m
FLEXIONS = (30.0, 60.0, 90.0, 135.0)


def bending_knees(time, deepest_deg):
    """Two equal links, hip over ankle, that bend and stretch within two seconds."""
    bend = np.radians(deepest_deg) * np.sin(np.pi * np.clip(time / 2.0, 0, 1)) ** 2
    height = 2.0 * LINK * np.cos(bend / 2.0)
    still = np.zeros_like(time)
    points = {}
    for side, x in (("left", 0.1), ("right", -0.1)):
        leg = {
            "ankle": (0.07 + still, still),
            "toe": (still, 0.17 + still),
            "heel": (still, -0.07 + still),
            "knee": (0.07 + 0.5 * height, LINK * np.sin(bend / 2.0)),
            "hip": (0.07 + height, still),
            "shoulder": (0.07 + height + 0.5, still),
        }
        for name, (y, z) in leg.items():
            points[f"{side}_{name}"] = np.stack([x + still, y, z], axis=1)
    return points


def the_depth(body):
    movement = movement_of(body)
    (plie,) = movement.plies
    return {
        "depth": bending.plie_depth(movement, plie, None),
        "flexion": plie.depth_deg,
    }


O3 = [
    Oracle(
        f"O3 plie_depth {deg:g}",
        lambda time, deg=deg: bending_knees(time, deg),
        the_depth,
        {"depth": 1.0 - np.cos(np.radians(deg) / 2.0), "flexion": deg},
        tolerance=0.02 if deg < 130 else 0.03,  # read over 0.03 s to either side
        seconds=2.0,
    )
    for deg in FLEXIONS
]


@pytest.mark.parametrize(("oracle", "change"), oracles.cases(O3))
def test_plie_depth(oracle, change):
    # The bend is read as the sample at the bottom: 1 degree of 135 between frames.
    loose = replace(oracle, expected={"depth": oracle.expected["depth"]})
    loose = replace(loose, measure=lambda body: {"depth": the_depth(body)["depth"]})
    oracles.check(loose, change)


@pytest.mark.parametrize(
    ("deg", "printed"), list(zip(FLEXIONS, (0.034, 0.134, 0.293, 0.617), strict=True))
)
def test_o3_as_printed(deg, printed):
    time = np.arange(481) / 240.0
    found = the_depth(bodies.body(time, bending_knees(time, deg)))
    assert found["depth"] == pytest.approx(printed, abs=0.004)
    assert found["flexion"] == pytest.approx(deg, abs=0.05)


def swaying(fps, degrees=0.0, scale=1.0):
    """Standing on the left foot, the centre of mass on a circle of 20 mm."""
    time = np.arange(round(4.0 * fps)) / fps
    points = {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
    for name in [n for n in points if n.startswith("right_")]:
        if name.split("_")[1] in ("ankle", "heel", "toe", "knee"):
            points[name] = points[name] + [0.0, 0.3, 0.05]
    body = bodies.body(time, points)
    movement = movement_of(body)
    (balance,) = movement.balances
    turns = 2.0 * np.pi * 4 * np.arange(time.size) / time.size  # whole circles
    circle = 0.02 * np.stack([np.cos(turns), 0 * turns, np.sin(turns)], axis=1)
    place = movement.contacts.left.pivot + np.array([0.0, 0.9, 0.0]) + circle
    return replace(movement, mass=place), balance


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
def test_o14_sway(fps):
    movement, balance = swaying(fps)
    assert balance.side == "left"
    side, forward, area = (
        of(movement, balance, "left")
        for of in (balancing.sway_side, balancing.sway_forward, balancing.sway_ellipse)
    )
    assert side == pytest.approx(14.142, abs=0.1)
    assert forward == pytest.approx(14.142, abs=0.1)
    assert area == pytest.approx(37.6, abs=0.4)
    assert balance.lasting_s == pytest.approx(4.0, abs=1.5 / fps)


def test_o14_sway_without_a_centre_of_mass_has_no_value():
    movement, balance = swaying(60.0)
    unknown = replace(movement, mass=np.full_like(movement.mass, np.nan))
    assert np.isnan(balancing.sway_ellipse(unknown, balance, "left"))
    assert np.isnan(balancing.sway_side(unknown, balance, "left"))


@pytest.mark.parametrize(
    ("deg", "ratio"), [(30.0, 0.5), (45.0, 0.707), (60.0, 0.866), (83.0, 0.993)]
)
def test_o4_heel_height(deg, ratio):
    time = np.arange(120) / 60.0
    points = {n: np.tile(p, (time.size, 1)) for n, p in bodies.STANDING.items()}
    for name in [n for n in points if n.startswith("right_")]:
        if name.split("_")[1] in ("ankle", "heel", "toe", "knee"):
            points[name] = points[name] + np.array([0.0, 0.4, 0.0])
    flat = {n: p.copy() for n, p in points.items()}
    toe, heel = points["left_toe"], points["left_heel"]
    foot = np.linalg.norm(toe[0] - heel[0])
    up = np.radians(deg)
    along = (heel - toe) / foot
    raised = toe + foot * (np.cos(up) * along + np.sin(up) * np.array([0.0, 1.0, 0.0]))
    on_toe = time[:, None] >= 0.6
    points["left_heel"] = np.where(on_toe, raised, flat["left_heel"])
    movement = movement_of(bodies.body(time, points))
    (balance,) = [b for b in movement.balances if b.start_s >= 0.55]
    assert balancing.heel_height(movement, balance, "left") == pytest.approx(
        ratio, abs=1e-3
    )
