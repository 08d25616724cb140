"""Drawn figures, small enough for a page: as fine as there is room for.

A joint is told from the one that it hangs on, frame by frame from the frame before, in
whole grains; such numbers are small, and deflate well. Two minutes keep every frame and
millimetre; ten minutes of quick dancing keep some ten frames a second and eight
millimetres, a pixel and a half of the stage. The viewer draws curves through them.
"""

from __future__ import annotations

import base64
import json
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repetiteur.model.poses import Array
from repetiteur.report.figures import JOINTS, Figure

#: The most that one figure may take of a page, characters.
MOST = 190_000
#: Of one that lies in a picture's plane: it has two numbers to a joint, not three.
MOST_FLAT = 2 * MOST // 3
# Every so many frames, in grains of so many millimetres; the last always has room.
_FINENESS = (
    (1, 1), (1, 2), (1, 4), (2, 4), (2, 6), (2, 8),
    (3, 8), (4, 8), (5, 8), (6, 8), (8, 8), (16, 8),
)  # fmt: skip
_FURTHEST = 8000  # so that a step of the finest grains fits two bytes
_HANGS_ON = {
    "chest": "pelvis", "neck": "chest", "head": "neck", "face": "head",
    "shoulder": "neck", "elbow": "shoulder", "wrist": "elbow", "hand": "wrist",
    "hip": "pelvis", "knee": "hip", "ankle": "knee", "toe": "ankle",
}  # fmt: skip


@dataclass(frozen=True)
class Packed:
    """A drawn figure as text.

    Attributes
    ----------
    every : int
        Of the figure's frames, one in so many is kept.
    frames : int
        How many are.
    grain : int
        What a whole number stands for: of a figure, millimetres.
    text : str
        base64 of deflated bytes, each joint and axis by itself, frame after frame: 1
        where it was seen, and the lower and the upper byte of its steps, which are
        counted 0, -1, 1, -2, 2, ...
    """

    every: int
    frames: int
    grain: int
    text: str


def parents() -> list[int]:
    """The joint that each joint hangs on, as its index; -1 for the pelvis.

    Examples
    --------
    >>> [JOINTS[k] if k >= 0 else None for k in parents()[:3]]
    [None, 'pelvis', 'chest']
    """
    return [JOINTS.index(_parent(name)) if name != "pelvis" else -1 for name in JOINTS]


def packed(figure: Figure, most: int = MOST) -> Packed:
    """A figure as text, as fine as there is room for.

    Parameters
    ----------
    figure : Figure
    most : int
        Characters.

    Examples
    --------
    >>> figure = Figure(0.0, 30.0, np.full((1, len(JOINTS), 3), 0.5))
    >>> float(unpacked(packed(figure))[0, 0, 0])
    0.5
    """
    return fitted(1000.0 * figure.position, parents(), most)


def fitted(position: Array, above: Sequence[int], most: int) -> Packed:
    """Places of joints as text, as fine as there is room for.

    Parameters
    ----------
    position : (frames, joints, axes) float
        Millimetres, or what else stands for a grain of 1; NaN = not seen.
    above : sequence of int
        The joint that each joint hangs on, one before it; -1 for none.
    most : int
        Characters.
    """

    @cache
    def made(fineness: int) -> Packed:
        every, grain = _FINENESS[fineness]
        kept = position[::every]
        text = base64.b64encode(_deflated(kept, above, grain)).decode("ascii")
        return Packed(every, len(kept), grain, text)

    # Halving, so that a long one is not made as fine as it cannot be.
    choices = range(len(_FINENESS) - 1)
    return made(bisect_left(choices, 1, key=lambda k: len(made(k).text) <= most))


def unpacked(found: Packed) -> Array:
    """Positions back from :func:`packed`, (frames, joints, 3) metres."""
    return unfitted(found, parents()) / 1000.0


def unfitted(found: Packed, above: Sequence[int], axes: int = 3) -> Array:
    """Places back from :func:`fitted`, (frames, joints, axes)."""
    whole = np.frombuffer(zlib.decompress(base64.b64decode(found.text)), np.uint8)
    joints = len(above)
    size = joints * found.frames
    seen, low, high = np.split(whole, [size, (1 + axes) * size])
    folded = (low + 256 * high.astype(np.int64)).reshape(-1, found.frames)
    steps = np.where(folded % 2, -(folded + 1) // 2, folded // 2)
    at = np.cumsum(steps, axis=1).reshape(joints, axes, found.frames)
    for joint, parent in enumerate(above):
        if parent >= 0:
            at[joint] += at[parent]
    shown = seen.reshape(joints, 1, found.frames).astype(bool)
    return np.moveaxis(np.where(shown, at * float(found.grain), np.nan), -1, 0)


def small(data: object) -> str:
    """Lists and numbers as base64 of deflated JSON.

    Examples
    --------
    >>> len(small(list(range(1000)))) < len(str(list(range(1000))))
    True
    """
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def _parent(name: str) -> str:
    side, _, part = name.rpartition("_")
    above = _HANGS_ON[part]
    return f"{side}_{above}" if side and above not in JOINTS else above


def _deflated(position: Array, above: Sequence[int], grain: int) -> bytes:
    """Frames, joints and axes as deflated bytes."""
    seen: NDArray[np.bool_] = np.asarray(np.isfinite(position).all(axis=-1))
    near = np.clip(_held(position, seen), -_FURTHEST, _FURTHEST)
    at = np.round(near / grain).astype(np.int64)
    hangs = np.array(above)
    hanging = at - np.where((hangs >= 0)[:, np.newaxis], at[:, hangs], 0)
    steps = np.diff(hanging, axis=0, prepend=0)
    folded = np.moveaxis(np.where(steps < 0, -2 * steps - 1, 2 * steps), 0, -1)
    planes = (seen.T, folded & 255, folded >> 8)
    # The steps are noise around zero, for which "filtered" is meant.
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_FILTERED)
    whole = b"".join(plane.astype(np.uint8).tobytes() for plane in planes)
    return squeeze.compress(whole) + squeeze.flush()


def _held(position: Array, seen: NDArray[np.bool_]) -> Array:
    """Positions in which a joint that is not seen stays where it was, first at 0."""
    frame = np.arange(len(position))[:, np.newaxis]
    last = np.maximum.accumulate(np.where(seen, frame, -1), axis=0)
    held = np.take_along_axis(position, np.maximum(last, 0)[..., np.newaxis], axis=0)
    return np.where((last >= 0)[..., np.newaxis], held, 0.0)
