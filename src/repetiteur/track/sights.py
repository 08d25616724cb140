"""What a tracker sees: people in a picture, the joints of one, a whole recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.regions import COARSE, Region, region_of

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Person:
    """Someone found in a picture.

    Attributes
    ----------
    score : float
        0 to 1.
    box : (4,) float
        Left, top, right and bottom of the face, pixels.
    hips, scale : (2,) float
        Middle of the hips, and the top of a circle round the body, pixels.
    """

    score: float
    box: Array
    hips: Array
    scale: Array

    @property
    def size(self) -> float:
        """From the hips to the top of the circle, pixels, at least 1."""
        return max(float(np.hypot(*(self.scale - self.hips))), 1.0)

    @property
    def region(self) -> Region:
        """Where the landmarks are to be looked for."""
        return region_of(self.hips, self.scale).altered(larger=COARSE, turned=0.0)


@dataclass(frozen=True)
class Look:
    """What the network saw in one region of one picture.

    Attributes
    ----------
    presence : float
        0 to 1: whether there is a dancer at all.
    pixels : (points, 2) float
        Landmarks in the picture, y down.
    confidence : (points,) float
        0 to 1: in the picture, and not hidden.
    world : (points, 3) float
        Metres from the middle of the hips: right in the picture, up, to the camera.
    region : Region
        Where to look for the same dancer in the next picture.
    """

    presence: float
    pixels: Array
    confidence: Array
    world: Array
    region: Region


@dataclass(frozen=True)
class Sights:
    """What was seen in all frames of a recording.

    Attributes
    ----------
    presence : (frames,) float
        0 to 1; 0 where no dancer was found, NaN where no picture could be decoded.
    pixels : (frames, points, 2) float
        In the picture as shown, y down; NaN where not seen.
    confidence : (frames, points) float
    world : (frames, points, 3) float
        Metres from the middle of the hips.
    """

    presence: Array
    pixels: Array
    confidence: Array
    world: Array
