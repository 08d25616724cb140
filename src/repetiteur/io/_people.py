"""Who is who in detections frame by frame, and their points as columns of a file.

A detector of people says where people are in each picture, and mostly not who: in the
next picture the same dancer may come second. Here each is followed by where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io.markers import Markers

__all__ = ["People", "follow", "markers_of"]

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

_MAX_VALUES = 200_000_000
_SPARSE = 20  # of so many frames at least one shows somebody, or they are no frames
_MAX_DANCERS = 8
_SEEN = 0.05  # share of the best seen dancer's frames, below which a person is left out
# How far the middle of the points may go, in sizes of the person: from a frame to the
# next, and more for each frame in which the person was not seen.
_REACH, _MORE = 0.5, 0.05
_LOST = 60  # frames, after which nobody is taken for the same
_FAR = 1e9
_FRACTION = 2.0  # pixels: where all positions lie below, they are shares of the picture


@dataclass(frozen=True)
class People:
    """Detections, a row for each person in each frame.

    Attributes
    ----------
    frame : (row,) int
        Number of the frame; any order, gaps are frames without people.
    points : (row, point, space) float
        Pixels with y down, or 3D. NaN = not seen.
    sure : (row, point) float
        Confidence.
    names : sequence of str
        Of the points.
    who : (row,) int, optional
        Who it is, where the detector says.
    frames : sequence of int
        Numbers of frames that were looked at, besides those with people.
    """

    frame: Integers
    points: Array
    sure: Array
    names: Sequence[str]
    who: Integers | None = None
    frames: Sequence[int] = ()


def markers_of(
    people: People,
    path: Path,
    *,
    software: str,
    image_size: tuple[int, int] | None = None,
    lines: Sequence[str] = (),
) -> Markers:
    """The points of up to eight dancers, the best seen first.

    Parameters
    ----------
    people : People
    path : Path
        For messages.
    software : str
    image_size : (width, height), optional
    lines : sequence of str
        For the history.

    Raises
    ------
    DamagedFile
        When frame numbers are too far apart.
    UnreadableRecording
        When nobody is in it, or positions are not in pixels.
    """
    seen = np.asarray(np.isfinite(people.points).all(axis=2))
    if not seen.any():
        raise UnreadableRecording(
            f"Poses need a dancer, and in {path.name} no frame shows anybody. "
            "Detect again, with the dancer in the picture."
        )
    if people.points.shape[2] == 2 and np.nanmax(np.abs(people.points)) < _FRACTION:
        raise UnreadableRecording(
            f"Poses in a picture need positions in pixels, and those of {path.name} "
            "are shares of its size. Export them in pixels."
        )
    people, seen = _shown(people, seen)
    first, frames = _span(people, path)
    who, how = _identities(people)
    order = _best_seen(who, seen)
    kept = order[:_MAX_DANCERS]
    said = [*lines, *_people_lines(order, kept, how), *_sure_lines(people.sure)]
    at = people.frame - first
    count, space = people.points.shape[1:]
    place = np.full((frames, space, len(kept), count), np.nan)
    sure = np.full((frames, len(kept), count), np.nan)
    for k, person in enumerate(kept):
        rows = who == person
        place[at[rows], :, k] = np.moveaxis(people.points[rows], 1, 2)
        sure[at[rows], k] = np.where(seen, people.sure, np.nan)[rows]
    return Markers(
        _prefixed(people.names, len(kept)),
        place.reshape(frames, space, -1),
        software,
        confidence=np.clip(sure.reshape(frames, -1), 0.0, 1.0),
        image_size=image_size,
        lines=said,
    )


def _shown(people: People, seen: NDArray[np.bool_]) -> tuple[People, NDArray[np.bool_]]:
    """The rows with a point at least."""
    rows = seen.any(axis=1)
    who = None if people.who is None else people.who[rows]
    looked_at = [*people.frames, *people.frame.tolist()]
    left = replace(
        people,
        frame=people.frame[rows],
        points=np.where(seen[rows][..., np.newaxis], people.points[rows], np.nan),
        sure=people.sure[rows],
        who=who,
        frames=looked_at,
    )
    return left, seen[rows]


def _span(people: People, path: Path) -> tuple[int, int]:
    """The first frame, and how many there are to the last."""
    first, last = min(people.frames), max(people.frames)
    shown, span = len(set(people.frames)), last - first + 1
    if span > _SPARSE * shown or span * people.points[0].size > _MAX_VALUES:
        raise DamagedFile(
            f"Frames need numbers that follow each other, and those of {path.name} "
            f"span {span} for {shown} frames. Number the pictures by time."
        )
    return first, span


def _identities(people: People) -> tuple[Integers, str]:
    """Who each row is, and how that is known."""
    at = people.frame
    if people.who is not None:
        pairs = np.stack([at, people.who], axis=1)
        if len(np.unique(pairs, axis=0)) == len(pairs):
            return people.who, "told apart by the file"
    if len(np.unique(at)) == len(at):
        return np.zeros(len(at), np.int64), "at most one in each frame"
    return follow(at, people.points), "followed by where they are"


def _best_seen(who: Integers, seen: NDArray[np.bool_]) -> list[int]:
    people, index = np.unique(who, return_inverse=True)
    points = np.bincount(index.ravel(), weights=seen.sum(axis=1))
    order = np.argsort(-points, kind="stable")
    enough = points >= _SEEN * points.max()
    return [int(people[k]) for k in order if enough[k]]


def _people_lines(order: Sequence[int], kept: Sequence[int], how: str) -> list[str]:
    if len(order) == 1:
        return [f"one dancer, {how}"]
    lines = [f"{len(order)} people, {how}; in the order of how much they are seen"]
    if len(kept) < len(order):
        lines.append(f"the {len(kept)} people seen most are kept")
    return lines


def _sure_lines(sure: Array) -> list[str]:
    most = float(np.nanmax(sure, initial=0.0))
    return [f"confidence: up to {most:.3g}, above 1 taken as 1"] if most > 1.0 else []


def _prefixed(names: Sequence[str], dancers: int) -> list[str]:
    if dancers == 1:
        return list(names)
    return [f"person {k + 1}:{name}" for k in range(dancers) for name in names]


def follow(frame: Integers, points: Array) -> Integers:
    """Who each detection is, from where it is.

    Parameters
    ----------
    frame : (row,) int
        Any order.
    points : (row, point, space) float
        NaN = not seen.

    Returns
    -------
    (row,) int
        Numbers from 0, in the order of their coming.

    Notes
    -----
    From frame to frame, people are matched so that the sum of their distances is least
    (the median over the points that both show); who is farther than a share of their
    size, or was gone for long, is somebody new.

    Examples
    --------
    >>> left, right = [[0.0, 0.0], [10.0, 90.0]], [[200.0, 0.0], [210.0, 90.0]]
    >>> follow(np.array([0, 0, 1, 1]), np.array([left, right, right, left])).tolist()
    [0, 1, 1, 0]
    """
    who = np.full(len(frame), -1, np.int64)
    order = np.argsort(frame, kind="stable")
    starts = np.flatnonzero(np.diff(frame[order])) + 1
    last: dict[int, int] = {}  # person -> the row where they were seen last
    sizes = _sizes(points)
    for rows in np.split(order, starts):
        now = int(frame[rows[0]])
        last = {p: row for p, row in last.items() if now - int(frame[row]) <= _LOST}
        known = list(last.values())
        if known:
            gaps = now - frame[known]
            reach = (_REACH + _MORE * (gaps - 1)) * sizes[known]
            apart = _distances(points[rows], points[known])
            cost = np.where(apart <= reach, apart, _FAR)
            for i, j in zip(*linear_sum_assignment(cost), strict=True):
                if cost[i, j] < _FAR:
                    who[rows[i]] = who[known[j]]
        for row in rows[who[rows] < 0]:
            who[row] = who.max() + 1
        last |= {int(who[row]): int(row) for row in rows}
    return who


def _sizes(points: Array) -> Array:
    """Diagonal of the box around each person, (row,)."""
    low = np.where(np.isnan(points), np.inf, points).min(axis=1)
    high = np.where(np.isnan(points), -np.inf, points).max(axis=1)
    box = np.where(np.isfinite(low) & np.isfinite(high), high - low, 0.0)
    return np.asarray(np.linalg.norm(box, axis=1))


def _distances(now: Array, before: Array) -> Array:
    """Median distance of the points that both show, (now, before); far where none."""
    apart = np.linalg.norm(now[:, np.newaxis] - before[np.newaxis], axis=3)
    shared = np.isfinite(apart)
    middle = np.sort(np.where(shared, apart, np.inf), axis=2)
    at = np.maximum(shared.sum(axis=2) - 1, 0) // 2
    found = np.take_along_axis(middle, at[..., np.newaxis], axis=2)[..., 0]
    return np.where(np.isfinite(found), found, _FAR)
