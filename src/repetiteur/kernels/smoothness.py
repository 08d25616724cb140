"""How smooth a movement is, from its speed.

Both measures are free of the size of a movement and of how long it takes; both are
negative, and 0 would be smoothest. They are meant for one movement, from rest to rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels import _smoothness_loops as loops

Array = NDArray[np.float64]

#: The paper's settings: the spectrum is sampled 2^4 times as finely as the movement is
#: long, and looked at up to 10 Hz as long as it is above 0.05 of its peak.
PADDING, HIGHEST_HZ, LEAST = 4, 10.0, 0.05
#: Fewer frames have no jerk, and are no movement.
SHORTEST = 3


def sparc(speed: ArrayLike, rate_hz: float) -> Array:
    """Spectral arc length of a speed.

    Parameters
    ----------
    speed : (time, ...) float
        0 or more, one movement a column.
    rate_hz : float
        Frames a second.

    Returns
    -------
    (...) float
        About -1.4 for one smooth stroke, lower the more it falls into pieces. NaN where
        a frame was not seen, nothing moves or there are fewer than three frames.

    Notes
    -----
    Minus the length of the curve of the normalised amplitude spectrum over frequency,
    from the first to the last frequency up to 10 Hz with at least 0.05 of the peak, the
    frequency divided by that range [1]_. Above half the frame rate there is no
    spectrum.

    References
    ----------
    .. [1] S. Balasubramanian, A. Melendez-Calderon, A. Roby-Brami, E. Burdet, "On the
       analysis of movement smoothness", J. Neuroeng. Rehabil. 12:112, 2015.

    Examples
    --------
    >>> t = np.linspace(0.0, 1.0, 201)
    >>> float(sparc(30 * t**2 - 60 * t**3 + 30 * t**4, 200.0).round(3))
    -1.406
    """
    v = np.asarray(speed, dtype=np.float64)
    if len(v) < SHORTEST:
        return np.full(v.shape[1:], np.nan)
    size = 1 << (max(len(v) - 1, 1).bit_length() + PADDING)
    amplitude = np.abs(np.fft.rfft(v.reshape(len(v), -1), size, axis=0))
    lowest = min(int(HIGHEST_HZ * size / rate_hz + 1e-9) + 1, len(amplitude))
    return -loops.arc_lengths(amplitude, lowest, LEAST).reshape(v.shape[1:])


def ldlj(speed: ArrayLike, rate_hz: float) -> Array:
    """Log dimensionless jerk of a speed.

    Parameters
    ----------
    speed : (time, ...) float
        0 or more, one movement a column; filtered, as it is derived twice.
    rate_hz : float
        Frames a second.

    Returns
    -------
    (...) float
        -ln(T^3 / peak^2 x integral of the squared second derivative of the speed over
        the duration T): -5.32 for one minimum-jerk stroke, lower the jerkier. NaN where
        a frame was not seen or nothing moves.

    Notes
    -----
    The form for a speed in [1]_; that of a perfect stroke is -ln(720 / 1.875^2).

    References
    ----------
    .. [1] S. Balasubramanian, A. Melendez-Calderon, A. Roby-Brami, E. Burdet, "On the
       analysis of movement smoothness", J. Neuroeng. Rehabil. 12:112, 2015.

    Examples
    --------
    >>> t = np.linspace(0.0, 1.0, 2001)
    >>> float(ldlj(30 * t**2 - 60 * t**3 + 30 * t**4, 2000.0).round(2))
    -5.32
    """
    v = np.asarray(speed, dtype=np.float64)
    if len(v) < SHORTEST:
        return np.full(v.shape[1:], np.nan)
    step = 1.0 / rate_hz
    rows = np.ascontiguousarray(v).reshape(len(v), -1)
    jerk = loops.squared_jerks(rows, step).reshape(v.shape[1:])
    peak = np.abs(v).max(axis=0)
    total = jerk * ((len(v) - 1) * step) ** 3
    moving = (peak > 0.0) & (total > 0.0)
    out = np.full(v.shape[1:], np.nan)
    out[moving] = -np.log(total[moving] / peak[moving] ** 2)
    return out


def sets_out(speed: ArrayLike, until: int, rest: float) -> int:
    """Where a movement sets out that ends with the last sample.

    Parameters
    ----------
    speed : (time,) float
        0 or more.
    until : int
        It is at rest for the last time at this sample, or before.
    rest : float
        What is slower than this share of the fastest is at rest.

    Returns
    -------
    int
        The sample from which on it only gets faster until it no longer rests; -1 of one
        that does not begin or end at rest, or was not seen throughout.

    Examples
    --------
    >>> sets_out([0.3, 0.1, 0.2, 4.0, 9.0, 3.0, 0.5], 2, 0.2)
    1
    """
    v = np.asarray(speed, dtype=np.float64)
    return int(loops.sets_out(v, until, rest)) if v.size else -1
