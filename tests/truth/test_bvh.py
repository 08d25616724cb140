"""BVH against what is known: drawn by hand, computed another way, or measured.

The slow kinematics here share nothing with the package: a recursive reading of the
text, one frame and one matrix at a time.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from repetiteur.io.formats import read_poses
from repetiteur.model.poses import body_of
from repetiteur.model.skeletons import mappings

TWO_JOINTS = """HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT LeftUpLeg
  {
    OFFSET 0 -10 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT LeftLeg
    {
      OFFSET 0 -40 0
      CHANNELS 3 Zrotation Xrotation Yrotation
      End Site
      {
        OFFSET 0 -40 0
      }
    }
  }
}
MOTION
Frames: 3
Frame Time: 0.5
1 2 3  0 0 0  0 0 0  0 0 0
1 2 3  0 0 90  0 -90 0  0 0 0
1 2 3  90 0 0  0 0 0  30 90 0
"""


def test_two_joints_drawn_by_hand(tmp_path):
    # Frame 1: the body turns left by 90 degrees (about y: z goes to x), and the leg
    # lifts forwards, so the shin points where the dancer now faces, to +x. Frame 2: the
    # body lies over (y goes to -x), the leg points to +x; the knee turns by 30 degrees
    # about z and then bends by 90 about its own x, which has turned with it: the shin
    # points to -z.
    path = tmp_path / "leg.bvh"
    path.write_text(TWO_JOINTS)
    names = tmp_path / "names.yaml"
    names.write_text(
        "{Hips: pelvis, LeftUpLeg: left_hip, LeftLeg: left_knee, LeftLeg/end: left_ear}"
    )
    poses = read_poses(path, unit="m", up="y", mapping=names)
    place = poses["position"].to_numpy()[..., 0]
    expected = {
        "pelvis": [(1, 2, 3)] * 3,
        "left_hip": [(1, -8, 3), (1, -8, 3), (11, 2, 3)],
        "left_knee": [(1, -48, 3), (41, -8, 3), (51, 2, 3)],
        "left_ear": [(1, -88, 3), (81, -8, 3), (51, 2, -37)],
    }
    for k, keypoint in enumerate(poses["keypoint"].values):
        np.testing.assert_allclose(place[:, :, k], expected[keypoint], atol=1e-12)
    np.testing.assert_allclose(poses["time"], [0.0, 0.5, 1.0])


def slow_read(path: Path) -> tuple[list, list[list[float]], float]:
    """The tree as nested lists [name, offset, channels, children], and the frames."""
    words = path.read_text().split()
    at = 1

    def node() -> list:
        nonlocal at
        name = words[at + 1]
        at += 3
        offset, channels, children = [0.0] * 3, [], []
        while words[at] != "}":
            if words[at] == "OFFSET":
                offset = [float(word) for word in words[at + 1 : at + 4]]
                at += 4
            elif words[at] == "CHANNELS":
                count = int(words[at + 1])
                channels = words[at + 2 : at + 2 + count]
                at += 2 + count
            else:
                children.append(node())
        at += 1
        return [name, offset, channels, children]

    root = node()
    frames, step = int(words[at + 2]), float(words[at + 5])
    numbers = [float(word) for word in words[at + 6 :]]
    width = len(numbers) // frames
    return root, [numbers[f * width : (f + 1) * width] for f in range(frames)], step


def slow_places(root: list, row: list[float]) -> dict[str, np.ndarray]:
    """Place of each joint in one frame, in the file's unit."""
    found: dict[str, np.ndarray] = {}
    numbers = iter(row)

    def turn(letter: str, degrees: float) -> np.ndarray:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return np.array(
            {
                "X": [[1, 0, 0], [0, c, -s], [0, s, c]],
                "Y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
                "Z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
            }[letter]
        )

    def visit(joint: list, origin: np.ndarray, axes: np.ndarray, above: str) -> None:
        name, offset, channels, children = joint
        name = f"{above}/end" if name == "Site" else name
        step, own = np.array(offset), np.eye(3)
        for channel in channels:
            if channel.endswith("position"):
                step["XYZ".index(channel[0])] = next(numbers)
            else:
                own = own @ turn(channel[0], next(numbers))
        found[name] = origin + axes @ step
        for child in children:
            visit(child, found[name], axes @ own, name)

    visit(root, np.zeros(3), np.eye(3), "")
    return found


