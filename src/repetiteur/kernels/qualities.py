"""Qualities of movement of weighted points: energy, suddenness, indirectness."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _quality_loops as loops

Array = NDArray[np.float64]

#: Indirectness is at most this (domain measure ``effort_space``).
MOST_INDIRECT = 10.0


def weighted(
    amounts: ArrayLike,
    weights: ArrayLike,
    power: int = 1,
    *,
    noise: ArrayLike = 0.0,
) -> Array:
    """Weighted mean of the lengths of vectors, or of their squares.

    Parameters
    ----------
    amounts : (time, points, 3) float
        Velocities, accelerations or jerks.
    weights : (points,) float
        Above 0; they need not sum to 1.
    power : int
        1 of the lengths, 2 of their squares.
    noise : float or (points,) float
        Mean square that noise adds to the length of each, which is taken off; no
        length is below 0.

    Returns
    -------
    (time,) float
        Of speeds: the quantity of motion. Of squared speeds: effort weight, and twice
        the kinetic energy of a unit of mass. NaN where a point was not seen.

    Notes
    -----
    Proxies of Laban's Effort after C. Larboulette and S. Gibet, "A review of computable
    expressive descriptors of human motion", MOCO 2015.

    Examples
    --------
    >>> float(weighted([[[3.0, 4.0, 0.0], [0.0, 0.0, 1.0]]], [1.0, 3.0])[0])
    2.0
    """
    row = np.asarray(amounts, dtype=np.float64).ravel()
    share = np.asarray(weights, dtype=np.float64)
    off = np.broadcast_to(np.asarray(noise, dtype=np.float64), share.shape)
    return loops.weighted(row, share / share.sum(), off, squared=power == 2)


def indirectness(
    way: ArrayLike, chord: ArrayLike, *, least: float, most: float = MOST_INDIRECT
) -> Array:
    """Length of a way over the distance between its ends.

    Parameters
    ----------
    way, chord : (...) float
        In one unit.
    least : float
        A shorter chord counts as this, in the same unit: of ways that come back.
    most : float
        What is more indirect counts as this.

    Returns
    -------
    (...) float
        1 is straight. NaN where the way is no longer than ``least``: who stays has no
        direction.

    Examples
    --------
    >>> indirectness([1.0, 1.571, 3.0, 0.01], [1.0, 1.0, 0.0, 0.0], least=0.05).tolist()
    [1.0, 1.571, 10.0, nan]
    """
    gone, apart = (np.asarray(a, dtype=np.float64) for a in (way, chord))
    ratio = np.clip(gone / np.maximum(apart, least), 1.0, most)
    return np.where(gone > least, ratio, np.nan)
