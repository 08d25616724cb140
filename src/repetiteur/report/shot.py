"""A film once more, cut to its dancer and small: one picture after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.io.video import frames
from repetiteur.model.poses import Array
from repetiteur.report.film import Film, Picture, nearest_of
from repetiteur.report.framing import Frame

__all__ = ["Shot", "shot_of"]

LONGEST = 640  # pixels of the longer side
_MOST_FPS = 30.0
_MARGIN = 0.2  # of the dancer's height, all around: hair, skirts, a little floor
_NARROWEST = 0.6  # width over height


@dataclass(frozen=True)
class Shot:
    """What is shown of a film: which of its pictures, and which part of them.

    Attributes
    ----------
    film : Film
    frames : (pictures,) int
        Numbers of the video's pictures.
    poses : (pictures,) int
        Of each the frame of the poses.
    whole : (width, height)
        Of the video's pictures, made smaller.
    corner : (left, top)
        Of the part of these that is shown, pixels.
    size : (width, height)
        Of that part, even numbers.
    """

    film: Film
    frames: NDArray[np.intp]
    poses: NDArray[np.intp]
    whole: tuple[int, int]
    corner: tuple[int, int]
    size: tuple[int, int]

    @property
    def time_s(self) -> Array:
        """When each picture is shown in the recording, (pictures,) seconds."""
        times: Array = self.film.video.time_s[self.frames]
        return times

    def pictures(self) -> Iterator[tuple[int, Picture]]:
        """The pictures with their numbers, in order; damaged ones are left out.

        Raises
        ------
        DamagedFile
            When the video cannot be read on.
        """
        video, numbers = self.film.video, self.frames
        (left, top), (wide, high) = self.corner, self.size
        wanted = {int(frame): k for k, frame in enumerate(numbers)}
        span = int(numbers[0]), int(numbers[-1]) + 1
        for found in frames(video, *span, longest=max(self.whole)):
            k = wanted.get(found.index)
            if k is not None:
                picture = self.film.shown(found.rgb, int(self.poses[k]))
                yield k, picture[top : top + high, left : left + wide]

    def joints(self, names: Sequence[str]) -> Array:
        """Where keypoints are in each picture, (pictures, names, 2) pixels.

        NaN where one is not seen.
        """
        nowhere = np.full((self.film.seen.time.size, 2), np.nan)
        places = [self.film.seen.points.get(name, nowhere) for name in names]
        small = np.stack(places, axis=1)[self.poses]
        placed: Array = small * self._zoom - np.array(self.corner)
        return placed

    @property
    def _zoom(self) -> Array:
        """Small pixels per pixel of the poses, across and down."""
        zoom: Array = np.array(self.whole) / np.array(self.film.size)
        return zoom


def shot_of(film: Film) -> Shot:
    """The part of a film that the poses cover, cut to where the dancer ever is.

    Of a video with many pictures a second every second, third ... one is taken, so
    that there are about 25 to 40.
    """
    video = film.video
    first, last = int(film.frame_of[0]), int(film.frame_of[-1])
    usual = np.median(np.diff(video.time_s[first : last + 1])) if last > first else 1.0
    numbers = np.arange(first, last + 1, max(1, round(1.0 / (usual * _MOST_FPS))))
    cut = _dancing(film)
    wide, high = film.size
    most = LONGEST / max(
        cut.width * video.width / wide, cut.height * video.height / high
    )
    scale = min(1.0, most)
    longest = max(1, round(scale * max(video.width, video.height)))
    shrink = longest / max(video.width, video.height)
    whole = max(1, round(video.width * shrink)), max(1, round(video.height * shrink))
    per_x, per_y = whole[0] / wide, whole[1] / high
    corner = max(0, int(cut.left * per_x)), max(0, int(cut.top * per_y))
    return Shot(
        film=film,
        frames=numbers,
        poses=nearest_of(film.seen.time, video.time_s[numbers]),
        whole=whole,
        corner=corner,
        size=(
            _even(cut.width * per_x, whole[0] - corner[0]),
            _even(cut.height * per_y, whole[1] - corner[1]),
        ),
    )


def _even(length: float, most: int) -> int:
    """An even number of pixels near a length; odd only where there is but one."""
    return max(1, 2 * (min(round(length), most) // 2))


def _dancing(film: Film) -> Frame:
    """The part of the picture, in pixels of the poses, that the dancer ever fills."""
    wide, high = film.size
    places = np.stack(list(film.seen.points.values()), axis=1)
    low = np.nanmin(np.where(np.isnan(places), np.inf, places), axis=1)
    top = np.nanmax(np.where(np.isnan(places), -np.inf, places), axis=1)
    seen = np.isfinite(low).all(axis=1)
    if not seen.any():
        return Frame(0.0, 0.0, wide, high)
    margin = _MARGIN * float(np.median(top[seen, 1] - low[seen, 1]))
    left, upper = np.maximum(low[seen].min(axis=0) - margin, 0.0)
    right, lower = np.minimum(top[seen].max(axis=0) + margin, [wide, high])
    if right - left < 2.0 or lower - upper < 2.0:
        return Frame(0.0, 0.0, wide, high)
    spare = max(0.0, min(_NARROWEST * (lower - upper), wide) - (right - left))
    cut = Frame(
        float(left - spare / 2),
        float(upper),
        float(right - left + spare),
        float(lower - upper),
    )
    return cut.inside(wide, high)
