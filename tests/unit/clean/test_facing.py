import numpy as np
import pytest

import altered
import bodies
from repetiteur.clean.facing import find_facing, say_facing


@pytest.mark.parametrize("degrees", [-170.0, -90.0, -12.0, 0.0, 30.0, 135.0])
def test_the_heading_at_the_start_is_found(degrees):
    time, points = bodies.moving_points(seconds=3.0)
    still = find_facing(bodies.poses(time, points))
    assert abs(still) < 20.0
    turned = find_facing(bodies.poses(time, altered.turned(points, degrees)))
    off = (turned - still - degrees + 180.0) % 360.0 - 180.0
    assert abs(off) < 1e-6


@pytest.mark.parametrize(
    ("degrees", "said"),
    [
        (0.0, "the audience"),
        (12.0, "12° to the left of the audience (own left)"),
        (-90.0, "90° to the right of the audience (own right)"),
        (178.0, "away from the audience"),
    ],
)
def test_it_is_said_in_a_line(degrees, said):
    points = {n: np.tile(p, (9, 1)) for n, p in bodies.STANDING.items()}
    poses = bodies.poses(np.arange(9) / 30, altered.turned(points, degrees))
    told = say_facing(poses)
    assert told.attrs["history"] == f"facing at the start: {said}"
    assert told["position"].equals(poses["position"])


def test_only_the_first_second_that_was_seen_counts():
    points = {n: np.tile(p, (150, 1)) for n, p in bodies.STANDING.items()}
    time = np.arange(150) / 30
    for name, place in altered.turned(points, 90.0).items():
        points[name][80:] = place[80:]
        points[name][:40] = np.nan
    assert find_facing(bodies.poses(time, points)) == pytest.approx(0.0)


def test_without_hips_and_shoulders_it_is_not_known():
    poses = bodies.poses(np.arange(3.0), {"nose": np.zeros((3, 3))})
    assert np.isnan(find_facing(poses))
    assert say_facing(poses).attrs["history"].endswith("no hips or shoulders")
