"""Poses that a file holds whole, as ours do: what is given besides, and attributes.

Nothing is searched in such poses; only what is given is applied.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from repetiteur.errors import InvalidPoses, UnreadableRecording
from repetiteur.io.formats import ReadOptions
from repetiteur.io.naming import find_keypoints
from repetiteur.io.scale import UNITS, to_stage
from repetiteur.model.poses import log

__all__ = ["given", "plain_attributes", "timed"]


def given(poses: xr.Dataset, options: ReadOptions) -> xr.Dataset:
    """Checked poses with unit, upward axis and keypoint names as a person gave them.

    Raises
    ------
    UnreadableRecording
        When an option does not fit the poses.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> poses = make_poses([[[0.0], [90.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> given(poses, ReadOptions(unit="cm"))["position"].values.ravel().tolist()
    [0.0, 0.9, 0.0]
    """
    if options.unit or options.up:
        poses = _to_metres(poses, options.unit or "m", options.up or "y")
    return poses if options.mapping is None else _renamed(poses, options.mapping)


def timed(poses: xr.Dataset, fps: float | None) -> xr.Dataset:
    """Poses, not yet checked, with times in seconds and axes in the order of x, y, z.

    Raises
    ------
    UnreadableRecording
        When the frame rate is neither in them nor given.
    """
    if "position" not in poses or "time" not in poses.dims:
        return poses
    for axis in ("space", "world_space"):
        poses = _in_order(poses, axis) if axis in poses.coords else poses
    if fps is not None:
        times = np.arange(poses.sizes["time"]) / fps
        return log(poses.assign_coords(time=times), f"times: {fps:.6g} Hz, given")
    if "time" not in poses.coords or poses.attrs.get("time_unit") == "frames":
        raise UnreadableRecording(
            "Poses need times in seconds, and these have frame numbers alone. Say the "
            "frame rate with --fps."
        )
    return poses


def _in_order(poses: xr.Dataset, space: str) -> xr.Dataset:
    axes = [str(axis) for axis in poses[space].to_numpy().ravel()]
    if sorted(axes) not in (["x", "y"], ["x", "y", "z"]):
        raise UnreadableRecording(
            f"Positions need the axes x, y and perhaps z, and have {axes[:5]}. "
            "Rename them."
        )
    return poses if axes == sorted(axes) else poses.sel({space: sorted(axes)})


def _to_metres(poses: xr.Dataset, unit: str, up: str) -> xr.Dataset:
    if poses.sizes["space"] != 3:
        raise UnreadableRecording(
            "--unit and --up need positions in space, and these are 2D, in pixels. "
            "Leave both out."
        )
    place = to_stage(poses["position"].to_numpy(), up) * UNITS[unit]
    line = f"unit: {unit}, up axis: {up}; given"
    return log(poses.assign(position=(poses["position"].dims, place)), line)


def _renamed(poses: xr.Dataset, mapping: str | Path) -> xr.Dataset:
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    named = find_keypoints(names, mapping)
    made = [ours for ours, (indices, _) in named.sources.items() if len(indices) > 1]
    if made:
        raise UnreadableRecording(
            "Such poses need one name for each keypoint, and the mapping makes "
            f"{', '.join(made)} of several. Map each to one."
        )
    kept = poses.isel(keypoint=[indices[0] for indices, _ in named.sources.values()])
    return log(kept.assign_coords(keypoint=named.keypoints), named.line)


def plain_attributes(attrs: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Attributes that a file can hold: text, numbers, lists of numbers; None left out.

    Raises
    ------
    InvalidPoses
        When one is something else.

    Examples
    --------
    >>> plain_attributes({"fps": 25.0, "note": None})
    {'fps': 25.0}
    """
    plain: dict[str, Any] = {}
    for name, value in attrs.items():
        if value is None:
            continue
        if not isinstance(value, str) and not _is_numeric(value):
            raise InvalidPoses(
                "Attributes of poses need to be text or numbers to be written, and "
                f"{name!r} is a {type(value).__name__}. Turn it into text first."
            )
        plain[str(name)] = value
    return plain


def _is_numeric(value: object) -> bool:
    """Whether this is a number, or a list or array of some."""
    if not isinstance(value, (int, float, list, tuple, np.generic, np.ndarray)):
        return False
    try:
        numbers = np.asarray(value)
    except ValueError:  # a ragged list
        return False
    return numbers.ndim <= 1 and numbers.size > 0 and numbers.dtype.kind in "iuf"
