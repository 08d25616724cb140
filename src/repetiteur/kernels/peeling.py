"""When a point of the foot peels off the floor, or sinks down to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.kernels import _contact_loops as loops


def peels_off(
    lift: ArrayLike,
    time: ArrayLike,
    heights: tuple[float, float, float],
    *,
    most_s: float,
    fewest: int = 1,
) -> float:
    """When a point of the foot last begins to leave the floor.

    Parameters
    ----------
    lift : (time,) float
        Height over where it stands; NaN = not seen.
    time : (time,) float
        Seconds.
    heights : (float, float, float)
        Below the first it stands, or has only begun to leave; from below the second on
        it is down, and until it is above the third
        (:func:`repetiteur.kernels.contacts.hysteresis`).
    most_s : float
        It takes no longer than this, seconds.
    fewest : int
        Frames from the first height to the third: one that takes fewer does not peel
        off.

    Returns
    -------
    float
        Seconds; NaN of one that has been up.

    Notes
    -----
    It peels off slowly, and noise hides how it begins: a straight line through its
    heights from the first to the third is followed back to the floor. Backwards in time
    it is a point that sinks down.

    Examples
    --------
    >>> lift, heights = [0.0, 0.0, 0.0, 0.02, 0.04, 0.06], (0.01, 0.03, 0.04)
    >>> round(peels_off(lift, np.arange(6.0) / 10.0, heights, most_s=0.6), 9)
    0.2
    """
    v, t = (np.asarray(a, dtype=np.float64) for a in (lift, time))
    return float(loops.peeling(v, t, *heights, fewest, most_s))
