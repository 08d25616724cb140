"""Where in a picture there are people: the BlazePose detector.

The detector, its anchors and the points that it gives are those of MediaPipe's pose
solution [1]_.

References
----------
.. [1] V. Bazarevsky et al., "BlazePose: On-device real-time body pose tracking", CVPR
   Workshop on Computer Vision for Augmented and Virtual Reality, 2020.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.network import Network
from repetiteur.track.regions import Picture, Region
from repetiteur.track.sights import Person

Array = NDArray[np.float64]

#: Least score of a person, and of two finds how much they may overlap (share of both).
SURE, OVERLAP = 0.5, 0.3
#: (cells of a side, anchors a cell) of the detector's three layers.
_GRIDS = ((28, 2), (14, 2), (7, 6))


class Detector:
    """Finds people; one call takes about a sixth of the heavy landmark network's."""

    def __init__(self, weights: Path) -> None:
        self._net = Network(weights)
        self._anchors = _anchors()

    def find(self, picture: Picture) -> list[Person]:
        """People in a picture, the surest first.

        Parameters
        ----------
        picture : (height, width, 3) uint8
            RGB.

        Returns
        -------
        list of Person
        """
        height, width = picture.shape[:2]
        return self._look(picture, Region(width / 2, height / 2, max(width, height), 0))

    def find_small(self, picture: Picture) -> list[Person]:
        """People too small for :meth:`find`, looked for in overlapping squares."""
        height, width = picture.shape[:2]
        side = 0.6 * min(width, height)
        found = [
            person
            for x in _middles(width, side)
            for y in _middles(height, side)
            for person in self._look(picture, Region(x, y, side, 0.0))
        ]
        return _apart(found)

    def _look(self, picture: Picture, where: Region) -> list[Person]:
        size = self._net.size
        cut = where.cut(picture, size)
        self._net.run(cut.astype(np.float32) / 127.5 - 1.0)
        scores = _sigmoid(self._net.output(len(self._anchors), 1)[:, 0])
        sure = np.flatnonzero(scores >= SURE)
        raw = self._net.output(len(self._anchors), 12)[sure].astype(np.float64) / size
        return _apart(
            [
                _person(row, anchor, float(score), where)
                for row, anchor, score in zip(
                    raw, self._anchors[sure], scores[sure], strict=True
                )
            ]
        )


def _anchors() -> Array:
    """Middles of the anchors, (2254, 2), 0 to 1, in the order of the outputs."""
    layers = []
    for cells, each in _GRIDS:
        middle = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
        layers.append(np.repeat(grid, each, axis=0))
    return np.concatenate(layers)


def _person(raw: Array, anchor: Array, score: float, where: Region) -> Person:
    """One row of the output: box middle and size, then the points, from its anchor."""
    middle, size = raw[:2] + anchor, raw[2:4]
    points = raw[4:8].reshape(2, 2) + anchor
    corners = where.to_picture(np.stack([middle - size / 2, middle + size / 2]))
    hips, scale = where.to_picture(points)
    return Person(score, corners.ravel(), hips, scale)


def _apart(people: list[Person]) -> list[Person]:
    """Each person once: finds that overlap are one, weighted by their scores."""
    left = sorted(people, key=lambda person: -person.score)
    out = []
    while left:
        same = [one for one in left if _overlap(left[0].box, one.box) > OVERLAP]
        left = [one for one in left if all(one is not other for other in same)]
        out.append(_mean(same))
    return out


def _mean(same: list[Person]) -> Person:
    weights = np.array([one.score for one in same])

    def mean(rows: list[Array]) -> Array:
        return np.asarray(np.average(np.stack(rows), axis=0, weights=weights))

    return Person(
        score=same[0].score,
        box=mean([one.box for one in same]),
        hips=mean([one.hips for one in same]),
        scale=mean([one.scale for one in same]),
    )


def _overlap(one: Array, other: Array) -> float:
    """Area that two boxes share over the area that they cover together."""
    least, most = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    shared = float(np.prod(np.maximum(most - least, 0.0)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2]))
    return shared / (both - shared) if both > shared else 0.0


def _middles(length: float, side: float) -> list[float]:
    """Middles of squares that cover a length, each over half of the one before."""
    count = max(int(np.ceil((length - side) / (side / 2))), 0) + 1
    return [float(x) for x in np.linspace(side / 2, length - side / 2, count)]


def _sigmoid(logits: NDArray[np.float32]) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -60.0, 60.0))), np.float64)
