"""Jitter of tracked points smoothed away, without lag."""

from __future__ import annotations

import numpy as np
import xarray as xr

from repetiteur.clean.samples import noted, places_of, sure_of, times_of, with_places
from repetiteur.kernels.splines import near_samples

#: Period of the movement that keeps half of its amplitude, seconds.
PERIOD_S = 0.15
#: Least weight of a sample: an unsure one still counts for something.
_LEAST = 0.05


def smooth(poses: xr.Dataset, *, period_s: float = PERIOD_S) -> xr.Dataset:
    """Smooth each point over the true times, without lag and not across gaps.

    Parameters
    ----------
    poses : xarray.Dataset
    period_s : float
        Period of the movement that keeps half of its amplitude: the cut-off is at
        1 / period_s. Slower movement keeps more (98 % at twice the period), faster
        less (2 % at half of it).

    Returns
    -------
    xarray.Dataset
        ``position`` and ``world_position`` smoothed; NaN stays NaN. A sample weighs as
        its confidence, so that those that the tracker was unsure of, and filled ones,
        follow the others.

    Notes
    -----
    See :func:`repetiteur.kernels.splines.near_samples`.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((60, 2, 1))
    >>> place[::2] = 1.0
    >>> poses = make_poses(place, time=np.arange(60) / 60, keypoints=["nose"])
    >>> bool(abs(smooth(poses)["position"][30, 0, 0, 0] - 0.5) < 0.01)
    True
    """
    time, sure, places = times_of(poses), sure_of(poses), places_of(poses)
    weight = np.clip(np.nan_to_num(sure, nan=1.0), _LEAST, 1.0)
    counts = np.zeros(sure.shape[1], dtype=np.intp)
    for place in places.values():
        for k, one in np.ndindex(*sure.shape[1:]):
            place[:, k, one] = near_samples(
                place[:, k, one], time, period_s, weight[:, k, one]
            )
    seen = np.isfinite(poses["position"].to_numpy()).all(axis=1)
    counts = seen.sum(axis=(0, 2))
    what = f"smoothed without lag, half amplitude at {1.0 / period_s:.3g} Hz"
    return noted(with_places(poses, places), what, counts)
