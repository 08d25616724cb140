"""What a worker sends for a frame, as one row of numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.sights import Look, Sights

Rows = NDArray[np.float32]

_HEAD = 4


def width(points: int) -> int:
    """Numbers in a row: piece, frame, presence, scale, and six for each landmark.

    These are x, y, confidence, and the three of the world.
    """
    return _HEAD + 6 * points


def row_of(
    piece: int, frame: int, look: Look | None, *, scale: float, points: int
) -> Rows:
    """One frame as a row, (width,) float32.

    Parameters
    ----------
    piece, frame : int
    look : Look or None
        None where no dancer was found.
    scale : float
        Pixels of the recording for one of the picture that was looked at.
    points : int
        Landmarks of a look.
    """
    row = np.full(width(points), np.nan, np.float32)
    row[:_HEAD] = piece, frame, 0.0, scale
    if look is not None:
        row[2] = look.presence
        row[_HEAD:] = np.concatenate(
            [scale * look.pixels, look.confidence[:, None], look.world], axis=1
        ).ravel()
    return row


def sights_of(rows: Rows) -> Sights:
    """All frames' rows, (frames, width), NaN for those that never came."""
    table = rows[:, _HEAD:].reshape(len(rows), -1, 6).astype(np.float64)
    return Sights(
        presence=rows[:, 2].astype(np.float64),
        pixels=table[..., :2].copy(),
        confidence=table[..., 2].copy(),
        world=table[..., 3:].copy(),
    )
