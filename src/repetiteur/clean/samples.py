"""The arrays of poses that cleaning works on, and the line that it leaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from repetiteur.errors import InvalidPoses
from repetiteur.kernels.stature import SHARES, apparent_stature
from repetiteur.model.poses import log

Array = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

#: What is cleaned, and the name of its axis of coordinates.
PLACES = {"position": "space", "world_position": "world_space"}
#: Long bones by the name of their share of stature, from the hips outwards.
LONG_BONES = {
    "trunk": ("hip", "shoulder"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
}
#: Apparent stature is smoothed over this, seconds: it may vary only slowly.
_SLOW_S = 0.5
_MOST_NAMED = 6


def names_of(poses: xr.Dataset) -> list[str]:
    """Names of the keypoints."""
    return [str(name) for name in poses["keypoint"].to_numpy()]


def times_of(poses: xr.Dataset) -> Array:
    """Times in seconds, (time,)."""
    return poses["time"].to_numpy().astype(np.float64)


def places_of(poses: xr.Dataset) -> dict[str, Array]:
    """Copies of all that is cleaned, each (time, keypoint, individual, space)."""
    return {
        name: np.array(
            poses[name].transpose("time", "keypoint", "individual", axis),
            dtype=np.float64,
        )
        for name, axis in PLACES.items()
        if name in poses
    }


def sure_of(poses: xr.Dataset) -> Array:
    """Copy of the confidence, (time, keypoint, individual)."""
    order = ("time", "keypoint", "individual")
    return np.array(poses["confidence"].transpose(*order), dtype=np.float64)


def courses_of(poses: xr.Dataset) -> Array:
    """What ``position`` holds, (time, keypoint, individual, space): a view, to read."""
    order = ("time", "keypoint", "individual", "space")
    return np.asarray(poses["position"].transpose(*order).to_numpy(), dtype=np.float64)


def without(poses: xr.Dataset, wrong: Bools, what: str) -> xr.Dataset:
    """Poses without some samples, and a line that says so.

    Parameters
    ----------
    poses : xarray.Dataset
    wrong : (time, keypoint, individual) bool
        ``position`` becomes NaN there, with confidence 0.
    what : str
        What was done.
    """
    out = poses
    if wrong.any():
        place, sure = courses_of(poses).copy(), sure_of(poses)
        place[wrong], sure[wrong] = np.nan, 0.0
        out = with_places(poses, {"position": place}, sure)
    return noted(out, what, wrong.sum(axis=(0, 2)))


def need_space(poses: xr.Dataset, purpose: str) -> None:
    """Raise :class:`InvalidPoses` unless the poses are 3D."""
    if poses.sizes["space"] != 3:
        raise InvalidPoses(
            f"{purpose} needs 3D poses in metres, and these are 2D, in a picture. "
            "Clean those with clean_tracked."
        )


def with_places(
    poses: xr.Dataset, places: dict[str, Array], sure: Array | None = None
) -> xr.Dataset:
    """Poses with other positions, and another confidence where it is given."""
    new = {
        name: (("time", PLACES[name], "keypoint", "individual"), np.moveaxis(v, -1, 1))
        for name, v in places.items()
    }
    out = poses.assign(new)
    if sure is not None:
        out = out.assign(confidence=(("time", "keypoint", "individual"), sure))
    return out


def noted(poses: xr.Dataset, what: str, counts: Array | Ints) -> xr.Dataset:
    """Poses with a line on how many samples of which keypoints were touched.

    Parameters
    ----------
    poses : xarray.Dataset
    what : str
        What was done.
    counts : (keypoint,) int
        Samples of each keypoint.
    """
    total = int(np.sum(counts))
    order = [k for k in np.argsort(-np.asarray(counts), kind="stable") if counts[k]]
    names = names_of(poses)
    named = [f"{names[k]} {int(counts[k])}" for k in order[:_MOST_NAMED]]
    rest = int(sum(counts[k] for k in order[_MOST_NAMED:]))
    if rest:
        named.append(f"{len(order) - _MOST_NAMED} more keypoints {rest}")
    return log(
        poses, f"{what}: {total} samples" + f" ({', '.join(named)})" * bool(named)
    )


def stature_of(place: Array, names: Sequence[str], time: Array) -> Array:
    """Stature as it appears, (time,), in the unit of (time, keypoint, space) places.

    NaN throughout where no long bone was ever seen.
    """
    lengths, shares = [np.full(time.size, np.nan)], [1.0]
    for bone, ends in LONG_BONES.items():
        for side in ("left", "right"):
            first, last = (f"{side}_{part}" for part in ends)
            if first in names and last in names:
                way = place[:, names.index(last)] - place[:, names.index(first)]
                lengths.append(np.linalg.norm(way, axis=-1))
                shares.append(SHARES[bone])
    tall = apparent_stature(np.stack(lengths, axis=1), shares, time)
    if time.size < 2:
        return tall
    step = float(np.median(np.diff(time)))
    return np.asarray(gaussian_filter1d(tall, _SLOW_S / step, mode="nearest"))
