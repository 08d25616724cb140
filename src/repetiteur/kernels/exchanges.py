"""Two points that were taken for one another."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels.strays import Patience, bends, link

Array = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

#: An exchange counts where it makes both courses cheaper by this: as two links each
#: that are broken on the way there, and as many on the way back (7.5 each, at most 60).
_GAIN = 30.0
#: Least cost of the links, of both points together, at a frame where they change over.
_LOUD = 4.0


def exchanged(
    one: ArrayLike, other: ArrayLike, time: ArrayLike, patience: Patience
) -> Bools:
    """Samples at which two points carry each other's names, for a while.

    Parameters
    ----------
    one, other : (time, space) float
        Courses of two points; NaN means "not seen".
    time : (time,) float
        Seconds, increasing; may be uneven.
    patience : Patience
        ``longest_s`` is the longest that an exchange may last.

    Returns
    -------
    (time,) bool
        True where the courses are smooth only after they are exchanged there.

    Notes
    -----
    At the first frame of an exchange, and at the first one after it, each point is
    nearer to where the other was. Such a pair of frames is an exchange where it makes
    the links of both courses cheaper by 30 (see
    :func:`repetiteur.kernels.strays.bends`). One that never ends is not found: nothing
    tells which of the two names is right.

    Examples
    --------
    >>> left, right = np.zeros((9, 1)), np.full((9, 1), 0.4)
    >>> left[4:6], right[4:6] = 0.4, 0.0
    >>> patience = Patience(noise=0.003, pull=250.0, longest_s=0.5)
    >>> np.flatnonzero(exchanged(left, right, np.arange(9) / 120, patience)).tolist()
    [4, 5]
    """
    a, b = (np.asarray(place, dtype=np.float64) for place in (one, other))
    moments = np.asarray(time, dtype=np.float64)
    out = np.zeros(moments.size, dtype=bool)
    both = np.flatnonzero(np.isfinite(a).all(axis=1) & np.isfinite(b).all(axis=1))
    pair = np.stack([a[both], b[both]])
    found = _pairs_of(
        pair,
        moments[both],
        _changes(pair, moments[both], patience),
        patience.noise**2,
        patience.pull**2,
        patience.longest_s,
    )
    out[both[found]] = True
    return out


def _changes(pair: Array, time: Array, patience: Patience) -> Ints:
    """Frames at which each of the two is nearer to where the other was."""
    straight = np.linalg.norm(np.diff(pair, axis=1), axis=-1).sum(axis=0)
    crossed = np.linalg.norm(pair[:, 1:] - pair[::-1, :-1], axis=-1).sum(axis=0)
    loud = bends(pair[0], time, patience) + bends(pair[1], time, patience)
    return np.flatnonzero((crossed < straight) & (loud[1:] >= _LOUD)) + 1


@njit(cache=True)
def _pairs_of(
    pair: Array, time: Array, changes: Ints, noise: float, pull: float, longest: float
) -> Bools:
    """Samples between two changes that cheapen both courses when exchanged."""
    out = np.zeros(time.size, dtype=np.bool_)
    done = 0
    for c in range(changes.size - 1):
        first, last = changes[c], changes[c + 1]
        if first < done or time[last - 1] - time[first] > longest:
            continue
        gain = 0.0
        for i in range(max(first, 2), min(last + 2, time.size)):
            # Links that lie within the exchange cost the same before and after it.
            if i < first + 2 or i >= last:
                gain += _gain(pair, time, i, first, last, noise, pull)
        if gain >= _GAIN:
            out[first:last] = True
            done = last + 1
    return out


@njit(cache=True)
def _gain(
    pair: Array, time: Array, i: int, first: int, last: int, noise: float, pull: float
) -> float:
    """How much cheaper both links to a sample become by an exchange in between."""
    gain = 0.0
    mended = np.empty((3, pair.shape[2]))
    for p in range(2):
        for k in range(3):
            row = i - 2 + k
            mended[k] = pair[1 - p if first <= row < last else p, row]
        gain += link(pair[p], time, i - 2, i - 1, i, noise, pull)
        gain -= link(mended, time[i - 2 : i + 1], 0, 1, 2, noise, pull)
    return gain
