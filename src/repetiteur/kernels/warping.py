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


@dataclass(frozen=True)
class _Pairs:
    """Two sequences laid out so that one matrix product gives squared distances.

    With s the mask of what is seen (1 or 0) and unseen values set to 0, the sum of
    (a - b)^2 over what both see is [a^2, s_a, -2 a] . [s_b, b^2, b].
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]
    seen_left: NDArray[np.float32] | None
    seen_right: NDArray[np.float32]

    @classmethod
    def of(cls, x: ArrayLike, y: ArrayLike) -> _Pairs:
        both = np.concatenate([x, y]).astype(np.float64)
        seen = np.isfinite(both)
        # Digits are lost with distance from the origin, so it moves to the middle.
        both -= np.where(seen, both, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
        a, b = np.split(both.astype(np.float32), [len(np.asarray(x))])
        in_a, in_b = (np.isfinite(rows).astype(np.float32) for rows in (a, b))
        a, b = np.where(in_a, a, np.float32(0)), np.where(in_b, b, np.float32(0))
        if in_a.all() and in_b.all():  # squares need no mask: two columns hold them
            one_a, one_b = in_a[:, :1], in_b[:, :1]
            left = [(a * a).sum(axis=1, keepdims=True), one_a, -2.0 * a]
            right = [one_b, (b * b).sum(axis=1, keepdims=True), b]
            return cls(np.hstack(left), np.hstack(right), None, in_b)
        left, right = [a * a, in_a, -2.0 * a], [in_b, b * b, b]
        return cls(np.hstack(left), np.hstack(right), in_a, in_b)

    def block(self, rows: slice, columns: slice) -> NDArray[np.float32]:
        """Squared distances of some rows to some columns; rounding may leave -0."""
        square = self.left[rows] @ self.right[columns].T
        if self.seen_left is not None:
            common = self.seen_left[rows] @ self.seen_right[columns].T
            square *= self.seen_right.shape[1] / np.maximum(common, np.float32(1.0))
        return np.asarray(square)


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
    >>> square_distances([[0.0, 0.0]], [[3.0, 4.0], [1.0, np.nan]]).round(4).tolist()
    [[25.0, 2.0]]
    """
    square = _Pairs.of(x, y).block(slice(None), slice(None))
    return np.asarray(np.maximum(square, np.float32(0.0)))


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
    pairs, n, m = _Pairs.of(a, b), a.shape[0], b.shape[0]
    size = max(1, int(np.ceil(np.sqrt(n))))
    starts = range(0, n, size)
    entry = np.empty((len(starts), m))  # accumulated row before each block
    row, last_column = np.empty(m), np.empty(n)
    total = 0.0
    for k, first in enumerate(starts):
        entry[k] = row
        block = pairs.block(slice(first, first + size), slice(None))
        row, part = _forward(block, row, first, aside, leave_out, last_column)
        total += part
    end = _cheapest_end(row, last_column, leave_out)
    path = _trace(pairs, entry, size, end[:2], aside, leave_out)
    return Warp(path, end[2], total / (n * m))


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
    pairs: _Pairs,
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
        block = pairs.block(slice(first, i + 1), slice(j + 1))
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
    total = 0.0
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
            here[j] = best + max(distance[r, j], 0.0)
            total += distance[r, j]
        last_column[i] = here[m - 1]
        above, here = here, above
    return above.copy(), total


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
            here[j] = best + max(distance[r, j], 0.0)
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
