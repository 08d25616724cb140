"""The points of a C3D file whose header has been checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.io._c3d_header import Layout, floats_of, order_of

__all__ = ["read_points"]


def read_points(path: Path, layout: Layout) -> NDArray[np.float64]:
    """Positions of all points.

    Parameters
    ----------
    path : Path
    layout : Layout
        Of this file.

    Returns
    -------
    (time, 3, point) float
        In the file's unit and axes; NaN where the residual is negative, which means
        that the point was not seen.
    """
    real = layout.scale < 0
    size = 4 if real else 2
    row = 4 * layout.points + layout.analogs
    with path.open("rb") as file:
        file.seek(layout.begin)
        raw = np.fromfile(file, np.uint8, layout.frames * row * size)
    points = raw.reshape(layout.frames, row, size)[:, : 4 * layout.points]
    if real:
        values = floats_of(points.tobytes(), layout.machine)
    else:
        whole = np.frombuffer(points.tobytes(), f"{order_of(layout.machine)}i2")
        values = whole.astype(np.float64)
    four = values.reshape(layout.frames, layout.points, 4)
    place = four[..., :3] if real else four[..., :3] * layout.scale
    seen = four[..., 3:] > -1.0
    return np.where(seen, place, np.nan).transpose(0, 2, 1)
