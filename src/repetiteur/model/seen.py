"""A dancer whom one camera saw, in metres.

The picture gives x and y; the tracker's guess of the body in space gives the depth, and
how many metres a pixel is. The camera's upright is taken for the world's, and
perspective is passed over: a limb nearer to the camera looks larger than it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, median_filter

from repetiteur.errors import InvalidPoses

Array = NDArray[np.float64]

DIMS = ("time", "space", "keypoint", "individual")
WORLD_DIMS = ("time", "world_space", "keypoint", "individual")
#: What poses may carry beside position and confidence, with its order of axes; the
#: standard deviation is in the unit of the positions.
BESIDE = {"world_position": WORLD_DIMS, "position_sd": DIMS, "raw_position": DIMS}
_NEEDED = ("world_position", "position_sd")
_LARGEST = 1e8
#: The scale of the picture changes as slowly as this, s: a dancer walks.
SCALE_S = 1.0
#: Error of the tracker's depth, sd: this share of the way from the hips' middle, and
#: this much besides, m. Limbs on calibrated video: 0.13 m at 0.45 m, 0.14 m at 0.9 m
#: (benchmarks/view.py).
DEPTH_SHARE, DEPTH_M = 0.15, 0.08


def beside(poses: xr.Dataset) -> dict[str, xr.DataArray]:
    """What lies beside the positions, in our order of axes."""
    out = {}
    for name, axes in BESIDE.items():
        if name not in poses:
            continue
        if set(poses[name].dims) != set(axes) or (
            name == "world_position" and poses.sizes["world_space"] != 3
        ):
            raise InvalidPoses(
                f"{name} needs the axes {axes}, three in space, and has "
                f"{dict(poses[name].sizes)}. Write it so, or leave it out."
            )
        out[name] = poses[name].transpose(*axes).astype(np.float64)
    if "world_position" in out and poses.sizes["space"] == 2:
        _check_picture(poses)
    return out


def _check_picture(poses: xr.Dataset) -> None:
    for name in ("image_width", "image_height"):
        size = poses.attrs.get(name)
        if not isinstance(size, (int, float, np.number)) or not 0 < size < _LARGEST:
            raise InvalidPoses(
                f"Tracked poses need an attribute {name} in pixels, and have {size!r}."
                " Set it to that of the video."
            )


def metres_per_pixel(picture: Array, world: Array, time: Array) -> Array:
    """How many metres a pixel is, over time.

    Parameters
    ----------
    picture : (time, 2, keypoint) float
        Pixels.
    world : (time, 3, keypoint) float
        The tracker's guess of the same points, metres, x and y along the picture.
    time : (time,) float
        Seconds.

    Returns
    -------
    (time,) float
        Ratio of the two extents (root mean square distance from the middle, in x and
        y), with its outliers gone and smoothed over a second; NaN where never seen.

    Examples
    --------
    >>> world = np.array([[[0.0, 0.4], [0.0, 0.3], [0.0, 0.9]]])
    >>> metres_per_pixel(200.0 * world[:, :2], world, np.zeros(1)).round(9).tolist()
    [0.005]
    """
    flat = world[:, :2]
    seen = np.asarray(np.isfinite(picture + flat).all(axis=1))
    metres, pixels = (_extent(points, seen) for points in (flat, picture))
    known = np.flatnonzero((metres > 0.0) & (pixels > 0.0))
    if not known.size:
        return np.full(time.shape, np.nan)
    ratio = metres[known] / pixels[known]
    step = float(np.median(np.diff(time))) if time.size > 1 else 1.0
    frames = min(max(1, round(SCALE_S / step)), 2 * time.size)
    calm = median_filter(ratio, size=2 * (frames // 2) + 1, mode="nearest")
    whole = np.interp(np.arange(time.size), known, calm)
    return np.asarray(gaussian_filter1d(whole, 0.25 * frames, mode="nearest"))


def _extent(points: Array, seen: NDArray[np.bool_]) -> Array:
    """Root mean square distance of the seen points from their middle; 0 of none."""
    count = np.maximum(seen.sum(axis=1), 1)[:, None]
    inside = np.where(seen[:, None], points, 0.0)
    middle = inside.sum(axis=2) / count
    apart = np.where(seen[:, None], points - middle[..., None], 0.0)
    return np.asarray(np.sqrt((apart**2).sum(axis=(1, 2)) / count[:, 0]))


def seen_points(
    poses: xr.Dataset, names: Sequence[str], individual: int
) -> tuple[Mapping[str, Array], Mapping[str, Array]]:
    """Points of a tracked dancer in metres, and their standard deviations.

    Parameters
    ----------
    poses : xarray.Dataset
        Tracked poses, with ``world_position`` and ``position_sd``.
    names : sequence of str
        Which keypoints.
    individual : int

    Returns
    -------
    points, sd : dict of str to (time, 3) float
        x to the right in the picture and y up, both from its middle; z towards the
        camera, from the middle of the hips.

    Raises
    ------
    InvalidPoses
        When the tracker's guess of space, or its error, is not there.
    """
    lacking = [name for name in _NEEDED if name not in poses]
    if lacking:
        raise InvalidPoses(
            f"Poses from a picture need {' and '.join(lacking)} to be measured, which "
            "these do not have. Track the video with 'repetiteur track'."
        )
    place = poses["position"].to_numpy()[..., individual]
    world = poses["world_position"].to_numpy()[..., individual]
    doubt = poses["position_sd"].to_numpy()[..., individual]
    scale = metres_per_pixel(place, world, poses["time"].to_numpy())[:, None]
    at = {str(name): k for k, name in enumerate(poses["keypoint"].to_numpy())}
    width = float(poses.attrs.get("image_width", 0.0))
    height = float(poses.attrs.get("image_height", 0.0))
    points, sd = {}, {}
    for name in names:
        k = at[name]
        x, y = place[:, 0, k] - 0.5 * width, 0.5 * height - place[:, 1, k]
        flat = scale * np.stack([x, y], axis=1)
        points[name] = np.column_stack([flat, world[:, 2, k]])
        far = np.linalg.norm(world[:, :, k], axis=1)
        depth = np.hypot(DEPTH_M, DEPTH_SHARE * far)
        sd[name] = np.column_stack([scale * doubt[:, :, k], depth])
    return points, sd
