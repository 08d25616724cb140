"""Counts: what dancers number the music by, each with its time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import NothingToJudge

__all__ = ["Counts", "counted", "counts_in_a_phrase"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
#: Beats that dancers count to, where whole bars fit.
EIGHT = 8


@dataclass(frozen=True, eq=False)
class Counts:
    """The counts of a piece of music, in order of time.

    Attributes
    ----------
    time_s : (counts,) float
        When each is heard, seconds in the recording, increasing.
    beat : (counts,) int
        Which beat of its bar it is, from 1.
    bar : (counts,) int
        Which bar it lies in, from 1; 0 and less are pick-ups before the first.
    count : (counts,) int
        The number that dancers say, from 1 to the last of the phrase, mostly 8.
    confidence : (counts,) float
        0 to 1: how sure the time is; 1 where a person gave it.

    Examples
    --------
    >>> waltz = counted(np.arange(8) * 0.5, metre=3, one=1)
    >>> waltz.label.tolist()
    ['0·6', '1·1', '1·2', '1·3', '1·4', '1·5', '1·6', '2·1']
    """

    time_s: Array
    beat: Whole
    bar: Whole
    count: Whole
    confidence: Array

    def __len__(self) -> int:
        """How many counts there are."""
        return int(self.time_s.size)

    @property
    def phrase(self) -> Whole:
        """Which phrase (eight, six) each lies in, from 1; 0 of pick-ups.

        A new one begins wherever the number does not rise. Counts that are left out
        are counted through: their bars tell how many phrases went by.
        """
        inside = self.bar >= 1
        first = np.flatnonzero(inside)[:1]
        metre, length = (x.max(initial=1) for x in (self.beat, self.count))
        rise = np.diff(self.count, prepend=0)
        beats = np.diff(self.bar * metre + self.beat, prepend=0)
        passed = np.maximum((beats - rise) // length, rise <= 0)
        passed[first] = 1
        return np.where(inside, np.cumsum(np.where(inside, passed, 0)), 0)

    @property
    def label(self) -> NDArray[np.str_]:
        """What each is called: "2·5" is count 5 of the second eight."""
        return np.array(
            [f"{p}·{c}" for p, c in zip(self.phrase, self.count, strict=True)], "U12"
        )

    @property
    def beat_s(self) -> Array:
        """Seconds from each count to the next; of the last, as before it."""
        gaps = np.diff(self.time_s)
        return np.append(gaps, gaps[-1:]) if len(self) > 1 else np.full(len(self), 0.0)

    @property
    def length(self) -> int:
        """How far is counted: 8 of eights."""
        return int(self.count.max(initial=0))

    def near(self, time_s: Array) -> Whole:
        """Index of the nearest count; -1 where none is as near as a count lasts.

        Examples
        --------
        >>> late = counted(np.array([0.0, 1.0, 2.0, 9.0, 10.0]), metre=4, one=0)
        >>> late.near(np.array([-1.5, 0.4, 2.8, 5.0, 8.2])).tolist()
        [-1, 0, 2, -1, 3]
        """
        if len(self) < 2:
            return np.full(np.shape(time_s), -1)
        gaps = np.diff(self.time_s)
        lasts = np.minimum(np.append(gaps[:1], gaps), np.append(gaps, gaps[-1:]))
        near = self.nearest(time_s)
        apart = np.abs(self.time_s[near] - time_s)
        return np.where(apart <= lasts[near], near, -1)

    def at(self, time_s: Array) -> Whole:
        """Index of the count under way at each time: the last begun; -1 before all."""
        return np.searchsorted(self.time_s, time_s, side="right") - 1

    def nearest(self, time_s: Array) -> Whole:
        """Index of the count nearest to each time."""
        middle = (self.time_s[1:] + self.time_s[:-1]) / 2.0
        return np.searchsorted(middle, time_s, side="right")

    def moved(self, time_s: Array, confidence: Array) -> Counts:
        """The same counts at the times of another recording; NaN leaves one out."""
        kept = np.isfinite(time_s)
        return Counts(
            np.asarray(time_s, np.float64)[kept],
            self.beat[kept],
            self.bar[kept],
            self.count[kept],
            np.asarray(confidence, np.float64)[kept],
        )


def counts_in_a_phrase(metre: int) -> int:
    """How far dancers count in a metre: to eight, or through whole bars about as long.

    Parameters
    ----------
    metre : int
        Beats in a bar.

    Returns
    -------
    int

    Examples
    --------
    >>> [counts_in_a_phrase(metre) for metre in (2, 3, 4, 5, 6)]
    [8, 6, 8, 5, 6]
    """
    return metre * max(EIGHT // metre, 1)


def counted(
    time_s: Array, *, metre: int, one: int, confidence: Array | None = None
) -> Counts:
    """Number beats as dancers count them.

    Parameters
    ----------
    time_s : (counts,) float
        When each beat is heard, seconds, increasing.
    metre : int
        Beats in a bar.
    one : int
        Index of the beat that is the first "1"; those before it are pick-ups.
    confidence : (counts,) float, optional
        0 to 1; 1 if not given.

    Returns
    -------
    Counts

    Raises
    ------
    NothingToJudge
        When no beat is given, or the "1" is none of them.

    Examples
    --------
    >>> march = counted(np.arange(10) * 0.5, metre=2, one=0)
    >>> march.count.tolist(), march.bar.tolist()
    ([1, 2, 3, 4, 5, 6, 7, 8, 1, 2], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    """
    if not 0 <= one < time_s.size:
        raise NothingToJudge(
            f"The first 1 needs to be one of the beats, and {time_s.size} were found. "
            "Give a time at which one of them is heard."
        )
    since = np.arange(time_s.size) - one
    return Counts(
        np.asarray(time_s, np.float64),
        since % metre + 1,
        since // metre + 1,
        since % counts_in_a_phrase(metre) + 1,
        np.ones(time_s.size) if confidence is None else confidence,
    )
