"""Poses: the one currency that passes between the rooms.

Poses are an :class:`xarray.Dataset` in the singular convention of the `movement`
project: ``position(time, space, keypoint, individual)`` and
``confidence(time, keypoint, individual)``. ``time`` is in seconds and may be
uneven. In 3D, ``space`` is x (stage left), y (up), z (towards the audience),
right-handed, in metres. Missing is NaN. What was done stands in
``attrs["history"]``, a line for each step.

Poses tracked in a video are 2D, ``x, y`` in pixels with y down, and carry beside it
what :func:`with_tracked` adds: the tracker's guess of the body in space, and how sure
each position is.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.model.body import Body as Body
from repetiteur.model.body import share_keypoints as share_keypoints
from repetiteur.model.seen import BESIDE, DIMS, WORLD_DIMS, beside, seen_points
from repetiteur.model.skeletons import KEYPOINTS, other_side

Array = NDArray[np.float64]

_FARTHEST = 1e8
_PLURAL = {"keypoints": "keypoint", "individuals": "individual"}


def make_poses(
    position: ArrayLike,
    *,
    time: ArrayLike,
    keypoints: Sequence[str],
    individuals: Sequence[str] = ("dancer",),
    confidence: ArrayLike | None = None,
    source_software: str = "repetiteur",
    source_file: str = "",
) -> xr.Dataset:
    """Poses from arrays.

    Parameters
    ----------
    position : (time, space, keypoint) or (time, space, keypoint, individual) float
        Metres in 3D, pixels with y down in 2D. NaN means "not seen".
    time : (time,) float
        Seconds, strictly increasing.
    keypoints : sequence of str
        One name per keypoint.
    individuals : sequence of str
        One name per dancer.
    confidence : (time, keypoint) or (time, keypoint, individual) float, optional
        0 to 1; by default 1 where a point was seen, NaN where not.
    source_software, source_file : str
        Where the data came from.

    Returns
    -------
    xarray.Dataset
        Checked poses.

    Raises
    ------
    InvalidPoses
        When shapes, names or times break the conventions.

    Examples
    --------
    >>> poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> dict(poses.sizes)
    {'time': 1, 'space': 3, 'keypoint': 1, 'individual': 1}
    """
    place = np.asarray(position, dtype=np.float64)
    place = place[..., np.newaxis] if place.ndim == 3 else place
    if place.ndim != 4 or place.shape[1] not in (2, 3):
        raise InvalidPoses(
            "position needs the shape (time, space of 2 or 3, keypoint[, individual]),"
            f" and has {np.shape(position)}. Reorder its axes."
        )
    if confidence is None:
        sure = np.where(np.isfinite(place).all(axis=1), 1.0, np.nan)
    else:
        sure = np.asarray(confidence, dtype=np.float64)
        sure = sure[..., np.newaxis] if sure.ndim == 2 else sure
    sizes = (np.size(time), place.shape[1], len(keypoints), len(individuals))
    if place.shape != sizes or sure.shape != (sizes[0], *sizes[2:]):
        raise InvalidPoses(
            f"time, keypoints and individuals ask for position {sizes}, and it has "
            f"{place.shape} (confidence {sure.shape}). Give one name and one time each."
        )
    return check_poses(
        xr.Dataset(
            {
                "position": (DIMS, place),
                "confidence": (("time", "keypoint", "individual"), sure),
            },
            coords={
                "time": np.asarray(time, dtype=np.float64),
                "space": list("xyz"[: place.shape[1]]),
                "keypoint": list(keypoints),
                "individual": list(individuals),
            },
            attrs={
                "source_software": source_software,
                "source_file": source_file,
                "history": "",
            },
        )
    )


def with_tracked(
    poses: xr.Dataset,
    *,
    image_size: tuple[int, int],
    world_position: ArrayLike | None,
    position_sd: ArrayLike | None = None,
) -> xr.Dataset:
    """2D poses with what a tracker adds to them.

    Parameters
    ----------
    poses : xarray.Dataset
        Positions in pixels, y down.
    image_size : (width, height)
        Of the picture as shown, pixels.
    world_position : (time, 3, keypoint) or (time, 3, keypoint, individual) float
        The tracker's guess of the body in space, metres, about the middle of the hips:
        x to the right in the picture, y up, z towards the camera.
    position_sd : (time, 2, keypoint) or (time, 2, keypoint, individual) float, optional
        Standard deviation of each position, pixels.

    Returns
    -------
    xarray.Dataset
        Checked poses with the variables ``world_position`` and ``position_sd`` and the
        attributes ``image_width`` and ``image_height``.

    Raises
    ------
    InvalidPoses
        When a shape does not fit the poses.

    Examples
    --------
    >>> poses = make_poses([[[9.0], [5.0]]], time=[0.0], keypoints=["left_hip"])
    >>> guess = [[[0.1], [0.0], [0.0]]]
    >>> seen = with_tracked(poses, image_size=(20, 10), world_position=guess)
    >>> seen["world_position"].dims
    ('time', 'world_space', 'keypoint', 'individual')
    """
    given = {"world_position": world_position, "position_sd": position_sd}
    added = {}
    for name, values in given.items():
        if values is None:
            continue
        array = np.asarray(values, dtype=np.float64)
        array = array[..., np.newaxis] if array.ndim == 3 else array
        space = 3 if name == "world_position" else 2
        sizes = tuple(poses.sizes[axis] for axis in DIMS)
        if array.shape != (sizes[0], space, *sizes[2:]):
            raise InvalidPoses(
                f"{name} needs the shape {(sizes[0], space, *sizes[2:])} of its poses, "
                f"and has {array.shape}. Give one value for each point."
            )
        added[name] = (BESIDE[name], array)
    width, height = image_size
    out = poses.assign(added)
    if "world_position" in added:
        out = out.assign_coords(world_space=list("xyz"))
    return check_poses(out.assign_attrs(image_width=width, image_height=height))


def check_poses(poses: xr.Dataset) -> xr.Dataset:
    """Poses in today's convention, or an error that names what breaks it.

    Accepts the old plural dimension names and the order of axes of any
    `movement` release.

    Parameters
    ----------
    poses : xarray.Dataset

    Returns
    -------
    xarray.Dataset
        The same data with singular names, in our order of axes.

    Raises
    ------
    InvalidPoses
        When a variable or axis is missing, a name comes twice, time does not
        increase, or there is no frame.
    """
    if "position" not in poses:
        raise InvalidPoses(
            "Poses need a variable 'position', and this has "
            f"{sorted(map(str, poses))}. Name the positions so."
        )
    renamed = poses.rename({a: b for a, b in _PLURAL.items() if a in poses.dims})
    if "individual" not in renamed.dims:
        renamed = renamed.expand_dims(individual=["dancer"])
    missing = set(DIMS) - set(renamed["position"].dims)
    if missing:
        raise InvalidPoses(
            f"position needs the axes {DIMS}, and lacks {sorted(missing)}. Add them."
        )
    if "confidence" not in renamed:
        seen = renamed["position"].notnull().all("space")
        renamed = renamed.assign(confidence=seen.astype(np.float64).where(seen))
    renamed = renamed.assign(
        position=renamed["position"].transpose(*DIMS).astype(np.float64),
        confidence=renamed["confidence"].transpose("time", "keypoint", "individual"),
    )
    renamed = renamed.assign(beside(renamed))
    if any(
        (np.abs(renamed[name].to_numpy()) > _FARTHEST).any()
        for name in ("position", *(BESIDE.keys() & renamed.keys()))
    ):
        raise InvalidPoses(
            "Positions need to be metres or pixels, NaN where not seen, and some of "
            f"these are beyond {_FARTHEST:g}. Mark them as missing."
        )
    _check_names(renamed)
    _check_time(renamed["time"].to_numpy())
    renamed.attrs.setdefault("history", "")
    return renamed


def _check_names(poses: xr.Dataset) -> None:
    for axis in ("keypoint", "individual"):
        names = [str(name) for name in poses[axis].to_numpy()]
        if not names or len(set(names)) < len(names):
            raise InvalidPoses(
                f"Each {axis} needs a name of its own, and these are {names}. "
                "Rename or drop the doubles."
            )


def _check_time(time: NDArray[np.generic]) -> None:
    if time.size == 0:
        raise InvalidPoses("Poses need at least one frame, and these have none.")
    seconds = np.asarray(time, dtype=np.float64)
    if not np.isfinite(seconds).all() or (np.diff(seconds) <= 0).any():
        raise InvalidPoses(
            "Times need to be finite seconds that increase from frame to frame, and "
            "these do not. Sort the frames and drop doubles."
        )


def log(poses: xr.Dataset, line: str) -> xr.Dataset:
    """Poses with one more line in their history.

    Examples
    --------
    >>> poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> log(poses, "found the floor").attrs["history"]
    'found the floor'
    """
    before = str(poses.attrs.get("history", ""))
    return poses.assign_attrs(history=f"{before}\n{line}".strip())


def warnings_of(poses: xr.Dataset) -> list[str]:
    """Lines of the history that should be looked at, without their "warning: ".

    Examples
    --------
    >>> poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> warnings_of(log(log(poses, "one"), "warning: 12 Hz is slow"))
    ['12 Hz is slow']
    """
    lines = str(poses.attrs.get("history", "")).splitlines()
    mark = "warning: "
    return [line.removeprefix(mark) for line in lines if line.startswith(mark)]


def rate(poses: xr.Dataset) -> float:
    """Frames per second: one over the median step of ``time``; NaN for one frame."""
    time = poses["time"].to_numpy()
    return float(1.0 / np.median(np.diff(time))) if time.size > 1 else float("nan")


def mirrored(poses: xr.Dataset) -> xr.Dataset:
    """Poses as if seen in a mirror: x reversed, left and right names exchanged.

    Mirroring twice gives the poses back.

    Examples
    --------
    >>> poses = make_poses([[[0.3], [1.0], [0.0]]], time=[0.0], keypoints=["left_knee"])
    >>> seen = mirrored(poses)
    >>> str(seen.keypoint.item()), float(seen.position[0, 0].item())
    ('right_knee', -0.3)
    """
    place = poses["position"].to_numpy().copy()
    place[:, 0] = float(poses.attrs.get("image_width", 0.0)) - place[:, 0]
    others: dict[str, tuple[tuple[str, ...], Array]] = {}
    if "raw_position" in poses:
        raw = poses["raw_position"].transpose(*DIMS).to_numpy().copy()
        raw[:, 0] = float(poses.attrs.get("image_width", 0.0)) - raw[:, 0]
        others["raw_position"] = (DIMS, raw)
    if "world_position" in poses:
        world = poses["world_position"].transpose(*WORLD_DIMS).to_numpy().copy()
        world[:, 0] = -world[:, 0]
        others["world_position"] = (WORLD_DIMS, world)
    names = [other_side(str(name)) for name in poses["keypoint"].to_numpy()]
    others["position"] = (DIMS, place)
    out = poses.assign(others).assign_coords(keypoint=names)
    return log(out, "mirrored: x reversed, left and right exchanged")


def body_of(poses: xr.Dataset, individual: int = 0) -> Body:
    """Take the arrays of one dancer out of poses.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses, which may have ``position_sd``; or 2D ones of a tracker, with
        ``world_position`` and ``position_sd``.
    individual : int
        Which dancer, counted from 0.

    Returns
    -------
    Body
        Only our own keypoints; others are left out. From 2D poses: in metres, x and y
        from the picture and the depth from the tracker
        (:func:`repetiteur.model.seen.seen_points`).

    Raises
    ------
    InvalidPoses
        When 2D poses lack the tracker's guess of space, or its error.
    """
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    ours = [name for name in names if name in KEYPOINTS]
    time = poses["time"].to_numpy().astype(np.float64)
    if poses.sizes["space"] == 2:
        points, sd = seen_points(poses, ours, individual)
        return Body(time, MappingProxyType(points), MappingProxyType(sd), "2d")
    return Body(
        time,
        _each(poses["position"].to_numpy()[..., individual], names, ours),
        _each(poses["position_sd"].to_numpy()[..., individual], names, ours)
        if "position_sd" in poses
        else MappingProxyType({}),
    )


def _each(
    array: Array, names: Sequence[str], ours: Sequence[str]
) -> MappingProxyType[str, Array]:
    """(time, space) of each of our keypoints, out of (time, space, keypoint)."""
    return MappingProxyType(
        {n: np.ascontiguousarray(array[:, :, names.index(n)]) for n in ours}
    )
