"""NetCDF keeps everything, and movement's files are read."""

from __future__ import annotations

import h5py
import numpy as np
import pytest
import xarray as xr

from repetiteur.errors import (
    DamagedFile,
    InvalidPoses,
    UnreadableRecording,
)
from repetiteur.io import _hdf5, netcdf
from repetiteur.io.formats import read_poses, write_poses
from repetiteur.model.poses import make_poses, with_tracked


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


@pytest.fixture
def tracked(rng):
    """Poses as a tracker leaves them, 300 frames of 33 points, one of them unseen."""
    place = rng.uniform(0, 1000, size=(300, 2, 33))
    place[40:50, :, 7] = np.nan
    poses = make_poses(
        place,
        time=np.cumsum(rng.uniform(0.03, 0.04, size=300)),
        keypoints=[f"point_{k}" for k in range(33)],
        confidence=rng.uniform(size=(300, 33)),
        source_software="repetiteur blazepose heavy",
        source_file="take.mp4",
    )
    poses = with_tracked(
        poses,
        image_size=(1080, 1920),
        world_position=rng.normal(size=(300, 3, 33)),
        position_sd=rng.uniform(1, 9, size=(300, 2, 33)),
    )
    raw = poses["position"].fillna(3.0)
    history = "tracked: heavy\nleft and right exchanged, frames 3 to 5\nsmoothed"
    return poses.assign(raw_position=raw).assign_attrs(fps=29.97, history=history)


def test_tracked_poses_come_back(path, tracked):
    write_poses(tracked, path)
    again = read_poses(path)
    xr.testing.assert_identical(again, tracked)
    for name in tracked.data_vars:
        assert again[name].dtype == tracked[name].dtype
        assert again[name].dims == tracked[name].dims
    assert again.attrs["image_width"] == 1080
    assert again.attrs["history"].count("\n") == 2
    write_poses(again, path)
    xr.testing.assert_identical(read_poses(path), tracked)


def test_long_recordings_take_less_room(path, tracked):
    fine = tracked.map(lambda data: np.round(data * 256) / 256)
    write_poses(fine.assign_attrs(tracked.attrs), path)
    xr.testing.assert_equal(read_poses(path), fine)
    assert path.stat().st_size < 0.6 * fine.nbytes


def test_guesses_in_another_order_are_sorted(path, tracked):
    turned = tracked.isel(world_space=[2, 0, 1], space=[1, 0])
    write_poses(turned.transpose("keypoint", ...), path)
    xr.testing.assert_identical(read_poses(path), tracked)


@pytest.mark.parametrize("name", ["world_position", "position_sd", "raw_position"])
def test_what_a_tracker_adds_is_checked(path, tracked, name):
    words = tracked.assign({name: tracked[name].astype(str).isel(time=slice(0, 2))})
    few = words.isel(time=slice(0, 2), keypoint=slice(0, 3))
    few.to_netcdf(path, engine="h5netcdf")
    with pytest.raises(DamagedFile, match=f"needs numbers as {name}"):
        read_poses(path)
    other = tracked.assign({name: tracked[name].isel(individual=0, drop=True)})
    other.to_netcdf(path, engine="h5netcdf")
    with pytest.raises(UnreadableRecording, match=f"{name} needs the axes"):
        read_poses(path)


def test_variables_of_other_programs_do_no_harm(path, tracked):
    more = tracked.assign(
        speed=("time", np.arange(300.0)), marks=("mark", ["a", "b"]), shape=3
    )
    write_poses(more, path)
    again = read_poses(path)
    xr.testing.assert_identical(again[list(tracked.data_vars)], tracked)


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


@pytest.mark.parametrize(
    ("limit", "most"),
    [("_MAX_BYTES", 500), ("_MAX_NAMES", 1), ("_MAX_TEXT", 10), ("_MAX_OBJECTS", 5),
     ("_MAX_AXES", 3)],
)  # fmt: skip
def test_sizes_are_checked_before_loading(path, gappy, monkeypatch, limit, most):
    def load(_: h5py.Dataset) -> None:
        raise AssertionError("loaded")

    write_poses(gappy, path)
    monkeypatch.setattr(_hdf5, "_values", load)
    monkeypatch.setattr(_hdf5, limit, most)
    with pytest.raises(DamagedFile, match="at most"):
        _hdf5.read_hdf5(path)


def test_a_few_bytes_that_stand_for_gigabytes(path, gappy):
    write_poses(gappy, path)
    with h5py.File(path, "a") as file:
        file.create_dataset("more", (1 << 28,), "i1", chunks=(1 << 20,))
    assert path.stat().st_size < 100_000
    with pytest.raises(DamagedFile, match="at most 2 GiB"):
        read_poses(path)


@pytest.mark.parametrize("kind", ["soft", "external", "virtual", "raw"])
def test_data_in_other_files_are_not_fetched(path, gappy, tmp_path, kind):
    write_poses(gappy, path)
    with h5py.File(path, "a") as file:
        if kind == "soft":
            file["other"] = h5py.SoftLink("/position")
        elif kind == "external":
            file["other"] = h5py.ExternalLink(str(tmp_path / "b.nc"), "/position")
        elif kind == "virtual":
            layout = h5py.VirtualLayout((5,), "f8")
            layout[:] = h5py.VirtualSource(tmp_path / "b.nc", "time", (5,))
            file.create_virtual_dataset("other", layout)
        else:
            raw = [(str(tmp_path / "b.bin"), 0, 40)]
            file.create_dataset("other", (5,), "f8", external=raw)
    with pytest.raises(DamagedFile, match="leads elsewhere"):
        read_poses(path)


