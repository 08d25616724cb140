"""What lining up two recordings gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SideMatch = Literal["same", "mirrored"]
#: What one recording does without the other.
Alone = Literal["extra", "skipped", "repeated"]


@dataclass(frozen=True)
class Break:
    """A stretch that the two do not dance together.

    Attributes
    ----------
    state : "extra", "skipped" or "repeated"
        In the take alone; in the reference alone; or in the take, which dances a bar
        once more.
    reference_s : (float, float)
        First and last second in the reference. Of ``extra`` both are the place where it
        stands still; of ``repeated`` the bar that the take dances once more.
    take_s : (float, float)
        First and last second in the take; of ``skipped`` both are the place where the
        take leaves it out.
    """

    state: Alone
    reference_s: tuple[float, float]
    take_s: tuple[float, float]


@dataclass(frozen=True)
class Alignment:
    """Which moment of the take belongs to which moment of the reference.

    Attributes
    ----------
    side : "same" or "mirrored"
        ``mirrored`` means "matches after exchanging sides".
    tempo_ratio : float
        Take seconds per reference second.
    start_offset_s : float
        Where the reference's beginning lies in the take, seconds.
    confidence : float
        0 to 1: how much better this line-up is than chance.
    judged_share : float
        0 to 1: share of the matched reference in which the two are alike enough to
        be compared.
    heading_deg : float
        Heading of the take minus heading of the reference, degrees in (-180, 180],
        positive to the dancer's left.
    reference_s, take_s : (points,) float
        Warp points in seconds, both non-decreasing.
    state : (points,) str
        ``danced``, ``extra`` (in the take alone), ``skipped`` (in the reference alone)
        or ``repeated`` (in the take, which dances a bar once more).
    sure : (points,) float
        0 to 1: how much worse the best other way to line up this moment is; what is
        low is not judged.
    on_time_s : (points,) float
        The take's time for each point at one tempo and offset, breaks passed over.
    late_s : (points,) float
        What is left of ``take_s`` after that, smoothed, seconds, positive = late; NaN
        where the two are not compared.
    late_sd_s : (points,) float
        Standard deviation of ``late_s``; NaN likewise, infinite where the body is too
        still to tell the time.
    breaks : tuple of Break
        The stretches that are not danced together, in order of the take.
    to_music : (points,) bool or None
        Where lateness counts from the same music, and not from one tempo of the
        reference; None where no music was heard in both.
    """

    side: SideMatch
    tempo_ratio: float
    start_offset_s: float
    confidence: float
    judged_share: float
    heading_deg: float
    reference_s: Array
    take_s: Array
    state: NDArray[np.str_]
    sure: Array
    on_time_s: Array
    late_s: Array
    late_sd_s: Array
    breaks: tuple[Break, ...]
    to_music: NDArray[np.bool_] | None = None
