"""One camera on calibrated video: what each of four says of a balance on one leg.

The consensus of all four says what is true in space. What a camera judges is near it,
and what depths that it does not see may change is in its interval.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from repetiteur.clean.tracked import clean_tracked
from repetiteur.kinematics.joints import joint_angles
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.technique.in_picture import in_the_picture
from repetiteur.technique.measure import measures
from repetiteur.technique.moments import moments_of, near
from repetiteur.track.errors import with_errors

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ANGLES = {
    "leg_elevation": "right_leg_elevation",
    "knee_extension_support": "left_knee_flexion",
}

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Seen:
    """What one camera said at the top of the gesture, and what is true there."""

    taken: dict
    lacking: list
    space: dict
    plane: dict


@pytest.fixture(scope="module")
def clip(test_data):
    """The clip with four cameras, tracked."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from clips import CAMERAS, clip_of, raw_poses

        folder = test_data / "video" / "pose2sim_single"
        poses = [raw_poses(folder / f"{c}.mp4", "heavy", keep=None) for c in CAMERAS]
        yield clip_of(folder / "Calib.qca.txt", poses)
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def consensus(clip):
    """The body that all four see, y up, and its balance with the right leg raised."""
    points = clip.points(clip.all_four())
    upright = {name: place[:, [1, 2, 0]] for name, place in points.items()}
    movement = movement_of(Body(clip.time, upright))
    gesture = next(
        m for m in moments_of(movement) if (m.kind, m.side) == ("gesture", "right")
    )
    assert any(
        balance.start < gesture.event.peak < balance.end
        for balance in movement.balances
    )
    return movement, gesture


def read(body, gesture):
    """Both angles of a body at the top of the gesture."""
    angles, when = joint_angles(body), gesture.event.peak_s
    return {m: near(angles[name], body.time, when) for m, name in ANGLES.items()}


@pytest.fixture(scope="module")
def cameras(clip, consensus):
    movement, gesture = consensus
    able = [m for m in measures() if m.id in ANGLES and m.on == "gesture"]
    out = {}
    for camera, poses in zip(clip.file, clip.poses, strict=True):
        body = body_of(with_errors(clean_tracked(poses)))
        taken, lacking = in_the_picture(able, movement_of(body), [gesture])
        own = camera.seen_from(clip.all_four()) * [1.0, -1.0, 0.0]
        flat = Body(clip.time, clip.points(own), facing=np.zeros(clip.time.size))
        out[camera.name] = Seen(
            taken={entry.measure: entry for entry in taken},
            lacking=lacking,
            space=read(movement.body, gesture),
            plane=read(flat, gesture),
        )
    return out


def test_a_camera_shows_how_high_the_leg_is(cameras):
    assert any("leg_elevation" in seen.taken for seen in cameras.values())


@pytest.mark.parametrize("name", ANGLES)
def test_what_is_judged_is_near_what_the_four_see(cameras, name):
    for seen in cameras.values():
        if name in seen.taken:
            assert abs(seen.taken[name].value - abs(seen.space[name])) <= 5.0


def test_a_knee_that_bends_towards_a_camera_is_not_judged_by_it(cameras):
    """All four see 20 to 31 of its 45 degrees, each in its own plane."""
    for name in ("cam02", "cam03"):
        assert abs(cameras[name].plane["knee_extension_support"]) < 31.0
        assert "knee_extension_support" not in cameras[name].taken
        assert cameras[name].lacking


@pytest.mark.parametrize("name", ANGLES)
def test_what_is_true_in_space_lies_in_every_interval(cameras, name):
    for seen in cameras.values():
        if name in seen.taken:
            low, high = seen.taken[name].interval90
            assert low <= seen.space[name] <= high


def test_tilted_cameras_do_not_judge(cameras):
    """Two of them lean by 13 and 26 degrees."""
    for name in ("cam01", "cam04"):
        assert not cameras[name].taken
        assert all("tilted" in entry.reason for entry in cameras[name].lacking)
