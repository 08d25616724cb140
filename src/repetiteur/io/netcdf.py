"""NetCDF, the format that keeps everything: gaps, confidence, uneven times, history.

The files are those of the `movement` project, whose older plural names are read too.
What a tracker adds to its poses (:data:`repetiteur.model.seen.BESIDE`) comes back too.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io._limited import DAMAGE, limited
from repetiteur.io._whole import given, plain_attributes, timed
from repetiteur.io.files import reason
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.model.poses import check_poses
from repetiteur.model.seen import BESIDE

__all__ = ["read_netcdf", "write_netcdf"]

_SECONDS = 8.0  # a whole file of a few minutes takes a tenth of one
_BYTES_PER_SECOND = 10e6  # of a slow disk; a large file may take longer
_MAX_SECONDS = 300.0
_MAX_LETTERS = 10_000_000
_SMALL = 1 << 16  # bytes; below, the index of a compressed variable costs what it saves
#: What `movement` wants to be told, and what holds of all poses here.
_MOVEMENT = {"ds_type": "poses", "time_unit": "seconds"}
_TEXTS = ("history", "source_file", "source_software", *_MOVEMENT)


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
        poses = check_poses(timed(poses, options.fps))
    except InvalidPoses as error:
        raise UnreadableRecording(f"{path.name} holds no poses. {error}") from error
    except UnreadableRecording:
        raise
    except DAMAGE as error:
        raise DamagedFile(
            f"{path.name} needs positions and times as numbers, with names, and has "
            f"something else: {reason(error)}. Write it again."
        ) from error
    said = [name for name, value in _MOVEMENT.items() if poses.attrs.get(name) == value]
    poses.attrs = {k: v for k, v in poses.attrs.items() if k not in said}
    return given(poses, options)


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
    plain.attrs = _MOVEMENT | plain_attributes(poses.attrs)
    plain = plain.drop_encoding()
    packed = {
        name: {"zlib": True, "complevel": 1, "shuffle": True}
        for name, data in plain.data_vars.items()
        if data.dtype.kind in "iuf" and data.nbytes > _SMALL
    }
    # By way of memory: on a full disk HDF5 cannot close its file, and crashes later.
    path.write_bytes(plain.to_netcdf(None, engine="h5netcdf", encoding=packed))
