"""What a netCDF-4 file holds, as plain arrays; for a process of its own.

NetCDF-4 is HDF5 with conventions: axes are data sets marked as dimension scales, and
other data sets refer to theirs. Only h5py is needed here, so that a process that reads
starts quickly; xarray makes sense of the rest later.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import h5py  # type: ignore[import-untyped]
import numpy as np

from repetiteur.errors import DamagedFile, RepetiteurError
from repetiteur.io._limited import DAMAGE
from repetiteur.io.files import reason

__all__ = ["read_hdf5"]

_MAX_BYTES = 2 << 30
_MAX_NAMES = 10_000
_MAX_TEXT = 1 << 20
_MAX_OBJECTS = 256
_MAX_AXES = 8

_NO_VARIABLE = b"This is a netCDF dimension but not a netCDF variable"
_HIDDEN = frozenset(
    ("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid",
     "_Netcdf4Coordinates", "_nc3_strict", "_NCProperties")
)  # fmt: skip


def read_hdf5(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read the variables and attributes at the root of a netCDF-4 file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    variables : dict of str to (axes, data, attributes)
        Data are an array, or the shape and a flat list of text.
    attributes : dict of str to object
        Text, a list of text, or an array with no or one axis.

    Raises
    ------
    DamagedFile
        When the file is broken, too large, or takes data from other files.
    """
    try:
        with h5py.File(path, "r") as file:
            datasets = _datasets(file, path.name)
            _check(datasets, path.name)
            scales = {name: d for name, d in datasets.items() if _is_scale(d)}
            variables = {
                name: (_axes(name, data, scales), _values(data), _attributes(data))
                for name, data in datasets.items()
                if not (name in scales and _text(data, "NAME").startswith(_NO_VARIABLE))
            }
            return variables, _attributes(file)
    except (RepetiteurError, MemoryError):
        raise
    except DAMAGE as error:
        raise DamagedFile(
            f"{path.name} begins as netCDF (HDF5), and cannot be read on: "
            f"{reason(error).splitlines()[0][:200]}. Copy or write it again."
        ) from error


def _datasets(file: Any, name: str) -> dict[str, Any]:
    """Data sets at the root; none of them may lead to another file."""
    if len(file) > _MAX_OBJECTS:
        raise _too_much(name, f"{len(file)} variables")
    found = {}
    for key in file:
        if not isinstance(file.get(key, getlink=True), h5py.HardLink):
            raise _elsewhere(name, key)
        data = file[key]
        if isinstance(data, h5py.Dataset):
            if data.is_virtual or data.external:
                raise _elsewhere(name, key)
            found[key] = data
    return found


def _elsewhere(name: str, key: str) -> DamagedFile:
    return DamagedFile(
        f"{name} needs to hold its data itself, and {key!r} leads elsewhere. Write it "
        "again as one file."
    )


def _too_much(name: str, what: str) -> DamagedFile:
    return DamagedFile(
        f"{name} needs to hold at most {_MAX_BYTES >> 30} GiB, {_MAX_OBJECTS} "
        f"variables and {_MAX_NAMES:,} names, and has {what}. Write it in parts."
    )


def _check(datasets: dict[str, Any], name: str) -> None:
    """Check kinds and sizes before anything is loaded; as float64, so as used later."""
    total = 0
    for key, data in datasets.items():
        text = h5py.check_string_dtype(data.dtype)
        if text is None and data.dtype.kind not in "biuf":
            raise DamagedFile(
                f"{name} needs numbers and names, and {key!r} is of the kind "
                f"{data.dtype}. Write it again with numbers."
            )
        names = data.size if text and text.length != 1 else 0
        letters = data.size * data.dtype.itemsize if text else 0
        chunk = math.prod(data.chunks or ()) * data.dtype.itemsize
        total += data.size * max(data.dtype.itemsize, 8)
        if (
            names > _MAX_NAMES
            or letters > _MAX_TEXT
            or max(total, chunk) > _MAX_BYTES
            or data.ndim > _MAX_AXES
        ):
            raise _too_much(name, f"{key!r} with the shape {data.shape}")


def _is_scale(data: Any) -> bool:
    return data.ndim > 0 and _text(data, "CLASS") == b"DIMENSION_SCALE"


def _text(data: Any, attribute: str) -> bytes:
    found = data.attrs.get(attribute, b"")
    return found.encode() if isinstance(found, str) else bytes(found)


def _axes(name: str, data: Any, scales: dict[str, Any]) -> list[str]:
    """Names of the axes: a scale is its own, others refer to theirs."""
    if data.ndim == 0:
        return []
    if name in scales:
        axes = [name] if data.ndim == 1 else _numbered(data, scales)
    else:
        places = data.attrs["DIMENSION_LIST"]
        axes = [data.file[place[-1]].name.rpartition("/")[2] for place in places]
    if (
        len(axes) != data.ndim
        or len(set(axes)) < len(axes)
        or not scales.keys() >= {*axes}
    ):
        raise ValueError(f"{name} has {data.ndim} axes, with the names {axes[:9]}")
    return axes


def _numbered(data: Any, scales: dict[str, Any]) -> list[str]:
    """Axes of a scale with several, as it is for names stored letter by letter."""
    numbers = {int(d.attrs["_Netcdf4Dimid"]): name for name, d in scales.items()}
    return [numbers[int(number)] for number in data.attrs["_Netcdf4Coordinates"]]


def _values(data: Any) -> Any:
    text = h5py.check_string_dtype(data.dtype)
    if text is None:
        return _plain(data[...])
    if text.length == 1:  # single letters, joined later
        return data[...]
    words = data.asstr()[...]
    return list(data.shape), [_short(str(word)) for word in np.ravel(words)]


def _plain(numbers: Any) -> Any:
    """Numbers of at most eight bytes, such as every machine has."""
    return numbers.astype(np.float64) if numbers.dtype.itemsize > 8 else numbers


def _short(text: str) -> str:
    if len(text) > _MAX_TEXT:
        raise ValueError(f"a text of {len(text):,} letters")
    return text


def _attributes(owner: Any) -> dict[str, Any]:
    """Attributes that are text or numbers; others mean nothing here."""
    if len(owner.attrs) > _MAX_OBJECTS:
        raise ValueError(f"{len(owner.attrs)} attributes")
    found = {}
    for name in owner.attrs:
        if name not in _HIDDEN:
            value = _attribute(owner.attrs, name)
            if value is not None:
                found[name] = value
    return found


def _attribute(attrs: Any, name: str) -> Any:
    form = attrs.get_id(name)
    if form.shape is None:
        return "" if h5py.check_string_dtype(form.dtype) else None
    size = math.prod(form.shape) * form.dtype.itemsize
    if size > _MAX_TEXT or len(form.shape) > 1:
        raise ValueError(f"the attribute {name!r} is too large")
    value = attrs[name]
    if h5py.check_string_dtype(form.dtype):
        words = [
            _short(word.decode() if isinstance(word, bytes) else str(word))
            for word in np.ravel(value).tolist()
        ]
        return words[0] if len(words) == 1 else words
    if form.dtype.kind not in "biuf":
        return None
    numbers = _plain(np.asarray(value))
    return numbers.reshape(()) if numbers.size == 1 else numbers
