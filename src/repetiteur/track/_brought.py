"""Weights of an optional tracker, out of what their makers hand out.

As for the pose model's own, nothing is extracted by the name that an archive gives it:
the one member that is wanted is read, within its pinned size, and checked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from repetiteur.errors import MissingWeights
from repetiteur.io.files import reason
from repetiteur.track import _pins
from repetiteur.track._unpack import SPOILT, check

__all__ = ["alone"]

#: The archive has 52 MB packed.
_MOST_BYTES = 128 << 20


def alone(folder: Path, source: Path) -> bool:
    """Write an optional tracker's weights into a folder, if a source holds them.

    Parameters
    ----------
    folder : Path
        Where they go, under our name.
    source : Path
        The makers' archive, the network itself, or a folder that holds it.

    Returns
    -------
    bool
        Whether the source holds such weights and no others.

    Raises
    ------
    MissingWeights
        When they are not the right ones, or the archive is spoilt.
    """
    found = False
    for one in _pins.brought():
        try:
            for stream in _of(source, one):
                content = stream.read(one.weight.size + 1)
                check(one.weight, content, source)
                (folder / one.weight.file).write_bytes(content)
                found = True
        except MissingWeights:
            raise
        except SPOILT as error:
            raise MissingWeights(
                f"The tracker {one.tracker} needs the archive {one.archive}, and "
                f"{source} cannot be read as one: {reason(error)}. Get it again."
            ) from error
    return found and not any(source.glob("pose_*"))


def _of(source: Path, one: _pins.Brought) -> Iterator[IO[bytes]]:
    """The network in a source, when it is there."""
    names = (one.weight.file, one.weight.member)
    if source.is_dir():
        files = [source / name for name in names if (source / name).is_file()]
    else:
        files = [source] if source.suffix == one.weight.ending else []
    if files:
        with files[0].open("rb") as stream:
            yield stream
    elif source.is_file() and zipfile.is_zipfile(source):
        yield from _in_archive(source, names)


def _in_archive(source: Path, names: tuple[str, ...]) -> Iterator[IO[bytes]]:
    if source.stat().st_size > _MOST_BYTES:
        return
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if PurePosixPath(name).name in names:
                with archive.open(name) as stream:
                    yield stream
                return
