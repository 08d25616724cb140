"""Intervals from a few noisy copies.

What noise adds to a result has a side: it lengthens every path and raises every peak,
in the recording as in its copies. So an interval reaches from the value, as it was
found, to what it may have been without noise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from repetiteur.kernels.resampling import LEVEL

Array = NDArray[np.float64]

#: How often the shift of copies counts at most: 1 / (sqrt(2) - 1).
GREW = float(1.0 + np.sqrt(2.0))
#: A result that fewer copies have has no interval.
_FEWEST = 0.5


def half_and_reach(
    value: ArrayLike, drawn: ArrayLike, *, period: ArrayLike = np.inf
) -> tuple[Array, Array]:
    """Half the width of the 90 % interval about a value, and how much further it goes.

    Parameters
    ----------
    value : (...) float
        Computed from the points that the copies were made of.
    drawn : (count, ...) float
        Computed from each copy; NaN where a copy has none. A dozen will do.
    period : (...) float
        Of values that wrap.

    Returns
    -------
    half : (...) float
        In the unit of the value. NaN where the value is NaN, or where fewer than half
        of the copies have one.
    reach : (...) float
        To the side that noise has moved it from: negative where noise raises it, so
        that the interval is ``value - half + reach`` to ``value + half``.

    Notes
    -----
    The half-width is that of a normal law with the spread of the copies: the root mean
    square about their median, of the nine in ten that lie nearest (the tenth may be
    another event), corrected for the rest of a normal law, and widened as Student's t
    is for so few squares.

    The shift of the copies, their median less the value, is what noise adds to points
    that err already. What it added to those without an error was as much, where it
    grows with the square of the noise, and 1 / (sqrt(2) - 1) times as much, where it
    grows with its size; the reach is the larger of the two. What a median of so few
    errs by itself is no shift.

    Examples
    --------
    >>> half, reach = half_and_reach(0.0, np.linspace(0.0, 2.0, 21))
    >>> float(half.round(1)), float(reach.round(1))
    (1.2, -2.4)
    """
    v, d = (np.asarray(a, dtype=np.float64) for a in (value, drawn))
    whole = np.broadcast_to(np.asarray(period, dtype=np.float64), v.shape)
    wraps = np.isfinite(whole)
    whole, far = np.where(wraps, whole, 1.0), d - v
    far = far - np.where(wraps, whole * np.round(far / whole), 0.0)
    seen = np.isfinite(far).sum(axis=0)
    shift = middle(far)
    square = np.sort((far - shift) ** 2, axis=0)  # NaN last
    kept = np.ceil(LEVEL * seen - 1e-9).astype(np.intp)
    near = np.arange(len(d)).reshape(-1, *[1] * v.ndim) < kept
    mean = np.where(near, square, 0.0).sum(axis=0) / np.maximum(kept - 1, 1)
    spread = np.sqrt(mean / _left_of_variance(kept, seen))
    by_chance = 0.5 * np.pi * mean / np.maximum(seen, 1)
    sure = np.sqrt(np.maximum(shift**2 - by_chance, 0.0))
    known = np.isfinite(v) & (seen >= _FEWEST * len(d))
    half = spread * stdtrit(np.maximum(kept - 1, 1), 0.5 + 0.5 * LEVEL)
    reach = -GREW * np.copysign(sure, shift)
    return np.where(known, half, np.nan), np.where(known, reach, np.nan)


def middle(values: Array) -> Array:
    """Median of what is seen along the first axis; NaN of none."""
    seen = np.isfinite(values).sum(axis=0)
    ordered = np.sort(values, axis=0)  # NaN last
    one, other = (
        np.take_along_axis(ordered, np.maximum(at, 0)[np.newaxis], axis=0)[0]
        for at in ((seen - 1) // 2, seen // 2)
    )
    return np.asarray(0.5 * (one + other))


def _left_of_variance(kept: NDArray[np.intp], seen: NDArray[np.intp]) -> Array:
    """Share of a normal law's variance that its innermost draws have."""
    share = np.minimum(kept / np.maximum(seen, 1), 1.0 - 1e-9)
    edge = ndtri(0.5 + 0.5 * share)
    density = np.exp(-0.5 * edge**2) / np.sqrt(2.0 * np.pi)
    return np.asarray(1.0 - 2.0 * edge * density / np.maximum(share, 1e-9))
