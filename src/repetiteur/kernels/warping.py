"""Exact dynamic time warping with its path, in little memory.

Two sequences of feature vectors are lined up so that the sum of their distances
along the path is the smallest there is. The cost of n x m cells is unavoidable here;
their memory is not: only every square-root-th row of the accumulated cost is kept,
and each block of rows between is computed once more on the way back [1]_.

References
----------
.. [1] A. Griewank, A. Walther, "Algorithm 799: revolve", ACM TOMS 26, 2000
   (checkpointing: one recomputation for the square root of the memory).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_DIAGONAL, _UP, _LEFT, _START = 0, 1, 2, 3


@dataclass(frozen=True)
class Warp:
    """The cheapest path between two sequences.

    Attributes
    ----------
    path : (points, 2) int
        Index in the first and in the second sequence; each step adds one to either
        or to both.
    cost : float
        Sum along the path: distances, steps aside and what was left out at the ends.
    chance : float
        Mean distance over all pairs of frames: what a blind line-up would pay.
    """

    path: NDArray[np.int64]
    cost: float
    chance: float


def square_distances(x: ArrayLike, y: ArrayLike) -> NDArray[np.float32]:
    """Squared distances between all pairs of rows; what is NaN in either is left out.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float

    Returns
    -------
    (n, m) float32
        Sum over the d columns; where columns are missing, the mean over those seen in
        both times d; where none is, 0: nothing speaks against that pair.

    Examples
    --------
    >>> square_distances([[0.0, 0.0]], [[3.0, 4.0], [1.0, np.nan]]).tolist()
    [[25.0, 2.0]]
    """
    a = np.ascontiguousarray(x, dtype=np.float32)
    b = np.ascontiguousarray(y, dtype=np.float32)
    seen_a, seen_b = np.isfinite(a), np.isfinite(b)
    if seen_a.all() and seen_b.all():
        square = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)[None]
        square -= 2.0 * (a @ b.T)
        return np.asarray(np.maximum(square, np.float32(0.0)))
    in_a, in_b = seen_a.astype(np.float32), seen_b.astype(np.float32)
    a, b = np.where(seen_a, a, np.float32(0.0)), np.where(seen_b, b, np.float32(0.0))
    square = (a * a) @ in_b.T + in_a @ (b * b).T - 2.0 * (a @ b.T)
    common = in_a @ in_b.T
    fair = np.float32(a.shape[1]) / np.maximum(common, np.float32(1.0))
    return np.asarray(np.maximum(square, np.float32(0.0)) * fair)


def warp(
    x: ArrayLike, y: ArrayLike, *, aside: float = 0.0, leave_out: float = np.inf
) -> Warp:
    """Cheapest line-up of two sequences.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float
        Feature vectors, one row a frame; NaN = not seen.
    aside : float
        Added for each step in which only one of the two goes on. It settles where
        a path runs while both stand still.
    leave_out : float
        Cost of each frame left out before the beginning or after the end of either
        sequence; infinite makes both begin and end together.

    Returns
    -------
    Warp

    Raises
    ------
    ValueError
        When a sequence has no row, or their numbers of columns differ.

    Notes
    -----
    Distances are single precision (their block is a matrix product), sums along the
    path double. Time O(n m), memory O(m sqrt(n)).

    Examples
    --------
    >>> found = warp([[0.0], [1.0], [2.0]], [[0.0], [1.0], [1.0], [2.0]])
    >>> found.path.tolist(), found.cost
    ([[0, 0], [1, 1], [1, 2], [2, 3]], 0.0)
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or not a.size * b.size:
        raise ValueError(
            "warp needs two sequences of rows with the same number of columns, and "
            f"has {a.shape} and {b.shape}."
        )
    size = max(1, int(np.ceil(np.sqrt(a.shape[0]))))
    starts = list(range(0, a.shape[0], size))
    entry = np.empty((len(starts), b.shape[0]))  # accumulated row before each block
    row = np.empty(b.shape[0])
    last_column = np.empty(a.shape[0])
    total = 0.0
    for k, first in enumerate(starts):
        entry[k] = row
        block = square_distances(a[first : first + size], b)
        total += float(block.sum(dtype=np.float64))
        row = _forward(block, row, first, aside, leave_out, last_column)
    end = _cheapest_end(row, last_column, leave_out)
    path = _trace(a, b, entry, size, end[:2], aside, leave_out)
    return Warp(path, end[2], total / (a.shape[0] * b.shape[0]))


