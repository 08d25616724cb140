"""The two hands that draw dancers into pictures: thin and open, thick and filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repetiteur.model.poses import Array

__all__ = ["HANDS", "PAPER", "Hand", "dot", "line", "ring"]

RGB = NDArray[np.uint8]
Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)
_SHIFT = 4  # bits of a pixel's fractions that OpenCV draws with
_FAR = 1 << 14  # pixels beyond which nothing is drawn


@dataclass(frozen=True)
class Hand:
    """How one of the two is drawn.

    Attributes
    ----------
    colour : (red, green, blue)
        As in the page; told apart by width and joints too.
    width : float
        Of a line, per height of the dancer.
    filled : bool
        Whether joints are.
    """

    colour: Colour
    width: float
    filled: bool

    def thickness(self, tall: float) -> int:
        """Of a line, in pixels, for a dancer of so many."""
        return max(2 if self.filled else 1, round(self.width * tall))


HANDS = {
    "ref": Hand((36, 90, 134), 0.0075, filled=False),
    "take": Hand((168, 67, 15), 0.0145, filled=True),
}


def line(
    picture: RGB, points: Array, hand: Hand, tall: float, *, rim: bool = False
) -> None:
    """Draw a line through points, (n, 2) pixels, in place; it breaks at NaN.

    With ``rim`` it has pale edges, so that it stands out from a film.
    """
    for run in _runs(points):
        wide = hand.thickness(tall)
        for colour, width in ((PAPER, wide + 2), (hand.colour, wide))[not rim :]:
            cv2.polylines(
                picture, [run], isClosed=False, color=colour, thickness=width,
                lineType=cv2.LINE_AA, shift=_SHIFT,
            )  # fmt: skip


def dot(picture: RGB, place: Array, hand: Hand, tall: float) -> None:
    """Draw a joint, in place; nothing at NaN."""
    if not np.isfinite(place).all() or np.abs(place).max() > _FAR:
        return
    wide = hand.thickness(tall)
    inner, outer = (hand.colour, PAPER) if hand.filled else (PAPER, hand.colour)
    centre, radius = _fixed(place), (wide + 1) << _SHIFT
    cv2.circle(picture, centre, radius, inner, -1, cv2.LINE_AA, _SHIFT)
    cv2.circle(picture, centre, radius, outer, 1, cv2.LINE_AA, _SHIFT)


def ring(picture: RGB, place: Array, radius: float, hand: Hand, tall: float) -> None:
    """Draw a head, in place; nothing at NaN."""
    if not np.isfinite(place).all() or np.abs(place).max() > _FAR:
        return
    size, wide = round(radius * (1 << _SHIFT)), max(1, hand.thickness(tall) - 1)
    cv2.circle(picture, _fixed(place), size, PAPER, -1, cv2.LINE_AA, _SHIFT)
    cv2.circle(picture, _fixed(place), size, hand.colour, wide, cv2.LINE_AA, _SHIFT)


def _fixed(place: Array) -> Sequence[int]:
    whole: list[int] = np.round(place * (1 << _SHIFT)).astype(int).tolist()
    return whole


def _runs(points: Array) -> list[NDArray[np.int32]]:
    """What stands between missing points, as OpenCV takes it."""
    seen: NDArray[np.bool_] = np.all(np.abs(points) < _FAR, axis=1)  # not NaN either
    fixed = np.round(np.where(seen[:, None], points, 0.0) * (1 << _SHIFT))
    parts = np.split(np.arange(len(points)), np.flatnonzero(~seen))
    runs = [part[seen[part]] for part in parts]
    return [fixed[run].astype(np.int32) for run in runs if run.size > 1]
