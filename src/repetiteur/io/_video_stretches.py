"""Cutting a video into stretches that are decoded each by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stretch", "Table", "stretches"]

Ints = NDArray[np.int64]

_SHORTEST = 24  # pictures of a stretch, so that all-keyframe video is not cut up


@dataclass(frozen=True, eq=False)
class Table:
    """The packets of a video in the order of the file.

    Attributes
    ----------
    pos, size, dts : (packets,) int
        Place in the file, bytes, and decoding stamp: they tell packets apart.
    key : (packets,) bool
        Whether decoding can start here.
    index : (packets,) int
        Number of the picture that it becomes, in the order of showing; -1 for none.
    stream : int
        Number of the stream in the container.
    interlaced : bool
    """

    pos: Ints
    size: Ints
    dts: Ints
    key: NDArray[np.bool_]
    index: Ints
    stream: int
    interlaced: bool


@dataclass(frozen=True)
class Stretch:
    """Packets that are decoded together, and the pictures that are taken from them.

    Attributes
    ----------
    packets, frames : range
    again : int
        Number of the first packet that the next stretch needs too.
    """

    packets: range
    frames: range
    again: int


def stretches(table: Table) -> list[Stretch]:
    """All stretches of a video, in order; every picture is in exactly one.

    A stretch takes its pictures from its own keyframe's on, in the order of showing,
    until the next one's. Pictures that are shown before a keyframe and stored after it
    refer to both sides (an "open" group), so the packets of a stretch may overlap those
    of the next.
    """
    frames = int(table.index.max(initial=-1)) + 1
    starts, begins = [0], [0]
    for number in np.flatnonzero(table.key & (table.index >= 0)).tolist():
        if table.index[number] >= begins[-1] + _SHORTEST:
            starts.append(number)
            begins.append(int(table.index[number]))
    shown = np.flatnonzero(table.index >= 0)
    last = np.zeros(frames + 1, np.int64)  # packet of each picture
    last[table.index[shown]] = shown
    reach = np.maximum.accumulate(last)
    found = []
    for place, (start, begin) in enumerate(zip(starts, begins, strict=True)):
        final = place + 1 == len(starts)
        end = frames if final else begins[place + 1]
        again = len(table.key) if final else starts[place + 1]
        stop = max(again, int(reach[end - 1]) + 1) if end else again
        found.append(Stretch(range(start, stop), range(begin, end), again))
    return found
