"""MediaPipe's landmarks as tables: in space, in shares of the picture, or in pixels.

MediaPipe has no file format, only habits: a row a frame with ``NOSE_x, NOSE_y, NOSE_z,
NOSE_visibility`` or ``x1, y1, z1, v1``, or a row a landmark. Its world landmarks are in
metres about the middle of the hips, y down and z away from the camera; its image
landmarks are 0 to 1 across the picture. Which of them a file holds is told by the hips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import UnreadableRecording
from repetiteur.io._kinds import BLAZE_POSE, point_key, sniffer
from repetiteur.io._long_tables import long_points
from repetiteur.io._plain_tables import Plain, confidences, open_plain, wide_markers
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_mediapipe"]

Array = NDArray[np.float64]

_CENTRED = 0.02  # m: how far the middle of the hips may lie from 0 in world landmarks
_SHARES = (-1.0, 2.0)  # where nearly all image landmarks lie, in shares of the picture
_WIDTHS, _HEIGHTS = ("image_width", "width"), ("image_height", "height")


@reader("mediapipe", extensions=(".csv",), sniff=sniffer("mediapipe"))
def read_mediapipe(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a table of MediaPipe's pose landmarks.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset
        3D from world landmarks, 2D from image landmarks.

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When it holds shares of a picture of unknown size, or no frame rate.
    """
    plain = open_plain(path)
    if point_key(plain.names) is None:
        markers = wide_markers(plain, path, "MediaPipe")
    else:
        markers = _long(plain, path)
    markers = replace(markers, names=_names(markers.names))
    return poses_of(_in_place(markers, _image_size(plain), path), path, options)


def _long(plain: Plain, path: Path) -> Markers:
    found = long_points(plain, path)
    return Markers(
        found.names,
        found.position,
        "MediaPipe",
        time=found.time,
        confidence=confidences(found.confidence, found.position),
        lines=found.lines,
    )


def _names(names: Sequence[str]) -> list[str]:
    """Names of landmarks, where they have numbers, and their usual spelling."""
    plain = [name.strip().casefold().replace(" ", "_") for name in names]
    if not all(name.isdecimal() and len(name) < 4 for name in plain):
        return plain
    first = min(int(name) for name in plain)
    order = [int(name) - min(first, 1) for name in plain]
    return [BLAZE_POSE[k] if k < len(BLAZE_POSE) else f"landmark {k}" for k in order]


def _image_size(plain: Plain) -> tuple[int, int] | None:
    columns = plain.column(*_WIDTHS), plain.column(*_HEIGHTS)
    if None in columns or not len(plain.table.values):
        return None
    width, height = (float(plain.table.values[0, k]) for k in columns if k is not None)
    return (int(width), int(height)) if 0 < width < 1e6 and 0 < height < 1e6 else None


def _in_place(markers: Markers, size: tuple[int, int] | None, path: Path) -> Markers:
    """The landmarks in metres, y up, or in pixels."""
    place = markers.position
    hips = _middle(markers, "left_hip", "right_hip")
    up = _middle(markers, "left_shoulder", "right_shoulder") - hips
    rise = _median(up)
    if len(rise) == 3 and not (rise[1] < 0 and abs(rise[1]) > abs(rise[2])):
        line = "not as MediaPipe's landmarks lie: taken as positions in space"
        return replace(markers, lines=[*markers.lines, line])
    if len(rise) == 3 and (np.abs(_median(hips)) < _CENTRED).all():
        line = "MediaPipe's world landmarks: about the hips, without travel and jumps"
        return replace(
            markers,
            position=place * np.array([1.0, -1.0, -1.0])[:, None],
            header=Header("m", "y"),
            lines=[*markers.lines, f"warning: {line}"],
        )
    flat = place[:, :2]
    inside = (flat > _SHARES[0]) & (flat < _SHARES[1])
    seen = np.isfinite(flat)
    if inside.sum() > 0.9 * seen.sum():
        if size is None:
            raise UnreadableRecording(
                "Landmarks in shares of a picture need its size in columns image_width "
                f"and image_height, and {path.name} has none. Add them, or export "
                "MediaPipe's world landmarks."
            )
        flat = flat * np.array(size, dtype=np.float64)[:, None]
        said = f"shares of a picture of {size[0]} x {size[1]} pixels"
    else:
        said = "pixels"
    line = f"MediaPipe's image landmarks, {said}; depth left out"
    return replace(
        markers, position=flat, image_size=size, lines=[*markers.lines, line]
    )


def _middle(markers: Markers, *names: str) -> Array:
    """The middle of landmarks, (time, space); NaN where one is not there."""
    if not set(names) <= set(markers.names):
        return np.full(markers.position.shape[:2], np.nan)
    at = [list(markers.names).index(name) for name in names]
    middle: Array = markers.position[:, :, at].mean(axis=2)
    return middle


def _median(values: Array) -> Array:
    seen = values[np.isfinite(values).all(axis=1)]
    if not len(seen):
        return np.full(values.shape[1], np.nan)
    middle: Array = np.median(seen, axis=0)
    return middle
