"""Cleaning of tracked poses: all steps in their order."""

from __future__ import annotations

import xarray as xr

from repetiteur.clean.beyond import drop_beyond
from repetiteur.clean.bones import hold_bones
from repetiteur.clean.gaps import LONGEST_S, fill_gaps
from repetiteur.clean.outliers import drop_outliers
from repetiteur.clean.smoothing import PERIOD_S, smooth


def clean_tracked(
    poses: xr.Dataset,
    *,
    outliers: bool = True,
    gaps_s: float = LONGEST_S,
    smooth_s: float = PERIOD_S,
    bones: bool = True,
    inside: bool = True,
) -> xr.Dataset:
    """Tracked poses without jumps, short gaps and jitter.

    Parameters
    ----------
    poses : xarray.Dataset
        As tracked.
    outliers : bool
        Take out jumps there and back, and bones that are too long.
    gaps_s : float
        Longest gap that is filled, seconds; 0 fills none (and keeps what the tracker
        hardly saw).
    smooth_s : float
        Period of the movement that keeps half of its amplitude, seconds; 0 does not
        smooth.
    bones : bool
        Hold the bones of ``world_position``, where there is one, at one length each.
    inside : bool
        Take out what lies outside of the picture.

    Returns
    -------
    xarray.Dataset
        Cleaned; ``raw_position`` keeps what the tracker said. Each step left a line in
        the history.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = [[[k], [2.0 * k]] for k in (0.0, 1.0, 2.0, 3.0, 4.0)]
    >>> times = [0.0, 0.02, 0.04, 0.06, 0.08]
    >>> poses = make_poses(place, time=times, keypoints=["nose"])
    >>> cleaned = clean_tracked(poses)
    >>> "raw_position" in cleaned, len(cleaned.attrs["history"].splitlines())
    (True, 3)
    """
    out = poses.assign(
        raw_position=poses.get("raw_position", poses["position"]).copy(deep=True)
    )
    if outliers:
        out = drop_outliers(out)
    if gaps_s > 0.0:
        out = fill_gaps(out, longest_s=gaps_s)
    if smooth_s > 0.0:
        out = smooth(out, period_s=smooth_s)
    if inside:
        out = drop_beyond(out)
    if bones and "world_position" in out:
        out = hold_bones(out)
    return out
