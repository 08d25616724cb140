"""Pieces that were tracked before, kept by what the video holds and how it was asked.

A finished piece is a file of its own, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import platformdirs
from numpy.typing import NDArray

from repetiteur.io.files import replacing
from repetiteur.track.pieces import Piece
from repetiteur.track.rows import Rows, width
from repetiteur.track.worker import PERSON_WIDTH

Array = NDArray[np.float64]

#: Grows whenever the same video would be tracked otherwise.
VERSION = 1
#: Room for tracked pieces, bytes; the recordings not asked for the longest go first.
ROOM = 2 << 30


def cache_folder() -> Path:
    """Where tracked pieces lie: the user's cache folder."""
    return platformdirs.user_cache_path("repetiteur", appauthor=False) / "tracked"


class Kept:
    """The pieces of one recording under one set of settings.

    Parameters
    ----------
    folder : Path
        That exists.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def piece(self, piece: Piece, points: int) -> Rows | None:
        """Rows of a piece that is there and whole, else None."""
        file = self._file(piece)
        with suppress(OSError, ValueError, EOFError):
            rows = np.load(file, allow_pickle=False, mmap_mode="r")
            shape = (piece.last - piece.first, width(points))
            if rows.shape == shape and rows.dtype == "<f4":
                return np.asarray(rows)
        return None

    def keep(self, piece: Piece, rows: Rows) -> None:
        """Store the rows of a piece.

        Raises
        ------
        CannotWrite
            When there is no room.
        """
        with replacing(self._file(piece)) as part, part.open("wb") as file:
            np.save(file, rows, allow_pickle=False)

    def people(self) -> Array | None:
        """Rows of the people found in the key frames, None before they were."""
        with suppress(OSError, ValueError, EOFError):
            rows = np.load(self._folder / "people.npy", allow_pickle=False)
            if rows.ndim == 2 and rows.shape[1] == PERSON_WIDTH:
                return np.asarray(rows, np.float64)
        return None

    def keep_people(self, rows: Array) -> None:
        """Store the rows of the people.

        Raises
        ------
        CannotWrite
            When there is no room.
        """
        with replacing(self._folder / "people.npy") as part, part.open("wb") as file:
            np.save(file, rows, allow_pickle=False)

    def _file(self, piece: Piece) -> Path:
        return self._folder / f"{piece.first}-{piece.last}.npy"


@contextmanager
def kept(sha256: str, settings: Mapping[str, object], *, use: bool) -> Iterator[Kept]:
    """The pieces of a recording that were tracked with these settings.

    Parameters
    ----------
    sha256 : str
        Of the video's content.
    settings : mapping
        All that changes what is found, as JSON can say it.
    use : bool
        False works in a folder that is removed at the end; so does a cache folder that
        cannot be made.

    Yields
    ------
    Kept
    """
    if not use:
        with TemporaryDirectory(prefix="repetiteur-") as passing:
            yield Kept(Path(passing))
        return
    told = json.dumps([VERSION, sha256, dict(settings)], sort_keys=True)
    folder = cache_folder() / hashlib.sha256(told.encode()).hexdigest()[:32]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:  # it cannot be kept; that is no reason not to track it
        with kept(sha256, settings, use=False) as store:
            yield store
        return
    with suppress(OSError):
        folder.touch()
    yield Kept(folder)
    _make_room(folder)


def _make_room(mine: Path) -> None:
    """Drop what was not asked for the longest, as long as there is too much."""
    with suppress(OSError):
        folders = sorted(mine.parent.iterdir(), key=lambda one: -one.stat().st_mtime)
        total = 0
        for folder in folders:
            total += sum(file.stat().st_size for file in folder.iterdir())
            if total > ROOM and folder != mine:
                shutil.rmtree(folder, ignore_errors=True)
