"""NetCDF, the format that keeps everything: gaps, confidence, uneven times, history.

The files are those of the `movement` project, whose older plural names are read too.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io.files import reason
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.naming import find_keypoints
from repetiteur.io.scale import UNITS, to_stage
from repetiteur.model.poses import check_poses, log

__all__ = ["read_netcdf", "write_netcdf"]

_MAX_BYTES = 2 << 30
_MAX_NAMES = 10_000

# What h5netcdf, h5py and xarray raise on content that is not what it should be.
_DAMAGE = (
    OSError, ValueError, LookupError, RuntimeError, TypeError, AttributeError,
    ArithmeticError, AssertionError, MemoryError,
)  # fmt: skip


def _is_hdf5(head: bytes) -> bool:
    return head.startswith(b"\x89HDF\r\n\x1a\n")


@reader("netcdf", extensions=(".nc",), sniff=_is_hdf5)
def read_netcdf(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read poses from netCDF as they are; options are applied where they are given.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``fps`` replaces all times; ``unit`` and ``up`` say what 3D positions are in;
        ``mapping`` renames keypoints, and leaves out those without a name of ours.

    Returns
    -------
    xarray.Dataset
        In memory; the file is closed.

    Raises
    ------
    DamagedFile
        When the file is broken or too large.
    UnreadableRecording
        When it holds no poses, or an option does not fit them.
    """
    poses = _load(path)
    try:
        poses = check_poses(_times(poses, options.fps))
    except InvalidPoses as error:
        raise UnreadableRecording(f"{path.name} holds no poses. {error}") from error
    except _DAMAGE as error:
        raise DamagedFile(
            f"{path.name} needs positions and times as numbers, with names, and has "
            f"something else: {reason(error)}. Write it again."
        ) from error
    if options.unit or options.up:
        poses = _to_metres(poses, options.unit or "m", options.up or "y")
    return poses if options.mapping is None else _renamed(poses, options.mapping)


def _load(path: Path) -> xr.Dataset:
    try:
        with xr.open_dataset(
            path, engine="h5netcdf", decode_times=False, decode_timedelta=False
        ) as lazy:
            _check_sizes(lazy, path.name)
            return lazy.load().drop_encoding()
    except DamagedFile:
        raise
    except _DAMAGE as error:
        raise DamagedFile(
            f"{path.name} begins as netCDF (HDF5), and cannot be read on: "
            f"{reason(error).splitlines()[0][:200]}. Copy or write it again."
        ) from error


def _check_sizes(lazy: xr.Dataset, name: str) -> None:
    for variable, data in lazy.variables.items():
        if data.dtype.kind not in "biufUSOT":
            raise DamagedFile(
                f"{name} needs numbers and names, and {variable!r} is of the kind "
                f"{data.dtype}. Write it again with numbers."
            )
        if variable in ("position", "confidence") and data.dtype.kind not in "iuf":
            raise DamagedFile(
                f"{name} needs numbers as {variable}, and has {data.dtype}. Write it "
                "again with numbers."
            )
        names_only = data.dtype.kind in "USOT"
        if data.nbytes > _MAX_BYTES or (names_only and data.size > _MAX_NAMES):
            raise DamagedFile(
                f"{name} needs to hold at most {_MAX_BYTES >> 30} GiB and "
                f"{_MAX_NAMES:,} names, and {variable!r} has the shape {data.shape}. "
                "Write it in parts."
            )


def _times(poses: xr.Dataset, fps: float | None) -> xr.Dataset:
    """Poses with times in seconds, or an error that asks for the frame rate."""
    if "position" not in poses or "time" not in poses.dims:
        return poses
    if "space" in poses.coords:
        poses = _in_order(poses)
    if fps is not None:
        times = np.arange(poses.sizes["time"]) / fps
        return log(poses.assign_coords(time=times), f"times: {fps:.6g} Hz, given")
    if "time" not in poses.coords or poses.attrs.get("time_unit") == "frames":
        raise UnreadableRecording(
            "Poses need times in seconds, and these have frame numbers alone. Say the "
            "frame rate with --fps."
        )
    return poses


def _in_order(poses: xr.Dataset) -> xr.Dataset:
    axes = [str(axis) for axis in poses["space"].to_numpy().ravel()]
    if sorted(axes) not in (["x", "y"], ["x", "y", "z"]):
        raise UnreadableRecording(
            f"Positions need the axes x, y and perhaps z, and have {axes[:5]}. "
            "Rename them."
        )
    return poses if axes == sorted(axes) else poses.sel(space=sorted(axes))


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
    found, line = find_keypoints(names, mapping)
    kept = poses.isel(keypoint=list(found.values()))
    return log(kept.assign_coords(keypoint=list(found)), line)


@writer("netcdf", extensions=(".nc",))
def write_netcdf(poses: xr.Dataset, path: Path) -> None:
    """Write poses as netCDF; what is read back is identical.

    Parameters
    ----------
    poses : xarray.Dataset
        Attributes may be text, numbers, or lists of numbers; None is left out.
    path : Path

    Raises
    ------
    InvalidPoses
        When an attribute is something else.
    """
    plain = poses.assign_attrs({})
    plain.attrs = _attributes(poses.attrs)
    plain = plain.drop_encoding()
    try:
        plain.to_netcdf(path, engine="h5netcdf")
    except RuntimeError as error:  # how HDF5 reports some failures to write
        raise OSError(None, reason(error).splitlines()[0]) from error


def _attributes(attrs: Mapping[Hashable, Any]) -> dict[str, Any]:
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
