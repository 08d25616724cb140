"""The least cost over a band of cells, tile by tile, and the path that has it.

The band is a stack of strips of rows, each with an interval of columns; the whole
matrix is a band too. Of the accumulated costs only what borders on a tile is kept, so
memory is that of a few rows and columns, and the way back computes once more just the
tiles that the path crosses [1]_.

References
----------
.. [1] A. Griewank, A. Walther, "Algorithm 799: revolve", ACM TOMS 26, 2000
   (checkpointing: one recomputation for the square root of the memory).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels._warping_loops import forward, walk
from repetiteur.kernels._warping_pairs import Array

Path = NDArray[np.int64]
Place = tuple[int, int]


class Blocks(Protocol):
    """What gives the distances of some rows to some columns."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows of either sequence."""

    def block(self, rows: slice, columns: slice) -> NDArray[np.floating]:
        """Distances, in C order."""


@dataclass(frozen=True)
class Rule:
    """What a path may do, and what it pays beside the distances.

    Attributes
    ----------
    weights : (both, first alone, second alone) float
        Of the distance, for each kind of step.
    aside : float
        For each step in which one goes on alone.
    leave_out : (first, second) float
        For each frame left out before the beginning or after the end.
    """

    weights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    aside: float = 0.0
    leave_out: tuple[float, float] = (np.inf, np.inf)

    @classmethod
    def of(
        cls, aside: float, leave_out: float, weights: tuple[float, float, float]
    ) -> Rule:
        """The same for both ends of both; raises ValueError for what is no cost."""
        costs = {"aside": aside, "leave_out": leave_out, "weights": min(weights)}
        for name, cost in costs.items():
            if not cost >= 0.0 or (name != "leave_out" and np.isinf(cost)):
                raise ValueError(f"{name} must be 0 or more, and is {cost}.")
        both, first, second = (float(weight) for weight in weights)
        out = float(leave_out)
        return cls((both, first, second), float(aside), (out, out))

    @property
    def steps(self) -> tuple[float, float, float, float]:
        """As the compiled loops take it."""
        return (*self.weights, self.aside)

    def left_out(self, which: int, frames: NDArray[np.int64]) -> Array:
        """Cost of leaving out so many frames of the first (0) or second (1)."""
        cost = self.leave_out[which]
        return np.where(frames > 0, cost * np.maximum(frames, 1), 0.0)


@dataclass(frozen=True)
class Band:
    """Strips of rows, ``bounds[k]`` to ``bounds[k + 1]``, columns ``low`` to ``high``.

    Both ``low`` and ``high`` never decrease; neighbours overlap.
    """

    bounds: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @property
    def cells(self) -> int:
        """Number of cells."""
        return int((np.diff(self.bounds) * (self.high - self.low)).sum())


@dataclass(frozen=True)
class Tile:
    """A rectangle of cells and what it borders on (:mod:`._warping_loops`).

    ``moves`` has the step that leads to each cell, where that is worth its memory.
    """

    rows: slice
    columns: slice
    top: Array
    left: Array
    moves: NDArray[np.uint8] | None = None

    def across(
        self, pairs: Blocks, rule: Rule, moves: NDArray[np.uint8] | None = None
    ) -> tuple[Array, Array]:
        """The tile's last row and its last column, each with the corner before it.

        The step that leads to each cell is written into ``moves``.
        """
        bottom, right = self.top.copy(), np.empty_like(self.left)
        distance = pairs.block(self.rows, self.columns)
        at_top, at_side = self.rows.start == 0, self.columns.start == 0
        forward(distance, bottom, self.left, right, at_top, at_side, rule.steps, moves)
        bottom[0], right[0] = self.left[-1], self.top[-1]
        return bottom, right

    def back(self, pairs: Blocks, rule: Rule, end: Place) -> tuple[Path, Place]:
        """Cells passed on the way back from ``end``, and where the path goes on."""
        corner = self.rows.start, self.columns.start
        i, j = end[0] - corner[0], end[1] - corner[1]
        moves = self.moves
        if moves is None:  # of what the path may reach
            moves = np.empty((i + 1, j + 1), dtype=np.uint8)
            rows, columns = (slice(k, e + 1) for k, e in zip(corner, end, strict=True))
            part = Tile(rows, columns, self.top[: j + 2], self.left[: i + 2])
            part.across(pairs, rule, moves)
        cells, i, j = walk(moves, i, j)
        return cells + np.array(corner), (i + corner[0], j + corner[1])


