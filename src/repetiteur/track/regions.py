"""The square of the picture in which the network looks for one dancer."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

#: Side of a region over the distance from the middle of the hips to the scale point.
#: MediaPipe's own is 2.5. On calibrated video (``benchmarks/tracking.py``) a smaller
#: one is truer, elbows by a tenth, down to 2.2; at 2.0 limbs are cut off, and all is
#: lost.
REACH = 2.3
#: A region from a detection alone has this much more room: it is coarse.
COARSE = 1.1


@dataclass(frozen=True)
class Region:
    """A square round a dancer, turned so that the dancer stands upright in it.

    Attributes
    ----------
    x, y : float
        Its middle, pixels of the picture, y down.
    side : float
        Length of its sides, pixels.
    angle : float
        How far it is turned clockwise, radians; 0 is upright.
    """

    x: float
    y: float
    side: float
    angle: float

    @property
    def scale(self) -> Array:
        """The scale point that :func:`region_of` would take it from, (2,) pixels."""
        reach = self.side / REACH
        along = np.array([np.sin(self.angle), -np.cos(self.angle)])
        return np.array([self.x, self.y]) + reach * along

    def matrix(self, size: int) -> Array:
        """Affine map (2, 3) from pixels of a cut of ``size`` to the picture's.

        Both count from the middle of the first pixel, as OpenCV does.
        """
        step = self.side / size
        cos, sin = np.cos(self.angle) * step, np.sin(self.angle) * step
        middle = 0.5 * (size - 1)
        return np.array(
            [
                [cos, -sin, self.x - 0.5 - (cos - sin) * middle],
                [sin, cos, self.y - 0.5 - (sin + cos) * middle],
            ]
        )

    def cut(self, picture: Picture, size: int) -> Picture:
        """The region as an upright picture, (size, size, 3); black beyond the edge.

        Pixels are sampled, not averaged, as they were when the networks were trained:
        averaging the picture over blocks first was slower and no truer (elbow 4.1
        against 3.8 degrees on calibrated video).
        """
        return np.asarray(
            cv2.warpAffine(
                picture,
                self.matrix(size),
                (size, size),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_CONSTANT,
            ),
            dtype=np.uint8,
        )

    def to_picture(self, places: Array) -> Array:
        """Places in the region, 0 to 1 from its upper left corner, in pixels.

        Parameters
        ----------
        places : (points, 2) float

        Returns
        -------
        (points, 2) float

        Examples
        --------
        >>> Region(100.0, 50.0, 20.0, 0.0).to_picture(np.array([[0.5, 0.0]])).tolist()
        [[100.0, 40.0]]
        """
        return np.array([self.x, self.y]) + self.turn((places - 0.5) * self.side)

    def turn(self, directions: Array) -> Array:
        """Directions (..., 2) of the upright region as they lie in the picture."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return np.asarray(directions @ np.array([[cos, sin], [-sin, cos]]))

    def altered(self, *, larger: float, turned: float) -> Region:
        """The region with its side times ``larger``, ``turned`` radians clockwise."""
        return Region(self.x, self.y, self.side * larger, self.angle + turned)


def region_of(hips: Array, scale: Array) -> Region:
    """Region of a dancer from two points, (2,) pixels each.

    Parameters
    ----------
    hips : (2,) float
        Middle of the hips.
    scale : (2,) float
        The point of a circle round the whole body that lies over the head.

    Returns
    -------
    Region

    Examples
    --------
    >>> region_of(np.array([50.0, 60.0]), np.array([50.0, 20.0]))
    Region(x=50.0, y=60.0, side=92.0, angle=0.0)
    """
    along = scale - hips
    return Region(
        x=float(hips[0]),
        y=float(hips[1]),
        side=float(REACH * np.hypot(*along)),
        angle=float(np.arctan2(along[0], -along[1])),
    )
