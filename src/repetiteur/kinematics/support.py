"""Which leg carries the body."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import geometry
from repetiteur.kernels.medians import median
from repetiteur.model.body import Body

#: A foot this share of the leg's length above the other carries nothing. An expert
#: default: twice the thickness of a shoe's tip over a leg of 0.8 m, no publication.
LIFTED = 0.04
#: The same in a picture, where a foot further from a camera above it looks higher: half
#: a step (0.3 m) in depth with a camera that looks down by 20 degrees.
LIFTED_IN_A_PICTURE = 0.12


def lowest_of_foot(body: Body, side: str) -> NDArray[np.float64]:
    """Height of the lowest seen point of a foot, (time,) metres; NaN = not seen."""
    heights = np.stack(
        [body[f"{side}_{part}"][:, 1] for part in ("ankle", "heel", "toe")]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column of NaN stays NaN
        return np.asarray(np.nanmin(heights, axis=0))


def leg_length(body: Body) -> float:
    """Median of thigh plus shank over both legs, metres; NaN where never seen."""
    lengths = [
        geometry.length(body[f"{side}_hip"] - body[f"{side}_knee"])
        + geometry.length(body[f"{side}_knee"] - body[f"{side}_ankle"])
        for side in ("left", "right")
    ]
    seen = np.concatenate(lengths)
    return median(seen[np.isfinite(seen)])


def support(body: Body) -> NDArray[np.int8]:
    """Which leg carries the body, by the heights of the feet over one another.

    Parameters
    ----------
    body : Body

    Returns
    -------
    (time,) int8
        1 left, -1 right, 0 both (or not seen). A jump reads as the lower foot.

    Examples
    --------
    >>> from types import MappingProxyType
    >>> def still(x, y): return np.array([[x, y, 0.0]])
    >>> body = Body(np.zeros(1), MappingProxyType({
    ...     "left_hip": still(0.1, 0.9), "left_knee": still(0.1, 0.5),
    ...     "left_ankle": still(0.1, 0.1), "right_ankle": still(-0.1, 0.4)}))
    >>> support(body).tolist()
    [1]
    """
    apart = lowest_of_foot(body, "right") - lowest_of_foot(body, "left")
    share = LIFTED if body.space == "3d" else LIFTED_IN_A_PICTURE
    lifted = share * leg_length(body)
    return np.where(apart > lifted, 1, np.where(apart < -lifted, -1, 0)).astype(np.int8)
