"""Which way the dancer faces when a recording begins."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import courses_of, names_of, need_space, times_of
from repetiteur.kernels.geometry import forward, unit, yaw
from repetiteur.model.poses import log

Array = NDArray[np.float64]

#: The beginning, seconds.
_BEGINNING_S = 1.0
#: Nearer than this to the audience is facing it, degrees.
_AHEAD = 5.0


def find_facing(poses: xr.Dataset, individual: int = 0) -> float:
    """Mean heading in the first second in which hips or shoulders were seen.

    Parameters
    ----------
    poses : xarray.Dataset
        3D.
    individual : int
        Which dancer, counted from 0.

    Returns
    -------
    float
        Degrees in (-180, 180]: 0 faces the audience, positive is turned to the dancer's
        left. NaN where neither hips nor shoulders were seen.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> hips = [[[0.0, 0.0], [0.9, 0.9], [-0.1, 0.1]]]
    >>> poses = make_poses(hips, time=[0.0], keypoints=["left_hip", "right_hip"])
    >>> find_facing(poses)
    90.0
    """
    need_space(poses, "Finding which way the dancer faces")
    names, time = names_of(poses), times_of(poses)
    body = courses_of(poses)[:, :, individual]
    across = np.zeros((time.size, 3))
    for part in ("hip", "shoulder"):
        pair = [f"left_{part}", f"right_{part}"]
        if set(pair) <= set(names):
            left, right = (body[:, names.index(name)] for name in pair)
            across += np.nan_to_num(unit(left - right))
    front = forward(across)
    seen = np.isfinite(front).all(axis=1)
    if not seen.any():
        return float("nan")
    begins = time - time[seen][0]
    mean = front[seen & (begins >= 0.0) & (begins <= _BEGINNING_S)].mean(axis=0)
    return float(yaw(mean)) if np.hypot(mean[0], mean[2]) > 0.0 else float("nan")


def say_facing(poses: xr.Dataset) -> xr.Dataset:
    """Poses with a line on which way each dancer faces at the start; nothing is turned.

    Parameters
    ----------
    poses : xarray.Dataset
        3D.

    Returns
    -------
    xarray.Dataset

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> hips = [[[0.1, 0.0], [0.9, 0.9], [0.0, 0.1]]]
    >>> poses = make_poses(hips, time=[0.0], keypoints=["left_hip", "right_hip"])
    >>> say_facing(poses).attrs["history"]
    'facing at the start: 45° to the left of the audience (own left)'
    """
    need_space(poses, "Finding which way the dancer faces")
    dancers = [str(name) for name in poses["individual"].to_numpy()]
    said = [_said(find_facing(poses, one)) for one in range(len(dancers))]
    if len(dancers) > 1:
        said = [f"{name} {how}" for name, how in zip(dancers, said, strict=True)]
    return log(poses, f"facing at the start: {', '.join(said)}")


def _said(degrees: float) -> str:
    if np.isnan(degrees):
        return "not known, no hips or shoulders"
    if abs(degrees) < _AHEAD:
        return "the audience"
    if abs(degrees) > 180.0 - _AHEAD:
        return "away from the audience"
    side = "left" if degrees > 0.0 else "right"
    return f"{abs(degrees):.0f}° to the {side} of the audience (own {side})"
