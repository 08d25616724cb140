import numpy as np
import pytest

import altered
import bodies
from repetiteur.kinematics.directions import bone_directions, heading, trunk_lean
from repetiteur.kinematics.support import leg_length, support

TIME, POINTS = bodies.moving_points()
STILL = {n: np.tile(p, (3, 1)) for n, p in bodies.STANDING.items()}


def still(points):
    return bodies.body(np.arange(3) / 60, points)


@pytest.mark.parametrize("degrees", [0.0, 45.0, -120.0, 179.0])
def test_heading_is_the_turn(degrees):
    found = heading(still(altered.turned(STILL, degrees)))
    assert np.allclose(found, degrees)


def test_two_turns_to_the_right_are_minus_720():
    count = 181
    spin = -720.0 * np.linspace(0, 1, count)
    points = {
        n: np.concatenate([altered.turned({n: p[:1]}, a)[n] for a in spin])
        for n, p in STILL.items()
    }
    found = heading(bodies.body(np.linspace(0, 3, count), points))
    assert found[-1] - found[0] == pytest.approx(-720.0)


def test_heading_survives_hidden_hips():
    points = {n: p.copy() for n, p in STILL.items()}
    points["left_hip"][1] = np.nan
    found = heading(still(altered.turned(points, 30.0)))
    assert np.allclose(found, 30.0)


@pytest.mark.parametrize("degrees", [0.0, 130.0])
def test_a_trunk_tipped_seven_degrees_forward(degrees):
    points = {n: p.copy() for n, p in STILL.items()}
    middle = 0.5 * (points["left_hip"] + points["right_hip"])
    a = np.radians(7.0)
    for side, x in (("left", 0.17), ("right", -0.17)):
        points[f"{side}_shoulder"] = middle + np.array(
            [x, 0.5 * np.cos(a), 0.5 * np.sin(a)]
        )
    pitch, side = trunk_lean(still(altered.turned(points, degrees)))
    assert np.allclose(pitch, 7.0)
    assert np.allclose(side, 0.0, atol=1e-9)


def test_directions_are_unit_and_free_of_size():
    small = {n: 0.7 * p + [3.0, 0.0, 1.0] for n, p in POINTS.items()}
    one = bone_directions(bodies.body(TIME, POINTS))
    two = bone_directions(bodies.body(TIME, small))
    for name, direction in one.items():
        assert np.allclose(np.linalg.norm(direction, axis=1), 1.0)
        assert np.allclose(direction, two[name])


def test_the_lower_foot_carries():
    points = {n: p.copy() for n, p in STILL.items()}
    for part in ("ankle", "heel", "toe"):
        points[f"left_{part}"][1:] += [0.0, 0.3, 0.0]
    assert support(still(points)).tolist() == [0, -1, -1]
    assert support(still(points).mirrored()).tolist() == [0, 1, 1]


def test_leg_length_is_thigh_and_shank():
    body = still(STILL)
    by_hand = np.linalg.norm(
        STILL["left_hip"][0] - STILL["left_knee"][0]
    ) + np.linalg.norm(STILL["left_knee"][0] - STILL["left_ankle"][0])
    assert leg_length(body) == pytest.approx(by_hand)
