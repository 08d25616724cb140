"""Points that the tracker says are outside of the picture."""

from __future__ import annotations

import numpy as np
import xarray as xr

from repetiteur.clean.samples import noted, places_of, sure_of, with_places

__all__ = ["drop_beyond"]


def drop_beyond(poses: xr.Dataset) -> xr.Dataset:
    """Poses without the points that lie outside of the picture.

    The tracker puts what it cannot see where it thinks that it is, and is sure of it:
    an elbow 70 pixels outside was said to be 12 outside, with a confidence of 0.98.
    What no camera saw is missing.

    Parameters
    ----------
    poses : xarray.Dataset
        In pixels; without the picture's size nothing is done.

    Returns
    -------
    xarray.Dataset
        ``position`` is NaN there, with confidence 0; ``world_position`` stays.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> poses = make_poses([[[-3.0], [5.0]]], time=[0.0], keypoints=["left_elbow"])
    >>> inside = drop_beyond(poses.assign_attrs(image_width=20, image_height=10))
    >>> bool(inside["position"].isnull().all()), float(inside["confidence"].item())
    (True, 0.0)
    """
    if not {"image_width", "image_height"} <= poses.attrs.keys():
        return poses
    place, sure = places_of(poses)["position"], sure_of(poses)
    size = np.array([poses.attrs["image_width"], poses.attrs["image_height"]], float)
    beyond = ((place < 0.0) | (place > size)).any(axis=-1)
    place[beyond], sure[beyond] = np.nan, 0.0
    out = with_places(poses, {"position": place}, sure)
    return noted(out, "outside of the picture", beyond.sum(axis=(0, 2)))
