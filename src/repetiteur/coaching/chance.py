"""How large the largest of many differences comes to be by chance.

A floor is what nine in ten differences of one moment stay under. A dance is looked at
in hundreds of places, and the largest of hundreds of differences is larger than that,
without anything having been danced otherwise. How much a take and its reference differ
by itself shows in them: in the difference of the same measure over the rest of the
dance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from repetiteur.coaching.timeline import Timeline
from repetiteur.technique.curve import curves

Array = NDArray[np.float64]

#: A dancer's own variation, and a tracker's errors, are others after so long, s: about
#: as long as a gesture of an arm or a leg lasts. An expert default.
ANOTHER_S = 0.5
#: By the median deviation a spread is told as well as by its root mean square over this
#: share of the readings (P. J. Rousseeuw & C. Croux, "Alternatives to the median
#: absolute deviation", J. Am. Stat. Assoc. 88, 1993).
EFFICIENCY = 0.37
#: In so many takes no difference is as large as this by chance.
TAKES = 0.9


def by_chance(
    difference: Array, sd: Array, first: int, last: int, line: Timeline
) -> float:
    """What the largest of all differences of a take stays under by chance.

    Parameters
    ----------
    difference : (time,) float
        Of one measure on the timeline; NaN where it is not judged.
    sd : (time,) float
        Standard deviation of the instruments' error in it: a tracker that sees a bone
        foreshortened errs by more than it does elsewhere.
    first, last : int
        Frames of the moment that is asked about: it has no part in the answer.
    line : Timeline

    Returns
    -------
    float
        In the measure's unit: the largest of as many independent differences as the
        take has, of all measures, stays under it in nine takes of ten (Z. Sidak, J. Am.
        Stat. Assoc. 62, 1967), by Student's t, for the rest of the dance tells how much
        it varies by only as well as it is long. Infinite where there is no rest.

    Examples
    --------
    >>> time = np.arange(1800) / 60.0
    >>> nowhere = np.zeros(time.size)
    >>> line = Timeline(time, time, nowhere, nowhere, nowhere.astype(np.int8))
    >>> wave, sd = 2.0 * np.sin(time), nowhere + 1.0
    >>> bool(4.0 < by_chance(wave, sd, 600, 700, line) / wave.std() < 8.0)
    True
    """
    here = slice(first, last + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        every = difference / sd
    rest = np.delete(every, here)
    rest = rest[np.isfinite(rest)]
    readings = EFFICIENCY * rest.size * line.step_s / ANOTHER_S
    known = sd[here][np.isfinite(every[here])]
    if readings < 1.0 or not known.size:
        return float("inf")
    danced_s = np.isfinite(line.take_s).sum() * line.step_s
    among = _ways() * max(danced_s / ANOTHER_S, 1.0)
    beyond = 0.5 * (1.0 - TAKES ** (1.0 / among))
    largest = float(stdtrit(readings, 1.0 - beyond)) * middle_and_spread(rest)[1]
    return largest * float(np.median(known))


def middle_and_spread(values: Array) -> tuple[float, float]:
    """Median, and the standard deviation that the median deviation from it stands for.

    Of normal errors it is 1.4826 of that.
    """
    value = float(np.median(values))
    return value, 1.4826 * float(np.median(np.abs(values - value)))


def _ways() -> int:
    """In how many ways each moment is looked at: measures, and their sides."""
    return sum(len(one.sides) for one in curves())
