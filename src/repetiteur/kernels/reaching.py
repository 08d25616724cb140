"""When a reach is over: the moment at which a point, or an angle, has arrived.

The last of a reach is so slow that nobody sees it end: here it is over when a fiftieth
of the way is left. So little is lost in the noise of the points; but what reaches moves
along a minimum-jerk curve [1]_, and two earlier moments of its slowing down tell when.

References
----------
.. [1] T. Flash and N. Hogan, "The coordination of arm movements", Journal of
   Neuroscience 5(7), 1985.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

#: Shares of the way, and of the time at which a minimum-jerk reach has gone them. They
#: are late ones: a leg that brushes along the floor begins otherwise, and ends alike.
_EARLY, _NEARLY = 0.7, 0.95
_EARLY_TIME, _NEARLY_TIME = 0.610182, 0.810745
#: And 0.98, where it is over.
_OVER_TIME = 0.864733
#: A top that is left within this share of the reach is turned at, not held: a
#: minimum-jerk reach and one back are over 0.95 for 0.38 of it. Expert default.
_TURNED = 0.7


def arrived(way: ArrayLike, time: ArrayLike) -> float:
    """When a curve that rises has arrived at its top.

    Parameters
    ----------
    way : (time,) float
        From where the reach begins, or earlier, to its top and, if that is left again,
        beyond.
    time : (time,) float
        Seconds, increasing.

    Returns
    -------
    float
        Seconds. Of a top that is held: when 0.98 of the way is done, by the
        minimum-jerk reach through the moments at which 0.7 and 0.95 of it are. Of a top
        at which it turns: the end of that reach and, likewise, the beginning of the way
        back, the quicker of the two counting for more (the error of each grows with how
        long it lasts). NaN where the curve does not rise.

    Examples
    --------
    >>> time = np.arange(0.0, 2.0, 0.01)
    >>> s = np.clip(time, 0.0, 1.0)
    >>> round(arrived(s**3 * (10.0 - 15.0 * s + 6.0 * s**2), time), 2)
    0.86
    >>> round(arrived(np.sin(np.pi * time / 2.0), time), 2)
    1.0
    """
    w, t = np.asarray(way, np.float64), np.asarray(time, np.float64)
    seen = np.isfinite(w)
    w, t = w[seen], t[seen]
    if w.size < 3:
        return float("nan")
    top = int(w.argmax())
    low = float(w[: top + 1].min())
    if w[top] <= low:
        return float("nan")
    share = (w - low) / (w[top] - low)
    near, lasting = _slowing(share[: top + 1], t[: top + 1])
    if not (share[top:] < _EARLY).any():
        return near + (_OVER_TIME - _NEARLY_TIME) * lasting
    back, leaving = _slowing(share[top:][::-1], -t[top:][::-1])
    if -back - near >= _TURNED * lasting:
        return near + (_OVER_TIME - _NEARLY_TIME) * lasting
    rest = 1.0 - _NEARLY_TIME
    ends = [near + rest * lasting, -back - rest * leaving]
    return float(
        np.average(ends, weights=[max(s, 1e-9) ** -2.0 for s in (lasting, leaving)])
    )


def _slowing(share: Array, time: Array) -> tuple[float, float]:
    """When a reach that ends with its top is nearly over, and how long it lasts."""
    near = int(np.flatnonzero(share >= _NEARLY)[0])
    under = np.flatnonzero(share[: near + 1] < _EARLY)
    early = int(under[-1]) + 1 if under.size else 0
    near_s, early_s = (
        _crossed(share, time, k, level)
        for k, level in ((near, _NEARLY), (early, _EARLY))
    )
    return near_s, (near_s - early_s) / (_NEARLY_TIME - _EARLY_TIME)


def _crossed(share: Array, time: Array, frame: int, level: float) -> float:
    """When a level is crossed on the way to a frame."""
    if frame == 0:
        return float(time[0])
    pair = [frame - 1, frame]
    return float(np.interp(level, share[pair], time[pair]))
