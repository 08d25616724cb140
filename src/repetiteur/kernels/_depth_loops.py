"""The likeliest course through states, frame by frame.

:mod:`repetiteur.kernels.depths` says what it means; ``tests/naive.py`` has its plain
twin.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True)
def likeliest(likely: Array, steps: Array) -> NDArray[np.intp]:
    """States of the likeliest course; of equal ones those with the lower number."""
    frames, states = likely.shape
    reach = steps.size - 1
    before = np.zeros((frames, states), dtype=np.int16)
    best, new = likely[0].copy(), np.empty(states)
    for t in range(1, frames):
        for to in range(states):
            top, at = -np.inf, to
            for k in range(max(0, to - reach), min(states, to + reach + 1)):
                value = best[k] - steps[abs(k - to)]
                if value > top:
                    top, at = value, k
            new[to] = top + likely[t, to]
            before[t, to] = at
        best[:] = new
    out = np.empty(frames, dtype=np.intp)
    out[frames - 1] = best.argmax()
    for t in range(frames - 1, 0, -1):
        out[t - 1] = before[t, out[t]]
    return out
