"""Loops over the samples of one point that make a noisy copy of it.

One point at a time, so that it stays in the processor's cache while one part of its
error after the other is added. :mod:`repetiteur.kernels.copying` says what they mean;
``tests/naive.py`` has their plain twins.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Singles = NDArray[np.float32]
Indices = NDArray[np.intp]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def later(place: Array, share: float) -> Array:
    """Samples (n, c) a share of the way to the next one, (n - 1, c)."""
    n, columns = place.shape
    out = np.empty((n - 1, columns))
    s, r = share, 1.0 - share
    a = 0.5 * (-s + 2.0 * s**2 - s**3)
    b = 0.5 * (2.0 - 5.0 * s**2 + 3.0 * s**3)
    c = 0.5 * (s + 4.0 * s**2 - 3.0 * s**3)
    d = 0.5 * (-(s**2) + s**3)
    for i in range(n - 1):
        for k in range(columns):
            line = r * place[i, k] + s * place[i + 1, k]
            if 0 < i < n - 2:
                curve = (
                    a * place[i - 1, k]
                    + b * place[i, k]
                    + c * place[i + 1, k]
                    + d * place[i + 2, k]
                )
                if math.isfinite(curve):
                    line = curve
            out[i, k] = line
    return out


@_PLAIN
def add_new(out: Array, sd: Array, block: Singles, start: int) -> None:
    """Add what is new at each frame: numbers of a block, from one of them on."""
    mask = block.size - 1
    at = start
    for i in range(out.shape[0]):
        for k in range(out.shape[1]):
            out[i, k] += sd[i, k] * block[at & mask]
            at += 1


@_PLAIN
def add_lasting(
    out: Array, sd: Array, knots: Array, first: Indices, weight: Array
) -> None:
    """Add a spline of the knots, four of which have a weight (4, n) in each frame."""
    for i in range(out.shape[0]):
        at = first[i]
        for k in range(out.shape[1]):
            noise = (
                weight[0, i] * knots[at, k]
                + weight[1, i] * knots[at + 1, k]
                + weight[2, i] * knots[at + 2, k]
                + weight[3, i] * knots[at + 3, k]
            )
            out[i, k] += sd[i, k] * noise


@_PLAIN
def add_staying(
    out: Array, sd: Array, vector: Array, sine: Array, cosine: Array
) -> None:
    """Add one vector, turned about the vertical with the body."""
    x, y, z = vector
    for i in range(out.shape[0]):
        out[i, 0] += sd[i, 0] * (x * cosine[i] + z * sine[i])
        out[i, 1] += sd[i, 1] * y
        out[i, 2] += sd[i, 2] * (z * cosine[i] - x * sine[i])