def test_a_parser_that_hangs_or_crashes(path, gappy, monkeypatch):
    write_poses(gappy, path)
    monkeypatch.setattr(netcdf, "_SECONDS", 0.01)
    with pytest.raises(DamagedFile, match=r"within 0\.01") as caught:
        read_poses(path)
    assert caught.value.__notes__ == ["while reading take.nc"]


@pytest.mark.parametrize(
    "encoding",
    [
        {"position": {"dtype": ">f8", "compression": "lzf"}},
        {"position": {"zlib": True, "chunksizes": (2, 3, 2, 1)}},
        {"keypoint": {"dtype": "S1"}, "individual": {"dtype": "S1"}},
        {"position": {"dtype": "i4", "scale_factor": 1e-7, "_FillValue": -(1 << 31)}},
    ],
)
def test_the_ways_in_which_xarray_can_store_poses(path, gappy, encoding):
    gappy.to_netcdf(path, engine="h5netcdf", encoding=encoding)
    again = read_poses(path)
    xr.testing.assert_allclose(again, gappy, rtol=0, atol=1e-7)
    assert again.attrs["history"] == gappy.attrs["history"]


def test_what_xarray_reads_is_read(path, gappy):
    more = gappy.assign_coords(
        role=("individual", ["Odile", "Odette"]), frame=("time", np.arange(5))
    ).assign(seen=gappy["position"].notnull(), take=7, note="a word")
    more.attrs |= {"words": ["one", "two"], "nothing": ""}
    more.to_netcdf(path, engine="h5netcdf", unlimited_dims=["time"])
    xr.testing.assert_identical(read_poses(path), more)
    with xr.open_dataset(path, engine="h5netcdf") as direct:
        xr.testing.assert_identical(read_poses(path), direct.load())


def test_one_dancer_without_an_axis_for_it(path, gappy):
    alone = gappy.isel(individual=0, drop=True).transpose("keypoint", "space", "time")
    alone.to_netcdf(path, engine="h5netcdf")
    again = read_poses(path)
    np.testing.assert_array_equal(again["position"], gappy["position"][..., :1])
    assert list(again["individual"].values) == ["dancer"]


def test_what_is_not_for_poses_is_passed_over(path, gappy):
    write_poses(gappy, path)
    with h5py.File(path, "a") as file:
        file.create_group("others")["x"] = 1
        file["a type"] = np.dtype("f4")
        file.attrs["reference"] = file["position"].ref
        file.attrs["empty"] = h5py.Empty("f4")
        file.attrs["long"] = np.longdouble(1.5)
        file.attrs["letters"] = np.bytes_(b"abc")
    again = read_poses(path)
    assert again.attrs.keys() - gappy.attrs.keys() == {"long", "letters"}
    assert again.attrs["letters"] == "abc"
    assert again.attrs["long"] == 1.5


def spoil(path, name: str, **attrs: object) -> None:
    with h5py.File(path, "a") as file:
        for key, value in attrs.items():
            file[name].attrs[key] = value


@pytest.mark.parametrize(
    ("name", "attrs"),
    [
        ("position", {"DIMENSION_LIST": 1}),
        ("position", {"scale_factor": "much"}),
        ("time", {"CLASS": "?"}),
        ("time", {"long": np.zeros(200_000)}),
        ("/", {f"a{k}": k for k in range(300)}),
        ("/", {"square": np.zeros((2, 2))}),
    ],
)
def test_conventions_that_are_broken(path, gappy, name, attrs):
    write_poses(gappy, path)
    spoil(path, name, **attrs)
    with pytest.raises(DamagedFile, match="begins as netCDF") as caught:
        read_poses(path)
    assert "\n" not in str(caught.value)


def test_attributes_of_another_kind_than_ours(path, gappy):
    write_poses(gappy, path)
    spoil(path, "/", source_file=[1, 2], history=3, time_unit=[1.0, 2.0])
    again = read_poses(path)
    assert again.attrs["source_file"] == "[1 2]"
    assert again.attrs["history"] == "3"


def test_absurd_numbers_give_no_warning(path, gappy):
    times = [-1.7e308, 0.0, 1.0, 2.0, 1.7e308]
    write_poses(gappy, path)
    with h5py.File(path, "a") as file:
        file["time"][:] = times
        file["position"][:] = 1e7
    assert list(read_poses(path)["time"]) == times
    with pytest.raises(UnreadableRecording, match="increase"):
        read_poses(path, fps=1e-320)
    with h5py.File(path, "a") as file:
        file["position"][:] = 1e308
    with pytest.raises(UnreadableRecording, match="metres or pixels"):
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


def test_movement_is_told_what_the_file_holds(path, gappy):
    write_poses(gappy, path)
    with xr.open_dataset(path, engine="h5netcdf") as opened:
        assert (opened.attrs["ds_type"], opened.attrs["time_unit"]) == (
            "poses",
            "seconds",
        )
    assert not {"ds_type", "time_unit"} & read_poses(path).attrs.keys()


def test_frame_numbers_alone_are_said_once(path, gappy):
    gappy.assign_attrs(time_unit="frames").to_netcdf(path, engine="h5netcdf")
    with pytest.raises(UnreadableRecording, match=r"^Poses need times .* --fps\."):
        read_poses(path)
