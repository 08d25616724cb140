"""Unit, up axis and floor, found from the dancer."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.errors import UnreadableRecording
from repetiteur.io.scale import UNITS, settle, standing_height

NAMES = ["pelvis", "head", "left_ankle", "right_ankle", "left_toe", "right_toe"]


def dancer(height: float, frames: int = 50, floor: float = 0.0) -> np.ndarray:
    """Metres, y up: the pelvis at ``height`` over the toes, trunk upright."""
    one = [
        [0, height, 0], [0.01, 1.7 * height, 0.02],
        [0.1, 0.08, 0], [-0.1, 0.08, 0], [0.1, 0, 0.15], [-0.1, 0, 0.15],
    ]  # fmt: skip
    place = np.tile(np.transpose(one)[np.newaxis], (frames, 1, 1)).astype(float)
    place[:, 1] += floor
    return place


@pytest.mark.parametrize("height", [0.5, 0.7, 0.92, 1.1])
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("up", ["y", "z"])
def test_unit_axis_and_floor_are_found(height, unit, up):
    place = dancer(height, floor=0.37) / UNITS[unit]
    if up == "z":
        place = np.stack([place[:, 0], -place[:, 2], place[:, 1]], axis=1)
    before = place.copy()
    found, lines = settle(place, NAMES)
    np.testing.assert_allclose(found, dancer(height), atol=1e-9)
    np.testing.assert_array_equal(place, before)
    assert lines[0] == f"up axis: {up}, found"
    assert f"found (standing pelvis {height:.2f} m)" in lines[1]
    assert "+0.370 m" in lines[2]


def test_what_is_given_is_not_looked_for():
    found, lines = settle(dancer(0.9) * 100, NAMES, unit="mm", up="y")
    np.testing.assert_allclose(found, dancer(0.9) / 10, atol=1e-12)
    assert lines[:2] == [
        "up axis: y, given",
        "warning: unit: millimetres, given (standing pelvis 0.09 m), which no dancer's "
        "does",
    ]
    with pytest.raises(UnreadableRecording, match="--unit"):
        settle(dancer(0.9), NAMES, up="z")


def test_an_axis_that_is_given_against_the_trunk_is_warned_of():
    place = dancer(0.9)
    found, lines = settle(place, NAMES, unit="m", up="z")
    assert found[0, 2, 1] == pytest.approx(-place[0, 1, 1])
    assert lines[0] == "warning: up axis: z, given, and the trunk stands along y"
    _, lines = settle(place[:, :, 2:], NAMES[2:], unit="m", up="z")
    assert lines[0] == "up axis: z, given"


def test_lying_frames_do_not_count_for_the_height():
    place = dancer(0.9, frames=60)
    lying = place[:40].copy()
    lying[:, :, :] = lying[:, [1, 0, 2]]
    lying[:, 1] += 0.1
    mixed = np.concatenate([lying, place[40:]])
    assert standing_height(mixed, NAMES) == pytest.approx(0.9)
    assert standing_height(lying, NAMES) < 0.4


def test_a_dancer_in_no_unit():
    with pytest.raises(UnreadableRecording, match=r"5\.5 units.*--unit"):
        settle(dancer(5.5), NAMES)


def test_no_feet():
    place = dancer(0.9)[:, :, :2]
    with pytest.raises(UnreadableRecording, match="--unit"):
        settle(place, NAMES[:2])
    found, lines = settle(place, NAMES[:2], unit="m")
    np.testing.assert_array_equal(found, place)
    assert lines == [
        "up axis: y, found",
        "unit: metres, given",
        "floor: not found, no feet; heights are as in the file",
    ]


def test_nothing_to_find_the_axis_from():
    _, lines = settle(dancer(0.9)[:, :, 2:], NAMES[2:], unit="m")
    assert lines[0] == "up axis: y, assumed, no trunk to find it from"


def test_hips_stand_for_the_pelvis():
    place = dancer(0.9)
    hips = np.stack([place[:, :, 0], place[:, :, 0]], axis=2)
    hips[:, 1] += [0.02, -0.02]
    both = np.concatenate([hips, place[:, :, 1:]], axis=2)
    names = ["left_hip", "right_hip", *NAMES[1:]]
    assert standing_height(both, names) == pytest.approx(0.9)


def test_gaps_and_a_few_bad_frames_do_not_move_the_floor():
    place = dancer(0.9, frames=300)
    place[:2, 1, 4] = -3.0
    place[10:20] = np.nan
    place[30:40, :, 5] = np.nan
    found, _ = settle(place, NAMES, unit="m")
    assert found[50, 1, 4] == pytest.approx(0.0)
    assert np.isnan(found[10:20]).all()
