import numpy as np
import pytest

import bodies
import filming
from repetiteur.clean.jumps import drop_jumps
from repetiteur.errors import InvalidPoses
from repetiteur.synthetic import dance

DANCES = {
    "kicks": (filming.kicks(), 60.0),  # the foot goes at 12 m/s
    "pirouettes": (filming.pirouettes(3), 90.0),  # the hands at 10 m/s
}


def gone(poses):
    return np.isnan(poses["position"].to_numpy()).any(axis=1)


@pytest.fixture(scope="module", params=[30.0, 60.0, 120.0], ids=lambda f: f"{f:g} fps")
def dances(request):
    return {
        name: dance(phrase, fps=request.param, bpm=bpm)
        for name, (phrase, bpm) in DANCES.items()
    }


@pytest.mark.parametrize("name", DANCES)
def test_fast_dancing_loses_nothing(dances, name):
    poses = dances[name]
    assert drop_jumps(poses)["position"].equals(poses["position"])


@pytest.mark.parametrize("fps", [25.0, 30.0, 60.0, 120.0, 240.0])
def test_a_foot_at_fifteen_metres_a_second_loses_nothing(rng, fps):
    time = np.arange(0.0, 2.0, 1.0 / fps)
    lasts = 1.875 * 2.6 * 0.9 / 15.0  # minimum jerk through 2.6 rad about the hip
    u = np.clip((0.9 - np.abs(time - 1.0)) / lasts - (0.9 / lasts - 1.0), 0.0, 1.0)
    angle = 2.6 * u**3 * (10 - 15 * u + 6 * u**2)
    place = 0.9 * np.column_stack([np.sin(angle), 1.1 - np.cos(angle), 0 * angle])
    speed = np.linalg.norm(np.diff(place, axis=0), axis=1).max() * fps
    assert speed > (11.0 if fps < 40 else 14.0)
    place += rng.normal(0.0, 0.001, place.shape)
    poses = bodies.poses(time, {"left_ankle": place})
    assert not gone(drop_jumps(poses)).any()


@pytest.mark.parametrize("name", DANCES)
@pytest.mark.parametrize("burst_s", [0.0, 0.05, 0.1])
def test_bursts_in_fast_dancing_are_found(dances, name, burst_s):
    poses = dances[name]
    time = poses["time"].to_numpy()
    step = time[1] - time[0]
    size = {30: 1.0, 60: 0.25, 120: 0.1}[round(1 / step)]
    count = max(1, round(burst_s / step))
    rng = np.random.default_rng(8)
    place = poses["position"].to_numpy().copy()
    planted = np.zeros(place.shape[::2], dtype=bool)
    for k in range(planted.shape[1]):
        for start in range(12, len(time) - 12 - count, 40):
            first = start + int(rng.integers(0, 6))
            way = rng.normal(size=3)
            burst = slice(first, first + count)
            place[burst, :, k, 0] += size * way / np.linalg.norm(way)
            planted[burst, k] = True
    cleaned = drop_jumps(poses.assign(position=(poses["position"].dims, place)))
    found = gone(cleaned)[..., 0]
    assert found[planted].mean() > 0.98
    assert found[~planted].mean() < 0.002
    assert (cleaned["confidence"].to_numpy()[..., 0][found] == 0.0).all()


def test_what_stays_or_lasts_longer_or_is_small_is_kept():
    time, points = bodies.moving_points(seconds=2.0, fps=120.0)
    for name, start, end, size in (
        ("left_wrist", 60, 240, 1.0),
        ("left_knee", 60, 90, 1.0),
        ("head", 60, 62, 0.07),
    ):
        points[name][start:end, 1] += size
    poses = bodies.poses(time, points)
    assert not gone(drop_jumps(poses)).any()
    assert gone(drop_jumps(poses, longest_s=0.3)).sum() == 30


@pytest.mark.parametrize("at", [0, 1, -1])
def test_the_ends_are_left_alone(at):
    """A rest pose before the first frame is no jump there and back."""
    time, points = bodies.moving_points(seconds=1.0)
    points["left_wrist"][at, 0] += 1.0
    assert not gone(drop_jumps(bodies.poses(time, points))).any()


def test_uneven_times_and_gaps_beside_it_hide_no_jump(rng):
    time, points = bodies.moving_points(seconds=3.0, fps=120.0)
    kept = np.sort(rng.choice(time.size, 240, replace=False))
    points = {name: place[kept] for name, place in points.items()}
    points["nose"][100, 2] += 1.0
    points["nose"][[99, 102]] = np.nan
    before = ~np.isfinite(points["nose"]).all(axis=1)
    found = gone(drop_jumps(bodies.poses(time[kept], points)))
    row = list(points).index("nose")
    assert np.flatnonzero(found[:, row, 0] & ~before).tolist() == [100]
    assert found.sum() == 3


def test_it_needs_space():
    flat = bodies.poses(np.arange(3.0), {"nose": np.zeros((3, 2))})
    with pytest.raises(InvalidPoses, match="3D"):
        drop_jumps(flat)
