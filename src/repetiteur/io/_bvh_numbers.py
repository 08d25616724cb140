"""The numbers in a BVH file: single ones, and the many of its frames."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile

__all__ = ["AGAIN", "number", "read_frames"]

Array = NDArray[np.float64]

AGAIN = "Copy or export the file again."
_MAX_SIZE = 1e9  # no length or angle is larger than this
_BLOCK = 4 << 20
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def number(token: str) -> float | None:
    """A finite number of sensible size, with a decimal point or comma, or None."""
    plain = token.replace(",", ".", 1)
    if len(plain) > 40 or not _NUMBER.fullmatch(plain):
        return None
    value = float(plain)
    return value if abs(value) < _MAX_SIZE else None


def read_frames(data: bytes, start: int, frames: int, owners: Sequence[str]) -> Array:
    r"""The numbers of all frames, read in blocks.

    Parameters
    ----------
    data : bytes
        The file's text; its numbers begin at ``start`` and go on to its end.
    start : int
    frames : int
        How many there should be.
    owners : sequence of str
        The joint of each channel, for messages.

    Returns
    -------
    (frames, channels) float
        Finite.

    Raises
    ------
    DamagedFile
        When there are fewer or more numbers, or something else.

    Examples
    --------
    >>> read_frames(b"1 2\n3,5 4", 0, 2, ["hip", "hip"]).tolist()
    [[1.0, 2.0], [3.5, 4.0]]
    """
    width = len(owners)
    tail = data[max(start, len(data) - 4096) :]
    end = len(data) - len(tail) + len(tail.rstrip(b" \t\r\n\x00\x1a"))
    comma = _decimal_comma(data, start, end)
    wanted = frames * width
    values = np.empty(min(wanted, (end - start) // 2 + 1))
    found = 0
    for first, last in pairwise(_cuts(data, start, end)):
        block = data[first:last]
        numbers = _block(block.replace(b",", b".") if comma else block, found, width)
        values[found : found + numbers.size] = numbers[: max(0, wanted - found)]
        found += numbers.size
    if found != wanted:
        raise DamagedFile(
            f"The file says {frames} frames of {width} numbers, and holds "
            f"{found // width} frames and {found % width} numbers more. "
            "Copy or export it again, or correct the line 'Frames:'."
        )
    table = values.reshape(frames, width)
    bad = np.argwhere(~(np.abs(table) < _MAX_SIZE))
    if bad.size:
        frame, column = (int(index) for index in bad[0])
        raise DamagedFile(
            f"A BVH file needs finite numbers, and frame {frame} (from 0) has "
            f"{table[frame, column]:g} in a channel of joint "
            f"{owners[column][:40]}. Fill the gap where it was recorded, and "
            "export the file again."
        )
    return table


def _cuts(data: bytes, start: int, end: int) -> list[int]:
    """Ends of blocks, each at a space, so that no number is cut."""
    cuts = [start]
    while cuts[-1] < end:
        cut = min(cuts[-1] + _BLOCK, end)
        space = re.compile(rb"\s").search(data, cut, end)
        cuts.append(space.start() if space else end)
    return cuts


def _block(block: bytes, before: int, width: int) -> Array:
    if not block.strip():
        return np.empty(0)
    try:
        if b"\0" in block:
            raise ValueError("zero byte")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return np.fromstring(block, sep=" ", dtype=np.float64)
    except (ValueError, DeprecationWarning) as error:
        tokens = block.decode("latin-1").replace("\0", "?").split()
        where, token = next(
            ((k, t) for k, t in enumerate(tokens) if number(t) is None), (0, "")
        )
        raise DamagedFile(
            "The frames of a BVH file need numbers, and frame "
            f"{(before + where) // width} (from 0) has {token[:40]!r}. {AGAIN}"
        ) from error


def _decimal_comma(data: bytes, start: int, end: int) -> bool:
    """Whether a comma is the decimal sign; an error where that is not clear."""
    if data.find(b",", start, end) < 0:
        return False
    twice = re.compile(rb",[^\s,]*,").search(data, start, end)
    if data.find(b".", start, end) >= 0 or twice:
        raise DamagedFile(
            "The frames of a BVH file need numbers with spaces between them, and these "
            "have commas whose meaning is not clear. Export it with decimal points."
        )
    return True
