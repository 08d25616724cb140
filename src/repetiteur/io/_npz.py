"""Arrays of a numpy ``.npz``, without pickle; for a process of its own.

An ``.npz`` is a ZIP of ``.npy`` files. Each is looked at before it is unpacked: its
header says how large it is, and no more than that is unpacked.
"""

from __future__ import annotations

import math
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy

from repetiteur.errors import DamagedFile

__all__ = ["is_npz", "read_npz"]

MAX_BYTES = 1 << 30
_MAX_ARRAY = 512 << 20
_MAX_MEMBERS = 1_000
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_TEXT = 1_000  # bytes of a single text


def is_npz(head: bytes) -> bool:
    """Whether a file that begins so is an ``.npz``: a ZIP whose first file is a npy.

    Examples
    --------
    >>> file = getfixture("tmp_path") / "one.npz"
    >>> np.savez(file, poses=np.zeros((2, 66)))
    >>> is_npz(file.read_bytes()[:4096]), is_npz(b"PK")
    (True, False)
    """
    length = int.from_bytes(head[26:28], "little")
    return head.startswith(b"PK\x03\x04") and head[30 : 30 + length].endswith(b".npy")


def read_npz(path: Path) -> dict[str, Any]:
    """All arrays of numbers that are neither objects nor too large, and single texts.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict of str to array or str

    Raises
    ------
    DamagedFile
        When the ZIP is broken, or an array is cut short.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            members = pack.infolist()
            if len(members) > _MAX_MEMBERS:
                raise ValueError(f"{len(members)} arrays")
            return _members(pack, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _damaged(path, str(error)) from error
    except (ValueError, RuntimeError, OSError, SyntaxError) as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, why: str) -> DamagedFile:
    said = " ".join(why.split())[:150]
    return DamagedFile(
        f"An .npz file needs to be a ZIP of whole arrays, and {path.name} is not: "
        f"{said or 'it is cut short'}. Export or copy it again."
    )


def _members(pack: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    left = _MAX_ARRAY
    for member in members:
        if not member.filename.endswith(".npy"):
            continue
        if member.compress_type not in _PACKINGS or member.flag_bits & 1:
            raise ValueError("a packing that numpy does not write")
        with pack.open(member) as file:
            array = _array(file, min(left, member.file_size))
        if array is not None:
            arrays[member.filename.removesuffix(".npy")] = array
            left -= getattr(array, "nbytes", 0)
    return arrays


def _array(file: IO[bytes], room: int) -> Any:
    """One array or text; None for what is neither."""
    version = npy.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise ValueError(f"version {version} of the header")
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, by_column, dtype = read(file)
    size = math.prod(shape) * dtype.itemsize
    is_text = dtype.kind in "US" and math.prod(shape) == 1 and size <= _MAX_TEXT
    if dtype.kind not in "biuf" and not is_text:
        return None
    if min(shape, default=1) < 0 or size > room:
        raise ValueError(f"an array of {shape}, and {room} bytes for it")
    data = file.read(size)
    if len(data) < size:
        raise ValueError("an array that is cut short")
    array = np.frombuffer(data, dtype)
    if is_text:
        return str(array.astype(str)[0])
    return array.reshape(shape, order="F" if by_column else "C")
