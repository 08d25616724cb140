"""The recordings for the player: small films of both dancers, with their sound.

H.264 and AAC in MP4 are what Chromium, Firefox and Safari all play from a page that
lies on a disk, on phones too; WebM is not played by Safari before 17.4 of iOS. A
picture is shown at the time that it has in the recording, whatever the frame rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from repetiteur.errors import CannotWrite, DamagedFile, RepetiteurError
from repetiteur.io.audio import Sound, read_audio
from repetiteur.io.video import Video
from repetiteur.io.video_writer import write_video
from repetiteur.model.poses import Array
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.bones import CHAINS
from repetiteur.report.film import Picture, both, film_of
from repetiteur.report.recordings import is_seen
from repetiteur.report.shot import Shot, shot_of

__all__ = [
    "FILES",
    "JOINTS",
    "NO_FILMS",
    "Films",
    "Progress",
    "Reel",
    "make_films",
    "sound_of",
]

#: What the films are called where they lie beside the page.
FILES = {"ref": "reference_film.mp4", "take": "take_film.mp4"}
#: Keypoints that are drawn over the films.
JOINTS = tuple(sorted({name for chain in CHAINS for name in chain}))
#: The most that both films may take of a page, bytes as they stand in it.
MOST_INSIDE = 25_000_000
_RATE = 48_000
_SILENCE = 1e-4  # of full scale: what is no louder is not heard
_SIDES = ("left", "right")

#: ``progress(done, total)``, in pictures of both films.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Reel:
    """One film.

    Attributes
    ----------
    path : Path
        An MP4 file.
    time_s : (pictures,) float
        When each of its pictures was shown in the recording, seconds.
    start_s : float
        The moment of the recording at which the film begins.
    size : (width, height)
        Pixels.
    joints : (pictures, joints, 2) float
        Where :data:`JOINTS` are, in its pixels; NaN where one is not seen.
    has_sound : bool
    """

    path: Path
    time_s: Array
    start_s: float
    size: tuple[int, int]
    joints: Array
    has_sound: bool

    @property
    def trunk(self) -> tuple[float, float, float]:
        """Where the hips usually are, x and y, and how long the trunk is, pixels.

        NaN where they are never seen.
        """
        hips, shoulders = (
            self.joints[:, [JOINTS.index(f"{side}_{part}") for side in _SIDES]].mean(1)
            for part in ("hip", "shoulder")
        )
        lengths = np.linalg.norm(shoulders - hips, axis=1)
        return _median(hips[:, 0]), _median(hips[:, 1]), _median(lengths)


@dataclass(frozen=True)
class Films:
    """The films of a rehearsal by who dances, and why some are missing."""

    of: Mapping[str, Reel] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether they are small enough to lie in the page."""
        sizes = [reel.path.stat().st_size for reel in self.of.values()]
        return sum(4 * -(-size // 3) for size in sizes) <= MOST_INSIDE


#: Those of motion files.
NO_FILMS = Films()


def make_films(
    rehearsal: Rehearsal,
    folder: Path,
    *,
    blur_faces: bool = False,
    progress: Progress | None = None,
) -> Films:
    """Write small films of the recordings that are videos.

    Each is cut to the part that is compared and to where the dancer ever is, at most
    640 pixels long, with some 30 pictures a second at most, and a keyframe every half
    second.

    Parameters
    ----------
    rehearsal : Rehearsal
    folder : Path
        Receives ``reference_film.mp4`` and ``take_film.mp4``.
    blur_faces : bool
        Hide the faces of both dancers; not those of others.
    progress : callable, optional
        ``progress(done, total)``, in pictures.

    Returns
    -------
    Films
        None for motion files. The reference is mirrored where the take matches its
        mirror image.

    Raises
    ------
    CannotWrite
        When the folder cannot be written.
    """
    shots: dict[str, Shot] = {}
    missing: dict[str, str] = {}
    for who, recording in both(rehearsal).items():
        if recording.video is None or not is_seen(recording):
            continue
        found = film_of(recording, blur_faces=blur_faces)
        if isinstance(found, str):
            missing[who] = found
        else:
            shots[who] = shot_of(found)
    count = _Count(sum(len(shot.frames) for shot in shots.values()), progress)
    reels: dict[str, Reel] = {}
    for who, shot in shots.items():
        try:
            reels[who] = _reel(shot, folder / FILES[who], count)
        except CannotWrite:
            raise
        except RepetiteurError:
            missing[who] = "cannot be read any more"
    return Films(reels, missing)


def sound_of(video: Video, start_s: float, end_s: float) -> Sound | None:
    """What is heard in a part of a video; None where that is nothing."""
    if not video.has_audio:
        return None
    try:
        sound = read_audio(video.path, _RATE).part(start_s, end_s)
    except RepetiteurError:
        return None
    return sound if np.abs(sound.samples).max(initial=0.0) > _SILENCE else None


class _Count:
    """Pictures that are done, of all."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def one_more(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _reel(shot: Shot, path: Path, count: _Count) -> Reel:
    start, end = float(shot.time_s[0]), float(shot.time_s[-1])
    sound = sound_of(shot.film.video, start, end)
    shown: list[int] = []

    def timed() -> Iterator[tuple[float, Picture]]:
        for k, picture in shot.pictures():
            shown.append(k)
            yield float(shot.time_s[k]) - start, picture
            count.one_more()
        if not shown:
            raise DamagedFile(
                f"A film needs pictures, and all of {shot.film.video.path.name} are "
                "damaged. Look at the video in another player."
            )

    write_video(path, timed(), size=shot.size, sound=sound, scrubbed=True)
    return Reel(
        path=path,
        time_s=shot.time_s[shown],
        start_s=start,
        size=shot.size,
        joints=shot.joints(JOINTS)[shown],
        has_sound=sound is not None,
    )


def _median(values: Array) -> float:
    seen = values[np.isfinite(values)]
    return float(np.median(seen)) if seen.size else float("nan")
