"""Loops over the samples of points of a foot: how they move, and when they touch.

:mod:`repetiteur.kernels.contacts`, :mod:`repetiteur.kernels.staying` and
:mod:`repetiteur.kernels.peeling` say what they mean; ``tests/naive.py`` has their plain
twins.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
States = NDArray[np.int8]

_PLAIN = njit(cache=True, error_model="numpy")


@_PLAIN
def differences(place: Array, time: Array, half: int) -> Array:
    """What was covered over what it took, ``half`` samples to either side.

    Near the ends it is that of the first and of the last whole window.
    """
    n, columns = place.shape
    span = max(2 * half, 1)
    out = np.empty((n, columns))
    for a in range(n - span):
        took = time[a + span] - time[a]
        for k in range(columns):
            out[a + half, k] = (place[a + span, k] - place[a, k]) / took
    out[:half] = out[half]
    out[n - span + half :] = out[n - span + half - 1]
    return out


@_PLAIN
def add_squared_speed(
    square: Array, seen: Array, place: Array, time: Array, half: int
) -> None:
    """Add the square of the speed of one point where it was seen, and count it."""
    n = place.shape[0]
    span = max(2 * half, 1)
    for a in range(n - span):
        took = time[a + span] - time[a]
        total = 0.0
        for k in range(place.shape[1]):
            rate = (place[a + span, k] - place[a, k]) / took
            total += rate * rate
        first = a + half if a > 0 else 0
        last = a + half if a < n - span - 1 else n - 1
        if total < np.inf:
            for i in range(first, last + 1):
                square[i] += total
                seen[i] += 1.0


@_PLAIN
def states(values: Array, enter: float, leave: float) -> States:
    """1 from below ``enter`` on, 0 from above ``leave`` on, -1 where not seen."""
    out = np.empty(len(values), dtype=np.int8)
    state = -1
    for i in range(len(values)):
        value = values[i]
        if not np.isfinite(value):
            state = -1
        elif value < enter:
            state = 1
        elif value > leave:
            state = 0
        elif state < 0:
            state = 1 if value < 0.5 * (enter + leave) else 0
        out[i] = state
    return out


@_PLAIN
def first_standing(lift: Array, down: States, ground: float) -> Indices:
    """First sample of each touch, 0 to 1, that is on the ground; else its first one."""
    out = np.empty(len(lift), dtype=np.intp)
    touches = 0
    for i in range(1, len(lift)):
        if down[i - 1] == 0 and down[i] == 1:
            at = i
            while at < len(lift) and down[at] == 1 and not lift[at] <= ground:
                at += 1
            stands = at < len(lift) and down[at] == 1
            out[touches] = at if stands else i
            touches += 1
    return out[:touches]


@_PLAIN
def stays(one: Array, other: Array, most: float) -> int:
    """For how many samples two points stay where they are first seen, from above."""
    began = np.full((2, 2), np.nan)
    for i in range(len(one)):
        for point, place in enumerate((one, other)):
            x, z = place[i, 0], place[i, 2]
            if np.isnan(began[point, 0]) and np.isfinite(x) and np.isfinite(z):
                began[point] = x, z
            if np.hypot(x - began[point, 0], z - began[point, 1]) > most:
                return i
    return len(one)


@_PLAIN
def gliding(rear: Array, front: Array, v: Array, w: Array) -> tuple[Array, Array]:
    """Speed of the slowest point between two, and how fast their line turns, (n,).

    ``v`` and ``w`` are their velocities, (n, 3), of which the height does not count.
    """
    n = len(rear)
    speed, turning = np.empty(n), np.full(n, np.nan)
    for i in range(n):
        x, z = v[i, 0], v[i, 2]
        along_x, along_z = w[i, 0] - x, w[i, 2] - z
        square = along_x * along_x + along_z * along_z
        share = -(x * along_x + z * along_z) / square if square > 0.0 else 0.0
        share = min(max(share, 0.0), 1.0)
        speed[i] = np.hypot(x + share * along_x, z + share * along_z)
        if np.isnan(square):  # one of them was not seen: the other one's
            one = np.hypot(x, z)
            speed[i] = np.hypot(w[i, 0], w[i, 2]) if np.isnan(one) else one
        apart_x, apart_z = front[i, 0] - rear[i, 0], front[i, 2] - rear[i, 2]
        length = apart_x * apart_x + apart_z * apart_z
        if length > 0.0:
            turning[i] = (apart_z * along_x - apart_x * along_z) / length
    return speed, turning


@_PLAIN
def peeling(
    lift: Array,
    time: Array,
    low: float,
    enter: float,
    leave: float,
    fewest: int,
    most_s: float,
) -> float:
    """When a point that leaves the floor last peels off; NaN of one that was up."""
    down = states(lift, enter, leave)
    off, last = -1, -1
    for i in range(1, len(lift)):
        if down[i - 1] == 1 and down[i] == 0:
            off = i
    for i in range(max(off, 0)):
        if lift[i] <= low:
            last = i
    if last < 0 or off - last < fewest:
        return np.nan
    first = last + 1 if off - last > 1 else last
    before = time[first : off + 1] - time[off]
    high = lift[first : off + 1]
    seen = np.isfinite(high)
    before, high = before[seen], high[seen]
    along = before - before.mean()
    slope = (along * high).sum() / (along * along).sum()
    if not slope > 0.0:
        return float(time[off])  # it does not rise: nothing to follow back
    height = high.mean() - slope * before.mean()
    return float(time[off] - min(max(height / slope, 0.0), most_s))
