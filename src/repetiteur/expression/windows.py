"""Windows of a phrase, and what a curve does in each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.model.findings import Span

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: A quality is told over so long, and again after so long, seconds (domain, 4.1: 0.5 to
#: 2 s; the longest of them, as a movement of adage lasts that long).
WINDOW_S, HOP_S = 2.0, 1.0
#: A window of which less is known has no value.
KNOWN = 0.5


def windows(
    start_s: float, end_s: float, *, window_s: float = WINDOW_S, hop_s: float = HOP_S
) -> tuple[Span, ...]:
    """Windows over a phrase.

    Parameters
    ----------
    start_s, end_s : float
        Seconds.
    window_s, hop_s : float
        How long each is, and how much later the next one begins, seconds.

    Returns
    -------
    tuple of Span
        The last one ends with the phrase or a little before; one of a phrase that is
        shorter than a window.

    Examples
    --------
    >>> [(one.start_s, one.end_s) for one in windows(1.0, 4.5)]
    [(1.0, 3.0), (2.0, 4.0)]
    """
    lasting = max(end_s - start_s, 0.0)
    if lasting <= window_s:
        return (Span(start_s, end_s),)
    starts = start_s + hop_s * np.arange(int((lasting - window_s) / hop_s + 1e-9) + 1)
    return tuple(Span(float(at), float(at + window_s)) for at in starts)


def frames_in(time: Array, spans: Sequence[Span]) -> list[slice]:
    """The frames of each window; none where it has no times."""
    edges = np.array([(one.start_s, one.end_s) for one in spans]).reshape(-1, 2)
    known = np.isfinite(edges).all(axis=1)
    first = np.searchsorted(time, edges[:, 0] - 1e-9, side="left")
    last = np.searchsorted(time, edges[:, 1] + 1e-9, side="right")
    last = np.where(known, last, first)
    return [slice(a, b) for a, b in zip(first.tolist(), last.tolist(), strict=True)]


def over(curve: Array, frames: Sequence[slice]) -> Array:
    """Mean of a curve in each window.

    Parameters
    ----------
    curve : (time,) float
        NaN = not known.
    frames : sequence of slice

    Returns
    -------
    (windows,) float
        NaN of windows of which less than :data:`KNOWN` is known.

    Examples
    --------
    >>> over(np.array([1.0, 3.0, np.nan, np.nan]), [slice(0, 3), slice(2, 4)]).tolist()
    [2.0, nan]
    """
    seen = np.isfinite(curve)
    both = np.stack([np.where(seen, curve, 0.0), seen], axis=1)
    total, known = within(both, frames).T
    out = np.full(len(frames), np.nan)
    np.divide(total, known, out=out, where=enough(known, frames))
    return out


def within(values: ArrayLike, frames: Sequence[slice]) -> Array:
    """Sums over the frames of each window, (time, ...) to (windows, ...).

    Examples
    --------
    >>> within([1.0, 2.0, 4.0], [slice(0, 2), slice(1, 3), slice(2, 2)]).tolist()
    [3.0, 6.0, 0.0]
    """
    rows = np.asarray(values, dtype=np.float64)
    padded = np.concatenate([rows, np.zeros((1, *rows.shape[1:]))])
    first, last = edges(frames)
    # Every other sum is that of a window; of first = last it is one frame, not none.
    total = np.add.reduceat(padded, np.stack([first, last], axis=1).ravel())[::2]
    total[first == last] = 0.0
    return np.asarray(total)


def highest(curve: Array, frames: Sequence[slice], share: float = 1.0) -> Array:
    """The value of a curve that such a share of each window stays under.

    Parameters
    ----------
    curve : (time,) float
        NaN = not known.
    frames : sequence of slice
    share : float
        0 to 1: of 1 the largest; between two values on the line between them.

    Returns
    -------
    (windows,) float
        NaN of windows of which less than :data:`KNOWN` is known.

    Examples
    --------
    >>> curve = np.array([1.0, 5.0, 3.0, np.nan])
    >>> highest(curve, [slice(0, 3), slice(2, 4)]).tolist()
    [5.0, 3.0]
    >>> highest(curve, [slice(0, 3)], 0.75).tolist()
    [4.0]
    """
    seen = np.isfinite(curve)
    there = enough(within(seen, frames), frames)
    out = np.full(len(frames), np.nan)
    for k in np.flatnonzero(there).tolist():
        known = np.sort(curve[frames[k]][seen[frames[k]]])
        place = share * (known.size - 1)
        low = int(place)
        above = known[min(low + 1, known.size - 1)]
        out[k] = known[low] + (place - low) * (above - known[low])
    return out


def enough(known: Array | Indices, frames: Sequence[slice]) -> NDArray[np.bool_]:
    """Whether so many known frames of each window are enough of it."""
    first, last = edges(frames)
    return np.asarray((known > 0) & (known >= KNOWN * (last - first)))


def edges(frames: Sequence[slice]) -> tuple[Indices, Indices]:
    """First frames of windows, and those after the last ones."""
    both = [(where.start, where.stop) for where in frames]
    first, last = np.array(both, dtype=np.intp).reshape(-1, 2).T
    return first, last
