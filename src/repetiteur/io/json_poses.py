"""JSON of our own: everything that poses hold, as text that any language reads.

::

    {"schema": "repetiteur.poses/1",
     "keypoint": ["pelvis", ...], "individual": ["dancer"], "space": ["x", "y", "z"],
     "time": [0.0, ...],                         seconds
     "position": [[[[0.1, ...], ...]], ...],     time, space, keypoint, individual
     "confidence": [[[1.0, ...], ...], ...],     time, keypoint, individual
     "attrs": {"history": "...", ...}}

Missing is ``null``. Numbers have as many digits as bring them back bit for bit. What a
tracker adds (:data:`repetiteur.model.seen.BESIDE`) stands beside, under its name.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, InvalidPoses, UnreadableRecording
from repetiteur.io._json import numbers, one_line, opening, read_json
from repetiteur.io._whole import given, plain_attributes, timed
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.model.poses import check_poses
from repetiteur.model.seen import BESIDE, DIMS

__all__ = ["SCHEMA", "read_json_poses", "write_json_poses"]

SCHEMA = "repetiteur.poses/1"
_OPENING = re.compile(r'\{\s*"schema"\s*:\s*"repetiteur\.poses/')
_ARRAYS = {
    "position": DIMS,
    "confidence": ("time", "keypoint", "individual"),
    **BESIDE,
}
_NAMES = ("keypoint", "individual", "space", "world_space")
_MAX_NAMES = 10_000
_LISTED = "keypoint, individual, space, time and position"


def is_json_poses(head: bytes) -> bool:
    return _OPENING.match(opening(head)) is not None


@reader("json", extensions=(".json",), sniff=is_json_poses)
def read_json_poses(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read poses as they were written; options are applied where they are given.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``fps`` replaces all times; ``unit`` and ``up`` say what 3D positions are in;
        ``mapping`` renames keypoints, and leaves out those without a name of ours.

    Raises
    ------
    DamagedFile
        When the file is broken or too large.
    UnreadableRecording
        When it is of a later schema, or an option does not fit.
    """
    content = read_json(path)
    if content.get("schema") != SCHEMA:
        raise UnreadableRecording(
            f"Poses in JSON need the schema {SCHEMA}, and {path.name} has "
            f"{one_line(content.get('schema'))}. Write it again, or use the version of "
            "repetiteur that wrote it."
        )
    try:
        poses = check_poses(timed(_dataset(content), options.fps))
    except InvalidPoses as error:
        raise UnreadableRecording(f"{path.name} holds no poses. {error}") from error
    except UnreadableRecording:
        raise
    except (ValueError, TypeError, KeyError) as error:
        _damaged(path, f"has something else: {one_line(error)}", error)
    return given(poses, options)


def _damaged(path: Path, came: str, error: Exception) -> NoReturn:
    raise DamagedFile(
        f"Poses in JSON need {_LISTED}, which fit together, and {path.name} {came}. "
        "Write it again."
    ) from error


def _dataset(content: dict[str, Any]) -> xr.Dataset:
    coords: dict[str, Any] = {"time": numbers(content["time"])}
    for axis in _NAMES:
        if axis in content:
            coords[axis] = _names(content[axis])
    arrays = {
        name: (axes, numbers(content[name]))
        for name, axes in _ARRAYS.items()
        if name in content
    }
    return xr.Dataset(arrays, coords, _attributes(content.get("attrs", {})))


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("names that are no text")
    if len(value) > _MAX_NAMES:
        raise ValueError(f"{len(value)} names")
    return [one_line(name) for name in value]


def _attributes(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("attrs that are no object")
    return {one_line(name): _attribute(found) for name, found in value.items()}


def _attribute(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    given = numbers(value)  # ValueError where it is something else
    if given.ndim > 1 or not given.size or np.isnan(given).any():
        raise ValueError("attrs that are neither text nor numbers")
    return value


@writer("json", extensions=(".json",))
def write_json_poses(poses: xr.Dataset, path: Path) -> None:
    """Write poses as JSON; what is read back is identical.

    Parameters
    ----------
    poses : xarray.Dataset
        Attributes may be text, numbers, or lists of numbers; None is left out.
    path : Path

    Raises
    ------
    InvalidPoses
        When an attribute is something else, or a number is infinite.
    """
    parts: dict[str, str] = {"schema": _text(SCHEMA)}
    for axis in _NAMES:
        if axis in poses.coords:
            parts[axis] = _text([str(name) for name in poses[axis].to_numpy()])
    parts["time"] = _text(poses["time"].to_numpy().tolist())
    for name, axes in _ARRAYS.items():
        if name in poses:
            parts[name] = _rows(poses[name].transpose(*axes).to_numpy())
    attrs = plain_attributes(poses.attrs)
    parts["attrs"] = _text({name: _bare(value) for name, value in attrs.items()})
    lines = ",\n".join(f" {_text(name)}: {part}" for name, part in parts.items())
    path.write_text(f"{{{lines[1:]}}}\n", encoding="utf-8", newline="\n")


def _rows(values: NDArray[np.generic]) -> str:
    """Nested lists, a line for each time; NaN becomes null."""
    plain = values.astype(object)
    plain[np.isnan(values.astype(np.float64))] = None
    return "[" + ",\n  ".join(_text(row) for row in plain.tolist()) + "]"


def _bare(value: Any) -> Any:
    """A number or list as Python has it, of numpy's."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value


def _text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InvalidPoses(
            "Poses in JSON need finite numbers, or NaN where not seen, and some of "
            "these are infinite, or NaN in an attribute. Mark them as missing."
        ) from error
