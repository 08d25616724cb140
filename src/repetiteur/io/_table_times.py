"""Times of a table: in seconds, and without the error of their rounding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.io._columns import Columns

__all__ = ["evened", "times_of"]

Array = NDArray[np.float64]

_ROUNDED = 0.15  # of a time step: 0.5 ms of rounding at up to 300 Hz


def evened(time: Array, rate_hz: float) -> Array:
    """Times on the even grid of a rate, where they only leave it by their rounding.

    A time written as 0.017 s makes a speed wrong by 2 %; the rate does not.

    Parameters
    ----------
    time : (time,) float
        Seconds, as written.
    rate_hz : float
        As the header says; NaN or 0 where it does not.

    Examples
    --------
    >>> evened(np.array([0.0, 0.017, 0.033]), 60.0).round(5).tolist()
    [0.0, 0.01667, 0.03333]
    >>> evened(np.array([0.0, 0.02, 0.04]), 60.0).tolist()
    [0.0, 0.02, 0.04]
    """
    if not (np.isfinite(rate_hz) and rate_hz > 0 and np.isfinite(time).all()):
        return time
    even = time[:1] + np.arange(len(time)) / rate_hz
    off = np.abs(time - even).max(initial=0.0) * rate_hz
    return even if off <= _ROUNDED else time


def times_of(columns: Columns, values: Array) -> tuple[Array | None, list[str]]:
    """Times in seconds where the table has them, and a line on how they were read.

    Parameters
    ----------
    columns : Columns
    values : (rows, columns) float
        One row for each frame.
    """
    if columns.time is None:
        return None, []
    time = values[:, columns.time]
    if np.isnan(time).all():
        return None, []
    if columns.second is not None:
        return time * columns.second, []
    step = float(np.median(np.diff(time))) if len(time) > 1 else 0.0
    for unit, second, least in (
        ("ns", 1e-9, 1e6),
        ("µs", 1e-6, 1e3),
        ("ms", 1e-3, 1.0),
    ):
        if step >= least:
            return time * second, [f"times taken as {unit}, by their steps"]
    return time, []
