"""Samples that jump away and come back, found by the smoothest course past them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Patience:
    """What a course is forgiven before samples are left out of it.

    Attributes
    ----------
    noise : float
        Standard deviation of a sample, in the unit of the course.
    pull : float
        Largest usual acceleration, unit a second squared.
    longest_s : float
        Longest stretch that may be left out, seconds.
    most : int
        Most samples in a row that may be left out.
    """

    noise: float
    pull: float
    longest_s: float = 0.1
    most: int = 8


#: So many samples in a row are left out at these prices; of more (for a high rate of
#: frames) each next one costs less, so that the longest stretch costs the same.
_MANY = 8
#: A link of the course costs the square of its deviation over what is usual, and at
#: most _BREAK; leaving out samples costs _FIRST and _NEXT for each one more. Two broken
#: links (a step that stays) are thus cheaper than any leaving out, and three or four
#: (there and back) dearer than leaving out up to eight.
_BREAK, _FIRST, _NEXT = 7.5, 15.5, 1.5


def strays(values: ArrayLike, time: ArrayLike, patience: Patience) -> Bools:
    """Samples that no smooth course can pass through.

    The cheapest course keeps each sample, at a cost that grows with its distance from
    where the last two kept samples lead, or leaves it out at a price; found exactly,
    by dynamic programming over the last two samples kept.

    Parameters
    ----------
    values : (time, space) float
        NaN means "not seen": such samples are no strays.
    time : (time,) float
        Seconds, increasing; may be uneven.
    patience : Patience

    Returns
    -------
    (time,) bool
        True where a sample strays.

    Notes
    -----
    With h1 and h2 the last two steps in time and r = h2 / h1, a place foreseen from the
    last two has the variance noise^2 (1 + (1 + r)^2 + r^2), and an acceleration a moves
    it by a h2 (h1 + h2) / 2; both together, squared, are what is usual.

    Examples
    --------
    >>> course = np.column_stack([np.arange(9.0), np.zeros(9)])
    >>> course[4] = 30.0
    >>> found = strays(course, np.arange(9) / 60, Patience(noise=0.3, pull=600.0))
    >>> np.flatnonzero(found).tolist()
    [4]
    """
    place = np.ascontiguousarray(values, dtype=np.float64)
    seen = np.flatnonzero(np.isfinite(place).all(axis=1))
    out = np.zeros(place.shape[0], dtype=bool)
    if seen.size >= 3:
        moments = np.ascontiguousarray(time, dtype=np.float64)[seen]
        kept = _course(
            place[seen],
            moments,
            patience.noise**2,
            patience.pull**2,
            patience.longest_s,
            patience.most,
            _NEXT * min(1.0, _MANY / patience.most),
        )
        out[seen[~kept]] = True
    return out


def bends(values: ArrayLike, time: ArrayLike, patience: Patience) -> Array:
    """How far each sample lies from where the two before it lead, by what is usual.

    Parameters
    ----------
    values : (time, space) float
        NaN means "not seen".
    time : (time,) float
        Seconds, increasing; may be uneven.
    patience : Patience

    Returns
    -------
    (time,) float
        The cost of the link to each sample, as :func:`strays` counts it: 0 to 7.5; 0
        where the sample or two before it were not seen.

    Examples
    --------
    >>> course = np.zeros((6, 1))
    >>> course[3] = 3.0
    >>> found = bends(course, np.arange(6) / 60, Patience(noise=1.0, pull=0.0))
    >>> found.round(9).tolist()
    [0.0, 0.0, 0.0, 1.5, 6.0, 1.5]
    """
    place = np.ascontiguousarray(values, dtype=np.float64)
    seen = np.flatnonzero(np.isfinite(place).all(axis=1))
    out = np.zeros(place.shape[0])
    if seen.size >= 3:
        moments = np.ascontiguousarray(time, dtype=np.float64)[seen]
        costs = _links(place[seen], moments, patience.noise**2, patience.pull**2)
        out[seen[2:]] = costs
    return out


def unrest(values: ArrayLike) -> float:
    """Standard deviation of a course's noise, if all that bends it were noise.

    Parameters
    ----------
    values : (time, space) float
        NaN means "not seen".

    Returns
    -------
    float
        Of all coordinates together, from the median bend from frame to frame, so that
        a few wild samples do not count; 0 where there is none.

    Examples
    --------
    >>> still = np.zeros((9, 2))
    >>> still[4] = 50.0
    >>> unrest(still)
    0.0
    """
    place = np.asarray(values, dtype=np.float64)
    turns = np.diff(place[np.isfinite(place).all(axis=1)], 2, axis=0)
    if not len(turns):
        return 0.0
    # White noise of one standard deviation bends with a variance of 1 + 4 + 1.
    return float(np.sqrt(np.median((turns**2).sum(axis=1)) / 6.0))


@njit(cache=True)
def _course(
    place: Array,
    time: Array,
    noise: float,
    pull: float,
    longest: float,
    most: int,
    following: float,
) -> Bools:
    """Which samples the cheapest course keeps; ``noise`` and ``pull`` are squared."""
    count = place.shape[0]
    reach = most + 2
    # cost[i, g]: cheapest course that ends with samples i - g and i; g = 0: i is first.
    cost = np.full((count, reach), np.inf)
    before = np.zeros((count, reach), dtype=np.int64)
    least = np.full(count, np.inf)
    for i in range(count):
        if i < reach - 1:
            cost[i, 0] = least[i] = 0.0 if i == 0 else _FIRST + following * (i - 1)
        for g in range(1, min(i, reach - 1) + 1):
            j = i - g
            if g > 1 and time[i - 1] - time[j + 1] > longest:
                break
            price = _FIRST + following * (g - 2) if g > 1 else 0.0
            # What comes after depends on g by one link alone, which costs _BREAK at
            # most: a course dearer by more than that can never become the cheapest.
            if least[j] + price > least[i] + _BREAK:
                continue
            for p in range(reach):
                if cost[j, p] > least[j] + _BREAK or cost[j, p] == np.inf:
                    continue
                way = link(place, time, j - p, j, i, noise, pull) if p > 0 else 0.0
                total = cost[j, p] + price + way
                if total < cost[i, g]:
                    cost[i, g], before[i, g] = total, p
            least[i] = min(least[i], cost[i, g])
    return _way_back(cost, before, following)


@njit(cache=True)
def _links(place: Array, time: Array, noise: float, pull: float) -> Array:
    """Cost of each link of a course that keeps every sample, (time - 2,)."""
    out = np.empty(place.shape[0] - 2)
    for i in range(2, place.shape[0]):
        out[i - 2] = link(place, time, i - 2, i - 1, i, noise, pull)
    return out


@njit(cache=True)
def link(
    place: Array, time: Array, k: int, j: int, i: int, noise: float, pull: float
) -> float:
    """Cost of going on to sample i after k and j; compiled, for other compiled loops.

    Parameters
    ----------
    place : (time, space) float
    time : (time,) float
    k, j, i : int
        Frames, in this order.
    noise, pull : float
        Those of :class:`Patience`, squared.

    Returns
    -------
    float
        0 to 7.5.
    """
    first, second = time[j] - time[k], time[i] - time[j]
    ratio = second / first
    off: float = 0.0
    for d in range(place.shape[1]):
        off += (place[i, d] - place[j, d] - ratio * (place[j, d] - place[k, d])) ** 2
    bend = 0.5 * second * (first + second)
    usual = noise * (1.0 + (1.0 + ratio) ** 2 + ratio**2) + pull * bend**2
    cost: float = min(off / usual, _BREAK)
    return cost


@njit(cache=True)
def _way_back(cost: Array, before: NDArray[np.int64], following: float) -> Bools:
    """Samples on the cheapest course, from its end."""
    count, reach = cost.shape
    kept = np.zeros(count, dtype=np.bool_)
    i, g, least = count - 1, 0, np.inf
    for end in range(max(0, count - reach + 1), count):
        left_out = count - 1 - end
        price = _FIRST + following * (left_out - 1) if left_out else 0.0
        for p in range(reach):
            if cost[end, p] + price < least:
                i, g, least = end, p, cost[end, p] + price
    while True:
        kept[i] = True
        if g == 0:
            break
        i, g = i - g, before[i, g]
    return kept
