"""C3D, the format of motion laboratories: points, each with its own gaps."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.io._c3d_header import Layout, is_c3d, layout_of
from repetiteur.io._c3d_read import read_points
from repetiteur.io._c3d_write import GROUP, SOFTWARE, c3d_bytes
from repetiteur.io._own import Own, named_points, own_poses
from repetiteur.io.formats import ReadOptions, reader, writer
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import UNITS, Header

__all__ = ["read_c3d", "write_c3d"]

Array = NDArray[np.float64]

#: Parameters of POINT that name points which are no places in space.
_NO_PLACES = ("ANGLES", "FORCES", "MOMENTS", "POWERS", "SCALARS", "REACTIONS")
#: What systems call the points that nobody named: *12, U_1, uname*3, Unlabeled 7, C_2.
_UNNAMED = re.compile(r"|\*\d*|[uc]_\d+|uname.*|unlabell?ed.*", re.IGNORECASE)
_UNITS = {
    "mm": "mm", "millimeter": "mm", "millimetre": "mm",
    "cm": "cm", "centimeter": "cm", "centimetre": "cm",
    "m": "m", "meter": "m", "metre": "m",
    "in": "in", "inch": "in", "inche": "in",
}  # fmt: skip


@reader("c3d", extensions=(".c3d",), sniff=is_c3d)
def read_c3d(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read a C3D file: its named points, mapped, in metres, y up, NaN for gaps.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        What overrides the header and what would be found.

    Returns
    -------
    xarray.Dataset
        Poses. Points without a name, and angles, forces and the like are left out.

    Raises
    ------
    DamagedFile
        When the file is broken, cut short or too large.
    UnreadableRecording
        When marker names or unit are not known and cannot be found.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> file = getfixture("tmp_path") / "stand.c3d"
    >>> place = [[[0.0, np.nan], [0.9, np.nan], [0.0, np.nan]]]
    >>> write_c3d(make_poses(place, time=[0.0], keypoints=["pelvis", "neck"]), file)
    >>> read_c3d(file, ReadOptions())["position"].values[0, 1, :, 0].round(6)
    array([0.9, nan])
    """
    layout = layout_of(path)
    place = read_points(path, layout)
    if layout.texts("MANUFACTURER", "SOFTWARE") == [SOFTWARE]:
        return own_poses(_own(layout, place, options), path, options)
    names, kept, lines = _named(layout)
    place = place[:, :, kept]
    empty = (place == 0.0).all(axis=1, keepdims=True)
    if empty.any():
        lines.append(f"{empty.sum()} samples at 0, 0, 0 taken as not seen")
        place = np.where(empty, np.nan, place)
    seen = np.flatnonzero(np.isfinite(place).all(axis=1).any(axis=0))
    if len(seen) < len(names):
        lines.append(f"left out: {len(names) - len(seen)} points that were never seen")
    markers = Markers(
        [names[k] for k in seen],
        place[:, :, seen],
        software=_software(layout),
        time=None if layout.rate is None else np.arange(layout.frames) / layout.rate,
        header=Header(unit=_unit(layout), up=_up(layout), floor=True),
        lines=lines,
    )
    return poses_of(markers, path, options)


def _own(layout: Layout, place: Array, options: ReadOptions) -> Own:
    """What we wrote, with the times of which C3D keeps seven digits alone."""
    try:
        start, rate = (float(text) for text in layout.texts(GROUP, "TIME"))
    except ValueError:
        start, rate = 0.0, layout.rate or 1.0
    return Own(
        named_points(_labels(layout)),
        place if options.unit else place * UNITS["mm"],
        start + np.arange(layout.frames) / rate,
        software="C3D of repetiteur",
    )


def _labels(layout: Layout) -> list[str]:
    """A name for each point, empty where it has none."""
    labels = layout.texts("POINT", "LABELS")[: layout.points]
    return labels + [""] * (layout.points - len(labels))


def _named(layout: Layout) -> tuple[list[str], list[int], list[str]]:
    """Names and indices of the points that are places with a name; lines on others."""
    labels = _labels(layout)
    others = {name for kind in _NO_PLACES for name in layout.texts("POINT", kind)}
    unnamed = [bool(_UNNAMED.fullmatch(name.rpartition(":")[2])) for name in labels]
    kept = [k for k, name in enumerate(labels) if not unnamed[k] and name not in others]
    no_places = len(labels) - len(kept) - sum(unnamed)
    lines = [f"left out: {sum(unnamed)} points without a name"] * any(unnamed)
    if no_places:
        lines.append(f"left out: {no_places} angles, forces and other non-positions")
    return [labels[k] for k in kept], kept, lines


def _software(layout: Layout) -> str:
    for name in ("SOFTWARE", "COMPANY"):
        for text in layout.texts("MANUFACTURER", name):
            if text:
                return f"C3D of {text[:60]}"
    return "C3D"


def _unit(layout: Layout) -> str | None:
    said = next(iter(layout.texts("POINT", "UNITS")), "").casefold().rstrip("s.")
    return _UNITS.get(said)


def _up(layout: Layout) -> str | None:
    """The axis that points up on the screen, in files that say it."""
    said = next(iter(layout.texts("POINT", "Y_SCREEN")), "").lstrip("+").casefold()
    return said if said in ("y", "z") else None


@writer("c3d", extensions=(".c3d",))
def write_c3d(poses: xr.Dataset, path: Path) -> None:
    """Write poses as C3D: millimetres, y up, gaps with the residual -1.

    Names, dancers and times come back as they were, and positions to 1e-6 m within 8 m
    of the origin, since C3D keeps 24 bits of each; confidence is not kept. The name of
    a dancer stands before those of the points: ``Anna:left_knee``.

    Parameters
    ----------
    poses : xarray.Dataset
        3D poses in even time steps.
    path : Path

    Raises
    ------
    InvalidPoses
        When C3D cannot hold these poses.
    """
    path.write_bytes(c3d_bytes(poses))
