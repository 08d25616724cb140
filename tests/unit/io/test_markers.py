"""From the named points of a file to poses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import bodies
from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.formats import ReadOptions
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

PATH = Path("take.xyz")
TIME, POINTS = bodies.moving_points(seconds=0.5)
POINTS = {name: place + np.array([0.0, 0.1, 0.0]) for name, place in POINTS.items()}
NAMES = list(POINTS)
PLACE = np.stack([POINTS[name] for name in NAMES], axis=2)
FLOOR = min(POINTS[f"{side}_{part}"][:, 1].min() for side in ("left", "right")
            for part in ("ankle", "heel", "toe"))  # fmt: skip
PLAIN = Markers(NAMES, PLACE, software="a test", time=TIME)


def read(markers, **options):
    return poses_of(markers, PATH, ReadOptions(**options))


def of(poses, keypoint, dancer=0):
    return poses["position"].sel(keypoint=keypoint).to_numpy()[..., dancer]


def test_metres_and_a_floor_are_found():
    poses = read(replace(PLAIN, position=1000.0 * PLACE + [[0.0], [50.0], [0.0]]))
    lowest = POINTS["left_knee"] - [0, FLOOR, 0]
    assert np.abs(of(poses, "left_knee") - lowest).max() < 0.01  # a percentile
    history = poses.attrs["history"]
    assert "unit: millimetres, found" in history
    assert history.startswith("a test, 30 frames at 60 Hz")
    assert poses.attrs["source_software"] == "a test"


def test_a_laboratorys_floor_is_kept():
    poses = read(replace(PLAIN, header=Header("m", "y", floor=True)))
    assert np.array_equal(of(poses, "left_knee"), POINTS["left_knee"])
    assert "floor: as in the file" in poses.attrs["history"]
    sunk = read(
        replace(
            PLAIN, position=PLACE - [[0.0], [0.3], [0.0]], header=Header(floor=True)
        )
    )
    assert "floor: found from the feet" in sunk.attrs["history"]


def test_what_a_header_says_wrongly_is_found_and_warned_of():
    lying = replace(PLAIN, position=1000.0 * PLACE, header=Header("m", "z"))
    lines = read(lying).attrs["history"].splitlines()
    warnings = [line for line in lines if line.startswith("warning: ")]
    assert len(warnings) == 2
    assert "the file says z, and the trunk stands along y" in warnings[0]
    assert "the file says metres" in warnings[1]
    assert "millimetres, found" in warnings[1]


def test_what_a_person_says_counts_and_is_doubted():
    poses = read(replace(PLAIN, position=1000.0 * PLACE), unit="m")
    assert of(poses, "left_knee").max() > 100.0
    assert "warning: unit: metres, given" in poses.attrs["history"]


def test_z_up_is_turned():
    turned = np.stack([PLACE[:, 0], -PLACE[:, 2], PLACE[:, 1]], axis=1)
    poses = read(replace(PLAIN, position=turned, header=Header("m", "z", floor=True)))
    assert np.allclose(of(poses, "nose"), POINTS["nose"])
    assert "up axis: z, as the file says" in poses.attrs["history"]


def test_times_begin_at_zero_and_a_given_rate_replaces_them():
    assert read(replace(PLAIN, time=TIME + 7.0))["time"][0] == 0.0
    given = read(replace(PLAIN, time=None), fps=50)
    assert np.allclose(given["time"], np.arange(30) / 50)
    assert "at 50 Hz, given" in given.attrs["history"]


def test_no_times_and_none_given():
    with pytest.raises(UnreadableRecording, match="--fps"):
        read(replace(PLAIN, time=None))


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_times_that_do_not_increase(bad):
    times = TIME.copy()
    times[4] = bad
    with pytest.raises(DamagedFile, match="increase"):
        read(replace(PLAIN, time=times))


@pytest.mark.parametrize("place", [PLACE[:0], PLACE[:, :, :0]])
def test_nothing_in_it(place):
    names = NAMES[: place.shape[2]]
    with pytest.raises(DamagedFile, match="a frame and a point"):
        read(Markers(names, place, software="a test", time=TIME[: len(place)]))


def test_points_that_are_no_keypoint_stay_under_their_names():
    extra = np.concatenate([PLACE, PLACE[:, :, :1] + 0.1], axis=2)
    poses = read(replace(PLAIN, names=[*NAMES, "LTHI"], position=extra))
    assert str(poses["keypoint"].to_numpy()[-1]) == "LTHI"
    off = of(poses, "LTHI") - of(poses, NAMES[0])
    assert np.allclose(off, 0.1)


def test_dancers_are_told_by_their_prefix():
    both = Markers(
        [f"Anna:{n}" for n in NAMES] + [f"Bo:{n}" for n in NAMES] + ["floor"],
        np.concatenate([PLACE, PLACE + 2.0, PLACE[:, :, :1]], axis=2),
        software="a test",
        time=TIME,
        header=Header("m", "y"),
    )
    poses = read(both)
    assert poses["individual"].to_numpy().tolist() == ["Anna", "Bo"]
    apart = of(poses, "left_hip", 1) - of(poses, "left_hip", 0)
    assert np.allclose(apart, 2.0)
    assert "floor" not in poses["keypoint"].to_numpy().tolist()


def test_dancers_are_told_by_names_that_only_a_map_knows(tmp_path):
    theirs = {name: f"x{k}" for k, name in enumerate(NAMES)}
    (tmp_path / "map.yaml").write_text(
        "\n".join(f"{there}: {ours}" for ours, there in theirs.items())
    )
    both = Markers(
        [f"{who}:{theirs[n]}" for who in ("Anna", "Bo") for n in NAMES],
        np.concatenate([PLACE, PLACE + 2.0], axis=2),
        software="a test",
        time=TIME,
    )
    poses = read(both, mapping=tmp_path / "map.yaml")
    assert poses["individual"].to_numpy().tolist() == ["Anna", "Bo"]


def test_one_prefix_is_one_dancer():
    poses = read(replace(PLAIN, names=[f"Anna:{n}" for n in NAMES]))
    assert poses["individual"].to_numpy().tolist() == ["dancer"]
    assert set(poses["keypoint"].to_numpy().tolist()) == set(NAMES)


def test_confidence_follows_its_points():
    sure = np.tile(np.linspace(0.1, 0.9, len(NAMES)), (30, 1))
    poses = read(replace(PLAIN, confidence=sure))
    at = NAMES.index("left_knee")
    found = poses["confidence"].sel(keypoint="left_knee").to_numpy()[:, 0]
    assert np.array_equal(found, sure[:, at])


def test_gaps_are_said():
    gaps = PLACE.copy()
    gaps[3:6, :, 0] = np.nan
    poses = read(replace(PLAIN, position=gaps))
    assert np.isnan(of(poses, NAMES[0])[3:6]).all()
    assert "not seen: 0.36 % of all samples" in poses.attrs["history"]


def test_in_the_picture_nothing_is_turned_or_scaled():
    flat = replace(PLAIN, position=PLACE[:, :2] * 300.0, image_size=(640, 480))
    poses = read(flat)
    assert np.array_equal(of(poses, "nose"), POINTS["nose"][:, :2] * 300.0)
    assert (poses.attrs["image_width"], poses.attrs["image_height"]) == (640, 480)
    with pytest.raises(UnreadableRecording, match="2D"):
        read(flat, unit="m")


def test_our_own_files_come_back_as_they_were():
    strange = PLACE * 0.1 + 5.0  # nobody's floor, nobody's size
    poses = read(replace(PLAIN, position=strange, ours=True))
    assert np.array_equal(of(poses, "nose"), strange[:, :, NAMES.index("nose")])
