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
    """Samples (n, c) a share of the way to the next one, (n - 1, c).

    All numbers are taken as one row, and the samples about each as slices of it: so the
    compiler works on several at a time.
    """
    n, columns = place.shape
    row, size = place.ravel(), (n - 1) * columns
    out = np.empty(size)
    s, r = share, 1.0 - share
    here, following = row[:size], row[columns:]
    for i in range(size):
        out[i] = r * here[i] + s * following[i]
    a = 0.5 * (-s + 2.0 * s**2 - s**3)
    b = 0.5 * (2.0 - 5.0 * s**2 + 3.0 * s**3)
    c = 0.5 * (s + 4.0 * s**2 - 3.0 * s**3)
    d = 0.5 * (-(s**2) + s**3)
    inner = max(size - 2 * columns, 0)
    before, here, following, after = (
        row[0:inner],
        row[columns : columns + inner],
        row[2 * columns : 2 * columns + inner],
        row[3 * columns : 3 * columns + inner],
    )
    line = out[columns : columns + inner]
    for i in range(inner):
        curve = a * before[i] + b * here[i] + c * following[i] + d * after[i]
        straight = line[i]
        line[i] = curve if abs(curve) < math.inf else straight
    return out.reshape(n - 1, columns)


@_PLAIN
def add_new(out: Array, sd: Array, block: Singles, start: int) -> None:
    """Add what is new at each frame: numbers of a block, from one of them on."""
    mask = block.size - 1
    for i in range(out.shape[0]):
        at = start + 3 * i
        for k in range(3):
            out[i, k] += sd[i, k] * block[(at + k) & mask]


@_PLAIN
def add_lasting(
    out: Array, sd: Array, knots: Array, first: Indices, weight: Array
) -> None:
    """Add a spline of the knots, four of which have a weight (4, n) in each frame."""
    for i in range(out.shape[0]):
        at = first[i]
        a, b, c, d = weight[0, i], weight[1, i], weight[2, i], weight[3, i]
        for k in range(3):
            noise = (
                a * knots[at, k]
                + b * knots[at + 1, k]
                + c * knots[at + 2, k]
                + d * knots[at + 3, k]
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
