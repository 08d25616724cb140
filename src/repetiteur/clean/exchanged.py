"""Points of a recording that were taken for one another, given their names back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.jumps import patience_of
from repetiteur.clean.samples import (
    courses_of,
    need_space,
    noted,
    sure_of,
    times_of,
    with_places,
)
from repetiteur.kernels.exchanges import exchanged
from repetiteur.kernels.strays import Patience, bends

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Longest exchange that is undone, seconds: afterwards the body has moved on, and an
#: exchange there and another one back are two events.
LONGEST_S = 0.5
#: What two points do at once, m/s^2, is less than what one may do: an exchange is found
#: from twice this, in both, over several frames; beaten feet reach 40.
_PULL = 100.0
#: Cost of a link from which a point counts as jumping (of at most 7.5).
_JUMPING = 2.0
#: Frames beside the jumps that show how the points went before and after; more than the
#: gaps that may lie there.
_BESIDE = 12
_SLACK_S = 0.2


def undo_exchanges(poses: xr.Dataset, *, longest_s: float = LONGEST_S) -> xr.Dataset:
    """Give two points their names back where they were taken for one another.

    Parameters
    ----------
    poses : xarray.Dataset
        3D.
    longest_s : float
        Longest exchange that is undone, seconds.

    Returns
    -------
    xarray.Dataset
        The two points' samples (and their confidence) are exchanged there. An exchange
        that lasts to the end of the recording stays: nothing tells which name is right.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    See :func:`repetiteur.kernels.exchanges.exchanged`. It is found where the points are
    further apart than a body goes from frame to frame: some 2 cm at 120 frames a
    second, 6 cm at 60, 25 cm at 30.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> place = np.zeros((9, 3, 2))
    >>> place[:, 0, 1] = 0.4
    >>> place[4] = place[4, :, ::-1]
    >>> names = ["left_ankle", "right_ankle"]
    >>> poses = make_poses(place, time=np.arange(9) / 120, keypoints=names)
    >>> undo_exchanges(poses)["position"][4, 0, :, 0].to_numpy().tolist()
    [0.0, 0.4]
    """
    need_space(poses, "Finding points that were taken for one another")
    time, place = times_of(poses), courses_of(poses)
    counts = np.zeros(place.shape[1], dtype=np.intp)
    mended, sure = place, np.empty(0)
    for one in range(place.shape[2]):
        patience = [
            replace(patience_of(course, time, longest_s), pull=_PULL)
            for course in _each(place[:, :, one])
        ]
        for a, b, near in _suspects(place[:, :, one], time, patience):
            pair = mended[near, :, one][:, [a, b]]
            both = max(patience[a], patience[b], key=lambda one: one.noise)
            found = exchanged(pair[:, 0], pair[:, 1], time[near], both)
            if not found.any():
                continue
            if mended is place:
                mended, sure = place.copy(), sure_of(poses)
            at = np.flatnonzero(found) + near.start
            for values in (mended, sure):
                values[at, a, one], values[at, b, one] = (
                    values[at, b, one].copy(),
                    values[at, a, one].copy(),
                )
            counts[[a, b]] += at.size
    out = with_places(poses, {"position": mended}, sure) if counts.any() else poses
    return noted(out, "points taken for one another exchanged back", counts)


def _each(body: Array) -> list[Array]:
    """The course of each point of (time, keypoint, space)."""
    return [np.ascontiguousarray(body[:, k]) for k in range(body.shape[1])]


def _suspects(
    body: Array, time: Array, patience: Sequence[Patience]
) -> Iterator[tuple[int, int, slice]]:
    """Pairs of points of (time, keypoint, space), and frames near which both jump.

    The frames reach from one jump to others that follow within the longest exchange.
    """
    courses = zip(_each(body), patience, strict=True)
    jumping = np.stack([bends(c, time, p) >= _JUMPING for c, p in courses], axis=1)
    rows = np.flatnonzero(jumping.sum(axis=1) >= 2)
    some = jumping[rows].astype(np.float64)
    longest_s = patience[0].longest_s
    for a, b in np.argwhere(np.triu(some.T @ some, 1) >= 2):
        frames = rows[jumping[rows, a] & jumping[rows, b]]
        apart = np.flatnonzero(np.diff(time[frames]) > longest_s + _SLACK_S)
        for part in np.split(frames, apart + 1):
            if part.size > 1:
                start = max(0, int(part[0]) - _BESIDE)
                yield int(a), int(b), slice(start, int(part[-1]) + _BESIDE + 1)