@dataclass(frozen=True)
class Swept:
    """Every strip's tiles, and the accumulated cost of each place a path may end."""

    strips: list[list[Tile]]
    last_row: Array
    last_column: Array

    def end(self, rule: Rule) -> Place:
        """The cheapest place to end, with what is left out after it."""
        n, m = self.last_column.size, self.last_row.size
        by_row = self.last_row + rule.left_out(1, np.arange(m - 1, -1, -1))
        by_column = self.last_column + rule.left_out(0, np.arange(n - 1, -1, -1))
        j, i = int(np.argmin(by_row)), int(np.argmin(by_column))
        if by_row[j] <= by_column[i]:
            return n - 1, j
        return i, m - 1


def sweep(
    pairs: Blocks, band: Band, rule: Rule, width: int, *, keep: bool = False
) -> Swept:
    """Accumulate over a band, in tiles of ``width`` columns at the most.

    With ``keep`` every cell's step is kept, a byte each; without, the way back
    computes once more the tiles that the path crosses.
    """
    n, m = pairs.shape
    edge = rule.left_out(1, np.arange(m + 1))
    side = rule.left_out(0, np.arange(n + 1))
    last_column = np.full(n, np.inf)
    strips = []
    for k in range(band.low.size):
        rows = slice(int(band.bounds[k]), int(band.bounds[k + 1]))
        low, high = int(band.low[k]), int(band.high[k])
        left = side[rows.start : rows.stop + 1]
        if low:
            left = np.full(left.size, np.inf)
            left[0] = edge[low]
        tiles = []
        for start in range(low, high, width):
            columns = slice(start, min(start + width, high))
            top = edge[start : columns.stop + 1].copy()
            top[0] = left[0]
            shape = left.size - 1, top.size - 1
            moves = np.empty(shape, dtype=np.uint8) if keep else None
            tile = Tile(rows, columns, top, left, moves)
            tiles.append(tile)
            bottom, left = tile.across(pairs, rule, moves)
            edge[start + 1 : columns.stop + 1] = bottom[1:]
        edge[low] = np.inf
        edge[high + 1 :] = np.inf
        strips.append(tiles)
        if high == m:
            last_column[rows] = left[1:]
    last_row = edge[1:].copy()
    last_row[: band.low[-1]] = np.inf
    return Swept(strips, last_row, last_column)


def trace(pairs: Blocks, swept: Swept, rule: Rule, end: Place) -> Path:
    """The path that ends there, first cell first."""
    i, j = end
    pieces = []
    for strip in reversed(swept.strips):
        if strip[0].rows.start > i:
            continue
        for tile in reversed(strip):
            if tile.columns.start > j:
                continue
            piece, (i, j) = tile.back(pairs, rule, (i, j))
            pieces.append(piece)
            if i < tile.rows.start:
                break
        if i < 0 or j < 0:
            break
    return np.concatenate(pieces)[::-1]


def cost_along(
    path: Path, x: Array, y: Array, rule: Rule, unseen: float = 0.0
) -> float:
    """Cost of a path, from the sequences themselves in double precision."""
    parts = np.array_split(path, len(path) // 4096 + 1)
    apart = [_apart(x[part[:, 0]], y[part[:, 1]], unseen) for part in parts]
    step = np.diff(path, axis=0)
    alone = np.where(step[:, 1] == 0, 1, np.where(step[:, 0] == 0, 2, 0))
    weight = np.asarray(rule.weights)[np.concatenate([[0], alone])]
    out = path[0] + np.array([len(x), len(y)]) - 1 - path[-1]
    total = weight @ np.concatenate(apart) + rule.aside * np.count_nonzero(alone)
    return float(total + sum(rule.left_out(k, out)[k] for k in (0, 1)))


def _apart(a: Array, b: Array, unseen: float) -> Array:
    between = a - b
    square = np.einsum("ij,ij->i", between, between)
    if np.isfinite(square).all():
        return np.asarray(square)
    seen = np.isfinite(between)
    count = seen.sum(axis=1)
    square = (np.where(seen, between, 0.0) ** 2).sum(axis=1)
    square *= a.shape[1] / np.maximum(count, 1)
    return np.where(count > 0, square, unseen)
