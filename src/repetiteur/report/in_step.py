"""Both performances side by side in one video, laid together by the alignment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from repetiteur.io.video_writer import write_video
from repetiteur.model.poses import Array
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.bones import CHAINS, DOTS
from repetiteur.report.clock import path_of
from repetiteur.report.drawn import body_height, draw_time
from repetiteur.report.figures import JOINTS, Figure, figures
from repetiteur.report.film import Picture, both, film_of, nearest_of
from repetiteur.report.films import Progress, sound_of
from repetiteur.report.shot import Shot, shot_of
from repetiteur.report.strokes import HANDS, PAPER, Hand, dot, line, ring

__all__ = ["write_in_step"]

RGB = NDArray[np.uint8]

_BETWEEN = 4  # pixels between the two
_NAMES = tuple(sorted({name for chain in CHAINS for name in chain}))
_LINES = [[_NAMES.index(name) for name in chain] for chain in CHAINS]
_JOINTS = [_NAMES.index(name) for name in DOTS]

_TALL, _WIDE, _FLOOR = 480, 360, 456  # of a drawn panel, pixels
_REACH = 2.3  # metres from the floor to its upper edge
_HEAD = 0.075  # radius, metres
_LIMBS = [
    ["pelvis", "chest", "neck", "head"],
    ["left_hip", "right_hip"],
    *(
        chain
        for side in ("left", "right")
        for chain in (
            [f"{side}_{part}" for part in ("hip", "knee", "ankle", "toe")],
            ["neck"]
            + [f"{side}_{part}" for part in ("shoulder", "elbow", "wrist", "hand")],
        )
    ),
]


def write_in_step(
    rehearsal: Rehearsal,
    path: str | Path,
    *,
    blur_faces: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write a video of both, the reference on the left, in the time of the take.

    Films with the bones over them where the recordings are videos, drawn figures in
    one set of proportions where not. What the reference alone dances is passed over;
    what the take alone dances, it waits for. The sound is the take's.

    Parameters
    ----------
    rehearsal : Rehearsal
    path : str or Path
        An ``.mp4`` file; replaced when the new one is whole.
    blur_faces : bool
        Hide the faces of both dancers; not those of others.
    progress : callable, optional
        ``progress(done, total)``, in pictures.

    Raises
    ------
    CannotWrite
        When the file cannot be written.
    DamagedFile
        When a video cannot be read on.
    """
    reference, take = _panels(rehearsal, blur_faces=blur_faces)
    times, along = take.time_s, path_of(rehearsal)
    beside = np.interp(
        np.interp(times, along.take_s, along.place), along.place, along.reference_s
    )
    high = max(reference.size[1], take.size[1])
    wide = reference.size[0] + _BETWEEN + take.size[0]

    def pictures() -> Iterator[tuple[float, RGB]]:
        pairs = zip(reference.at(beside), take.at(times), strict=True)
        for k, (left, right) in enumerate(pairs):
            whole = np.full((high, wide, 3), PAPER, np.uint8)
            _lay(whole, left, 0)
            _lay(whole, right, reference.size[0] + _BETWEEN)
            draw_time(whole, float(times[k]))
            yield float(times[k] - times[0]), whole
            if progress is not None:
                progress(k + 1, len(times))

    sound = None
    if isinstance(take, _Filmed):
        sound = sound_of(take.shot.film.video, float(times[0]), float(times[-1]))
    write_video(path, pictures(), size=(wide, high), sound=sound)


class _Panel(Protocol):
    """One of the two, as it is seen at moments that never go back."""

    @property
    def size(self) -> tuple[int, int]: ...

    @property
    def time_s(self) -> Array: ...

    def at(self, moments: Array) -> Iterator[Picture]: ...


def _panels(rehearsal: Rehearsal, *, blur_faces: bool) -> tuple[_Panel, _Panel]:
    """Reference and take; drawn where there is no film to be had."""
    films = {
        who: film_of(recording, blur_faces=blur_faces)
        for who, recording in both(rehearsal).items()
    }
    missing = any(isinstance(film, str) for film in films.values())
    drawn = figures(rehearsal) if missing else (None, None)
    found: list[_Panel] = []
    for (who, film), figure in zip(films.items(), drawn, strict=True):
        if not isinstance(film, str):
            found.append(_Filmed(shot_of(film), HANDS[who]))
        elif figure is not None:
            found.append(_Drawn(figure, HANDS[who]))
    return found[0], found[1]


def _lay(whole: RGB, part: Picture, left: int) -> None:
    """Lay a picture into a larger one, half way down."""
    high, wide = part.shape[:2]
    top = (whole.shape[0] - high) // 2
    whole[top : top + high, left : left + wide] = part


class _Filmed:
    """A film with the bones over it."""

    def __init__(self, shot: Shot, hand: Hand) -> None:
        self.shot = shot
        self._hand = hand

    @property
    def size(self) -> tuple[int, int]:
        return self.shot.size

    @property
    def time_s(self) -> Array:
        return self.shot.time_s

    def at(self, moments: Array) -> Iterator[Picture]:
        """The picture nearest to each moment; where it is damaged, the next."""
        wanted = nearest_of(self.shot.time_s, moments)
        coming = self.shot.pictures()
        places = self.shot.joints(_NAMES)
        tall = float(body_height(places.transpose(0, 2, 1)[..., None])[0])
        shown = np.full((self.size[1], self.size[0], 3), PAPER, np.uint8)
        number = -1
        for k in wanted.tolist():
            while number < k:
                number, film = next(coming, (len(places), None))
                shown = shown if film is None else film
            yield self._over(shown, places[k], tall)

    def _over(self, film: Picture, places: Array, tall: float) -> Picture:
        picture = np.array(film, order="C")
        for chain in _LINES:
            line(picture, places[chain], self._hand, tall, rim=True)
        for joint in _JOINTS:
            dot(picture, places[joint], self._hand, tall)
        return picture


class _Drawn:
    """The drawn figure."""

    def __init__(self, figure: Figure, hand: Hand) -> None:
        self._figure = figure
        self._hand = hand

    @property
    def size(self) -> tuple[int, int]:
        return _WIDE, _TALL

    @property
    def time_s(self) -> Array:
        count = self._figure.position.shape[0]
        times: Array = self._figure.start_s + np.arange(count) / self._figure.rate
        return times

    def at(self, moments: Array) -> Iterator[Picture]:
        """The figure at each moment."""
        return (self._picture(self._figure.at(float(one))) for one in moments)

    def _picture(self, joints: Array) -> Picture:
        picture = np.full((_TALL, _WIDE, 3), PAPER, np.uint8)
        scale = _FLOOR / _REACH
        places = np.stack(
            [_WIDE / 2 + scale * joints[:, 0], _FLOOR - scale * joints[:, 1]], axis=1
        )
        at = dict(zip(JOINTS, places, strict=True))
        tall = 1.7 * scale
        for chain in _LIMBS:
            line(picture, np.stack([at[name] for name in chain]), self._hand, tall)
        ring(picture, at["head"], _HEAD * scale, self._hand, tall)
        for name in DOTS:
            dot(picture, at[name], self._hand, tall)
        return picture
