"""How tall a body appears: the size by which distances in it are judged."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import median_filter

Array = NDArray[np.float64]

#: Lengths as shares of stature: D. A. Winter, "Biomechanics and Motor Control of Human
#: Movement", 4th ed., 2009, figure 4.1 (trunk from hip to shoulder).
SHARES: Mapping[str, float] = {
    "trunk": 0.288,
    "thigh": 0.245,
    "shank": 0.246,
    "upper_arm": 0.186,
    "forearm": 0.146,
    "foot": 0.152,
}
#: A projected bone is never too long, but often too short; so a high quantile counts.
_QUANTILE = 0.75
_STEADY_S = 2.0


def apparent_stature(
    lengths: ArrayLike, shares: ArrayLike, time: ArrayLike, *, over_s: float = _STEADY_S
) -> Array:
    """Stature as it appears in the picture, from bones of known share of it.

    Parameters
    ----------
    lengths : (time, bones) float
        Of each bone, in any unit; NaN means "not seen".
    shares : (bones,) float
        Each bone's length as a share of stature.
    time : (time,) float
        Seconds, increasing.
    over_s : float
        Length of the running median, seconds: a dancer's distance from the camera
        changes slowly.

    Returns
    -------
    (time,) float
        In the unit of the lengths; held through gaps; NaN where no bone was ever seen.

    Notes
    -----
    In each frame the 0.75 quantile of length over share: foreshortening only shortens,
    and a fifth of the bones may be wrong. Then a running median.

    Examples
    --------
    >>> thigh_and_shank = [[245.0, 246.0], [120.0, 123.0], [245.0, 246.0]]
    >>> times = [0.0, 0.02, 0.04]
    >>> apparent_stature(thigh_and_shank, [0.245, 0.246], times).round().tolist()
    [1000.0, 1000.0, 1000.0]
    """
    ratio = np.asarray(lengths, dtype=np.float64) / np.asarray(shares, dtype=np.float64)
    moments = np.asarray(time, dtype=np.float64)
    out = np.full(moments.size, np.nan)
    seen = np.isfinite(ratio).any(axis=1)
    if not seen.any():
        return out
    tall = _quantile(ratio[seen])
    tall = np.interp(moments, moments[seen], tall)
    step = float(np.median(np.diff(moments))) if moments.size > 1 else 1.0
    window = 2 * round(0.5 * over_s / step) + 1
    window = min(window, 2 * moments.size - 1)
    out[:] = median_filter(tall, size=window, mode="nearest")
    return out


def _quantile(rows: Array) -> Array:
    """The quantile of what is there in each row; numpy's own goes row by row."""
    ordered = np.sort(rows, axis=1)  # NaN comes last
    place = _QUANTILE * (np.isfinite(rows).sum(axis=1, keepdims=True) - 1)
    low = np.floor(place).astype(np.intp)
    below = np.take_along_axis(ordered, low, axis=1)
    above = np.take_along_axis(ordered, np.ceil(place).astype(np.intp), axis=1)
    return np.asarray((below + (place - low) * (above - below))[:, 0])
