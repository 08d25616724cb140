"""A recording with its video, from which pictures are taken."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import RepetiteurError
from repetiteur.io.video import Video, frames, scan
from repetiteur.model.poses import Array, mirrored
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report.faces import Heads, blurred, heads
from repetiteur.report.framing import Seen
from repetiteur.track.faces import is_mirrored

Picture = NDArray[np.uint8]

_SAME_TIME_S = 0.002


@dataclass(frozen=True)
class Film:
    """A recording with its video, ready for pictures to be taken from it."""

    seen: Seen
    video: Video
    frame_of: NDArray[np.intp]  # of each frame of the poses, that of the video
    size: tuple[float, float]  # of the picture that the poses are in, pixels
    is_mirrored: bool
    heads: Heads | None = None  # in each frame of the poses, where faces are hidden

    def nearest(self, seconds: float) -> int:
        """The frame of the poses that is nearest to a moment."""
        return int(np.argmin(np.abs(self.seen.time - seconds)))

    def picture(self, frame: int) -> Picture | None:
        """The whole picture of a frame of the poses; None where it is damaged."""
        wanted = int(self.frame_of[frame])
        for found in frames(self.video, wanted, wanted + 1):
            if found.index == wanted:
                return self.shown(found.rgb, frame)
        return None

    def shown(self, rgb: Picture, frame: int) -> Picture:
        """A picture of the video as it is shown with a frame of the poses."""
        picture = rgb[:, ::-1] if self.is_mirrored else rgb
        if self.heads is None:
            return picture
        return blurred(picture, self.heads[frame] * picture.shape[1] / self.size[0])


def both(rehearsal: Rehearsal) -> dict[str, Recording]:
    """The two recordings by who dances, the reference mirrored where that matches."""
    reference, take = rehearsal.reference, rehearsal.take
    if rehearsal.alignment.side == "mirrored":
        reference = replace(reference, poses=mirrored(reference.poses))
    return {"ref": reference, "take": take}


def film_of(recording: Recording, *, blur_faces: bool = False) -> Film | str:
    """A recording's video, or the reason why no picture can be taken from it.

    With ``blur_faces`` the face of the dancer is hidden in its pictures.
    """
    if recording.video is None or not recording.video.is_file():
        return "is not where it was"
    try:
        video = scan(recording.video)
    except (RepetiteurError, OSError):
        return "cannot be read any more"
    poses = recording.poses
    time = poses["time"].to_numpy().astype(np.float64)
    frame_of = nearest_of(video.time_s, time)
    if np.abs(video.time_s[frame_of] - time).max() > _SAME_TIME_S:
        return "has other times than the poses"
    place = poses["position"].to_numpy()[..., 0]
    names = [str(name) for name in poses["keypoint"].to_numpy()]
    size = tuple(
        float(poses.attrs.get(f"image_{side}", own))
        for side, own in (("width", video.width), ("height", video.height))
    )
    return Film(
        seen=Seen(time, {name: place[:, :, k] for k, name in enumerate(names)}),
        video=video,
        frame_of=frame_of,
        size=(size[0], size[1]),
        is_mirrored=is_mirrored(poses),
        heads=heads(poses) if blur_faces else None,
    )


def nearest_of(times: Array, wanted: Array) -> NDArray[np.intp]:
    """Of each wanted time, the index of the nearest in increasing times."""
    after = np.clip(np.searchsorted(times, wanted), 1, max(times.size - 1, 1))
    after = np.minimum(after, times.size - 1)
    before = np.maximum(after - 1, 0)
    nearer = wanted - times[before] < times[after] - wanted
    return np.where(nearer, before, after)
