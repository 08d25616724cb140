"""Dynamic time warping with its path: the cheapest line-up of two sequences.

Two sequences of feature vectors are lined up so that the sum of their distances along
the path is the smallest there is [1]_. :func:`warp_exact` looks at every pair of
frames. :func:`warp` looks only where the cheapest path may run, which a coarser level
tells, widens that until the cost has stopped falling [2]_, and says which of the two
found the path. :func:`~repetiteur.kernels.warping_search.find` looks for a phrase
inside a long sequence.

References
----------
.. [1] H. Sakoe, S. Chiba, "Dynamic programming algorithm optimization for spoken word
   recognition", IEEE Trans. ASSP 26, 1978.
.. [2] M. Müller, H. Mattes, F. Kurth, "An efficient multiscale approach to audio
   synchronization", ISMIR 2006 (coarse to fine; the valley and its check are ours).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.kernels._warping_levels import Valley, around, whole
from repetiteur.kernels._warping_pairs import Array, Pairs, sequences, square_distances
from repetiteur.kernels._warping_sweep import (
    Band,
    Path,
    Rule,
    cost_along,
    sweep,
    trace,
)

__all__ = ["Warp", "square_distances", "warp", "warp_exact"]

#: So few pairs of frames are all looked at, in double precision.
_FEW = 2**20
#: A sequence shorter than this is not looked at coarsely.
_SHORT = 256
#: Least number of fine frames to a coarse one. From this many frames on it grows with
#: the root of their number, so that the coarse level takes time as the fine one does.
_FACTOR, _LONG = 8, 8192
#: First tolerance of the valley, in fine frames of the mean cost, and how many times
#: wider the valley must be in which nothing cheaper is found.
_TOLERANCE, _WIDER = 256.0, 4.0
#: How many times more tolerance than the path found needed itself. Of 450 pairs, with
#: three sets of costs, none went wrong; with a fourth of the first tolerance and half
#: as much wider, one in 60 did.
_NEEDED = 3.0
#: With more than this share of all pairs in the valley, all are looked at.
_SHARE = 0.4
#: Frames round a path found in single precision that double precision looks at again.
_AGAIN = 16
#: So many cells' steps are kept for the way back, a byte each.
_KEPT = 2**24
#: Rows of a strip, and columns of a tile, of a band in double precision.
_STRIP, _TILE = 64, 1024


@dataclass(frozen=True)
class Warp:
    """The cheapest path between two sequences.

    Attributes
    ----------
    path : (points, 2) int
        Index in the first and in the second sequence; each step adds one to either
        or to both.
    cost : float
        Sum along the path: distances, steps aside and what was left out at the ends;
        computed along the path in double precision.
    chance : float
        Mean distance over all pairs of frames: what a blind line-up would pay.
    method : {"multiresolution", "exact"}
        How the path was found. ``exact`` from :func:`warp` on long sequences says that
        the coarser level did not tell where the path runs.
    share : float
        Share of all pairs of frames that the last, widest look covered.
    """

    path: Path
    cost: float
    chance: float
    method: Literal["multiresolution", "exact"] = "exact"
    share: float = 1.0


def warp(
    x: ArrayLike,
    y: ArrayLike,
    *,
    aside: float = 0.0,
    leave_out: float = np.inf,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> Warp:
    """Cheapest line-up of two sequences, found from coarse to fine.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float
        Feature vectors, one row a frame; NaN = not seen. Distances are squared ones
        (:func:`square_distances`).
    aside : float
        Added for each step in which only one of the two goes on. It settles where
        a path runs while both stand still.
    leave_out : float
        Cost of each frame left out before the beginning or after the end of either
        sequence; infinite makes both begin and end together, 0 leaves both free.
    weights : (both, first alone, second alone) float
        Of the distance, by the step that leads to a pair of frames; the first pair
        weighs as after a step of both. (2, 1, 1) is the symmetric form of Sakoe and
        Chiba [1]_, whose weights add up to n + m on every path.

    Returns
    -------
    Warp

    Raises
    ------
    ValueError
        When a sequence has no row, when their numbers of columns differ, or when a
        cost or weight is negative or not a number.

    See Also
    --------
    warp_exact : The same over all pairs of frames.

    Notes
    -----
    Time and memory grow with (n + m) times the width of the valley.

    The valley is widened, to four times the tolerance at the least and to three times
    what the path found in it needed itself, until no cheaper path appears. That is no
    proof. Up to about a million pairs of frames, and when the valley becomes too wide
    to be worth it, all pairs are looked at and ``method`` says ``exact``.

    References
    ----------
    .. [1] H. Sakoe, S. Chiba, IEEE Trans. ASSP 26, 1978, table I.

    Examples
    --------
    >>> found = warp([[0.0], [1.0], [2.0]], [[0.0], [1.0], [1.0], [2.0]])
    >>> found.path.tolist(), found.cost, found.method
    ([[0, 0], [1, 1], [1, 2], [2, 3]], 0.0, 'exact')
    """
    a, b = sequences(x, y)
    rule = Rule.of(aside, leave_out, weights)
    if len(a) * len(b) > _FEW and min(len(a), len(b)) >= _SHORT:
        found = _from_coarse(a, b, rule)
        if found is not None:
            return found
    return _over_all(a, b, rule)


def warp_exact(
    x: ArrayLike,
    y: ArrayLike,
    *,
    aside: float = 0.0,
    leave_out: float = np.inf,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> Warp:
    """Cheapest line-up of two sequences over all pairs of frames.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float
    aside : float
    leave_out : float
    weights : (both, first alone, second alone) float
        As in :func:`warp`.

    Returns
    -------
    Warp

    Raises
    ------
    ValueError
        As :func:`warp`.

    Notes
    -----
    Time O(n m), memory O((n m)^(3/4)). Sums along the path are double precision. Over
    a million pairs, distances are single precision first, and double precision
    in a second look at the frames round the path found.

    Examples
    --------
    >>> warp_exact([[0.0], [1.0]], [[0.0], [3.0]], weights=(2.0, 1.0, 1.0)).cost
    5.0
    """
    return _over_all(*sequences(x, y), Rule.of(aside, leave_out, weights))


def _over_all(x: Array, y: Array, rule: Rule) -> Warp:
    n, m = len(x), len(y)
    if n * m <= _FEW:
        pairs = Pairs.of(x, y, np.float64)
        path = _cheapest(pairs, whole(n, m, n), rule, m)
        return Warp(path, cost_along(path, x, y, rule), pairs.mean())
    pairs = Pairs.of(x, y)
    # Tiles grow with the sequences, and what is kept of them more slowly.
    height = max(256, int(np.sqrt(n * m) / 48.0))
    path = _cheapest(pairs, whole(n, m, height), rule, height // 2)
    path, cost = _looked_at_again(path, x, y, rule)
    return Warp(path, cost, pairs.mean())


def _cheapest(pairs: Pairs, band: Band, rule: Rule, width: int) -> Path:
    swept = sweep(pairs, band, rule, width, keep=band.cells <= _KEPT)
    return trace(pairs, swept, rule, swept.end(rule))


def _looked_at_again(path: Path, x: Array, y: Array, rule: Rule) -> tuple[Path, float]:
    """The cheapest path near one that single precision found, and its cost."""
    near = around(path, (len(x), len(y)), _AGAIN, _STRIP)
    path = _cheapest(Pairs.of(x, y, np.float64), near, rule, _TILE)
    return path, cost_along(path, x, y, rule)


def _from_coarse(x: Array, y: Array, rule: Rule) -> Warp | None:
    """By a valley of the coarser level; None when it becomes too wide."""
    n, m = len(x), len(y)
    factor = int(_FACTOR * max(1.0, np.sqrt(max(n, m) / _LONG)))
    valley, pairs = Valley.of(x, y, rule, factor), Pairs.of(x, y)
    tolerance = _TOLERANCE * valley.least / max(n, m)
    band = valley.band(tolerance)
    rough, best, cost = np.empty((0, 2), np.int64), np.empty((0, 2), np.int64), np.inf
    while band.cells <= _SHARE * n * m:
        before, rough = rough, _cheapest(pairs, band, rule, _TILE)
        settled = np.array_equal(rough, before)
        if not settled:
            path, least = _looked_at_again(rough, x, y, rule)
            settled = least >= cost * (1.0 - 1e-12)
            if least < cost:
                best, cost = path, least
        if settled:
            share = band.cells / (n * m)
            return Warp(best, cost, pairs.mean(), "multiresolution", share)
        tolerance = max(tolerance, _TOLERANCE * cost / factor / max(n, m))
        tolerance = max(_WIDER * tolerance, _NEEDED * valley.excess(best))
        band = valley.band(tolerance)
    return None
