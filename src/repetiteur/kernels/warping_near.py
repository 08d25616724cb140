"""The cheapest line-up near one that is already known roughly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.kernels._warping_levels import around
from repetiteur.kernels._warping_pairs import Array, Pairs, sequences
from repetiteur.kernels._warping_sweep import Path, Rule, sweep, trace

__all__ = ["warp_near"]

#: Rows of a strip of the band, and columns of a tile.
_STRIP, _TILE = 64, 1024
#: So many cells' steps are kept for the way back, a byte each.
_KEPT = 2**24


def warp_near(
    x: ArrayLike,
    y: ArrayLike,
    near: ArrayLike,
    radius: int,
    *,
    aside: float = 0.0,
    leave_out: float = np.inf,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> Path:
    """Cheapest path whose frames are all within a radius of a given one.

    Parameters
    ----------
    x : (n, d) float
    y : (m, d) float
        Feature vectors, one row a frame; NaN = not seen.
    near : (points, 2) float
        Places in the first and the second sequence, in order, neither decreasing;
        between them lie straight lines, and beyond them is what may be left out.
    radius : int
        Frames, along either sequence.
    aside : float
    leave_out : float
    weights : (both, first alone, second alone) float
        As in :func:`~repetiteur.kernels.warping.warp`.

    Returns
    -------
    (points, 2) int
        Index in the first and in the second sequence.

    Raises
    ------
    ValueError
        As :func:`~repetiteur.kernels.warping.warp`, and when no place is given.

    Examples
    --------
    >>> x, y = [[0.0], [1.0], [2.0]], [[0.0], [1.0], [1.0], [2.0]]
    >>> warp_near(x, y, [[0, 0], [2, 3]], 1).tolist()
    [[0, 0], [1, 1], [1, 2], [2, 3]]
    """
    a, b = sequences(x, y)
    rule = Rule.of(aside, leave_out, weights)
    places = np.asarray(near, dtype=np.float64)
    if places.ndim != 2 or not len(places):
        raise ValueError(f"near needs rows of two, and has {places.shape}.")
    band = around(_dense(places), (len(a), len(b)), radius, _STRIP)
    pairs = Pairs.of(a, b)
    swept = sweep(pairs, band, rule, _TILE, keep=band.cells <= _KEPT)
    return trace(pairs, swept, rule, swept.end(rule))


def _dense(places: Array) -> Path:
    """A place for each frame of the first sequence from the first place to the last."""
    frames = np.arange(np.floor(places[0, 0]), np.ceil(places[-1, 0]) + 1.0)
    there = np.interp(frames, places[:, 0], places[:, 1])
    return np.stack([frames, there.round()], axis=1).astype(np.int64)
