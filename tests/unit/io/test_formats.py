"""The registry: content decides, and what cannot be read is said in one line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xarray as xr

from repetiteur import plugins
from repetiteur.errors import (
    CannotWrite,
    InvalidPoses,
    UnknownFormat,
    UnreadableRecording,
)
from repetiteur.io import formats as registry
from repetiteur.io.formats import (
    ReadOptions,
    formats,
    read_poses,
    reader,
    writable_endings,
    write_poses,
    writer,
)
from repetiteur.model.poses import make_poses


@pytest.fixture
def own_registry(monkeypatch):
    """A registry in which a test may register formats."""
    formats()
    monkeypatch.setattr(registry, "_registry", dict(registry._registry))


@pytest.fixture
def poses() -> xr.Dataset:
    return make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])


@pytest.mark.parametrize("name", ["take", "take.nc", "take.mp4", "take.BVH"])
def test_content_counts_not_the_name(tmp_path, standing, name):
    path = tmp_path / name
    path.write_text(standing)
    assert read_poses(path).attrs["source_software"] == "BVH"
    assert read_poses(str(path)).attrs["source_file"] == name


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        bytes(range(256)) * 10,
        b"\xff\xfe\x00\xd8" * 9,
        b"hello",
        b"\0",
    ],
)
def test_unknown_content_names_what_is_known(tmp_path, content):
    path = tmp_path / "take.bvh"
    path.write_bytes(content)
    with pytest.raises(UnknownFormat, match=r"bvh \(\.bvh\)") as caught:
        read_poses(path)
    said = str(caught.value)
    assert "\n" not in said
    for name, format_ in formats().items():
        assert not format_.read or f"{name} ({' '.join(format_.extensions)})" in said


@pytest.mark.parametrize(
    "head",
    [b"\0\0\0\x18ftypmp42", b"\x1aE\xdf\xa3", b"RIFF\0\0\0\0AVI LIST", b"OggS\0"],
)
def test_a_video_is_called_one(tmp_path, head):
    path = tmp_path / "take.mp4"
    path.write_bytes(head + bytes(500))
    with pytest.raises(
        UnknownFormat, match=r"is a video or sound\. Make poses of a video first"
    ):
        read_poses(path)


def test_what_is_not_a_readable_file(tmp_path):
    with pytest.raises(UnreadableRecording, match="that is a folder"):
        read_poses(tmp_path)
    with pytest.raises(UnreadableRecording, match="no such file"):
        read_poses(tmp_path / "missing.bvh")
    (tmp_path / "empty.bvh").touch()
    with pytest.raises(UnreadableRecording, match="not a directory"):
        read_poses(tmp_path / "empty.bvh" / "take.bvh")
    with pytest.raises(UnreadableRecording, match="it is empty"):
        read_poses(tmp_path / "empty.bvh")
    with pytest.raises(UnreadableRecording, match="null"):
        read_poses("a\0b")
    with pytest.raises(UnreadableRecording, match="too long"):
        read_poses("a" * 5000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableRecording, match="a device or a pipe"):
        read_poses(tmp_path / "pipe")


def test_a_file_without_permission(tmp_path, standing, monkeypatch):
    path = tmp_path / "take.bvh"
    path.write_text(standing)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UnreadableRecording, match="permission denied"):
        read_poses(path)


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "Input/output error"), MemoryError()]
)
def test_a_disk_or_memory_that_fails_while_reading(
    tmp_path, standing, monkeypatch, error
):
    path = tmp_path / "take.bvh"
    path.write_text(standing)

    def fails(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fails)
    with pytest.raises(UnreadableRecording, match=r"input/output|memoryError"):
        read_poses(path)


@pytest.mark.parametrize(
    "option",
    [{"fps": 0}, {"fps": -1}, {"fps": float("nan")}, {"unit": "ft"}, {"up": "x"}],
)
def test_options_that_cannot_be(tmp_path, standing, option):
    path = tmp_path / "take.bvh"
    path.write_text(standing)
    (name,) = option
    with pytest.raises(UnreadableRecording, match=f"^{name} needs"):
        read_poses(path, **option)


def test_an_ending_that_nobody_writes(tmp_path, poses):
    with pytest.raises(CannotWrite, match=r"\.bvh, .*\.nc, .* 'take\.xyz'"):
        write_poses(poses, tmp_path / "take.xyz")
    with pytest.raises(CannotWrite, match="ends in 'nothing'"):
        write_poses(poses, tmp_path / "take")
    with pytest.raises(InvalidPoses):
        write_poses(xr.Dataset(), tmp_path / "take.nc")
    assert list(tmp_path.iterdir()) == []


def test_the_longest_ending_decides(tmp_path, poses):
    write_poses(poses, tmp_path / "a.csv")
    write_poses(poses, tmp_path / "a.LONG.csv")
    heads = [
        (tmp_path / name).read_text("utf-8").partition("\n")[0].count(",")
        for name in ("a.csv", "a.LONG.csv")
    ]
    assert heads[0] != heads[1]
    assert set(writable_endings()) >= {".nc", ".bvh", ".trc", ".c3d", ".csv", ".json"}


@pytest.mark.parametrize("ending", [".nc", ".bvh"])
def test_a_full_disk_leaves_nothing(tmp_path, poses, monkeypatch, ending):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(xr.Dataset, "to_netcdf", full)
    with pytest.raises(CannotWrite, match="no space left on device"):
        write_poses(poses, tmp_path / f"take{ending}")
    assert list(tmp_path.iterdir()) == []


def test_a_format_of_ones_own(tmp_path, poses, own_registry):
    @writer("mine", extensions=(".mine",))
    def write(given: xr.Dataset, path: Path) -> None:
        path.write_text(f"MINE {given.sizes['time']}")

    @reader("mine", extensions=(".mine",), sniff=lambda head: head[:4] == b"MINE")
    def read(path: Path, options: ReadOptions) -> xr.Dataset:
        return poses.assign_attrs(fps=options.fps)

    write_poses(poses, tmp_path / "take.mine")
    assert (tmp_path / "take.mine").read_text() == "MINE 1"
    assert read_poses(tmp_path / "take.mine", fps=12).attrs["fps"] == 12
    assert formats()["mine"].read is read
    assert formats()["mine"].write is write


def test_of_two_formats_that_fit_the_one_with_the_ending_is_taken(
    tmp_path, standing, poses, own_registry
):
    @reader("greedy", extensions=(".any",), sniff=lambda head: True)
    def read(path: Path, options: ReadOptions) -> xr.Dataset:
        return poses.assign_attrs(source_software="greedy")

    for name, software in (("a.bvh", "BVH"), ("a.any", "greedy"), ("a.txt", "BVH")):
        (tmp_path / name).write_text(standing)
        assert read_poses(tmp_path / name).attrs["source_software"] == software


def test_a_reader_that_returns_no_poses(tmp_path, own_registry):
    @reader("bad", extensions=(".bad",), sniff=lambda head: head == b"bad")
    def read(path: Path, options: ReadOptions) -> xr.Dataset:
        return xr.Dataset()

    (tmp_path / "a.bad").write_text("bad")
    with pytest.raises(UnreadableRecording, match="variable 'position'"):
        read_poses(tmp_path / "a.bad")


def test_formats_of_other_packages_are_loaded(monkeypatch):
    asked = []
    monkeypatch.setattr(plugins, "load", asked.append)
    registry._load_all.cache_clear()
    assert {"bvh", "netcdf"} <= set(formats())
    assert asked == [plugins.FORMATS]


def test_importing_the_registry_loads_no_reader():
    code = (
        "import sys, repetiteur.io.formats as f; "
        "before = 'repetiteur.io.bvh' in sys.modules; "
        "f.formats(); "
        "print(before, 'repetiteur.io.bvh' in sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert out.stdout.split() == ["False", "True"]
