"""Poses: the one currency that passes between the rooms.

Poses are an :class:`xarray.Dataset` in the singular convention of the `movement`
project: ``position(time, space, keypoint, individual)`` and
``confidence(time, keypoint, individual)``. ``time`` is in seconds and may be
uneven. In 3D, ``space`` is x (stage left), y (up), z (towards the audience),
right-handed, in metres. Missing is NaN. What was done stands in
``attrs["history"]``, a line for each step.

Labels cost about half a millisecond a call, so a computation takes its arrays out
once, as a :class:`Body`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from repetiteur.errors import InvalidPoses, MissingKeypoints
from repetiteur.model.skeletons import KEYPOINTS, other_side

Array = NDArray[np.float64]

DIMS = ("time", "space", "keypoint", "individual")
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
    if (np.abs(renamed["position"].to_numpy()) > _FARTHEST).any():
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
    names = [other_side(str(name)) for name in poses["keypoint"].to_numpy()]
    out = poses.assign(position=(DIMS, place)).assign_coords(keypoint=names)
    return log(out, "mirrored: x reversed, left and right exchanged")


@dataclass(frozen=True)
class Body:
    """The arrays of one dancer, taken out of poses once.

    Attributes
    ----------
    time : (time,) float
        Seconds.
    points : mapping of str to (time, 3) float
        Position of each keypoint that the poses have, metres, y up; NaN = not seen.
    """

    time: Array
    points: Mapping[str, Array]

    def __getitem__(self, keypoint: str) -> Array:
        """Position of a keypoint, (time, 3); NaN throughout where it is missing."""
        known = self.points.get(keypoint)
        return np.full((self.time.size, 3), np.nan) if known is None else known

    def has(self, *keypoints: str) -> bool:
        """Whether each of these keypoints was seen in some frame."""
        return all(
            name in self.points and bool(np.isfinite(self.points[name]).any())
            for name in keypoints
        )

    def need(self, purpose: str, *keypoints: str) -> None:
        """Raise :class:`MissingKeypoints` unless all of these were seen."""
        lacking = [name for name in keypoints if not self.has(name)]
        if lacking:
            there = ", ".join(sorted(name for name in self.points if self.has(name)))
            raise MissingKeypoints(
                f"{purpose} needs keypoints {', '.join(lacking)}, which these poses do "
                f"not have. They have: {there or 'none'}. Map the joint names of the "
                "file with --map, or use a recording of the whole body."
            )

    def mirrored(self) -> Body:
        """The body as seen in a mirror: x reversed, left and right exchanged."""
        flip = np.array([-1.0, 1.0, 1.0])
        turned = {other_side(name): place * flip for name, place in self.points.items()}
        return Body(self.time, MappingProxyType(turned))

    def middle(self, part: str) -> Array:
        """Middle of a paired keypoint, (time, 3): ``middle("hip")``."""
        return 0.5 * (self[f"left_{part}"] + self[f"right_{part}"])


def body_of(poses: xr.Dataset, individual: int = 0) -> Body:
    """Take the arrays of one dancer out of 3D poses.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses.
    individual : int
        Which dancer, counted from 0.

    Returns
    -------
    Body
        Only our own keypoints; others are left out.

    Raises
    ------
    InvalidPoses
        When the poses are not 3D.
    """
    if poses.sizes["space"] != 3:
        raise InvalidPoses(
            "This needs positions in space (x, y, z), and these are "
            f"{poses.sizes['space']}-dimensional. Use a motion file."
        )
    place = poses["position"].to_numpy()[..., individual]
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    points = {
        name: np.ascontiguousarray(place[:, :, k])
        for k, name in enumerate(names)
        if name in KEYPOINTS
    }
    time = poses["time"].to_numpy().astype(np.float64)
    return Body(time=time, points=MappingProxyType(points))


def share_keypoints(one: Body, other: Body) -> tuple[Body, Body]:
    """Two bodies with only the keypoints that were seen in both.

    Measures that can be taken from different points then use the same ones.
    """
    names = [name for name in one.points if one.has(name) and other.has(name)]
    first = {name: one.points[name] for name in names}
    second = {name: other.points[name] for name in names}
    return (
        Body(one.time, MappingProxyType(first)),
        Body(other.time, MappingProxyType(second)),
    )
