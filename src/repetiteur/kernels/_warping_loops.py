"""The recursion of dynamic time warping over one tile of cells, compiled at first use.

A cell's accumulated cost is the least of three: of the cell before in both sequences,
in the first, in the second, each with its step. Along a row every cell waits for the
one before, so one row alone leaves the processor idle: four rows run at once here, each
one column behind the row above, and their chains of additions do not touch.

What a tile borders on comes as ``top``, the accumulated row above it, and ``left``, the
accumulated column before it; both start with the corner, so tile cell (r, c) has
``top[c + 1]`` above it in row 0 and ``left[r + 1]`` before it in column 0. At the first
row and at the first column of all, ``at_top`` and ``at_side``, these hold what leaving
out frames costs, and only the diagonal step may come from there.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

DIAGONAL, UP, BACK = 0, 1, 2

_PLAIN = njit(cache=True, nogil=True)
_INLINE = njit(cache=True, nogil=True, forceinline=True)


@_INLINE
def _step(diagonal, up, before, distance, rule):  # type: ignore[no-untyped-def]
    """Accumulated cost of a cell from its three neighbours', and from which."""
    # Rounding may leave a distance below 0.
    apart = np.float64(distance) if distance > 0.0 else 0.0
    least, move = diagonal + rule[0] * apart, DIAGONAL
    other = up + (rule[1] * apart + rule[3])
    least, move = (other, UP) if other < least else (least, move)
    other = before + (rule[2] * apart + rule[3])
    return (other, BACK) if other < least else (least, move)


@_INLINE
def _along(distance, row, edge, span, diagonal, before, rule, moves):  # type: ignore[no-untyped-def]
    """Some cells of one row; ``edge`` turns from the row above into this row."""
    for j in range(span[0], span[1]):
        up = edge[j + 1]
        before, move = _step(diagonal, up, before, distance[row, j], rule)
        edge[j + 1] = before
        diagonal = up
        if moves is not None:
            moves[row, j] = move
    return diagonal, before


@_INLINE
def _four(distance, r, edge, left, right, first, rule, moves):  # type: ignore[no-untyped-def]
    """Four rows at once; ``edge`` turns from the row above them into the last one."""
    m = distance.shape[1]
    # The slanted beginning, then all four abreast, then the slanted end.
    diag0, a = _along(distance, r, edge, (0, 3), left[r], first[0], rule, moves)
    diag1, b = _along(distance, r + 1, edge, (0, 2), left[r + 1], first[1], rule, moves)
    diag2, c = _along(distance, r + 2, edge, (0, 1), left[r + 2], first[2], rule, moves)
    diag3, d = left[r + 3], first[3]
    for j in range(3, m):
        new_d, move_d = _step(diag3, c, d, distance[r + 3, j - 3], rule)
        new_c, move_c = _step(diag2, b, c, distance[r + 2, j - 2], rule)
        new_b, move_b = _step(diag1, a, b, distance[r + 1, j - 1], rule)
        up = edge[j + 1]
        new_a, move_a = _step(diag0, up, a, distance[r, j], rule)
        edge[j - 2] = new_d
        diag0, diag1, diag2, diag3 = up, a, b, c
        a, b, c, d = new_a, new_b, new_c, new_d
        if moves is not None:
            moves[r, j], moves[r + 1, j - 1] = move_a, move_b
            moves[r + 2, j - 2], moves[r + 3, j - 3] = move_c, move_d
    edge[m], edge[m - 1], edge[m - 2] = a, b, c
    right[r + 1] = a
    _, right[r + 2] = _along(distance, r + 1, edge, (m - 1, m), diag1, b, rule, moves)
    _, right[r + 3] = _along(distance, r + 2, edge, (m - 2, m), diag2, c, rule, moves)
    _, right[r + 4] = _along(distance, r + 3, edge, (m - 3, m), diag3, d, rule, moves)


@_PLAIN
def forward(distance, top, left, right, at_top, at_side, rule, moves):  # type: ignore[no-untyped-def]
    """Accumulate over a tile.

    Parameters
    ----------
    distance : (rows, columns) float32 or float64
    top : (columns + 1,) float
        The row above; turned into the tile's last row. Its corner is not used.
    left : (rows + 1,) float
    right : (rows + 1,) float
        Receives the tile's last column; its corner is the caller's.
    at_top, at_side : bool
    rule : tuple of float
        Weights of the diagonal, first-alone and second-alone steps, cost of aside.
    moves : (rows, columns) uint8, optional
        Receives the step that leads to each cell; without it the loop is faster.
    """
    rows, m = distance.shape
    first = left[1:].copy()
    if at_side:
        first[:] = np.inf
    r = 0
    if at_top:
        diagonal, before = left[0], first[0]
        for j in range(m):
            ahead = top[j + 1]
            before, move = _step(diagonal, np.inf, before, distance[0, j], rule)
            diagonal, top[j + 1] = ahead, before
            if moves is not None:
                moves[0, j] = move
        right[1] = before
        r = 1
    if m >= 4:
        while r + 4 <= rows:
            _four(distance, r, top, left, right, first[r : r + 4], rule, moves)
            r += 4
    while r < rows:
        _, last = _along(distance, r, top, (0, m), left[r], first[r], rule, moves)
        right[r + 1] = last
        r += 1


@_PLAIN
def walk(moves, i, j):  # type: ignore[no-untyped-def]
    """Walk back from tile cell (i, j) until the path leaves the tile.

    Returns
    -------
    steps : (points, 2) int
        Cells passed, last first.
    i, j : int
        Where the path goes on, -1 beyond the border.
    """
    steps = np.empty((i + j + 2, 2), dtype=np.int64)
    count = 0
    while i >= 0 and j >= 0:
        steps[count, 0] = i
        steps[count, 1] = j
        count += 1
        move = moves[i, j]
        if move != BACK:
            i -= 1
        if move != UP:
            j -= 1
    return steps[:count], i, j
