"""Which files are meant by the names that were given."""

from __future__ import annotations

import pytest

from repetiteur.cli.folders import recordings_in, repeated

ENDINGS = (".c3d",)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "sub").mkdir()
    for name in ("a.c3d", "b.c3d"):
        (tmp_path / name).write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spelled(folder):
    """Three ways to name one file."""
    here = type(folder)()
    return [here / "a.c3d", here / "sub" / ".." / "a.c3d", folder / "a.c3d"]


def test_a_file_is_meant_once_however_it_is_spelled(folder):
    first, *others = spelled(folder)
    assert recordings_in([first, *others], ENDINGS) == [first]
    assert recordings_in([others[0], folder], ENDINGS) == [
        others[0], folder / "b.c3d",
    ]  # fmt: skip


def test_what_is_named_twice_is_told(folder):
    first, second, third = spelled(folder)
    assert repeated([first, second], ENDINGS) == second
    assert repeated([folder, first], ENDINGS) == first
    assert repeated([third, folder / "b.c3d"], ENDINGS) is None
    assert repeated([folder], ENDINGS) is None


def test_a_link_is_the_file_again(folder):
    link = folder / "link.c3d"
    try:
        link.symlink_to(folder / "a.c3d")
    except OSError:
        pytest.skip("links cannot be made here")
    assert repeated([folder / "a.c3d", link], ENDINGS) == link
    assert link in recordings_in([folder], ENDINGS)
