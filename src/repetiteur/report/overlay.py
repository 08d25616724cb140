"""The video once more, with the skeleton over the dancer: to see what was tracked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.errors import InvalidPoses
from repetiteur.io.video import Video, frames
from repetiteur.io.video_writer import write_video
from repetiteur.report.drawn import body_height, draw_skeleton, draw_time
from repetiteur.report.faces import blurred, heads

__all__ = ["write_overlay"]

Floats = NDArray[np.float64]
RGB = NDArray[np.uint8]
#: ``progress(done, total)``, in frames.
Progress = Callable[[int, int], None]

_SAME_TIME_S = 0.05  # by which times of poses and pictures may differ
_LONGEST = 1920


def write_overlay(
    video: Video,
    poses: xr.Dataset,
    path: str | Path,
    *,
    blur_faces: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write a video with the tracked skeletons drawn over the dancers.

    The left is orange and solid, the right blue and hollow; what the tracker was not
    sure of is thin and pale, and what was not seen is not drawn. The time stands in
    the lower left corner.

    Parameters
    ----------
    video : Video
        From :func:`repetiteur.io.video.scan`.
    poses : xarray.Dataset
        Tracked from this video: 2D, in pixels of the picture as shown.
    path : str or Path
        An ``.mp4`` file; replaced when the new one is whole. Pictures larger than 1920
        pixels are scaled down, and pictures that cannot be decoded are left out. There
        is no sound.
    blur_faces : bool
        Replace each head by a coarse mosaic. This hides the faces of the dancers who
        were tracked, and of nobody else in the picture.
    progress : callable, optional
        ``progress(done, total)``, in frames.

    Raises
    ------
    InvalidPoses
        When the poses are not 2D.
    CannotWrite
        When the file cannot be written.
    DamagedFile
        When the video cannot be read on.
    """
    if poses.sizes.get("space") != 2:
        raise InvalidPoses(
            "An overlay needs poses in the picture, with x and y alone, and these have "
            f"{poses.sizes.get('space', 0)} axes. Give poses tracked from this video."
        )
    scale = min(1.0, _LONGEST / max(video.width, video.height))
    size = max(1, round(video.width * scale)), max(1, round(video.height * scale))
    drawn = _Drawn(poses, size, blur_faces=blur_faces)
    write_video(path, _pictures(video, drawn, progress), size=size)


def _pictures(
    video: Video, drawn: _Drawn, progress: Progress | None
) -> Iterator[tuple[float, RGB]]:
    for frame in frames(video, longest=_LONGEST):
        seconds = float(video.time_s[frame.index])
        yield seconds, drawn.over(frame.rgb, seconds)
        if progress is not None:
            progress(frame.index + 1, len(video.time_s))


class _Drawn:
    """Poses, ready to be drawn over pictures of one size."""

    def __init__(
        self, poses: xr.Dataset, size: tuple[int, int], *, blur_faces: bool
    ) -> None:
        order = ("time", "space", "keypoint", "individual")
        scale = size[0] / float(poses.attrs.get("image_width", size[0]))
        self._time = poses["time"].to_numpy().astype(np.float64)
        self._names = [str(name) for name in poses["keypoint"].to_numpy()]
        place = poses["position"].transpose(*order).to_numpy()
        self._place = place.astype(np.float64) * scale
        self._sure = _confidence(poses)
        self._tall = body_height(self._place)
        self._heads = heads(poses) * scale if blur_faces else None

    def over(self, picture: RGB, seconds: float) -> RGB:
        """A copy of a picture with what is known of this moment."""
        if not len(self._time):
            at, apart = -1, np.inf
        else:
            at = int(np.argmin(np.abs(self._time - seconds)))
            apart = abs(self._time[at] - seconds)
        if self._heads is not None and at >= 0:
            result = blurred(picture, self._heads[at])
        else:
            result = np.array(picture, order="C")
        if apart <= _SAME_TIME_S:
            for who, tall in enumerate(self._tall):
                draw_skeleton(
                    result,
                    self._place[at, :, :, who],
                    self._sure[at, :, who],
                    self._names,
                    tall=float(tall),
                )
        draw_time(result, seconds)
        return result


def _confidence(poses: xr.Dataset) -> Floats:
    """Confidence, (frames, keypoints, individuals); 1 where none is given."""
    order = ("time", "keypoint", "individual")
    if "confidence" not in poses:
        return np.ones([poses.sizes[name] for name in order])
    given = poses["confidence"].transpose(*order).to_numpy()
    return np.nan_to_num(given.astype(np.float64))
