"""FreeMoCap's tables: wide (``left_hip_x``), by trajectory (``body_left_hip_x``), long.

Positions are in millimetres, z up. Where the points come several times (``3d_xyz``,
``rigid_3d_xyz``), the first way counts; of body, hands and face, the body.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import xarray as xr

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._kinds import point_key, sniffer
from repetiteur.io._long_tables import long_points
from repetiteur.io._plain_tables import Plain, open_plain, wide_markers
from repetiteur.io.formats import ReadOptions, reader
from repetiteur.io.markers import Markers, poses_of
from repetiteur.io.scale import Header

__all__ = ["read_freemocap"]

_HEADER = Header("mm", "z")
_BODY = "body_"


@reader("freemocap", extensions=(".csv",), sniff=sniffer("freemocap"))
def read_freemocap(path: Path, options: ReadOptions) -> xr.Dataset:
    """Read the 3D points of a body as FreeMoCap writes them.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Returns
    -------
    xarray.Dataset

    Raises
    ------
    DamagedFile
        When the table is broken or cut short.
    UnreadableRecording
        When it holds no body, or the frame rate is not known.
    """
    plain = open_plain(path)
    if point_key(plain.names) is None:
        markers = _body(wide_markers(plain, path, "FreeMoCap"))
    else:
        markers = _long(plain, path)
    if markers.position.shape[1] != 3:
        raise UnreadableRecording(
            f"FreeMoCap's bodies need x, y and z, and {path.name} has x and y alone. "
            "Export the 3D points."
        )
    return poses_of(replace(markers, header=_HEADER), path, options)


def _body(markers: Markers) -> Markers:
    """The points of the body alone, where others are called otherwise."""
    kept = [k for k, name in enumerate(markers.names) if name.startswith(_BODY)]
    if not kept:
        return markers
    left = len(markers.names) - len(kept)
    lines = [f"{left} points beside the body left out"] if left else []
    return replace(
        markers,
        names=[markers.names[k].removeprefix(_BODY) for k in kept],
        position=markers.position[:, :, kept],
        confidence=None,
        lines=[*markers.lines, *lines],
    )


def _long(plain: Plain, path: Path) -> Markers:
    lines: list[str] = []
    for title, wanted in (("trajectory", "3d_xyz"), ("model", "body")):
        column = plain.column(title)
        if column is None or column not in plain.table.names:
            continue
        codes, texts = plain.table.names[column]
        if not texts:
            raise DamagedFile(
                f"A recording needs a frame and a point, and {path.name} has rows of "
                f"no {title}. Export it again."
            )
        likely = sorted(texts, key=lambda text: (text != wanted, wanted not in text))
        plain = plain.rows(codes == texts.index(likely[0]))
        if len(texts) > 1:
            lines.append(f"{title}: {likely[0]} taken of {len(texts)}")
    found = long_points(plain, path)
    return Markers(
        found.names,
        found.position,
        "FreeMoCap",
        time=found.time,
        lines=[*lines, *found.lines],
    )
