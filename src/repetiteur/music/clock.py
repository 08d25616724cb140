"""The clock that the music gives: which moment of a take has the same music."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import NothingToJudge
from repetiteur.model.body import Body
from repetiteur.model.counts import Counts
from repetiteur.music.sync import Sync

__all__ = ["MusicClock", "clock_of_counts", "clock_of_sounds", "clock_through"]

Array = NDArray[np.float64]
#: Standard deviation of a count that a person tapped or moved by ear, s.
TAPPED_S = 0.02
#: Fewest counts that two recordings have to share.
FEWEST = 4
#: Points of the clock further apart than this, s, have music between them that nobody
#: laid together.
GAP_S = 4.0


@dataclass(frozen=True, eq=False)
class MusicClock:
    """Which moment of a take has the same music as each moment of its reference.

    Attributes
    ----------
    reference_s, take_s : (points,) float
        Seconds in each, increasing; two points at the least.
    sd_s : (points,) float
        Standard deviation of ``take_s``; infinite where the two are not surely the same
        music.
    """

    reference_s: Array
    take_s: Array
    sd_s: Array

    @property
    def tempo_ratio(self) -> float:
        """Seconds of the take per second of the reference, over the whole."""
        return float(np.ptp(self.take_s) / np.ptp(self.reference_s))

    def take_at(self, reference_s: Array) -> Array:
        """The take's second with the music of a second of the reference.

        Beyond the ends it goes on at the tempo of the whole.

        Examples
        --------
        >>> faster = MusicClock(np.array([0.0, 8.0]), np.array([1.0, 5.0]), np.zeros(2))
        >>> faster.take_at(np.array([-2.0, 4.0, 10.0])).tolist()
        [0.0, 3.0, 6.0]
        """
        return _along(reference_s, self.reference_s, self.take_s, self.tempo_ratio)

    def reference_at(self, take_s: Array) -> Array:
        """The reference's second with the music of a second of the take."""
        return _along(take_s, self.take_s, self.reference_s, 1.0 / self.tempo_ratio)

    def sd_at(self, reference_s: Array) -> Array:
        """Standard deviation of :meth:`take_at`, s; infinite where it is not sure."""
        with np.errstate(divide="ignore"):
            surety = 1.0 / np.maximum(self.sd_s, 1e-6)
            inside = np.interp(reference_s, self.reference_s, surety, 0.0, 0.0)
            right = np.clip(
                np.searchsorted(self.reference_s, reference_s),
                1,
                self.reference_s.size - 1,
            )
            gap = np.diff(self.reference_s)[right - 1] > GAP_S
            return np.asarray(1.0 / np.where(gap, 0.0, inside))

    def retimed(self, take: Body) -> Body:
        """The take as if it had been danced to the music as the reference heard it."""
        return replace(take, time=self.reference_at(take.time))


def clock_of_sounds(heard: Sync) -> MusicClock:
    """The clock of two recordings whose sounds were laid together.

    Parameters
    ----------
    heard : Sync
        From the reference to the take.

    Raises
    ------
    NothingToJudge
        When they are not the same music.
    """
    if heard.kind == "neither":
        raise NothingToJudge(heard.reason)
    _, sd = heard.carried(heard.first_s)
    return MusicClock(
        heard.first_s, heard.second_s, np.where(np.isfinite(sd), sd, np.inf)
    )


def clock_through(reference: Sync, take: Sync) -> MusicClock:
    """The clock of two recordings that were each laid on the music.

    Parameters
    ----------
    reference, take : Sync
        From the music to each of the two.

    Raises
    ------
    NothingToJudge
        When either does not hold that music, or they hold different parts of it.
    """
    for heard in (reference, take):
        if heard.kind == "neither":
            raise NothingToJudge(heard.reason)
    music = np.unique(np.concatenate([reference.first_s, take.first_s]))
    (one, one_sd), (two, two_sd) = reference.carried(music), take.carried(music)
    both = np.isfinite(one) & np.isfinite(two)
    return _clock(one[both], two[both], np.hypot(one_sd, two_sd)[both])


def clock_of_counts(reference: Counts, take: Counts) -> MusicClock:
    """The clock of two recordings whose counts are known.

    Parameters
    ----------
    reference, take : Counts
        Of the same music, each in the seconds of its recording. Those that go by the
        same name are the same.

    Raises
    ------
    NothingToJudge
        When they share too few counts, or not in the same order.

    Notes
    -----
    A count that a person gave is held to be as unsure as tapping to a beat is: 10 to
    30 ms (B. H. Repp, "Sensorimotor synchronization: a review of the tapping
    literature", Psychonomic Bulletin & Review 12, 2005).

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> slow = counted(np.arange(8.0), metre=4, one=0)
    >>> fast = counted(3.0 + np.arange(8.0) / 2, metre=4, one=0)
    >>> clock_of_counts(slow, fast).take_at(np.array([2.5])).tolist()
    [4.25]
    """
    _, i, j = np.intersect1d(_names(reference), _names(take), return_indices=True)
    order = np.argsort(reference.time_s[i])
    i, j = i[order], j[order]
    sd = np.full(i.size, np.sqrt(2.0) * TAPPED_S)
    return _clock(reference.time_s[i], take.time_s[j], sd)


def _names(counts: Counts) -> Array:
    """Each count's phrase and number as one; of pick-ups the bar and number."""
    place = np.where(counts.phrase > 0, counts.phrase, counts.bar - 1)
    return np.asarray(place * 1000.0 + counts.count)


def _clock(reference_s: Array, take_s: Array, sd_s: Array) -> MusicClock:
    rising = np.diff(reference_s, prepend=-np.inf) > 0.0
    if rising.sum() < FEWEST or (np.diff(take_s[rising]) <= 0.0).any():
        raise NothingToJudge(
            f"The music of both recordings needs {FEWEST} places or more in common, in "
            f"the same order, and has {int(rising.sum())}. Check that the counts and "
            "sounds are of the same music."
        )
    return MusicClock(reference_s[rising], take_s[rising], sd_s[rising])


def _along(at: Array, known: Array, values: Array, slope: float) -> Array:
    inside = np.interp(at, known, values)
    beyond = np.clip(at - known[-1], 0.0, None) + np.clip(at - known[0], None, 0.0)
    return np.asarray(inside + slope * beyond)
