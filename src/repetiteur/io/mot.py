"""OpenSim's storage files (.mot, .sto): joint angles, or positions of points.

A header of ``key=value`` ends with ``endheader``; then come the columns' names and the
rows. Joint angles of the gait models become a body of the model's own lengths
(:mod:`repetiteur.io._gait_body`); points (``RKNE_tx``, or cells ``1,2,3``) are taken as
they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._columns import columns_of
from repetiteur.io._gait_body import NEEDED, gait_body
from repetiteur.io._kinds import sniffer
from repetiteur.io._tables import Layout, enough_rows, read_table
from repetiteur.io._text import AGAIN, cells, distinct, take_line, text_of
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_mot"]

Array = NDArray[np.float64]

_MAX_HEADER = 1000  # lines
_HEADER = Header("m", "y", floor=True)
_NOT_POSES = re.compile(r"force|torque|moment|activation|excitation|emg", re.IGNORECASE)


@dataclass(frozen=True)
class _Storage:
    """What stands in a storage file."""

    said: dict[str, str]
    names: list[str]
    values: Array


@reader("mot", extensions=(".mot", ".sto"), sniff=sniffer("storage"))
def read_mot(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read joint angles or positions of points from a storage file of OpenSim.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        From angles: those of the file on a body of nominal lengths, as the history
        says; feet then slide and float a little.

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When it holds neither a body's angles nor points.
    """
    storage = _read(text_of(path), path)
    angles = _angles(storage)
    if angles.keys() >= set(NEEDED):
        markers = _from_angles(storage, angles)
    else:
        markers = _from_points(storage, path, mapped=options.mapping is not None)
    return poses_of(markers, path, options)


def _read(data: bytes, path: Path) -> _Storage:
    said: dict[str, str] = {}
    at = 0
    for _ in range(_MAX_HEADER):
        line, at = take_line(data, at)
        if line.strip().lower() == "endheader":
            break
        pair = re.split(r"\s*=\s*|\s+", line.strip(), maxsplit=1)
        said[pair[0].lower()] = pair[-1]
    line = ""
    while at < len(data) and not line.strip():
        line, at = take_line(data, at)
    line = line if "\t" in line.strip() else "\t".join(line.split())
    names = [name for name in cells(line, "\t") if name]
    if not names or names[0].lower() != "time":
        raise DamagedFile(
            "A storage file needs 'endheader' and then the names of its columns, the "
            f"first of them time, and {path.name} has {line[:40]!r}. {AGAIN}"
        )
    body = re.sub(rb"[ \t]*\n[ \t]*", b"\n", data[at:].strip(b" \t"))
    if said.get("datatype", "").lower() == "vec3":
        body = re.sub(rb"[ \t,]+", b"\t", body)
        names = names[:1] + [f"{n}_{axis}" for n in names[1:] for axis in "xyz"]
    else:
        body = re.sub(rb"[ \t]+", b"\t", body)
    values = read_table(body, 0, Layout(len(names), "\t")).values
    enough_rows(said.get("nrows", said.get("datarows", "")), len(values), path)
    return _Storage(said, names, values)


def _angles(storage: _Storage) -> dict[str, Array]:
    """Values by coordinate, angles in degrees."""
    in_degrees = storage.said.get("indegrees", "no").lower() in ("yes", "true", "1")
    found: dict[str, Array] = {}
    for column, label in enumerate(storage.names):
        *path, name = label.rstrip("/").split("/")
        if path and name != "value":
            continue  # a speed, or the state of a muscle
        coordinate = (path[-1] if path else name).lower()
        values = storage.values[:, column]
        lengths = re.fullmatch("pelvis_t[xyz]", coordinate) is not None
        found.setdefault(
            coordinate, values if in_degrees or lengths else np.degrees(values)
        )
    return found


def _from_angles(storage: _Storage, angles: dict[str, Array]) -> Markers:
    names, place, lines = gait_body(angles)
    return Markers(
        names,
        place,
        "OpenSim",
        time=storage.values[:, 0],
        header=_HEADER,
        lines=[
            *lines,
            "warning: angles are the file's, lengths those of OpenSim's gait model: "
            "heights, travel and contacts of the feet are not the dancer's",
        ],
    )


def _from_points(storage: _Storage, path: Path, *, mapped: bool) -> Markers:
    if any(name.endswith("_Ox") for name in storage.names) and not mapped:
        raise UnreadableRecording(
            f"Poses need joints, and {path.name} has the centres of mass of bodies, as "
            "BodyKinematics writes them. Export marker locations, or the joint angles."
        )
    points = columns_of(storage.names).points
    solid = {
        n: a for n, a in points.items() if len(a) == 3 and not _NOT_POSES.search(n)
    }
    if not solid or solid.keys() == {"pelvis"}:
        raise UnreadableRecording(
            "Poses need positions of points, or joint angles of a whole body such as "
            f"{', '.join(NEEDED[:4])}, and {path.name} has "
            f"{', '.join(storage.names[1:6])[:80]}. Export the inverse kinematics, or "
            "the marker locations, of OpenSim's gait models."
        )
    columns = [[axes[axis] for axes in solid.values()] for axis in "xyz"]
    return Markers(
        distinct(list(solid)),
        np.stack([storage.values[:, column] for column in columns], axis=1),
        "OpenSim",
        time=storage.values[:, 0],
        header=_HEADER,
    )
