"""How large a difference is over some frames, with all the doubts about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.envelope import Envelope
from repetiteur.coaching.chance import middle_and_spread
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.timeline import Timeline
from repetiteur.model.findings import Difference
from repetiteur.technique.curve import Z90

Array = NDArray[np.float64]

#: After so long lateness is read anew, s: a window of 0.12 s has a value of its own
#: every 2 sqrt(pi) of that, 0.43 s, and a gesture of an arm or a leg lasts about that.
ANEW_S = 0.5


def difference_over(one: Comparison, core: NDArray[np.int64]) -> Difference:
    """The difference in shape over some frames: their median, with all its doubts.

    Parameters
    ----------
    one : Comparison
    core : (frames,) int
        Frames of the timeline in which both are seen.
    """
    value, spread = middle_and_spread(one.difference[core])
    error = np.sqrt(
        _middle(one.sd[core]) ** 2 + _middle(one.timing_sd[core]) ** 2 + spread**2
    )
    return sized(value, one.measure.unit, float(error), one.floor)


def lateness_over(line: Timeline, core: NDArray[np.int64], floor: float) -> Difference:
    """The lateness over some frames, likewise, in seconds.

    The middle of a stretch that lasts so many times ``ANEW_S`` is as much surer than a
    moment of it as the mean of so many readings.
    """
    value, error = lateness_at(line, core)
    count = max(core.size * line.step_s / ANEW_S, 1.0)
    return sized(value, "s", error / float(np.sqrt(count)), floor)


def lateness_at(line: Timeline, core: NDArray[np.int64]) -> tuple[float, float]:
    """Middle of the lateness over some frames, and how surely one of them tells it."""
    value, spread = middle_and_spread(line.late_s[core])
    return value, float(np.hypot(np.median(line.late_sd_s[core]), spread))


def spread_over(
    found: Envelope | None, core: NDArray[np.int64]
) -> tuple[float, float] | None:
    """What several references have between them over some frames; None of one."""
    if found is None:
        return None
    return _middle(found.low[core]), _middle(found.high[core])


def _middle(values: Array) -> float:
    """Median of what is known; infinite where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("inf")


def sized(value: float, unit: str, sd: float, floor: float) -> Difference:
    """A difference of which the standard deviation of the error is known."""
    half = Z90 * sd
    return Difference(value, unit, (value - half, value + half), floor)


def core_of(height: Array) -> NDArray[np.int64]:
    """Where at least half of a stretch's height is reached; all where it has none.

    Examples
    --------
    >>> core_of(np.array([1.0, 4.0, np.nan, 10.0, 9.0])).tolist()
    [3, 4]
    >>> core_of(np.array([-1.0, 0.0])).tolist()
    [0, 1]
    """
    seen = np.isfinite(height)
    half = 0.5 * float(np.quantile(height[seen], 0.9))
    least = half if half > 0.0 else -np.inf
    return np.flatnonzero(seen & (np.nan_to_num(height, nan=-np.inf) >= least))
