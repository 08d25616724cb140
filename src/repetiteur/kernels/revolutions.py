"""Revolutions of a body and of its head, as headings over time in degrees.

NaN means "not seen".
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import fft, ifft

from repetiteur.kernels import _revolution_loops as loops
from repetiteur.kernels import geometry

Array = NDArray[np.float64]

#: Width of the kernel by which a favourite direction is found, deg.
_KERNEL_DEG = 15.0
#: From the best whole degree, so many mean shifts lead to its middle.
_SHIFTS = 6
#: A head is at the spot while it is no further from it than this, deg (domain measure
#: ``spotting``).
AT_SPOT_DEG = 30.0
#: A head's speed is its mean over this time to either side, s.
PEAK_S = 0.04
#: An arrival is where the way between these two, deg before the spot, leads to: who
#: comes to rest at the spot comes to rest a little before or behind it.
_COMING_DEG, _CLOSE_DEG = 45.0, 15.0
#: Moments at which a revolution is looked at: 1.5 degrees apart.
_MOMENTS = 241


class Revolution(NamedTuple):
    """Head against trunk in one revolution.

    Attributes
    ----------
    hold : float
        Share of the time with the head at the spot.
    lag, lead : float
        How far the head is behind the trunk at most, and ahead of it after that,
        degrees.
    snap : float
        Fastest head over mean trunk.
    finish : float
        Arrival of the head at the end after that of the trunk, in turns of the trunk.
        NaN where the trunk does not come so far.
    """

    hold: float
    lag: float
    lead: float
    snap: float
    finish: float


def favourite(heading: ArrayLike) -> float:
    """The direction that a heading dwells at, degrees, -180 to 180; NaN of nothing.

    The densest place by a Gaussian kernel of 15 degrees, by mean shift from the best of
    360 directions.

    Examples
    --------
    >>> turning = np.linspace(0.0, 360.0, 73)
    >>> round(favourite(np.concatenate([turning, np.full(40, 100.0)])), 3)
    100.0
    """
    found = np.asarray(heading, dtype=np.float64)
    seen = found[np.isfinite(found)]
    if not seen.size:
        return float("nan")
    whole = np.bincount(np.round(seen).astype(np.intp) % 360, minlength=360)
    best = float(np.argmax(ifft(fft(whole) * _smeared()).real))
    return float(geometry.wrap(loops.shifted(seen, best, _KERNEL_DEG, _SHIFTS)))


@cache
def _smeared() -> Array:
    """The kernel's spectrum over whole degrees, (360,)."""
    off = geometry.wrap(np.arange(360.0))
    return np.asarray(fft(np.exp(-0.5 * (off / _KERNEL_DEG) ** 2)).real)


def reaches(way: ArrayLike, degrees: float, time: ArrayLike) -> float:
    """When a way first comes as far as this, seconds; NaN where it never does.

    Examples
    --------
    >>> reaches([0.0, 10.0, 30.0], 20.0, [0.0, 1.0, 2.0])
    1.5
    """
    course, moments = (np.asarray(a, dtype=np.float64) for a in (way, time))
    return float(loops.reaches(course, degrees, moments))


def revolution(
    trunk: ArrayLike,
    head: ArrayLike,
    time: ArrayLike,
    span: tuple[float, float],
    end: float,
) -> Revolution:
    """Head against trunk in one revolution.

    Parameters
    ----------
    trunk, head : (time,) float
        Degrees, counted from the spot and growing; seen throughout the span.
    time : (time,) float
        Seconds.
    span : (float, float)
        From when to when the revolution lasts, seconds.
    end : float
        Where it ends, degrees: a multiple of 360.

    Returns
    -------
    Revolution

    Examples
    --------
    >>> time = np.arange(101) / 100.0
    >>> together = revolution(360.0 * time, 360.0 * time, time, (0.0, 1.0), 360.0)
    >>> [round(number, 2) for number in together]
    [0.17, 0.0, 0.0, 1.0, 0.0]
    """
    ways = (np.ascontiguousarray(a, dtype=np.float64) for a in (trunk, head, time))
    body, face, moments = ways
    when = np.linspace(*span, _MOMENTS)
    fore, aft = (loops.read(face, moments, when + off) for off in (-PEAK_S, PEAK_S))
    body, face = (loops.read(way, moments, when) for way in (body, face))
    rate = (body[-1] - body[0]) / (when[-1] - when[0])
    trunk_s, head_s = (
        loops.arrives(way, end, _COMING_DEG, _CLOSE_DEG, when) for way in (body, face)
    )
    return Revolution(
        loops.share_within(face, AT_SPOT_DEG),
        *loops.ahead(body, face),
        float((aft - fore).max() / (2.0 * PEAK_S) / rate),
        float((head_s - trunk_s) * rate / 360.0),
    )
