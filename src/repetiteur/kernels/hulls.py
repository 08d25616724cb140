"""How much room points take up."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import ConvexHull, QhullError

Array = NDArray[np.float64]

#: A hull in space needs this many points.
FEWEST = 4


def volumes(points: ArrayLike) -> Array:
    """Volume of the convex hull of each set of points.

    Parameters
    ----------
    points : (sets, points, 3) float
        NaN means "not seen"; such points are left out.

    Returns
    -------
    (sets,) float
        In the cube of their unit; 0 of points in one plane. NaN with fewer than four
        points.

    Notes
    -----
    By the quickhull algorithm of Qhull, which takes one set at a time: ask for a few
    moments a second, not for every frame.

    Examples
    --------
    >>> cube = np.stack(np.meshgrid([0, 1], [0, 1], [0, 2]), axis=-1).reshape(-1, 3)
    >>> volumes([cube, 2 * cube]).tolist()
    [2.0, 16.0]
    """
    sets = np.asarray(points, dtype=np.float64)
    return np.array([_volume(one) for one in sets], dtype=np.float64)


def _volume(points: Array) -> float:
    seen = points[np.isfinite(points).all(axis=1)]
    if len(seen) < FEWEST:
        return float("nan")
    try:
        return float(ConvexHull(seen).volume)
    except QhullError:  # they lie in one plane
        return 0.0
