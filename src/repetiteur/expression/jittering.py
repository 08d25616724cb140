"""What a recording's jitter adds to speeds and accelerations, so that it is taken off.

Noise makes whatever is quiet look lively: it would make every noisy take a more
energetic one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from repetiteur.expression.dancing import JERK_S, SIDES, SLOPE_S, Dancing
from repetiteur.kernels.gains import filter_gain
from repetiteur.kernels.sliding import slope
from repetiteur.kinematics.mass import SEGMENTS

Array = NDArray[np.float64]


def noise(own: Dancing, shares: Mapping[str, float], order: int = 1) -> float:
    """Mean square that jitter adds to the length of a derivative.

    Parameters
    ----------
    own : Dancing
    shares : mapping of str to float
        Of the keypoints that the place is made of.
    order : int
        1 of a velocity, 2 of an acceleration, 3 of a jerk.

    Returns
    -------
    float
        In heights and seconds of the common pace; 0 where the jitter is not known.
    """
    jitter = own.jitter
    if jitter is None:
        return 0.0
    known = jitter.variance
    square = sum(share**2 * known.get(name, 0.0) for name, share in shares.items())
    gain = _gain(own.rate, order, jitter.new, jitter.lasting_s / own.pace)
    return 3.0 * own.errs * square * gain / own.height**2


def of_segments(own: Dancing, order: int) -> Array:
    """The same of each segment's centre, (segments,)."""
    places = (segment.place(own.body) for segment in SEGMENTS.values())
    return np.array([noise(own, place, order) for place in places if place])


def of_hands(own: Dancing, order: int) -> Array:
    """The same of each wrist from the shoulders' middle, (2,)."""
    half = dict.fromkeys(("left_shoulder", "right_shoulder"), 0.5)
    both = ({f"{side}_wrist": 1.0, **half} for side in SIDES)
    return np.array([noise(own, each, order) for each in both])


@lru_cache(maxsize=64)
def _gain(rate: float, order: int, new: float, lasting_s: float) -> float:
    """How much of the variance of jitter is in a derivative."""
    window = JERK_S if order == 3 else SLOPE_S

    def linear(values: Array) -> Array:
        return np.nan_to_num(slope(values, rate, window, order))

    def gain(lasts: float) -> float:
        return filter_gain(linear, rate, lasting_s=lasts) ** 2

    return gain(0.0) if new == 1.0 else new * gain(0.0) + (1.0 - new) * gain(lasting_s)
