"""A dancer's skeleton, drawn over a picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["body_height", "draw_skeleton", "draw_time"]

Floats = NDArray[np.float64]
RGB = NDArray[np.uint8]
Colour = tuple[int, int, int]

_ARM = ("shoulder", "elbow", "wrist", "hand")
_LEG = ("hip", "knee", "ankle")
_FOOT = ("ankle", "heel", "toe", "ankle")
_TRUNK = ("left_shoulder", "right_shoulder", "right_hip", "left_hip", "left_shoulder")

# Orange and sky blue, told apart by all kinds of colour vision (Okabe & Ito 2008); in
# grey by the style: the left is solid, the right hollow.
_LEFT: Colour = (230, 159, 0)
_RIGHT: Colour = (86, 180, 233)
_MIDDLE: Colour = (245, 245, 245)
_DARK: Colour = (20, 20, 20)

_SURE = 0.5  # confidence from which a bone is drawn in full
_WIDTH = 1 / 100  # of a bone, per body height
_SHIFT = 4  # bits of a pixel's fractions that OpenCV draws with
_FAR = 1 << 14  # pixels beyond which nothing is drawn


def body_height(position: Floats) -> Floats:
    """About how tall each dancer is in the picture.

    Parameters
    ----------
    position : (frames, 2, keypoints, individuals) float
        Pixels; NaN where not seen.

    Returns
    -------
    (individuals,) float
        Pixels: the 90th percentile over time of the larger side of the box round all
        points. 0 of someone never seen.
    """
    seen = ~np.isnan(position)
    low = np.where(seen, position, np.inf).min(axis=2, initial=np.inf)
    high = np.where(seen, position, -np.inf).max(axis=2, initial=-np.inf)
    tall = np.maximum(high - low, 0).max(axis=1, initial=0)
    tall[~np.isfinite(tall)] = 0
    return np.array([_typical(one[one > 0]) for one in tall.T])


def _typical(heights: Floats) -> float:
    return float(np.percentile(heights, 90)) if len(heights) else 0.0


def draw_skeleton(
    picture: RGB,
    points: Floats,
    confidence: Floats,
    names: Sequence[str],
    *,
    tall: float,
) -> None:
    """Draw one dancer over a picture, in place.

    Parameters
    ----------
    picture : (height, width, 3) uint8
    points : (2, keypoints) float
        Pixels. Bones that lack an end are left out.
    confidence : (keypoints,) float
        Below 0.5 at either end a bone is thin and grey.
    names : sequence of str
        Of the keypoints.
    tall : float
        Height of the body in pixels; lines are in proportion.
    """
    where = {name: place for place, name in enumerate(names)}
    width = max(2, round(tall * _WIDTH))
    bones = sorted(_bones(where), key=lambda bone: _is_sure(bone, where, confidence))
    for start, end in bones:
        ends = points[:, [where[start], where[end]]].T
        if np.isnan(ends).any() or np.abs(ends).max() > _FAR:
            continue
        sure = _is_sure((start, end), where, confidence)
        _bone(
            picture, ends, _side((start, end)), width if sure else width // 2, sure=sure
        )


def _bones(where: dict[str, int]) -> list[tuple[str, str]]:
    """Bones of which both ends are among the keypoints."""
    chains: list[tuple[str, ...]] = [_TRUNK]
    for side in ("left", "right"):
        chains += [tuple(f"{side}_{part}" for part in c) for c in (_ARM, _LEG, _FOOT)]
    pairs = [bone for chain in chains for bone in pairwise(chain)]
    return [bone for bone in pairs if bone[0] in where and bone[1] in where]


def _is_sure(bone: tuple[str, str], where: dict[str, int], confidence: Floats) -> bool:
    return bool(min(confidence[where[bone[0]]], confidence[where[bone[1]]]) >= _SURE)


def _side(bone: tuple[str, str]) -> str:
    """Left or right; middle for a bone from one side to the other."""
    start, end = (name.split("_", 1)[0] for name in bone)
    return start if start == end else "middle"


def _bone(picture: RGB, ends: Floats, side: str, width: int, *, sure: bool) -> None:
    colour = {"left": _LEFT, "right": _RIGHT}.get(side, _MIDDLE)
    if not sure:
        colour = _pale(colour)
    _line(picture, ends, _DARK, width + 2)
    _line(picture, ends, colour, width)
    if side == "right" and width > 2:
        _line(picture, ends, _DARK, max(1, width // 3))


def _pale(colour: Colour) -> Colour:
    """Halfway to grey."""
    red, green, blue = ((part + 128) // 2 for part in colour)
    return red, green, blue


def _line(picture: RGB, ends: Floats, colour: Colour, width: int) -> None:
    import cv2  # takes a while to import, and most commands do not draw

    (x1, y1), (x2, y2) = np.round(ends * (1 << _SHIFT)).astype(int).tolist()
    cv2.line(picture, (x1, y1), (x2, y2), colour, max(1, width), cv2.LINE_AA, _SHIFT)


def draw_time(picture: RGB, time_s: float) -> None:
    """Write a time small into the lower left corner, in place.

    Parameters
    ----------
    picture : (height, width, 3) uint8
    time_s : float
    """
    import cv2

    minutes, seconds = divmod(int(time_s * 100), 6000)
    text = f"{minutes}:{seconds // 100:02d}.{seconds % 100:02d}"
    size = max(0.4, min(picture.shape[:2]) / 1000)
    corner = (round(16 * size), picture.shape[0] - round(16 * size))
    for colour, width in ((_DARK, 4), (_MIDDLE, 1)):
        cv2.putText(
            picture, text, corner, cv2.FONT_HERSHEY_SIMPLEX, size, colour,
            max(1, round(width * size)), cv2.LINE_AA,
        )  # fmt: skip
