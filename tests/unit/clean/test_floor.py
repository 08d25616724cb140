import numpy as np
import pytest

import bodies
from repetiteur.clean.floor import find_floor, level_floor


def walking(rng, *, reach=2.0, seconds=40.0, fps=60.0, lifted=True):
    """Feet that stand here and there on a level floor, for half a second each."""
    time = np.arange(0.0, seconds, 1.0 / fps)
    stands = int(2 * seconds)
    points = {}
    for side, late in (("left", 0.0), ("right", 0.25)):
        spots = rng.uniform(-reach, reach, (stands + 2, 2)) * [1.0, 0.75]
        phase = 2.0 * (time + late)
        at, u = np.floor(phase).astype(int), np.clip(2 * (phase % 1.0) - 1.0, 0.0, 1.0)
        u = u**3 * (10 - 15 * u + 6 * u**2)
        flat = spots[at] + u[:, np.newaxis] * (spots[at + 1] - spots[at])
        up = 0.2 * np.sin(np.pi * u) ** 2
        risen = 0.08 * (at % 5 == 0)  # on demi-pointe
        for part, height in (
            ("toe", 0.03),
            ("heel", 0.04 + risen),
            ("ankle", 0.09 + risen),
        ):
            y = height + up * lifted + rng.normal(0.0, 0.001, time.size)
            points[f"{side}_{part}"] = np.column_stack([flat[:, 0], y, flat[:, 1]])
    return time, points


def tilted(points, degrees):
    """Turned about stage left: the side of the audience goes down."""
    a = np.radians(degrees)
    turn = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    return {name: place @ turn.T for name, place in points.items()}


def test_a_level_floor_is_level_and_left_alone(rng):
    poses = bodies.poses(*walking(rng))
    floor = find_floor(poses)
    assert floor.tilt < 0.1
    assert not floor.clear
    levelled = level_floor(poses)
    assert levelled["position"].equals(poses["position"])
    assert levelled.attrs["history"] == f"floor: level within 1.5° ({floor.tilt:.1f}°)"


@pytest.mark.parametrize("degrees", [-6.0, 2.0, 4.0])
def test_a_tilted_floor_is_found_and_made_level(rng, degrees):
    time, points = walking(rng)
    poses = bodies.poses(time, tilted(points, degrees))
    floor = find_floor(poses)
    assert floor.tilt == pytest.approx(abs(degrees), abs=0.15)
    assert floor.clear
    off = abs(floor.falls) - (0.0 if degrees > 0 else 180.0)
    assert abs(off) < 5.0
    levelled = level_floor(poses)
    assert find_floor(levelled).tilt < 0.15
    toe = levelled["position"].sel(keypoint="left_toe").to_numpy()[:, 1, 0]
    assert np.median(toe) == pytest.approx(0.0, abs=0.01)
    assert levelled.attrs["history"].endswith("made level")
    again = level_floor(levelled)
    assert again["position"].equals(levelled["position"])


def test_what_was_recorded_is_turned_along(rng):
    time, points = walking(rng)
    poses = bodies.poses(time, tilted(points, 4.0))
    kept = poses.assign(raw_position=poses["position"].copy(deep=True))
    levelled = level_floor(kept)
    assert levelled["raw_position"].dims == kept["raw_position"].dims
    assert np.array_equal(levelled["raw_position"], levelled["position"])


def test_distances_stay(rng):
    time, points = walking(rng)
    poses = bodies.poses(time, tilted(points, 4.0))
    before, after = (
        p["position"].to_numpy()[:, :, 0] - p["position"].to_numpy()[:, :, 1]
        for p in (poses, level_floor(poses))
    )
    assert np.allclose(np.linalg.norm(before, axis=1), np.linalg.norm(after, axis=1))


@pytest.mark.parametrize(
    ("reach", "seconds"), [(0.1, 40.0), (2.0, 1.0)], ids=["one spot", "a second"]
)
def test_too_little_floor_says_so(rng, reach, seconds):
    time, points = walking(rng, reach=reach, seconds=seconds)
    poses = bodies.poses(time, tilted(points, 4.0))
    levelled = level_floor(poses)
    assert levelled["position"].equals(poses["position"])
    assert "is not known" in levelled.attrs["history"]


def test_one_line_does_not_tell_the_tilt_across_it(rng):
    time, points = walking(rng)
    line = {name: place * [0.02, 1.0, 1.0] for name, place in points.items()}
    assert not find_floor(bodies.poses(time, tilted(line, 4.0))).clear


def test_without_feet_nothing_is_known():
    poses = bodies.poses(np.arange(3.0), {"nose": np.zeros((3, 3))})
    assert "is not known" in find_floor(poses).reason
