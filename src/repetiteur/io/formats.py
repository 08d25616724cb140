"""The formats that can be read and written: a registry, and two functions.

A format is a decorated function. :func:`read_poses` looks at the first bytes of a
file, never at its name alone, since names lie::

    @reader("mine", extensions=(".mine",), sniff=lambda head: head[:4] == b"MINE")
    def read(path, options): ...

Other packages announce theirs under ``repetiteur.formats``, see
:mod:`repetiteur.plugins`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import numpy as np
import xarray as xr

from repetiteur import plugins
from repetiteur.errors import (
    CannotWrite,
    InvalidPoses,
    RepetiteurError,
    UnknownFormat,
    UnreadableRecording,
)
from repetiteur.io._containers import container_of
from repetiteur.io.files import head_of, replacing, unreadable
from repetiteur.io.scale import UNITS, UP_AXES
from repetiteur.model.poses import check_poses, log, rate

__all__ = [
    "Format",
    "ReadOptions",
    "formats",
    "is_recording",
    "is_recording_folder",
    "read_poses",
    "readable_endings",
    "reader",
    "writable_endings",
    "write_poses",
    "writer",
]

#: Motion is captured at 24 (film) to 1000 frames a second; beyond, a header lies.
_SLOWEST, _FASTEST = 20.0, 1000.0

_BUILT_IN = (
    "repetiteur.io.amass",
    "repetiteur.io.bvh",
    "repetiteur.io.c3d",
    "repetiteur.io.coco",
    "repetiteur.io.csv_tables",
    "repetiteur.io.deepmimic",
    "repetiteur.io.freemocap",
    "repetiteur.io.json_poses",
    "repetiteur.io.mediapipe_csv",
    "repetiteur.io.mot",
    "repetiteur.io.motive",
    "repetiteur.io.netcdf",
    "repetiteur.io.openpose",
    "repetiteur.io.qualisys",
    "repetiteur.io.trc",
    "repetiteur.io.xsens",
)


@dataclass(frozen=True)
class ReadOptions:
    """What the person knows better than the file's header.

    Attributes
    ----------
    fps : float or None
        Frames per second.
    unit : {"m", "cm", "mm", "in"} or None
        Unit of length in the file.
    up : {"y", "z"} or None
        Upward axis in the file.
    mapping : str, Path or None
        Name of a mapping of joint names, or a YAML or JSON file with one.
    """

    fps: float | None = None
    unit: str | None = None
    up: str | None = None
    mapping: str | Path | None = None

    def __post_init__(self) -> None:
        """Refuse values that no file can mean."""
        if self.fps is not None and not (math.isfinite(self.fps) and self.fps > 0):
            raise _bad_option("fps", "a number above 0", self.fps)
        if self.unit is not None and self.unit not in UNITS:
            raise _bad_option("unit", f"one of {', '.join(UNITS)}", self.unit)
        if self.up is not None and self.up not in UP_AXES:
            raise _bad_option("up", f"one of {', '.join(UP_AXES)}", self.up)


def _bad_option(name: str, needed: str, came: object) -> UnreadableRecording:
    return UnreadableRecording(
        f"{name} needs {needed}, and is {came!r}. Correct it, or leave it out."
    )


Reader = Callable[[Path, ReadOptions], xr.Dataset]
Writer = Callable[[xr.Dataset, Path], None]
Sniff = Callable[[bytes], bool]
FolderSniff = Callable[[Path], bool]


@dataclass(frozen=True)
class Format:
    """One format of motion files.

    Attributes
    ----------
    name : str
        Short name: ``bvh``.
    extensions : tuple of str
        Usual endings, lower case, with the dot; the first is the proper one.
    written : tuple of str
        Endings that ask for this format when poses are written; the longest that fits a
        name counts.
    sniff : callable or None
        Says from a file's first 4096 bytes whether it is of this format.
    folder : callable or None
        ``folder(path)`` says whether a folder is a recording of this format; None where
        recordings are files.
    read : callable or None
        ``read(path, options) -> poses``; None where the format is only written.
    write : callable or None
        ``write(poses, path)``; None where the format is only read.
    """

    name: str
    extensions: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    sniff: Sniff | None = None
    folder: FolderSniff | None = None
    read: Reader | None = None
    write: Writer | None = None


_registry: dict[str, Format] = {}


def reader(
    name: str,
    *,
    extensions: tuple[str, ...],
    sniff: Sniff,
    folder: FolderSniff | None = None,
) -> Callable[[Reader], Reader]:
    """Register a function that reads a format.

    Parameters
    ----------
    name : str
        Short name of the format.
    extensions : tuple of str
        Usual endings, with the dot.
    sniff : callable
        From the first 4096 bytes (fewer in a short file): is it this format? It must
        not raise.
    folder : callable, optional
        From the path of a folder: is it a recording of this format, with a file a frame
        or so? It must not raise, and should look at a few names alone.

    Returns
    -------
    callable
        A decorator for ``read(path, options) -> poses``, which raises
        :class:`~repetiteur.errors.DamagedFile` when the content is broken.
    """

    def register(function: Reader) -> Reader:
        known = _registry.get(name, Format(name))
        _registry[name] = replace(
            known, extensions=extensions, sniff=sniff, folder=folder, read=function
        )
        return function

    return register


def writer(name: str, *, extensions: tuple[str, ...]) -> Callable[[Writer], Writer]:
    """Register a function that writes a format.

    Parameters
    ----------
    name : str
        Short name of the format.
    extensions : tuple of str
        Endings, with the dot, that ask for this format.

    Returns
    -------
    callable
        A decorator for ``write(poses, path)``. The path is a passing name; the file
        gets its own when it is whole.
    """

    def register(function: Writer) -> Writer:
        known = _registry.get(name, Format(name))
        read = known.extensions or extensions
        _registry[name] = replace(
            known, extensions=read, written=extensions, write=function
        )
        return function

    return register


@cache
def _load_all() -> None:
    for module in _BUILT_IN:
        import_module(module)
    plugins.load(plugins.FORMATS)


def formats() -> Mapping[str, Format]:
    """All formats that are known, by name; those of plugins included.

    Examples
    --------
    >>> sorted(formats()["bvh"].extensions)
    ['.bvh']
    """
    _load_all()
    return MappingProxyType(_registry)


def readable_endings() -> tuple[str, ...]:
    """Usual endings of all files that can be read, lower case, with the dot."""
    able = {e for f in formats().values() if f.read for e in f.extensions}
    return tuple(sorted(able))


def writable_endings() -> tuple[str, ...]:
    """Endings that poses can be written with, lower case, with the dot."""
    return tuple(sorted({e for f in formats().values() if f.write for e in f.written}))


def writer_for(path: Path) -> Writer | None:
    """The writer that a file's name asks for: that of the longest ending that fits."""
    name = path.name.lower()
    able = {e: f.write for f in formats().values() if f.write for e in f.written}
    fitting = [ending for ending in able if name.endswith(ending)]
    return able[max(fitting, key=len)] if fitting else None


