"""Gaps of a point that moves rigidly with others, filled from where those are."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repetiteur.clean.gaps import filled_confidence
from repetiteur.clean.samples import (
    courses_of,
    need_space,
    noted,
    sure_of,
    times_of,
    with_places,
)
from repetiteur.kernels.rigid import placed_by, rigid_motion, seen_from, thickness
from repetiteur.kernels.signals import runs

Array = NDArray[np.float64]
Ints = NDArray[np.intp]

#: Longest gap that is filled, seconds.
LONGEST_S = 2.0
#: Points are rigid together where nine tenths of their distances lie this near to the
#: median, and a gap is filled where this holds of the fit on both sides of it, m. Skin
#: moves markers by about as much.
RIGID_M = 0.015
_MOST_OF = 0.9
#: Frames by which distances are judged, spread over the recording.
_JUDGED = 400
#: Companions of a point: at least and at most; and how far they reach beside a line, m.
_FEWEST, _MOST, _THICK = 3, 8, 0.01
#: What is looked at on either side of a gap, seconds, and at least so many frames.
_AROUND_S, _AROUND = 0.5, 5


def fill_rigid(poses: xr.Dataset, *, longest_s: float = LONGEST_S) -> xr.Dataset:
    """Fill gaps of points from three or more others that move rigidly with them.

    Parameters
    ----------
    poses : xarray.Dataset
        3D, in metres.
    longest_s : float
        Longest gap that is filled, in seconds between the samples at its two ends.

    Returns
    -------
    xarray.Dataset
        Samples that were seen are unchanged; gaps at the beginning and the end stay.
        Filled samples carry a confidence as those of
        :func:`repetiteur.clean.gaps.fill_gaps`.

    Raises
    ------
    InvalidPoses
        When the poses are 2D.

    Notes
    -----
    Which points are rigid together is found in the recording: head, pelvis and foot
    with markers enough. Their common turn and move are fitted by least squares
    (:func:`repetiteur.kernels.rigid.rigid_motion`); in their axes the missing point
    goes evenly from where it was last seen to where it is seen next, so that there is
    no step at either end.

    Examples
    --------
    >>> from repetiteur.model.poses import make_poses
    >>> box = np.array([[0.0, 0, 0], [0.2, 0, 0], [0, 0.2, 0], [0, 0, 0.2]])
    >>> place = np.stack([box.T + [[k / 60], [0], [0]] for k in range(30)])
    >>> place[10:20, :, 3] = np.nan
    >>> names = ["pelvis", "left_hip", "chest", "LPSI"]
    >>> poses = make_poses(place, time=np.arange(30) / 60, keypoints=names)
    >>> filled = fill_rigid(poses)["position"][15, :, 3, 0].to_numpy()
    >>> (filled.round(9) + 0.0).tolist()
    [0.25, 0.0, 0.2]
    """
    need_space(poses, "Filling from rigid clusters")
    time, place = times_of(poses), courses_of(poses)
    counts = np.zeros(place.shape[1], dtype=np.intp)
    if np.isfinite(place).all():
        return noted(poses, _said(longest_s), counts)
    filled, sure = place.copy(), sure_of(poses)
    for one in range(place.shape[2]):
        body = place[:, :, one]
        for k, mates in _clusters(body).items():
            gaps = _gaps_of(body[:, k], time, longest_s)
            for first, last in gaps:
                found = _filled(body, time, k, mates, (first, last))
                if found is None:
                    continue
                filled[first : last + 1, k, one] = found
                near = slice(first - 1, last + 2)
                away = _away(time[near])
                told = filled_confidence(sure[near, k, one], away, longest_s)
                sure[first : last + 1, k, one] = told[1:-1]
                counts[k] += last - first + 1
    out = with_places(poses, {"position": filled}, sure) if counts.any() else poses
    return noted(out, _said(longest_s), counts)


def _said(longest_s: float) -> str:
    return f"gaps of up to {longest_s:g} s filled from rigid clusters"


def _away(time: Array) -> Array:
    """Seconds from each moment to the nearer end."""
    return np.asarray(np.minimum(time - time[0], time[-1] - time))


def _gaps_of(course: Array, time: Array, longest_s: float) -> list[tuple[int, int]]:
    """First and last missing frame of each gap that is short, within the course."""
    missing = ~np.isfinite(course).all(axis=1)
    return [
        (first, last)
        for first, last in runs(missing)
        if first > 0
        and last < time.size - 1
        and time[last + 1] - time[first - 1] <= longest_s + 1e-9
    ]


def _clusters(body: Array) -> dict[int, Ints]:
    """For each point with gaps, others that are rigid with it and among each other.

    ``body`` is (time, keypoint, 3). The nearest to rigid come first.
    """
    lacking = np.flatnonzero(~np.isfinite(body).all(axis=(0, 2)))
    spread = _spreads(body[:: max(1, len(body) // _JUDGED)])
    out = {}
    for k in lacking:
        mates: list[int] = []
        for other in np.argsort(spread[k], kind="stable"):
            if spread[k, other] >= RIGID_M or len(mates) == 2 * _MOST:
                break
            if (spread[other, mates] < RIGID_M).all():
                mates.append(int(other))
        if len(mates) >= _FEWEST:
            out[int(k)] = np.array(mates)
    return out


def _spreads(body: Array) -> Array:
    """How far nine tenths of each distance lie from its median, (keypoint, keypoint).

    Infinite where two points were hardly ever seen together, and on the diagonal.
    """
    count = body.shape[1]
    out = np.full((count, count), np.inf)
    for k in range(count):
        away = np.linalg.norm(body - body[:, [k]], axis=-1)
        often = np.isfinite(away).sum(axis=0) >= min(_AROUND, len(body))
        often[k] = False
        off = np.abs(away[:, often] - np.nanmedian(away[:, often], axis=0))
        out[k, often] = np.nanquantile(off, _MOST_OF, axis=0) if off.size else np.inf
    return out


def _filled(
    body: Array, time: Array, k: int, mates: Ints, gap: tuple[int, int]
) -> Array | None:
    """The missing places of a point, or None where its cluster does not tell them."""
    first, last = gap
    start = np.searchsorted(time, time[first - 1] - _AROUND_S)
    end = np.searchsorted(time, time[last + 1] + _AROUND_S, side="right")
    near = slice(
        min(int(start), max(0, first - _AROUND)), max(int(end), last + _AROUND)
    )
    frames = np.arange(len(time))[near]
    inside = (frames >= first - 1) & (frames <= last + 1)
    there = np.isfinite(body[near][inside][:, mates]).all(axis=(0, 2))
    mates = mates[there][:_MOST]
    if mates.size < _FEWEST:
        return None
    cluster, point = body[near][:, mates], body[near, k]
    rest = cluster[int(np.argmax(frames == first - 1))]
    if thickness(rest) < _THICK:
        return None
    # Twice: the shape of one frame is as noisy as that frame.
    own = seen_from(*rigid_motion(rest, cluster), cluster)
    rest = np.nanmean(own, axis=0)
    rotation, shift = rigid_motion(rest, cluster)
    own = seen_from(rotation, shift, cluster)
    local = seen_from(rotation, shift, point)
    if not (_steady(own - rest) and _steady(local - np.nanmedian(local, axis=0))):
        return None
    ends = [first - 1, last + 1]
    at = [int(np.argmax(frames == end)) for end in ends]
    share = (time[first : last + 1] - time[ends[0]]) / (time[ends[1]] - time[ends[0]])
    way = local[at[0]] + share[:, np.newaxis] * (local[at[1]] - local[at[0]])
    missing = inside & (frames >= first) & (frames <= last)
    return placed_by(rotation[missing], shift[missing], way)


def _steady(off: Array) -> bool:
    """Whether nine tenths of the places (..., 3) lie near to 0, of five at least."""
    away = np.linalg.norm(off, axis=-1)
    away = away[np.isfinite(away)]
    enough = away.size >= _AROUND
    return enough and float(np.quantile(away, _MOST_OF)) < RIGID_M
