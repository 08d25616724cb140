"""Windows of a phrase, and what a curve does in each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from repetiteur.model.findings import Span

Array = NDArray[np.float64]

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


def over(
    curve: Array, frames: Sequence[slice], of: Callable[[Array], float] = np.mean
) -> Array:
    """A number of what a curve does in each window.

    Parameters
    ----------
    curve : (time,) float
        NaN = not known.
    frames : sequence of slice
    of : callable
        ``of(known values) -> float``, such as a mean.

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
    out = np.full(len(frames), np.nan)
    for k, where in enumerate(frames):
        known = curve[where][seen[where]]
        if known.size and known.size >= KNOWN * (where.stop - where.start):
            out[k] = of(known)
    return out
