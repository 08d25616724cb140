"""The cache: what is whole is taken again, what is not is not."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from repetiteur.track import cache
from repetiteur.track.pieces import Piece
from repetiteur.track.rows import width

PIECE = Piece(0, 0, 0, 3)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "tracked")


def _rows(value: float) -> np.ndarray:
    return np.full((3, width(33)), value, np.float32)


def test_a_piece_is_there_again_for_the_same_content_and_settings() -> None:
    with cache.kept("ab", {"model": "heavy"}, use=True) as store:
        assert store.piece(PIECE, 33) is None
        store.keep(PIECE, _rows(4.0))
    with cache.kept("ab", {"model": "heavy"}, use=True) as store:
        np.testing.assert_array_equal(store.piece(PIECE, 33), _rows(4.0))
    for sha256, model in (("ab", "lite"), ("cd", "heavy")):
        with cache.kept(sha256, {"model": model}, use=True) as store:
            assert store.piece(PIECE, 33) is None


def test_a_broken_piece_is_not_taken(tmp_path: Path) -> None:
    with cache.kept("ab", {}, use=True) as store:
        store.keep(PIECE, _rows(4.0))
        (file,) = tmp_path.rglob("*.npy")
        file.write_bytes(file.read_bytes()[:-5])
        assert store.piece(PIECE, 33) is None
        np.save(file, np.zeros((2, 2), np.float32))
        assert store.piece(PIECE, 33) is None


def test_without_a_cache_nothing_stays(tmp_path: Path) -> None:
    with cache.kept("ab", {}, use=False) as store:
        store.keep(PIECE, _rows(1.0))
        assert store.piece(PIECE, 33) is not None
    assert not (tmp_path / "tracked").exists()


def test_what_was_not_asked_for_the_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    size = _rows(0.0).nbytes
    monkeypatch.setattr(cache, "ROOM", int(2.5 * size) + 500)
    for number in range(4):
        with cache.kept(str(number), {}, use=True) as store:
            store.keep(PIECE, _rows(number))
        folders = list((tmp_path / "tracked").iterdir())
        for folder in folders:
            age = folder.stat().st_mtime - 10
            os.utime(folder, (age, age))
    with cache.kept("0", {}, use=True) as store:
        assert store.piece(PIECE, 33) is None
    with cache.kept("3", {}, use=True) as store:
        assert store.piece(PIECE, 33) is not None


def test_a_folder_that_cannot_be_made_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "file" / "tracked")
    with cache.kept("ab", {}, use=True) as store:
        store.keep(PIECE, _rows(1.0))
        assert store.piece(PIECE, 33) is not None
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
