"""NetCDF, the format that keeps everything: gaps, confidence, uneven times, history.

The files are those of the `movement` project, whose older plural names are read too.
What a tracker adds to its poses (:data:`repetiteur.model.seen.BESIDE`) comes back too.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io._limited import DAMAGE, limited
from repetiteur.io.files import reason
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.naming import find_keypoints
from repetiteur.io.scale import UNITS, to_stage
from repetiteur.model.poses import check_poses, log
from repetiteur.model.seen import BESIDE

__all__ = ["read_netcdf", "write_netcdf"]

_SECONDS = 30.0
_BYTES_PER_SECOND = 10e6  # of a slow disk; a large file may take longer
_MAX_SECONDS = 300.0
_MAX_LETTERS = 10_000_000
_SMALL = 1 << 16  # bytes; below, the index of a compressed variable costs what it saves
_TEXTS = ("history", "source_file", "source_software", "time_unit")


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
    except DAMAGE as error:
        raise DamagedFile(
            f"{path.name} needs positions and times as numbers, with names, and has "
            f"something else: {reason(error)}. Write it again."
        ) from error
    if options.unit or options.up:
        poses = _to_metres(poses, options.unit or "m", options.up or "y")
    return poses if options.mapping is None else _renamed(poses, options.mapping)


def _load(path: Path) -> xr.Dataset:
    from repetiteur.io._hdf5 import read_hdf5  # brings h5py, which is not always needed

    seconds = _SECONDS + path.stat().st_size / _BYTES_PER_SECOND
    content = limited(read_hdf5, path, seconds=min(seconds, _MAX_SECONDS))
    try:
        with warnings.catch_warnings(action="ignore"):
            poses = _decoded(*content)
    except DAMAGE as error:
        raise DamagedFile(
            f"{path.name} begins as netCDF (HDF5), and what it holds does not fit "
            f"together: {reason(error).splitlines()[0][:200]}. Copy or write it again."
        ) from error
    for name in {"position", "confidence", *BESIDE} & poses.variables.keys():
        if poses[name].dtype.kind not in "iuf":
            raise DamagedFile(
                f"{path.name} needs numbers as {name}, and has {poses[name].dtype}. "
                "Write it again with numbers."
            )
    return poses


def _decoded(found: dict[str, Any], attributes: dict[str, Any]) -> xr.Dataset:
    """Variables as xarray has them: gaps as NaN, packed numbers unpacked."""
    variables = {
        name: (axes, _array(data), {key: _number(v) for key, v in about.items()})
        for name, (axes, data, about) in found.items()
    }
    attrs = {name: _number(value) for name, value in attributes.items()}
    attrs |= {name: str(attrs[name]) for name in _TEXTS if name in attrs}
    raw = xr.Dataset(variables, attrs=attrs)
    decoded = xr.decode_cf(raw, decode_times=False, decode_timedelta=False)
    return decoded.load().drop_encoding()


def _array(data: Any) -> np.ndarray[Any, np.dtype[Any]]:
    if isinstance(data, np.ndarray):
        return data
    shape, words = data
    if max(map(len, words), default=0) * len(words) > _MAX_LETTERS:
        raise ValueError(f"{len(words)} names, some of them very long")
    return np.array(words, dtype=str).reshape(shape)


def _number(value: Any) -> Any:
    return value[()] if isinstance(value, np.ndarray) else value


def _times(poses: xr.Dataset, fps: float | None) -> xr.Dataset:
    """Poses with times in seconds, or an error that asks for the frame rate."""
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
            "Poses in netCDF need one name for each keypoint, and the mapping makes "
            f"{', '.join(made)} of several. Map each to one."
        )
    kept = poses.isel(keypoint=[indices[0] for indices, _ in named.sources.values()])
    return log(kept.assign_coords(keypoint=named.keypoints), named.line)


@writer("netcdf", extensions=(".nc",))
def write_netcdf(poses: xr.Dataset, path: Path) -> None:
    """Write poses as netCDF; what is read back is identical.

    Long recordings are compressed without loss.

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
    packed = {
        name: {"zlib": True, "complevel": 1, "shuffle": True}
        for name, data in plain.data_vars.items()
        if data.dtype.kind in "iuf" and data.nbytes > _SMALL
    }
    # By way of memory: on a full disk HDF5 cannot close its file, and crashes later.
    path.write_bytes(plain.to_netcdf(None, engine="h5netcdf", encoding=packed))


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
