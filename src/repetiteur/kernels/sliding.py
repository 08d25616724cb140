"""Derivatives over a window that is so many seconds long, whatever the frame rate."""

from __future__ import annotations

from functools import lru_cache
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _sliding_loops as loops

Array = NDArray[np.float64]


def slope(values: ArrayLike, rate_hz: float, window_s: float, order: int = 1) -> Array:
    """Derivative of a polynomial fitted to a sliding window that fades to its ends.

    Parameters
    ----------
    values : (time, ...) float
        At even steps of time.
    rate_hz : float
        Frames a second.
    window_s : float
        From end to end, seconds.
    order : int
        0 smooths, 1 is velocity, 2 acceleration, 3 jerk.

    Returns
    -------
    (time, ...) float
        Unit a second to the power of ``order``. NaN within half a window of either end
        and of what was not seen, and throughout where too few frames lie in a window.

    Raises
    ------
    ValueError
        When the window is not longer than 0, or the order is below 0.

    Notes
    -----
    The local polynomial fit [1]_, of one degree more than the order, with weights
    1 - u^2 over the window (u from -1 to 1). They end at 0, so that a window which
    holds one frame more at another rate tells the same.

    References
    ----------
    .. [1] J. Fan and I. Gijbels, "Local Polynomial Modelling and Its Applications",
       Chapman & Hall, 1996.

    Examples
    --------
    >>> t = np.arange(60) / 60.0
    >>> slope(4.0 * t**2, 60.0, 0.3, order=2)[30].round(9)
    np.float64(8.0)
    """
    if not (window_s > 0.0 and order >= 0):
        raise ValueError(
            f"A window must be longer than 0 s and an order 0 or more; got "
            f"{window_s:g} s and {order}."
        )
    v = np.ascontiguousarray(values, dtype=np.float64)
    weights = _weights(rate_hz, window_s, order)
    if weights is None or len(v) < weights.size:
        return np.full(v.shape, np.nan)
    return loops.correlated(v.reshape(len(v), -1), weights).reshape(v.shape)


@lru_cache(maxsize=64)
def _weights(rate_hz: float, window_s: float, order: int) -> Array | None:
    """What each frame about the middle counts; None with too few of them."""
    reach = 0.5 * window_s * rate_hz
    most = int(np.ceil(reach - 1e-9)) - 1
    if 2 * most < order + 1:
        return None
    u = np.arange(-most, most + 1) / reach
    root = np.sqrt(1.0 - u**2)
    powers = u[:, np.newaxis] ** np.arange(order + 2)
    fit = np.linalg.pinv(root[:, np.newaxis] * powers)[order] * root
    return np.asarray(fit * factorial(order) * (rate_hz / reach) ** order)
