"""NetCDF keeps everything, and movement's files are read."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from repetiteur.errors import (
    CannotWrite,
    DamagedFile,
    InvalidPoses,
    UnreadableRecording,
)
from repetiteur.io import netcdf
from repetiteur.io.formats import read_poses, write_poses


@pytest.fixture
def path(tmp_path):
    return tmp_path / "take.nc"


def test_everything_comes_back(path, gappy):
    write_poses(gappy, path)
    again = read_poses(path)
    xr.testing.assert_identical(again, gappy)
    for name, value in gappy.attrs.items():
        assert np.array_equal(again.attrs[name], value)
        assert isinstance(again.attrs[name], str) == isinstance(value, str)


def test_variables_besides_the_positions_come_back(path, gappy):
    world = (("time", "world_space", "keypoint", "individual"), gappy["position"].data)
    more = gappy.assign(world_position=world)
    write_poses(more, path)
    xr.testing.assert_identical(read_poses(path), more)


def test_the_file_can_be_replaced_while_its_poses_are_in_use(path, gappy):
    write_poses(gappy, path)
    again = read_poses(path)
    write_poses(again, path)
    xr.testing.assert_identical(read_poses(path), again)


def test_plural_names_of_older_movement_files(path, gappy):
    old = gappy.rename(keypoint="keypoints", individual="individuals")
    old = old.assign(position=old["position"].transpose("time", "individuals", ...))
    old.drop_attrs().assign_attrs(time_unit="seconds").to_netcdf(
        path, engine="h5netcdf"
    )
    again = read_poses(path)
    xr.testing.assert_equal(again, gappy)


def test_space_in_another_order(path, gappy):
    turned = gappy.isel(space=[2, 0, 1])
    write_poses(turned, path)
    xr.testing.assert_identical(read_poses(path), gappy)
    write_poses(gappy.assign_coords(space=["e", "n", "u"]), path)
    with pytest.raises(UnreadableRecording, match="axes x, y"):
        read_poses(path)


def test_frame_numbers_need_a_frame_rate(path, gappy):
    frames = gappy.assign_coords(time=np.arange(5)).assign_attrs(time_unit="frames")
    write_poses(frames, path)
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(path)
    poses = read_poses(path, fps=50)
    np.testing.assert_allclose(poses["time"], np.arange(5) / 50)
    assert poses.attrs["history"].endswith("times: 50 Hz, given")
    frames.drop_vars("time").to_netcdf(path, engine="h5netcdf")
    with pytest.raises(UnreadableRecording, match="--fps"):
        read_poses(path)


def test_unit_and_axis_are_taken_from_the_person(path, gappy):
    write_poses(gappy, path)
    poses = read_poses(path, unit="mm", up="z")
    there = gappy["position"].to_numpy() / 1000
    np.testing.assert_allclose(poses["position"][:, 1], there[:, 2])
    np.testing.assert_allclose(poses["position"][:, 2], -there[:, 1])
    assert "unit: mm, up axis: z; given" in poses.attrs["history"]
    write_poses(gappy.isel(space=[0, 1]), path)
    assert read_poses(path).sizes["space"] == 2
    with pytest.raises(UnreadableRecording, match="2D"):
        read_poses(path, unit="mm")


def test_names_are_mapped_when_asked(path, gappy):
    write_poses(gappy.assign_coords(keypoint=["Hips", "LeftToe_End"]), path)
    assert list(read_poses(path)["keypoint"]) == ["Hips", "LeftToe_End"]
    poses = read_poses(path, mapping="biped")
    np.testing.assert_array_equal(poses["position"], gappy["position"])
    assert list(poses["keypoint"].values) == ["pelvis", "left_toe"]


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short(path, gappy, share):
    write_poses(gappy, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedFile, match="begins as netCDF") as caught:
        read_poses(path)
    assert "\n" not in str(caught.value)


def test_hdf5_that_holds_no_poses(path, gappy):
    xr.Dataset({"temperature": ("day", [1.0])}).to_netcdf(path, engine="h5netcdf")
    with pytest.raises(UnreadableRecording, match="variable 'position'"):
        read_poses(path)
    gappy.isel(time=[]).to_netcdf(path, engine="h5netcdf")
    with pytest.raises(UnreadableRecording, match="at least one frame"):
        read_poses(path)
    words = gappy.assign(position=gappy["position"].astype(str))
    words.to_netcdf(path, engine="h5netcdf")
    with pytest.raises(DamagedFile, match="needs numbers as position"):
        read_poses(path)


def test_sizes_are_checked_before_loading(path, gappy, monkeypatch):
    write_poses(gappy, path)

    def load(_: xr.Dataset) -> xr.Dataset:
        raise AssertionError("loaded")

    monkeypatch.setattr(xr.Dataset, "load", load)
    monkeypatch.setattr(netcdf, "_MAX_BYTES", 100)
    with pytest.raises(DamagedFile, match="at most"):
        read_poses(path)
    monkeypatch.setattr(netcdf, "_MAX_BYTES", 1 << 30)
    monkeypatch.setattr(netcdf, "_MAX_NAMES", 1)
    with pytest.raises(DamagedFile, match="at most"):
        read_poses(path)


@pytest.mark.parametrize(
    "value", [{"a": 1}, [object()], [[1, 2], [3]], ["a"], b"x", []]
)
def test_attributes_that_netcdf_cannot_hold(path, gappy, value):
    with pytest.raises(InvalidPoses, match="'odd'"):
        write_poses(gappy.assign_attrs(odd=value), path)
    assert not path.exists()
    assert "odd" in gappy.assign_attrs(odd=value).attrs


def test_an_attribute_without_value_is_left_out(path, gappy):
    poses = gappy.assign_attrs(fps=None)
    write_poses(poses, path)
    assert "fps" not in read_poses(path).attrs
    assert poses.attrs["fps"] is None


def test_hdf5_that_cannot_write(path, gappy, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("Problems closing file (file write failed)")

    monkeypatch.setattr(xr.Dataset, "to_netcdf", fails)
    with pytest.raises(CannotWrite, match="problems closing file"):
        write_poses(gappy, path)
    assert not path.exists()
