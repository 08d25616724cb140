"""A recording in fixed pieces, so that any number of workers gives the same poses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Length of a piece, s, and of the warm-up before it, in which the region settles.
PIECE_S, WARM_S = 10.0, 0.5
#: Most frames of a warm-up.
WARM_FRAMES = 6


@dataclass(frozen=True)
class Piece:
    """Frames ``first`` to ``last`` (not with it), followed from ``warm`` on."""

    number: int
    warm: int
    first: int
    last: int


def pieces(time_s: NDArray[np.float64]) -> list[Piece]:
    """Cut a recording into pieces by its times alone.

    Parameters
    ----------
    time_s : (frames,) float
        Seconds, increasing.

    Returns
    -------
    list of Piece
        In order, without gaps; none is empty.

    Examples
    --------
    >>> pieces(np.arange(700) / 60.0)
    [Piece(number=0, warm=0, first=0, last=600),
    Piece(number=1, warm=594, first=600, last=700)]
    """
    slot = np.floor((time_s - time_s[0]) / PIECE_S + 1e-9).astype(np.int64)
    firsts = np.flatnonzero(np.diff(slot, prepend=-1))
    lasts = [*firsts[1:], time_s.size]
    warm_s = np.searchsorted(time_s, time_s[firsts] - WARM_S)
    return [
        Piece(number, int(max(warm, first - WARM_FRAMES)), int(first), int(last))
        for number, (warm, first, last) in enumerate(
            zip(warm_s, firsts, lasts, strict=True)
        )
    ]


def shares(all_of_them: Sequence[Piece], workers: int) -> list[list[Piece]]:
    """Neighbouring pieces for each worker, as even in frames as can be.

    Parameters
    ----------
    all_of_them : sequence of Piece
    workers : int
        At least 1.

    Returns
    -------
    list of list of Piece
        One list for each worker that has something to do.

    Examples
    --------
    >>> [len(share) for share in shares(pieces(np.arange(3000) / 60.0), 2)]
    [2, 3]
    """
    ends = np.array([piece.last for piece in all_of_them], dtype=np.float64)
    starts = np.concatenate([[all_of_them[0].first], ends[:-1]])
    middles = (starts + ends) / 2 - starts[0]
    owner = np.minimum(middles * workers / (ends[-1] - starts[0]), workers - 1)
    return [
        share
        for worker in range(workers)
        if (
            share := [
                piece
                for piece, whose in zip(all_of_them, owner.astype(int), strict=True)
                if whose == worker
            ]
        )
    ]
