"""The work on a video that runs in limited processes: finding people, following one.

The functions here are called by :func:`repetiteur.io._streamed.streamed`; what they
need comes as JSON, what they find goes as rows of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from repetiteur.io._video_decode import stretches
from repetiteur.io.video import Frame, Video, frames
from repetiteur.io.video_facts import from_json
from repetiteur.track.backend import Eyes, PersonFinder, tracker_of
from repetiteur.track.follow import Follower, settled
from repetiteur.track.pieces import Piece
from repetiteur.track.regions import Picture
from repetiteur.track.rows import row_of
from repetiteur.track.sights import Person
from repetiteur.track.whereabouts import Whereabouts

Row = NDArray[np.float32]

#: Longer side of the pictures that are looked at, pixels.
LONGEST = 1920
#: Numbers in a row of :func:`find_people`: frame, score, hips and scale point.
PERSON_WIDTH = 6
#: Key frames that are looked at for people, at the most.
SAMPLES = 60
#: Where key frames lie further apart than this, s, or show several people, everybody is
#: looked for so often instead, s; a row of this value says so.
GAP_S, OFTEN_S, AGAIN = 2.5, 0.5, -1.0
#: Where the largest is smaller than this share of the picture, small ones are sought.
SMALL = 0.35


def find_people(path: Path, order: Mapping[str, Any]) -> Iterator[Row]:
    """People in some pictures of a video: its key frames, or more where that is needed.

    Parameters
    ----------
    path : Path
    order : mapping
        ``video`` (:func:`repetiteur.io.video_facts.to_json`), ``tracker`` (its name)
        and ``weights`` (its files).

    Yields
    ------
    (6,) float32
        Frame, score, hips (x, y) and scale point (x, y) in pixels of the recording; a
        frame without people gives one row with score 0. A row of :data:`AGAIN` takes
        all rows before it back.
    """
    cv2.setNumThreads(1)
    video = from_json(path, order["video"])
    eyes = _eyes(order)
    begins = [stretch.frames.start for stretch in stretches(video.table)]
    begins = begins[:: len(begins) // SAMPLES + 1]
    several = bool(np.diff(video.time_s[begins], append=video.time_s[-1]).max() > GAP_S)
    for first in begins:
        for frame in frames(video, first, first + 1, longest=LONGEST):
            people = everyone(frame.rgb, eyes.people)
            several |= len(people) > 1
            yield from _rows(frame, people, video)
    if several:
        yield np.full(PERSON_WIDTH, AGAIN, np.float32)
        for frame in frames(video, longest=LONGEST):
            if int(video.time_s[frame.index] / OFTEN_S) != int(
                video.time_s[frame.index - 1] / OFTEN_S
            ):
                people = looked_at(frame.rgb, everyone(frame.rgb, eyes.people), eyes)
                yield from _rows(frame, people, video)


def everyone(picture: Picture, finder: PersonFinder) -> list[Person]:
    """Everyone in a picture, small ones too where no large one is."""
    found = finder.find(picture)
    if max((one.size for one in found), default=0.0) < SMALL * min(picture.shape[:2]):
        found = _each_once([*found, *finder.find_small(picture)])
    return found


def looked_at(picture: Picture, people: Sequence[Person], eyes: Eyes) -> list[Person]:
    """Those of the people in whom joints are found, at the place of these."""
    looks = [settled(picture, one.region, eyes.joints) for one in people]
    return _each_once(
        [
            Person(
                score=look.presence,
                box=one.box,
                hips=np.array([look.region.x, look.region.y]),
                scale=look.region.scale,
            )
            for one, look in zip(people, looks, strict=True)
            if look is not None
        ]
    )


def _each_once(people: Sequence[Person]) -> list[Person]:
    out: list[Person] = []
    for one in people:
        if all(_apart(one, other) for other in out):
            out.append(one)
    return out


def _apart(one: Person, other: Person) -> bool:
    away = float(np.hypot(*(one.hips - other.hips)))
    return away > 0.5 * max(one.size, other.size)


def _rows(frame: Frame, people: Sequence[Person], video: Video) -> list[Row]:
    scale = video.width / frame.rgb.shape[1]
    rows = [
        [frame.index, one.score, *(scale * one.hips), *(scale * one.scale)]
        for one in people
    ]
    nobody = [frame.index, 0.0, *[np.nan] * 4]
    return [np.array(row, np.float32) for row in rows or [nobody]]


def _eyes(order: Mapping[str, Any]) -> Eyes:
    files = {name: Path(file) for name, file in order["weights"].items()}
    return tracker_of(order["tracker"]).eyes(files)


def follow_pieces(path: Path, order: Mapping[str, Any]) -> Iterator[Row]:
    """The dancer in neighbouring pieces of a video.

    Parameters
    ----------
    path : Path
    order : mapping
        What :func:`find_people` takes; ``pieces`` (number, warm, first, last each) and
        ``where`` (:meth:`Whereabouts.to_json` of the dancer).

    Yields
    ------
    (width,) float32
        A row for each decoded frame (:mod:`repetiteur.track.rows`), then one with the
        frame -1 when a piece is done.
    """
    cv2.setNumThreads(1)
    video = from_json(path, order["video"])
    eyes = _eyes(order)
    row = partial(row_of, points=len(tracker_of(order["tracker"]).keypoints))
    todo = [Piece(*piece) for piece in order["pieces"]]
    running: list[tuple[Piece, Follower]] = []
    for frame in frames(video, todo[0].warm, todo[-1].last, longest=LONGEST):
        scale = video.width / frame.rgb.shape[1]
        for piece, _ in running:
            if frame.index >= piece.last:
                yield row(piece.number, -1, None, scale=1.0)
        running = [one for one in running if frame.index < one[0].last]
        while todo and frame.index >= todo[0].warm:
            where = Whereabouts.from_json(order["where"], scale)
            running.append((todo.pop(0), Follower(eyes, where)))
        for piece, follower in running:
            look = follower.step(frame.rgb, frame.index, video.time_s[frame.index])
            if frame.index >= piece.first:
                yield row(piece.number, frame.index, look, scale=scale)
    for piece in [*(piece for piece, _ in running), *todo]:
        yield row(piece.number, -1, None, scale=1.0)
