"""Files are whole or not there."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from repetiteur.errors import CannotWrite, InvalidPoses, UnreadableRecording
from repetiteur.io.files import replacing, sha256_of, staged_folder


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def write(part: Path, error: BaseException | type[BaseException] | None = None) -> None:
    """Write half a file, and perhaps fail then."""
    part.write_text("half")
    if error is not None:
        raise error


FULL = OSError(errno.ENOSPC, "No space left on device")


def full(*_: object, **__: object) -> None:
    raise FULL


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path):
    target = tmp_path / "notes.json"
    target.write_text("old")
    with replacing(target) as part:
        part.write_text("new")
        assert target.read_text() == "old"
        assert part.parent == tmp_path
    assert target.read_text() == "new"
    assert names(tmp_path) == ["notes.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, InvalidPoses, ZeroDivisionError])
def test_whatever_breaks_off_leaves_the_old_file_alone(tmp_path, error):
    target = tmp_path / "notes.json"
    target.write_text("old")
    with pytest.raises(error), replacing(target) as part:
        write(part, error)
    assert target.read_text() == "old"
    assert names(tmp_path) == ["notes.json"]


def test_a_full_disk_is_said_in_one_line(tmp_path):
    with (
        pytest.raises(CannotWrite, match="no space left on device") as caught,
        replacing(tmp_path / "notes.json") as part,
    ):
        write(part, FULL)
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == []


def test_a_disk_that_fills_while_syncing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(CannotWrite, match="no space"),
        replacing(tmp_path / "a") as part,
    ):
        part.write_text("half")
    assert names(tmp_path) == []


def test_a_place_without_permission(tmp_path, monkeypatch):
    def denied(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with (
        pytest.raises(CannotWrite, match="permission denied"),
        replacing(tmp_path / "a"),
    ):
        raise AssertionError("not reached")


@pytest.mark.parametrize(
    ("place", "said"),
    [("missing/notes.json", "does not exist"), ("folder", "that is a folder")],
)
def test_a_place_that_cannot_be(tmp_path, place, said):
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite, match=said), replacing(tmp_path / place):
        raise AssertionError("not reached")
    with pytest.raises(CannotWrite), replacing("a\0b"):
        raise AssertionError("not reached")
    assert names(tmp_path) == ["folder"]


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as part:
        part.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_is_filled_all_at_once(tmp_path, exists):
    target = tmp_path / "season" / "monday"
    if exists:
        target.mkdir(parents=True)
        (target / "notes.json").write_text("old")
        (target / "other").write_text("stays")
    with staged_folder(target) as stage:
        (stage / "notes.json").write_text("new")
        (stage / "parts").mkdir()
        (stage / "parts" / "a.nc").write_text("a")
        assert not exists or (target / "notes.json").read_text() == "old"
    assert (target / "notes.json").read_text() == "new"
    expected = ["notes.json", "parts", "parts/a.nc"] + ["other"] * exists
    assert names(target) == sorted(expected)
    assert len(names(tmp_path)) == 2 + len(expected)


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.ENOSPC, "Full")])
def test_a_folder_that_fails_is_as_it_was(tmp_path, exists, error):
    target = tmp_path / "season" / "monday"
    if exists:
        target.mkdir(parents=True)
        (target / "notes.json").write_text("old")
    before = names(tmp_path)
    kind = CannotWrite if isinstance(error, OSError) else error
    with pytest.raises(kind), staged_folder(target) as stage:
        write(stage / "notes.json", error)
    assert names(tmp_path) == before


@pytest.mark.parametrize("exists", [True, False])
def test_a_move_that_fails_half_way_is_taken_back(tmp_path, monkeypatch, exists):
    target = tmp_path / "monday"
    if exists:
        target.mkdir()
        (target / "a").write_text("old a")
    before = names(tmp_path)
    really = os.replace

    def replace(source: Path, goal: Path) -> None:
        if Path(source).name == "b":
            full()
        really(source, goal)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(CannotWrite, match="no space"), staged_folder(target) as stage:
        [write(stage / name) for name in "ab"]
    assert names(tmp_path) == before
    assert not exists or (target / "a").read_text() == "old a"


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "monday").write_text("a file")
    for place in (tmp_path / "monday", tmp_path / "monday" / "deeper"):
        with pytest.raises(CannotWrite, match="not a"), staged_folder(place):
            raise AssertionError("not reached")
    assert names(tmp_path) == ["monday"]


def test_sha256(tmp_path):
    (tmp_path / "a").write_bytes(b"plie")
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"plie").hexdigest()
    with pytest.raises(UnreadableRecording, match="no such file"):
        sha256_of(tmp_path / "b")


def test_a_folder_has_the_sum_of_the_list_of_its_files(tmp_path):
    (tmp_path / "b").write_bytes(b"two")
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "inner").mkdir()
    one, two = (hashlib.sha256(text).hexdigest() for text in (b"one", b"two"))
    listed = f"{one}  a\n{two}  b\n".encode()
    assert sha256_of(tmp_path) == hashlib.sha256(listed).hexdigest()
    (tmp_path / "b").write_bytes(b"three")
    assert sha256_of(tmp_path) != hashlib.sha256(listed).hexdigest()
