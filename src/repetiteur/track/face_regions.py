"""The square of the picture in which the network looks for a face."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.track.regions import Region

Array = NDArray[np.float64]

#: Side of a region over the larger side of the face in it, as the network was trained.
ROOM = 1.5
#: Height of a face over the distance from its eyes to its mouth, and its width over the
#: distances of its eyes and of its ears in the picture.
_FROM_MOUTH, _FROM_EYES, _FROM_EARS = 2.8, 2.3, 1.05
#: Where there is no mouth it lies so much further from the eyes than the nose.
_MOUTH_OVER_NOSE = 1.8
#: A keypoint that is less sure than this tells nothing.
_SURE = 0.3


def of_mesh(points: Array) -> Region:
    """Region for the next picture from the points of a face.

    Parameters
    ----------
    points : (468 or more, 2 or 3) float
        Pixels, in the mesh's order.

    Returns
    -------
    Region
    """
    place = points[:468, :2]
    along = place[263] - place[33]
    angle = float(np.arctan2(along[1], along[0]))
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    upright = place @ axes.T
    least, most = upright.min(axis=0), upright.max(axis=0)
    middle = 0.5 * (least + most) @ axes
    side = ROOM * float((most - least).max())
    return Region(float(middle[0]), float(middle[1]), side, angle)


def of_poses(poses: xr.Dataset) -> Array:
    """Regions of the dancer's face in all frames, from the body's tracked keypoints.

    Parameters
    ----------
    poses : xarray.Dataset
        Tracked poses of one individual, in pixels, with eyes and a nose.

    Returns
    -------
    (time, 4) float
        x, y, side and angle of each :class:`~repetiteur.track.regions.Region`; NaN
        where the eyes were not seen, and everywhere without such keypoints.
    """
    there = {str(name) for name in poses.keypoint.values}
    if not {"left_eye", "right_eye", "nose"} <= there:
        return np.full((poses.sizes["time"], 4), np.nan)
    right, left, nose = (
        _place(poses, name) for name in ("right_eye", "left_eye", "nose")
    )
    eyes = 0.5 * (right + left)
    mouth = eyes + _MOUTH_OVER_NOSE * (nose - eyes)
    if {"left_mouth", "right_mouth"} <= there:
        mouth = 0.5 * (_place(poses, "left_mouth") + _place(poses, "right_mouth"))
    sizes = [
        _FROM_MOUTH * np.hypot(*(mouth - eyes).T),
        _FROM_EYES * np.hypot(*(left - right).T),
    ]
    if {"left_ear", "right_ear"} <= there:
        ears = _place(poses, "left_ear") - _place(poses, "right_ear")
        sizes.append(_FROM_EARS * np.hypot(*ears.T))
    size = np.fmax.reduce(sizes)
    down = mouth - eyes
    middle = eyes + 0.5 * down
    return np.column_stack([middle, ROOM * size, np.arctan2(-down[:, 0], down[:, 1])])


def _place(poses: xr.Dataset, keypoint: str) -> Array:
    """Pixels of a keypoint, (time, 2); NaN where it is not sure."""
    one = poses.isel(individual=0).sel(keypoint=keypoint)
    place = one["position"].transpose("time", "space").values[:, :2].astype(np.float64)
    sure = one["confidence"].values >= _SURE
    return np.where(sure[:, None], place, np.nan)
