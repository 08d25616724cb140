"""Where to cut a picture: the dancer with a margin, two dancers at one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from repetiteur.model.poses import Array

_AROUND_S = 2.0  # the size of a dancer is taken from this long before and after
_MOMENT_S = 0.2
_MARGIN = 0.12  # of the dancer's length, all around: hair, hands and a little floor
_NARROWEST, _WIDEST = 0.6, 1.4  # width over height


@dataclass(frozen=True)
class Frame:
    """A rectangle of a picture, in its pixels; it may reach beyond the picture.

    Examples
    --------
    >>> Frame(left=-10.0, top=50.0, width=20.0, height=40.0).inside(100.0, 80.0)
    Frame(left=0.0, top=40.0, width=20.0, height=40.0)
    """

    left: float
    top: float
    width: float
    height: float

    def inside(self, width: float, height: float) -> Frame:
        """Moved into a picture of this size, as far as it fits."""
        left = _moved(self.left, self.width, width)
        return replace(self, left=left, top=_moved(self.top, self.height, height))


@dataclass(frozen=True)
class Seen:
    """A dancer in a picture.

    Attributes
    ----------
    time : (time,) float
        Seconds.
    points : mapping of str to (time, 2) float
        Pixels, x to the right and y down; NaN where not seen.
    """

    time: Array
    points: Mapping[str, Array]

    def at(self, frame: int) -> dict[str, Array]:
        """The keypoints that are seen in one frame, each (2,)."""
        found = {name: place[frame] for name, place in self.points.items()}
        return {name: p for name, p in found.items() if np.isfinite(p).all()}

    def near(self, frame: int, seconds: float) -> slice:
        """The frames that lie no further than this from one of them."""
        at = self.time[frame]
        first, last = np.searchsorted(self.time, [at - seconds, at + seconds])
        return slice(int(first), max(int(last), frame + 1))


def frame_pair(dancers: list[tuple[Seen, int]]) -> list[Frame | None]:
    """Rectangles around dancers, each at its moment, in which they are equally large.

    Parameters
    ----------
    dancers : list of (Seen, int)
        Each with the index of its moment.

    Returns
    -------
    list of Frame or None
        All of one shape; None where a dancer is not seen.
    """
    places = [(*_bounds(*dancer), _length(*dancer)) for dancer in dancers]
    seen = [place for place in places if np.isfinite(place[0]).all()]
    if not seen:
        return [None for _ in dancers]
    extents = [(high - low) / length for low, high, length in seen]
    width, height = (float(most) for most in np.max(extents, axis=0) + 2 * _MARGIN)
    height = max(height, width / _WIDEST)
    width = max(width, height * _NARROWEST)
    return [
        _around((low + high) / 2, width * length, height * length)
        if np.isfinite(low).all()
        else None
        for low, high, length in places
    ]


def _moved(start: float, length: float, whole: float) -> float:
    if length > whole:
        return (whole - length) / 2
    return min(max(start, 0.0), whole - length)


def _around(centre: Array, width: float, height: float) -> Frame:
    return Frame(
        float(centre[0] - width / 2), float(centre[1] - height / 2), width, height
    )


def _bounds(seen: Seen, frame: int) -> tuple[Array, Array]:
    """Least and largest x and y at the moment; NaN where nothing is seen."""
    when = seen.near(frame, _MOMENT_S)
    places = np.concatenate([place[when] for place in seen.points.values()])
    places = places[np.isfinite(places).all(axis=1)]
    if not places.size:
        return np.full(2, np.nan), np.full(2, np.nan)
    return places.min(axis=0), places.max(axis=0)


def _length(seen: Seen, frame: int) -> float:
    """Trunk and longer leg as they are near the moment, pixels; NaN where unseen.

    A high percentile: limbs that point to the camera look short, never long. Where
    these are not seen, the larger side of what is.
    """
    when = seen.near(frame, _AROUND_S)

    def gap(one: str, other: str) -> Array:
        nothing = np.full((seen.time.size, 2), np.nan)
        a, b = (seen.points.get(name, nothing)[when] for name in (one, other))
        return np.asarray(np.linalg.norm(a - b, axis=1))

    sides = [
        gap(f"{side}_shoulder", f"{side}_hip")
        + gap(f"{side}_hip", f"{side}_knee")
        + gap(f"{side}_knee", f"{side}_ankle")
        for side in ("left", "right")
    ]
    whole = np.fmax(*sides)
    whole = whole[np.isfinite(whole)]
    if whole.size:
        return max(float(np.percentile(whole, 90)), 1.0)
    low, high = _bounds(seen, frame)
    return max(float((high - low).max()), 1.0)
