"""The tempo that is danced beside the tempo that is played."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from repetiteur.kernels import circular
from repetiteur.kernels.on_the_beat import Intervals, Lag, growth, intervals, lag
from repetiteur.model.counts import Counts
from repetiteur.technique.musical_offsets import Offsets

Array = NDArray[np.float64]

#: Fewest counts with an arrival that tell a tempo.
FEWEST = 8
#: How far a dancer may follow, or lead, counts.
FURTHEST = 4.0


class Growth(NamedTuple):
    """How much longer each count is than the one before, percent, with its interval."""

    value: float
    low: float
    high: float


class Tempo(NamedTuple):
    """How two tempi go over a phrase.

    Attributes
    ----------
    danced, played, apart : Growth
        Of the dancer, of the music over the same counts, and the one less the other.
    lag : Lag or None
        How many counts later the dancer does what the music does; None where the music
        does too little to tell.
    first_s, last_s : float
        Seconds.
    """

    danced: Growth
    played: Growth
    apart: Growth
    lag: Lag | None
    first_s: float
    last_s: float


def tempo(offsets: Iterable[Offsets], counts: Counts) -> Tempo | None:
    """The tempo that is danced, by arrivals that are on the music.

    Parameters
    ----------
    offsets : iterable of Offsets
        Each kind's own lateness is taken off: who lands on the count and closes after
        it has one tempo.
    counts : Counts

    Returns
    -------
    Tempo or None
        None with fewer than :data:`FEWEST` counts that something arrives on.
    """
    each = list(offsets)
    meant = np.concatenate([one.meant for one in each])
    off = np.concatenate([one.late_s - np.median(one.late_s) for one in each])
    at, which = np.unique(meant, return_inverse=True)
    late = np.bincount(which, off) / np.bincount(which)
    played_s = circular.moments(at, counts.time_s)
    danced_s = played_s + late
    if at.size < FEWEST or not (np.diff(danced_s) > 0.0).all():
        return None
    danced, played = intervals(danced_s, at), intervals(played_s, at)
    apart = Intervals(danced.at, danced.logs - played.logs, danced.beats)
    follows = lag(np.log(np.diff(counts.time_s)), danced.logs, danced.at - 0.5,
                  FURTHEST)  # fmt: skip
    return Tempo(
        _percent(danced),
        _percent(played),
        _percent(apart),
        follows,
        float(danced_s[0]),
        float(danced_s[-1]),
    )


def _percent(found: Intervals) -> Growth:
    slope = growth(found)
    half = float(stdtrit(slope.freedom, 0.95)) * slope.sd
    ends = (slope.value, slope.value - half, slope.value + half)
    return Growth(*(100.0 * float(np.expm1(end)) for end in ends))
