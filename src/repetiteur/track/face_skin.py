"""How smooth the skin of a face is, and how sharp all of it: what a cover betrays."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from repetiteur.track.regions import Picture

Array = NDArray[np.float64]

__all__ = ["PATCHES", "edges", "sharpness"]

#: Pieces of skin without features, each by four points of the mesh round it: both
#: cheeks, their lower parts, the chin, and both sides of the nose. What a face says
#: hardly draws lines here; fingers, hair, a fan or a sleeve do.
PATCHES: dict[str, tuple[int, int, int, int]] = {
    "right_cheek": (117, 101, 205, 187),
    "left_cheek": (346, 330, 425, 411),
    "right_jowl": (187, 205, 212, 214),
    "left_jowl": (411, 425, 432, 434),
    "chin": (201, 421, 262, 32),
    "right_of_nose": (101, 6, 197, 36),
    "left_of_nose": (330, 6, 197, 266),
}
#: Side of a piece of skin as it is looked at, pixels, and what it is softened by.
_SIDE, _SOFT = 16, 1.0
#: Share of a piece whose slopes lie below what is told.
_HIGH = 80.0
#: Darker than this, of 255, brightness is noise.
_DARK = 20.0
#: Width of a face at which its sharpness is told, pixels: that of the smallest judged.
_SHARP_AT = 60


def edges(picture: Picture, points: Array) -> Array:
    """How steep the brightness of each piece of skin is.

    Parameters
    ----------
    picture : (height, width, 3) uint8
        RGB.
    points : (468 or more, 2 or more) float
        Points of the mesh, pixels.

    Returns
    -------
    (7,) float
        In the order of :data:`PATCHES`: the slope that a fifth of the piece exceeds,
        per sixteenth of its side, over its mean brightness. NaN where it is partly
        beyond the picture's edge.
    """
    corners = np.array([[0, 0], [_SIDE, 0], [_SIDE, _SIDE], [0, _SIDE]], np.float32)
    out = np.full(len(PATCHES), np.nan)
    for n, quad in enumerate(PATCHES.values()):
        place = points[list(quad), :2].astype(np.float32)
        if (place < 0).any() or (place > picture.shape[1::-1]).any():
            continue
        skin = cv2.warpPerspective(
            picture,
            cv2.getPerspectiveTransform(place, corners),
            (_SIDE, _SIDE),
            borderMode=cv2.BORDER_REPLICATE,
        )
        grey = cv2.cvtColor(skin, cv2.COLOR_RGB2GRAY).astype(np.float64)
        soft = cv2.GaussianBlur(grey, (0, 0), _SOFT)
        steep = np.hypot(*np.gradient(soft)) / max(float(soft.mean()), _DARK)
        out[n] = np.percentile(steep, _HIGH)
    return out


def sharpness(picture: Picture, points: Array) -> float:
    """Variance of the Laplacian of a face over the face's own variance.

    Every face is brought to the same width first: the number is then that of the face
    and not of its size.

    Parameters
    ----------
    picture : (height, width, 3) uint8
        RGB.
    points : (points, 2 or more) float
        Points of the face, pixels.

    Returns
    -------
    float
        NaN where the face is beyond the edge or has no contrast.
    """
    low = np.maximum(np.floor(points[:, :2].min(axis=0)), 0).astype(int)
    high = np.maximum(np.ceil(points[:, :2].max(axis=0)).astype(int), 0)
    cut = picture[low[1] : high[1], low[0] : high[0]]
    if min(cut.shape[:2]) < 8:
        return np.nan
    tall = min(max(round(_SHARP_AT * cut.shape[0] / cut.shape[1]), 8), 4 * _SHARP_AT)
    grey = cv2.cvtColor(np.ascontiguousarray(cut), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SHARP_AT, tall), interpolation=cv2.INTER_AREA)
    spread = float(small.astype(np.float64).var())
    if spread < 1.0:
        return np.nan
    return float(cv2.Laplacian(small, cv2.CV_64F).var()) / spread
