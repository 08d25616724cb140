"""Our C3D in the hands of other readers: the same points, the same gaps."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

import bodies
from repetiteur.io.formats import read_poses, write_poses


@pytest.fixture
def written(tmp_path, rng):
    """A file of ours; its positions in mm (time, point, 3); its names."""
    time, points = bodies.moving_points(seconds=2.0, fps=50.0)
    poses = bodies.poses(time, points)
    gaps = rng.random((len(time), 1, len(points), 1)) < 0.1
    poses = poses.assign(position=poses["position"].where(~gaps))
    path = tmp_path / "take.c3d"
    write_poses(poses, path)
    place = poses["position"].to_numpy()[..., 0].transpose(0, 2, 1) * 1000.0
    assert 0.05 < np.isnan(place).mean() < 0.2
    return path, place, list(points)


def test_the_c3d_package_reads_it(written):
    c3d = pytest.importorskip("c3d", reason="the c3d package is not installed")
    path, place, names = written
    with path.open("rb") as file, warnings.catch_warnings(action="ignore"):
        reader = c3d.Reader(file)
        frames = np.array([points for _, points, _ in reader.read_frames()])
        labels = [label.strip() for label in reader.point_labels]
        assert reader.point_rate == 50.0
        assert reader.get_string("POINT:UNITS").strip() == "mm"
    assert labels == names
    missing = np.isnan(place).any(axis=2)
    np.testing.assert_array_equal(frames[..., 3] == -1.0, missing)
    np.testing.assert_allclose(frames[~missing][:, :3], place[~missing], atol=1e-3)


def test_ezc3d_reads_it(written):
    ezc3d = pytest.importorskip("ezc3d", reason="ezc3d is not installed")
    path, place, names = written
    file = ezc3d.c3d(str(path))
    points = file["data"]["points"][:3].transpose(2, 1, 0)
    np.testing.assert_array_equal(np.isnan(points), np.isnan(place))
    np.testing.assert_allclose(points, place, rtol=0, atol=1e-3)
    about = file["parameters"]["POINT"]
    assert about["LABELS"]["value"] == names
    assert about["UNITS"]["value"] == ["mm"]
    assert about["RATE"]["value"] == [50.0]
    assert about["Y_SCREEN"]["value"] == ["+Y"]


def laboratory():
    """A dancer in mm, z up (time, point, 3), one gap; names; the same in metres."""
    sway = np.random.default_rng(1).normal(scale=0.01, size=(40, 28, 3))
    place = np.array([*bodies.STANDING.values()]) + sway
    place[3:5, 2] = np.nan
    lab = np.stack([place[..., 0], -place[..., 2], place[..., 1]], axis=-1) * 1000.0
    return lab, list(bodies.STANDING), place


def check(path, names, place):
    poses = read_poses(path)
    got = poses["position"].sel(keypoint=names).to_numpy()[..., 0].transpose(0, 2, 1)
    np.testing.assert_allclose(got, place, rtol=0, atol=1e-6)
    np.testing.assert_allclose(poses["time"], np.arange(len(place)) / 50.0)


def test_we_read_what_the_c3d_package_writes(tmp_path):
    c3d = pytest.importorskip("c3d", reason="the c3d package is not installed")
    lab, names, place = laboratory()
    writer = c3d.Writer(point_rate=50.0, analog_rate=0.0, point_units="mm  ")
    missing = np.isnan(lab).any(axis=2, keepdims=True)
    residual = np.where(missing, -1.0, 0.0)
    rows = np.concatenate([np.nan_to_num(lab), residual, residual], axis=2)
    empty = np.array([[]])
    writer.add_frames([(row.astype(np.float32), empty) for row in rows])
    writer.set_point_labels(names)
    with warnings.catch_warnings(action="ignore"), (tmp_path / "a.c3d").open("wb") as f:
        writer.write(f)
    check(tmp_path / "a.c3d", names, place)


def test_we_read_what_ezc3d_writes(tmp_path):
    ezc3d = pytest.importorskip("ezc3d", reason="ezc3d is not installed")
    lab, names, place = laboratory()
    file = ezc3d.c3d()
    file["parameters"]["POINT"]["LABELS"]["value"] = names
    file["parameters"]["POINT"]["RATE"]["value"] = [50.0]
    file["parameters"]["POINT"]["UNITS"]["value"] = ["mm"]
    file["parameters"]["ANALOG"]["LABELS"]["value"] = ["Fx", "Fy", "Fz"]
    file["parameters"]["ANALOG"]["RATE"]["value"] = [500.0]
    file["data"]["points"] = lab.transpose(2, 1, 0)
    file["data"]["analogs"] = np.ones((1, 3, 10 * len(lab)))
    file.write(str(tmp_path / "b.c3d"))
    check(tmp_path / "b.c3d", names, place)
