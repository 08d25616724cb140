"""Where a dancer's joints are within a region: the BlazePose landmark network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.network import Floats, Network
from repetiteur.track.regions import Picture, Region, region_of
from repetiteur.track.sights import Look

Array = NDArray[np.float64]

_PAIRS = (
    "shoulder", "elbow", "wrist", "pinky", "hand", "thumb",
    "hip", "knee", "ankle", "heel", "toe",
)  # fmt: skip
#: What the network's first 33 landmarks are, in its order; sides are the dancer's own.
LANDMARKS: tuple[str, ...] = (
    "nose",
    *(f"{side}_{eye}" for side in ("left", "right")
      for eye in ("eye_inner", "eye", "eye_outer")),
    *(f"{side}_{part}" for part in ("ear", "mouth", *_PAIRS)
      for side in ("left", "right")),
)  # fmt: skip
#: All that the network gives: two more are the points of the next region.
_ALL = 39
_HIPS, _SCALE = 33, 34
#: Refinement by the heatmap: cells on each side, and the least peak to trust it.
_REACH, _PEAK = 3, 0.5


class LandmarkNet:
    """Finds the joints of one dancer."""

    def __init__(self, weights: Path) -> None:
        self._net = Network(weights)

    def look(self, picture: Picture, where: Region) -> Look:
        """Joints of the dancer in a region of a picture.

        Parameters
        ----------
        picture : (height, width, 3) uint8
            RGB.
        where : Region

        Returns
        -------
        Look
        """
        size = self._net.size
        cut = where.cut(picture, size)
        self._net.run(np.multiply(cut, np.float32(1.0 / 255.0), dtype=np.float32))
        raw = self._net.output(5 * _ALL).reshape(_ALL, 5).astype(np.float64)
        places = refined(raw[:, :2] / size, self._net.output(64, 64, _ALL))
        sure = sigmoid(raw[:33, 3:].min(axis=1))
        pixels = where.to_picture(places)
        return Look(
            presence=float(self._net.output(1)[0]),
            pixels=pixels[:33],
            confidence=sure,
            world=_world(self._net.output(3 * _ALL), where),
            region=region_of(pixels[_HIPS], pixels[_SCALE]),
        )


def _world(answer: Floats, where: Region) -> Array:
    """World landmarks turned back with the region, y up and z to the camera."""
    out = answer.reshape(_ALL, 3)[:33].astype(np.float64)
    out[:, :2] = where.turn(out[:, :2])
    return out * (1.0, -1.0, -1.0)


def refined(places: Array, heatmap: Floats) -> Array:
    """Places moved to the heatmap's middle round them, where it is sure.

    Parameters
    ----------
    places : (points, 2) float
        0 to 1 across the region.
    heatmap : (cells, cells, points) float
        Logits.

    Returns
    -------
    (points, 2) float
    """
    cells = heatmap.shape[0]
    points = np.arange(len(places))
    cell = np.clip((np.nan_to_num(places) * cells).astype(np.int64), -8, cells + 8)
    near = np.arange(-_REACH, _REACH + 1)
    columns = cell[:, 0, None] + near  # (points, 7)
    rows = cell[:, 1, None] + near
    inside = ((columns >= 0) & (columns < cells))[:, None, :] & (
        (rows >= 0) & (rows < cells)
    )[:, :, None]
    logits = heatmap[
        np.clip(rows, 0, cells - 1)[:, :, None],
        np.clip(columns, 0, cells - 1)[:, None, :],
        points[:, None, None],
    ]
    weight = np.where(inside, sigmoid(logits), 0.0)
    total = np.maximum(weight.sum(axis=(1, 2)), 1e-12)
    x = (weight * columns[:, None, :]).sum(axis=(1, 2)) / total
    y = (weight * rows[:, :, None]).sum(axis=(1, 2)) / total
    sure = weight.max(axis=(1, 2)) >= _PEAK
    return np.where(sure[:, None], np.stack([x, y], axis=1) / cells, places)


def sigmoid(logits: NDArray[np.floating]) -> Array:
    """Probabilities from logits, of any shape."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -60.0, 60.0))), np.float64)
