"""Low-pass filters without lag, and derivatives, that leave gaps alone.

Values are ``(time, ...)`` arrays, filtered along time, all columns at once. NaN means
"not seen": each stretch between two gaps is filtered by itself and nothing is filled.
A stretch too short for a filter comes back as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import CubicSpline
from scipy.signal import butter, freqz, savgol_coeffs, savgol_filter, sosfilt_zi

from repetiteur.kernels import _filter_loops as loops
from repetiteur.kernels.medians import median
from repetiteur.kernels.signals import runs

Array = NDArray[np.float64]
#: The values of a stretch and where it lies, to its filtered values.
Filter = Callable[[Array, slice], Array]

#: Steps of time that differ by less than this share are even.
EVEN = 1e-3


def butterworth(
    values: ArrayLike, rate_hz: float, cutoff_hz: float, order: int = 4
) -> Array:
    """Zero-lag Butterworth low-pass filter.

    Parameters
    ----------
    values : (time, ...) float
    rate_hz : float
        Frames a second.
    cutoff_hz : float
        Where half of the power is left (0.707 of the amplitude), both passes together.
    order : int
        Of both passes together, as movement science counts: 4 is a filter of the second
        order run forth and back. Even.

    Returns
    -------
    (time, ...) float
        NaN where the input is. A stretch no longer than a period of the cut-off comes
        back as it is.

    Raises
    ------
    ValueError
        When the cut-off does not lie between 0 and half the rate, or the order is odd.

    Notes
    -----
    Two passes of a filter leave a quarter of the power at its cut-off, so each pass has
    a higher one: its tangent, tan(pi f / rate), is divided by (sqrt(2) - 1)^(1/order),
    which is 0.802 for the usual order 4 [1]_ [2]_. The ends are reflected through their
    last sample, for a period of the cut-off.

    References
    ----------
    .. [1] D. A. Winter, "Biomechanics and Motor Control of Human Movement", 4th ed.,
       Wiley, 2009, section 3.4.4.2.
    .. [2] D. G. E. Robertson and J. J. Dowling, "Design and responses of Butterworth
       and critically damped digital filters", J. Electromyogr. Kinesiol. 13, 2003.

    Examples
    --------
    >>> wave = np.sin(2 * np.pi * 6.0 * np.arange(720) / 120.0)
    >>> float(butterworth(wave, 120.0, 6.0)[240:480].max().round(3))
    0.707
    """
    sections, steady = _one_pass(rate_hz, cutoff_hz, order)
    pad = math.ceil(rate_hz / cutoff_hz)

    def smooth(stretch: Array, _: slice) -> Array:
        return _forth_and_back(sections, steady, stretch, pad)

    return _by_stretches(values, pad + 1, smooth)


def _forth_and_back(sections: Array, steady: Array, values: Array, pad: int) -> Array:
    """Both passes over (time, columns), the ends reflected for so many samples."""
    first, last = values[0], values[-1]
    before, after = values[pad:0:-1], values[-2 : -pad - 2 : -1]
    out = np.concatenate([2.0 * first - before, values, 2.0 * last - after])
    loops.run(sections, steady, out)
    loops.run(sections, steady, out[::-1])
    return out[pad:-pad]


def low_pass(
    values: ArrayLike, time: ArrayLike, cutoff_hz: float, order: int = 4
) -> Array:
    """:func:`butterworth` over any times.

    Parameters
    ----------
    values : (time, ...) float
    time : (time,) float
        Increasing seconds. Where they are uneven each stretch is taken to an even grid
        of as many samples and back, by cubic splines.
    cutoff_hz : float
    order : int

    Returns
    -------
    (time, ...) float

    Raises
    ------
    ValueError
        As :func:`butterworth` does, by the median rate.
    """
    moments = np.asarray(time, dtype=np.float64)
    if moments.size < 2:
        return np.array(values, dtype=np.float64)
    steps = np.diff(moments)
    step = median(steps)
    if np.all(np.abs(steps - step) <= EVEN * step):
        return butterworth(values, 1.0 / step, cutoff_hz, order)
    _one_pass(1.0 / step, cutoff_hz, order)

    def smooth(stretch: Array, where: slice) -> Array:
        there = moments[where]
        rate = (there.size - 1) / (there[-1] - there[0])
        if 2.0 * cutoff_hz >= rate:
            return stretch
        even = np.linspace(there[0], there[-1], there.size)
        taken = butterworth(CubicSpline(there, stretch)(even), rate, cutoff_hz, order)
        return np.asarray(CubicSpline(even, taken)(there))

    return _by_stretches(values, math.ceil(1.0 / (step * cutoff_hz)) + 1, smooth)


def savitzky_golay(
    values: ArrayLike, rate_hz: float, window_s: float, degree: int = 3
) -> Array:
    """Savitzky-Golay filter: the middle of a polynomial fitted to a sliding window.

    Parameters
    ----------
    values : (time, ...) float
    rate_hz : float
        Frames a second.
    window_s : float
        Seconds; the odd number of samples nearest to it is taken.
    degree : int
        Of the polynomial.

    Returns
    -------
    (time, ...) float
        NaN where the input is. Near the ends the first and the last window's polynomial
        is read; a stretch shorter than the window comes back as it is. A window of no
        more than ``degree + 1`` samples changes nothing.

    Raises
    ------
    ValueError
        When the window is not longer than 0 or the degree is negative.

    Notes
    -----
    A. Savitzky and M. J. E. Golay, "Smoothing and differentiation of data by simplified
    least squares procedures", Anal. Chem. 36, 1964. :func:`half_power_hz` tells what it
    lets pass.

    Examples
    --------
    >>> t = np.arange(30) / 60.0
    >>> cubic = 1.0 + t - 8.0 * t**3
    >>> bool(np.allclose(savitzky_golay(cubic, 60.0, 0.15), cubic))
    True
    """
    window = _window(rate_hz, window_s, degree)
    if window <= degree + 1:
        return np.array(values, dtype=np.float64)

    def smooth(stretch: Array, _: slice) -> Array:
        return np.asarray(savgol_filter(stretch, window, degree, axis=0))

    return _by_stretches(values, window, smooth)


def half_power_hz(rate_hz: float, window_s: float, degree: int = 3) -> float:
    """Cut-off of :func:`savitzky_golay`: where half of the power is left.

    Parameters
    ----------
    rate_hz, window_s, degree
        As for the filter.

    Returns
    -------
    float
        Hz; half the rate where the filter changes nothing.

    Examples
    --------
    >>> round(half_power_hz(60.0, 0.25), 1)
    4.3
    """
    window = _window(rate_hz, window_s, degree)
    if window <= degree + 1:
        return 0.5 * rate_hz
    hz, response = freqz(savgol_coeffs(window, degree), worN=8192, fs=rate_hz)
    power = np.abs(response) ** 2
    after = int(np.argmax(power < 0.5))
    share = (power[after - 1] - 0.5) / (power[after - 1] - power[after])
    return float(hz[after - 1] + share * (hz[after] - hz[after - 1]))


def derivative(values: ArrayLike, time: ArrayLike) -> Array:
    """Derivative over time, even or not.

    Parameters
    ----------
    values : (time, ...) float
    time : (time,) float
        Increasing seconds.

    Returns
    -------
    (time, ...) float
        Unit a second. Exact for parabolas: the slope of the one through a sample and
        its two neighbours, or at a gap the two that follow or that precede it; that of
        a line between two samples beside gaps. NaN for one sample between gaps, and
        where the input is.

    Examples
    --------
    >>> t = np.array([0.0, 1.0, 3.0, 4.0])
    >>> derivative(t**2, t).tolist()
    [0.0, 2.0, 6.0, 8.0]
    >>> derivative([1.0, 3.0, np.nan, 4.0], t).tolist()
    [2.0, 2.0, nan, nan]
    """
    v, t = (np.asarray(a, dtype=np.float64) for a in (values, time))
    return loops.slopes(v.reshape(len(v), -1), t).reshape(v.shape)


@lru_cache(maxsize=64)
def _one_pass(rate_hz: float, cutoff_hz: float, order: int) -> tuple[Array, Array]:
    """Second-order sections of one pass of a zero-lag Butterworth filter.

    And their state while a curve stays at 1.
    """
    if order < 2 or order % 2:
        raise ValueError(f"A zero-lag filter needs an even order, and got {order}.")
    if not 0.0 < cutoff_hz < 0.5 * rate_hz:
        raise ValueError(
            f"A cut-off must lie between 0 and half the rate, {0.5 * rate_hz:g} Hz, "
            f"and is {cutoff_hz:g} Hz."
        )
    twice = (math.sqrt(2.0) - 1.0) ** (1.0 / order)
    tangent = math.tan(math.pi * cutoff_hz / rate_hz) / twice
    once = 2.0 * math.atan(tangent) / math.pi
    sections = np.asarray(butter(order // 2, once, output="sos"))
    return sections, sosfilt_zi(sections)


def _window(rate_hz: float, window_s: float, degree: int) -> int:
    """Odd number of samples nearest to a window."""
    if not (window_s > 0.0 and degree >= 0):
        raise ValueError(
            f"A window must be longer than 0 s and a degree 0 or more; got "
            f"{window_s:g} s and {degree}."
        )
    return 2 * round(0.5 * (window_s * rate_hz - 1.0)) + 1


def _by_stretches(values: ArrayLike, least: int, smooth: Filter) -> Array:
    """Each stretch of at least so many seen samples filtered by itself."""
    out = np.array(values, dtype=np.float64)
    columns = out.reshape(len(out), -1)
    if len(out) >= least and np.isfinite(columns).all():  # as most recordings are
        return smooth(columns, slice(0, len(out))).reshape(out.shape)
    alike: dict[bytes, list[int]] = {}  # columns that were seen in the same frames
    for number, seen in enumerate(np.isfinite(columns).T):
        alike.setdefault(np.packbits(seen).tobytes(), []).append(number)
    for numbers in alike.values():
        for first, last in runs(np.isfinite(columns[:, numbers[0]])):
            if last + 1 - first >= least:
                where = slice(first, last + 1)
                columns[where, numbers] = smooth(columns[where, numbers], where)
    return out
