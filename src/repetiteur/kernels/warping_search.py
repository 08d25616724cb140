"""A phrase found inside a long sequence, at any tempo: subsequence warping.

The phrase is lined up whole, and the long sequence begins and ends where that is
cheapest [1]_. One sweep gives the cost of ending at each of its frames.

References
----------
.. [1] M. Müller, "Information Retrieval for Music and Motion", Springer 2007, section
   4.4 (subsequence DTW).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.kernels._warping_pairs import Array, Pairs, sequences
from repetiteur.kernels._warping_sweep import Path, Rule, Tile, cost_along

#: Cells of a tile, and its narrowest and widest.
_CELLS, _NARROW, _WIDE = 2**17, 128, 1024


@dataclass(frozen=True)
class Match:
    """A place in a long sequence that is like the phrase.

    Attributes
    ----------
    start, end : int
        Its first and last frame in the long sequence.
    cost : float
        Sum along the path, computed along it in double precision.
    path : (points, 2) int
        Frame of the phrase and of the long sequence; all frames of the phrase are in.
    """

    start: int
    end: int
    cost: float
    path: Path


def find(
    phrase: ArrayLike,
    within: ArrayLike,
    *,
    most: int = 1,
    aside: float = 0.0,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> list[Match]:
    """The places in a long sequence that are most like a phrase.

    Parameters
    ----------
    phrase : (n, d) float
    within : (m, d) float
        Feature vectors, one row a frame; NaN = not seen. A pair of frames of which
        nothing was seen in both is as far apart as any two are on average: a gap is
        like nothing.
    most : int
        How many places at the most. Each is the cheapest that shares no frame with
        those before it.
    aside : float
        Added for each step in which only one of the two goes on.
    weights : (both, phrase alone, long sequence alone) float
        Of the distance, by the step, as in :func:`~repetiteur.kernels.warping.warp`.

    Returns
    -------
    list of Match
        Cheapest first.

    Raises
    ------
    ValueError
        As :func:`~repetiteur.kernels.warping.warp`, and when ``most`` is less than 1.

    Notes
    -----
    Time O(n m) once, and O(n^2) for each place. Distances are single precision.

    Examples
    --------
    >>> phrase = [[0.0], [5.0], [2.0]]
    >>> found = find(phrase, [[9.0], [0.0], [5.0], [5.0], [2.0], [9.0]])
    >>> [(match.start, match.end, match.cost) for match in found]
    [(1, 4, 0.0)]
    """
    if most < 1:
        raise ValueError(f"most must be 1 or more, and is {most}.")
    a, b = sequences(phrase, within)
    rule = replace(Rule.of(aside, np.inf, weights), leave_out=(np.inf, 0.0))
    pairs = Pairs.of(a, b)
    pairs = replace(pairs, unseen=pairs.mean())
    search = _Search(pairs, rule, [], np.full(len(b), np.inf))
    search.accumulate(0, len(b))
    matches: list[Match] = []
    while len(matches) < most and np.isfinite(search.ends.min()):
        path = search.path(int(np.argmin(search.ends)))
        start, end = int(path[0, 1]), int(path[-1, 1])
        cost = cost_along(path, a, b, rule, pairs.unseen)
        matches.append(Match(start, end, cost, path))
        search.forbid(start, end)
    return matches


@dataclass
class _Search:
    """Tiles of all frames of the phrase and some of the long sequence, in order.

    Attributes
    ----------
    pairs : Pairs
    rule : Rule
    tiles : list of Tile
    ends : (m,) float
        Cost of the cheapest match that ends at each frame.
    """

    pairs: Pairs
    rule: Rule
    tiles: list[Tile]
    ends: Array

    def accumulate(self, start: int, stop: int) -> None:
        """Sweep these frames as if none were before them, and on while it matters."""
        n = self.pairs.shape[0]
        width = min(max(_CELLS // n, _NARROW), _WIDE)
        left = np.full(n + 1, np.inf)
        left[0] = 0.0
        bounds = [*range(start, stop, width), stop]
        pieces = [slice(a, b) for a, b in pairwise(bounds)]
        kept = {tile.columns.start: tile for tile in self.tiles}
        while pieces:
            columns = pieces.pop(0)
            top = np.zeros(columns.stop - columns.start + 1)
            tile = Tile(slice(0, n), columns, top, left)
            kept[columns.start] = tile
            bottom, left = tile.across(self.pairs, self.rule)
            self.ends[columns] = bottom[1:]
            after = kept.get(columns.stop)
            if not pieces and after and not np.array_equal(after.left, left):
                pieces.append(after.columns)
        self.tiles = [kept[first] for first in sorted(kept)]

    def path(self, end: int) -> Path:
        """The cheapest match that ends there."""
        i, j = self.pairs.shape[0] - 1, end
        pieces = []
        for tile in reversed(self.tiles):
            if i >= 0 and tile.columns.start <= j:
                piece, (i, j) = tile.back(self.pairs, self.rule, (i, j))
                pieces.append(piece)
        return np.concatenate(pieces)[::-1]

    def forbid(self, start: int, end: int) -> None:
        """Let no match touch these frames any more."""
        tiles, stop = [], end + 1
        for tile in self.tiles:
            first, last = tile.columns.start, tile.columns.stop
            if last <= start or first > end:
                tiles.append(tile)
                continue
            if first < start:
                width = start - first + 1
                cut = replace(tile, columns=slice(first, start), top=tile.top[:width])
                tiles.append(cut)
            stop = last
        if stop == end + 1:  # what comes next begins anew as well
            stop = max([t.columns.stop for t in tiles if t.columns.start == stop] + [0])
        self.tiles = tiles
        self.ends[start : end + 1] = np.inf
        if stop > end + 1:
            self.accumulate(end + 1, stop)
