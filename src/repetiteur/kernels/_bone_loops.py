"""Depths that agree with the lengths of bones, frame by frame.

:mod:`repetiteur.kernels.bones` says what it means; ``tests/naive.py`` has its plain
twin.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.intp]


@njit(cache=True)
def agreeing(
    depth: Array, weight: Array, looks: Array, bones: Ints, lengths: Array, told: Array,
    rounds: int, reach: float,
) -> Array:  # fmt: skip
    """Depths (frames, points) after some rounds of Newton.

    ``weight`` (frames, points) is that of the depths and ``told`` (bones,) of the
    lengths, both inverse variances; ``looks`` (frames, bones) is how long each bone
    looks; no depth moves by more than ``reach`` in one round.
    """
    frames, points = depth.shape
    out = depth.copy()
    normal, right = np.empty((points, points)), np.empty(points)
    for t in range(frames):
        for _ in range(rounds):
            normal[:] = 0.0
            for k in range(points):
                normal[k, k] = weight[t, k]
                right[k] = weight[t, k] * (depth[t, k] - out[t, k])
            for n in range(lengths.size):
                a, b = bones[n]
                far = out[t, b] - out[t, a]
                long = max(np.hypot(looks[t, n], far), 1e-9)
                slope = far / long
                over = long - lengths[n]
                pull = -told[n] * slope * over
                # of bones that are told too long the second derivative as well:
                # without it those in the picture's plane swing to and fro
                bent = max(over, 0.0) * looks[t, n] ** 2 / long**3
                square = told[n] * (slope * slope + bent)
                normal[a, a] += square
                normal[b, b] += square
                normal[max(a, b), min(a, b)] -= square
                right[a] -= pull
                right[b] += pull
            _solve(normal, right)
            for k in range(points):
                out[t, k] += min(max(right[k], -reach), reach)
    return out


@njit(cache=True)
def _solve(normal: Array, right: Array) -> None:
    """Solve in place by the root of Cholesky; only the lower triangle is read."""
    size = right.size
    for i in range(size):
        for j in range(i + 1):
            value = normal[i, j]
            for k in range(j):
                value -= normal[i, k] * normal[j, k]
            normal[i, j] = np.sqrt(value) if i == j else value / normal[j, j]
    for i in range(size):
        for k in range(i):
            right[i] -= normal[i, k] * right[k]
        right[i] /= normal[i, i]
    for i in range(size - 1, -1, -1):
        for k in range(i + 1, size):
            right[i] -= normal[k, i] * right[k]
        right[i] /= normal[i, i]
