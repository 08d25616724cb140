"""For how long points stay where they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from repetiteur.kernels import _contact_loops as loops


def stays(one: ArrayLike, other: ArrayLike, most: float) -> int:
    """For how many frames two points stay where each is first seen, as seen from above.

    Parameters
    ----------
    one, other : (time, 3) float
        y up; NaN = not seen, and not gone either.
    most : float
        A point that is further away is somewhere else, in the unit of the points.

    Returns
    -------
    int
        The first frame in which one of them is; of points that stay all frames.

    Examples
    --------
    >>> still = np.zeros((3, 3))
    >>> stays(still, still + [[0.0, 0.0, 0.0], [0.1, 9.0, 0.0], [0.5, 0.0, 0.0]], 0.3)
    2
    """
    a, b = (np.asarray(place, dtype=np.float64) for place in (one, other))
    return int(loops.stays(a, b, most))
