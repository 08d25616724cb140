"""Samples of a recording in space that no body reaches: jumps there and back."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import courses_of, need_space, times_of, without
from repetiteur.kernels.signals import runs
from repetiteur.kernels.splines import led_across
from repetiteur.kernels.strays import Patience, strays, unrest

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Longest burst that is taken for a mistake, seconds: what lasts longer may be danced.
LONGEST_S = 0.1
#: What a point may do: noise (a noisy point's own, in these bounds, m) and acceleration
#: (m/s^2). Planted kicks at 20 m/s and pirouettes at 1000 degrees a second (arms of
#: 0.85 m) reach 250 to 450 for a frame or two, and lose nothing at 25 to 240 frames a
#: second; at 200 they lose samples.
_QUIET, _NOISY, _PULL = 0.003, 0.03, 250.0
#: A burst that stays nearer than this to the course around it does no harm, m.
_HARMLESS = 0.08
#: Samples on either side of a burst that show where the course comes from and goes.
_AROUND = 2
#: Most samples in a row, however many frames a second.
_MOST = 40


def drop_jumps(poses: xr.Dataset, *, longest_s: float = LONGEST_S) -> xr.Dataset:
    """Take out samples that jump away and come back faster than any body.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres.
    longest_s : float
        Longest burst that is taken out, seconds (at most 40 frames).

    Returns
    -------
    xarray.Dataset
        What was taken out is NaN, with confidence 0. Nothing else is changed. A jump
        that stays is kept, and so is one with fewer than two samples before or after
        it.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    See :func:`repetiteur.kernels.strays.strays`. A single sample is found from 8 cm at
    120 frames a second, from 15 cm at 60, from 0.6 m at 30: within a frame a foot may
    do as much.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 3, 1))
    >>> place[4, 0] = 1.0
    >>> poses = make_poses(place, time=np.arange(9) / 60, keypoints=["left_wrist"])
    >>> drop_jumps(poses).attrs["history"]
    'jumps there and back taken out: 1 samples (left_wrist 1)'
    """
    need_space(poses, "Taking out jumps")
    time, place = times_of(poses), courses_of(poses)
    wrong = np.zeros(place.shape[:3], dtype=bool)
    for k, one in np.ndindex(*place.shape[1:3]):
        course = np.ascontiguousarray(place[:, k, one])
        wrong[:, k, one] = _jumps(course, time, longest_s)
    return without(poses, wrong, "jumps there and back taken out")


def patience_of(course: Array, time: Array, longest_s: float) -> Patience:
    """What the course of a point in space is forgiven, by its own noise."""
    step = float(np.median(np.diff(time))) if time.size > 1 else 1.0
    most = int(np.clip(np.ceil(longest_s / step + 1e-6), 1, _MOST))
    noise = float(np.clip(unrest(course), _QUIET, _NOISY))
    return Patience(noise, _PULL, longest_s, most)


def _jumps(course: Array, time: Array, longest_s: float) -> Bools:
    """Which samples of (time, space) jump away and come back."""
    found = strays(course, time, patience_of(course, time, longest_s))
    if not found.any():
        return found
    seen = np.isfinite(course).all(axis=1)
    left = np.where(found[:, np.newaxis], np.nan, course)
    without_them, _ = led_across(left, time, np.inf)
    away = np.linalg.norm(course - without_them, axis=1)
    before = np.cumsum(seen & ~found)
    for first, last in runs(found):
        known = min(before[first], before[-1] - before[last]) >= _AROUND
        if not known or np.nanmax(away[first : last + 1]) < _HARMLESS:
            found[first : last + 1] = False
    return found
