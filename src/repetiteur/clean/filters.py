"""Recorded motion low-passed, on request: Butterworth and Savitzky-Golay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import courses_of, names_of, noted, times_of, with_places
from repetiteur.errors import InvalidPoses
from repetiteur.kernels import filters
from repetiteur.model.poses import rate

Array = NDArray[np.float64]

#: Cut-offs that the residual analysis tries, Hz, up to this share of the rate; the
#: upper part of them is taken for noise alone.
_TRIED, _SHARE = np.arange(1.0, 25.25, 0.5), 0.4
_NOISE_FROM, _FEWEST = 0.6, 5
#: It looks at so many seconds, in the middle of the recording, and needs so many.
_LOOKED_S, _NEEDED_S = 60.0, 2.0


def butterworth(poses: xr.Dataset, *, cutoff_hz: float, order: int = 4) -> xr.Dataset:
    """Low-pass every point with a zero-lag Butterworth filter.

    Parameters
    ----------
    poses : xarray.Dataset
    cutoff_hz : float
        Where half of the power is left.
    order : int
        Of both passes together; even.

    Returns
    -------
    xarray.Dataset
        ``position`` filtered between gaps; missing stays missing. ``raw_position``
        keeps what was recorded.

    Raises
    ------
    InvalidPoses
        When the cut-off does not lie between 0 and half the rate, or the order is odd.

    Notes
    -----
    See :func:`repetiteur.kernels.filters.low_pass`.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((120, 3, 1))
    >>> place[::2] = 0.01
    >>> poses = make_poses(place, time=np.arange(120) / 60, keypoints=["nose"])
    >>> smooth = butterworth(poses, cutoff_hz=6.0)
    >>> bool(abs(smooth["position"] - 0.005)[30:90].max() < 1e-4)
    True
    >>> smooth.attrs["history"]
    'Butterworth filter of order 4, 6 Hz: 120 samples (nose 120)'
    """
    highest = 0.5 * rate(poses) if poses.sizes["time"] > 1 else np.inf
    if not 0.0 < cutoff_hz < highest:
        raise InvalidPoses(
            "A cut-off needs to lie between 0 and half the rate, here "
            f"{highest:.4g} Hz, and is {cutoff_hz:g} Hz. Choose a lower one."
        )
    if order < 2 or order % 2:
        raise InvalidPoses(
            f"A filter run forth and back needs an even order, and got {order}. Say 4."
        )
    time = times_of(poses)
    what = f"Butterworth filter of order {order}, {cutoff_hz:g} Hz"
    return _filtered(
        poses, what, lambda course: filters.low_pass(course, time, cutoff_hz, order)
    )


def savitzky_golay(
    poses: xr.Dataset, *, window_s: float, degree: int = 3
) -> xr.Dataset:
    """Smooth every point by polynomials fitted to a sliding window.

    Parameters
    ----------
    poses : xarray.Dataset
        In even time steps.
    window_s : float
        Seconds.
    degree : int
        Of the polynomials.

    Returns
    -------
    xarray.Dataset
        ``position`` filtered between gaps; missing stays missing. ``raw_position``
        keeps what was recorded.

    Raises
    ------
    InvalidPoses
        When times are uneven, the window is not above 0, or the degree is below 0.

    Notes
    -----
    See :func:`repetiteur.kernels.filters.savitzky_golay`.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.linspace(0.0, 1.0, 30).reshape(-1, 1, 1).repeat(3, axis=1)
    >>> poses = make_poses(place, time=np.arange(30) / 60, keypoints=["nose"])
    >>> smooth = savitzky_golay(poses, window_s=0.15)
    >>> bool(abs(smooth["position"] - poses["position"]).max() < 1e-12)
    True
    """
    steps = np.diff(times_of(poses))
    if not (window_s > 0.0 and degree >= 0):
        raise InvalidPoses(
            "A window needs to be longer than 0 s and a degree 0 or more, and they are "
            f"{window_s:g} s and {degree}. Say 0.15 and 3."
        )
    if steps.size and np.abs(steps - np.median(steps)).max() > filters.EVEN * np.median(
        steps
    ):
        raise InvalidPoses(
            "This filter needs even time steps, and they reach from "
            f"{1000 * steps.min():.4g} to {1000 * steps.max():.4g} ms. Use the "
            "Butterworth filter."
        )
    hz = rate(poses) if steps.size else 1.0 / window_s
    what = f"Savitzky-Golay filter of degree {degree} over {window_s:g} s"
    return _filtered(
        poses,
        what,
        lambda course: filters.savitzky_golay(course, hz, window_s, degree),
    )


def cutoffs_by_residuals(poses: xr.Dataset) -> dict[str, float]:
    """Cut-off of a Butterworth filter for each point, by what it would take away.

    Parameters
    ----------
    poses : xarray.Dataset
        In metres or pixels.

    Returns
    -------
    dict of str to float
        Hz, for the first dancer; NaN where less than two seconds were seen in a row. A
        point without noise gets the highest that was tried (25 Hz, or 0.4 of the rate).

    Notes
    -----
    Winter's residual analysis [1]_: against the cut-off, the root mean square of what
    the filter takes away falls steeply while it still takes movement, and in a line
    once it takes only noise. That line, drawn back to 0 Hz, gives the noise; the
    cut-off that takes away as much lets as much noise pass as it takes of the movement.

    References
    ----------
    .. [1] D. A. Winter, "Biomechanics and Motor Control of Human Movement", 4th ed.,
       Wiley, 2009, section 3.4.4.3.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> t = np.arange(1200) / 120
    >>> noise = np.random.default_rng(1).normal(0.0, 0.002, (1200, 3))
    >>> place = noise + 0.2 * np.sin(2 * np.pi * 1.5 * t)[:, np.newaxis]
    >>> poses = make_poses(place[..., np.newaxis], time=t, keypoints=["left_wrist"])
    >>> 3.0 < cutoffs_by_residuals(poses)["left_wrist"] < 8.0
    True
    """
    time, place = times_of(poses), courses_of(poses)[:, :, 0]
    tried = _TRIED[: np.searchsorted(_TRIED, _SHARE * rate(poses), side="right")]
    middle = 0.5 * (time[0] + time[-1])
    looked = np.abs(time - middle) <= 0.5 * _LOOKED_S
    return {
        name: _cutoff(place[looked, k], time[looked], tried)
        for k, name in enumerate(names_of(poses))
    }


def _cutoff(course: Array, time: Array, tried: Array) -> float:
    seen = np.flatnonzero(np.isfinite(course).all(axis=1))
    lasts = seen.size * float(np.median(np.diff(time))) if time.size > 1 else 0.0
    if tried.size < _FEWEST or lasts < _NEEDED_S:
        return float("nan")
    taken = [course - filters.low_pass(course, time, float(hz)) for hz in tried]
    left = np.array([np.sqrt(np.mean(off[seen] ** 2)) for off in taken])
    noise = np.flatnonzero(tried >= _NOISE_FROM * tried[-1])
    slope, level = np.polyfit(tried[noise], left[noise], 1)
    enough = np.flatnonzero(left <= level)
    # A rising line is no noise, and of a course without noise all is movement.
    return float(tried[enough[0]] if slope < 0.0 and enough.size else tried[-1])


def _filtered(
    poses: xr.Dataset, what: str, smooth: Callable[[Array], Array]
) -> xr.Dataset:
    place = courses_of(poses).copy()
    seen = np.asarray(np.isfinite(place).all(axis=-1))
    for k, one in np.ndindex(*place.shape[1:3]):
        course = np.where(seen[:, k, one, np.newaxis], place[:, k, one], np.nan)
        place[:, k, one] = smooth(course)
    raw = poses.get("raw_position", poses["position"]).copy(deep=True)
    out = with_places(poses, {"position": place}).assign(raw_position=raw)
    return noted(out, what, seen.sum(axis=(0, 2)))
