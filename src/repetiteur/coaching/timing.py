"""Lateness, a row for each count of the music, or for each second without any."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from repetiteur.coaching import moments
from repetiteur.coaching.timeline import Timeline
from repetiteur.model.counts import Counts
from repetiteur.model.findings import Against, Lateness
from repetiteur.technique.curve import Z90

__all__ = ["against", "count_at", "rows"]

Array = NDArray[np.float64]


def rows(line: Timeline, counts: Counts | None = None) -> Iterator[Lateness]:
    """One row a count or second, at the moment of it that tells the time best.

    Parameters
    ----------
    line : Timeline
    counts : Counts, optional
        In the reference's seconds. Where none is near, rows go by the second.

    Yields
    ------
    Lateness
        None where lateness is not judged.
    """
    for name, here in _parts(line.reference_s, counts):
        doubt = np.nan_to_num(line.late_sd_s[here], nan=np.inf)
        best = here[int(np.argmin(doubt))]
        if doubt.min() >= moments.TIMING_DOUBT_S:
            continue
        late = float(line.late_s[best])
        half = Z90 * float(line.late_sd_s[best])
        yield Lateness(
            count=name,
            reference_s=float(line.reference_s[best]),
            take_s=float(line.take_s[best]),
            late_s=late,
            interval90=(late - half, late + half),
            against=against(line, int(best), int(best)),
        )


def against(line: Timeline, first: int, last: int) -> Against:
    """What lateness counts from between two frames of the timeline: most of them."""
    if line.to_music is None:
        return "reference"
    return "music" if line.to_music[first : last + 1].mean() > 0.5 else "reference"


def count_at(reference_s: float, counts: Counts | None) -> str | None:
    """What the count nearest to a moment is called; None where none is near.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> march = counted(np.arange(1.0, 17.0), metre=4, one=0)
    >>> count_at(13.2, march), count_at(30.0, march), count_at(1.0, None)
    ('2·5', None, None)
    """
    if counts is None or not len(counts):
        return None
    near = int(_nearest(np.array([reference_s]), counts)[0])
    return str(counts.label[near]) if near >= 0 else None


def _parts(
    reference_s: Array, counts: Counts | None
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """What each part is called, and its frames, in order of time."""
    seconds = np.floor(reference_s + 0.5).astype(np.int64)
    near = np.full(seconds.size, -1)
    labels = np.array([], dtype="U12")
    if counts is not None and len(counts):
        near, labels = _nearest(reference_s, counts), counts.label
    both = np.stack([near, np.where(near >= 0, 0, seconds)], axis=1)
    begins = np.flatnonzero((np.diff(both, axis=0) != 0).any(axis=1)) + 1
    for here in np.split(np.arange(seconds.size), begins):
        count, second = both[here[0]]
        yield str(labels[count]) if count >= 0 else str(second), here


def _nearest(reference_s: Array, counts: Counts) -> NDArray[np.int64]:
    """Index of the nearest count; -1 where it is further than a count lasts."""
    near = counts.nearest(reference_s)
    apart = np.abs(counts.time_s[near] - reference_s)
    return np.where(apart <= counts.beat_s[near], near, -1)
