"""Loops over the samples of a body that turns, and of its head.

:mod:`repetiteur.kernels.revolutions` says what they mean; ``tests/naive.py`` has their
plain twins.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def reaches(way: Array, degrees: float, time: Array) -> float:
    """When a way first comes as far as this; NaN where it never does."""
    for k in range(len(way)):
        if way[k] >= degrees:
            if k == 0 or way[k] == way[k - 1]:
                return float(time[k])
            share = (degrees - way[k - 1]) / (way[k] - way[k - 1])
            return float(time[k - 1] + share * (time[k] - time[k - 1]))
    return math.nan


@_PLAIN
def shifted(headings: Array, start: float, width: float, times: int) -> float:
    """Where so many mean shifts by a Gaussian kernel lead to."""
    at = start
    for _ in range(times):
        total, weights = 0.0, 0.0
        for heading in headings:
            off = 180.0 - (180.0 - (heading - at)) % 360.0
            weight = math.exp(-0.5 * (off / width) ** 2)
            total += weight * off
            weights += weight
        at += total / weights
    return at


@_PLAIN
def read(way: Array, time: Array, moments: Array) -> Array:
    """A way at moments in order of time; before and after it where it begins, ends."""
    out = np.empty(len(moments))
    k, last = 0, len(time) - 1
    for i in range(len(moments)):
        while k < last and time[k + 1] <= moments[i]:
            k += 1
        if k == last or moments[i] <= time[k]:  # on a sample the next one has no say
            out[i] = way[k]
        else:
            slope = (way[k + 1] - way[k]) / (time[k + 1] - time[k])
            out[i] = way[k] + slope * (moments[i] - time[k])
    return out


@_PLAIN
def ahead(body: Array, face: Array) -> tuple[float, float]:
    """How far a face is behind a body at most, and ahead of it from then on."""
    furthest = np.argmax(body - face)
    lead = -math.inf
    for k in range(furthest, len(body)):
        lead = max(lead, face[k] - body[k])
    return body[furthest] - face[furthest], lead


@_PLAIN
def share_within(headings: Array, degrees: float) -> float:
    """Share of headings that are no further than this from 0, round the circle."""
    near = 0
    for heading in headings:
        if abs(180.0 - (180.0 - heading) % 360.0) <= degrees:
            near += 1
    return near / len(headings)


@_PLAIN
def arrives(way: Array, end: float, coming: float, close: float, time: Array) -> float:
    """When a way is at its end if it goes on as between two places before it."""
    first = reaches(way, end - coming, time)
    then = reaches(way, end - close, time)
    return then + (then - first) * close / (coming - close)
