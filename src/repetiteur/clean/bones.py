"""Bones of a body in space, held at one length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.samples import names_of, noted, places_of, with_places
from repetiteur.errors import InvalidPoses
from repetiteur.model.skeletons import BONES

Array = NDArray[np.float64]

#: Middles that stand in for a point of the trunk that a tracker does not give.
_MIDDLES = {"pelvis": "hip", "neck": "shoulder"}
#: From which point each hangs, nearest first; the pelvis is where all begins.
_HANGS_FROM: dict[str, list[str]] = {
    **{outer: [inner] for inner, outer in BONES},
    **{
        f"{side}_{outer}": [f"{side}_{inner}"]
        for side in ("left", "right")
        for inner, outer in (("wrist", "pinky"), ("wrist", "thumb"))
    },
    **{
        f"{side}_{part}": ["nose", "head"]
        for side in ("left", "right")
        for part in ("eye_inner", "eye", "eye_outer", "ear", "mouth")
    },
}


def hold_bones(poses: xr.Dataset, *, of: str = "world_position") -> xr.Dataset:
    """Give every bone its median length, from the hips outwards.

    Parameters
    ----------
    poses : xarray.Dataset
    of : {"world_position", "position"}
        What is in space: the tracker's guess, or the positions of a motion file.

    Returns
    -------
    xarray.Dataset
        Each bone points where it pointed, at its median length; what hangs from its end
        moves along. The middle of the hips stays. A point whose neighbour towards the
        hips is not seen stays where it is.

    Raises
    ------
    InvalidPoses
        When there is no such variable, or it is not in space.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((3, 3, 3))
    >>> place[:, 1, 1], place[:, 1, 2] = [-0.4, -0.5, -0.4], [-0.8, -0.9, -0.8]
    >>> names = ["pelvis", "left_hip", "left_knee"]
    >>> poses = make_poses(place, time=[0.0, 0.1, 0.2], keypoints=names)
    >>> held = hold_bones(poses, of="position")
    >>> held["position"][:, 1, 2, 0].to_numpy().round(9).tolist()
    [-0.8, -0.8, -0.8]
    """
    places = places_of(poses)
    if of not in places or places[of].shape[-1] != 3:
        raise InvalidPoses(
            f"Bones need positions in space (x, y, z), and {of!r} is "
            f"{'in the picture' if of in places else 'not there'}. Use a motion file, "
            "or poses of a tracker that guesses 'world_position'."
        )
    names, place = names_of(poses), places[of]
    before = place.copy()
    for one in range(place.shape[2]):
        body = {name: place[:, k, one] for k, name in enumerate(names)}
        for name, held in _held(body).items():
            place[:, names.index(name), one] = held
    moved = np.abs(place - before).max(axis=-1) > 1e-9
    line = f"bones of {of} held at their median lengths"
    return noted(with_places(poses, {of: place}), line, moved.sum(axis=(0, 2)))


def _held(body: Mapping[str, Array]) -> dict[str, Array]:
    """The keypoints of a body, (time, 3) each, with bones of one length."""
    old = dict(body)
    for middle, part in _MIDDLES.items():
        pair = [f"{side}_{part}" for side in ("left", "right")]
        if middle not in old and set(pair) <= set(old):
            old[middle] = 0.5 * (old[pair[0]] + old[pair[1]])
    new: dict[str, Array] = {}
    for name in _outwards(old):
        root = _root(name, old)
        new[name] = old[name] if root is None else _hung(old, new, root, name)
    return {name: new[name] for name in body}


def _outwards(points: Mapping[str, Array]) -> list[str]:
    """Names of points, each after the one that it hangs from."""
    order: list[str] = []

    def add(name: str) -> None:
        root = _root(name, points)
        if root is not None and root not in order:
            add(root)
        if name not in order:
            order.append(name)

    for name in points:
        add(name)
    return order


def _root(name: str, points: Mapping[str, Array]) -> str | None:
    """The nearest point towards the pelvis that is there; None for the first."""
    waiting: Sequence[str] = _HANGS_FROM.get(name, [])
    for root in waiting:
        if root in points:
            return root
    for root in waiting:
        further = _root(root, points)
        if further is not None:
            return further
    return None


def _hung(
    old: Mapping[str, Array], new: Mapping[str, Array], root: str, name: str
) -> Array:
    """A point at the median distance from the new place of its root."""
    way = old[name] - old[root]
    length = np.linalg.norm(way, axis=1, keepdims=True)
    seen = np.isfinite(length[:, 0]) & (length[:, 0] > 1e-9)
    if not seen.any():
        return old[name]
    held = new[root] + way * (np.median(length[seen]) / np.where(length > 0, length, 1))
    return np.where(seen[:, np.newaxis], held, old[name])
