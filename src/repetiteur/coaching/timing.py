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

__all__ = ["against", "count_at", "parts", "rows"]

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
    for name, here in parts(line.reference_s, counts):
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
    if counts is None:
        return None
    near = int(counts.near(np.array([reference_s]))[0])
    return str(counts.label[near]) if near >= 0 else None


def parts(
    reference_s: Array, counts: Counts | None = None
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Counts, and seconds where there are none.

    Parameters
    ----------
    reference_s : (time,) float
        A grid of the reference's time, seconds.
    counts : Counts, optional

    Yields
    ------
    name : str
        "2·5", or "12".
    frames : (frames,) int
        Of the grid; all of them belong to one part.

    Examples
    --------
    >>> [name for name, _ in parts(np.arange(0.0, 2.4, 0.1))]
    ['0', '1', '2']
    """
    seconds = np.floor(reference_s + 0.5).astype(np.int64)
    near = np.full(seconds.size, -1) if counts is None else counts.near(reference_s)
    both = np.stack([near, np.where(near >= 0, 0, seconds)], axis=1)
    begins = np.flatnonzero((np.diff(both, axis=0) != 0).any(axis=1)) + 1
    labels = [] if counts is None else counts.label.tolist()
    for here in np.split(np.arange(seconds.size), begins):
        count, second = both[here[0]]
        yield labels[count] if count >= 0 else str(second), here
