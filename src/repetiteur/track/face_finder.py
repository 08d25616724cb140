"""Where in a picture there are large faces, when no pose says it.

MediaPipe's short-range detector: its anchors and points are those of BlazeFace [1]_.

References
----------
.. [1] V. Bazarevsky et al., "BlazeFace: Sub-millisecond neural face detection on mobile
   GPUs", CVPR Workshop on Computer Vision for Augmented and Virtual Reality, 2019.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.face_regions import ROOM
from repetiteur.track.landmarks import sigmoid
from repetiteur.track.network import Network
from repetiteur.track.regions import Picture, Region

Array = NDArray[np.float64]

#: Least score of a face.
SURE = 0.5
#: (cells of a side, anchors a cell) of the detector's two layers.
_GRIDS = ((16, 2), (8, 6))


class FaceFinder:
    """Finds the largest face of a picture.

    Parameters
    ----------
    weights : Path
    """

    def __init__(self, weights: Path) -> None:
        self._net = Network(weights)
        self._anchors = np.concatenate(
            [np.repeat(_cells(count), each, axis=0) for count, each in _GRIDS]
        )

    def find(self, picture: Picture) -> Region | None:
        """Region of the largest face, None where there is none.

        Parameters
        ----------
        picture : (height, width, 3) uint8
            RGB. A face of less than about a sixth of its longer side is not found.
        """
        height, width = picture.shape[:2]
        whole = Region(width / 2, height / 2, max(width, height), 0.0)
        size = self._net.size
        self._net.run(whole.cut(picture, size).astype(np.float32) / 127.5 - 1.0)
        score = sigmoid(self._net.output(len(self._anchors), 1)[:, 0])
        raw = self._net.output(len(self._anchors), 16).astype(np.float64) / size
        if score.max() < SURE:
            return None
        best = int(np.argmax(np.where(score >= SURE, raw[:, 2] * score, 0.0)))
        places = raw[best, [0, 1, 4, 5, 6, 7]].reshape(3, 2) + self._anchors[best]
        middle, right_eye, left_eye = whole.to_picture(places)
        along = left_eye - right_eye
        return Region(
            x=float(middle[0]),
            y=float(middle[1]),
            side=float(ROOM * whole.side * raw[best, 2:4].max()),
            angle=float(np.arctan2(along[1], along[0])),
        )


def _cells(count: int) -> Array:
    middle = (np.arange(count) + 0.5) / count
    return np.stack(np.meshgrid(middle, middle), axis=-1).reshape(-1, 2)
