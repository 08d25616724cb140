"""Short gaps of tracked points, filled."""

from __future__ import annotations

from typing import Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import noted, places_of, sure_of, times_of, with_places
from repetiteur.kernels.splines import across_gaps, led_across

Array = NDArray[np.float64]

#: A gap of a fifth of a second holds no whole movement of a limb: kicks and turns last
#: longer, and jitter is over sooner.
LONGEST_S = 0.2
#: Points that the tracker trusts less lie, in the median, a tenth of stature off: it
#: does not see them (heavy network, calibrated four-camera recording).
UNSEEN = 0.03
#: Most confidence that a filled sample has, as a share of its neighbours'.
_FILLED = 0.5
_CURVES = {"shape": across_gaps, "speed": led_across}


def fill_gaps(
    poses: xr.Dataset,
    *,
    longest_s: float = LONGEST_S,
    below: float = UNSEEN,
    keep: Literal["shape", "speed"] = "shape",
) -> xr.Dataset:
    """Fill short gaps of each point by curves over the true times.

    Parameters
    ----------
    poses : xarray.Dataset
    longest_s : float
        Longest gap that is filled, in seconds between the samples at its two ends.
    below : float
        Samples with less confidence count as missing.
    keep : {"shape", "speed"}
        Curves that go nowhere beyond the samples around them (for what jitters), or
        that leave and arrive with the speed of the samples around them (for what does
        not).

    Returns
    -------
    xarray.Dataset
        Samples that were seen are unchanged. Longer gaps, and those at the beginning
        and the end, are NaN, with confidence 0. A filled sample has the confidence

            0.5 x min(c1, c2) x (1 - d / longest_s)

        where c1 and c2 are those of the two samples around the gap and d is the time to
        the nearer one: a half of it at the ends, a quarter in the middle of the longest
        gap; and never less than ``below``. ``world_position`` is filled likewise.

    Notes
    -----
    See :func:`repetiteur.kernels.splines.across_gaps` and
    :func:`repetiteur.kernels.splines.led_across`.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = [[[1.0], [5.0]], [[np.nan], [np.nan]], [[3.0], [5.0]]]
    >>> poses = make_poses(place, time=[0.0, 0.04, 0.1], keypoints=["nose"])
    >>> filled = fill_gaps(poses)
    >>> filled["position"][1, :, 0, 0].to_numpy().round(9).tolist()
    [1.8, 5.0]
    >>> filled["confidence"][:, 0, 0].to_numpy().round(9).tolist()
    [1.0, 0.4, 1.0]
    >>> filled.attrs["history"]
    'gaps of up to 0.2 s filled: 1 samples (nose 1)'
    """
    time, sure = times_of(poses), sure_of(poses)
    places = places_of(poses)
    unseen = sure < below
    counts = np.zeros(sure.shape[1], dtype=np.intp)
    for k, one in np.ndindex(*sure.shape[1:]):
        for name, place in places.items():
            course = place[:, k, one]
            course[unseen[:, k, one]] = np.nan
            if np.isfinite(course).all():
                continue
            place[:, k, one], away = _CURVES[keep](course, time, longest_s)
            if name == "position":
                counts[k] += np.count_nonzero(away > 0.0)
                told = filled_confidence(sure[:, k, one], away, longest_s)
                sure[:, k, one] = np.where(away > 0.0, np.maximum(told, below), told)
    out = with_places(poses, places, sure)
    return noted(out, f"gaps of up to {longest_s:g} s filled", counts)


def filled_confidence(sure: Array, away: Array, longest_s: float) -> Array:
    """Confidence of a point whose gaps are filled, as :func:`fill_gaps` counts it.

    Parameters
    ----------
    sure : (time,) float
        Confidence of the samples.
    away : (time,) float
        Seconds to the nearer of the samples around; 0 for samples that were seen, NaN
        where nothing was filled.
    longest_s : float
        Longest gap that is filled.

    Returns
    -------
    (time,) float
        0 where nothing was seen or filled.
    """
    frames = np.arange(sure.size)
    seen = np.flatnonzero(away == 0.0)
    out = np.where(away == 0.0, sure, 0.0)
    filled = frames[away > 0.0]
    after = np.searchsorted(seen, filled)
    ends = np.nan_to_num(np.minimum(sure[seen[after - 1]], sure[seen[after]]), nan=1.0)
    out[filled] = _FILLED * ends * (1.0 - away[filled] / longest_s)
    return out
