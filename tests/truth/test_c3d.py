"""C3D against files written byte by byte from the manual."""

from __future__ import annotations

import numpy as np
import pytest

from bodies import STANDING
from c3ds import DEC, INTEL, MIPS, Take, text, whole
from repetiteur.io.formats import read_poses

NAMES = list(STANDING)
FRAMES = 7


@pytest.fixture
def place(rng):
    """A dancer who sways, in metres, y up (frame, point, 3), with gaps.

    Whole tenths of millimetres, such as 16 bits can hold.
    """
    still = np.array([STANDING[name] for name in NAMES])
    moved = still + rng.uniform(-0.02, 0.02, size=(FRAMES, len(NAMES), 3))
    moved = moved.round(4)
    moved[2:4, NAMES.index("left_wrist")] = np.nan
    moved[0, NAMES.index("nose")] = np.nan
    return moved


def z_up(place, metre=1000.0):
    """As a laboratory has it: (x, y, z) is (x, -z, y), in its unit."""
    return np.stack([place[..., 0], -place[..., 2], place[..., 1]], axis=-1) * metre


def screens(up):
    return {"POINT": {"X_SCREEN": text("+X"), "Y_SCREEN": text(up)}}


def expect(path, place, atol):
    poses = read_poses(path)
    got = poses["position"].sel(keypoint=NAMES).to_numpy()[..., 0]
    np.testing.assert_allclose(got.transpose(0, 2, 1), place, rtol=0, atol=atol)
    return poses


@pytest.mark.parametrize("first", [1, 240])
def test_floating_point_of_intel(tmp_path, place, first):
    path = tmp_path / "take.c3d"
    lab = z_up(place).astype("f4").astype(float)
    take = Take(lab, NAMES, rate=120.0, first=first, parameters=screens("+Z"))
    path.write_bytes(take.content())
    back = np.stack([lab[..., 0], lab[..., 2], -lab[..., 1]], axis=-1) * 0.001
    poses = expect(path, back, atol=1e-15)
    np.testing.assert_allclose(poses["time"], np.arange(FRAMES) / 120.0, atol=1e-12)
    confidence = poses["confidence"].sel(keypoint=NAMES).to_numpy()[..., 0]
    seen = np.isfinite(place).all(axis=2)
    np.testing.assert_array_equal(confidence, np.where(seen, 1.0, np.nan))
    history = poses.attrs["history"]
    assert "up axis: z, as the file says" in history
    assert "unit: millimetres, as the file says" in history
    assert "floor: as in the file" in history
    assert poses.attrs["source_software"] == "C3D"


@pytest.mark.parametrize("machine", [INTEL, DEC, MIPS])
def test_integers_times_the_scale(tmp_path, place, machine):
    path = tmp_path / "take.c3d"
    step = 0.125  # of a millimetre: a float that is exact
    lab = (z_up(place) / step).round() * step
    path.write_bytes(Take(lab, NAMES, step=step, machine=machine).content())
    back = np.stack([lab[..., 0], lab[..., 2], -lab[..., 1]], axis=-1) * 0.001
    expect(path, back, atol=1e-15)


@pytest.mark.parametrize("machine", [DEC, MIPS])
def test_floating_point_of_other_computers(tmp_path, place, machine):
    path = tmp_path / "take.c3d"
    lab = z_up(place).astype("f4").astype(float)
    path.write_bytes(Take(lab, NAMES, machine=machine).content())
    back = np.stack([lab[..., 0], lab[..., 2], -lab[..., 1]], axis=-1) * 0.001
    expect(path, back, atol=1e-15)


@pytest.mark.parametrize("step", [None, 0.125])
def test_samples_of_other_instruments_between_the_points(tmp_path, place, step, rng):
    path = tmp_path / "take.c3d"
    lab = z_up(place) if step is None else (z_up(place) / step).round() * step
    analog = rng.integers(-2000, 2000, size=(FRAMES, 10, 3)).astype(float)
    path.write_bytes(Take(lab, NAMES, step=step, analog=analog).content())
    back = np.stack([lab[..., 0], lab[..., 2], -lab[..., 1]], axis=-1) * 0.001
    expect(path, back, atol=1e-7)


@pytest.mark.parametrize(("unit", "metre"), [("m", 1.0), ("cm", 100.0)])
def test_units_of_the_file(tmp_path, place, unit, metre):
    path = tmp_path / "take.c3d"
    path.write_bytes(Take(z_up(place, metre), NAMES, unit=unit).content())
    expect(path, place, atol=1e-6)


def test_measured_points_have_a_residual(tmp_path, place):
    """Word 4 of a measured point: cameras in the high byte, residual in the low one."""
    path = tmp_path / "take.c3d"
    measured = Take(z_up(place), NAMES, residual=float(0x7F00 + 12))
    path.write_bytes(measured.content())
    expect(path, place, atol=1e-6)


@pytest.mark.parametrize("where", ["POINT", "TRIAL"])
def test_more_frames_than_a_counter_of_16_bits_holds(tmp_path, where):
    frames = 65_537
    still = np.array([STANDING[name] for name in ("left_hip", "left_toe")])
    place = np.broadcast_to(still, (frames, 2, 3)).copy()
    place[-1] += 0.25
    long = {"POINT": {"LONG_FRAMES": b"\x04\0" + np.float32(frames).tobytes()}}
    if where == "TRIAL":
        begin, end = whole(1, 0), whole(frames & 0xFFFF, frames >> 16)
        long = {"TRIAL": {"ACTUAL_START_FIELD": begin, "ACTUAL_END_FIELD": end}}
    path = tmp_path / "take.c3d"
    content = Take(place, ["left_hip", "left_toe"], unit="m", parameters=long).content()
    path.write_bytes(content + bytes(512))
    poses = read_poses(path, unit="m", up="y")
    assert poses.sizes["time"] == frames
    shift = poses["position"][-1] - poses["position"][0]
    np.testing.assert_allclose(shift, 0.25, atol=1e-6)