def _cheapest_end(
    row: Array, column: Array, leave_out: float
) -> tuple[int, int, float]:
    n, m = column.size, row.size
    if np.isinf(leave_out):
        return n - 1, m - 1, float(row[-1])
    by_row = row + leave_out * np.arange(m - 1, -1, -1)
    by_column = column + leave_out * np.arange(n - 1, -1, -1)
    j, i = int(np.argmin(by_row)), int(np.argmin(by_column))
    if by_row[j] <= by_column[i]:
        return n - 1, j, float(by_row[j])
    return i, m - 1, float(by_column[i])


def _trace(
    a: Array,
    b: Array,
    entry: Array,
    size: int,
    end: tuple[int, int],
    aside: float,
    leave_out: float,
) -> NDArray[np.int64]:
    """Walk back from ``end``, computing each block of rows once more."""
    i, j = end
    pieces: list[NDArray[np.int64]] = []
    for k in range(i // size, -1, -1):
        first = k * size
        block = square_distances(a[first : i + 1], b[: j + 1])
        moves = _directions(block, entry[k][: j + 1], first, aside, leave_out)
        piece = _walk(moves, first, i, j)
        pieces.append(piece)
        i, j = int(piece[-1, 0]), int(piece[-1, 1])
        move = moves[i - first, j]
        if move == _START:
            break
        # The walk ends on the block's first row with a step into the block before.
        i, j = i - 1, j - (1 if move == _DIAGONAL else 0)
    return np.concatenate(pieces)[::-1]


@njit(cache=True, nogil=True)
def _forward(distance, before, first, aside, leave_out, last_column):  # type: ignore[no-untyped-def]
    rows, m = distance.shape
    above = before.copy()
    here = np.empty(m)
    for r in range(rows):
        i = first + r
        for j in range(m):
            if i == 0:
                best = 0.0 if j == 0 else min(here[j - 1] + aside, leave_out * j)
            elif j == 0:
                best = min(above[0] + aside, leave_out * i)
            else:
                best = above[j - 1]
                step = min(above[j], here[j - 1]) + aside
                if step < best:
                    best = step
            here[j] = best + distance[r, j]
        last_column[i] = here[m - 1]
        above, here = here, above
    return above.copy()


@njit(cache=True, nogil=True)
def _directions(distance, before, first, aside, leave_out):  # type: ignore[no-untyped-def]
    rows, m = distance.shape
    moves = np.empty((rows, m), dtype=np.uint8)
    above = before.copy()
    here = np.empty(m)
    for r in range(rows):
        i = first + r
        for j in range(m):
            if i == 0 and j == 0:
                best, move = 0.0, 3
            elif i == 0:
                best, move = here[j - 1] + aside, 2
                if leave_out * j < best:
                    best, move = leave_out * j, 3
            elif j == 0:
                best, move = above[0] + aside, 1
                if leave_out * i < best:
                    best, move = leave_out * i, 3
            else:
                best, move = above[j - 1], 0
                if above[j] + aside < best:
                    best, move = above[j] + aside, 1
                if here[j - 1] + aside < best:
                    best, move = here[j - 1] + aside, 2
            moves[r, j] = move
            here[j] = best + distance[r, j]
        above, here = here, above
    return moves


@njit(cache=True, nogil=True)
def _walk(moves, first, i, j):  # type: ignore[no-untyped-def]
    steps = np.empty((i - first + j + 1, 2), dtype=np.int64)
    count = 0
    while True:
        steps[count, 0] = i
        steps[count, 1] = j
        count += 1
        move = moves[i - first, j]
        if move == 3 or (i == first and move != 2):
            break
        if move != 2:
            i -= 1
        if move != 1:
            j -= 1
    return steps[:count]
