"""What every registered format keeps to; a new one is tested by being registered."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from repetiteur.errors import CannotWrite, RepetiteurError
from repetiteur.io.formats import Format, formats, read_poses, write_poses
from repetiteur.model.poses import check_poses, make_poses
from repetiteur.model.skeletons import BONES

ALL = sorted(formats())
READ = [name for name in ALL if formats()[name].read]
BOTH = [name for name in READ if formats()[name].write]


@pytest.fixture
def dancer(rng) -> xr.Dataset:
    """Half a second of a whole body at 60 Hz, every point on a path of its own."""
    names = ["pelvis", *(child for _, child in BONES)]
    start = rng.normal(size=(1, 3, len(names)))
    path = np.cumsum(rng.normal(scale=0.02, size=(30, 3, len(names))), axis=0)
    return make_poses(start + path, time=np.arange(30) / 60, keypoints=names)


def file_of(format_: Format, poses: xr.Dataset, folder) -> bytes:
    write_poses(poses, folder / f"written{format_.extensions[0]}")
    return (folder / f"written{format_.extensions[0]}").read_bytes()


@pytest.mark.parametrize("name", ALL)
def test_endings_are_lower_case_with_a_dot(name):
    format_ = formats()[name]
    assert format_.name == name
    assert format_.read or format_.write
    assert format_.extensions
    assert all(e.startswith(".") and e == e.lower() for e in format_.extensions)


@pytest.mark.parametrize("name", READ)
def test_sniffing_never_raises_and_refuses_rubbish(name, rng):
    sniff = formats()[name].sniff
    assert sniff is not None
    for size in (0, 1, 2, 7, 4095, 4096):
        assert sniff(rng.bytes(size)) is False
        assert sniff(bytes(size)) is False
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"):
        assert sniff(mark) is False
        assert sniff(mark + b"\xd8") is False


@pytest.mark.parametrize("name", BOTH)
def test_what_is_written_is_read_back(name, dancer, tmp_path):
    path = tmp_path / f"take{formats()[name].extensions[0]}"
    before = dancer.copy(deep=True)
    write_poses(dancer, path)
    xr.testing.assert_identical(dancer, before)
    again = read_poses(path)
    check_poses(again)
    order = again["position"].sel(keypoint=dancer["keypoint"])
    np.testing.assert_allclose(order, dancer["position"], atol=1e-5)
    np.testing.assert_allclose(again["time"], dancer["time"], atol=1e-9)
    np.testing.assert_allclose(again["confidence"], 1.0)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", BOTH)
def test_one_frame_is_enough(name, dancer, tmp_path):
    path = tmp_path / f"take{formats()[name].extensions[0]}"
    write_poses(dancer.isel(time=[3]).assign_coords(time=[0.0]), path)
    again = read_poses(path)["position"].sel(keypoint=dancer["keypoint"])
    np.testing.assert_allclose(again[0], dancer["position"][3], atol=1e-5)


@pytest.mark.parametrize("name", BOTH)
def test_a_written_file_is_known_under_any_name(name, dancer, tmp_path):
    content = file_of(formats()[name], dancer, tmp_path)
    path = tmp_path / "no ending, ünd spaces"
    path.write_bytes(content)
    assert read_poses(path).sizes["time"] == 30
    assert (
        sum(bool(f.sniff and f.sniff(content[:4096])) for f in formats().values()) == 1
    )


@pytest.mark.parametrize("name", BOTH)
def test_a_file_cut_short_is_refused(name, dancer, tmp_path):
    content = file_of(formats()[name], dancer, tmp_path)
    path = tmp_path / f"cut{formats()[name].extensions[0]}"
    for share in (0.001, 0.02, 0.2, 0.5, 0.8, 0.95):
        path.write_bytes(content[: int(len(content) * share) + 1])
        with pytest.raises(RepetiteurError) as caught:
            read_poses(path)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", BOTH)
def test_a_place_that_is_not_there(name, dancer, tmp_path):
    with pytest.raises(CannotWrite, match="missing"):
        write_poses(dancer, tmp_path / "missing" / f"a{formats()[name].extensions[0]}")


@pytest.mark.parametrize("name", BOTH)
def test_a_given_frame_rate_is_obeyed_and_said(name, dancer, tmp_path):
    path = tmp_path / f"take{formats()[name].extensions[0]}"
    write_poses(dancer, path)
    again = read_poses(path, fps=50)
    np.testing.assert_allclose(again["time"], np.arange(30) / 50, atol=1e-9)
    assert "50 Hz, given" in again.attrs["history"]
