"""RTMPose, the optional tracker: 26 points with the feet, and no guess of space.

The network is RTMPose-m [1]_ on the points of Halpe [2]_, the one that rtmlib takes by
default for a body with feet. It runs in onnxruntime alone: rtmlib would bring a second
and a third OpenCV, fetches a file that it does not find, and gives the network blue for
red. People are found by BlazePose's detector, as for the other trackers.

References
----------
.. [1] T. Jiang et al., "RTMPose: Real-time multi-person pose estimation based on
   MMPose", arXiv:2303.07399, 2023. Code and weights Apache-2.0.
.. [2] H.-S. Fang et al., "AlphaPose: Whole-body regional multi-person pose estimation
   and tracking in real-time", IEEE TPAMI 45, 2023.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import MissingWeights
from repetiteur.track.backend import Eyes, Tracker, register
from repetiteur.track.detector import Detector
from repetiteur.track.regions import Picture, Region
from repetiteur.track.sights import Look
from repetiteur.track.weights import path_of

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
#: From a picture (1, 3, 256, 192) to the likeness of each point to each column
#: (26, 384) and to each row (26, 512).
Answers = Callable[[Floats], tuple[Floats, Floats]]

#: Halpe's body and feet, in the network's order; sides are the dancer's own.
POINTS: tuple[str, ...] = (
    "nose",
    *(f"{side}_{part}"
      for part in ("eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
      for side in ("left", "right")),
    "head_top", "neck", "pelvis",
    *(f"{side}_{part}" for part in ("toe", "small_toe", "heel")
      for side in ("left", "right")),
)  # fmt: skip
#: What the network looks at, pixels: the middle of a square region of TALL.
WIDE, TALL = 192, 256
_EDGE = (TALL - WIDE) // 2
#: Columns and rows of the answer for each pixel of the picture.
_SPLIT = 2.0
#: Red, green and blue of the pictures that it learned from: mean and sd.
_MEAN = np.array([123.675, 116.28, 103.53], np.float32)
_SD = np.array([58.395, 57.12, 57.375], np.float32)
#: A point of less confidence is not seen: MMPose's own threshold.
SEEN = 0.3
#: The next region over the box of the points seen: 1.25 as the network learned it, and
#: more, for the hands have no points and the dancer moves until then.
ROOM = 1.5
#: With fewer points seen than this the region stays where it is.
_LEAST_SEEN = 4


class JointNet:
    """Finds the joints of one dancer.

    Parameters
    ----------
    answers : callable
        The network.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

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
            Its world is NaN. The network does not say whether there is a dancer at all:
            presence is one half where confidence is :data:`SEEN` in the mean.
        """
        cut = where.cut(picture, TALL)[:, _EDGE : TALL - _EDGE]
        fed = ((cut - _MEAN) / _SD).transpose(2, 0, 1)[np.newaxis]
        places, sure = decoded(*self._answers(np.ascontiguousarray(fed, np.float32)))
        pixels = where.to_picture(places)
        return Look(
            presence=min(float(sure.mean()) / (2.0 * SEEN), 1.0),
            pixels=pixels,
            confidence=sure,
            world=np.full((len(POINTS), 3), np.nan),
            region=around(pixels, sure, where),
        )


def decoded(columns: Floats, rows: Floats) -> tuple[Array, Array]:
    """Places of the points, and their confidence, from the network's answer.

    Parameters
    ----------
    columns : (points, 384) float
    rows : (points, 512) float
        How well each column and row fits a point (SimCC): the best is the place, and
        the worse of the two maxima is the confidence, as MMPose takes them.

    Returns
    -------
    places : (points, 2) float
        0 to 1 across the square region.
    confidence : (points,) float
        0 to 1.

    Examples
    --------
    >>> columns, rows = np.zeros((1, 384)), np.zeros((1, 512))
    >>> columns[0, 191], rows[0, 255] = 0.9, 0.7  # just before the middle
    >>> places, confidence = decoded(columns, rows)
    >>> (256 * places).tolist(), confidence.tolist()
    ([[128.0, 128.0]], [0.7])
    """
    best = np.stack([columns.argmax(axis=1), rows.argmax(axis=1)], axis=1)
    places = (best / _SPLIT + 0.5 + (_EDGE, 0.0)) / TALL
    sure = np.minimum(columns.max(axis=1), rows.max(axis=1))
    return places, np.clip(sure.astype(np.float64), 0.0, 1.0)


def around(pixels: Array, sure: Array, where: Region) -> Region:
    """Upright region round the points that are seen, where none are the one before.

    Parameters
    ----------
    pixels : (points, 2) float
    sure : (points,) float
        Confidence.
    where : Region
        The one before.

    Returns
    -------
    Region

    Examples
    --------
    >>> corners = np.array([[10.0, 20.0], [40.0, 80.0], [10.0, 80.0], [40.0, 20.0]])
    >>> around(corners, np.ones(4), Region(0.0, 0.0, 9.0, 0.1))
    Region(x=25.0, y=50.0, side=90.0, angle=0.0)
    """
    seen = pixels[sure >= SEEN]
    if len(seen) < _LEAST_SEEN:
        return where
    least, most = seen.min(axis=0), seen.max(axis=0)
    wide, tall = most - least
    x, y = 0.5 * (least + most)
    side = ROOM * max(tall, wide * TALL / WIDE)
    return Region(float(x), float(y), float(side), 0.0)


def _network(weights: Path) -> Answers:
    """The network in onnxruntime, on one thread; its file was checked before."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(weights), options, providers=["CPUExecutionProvider"]
    )
    (entry,) = session.get_inputs()

    def answers(picture: Floats) -> tuple[Floats, Floats]:
        one, other = (out[0] for out in session.run(None, {entry.name: picture}))
        return (one, other) if one.shape[1] < other.shape[1] else (other, one)

    return answers


def _weights() -> dict[str, Path]:
    if find_spec("onnxruntime") is None:
        raise MissingWeights(
            "The tracker rtm needs onnxruntime, which is not installed. Run: pip "
            'install "repetiteur[rtm]"'
        )
    return {
        "people": path_of("pose_detection"),
        "joints": path_of("rtmpose_m_halpe26"),
    }


def _eyes(weights: Mapping[str, Path]) -> Eyes:
    return Eyes(Detector(weights["people"]), JointNet(_network(weights["joints"])))


register(
    Tracker(
        name="rtm",
        software="repetiteur rtm rtmpose-m halpe26",
        keypoints=POINTS,
        weights=_weights,
        eyes=_eyes,
    )
)