def is_recording(path: Path) -> bool:
    """Whether some reader knows the content of a file; no when it cannot be read."""
    try:
        head = head_of(path)
    except UnreadableRecording:
        return False
    return any(f.sniff(head) for f in formats().values() if f.read and f.sniff)


def is_recording_folder(path: Path) -> bool:
    """Whether a folder is a recording itself, and not one that holds recordings."""
    return _is_folder(path) and any(
        f.folder is not None and f.folder(path) for f in formats().values()
    )


def read_poses(
    path: str | Path,
    *,
    fps: float | None = None,
    unit: str | None = None,
    up: str | None = None,
    mapping: str | Path | None = None,
) -> xr.Dataset:
    """Read the poses of a motion file, whatever its format.

    Parameters
    ----------
    path : str or Path
        The file. Its content decides the format; its name is only a hint.
    fps : float, optional
        Frames per second, where the header is missing or lies.
    unit : {"m", "cm", "mm", "in"}, optional
        Unit of length; found from the dancer's size if not given.
    up : {"y", "z"}, optional
        Upward axis; found from the dancer's trunk if not given.
    mapping : str or Path, optional
        Name of a mapping of joint names, or a YAML or JSON file with one.

    Returns
    -------
    xarray.Dataset
        Poses; what was found, and what was overridden, stands in their history.

    Raises
    ------
    UnreadableRecording
        When the file cannot be opened, or an option does not fit.
    UnknownFormat
        When no reader knows the content.
    DamagedFile
        When a reader knows it, and it is broken.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "one.nc"
    >>> poses = make_poses([[[0.0], [1.0], [0.0]]], time=[0.0], keypoints=["pelvis"])
    >>> write_poses(poses, file)
    >>> read_poses(file).identical(read_poses(file))
    True
    """
    options = ReadOptions(fps=fps, unit=unit, up=up, mapping=mapping)
    recording = Path(path)
    read = _folder_reader(recording) or _reader_for(recording, head_of(recording))
    try:
        with np.errstate(all="ignore"):  # absurd numbers, refused where they matter
            poses = check_poses(read(recording, options))
    except InvalidPoses as error:
        raise UnreadableRecording(
            f"{recording.name} holds no poses. {error}"
        ) from error
    except RepetiteurError as error:
        error.add_note(f"while reading {recording.name}")
        raise
    except (OSError, MemoryError) as error:
        raise unreadable(recording, error) from error
    poses = poses.assign_attrs(
        source_file=poses.attrs.get("source_file") or recording.name
    )
    return poses if fps is not None else _rate_doubted(poses)


