"""Who is in a video: finds in single pictures, joined over time to people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from repetiteur.errors import UnreadableRecording
from repetiteur.track.whereabouts import Whereabouts

Array = NDArray[np.float64]

#: Someone who is seen in less than this share of the frames with people is no dancer.
SELDOM = 0.2


def people_of(finds: Array, time_s: Array) -> list[Whereabouts]:
    """Join finds in single frames to people, from left to right.

    Parameters
    ----------
    finds : (finds, 6) float
        Rows of :func:`~repetiteur.track.worker.find_people`, frames increasing.
    time_s : (frames,) float
        When each frame of the recording is shown, seconds.

    Returns
    -------
    list of Whereabouts
        Those seen often enough, by their mean place from left to right.
    """
    found = finds[finds[:, 1] > 0.0]
    tracks: list[list[Array]] = []
    for frame in np.unique(found[:, 0]):
        rows = found[found[:, 0] == frame]
        taken = _joined(tracks, rows, time_s)
        for number, row in enumerate(rows):
            if number in taken:
                tracks[taken[number]].append(row)
            else:
                tracks.append([row])
    frames = np.unique(found[:, 0]).size
    often = [track for track in tracks if len(track) >= SELDOM * frames]
    people = (_sighted(track, time_s) for track in often)
    return sorted(people, key=lambda one: float(one.place[:, 0].mean()))


def the_dancer(
    people: Sequence[Whereabouts], asked: int | None, width: int, height: int
) -> tuple[Whereabouts | None, str]:
    """Who is to be followed, and a line for the history that says so.

    Parameters
    ----------
    people : sequence of Whereabouts
        From left to right.
    asked : int or None
        Number of the dancer, from 1; None chooses: size in the picture, times the share
        of time in view, times nearness to the middle.
    width, height : int
        Of the picture, pixels.

    Returns
    -------
    dancer : Whereabouts or None
        None where nobody was found.
    line : str

    Raises
    ------
    UnreadableRecording
        When the one asked for is not there.
    """
    if asked is not None and not 1 <= asked <= len(people):
        raise UnreadableRecording(
            f"--dancer needs the number of someone in the video, counted from the left "
            f"from 1, and {asked} came where {len(people)} were found. "
            "Give another, or leave it out."
        )
    if not people:
        return None, "nobody found in single pictures: the largest find is followed"
    number = asked - 1 if asked else int(np.argmax(_scores(people, width, height)))
    how = "as asked" if asked else "large, long in view, near the middle"
    one = f"dancer {number + 1} of {len(people)} from the left: {how}"
    return people[number], one if len(people) > 1 else "one dancer found"


def _scores(people: Sequence[Whereabouts], width: int, height: int) -> Array:
    most = max(one.time_s.size for one in people)
    middle = np.array([width, height]) / 2
    return np.array(
        [
            float(np.median(one.size))
            * (one.time_s.size / most)
            * np.exp(-float(np.hypot(*((one.place.mean(axis=0) - middle) / width))))
            for one in people
        ]
    )


def _joined(
    tracks: Sequence[Sequence[Array]], rows: Array, time_s: Array
) -> dict[int, int]:
    """Which track each row goes on with, by the least total distance."""
    if not tracks:
        return {}
    cost = np.array(
        [
            [
                _sighted(track[-1:], time_s).strangeness(
                    row[2:4], _size(row), time_s[int(row[0])]
                )
                for row in rows
            ]
            for track in tracks
        ]
    )
    pairs = zip(*linear_sum_assignment(cost), strict=True)
    return {int(row): int(track) for track, row in pairs if cost[track, row] < 1.0}


def _size(row: Array) -> float:
    return max(float(np.hypot(row[4] - row[2], row[5] - row[3])), 1.0)


def _sighted(track: Sequence[Array], time_s: Array) -> Whereabouts:
    rows = np.stack(track)
    sizes = np.array([_size(row) for row in rows])
    return Whereabouts(time_s[rows[:, 0].astype(int)], rows[:, 2:4], sizes)
