"""The exact way through a stretch, and stretches joined over what is alike between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.features import Movement, square
from repetiteur.align.seams import Piece
from repetiteur.kernels.warping import warp

Array = NDArray[np.float64]
Frames = NDArray[np.int64]

#: Cost of going on in one recording alone, rad^2: as much as a pose 12 degrees off.
#: Less, and in a hold whose shape differs the path leaves the hold out of both; more,
#: and short lateness is not followed.
ASIDE = np.radians(12.0) ** 2
#: What both dance between two stretches is one movement done differently, not one left
#: out and another put in, where neither lasts this many times as long and their poses
#: are no further apart than this, rad: one leg 30 degrees lower.
MUCH_LONGER, ALIKE = 2.0, np.radians(15.0)


def bridged(
    pieces: list[Piece], ref: Movement, played: Movement
) -> tuple[list[Piece], list[Piece]]:
    """Stretches joined over what both dance for about as long, and alike enough.

    The facing has no say in that: after half a turn too little all is danced the other
    way round, until that is made up for.

    Parameters
    ----------
    pieces : list of Piece
        In the order of the take.
    ref, played : Movement
        On the grid of the pieces.

    Returns
    -------
    joined, between : list of Piece
        The stretches, and what lay between those that were joined.
    """
    joined: list[Piece] = []
    between: list[Piece] = []
    for piece in pieces:
        gap = Piece(joined[-1].last, piece.first) if joined else None
        if gap and _alike(gap, ref.features, played.features):
            joined[-1] = Piece(joined[-1].first, piece.last)
            between.append(gap)
        else:
            joined.append(piece)
    return joined, between


def _alike(between: Piece, x: Array, y: Array) -> bool:
    frames = np.subtract(between.last, between.first)
    if frames.min() <= 0 or frames.max() > MUCH_LONGER * frames.min():
        return False
    i, j = exactly(between, x, y).T
    return bool(square(x[i] - y[j]).mean() <= ALIKE**2)


def without_facing(x: Array, y: Array, where: list[Piece]) -> tuple[Array, Array]:
    """Features whose facing has no say in some stretches."""
    x, y = x.copy(), y.copy()
    for piece in where:
        for rows, first, last in zip((x, y), piece.first, piece.last, strict=True):
            rows[first : last + 1, -2:] = 0.0
    return x, y


def exactly(piece: Piece, x: Array, y: Array) -> Frames:
    """The path through one stretch."""
    (a, c), (b, d) = piece.first, piece.last
    path = warp(x[a : b + 1], y[c : d + 1], aside=ASIDE).path
    return np.asarray(path + np.array(piece.first))
