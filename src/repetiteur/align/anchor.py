"""Time itself among what two recordings are lined up by, where they share a clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: One second apart in the music costs as much as a pose so far off, rad: enough to tell
#: one of two bars that are danced alike, and little where a dancer is late.
SAY = np.radians(5.0)


@dataclass(frozen=True, eq=False)
class Anchor:
    """Where the times of two recordings are those of one clock.

    Attributes
    ----------
    time_s : (points,) float
        Moments of that clock, increasing.
    sure : (points,) bool
        Whether it is the same in both at each.
    """

    time_s: Array
    sure: NDArray[np.bool_]

    def __call__(self, features: Array, time_s: Array) -> Array:
        """Features with the time among them.

        Parameters
        ----------
        features : (time, columns) float
        time_s : (time,) float
            Seconds of the clock.

        Returns
        -------
        (time, columns or columns + 1) float
            The time is NaN where it is not sure or nothing was seen. The same columns
            where it is nowhere sure.

        Examples
        --------
        >>> two = Anchor(np.array([0.0, 4.0]), np.array([True, True]))
        >>> found = two(np.zeros((3, 1)), np.array([0.0, 2.0, 6.0]))
        >>> np.degrees(found[:, 1]).round(1).tolist()
        [0.0, 10.0, nan]
        """
        if not self.sure.any():
            return features
        surely = np.interp(time_s, self.time_s, self.sure.astype(np.float64), 0.0, 0.0)
        told = (surely == 1.0) & np.isfinite(features).any(axis=1)
        return np.column_stack([features, np.where(told, SAY * time_s, np.nan)])


#: Two recordings that share no clock.
NOWHERE = Anchor(np.zeros(1), np.zeros(1, dtype=np.bool_))
