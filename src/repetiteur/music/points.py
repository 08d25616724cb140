"""Points at which two recordings are at the same place of the music."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Points:
    """The same places of the music in two recordings.

    Attributes
    ----------
    first_s, second_s : (points,) float
        Seconds in either, increasing.
    sd_s : (points,) float
        Standard deviation of ``second_s`` where it is the right place, seconds.
    sure : (points,) float
        0 to 1: how likely it is the right place at all.
    """

    first_s: Array
    second_s: Array
    sd_s: Array
    sure: Array

    @property
    def lasts_s(self) -> float:
        """Seconds from the first to the last, in the recording where that is less."""
        if not self.first_s.size:
            return 0.0
        return float(min(np.ptp(self.first_s), np.ptp(self.second_s)))

    def turned(self) -> Points:
        """The same points with the recordings exchanged."""
        return replace(self, first_s=self.second_s, second_s=self.first_s)

    def begun(self, first_s: float, second_s: float) -> Points:
        """The same points when the recordings begin at these times."""
        return replace(
            self, first_s=self.first_s + first_s, second_s=self.second_s + second_s
        )