def _rate_doubted(poses: xr.Dataset) -> xr.Dataset:
    """Poses with a warning where motion in space has a rate that no system has."""
    hertz = rate(poses)
    if poses.sizes["space"] == 2 or not (hertz < _SLOWEST or hertz > _FASTEST):
        return poses
    slip = 10.0 if hertz < _SLOWEST else 0.1
    return log(
        poses,
        f"warning: times: {hertz:.4g} Hz is no rate of motion capture "
        f"({_SLOWEST:g} to {_FASTEST:g} Hz), and turns, jumps and speeds follow from "
        f"it; if the header lies, give --fps ({slip * hertz:.4g} would be a slip of "
        "the decimal point)",
    )


def write_poses(poses: xr.Dataset, path: str | Path) -> None:
    """Write poses in the format that the file's ending asks for.

    Parameters
    ----------
    poses : xarray.Dataset
        Checked before anything is written.
    path : str or Path
        File to write; replaced when the new one is whole, never half-written.

    Raises
    ------
    InvalidPoses
        When the poses break the conventions, or the format cannot hold them.
    CannotWrite
        When no format has this ending, or the place cannot be written.
    """
    target = Path(path)
    write = writer_for(target)
    if write is None:
        raise CannotWrite(
            f"Poses can be written as {', '.join(writable_endings())}, and "
            f"{target.name!r} ends in {target.suffix or 'nothing'!r}. Choose one of "
            "these endings."
        )
    checked = check_poses(poses)
    with replacing(target) as part:
        write(checked, part)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, or a folder that may not be looked into
        return False


def _folder_reader(path: Path) -> Reader | None:
    if not _is_folder(path):
        return None
    able = (f.read for f in formats().values() if f.folder and f.folder(path))
    return next(able, None)


def _reader_for(path: Path, head: bytes) -> Reader:
    suffix = path.suffix.lower()
    fitting = sorted(
        (f for f in formats().values() if f.read and f.sniff and f.sniff(head)),
        key=lambda f: suffix not in f.extensions,
    )
    if fitting and fitting[0].read is not None:
        return fitting[0].read
    known = ", ".join(
        f"{name} ({' '.join(f.extensions)})"
        for name, f in sorted(formats().items())
        if f.read
    )
    if container_of(head) is not None:
        raise UnknownFormat(
            f"Poses are read from motion files, {known}, and {path.name} is a video or "
            "sound. Make poses of a video first, with: repetiteur track."
        )
    raise UnknownFormat(
        f"A recording needs to be one of {known}, and the content of {path.name} is "
        "none of these, whatever its name says. Export it in one of these formats."
    )
