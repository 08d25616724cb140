"""Where the cheapest path may run, learned from a coarser level.

On means of so many frames the whole matrix is cheap: swept forwards and backwards, it
says of every place how much the cheapest path through that place costs. Places within
a tolerance of the cheapest of all are the *valley*, however far apart they lie (a bar
that is danced twice has two), and the fine level needs to look nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels._warping_pairs import Array, Pairs
from repetiteur.kernels._warping_sweep import Band, Path, Rule, Swept, sweep

#: Coarse rows in a strip.
_HEIGHT = 8


def whole(n: int, m: int, height: int) -> Band:
    """All cells, in strips of so many rows."""
    bounds = np.append(np.arange(0, n, height), n)
    zero = np.zeros(bounds.size - 1, dtype=np.int64)
    return Band(bounds, zero, zero + m)


def around(path: Path, shape: tuple[int, int], radius: int, height: int) -> Band:
    """The cells within so many frames of a path, in strips of so many rows."""
    n, m = shape
    bounds = np.append(np.arange(0, n, height), n)
    first, second = path.T
    a = np.searchsorted(first, bounds[:-1] - radius)
    b = np.searchsorted(first, bounds[1:] + radius, side="right") - 1
    low = second[np.minimum(a, len(path) - 1)] - radius
    high = second[np.maximum(b, 0)] + radius + 1
    return Band(bounds, np.clip(low, 0, m - 1), np.clip(high, 1, m))


def coarse(rows: Array, factor: int) -> Array:
    """Means of so many rows each, of what was seen; the last may be of fewer."""
    full = len(rows) // factor * factor
    means = _mean(rows[:full].reshape(-1, factor, rows.shape[1]))
    if full == len(rows):
        return means
    return np.concatenate([means, _mean(rows[None, full:])])


def floors(rows: Array, factor: int) -> Array:
    """What the means of so many rows hide of single rows' distances, (blocks,).

    It is their noise, taken from second differences: squared, these have six times
    the variance of independent noise [1]_. Places that are danced pay for it, and
    those left out do not.

    References
    ----------
    .. [1] T. Gasser, L. Sroka, C. Jennen-Steinmetz, "Residual variance and residual
       pattern in nonlinear regression", Biometrika 73, 1986.
    """
    starts = np.arange(0, len(rows), factor)[:, None] + [0, factor // 2]
    at = np.minimum(starts, len(rows) - 3).ravel()
    bend = rows[at] - 2.0 * rows[at + 1] + rows[at + 2]
    seen = np.isfinite(bend)
    square = (np.where(seen, bend, 0.0) ** 2).sum(axis=1)
    square *= rows.shape[1] / np.maximum(seen.sum(axis=1), 1) / 6.0
    return np.asarray(square.reshape(-1, 2).mean(axis=1) * (1.0 - 1.0 / factor))


def _mean(blocks: Array) -> Array:
    plain = np.asarray(blocks.mean(axis=1))
    if np.isfinite(plain).all():
        return plain
    seen = np.isfinite(blocks)
    total, count = np.where(seen, blocks, 0.0).sum(axis=1), seen.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


@dataclass
class _Ahead:
    """Distances of a few rows to all columns, computed for many rows at once."""

    pairs: Pairs
    first: int = 0
    rows: NDArray[np.floating] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return self.pairs.shape

    def block(self, rows: slice, columns: slice) -> NDArray[np.floating]:
        if self.rows is None or rows.stop > self.first + len(self.rows):
            self.first = rows.start
            self.rows = self.pairs.block(slice(rows.start, rows.start + 64), columns)
        return self.rows[rows.start - self.first : rows.stop - self.first]


@dataclass(frozen=True)
class Valley:
    """Costs of the cheapest paths that cross from one strip of rows to the next.

    Attributes
    ----------
    shape : (n, m)
        Fine frames of the two sequences.
    factor : int
        Fine frames to a coarse one.
    bounds : (strips + 1,) int
        Coarse rows at which the strips begin, and their number.
    crossing : (strips + 1, coarse m + 1) float
        Cost of the cheapest path whose last cell before row ``bounds[k]`` is in
        column q - 1; of column 0 without any before it, and of the last row with none
        after it, what leaving out frames costs is in it. In coarse frames' costs.
    """

    shape: tuple[int, int]
    factor: int
    bounds: NDArray[np.int64]
    crossing: Array

    @classmethod
    def of(cls, x: Array, y: Array, rule: Rule, factor: int) -> Valley:
        """Sweep the coarse level forwards and backwards."""
        a, b = coarse(x, factor), coarse(y, factor)
        n, m = len(a), len(b)
        band = whole(n, m, _HEIGHT)
        after = Band(n - band.bounds[::-1], band.low, band.high)
        hidden = floors(x, factor), floors(y, factor)
        pairs = Pairs.of(a, b, floors=hidden)
        there = sweep(_Ahead(pairs), band, rule, m)
        pairs = Pairs.of(a[::-1], b[::-1], floors=(hidden[0][::-1], hidden[1][::-1]))
        back = sweep(_Ahead(pairs), after, rule, m)
        to, fro = _edges(there, rule), _edges(back, rule)[::-1, ::-1]
        crossing = to + fro
        later = fro[:, :-1] + rule.aside
        crossing[1:-1, 1:] = to[1:-1, 1:] + np.minimum(fro[1:-1, 1:], later[1:-1])
        # A path may begin in column 0 below the border, or end in the last above it.
        side = rule.left_out(0, np.arange(n))
        begun = np.minimum.accumulate((side + back.last_column[::-1])[::-1])[::-1]
        ended = np.minimum.accumulate(side[::-1] + there.last_column)
        inner = band.bounds[1:-1]
        crossing[1:-1, 0] = begun[inner]
        crossing[1:-1, -1] = np.minimum(crossing[1:-1, -1], ended[inner - 1])
        return cls((len(x), len(y)), factor, band.bounds, crossing)

    @cached_property
    def least(self) -> float:
        """Cost of the cheapest path of all."""
        return float(self.crossing.min())

    def band(self, tolerance: float) -> Band:
        """The fine cells of all paths that cost so much more than the cheapest."""
        within = self.crossing <= self.least + tolerance
        first = np.argmax(within, axis=1)
        last = within.shape[1] - 1 - np.argmax(within[:, ::-1], axis=1)
        n, m = self.shape
        # One coarse frame more on either side: where blocks begin is arbitrary.
        low = (first[:-1] - 2) * self.factor
        high = (last[1:] + 1) * self.factor
        low, high = np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)
        bounds = np.minimum(self.bounds * self.factor, n)
        return Band(bounds, np.clip(low, 0, m - 1), np.clip(high, 1, m))

    def excess(self, path: Path) -> float:
        """How much more a fine path costs, seen from here, than the cheapest."""
        rows = self.bounds[1:-1] * self.factor - 1
        at = np.searchsorted(path[:, 0], rows, side="right") - 1
        column = np.where(at < 0, 0, path[at, 1] // self.factor + 1)
        strips = np.arange(1, self.bounds.size - 1)
        ended = rows >= path[-1, 0]
        column[ended] = self.crossing.shape[1] - 1
        over = self.crossing[strips, column]
        return float(max(over.max(initial=self.least) - self.least, 0.0))


def _edges(swept: Swept, rule: Rule) -> Array:
    """The accumulated row before each strip, and the last of all, with corners."""
    rows = [strip[0].top for strip in swept.strips]
    corner = rule.left_out(0, np.array([swept.last_column.size]))
    return np.stack([*rows, np.concatenate([corner, swept.last_row])])