@pytest.mark.parametrize(
    ("name", "mapping"),
    [
        ("cmu_pirouette", "daz"),
        ("cmu_60_02_salsa", "daz"),
        ("cmu_94_04_indian", "daz"),
        ("rokoko_jesse_dance", "biped"),
    ],
)
def test_positions_are_those_of_slow_kinematics(test_data, name, mapping):
    path = test_data / "mocap" / f"{name}.bvh"
    poses = read_poses(path)
    root, rows, step = slow_read(path)
    assert poses.sizes["time"] == len(rows)
    np.testing.assert_allclose(poses["time"], np.arange(len(rows)) * step)
    body = body_of(poses)
    inverse = {
        recipe.keypoint: recipe.sources[0] for recipe in reversed(mappings()[mapping])
    }  # of two names for one keypoint the first counts, and these files have it
    compared, floors = 0, set()
    for f in range(0, len(rows), 97):
        found = {n.casefold(): p for n, p in slow_places(root, rows[f]).items()}
        for keypoint, track in body.points.items():
            if inverse[keypoint] not in found:
                continue
            difference = found[inverse[keypoint]] / 100.0 - track[f]
            np.testing.assert_allclose(difference[[0, 2]], 0.0, atol=1e-9)
            floors.add(round(float(difference[1]), 9))
            compared += 1
    assert compared >= 18 * (len(rows) // 97)
    assert len(floors) == 1  # one height was taken from all


def yaw(body, left: str, right: str) -> np.ndarray:
    """Heading in degrees, without jumps, counter-clockwise from above positive."""
    across = body[left] - body[right]
    return np.degrees(np.unwrap(np.arctan2(-across[:, 2], across[:, 0])))


@pytest.fixture
def pirouette(test_data):
    return body_of(read_poses(test_data / "mocap" / "cmu_pirouette.bvh"))


def test_the_pirouette_turns_twice_to_the_right(pirouette):
    heading = yaw(pirouette, "left_hip", "right_hip")
    start, end = np.searchsorted(pirouette.time, [0.86, 2.83])
    assert heading[end] - heading[start] == pytest.approx(-724, abs=4)
    window = 12  # frames in a tenth of a second: the rate without marker noise
    turning = heading[start : end + 1]
    rate = (turning[window:] - turning[:-window]) * 10.0
    assert 675 < -rate.min() < 705
    assert rate.max() < -60  # it never stops between
    shoulders = yaw(pirouette, "left_shoulder", "right_shoulder")
    start, end = np.searchsorted(pirouette.time, [1.13, 2.77])
    assert shoulders[end] - shoulders[start] == pytest.approx(-717, abs=4)


def test_the_pirouette_stands_on_the_left_foot(pirouette):
    passe = (pirouette.time > 1.65) & (pirouette.time < 2.2)
    raised = pirouette["right_ankle"][passe, 1] - pirouette["left_ankle"][passe, 1]
    assert 0.25 < raised.min() < raised.max() < 0.55
    lowest = np.minimum(
        pirouette["left_toe"][passe, 1], pirouette["left_ankle"][passe, 1]
    )
    assert lowest.max() < 0.12


def test_the_pirouette_ends_still(pirouette):
    after = pirouette.time > 3.9
    assert np.ptp(pirouette["pelvis"][after], axis=0).max() < 0.05


def test_a_header_that_lies_changes_times_alone(test_data):
    right = read_poses(test_data / "mocap" / "cmu_pirouette.bvh")
    wrong = read_poses(test_data / "mocap" / "cmu_pirouette_wrong_frametime.bvh")
    np.testing.assert_array_equal(wrong["position"], right["position"])
    np.testing.assert_allclose(wrong["time"], 10 * right["time"], rtol=1e-5)
    healed = read_poses(
        test_data / "mocap" / "cmu_pirouette_wrong_frametime.bvh", fps=120
    )
    np.testing.assert_allclose(healed["time"], right["time"], rtol=1e-5)
    assert "at 120 Hz, given; the header says 12 Hz" in healed.attrs["history"]


@pytest.mark.parametrize(
    ("name", "height"),
    [
        ("cmu_60_02_salsa", 0.77), ("cmu_60_06_salsa", 0.76), ("cmu_61_02_salsa", 0.76),
        ("cmu_61_06_salsa", 0.75), ("cmu_94_04_indian", 0.70),
        ("cmu_94_13_indian", 0.70), ("cmu_pirouette", 0.74),
        ("rokoko_jesse_dance", 0.96),
    ],
)  # fmt: skip
def test_every_recording_is_read_at_life_size(test_data, name, height):
    poses = read_poses(test_data / "mocap" / f"{name}.bvh")
    history = poses.attrs["history"]
    assert f"unit: centimetres, found (standing pelvis {height:.2f} m)" in history
    assert "up axis: y, found" in history
    assert ("rest pose" in history) == name.startswith("cmu")
    body = body_of(poses)
    shin = np.linalg.norm(body["left_knee"] - body["left_ankle"], axis=1)
    assert 0.35 < shin.mean() < 0.5
    assert np.ptp(shin) < 1e-6
    feet = np.minimum(body["left_toe"][:, 1], body["right_toe"][:, 1])
    assert abs(np.percentile(feet, 1)) < 0.03
