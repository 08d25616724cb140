"""Smooth curves over time: through samples (across gaps) and near them (noise)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import PchipInterpolator
from scipy.linalg import solveh_banded

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: The speed at the end of a gap is taken from this long beside it, seconds, and from
#: no fewer steps.
_LEAD_S, _LEAD = 0.1, 3.0
#: Keeps a parabola through too few samples from being anything at all.
_HOLD = 1e-9
#: No smoothing reaches across a longer step between two samples, seconds.
_APART_S = 0.25
#: A period shorter than this share of a step between samples changes nothing (1e-7).
_SHORT = 0.1
#: Order of the derivative that smoothing keeps small.
_ORDER = 3


def across_gaps(
    values: ArrayLike, time: ArrayLike, longest_s: float
) -> tuple[Array, Array]:
    """Values with their short gaps filled by shape-preserving cubics.

    Parameters
    ----------
    values : (time, space) float
        A sample is missing where any of its coordinates is NaN.
    time : (time,) float
        Seconds, increasing; may be uneven.
    longest_s : float
        Longest gap that is filled, seconds between the samples on either side of it.

    Returns
    -------
    (time, space) float
        Seen samples are unchanged, bit for bit. Longer gaps, and those at either end,
        are NaN.
    (time,) float
        How far, in seconds, the nearer of the two seen samples is that a filled one
        lies between; 0 for seen samples, NaN where nothing was filled.

    Notes
    -----
    Monotone piecewise cubic Hermite interpolation [1]_ never goes beyond the samples
    on either side, so that a filled gap holds no invented extreme.

    References
    ----------
    .. [1] F. N. Fritsch and J. Butland, "A method for constructing local monotone
       piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5, 1984.

    Examples
    --------
    >>> place = [[0.0], [1.0], [np.nan], [3.0], [np.nan]]
    >>> filled, away = across_gaps(place, [0.0, 0.1, 0.2, 0.3, 0.4], 0.25)
    >>> filled[:, 0].round(9).tolist()
    [0.0, 1.0, 2.0, 3.0, nan]
    >>> away.round(9).tolist()
    [0.0, 0.0, 0.1, 0.0, nan]
    """
    place = np.asarray(values, dtype=np.float64)
    moments = np.asarray(time, dtype=np.float64)
    seen = _seen(place)
    out = np.where(seen[:, np.newaxis], place, np.nan)
    away = np.where(seen, 0.0, np.nan)
    known = np.flatnonzero(seen)
    if known.size < 2:
        return out, away
    missing = np.flatnonzero(~seen)
    after = np.searchsorted(known, missing)
    between = (after > 0) & (after < known.size)
    missing, after = missing[between], after[between]
    start, end = moments[known[after - 1]], moments[known[after]]
    # Times are rounded: a gap of exactly the length named is filled.
    short = end - start <= longest_s + 1e-9
    missing, start, end = missing[short], start[short], end[short]
    if missing.size:
        with np.errstate(over="ignore"):  # of slopes next to nothing, which become 0
            curve = PchipInterpolator(moments[known], place[known])
        out[missing] = curve(moments[missing])
        away[missing] = np.minimum(moments[missing] - start, end - moments[missing])
    return out, away


def led_across(
    values: ArrayLike, time: ArrayLike, longest_s: float
) -> tuple[Array, Array]:
    """Values with their short gaps filled by cubics that keep the speed at both ends.

    Parameters
    ----------
    values, time, longest_s
        As for :func:`across_gaps`.

    Returns
    -------
    (time, space) float, (time,) float
        As from :func:`across_gaps`.

    Notes
    -----
    A Hermite cubic across each gap. Its speed at either end is that of a parabola
    through the samples within 0.1 s on that side (at least four, where there are so
    many): on dances cut open it errs least among linear, shape-preserving, Akima and
    interpolating cubic curves, and noise of the samples hardly swings it.

    Examples
    --------
    >>> t = np.arange(9) / 60
    >>> thrown = (t - 5.0 * t**2)[:, np.newaxis]
    >>> holed = np.where([[k == 4] for k in range(9)], np.nan, thrown)
    >>> filled, _ = led_across(holed, t, 0.1)
    >>> bool(abs(filled[4, 0] - thrown[4, 0]) < 1e-6)
    True
    """
    place = np.asarray(values, dtype=np.float64)
    moments = np.asarray(time, dtype=np.float64)
    seen = _seen(place)
    out = np.where(seen[:, np.newaxis], place, np.nan)
    away = np.where(seen, 0.0, np.nan)
    known = np.flatnonzero(seen)
    wide = np.flatnonzero(np.diff(known) > 1)
    # Times are rounded: a gap of exactly the length named is filled.
    wide = wide[moments[known[wide + 1]] - moments[known[wide]] <= longest_s + 1e-9]
    if not wide.size:
        return out, away
    step = float(np.median(np.diff(moments)))
    reach = max(_LEAD_S, _LEAD * step) + 1e-9
    course, when = place[known], moments[known]
    chord = np.diff(course, axis=0)[wide] / np.diff(when)[wide, np.newaxis]
    window = np.arange(int(np.ceil(reach / step)) + 1)
    speeds = [
        chord + _beyond(course, when, at[:, np.newaxis] + way * window, chord, reach)
        for at, way in ((wide, -1), (wide + 1, 1))
    ]
    missing = np.flatnonzero(~seen)
    after = np.searchsorted(known, missing) - 1
    gap = np.minimum(np.searchsorted(wide, after), wide.size - 1)
    filled = (wide[gap] == after) & (after >= 0)
    missing, gap = missing[filled], gap[filled]
    start, end = when[wide[gap]], when[wide[gap] + 1]
    ends = course[wide[gap]], course[wide[gap] + 1]
    leads = speeds[0][gap], speeds[1][gap]
    out[missing] = _hermite(moments[missing], (start, end), ends, leads)
    away[missing] = np.minimum(moments[missing] - start, end - moments[missing])
    return out, away


def _beyond(
    course: Array, time: Array, window: NDArray[np.intp], chord: Array, reach: float
) -> Array:
    """Speed at the first sample of each window (a row), over that of its chord.

    Of the parabola through the samples that lie within reach of the first one. Where
    there are too few for a parabola, or a line, the next simpler course.
    """
    there = (window >= 0) & (window < time.size)
    rows = np.clip(window, 0, time.size - 1)
    at = rows[:, :1]
    since = (time[rows] - time[at]) / reach
    weight = (there & (np.abs(since) <= 1.0)).astype(np.float64)
    powers = np.stack([np.ones_like(since), since, since**2], axis=-1)
    away = course[rows] - course[at]
    away -= chord[:, np.newaxis] * (since * reach)[..., np.newaxis]
    weighed = powers * weight[..., np.newaxis]
    normal = np.swapaxes(weighed, 1, 2) @ powers + np.diag([0.0, _HOLD, _HOLD])
    found = np.linalg.solve(normal, np.swapaxes(weighed, 1, 2) @ away)
    return np.asarray(found[:, 1] / reach)


def _hermite(
    at: Array,
    span: tuple[Array, Array],
    ends: tuple[Array, Array],
    speeds: tuple[Array, Array],
) -> Array:
    """Cubics with these ends and speeds, each at its moment."""
    wide = (span[1] - span[0])[:, np.newaxis]
    u = (at - span[0])[:, np.newaxis] / wide
    v = 1.0 - u
    from_first = v * v * ((1.0 + 2.0 * u) * ends[0] + u * wide * speeds[0])
    from_last = u * u * ((1.0 + 2.0 * v) * ends[1] - v * wide * speeds[1])
    return np.asarray(from_first + from_last)


def near_samples(
    values: ArrayLike, time: ArrayLike, period_s: float, weight: ArrayLike | None = None
) -> Array:
    """Smoothing spline: the smoothest curve near weighted samples, without lag.

    Parameters
    ----------
    values : (time, space) float
        A sample is missing where any of its coordinates is NaN; it stays NaN, and the
        two sides of a gap do not know of each other.
    time : (time,) float
        Seconds, increasing; may be uneven.
    period_s : float
        Period of the movement that keeps half of its amplitude; faster movement
        loses more. 0 changes nothing.
    weight : (time,) float, optional
        Trust in each sample, above 0; 1 where not given.

    Returns
    -------
    (time, space) float

    Notes
    -----
    Minimises the sum of weight x step x (sample - curve)^2 plus the integral of lambda
    x (third derivative)^2, discrete as in Whittaker [1]_ with divided differences for
    uneven times. With even times and weight 1 the gain at frequency f is
    1 / (1 + (f period)^6): that of a Butterworth filter of third order run forwards and
    backwards, whose half amplitude lies at 1 / period; lambda = (period / 2 pi)^6.
    Where the trust is w, the period grows by w^(-1/6).

    References
    ----------
    .. [1] P. H. C. Eilers, "A perfect smoother", Anal. Chem. 75, 2003.

    Examples
    --------
    >>> line = np.arange(1.0, 7.0)[:, np.newaxis]
    >>> near_samples(line, np.arange(6) / 30, 0.2)[:, 0].round(6).tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    """
    place = np.asarray(values, dtype=np.float64)
    moments = np.asarray(time, dtype=np.float64)
    seen = _seen(place)
    out = np.where(seen[:, np.newaxis], place, np.nan)
    if seen.sum() <= _ORDER or period_s < _SHORT * float(np.median(np.diff(moments))):
        return out
    trust = np.ones(seen.size) if weight is None else np.asarray(weight, np.float64)
    # In units of the period both terms are of size one, whatever the frame rate.
    unit = moments * (2.0 * np.pi / period_s)
    hold = np.where(seen, _widths(moments) * (2.0 * np.pi / period_s) * trust, 0.0)
    band = _roughness(unit, _together(moments, seen))
    band[-1] += np.where(seen, hold, 1.0)
    right = hold[:, np.newaxis] * np.where(seen[:, np.newaxis], place, 0.0)
    out[seen] = solveh_banded(band, right, check_finite=False)[seen]
    return out


def _seen(place: Array) -> Bools:
    return np.asarray(np.isfinite(place).all(axis=1))


def _widths(time: Array) -> Array:
    """The time that each sample stands for; a long step stands for nothing."""
    steps = np.diff(time)
    steps = np.where(steps <= _APART_S, steps, np.median(steps))
    around = np.concatenate([steps[:1], steps, steps[-1:]])
    return np.asarray(0.5 * (around[:-1] + around[1:]))


def _together(time: Array, seen: Bools) -> Bools:
    """Whether four samples in a row are all seen, with no long step between them."""
    rows = time.size - _ORDER
    whole = np.ones(rows, dtype=bool)
    for k in range(_ORDER + 1):
        whole &= seen[k : k + rows]
    for k in range(_ORDER):
        whole &= np.diff(time)[k : k + rows] <= _APART_S
    return whole


def _roughness(time: Array, whole: Bools) -> Array:
    """Upper band of D'VD: D takes third derivatives where four samples are whole."""
    rows = time.size - _ORDER
    four = [slice(k, k + rows) for k in range(_ORDER + 1)]
    span = time[four[-1]] - time[four[0]]
    volume = np.where(whole, span / _ORDER, 0.0)
    weights = [
        6.0 / np.prod([time[a] - time[b] for b in four if b != a], axis=0) for a in four
    ]
    band = np.zeros((_ORDER + 1, time.size))
    for a in range(_ORDER + 1):
        for b in range(a, _ORDER + 1):
            band[_ORDER - (b - a), four[b]] += volume * weights[a] * weights[b]
    return band
