"""From the stamps of packets to the order and the times of pictures: plain numpy."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

__all__ = ["NO_STAMP", "Stamps", "is_plain", "presentation", "unbroken"]

Stamps = NDArray[np.int64]

#: FFmpeg's mark of a missing stamp.
NO_STAMP = np.iinfo(np.int64).min

_BACK_S = 0.25
_LONGEST_GAP_S = 600.0
_MAX_REORDER = 32  # H.264 and HEVC hold back at most 16 pictures, or 32 fields
_USUAL_FPS = 25.0
_MANY = 0.05


def unbroken(pts: Stamps, dts: Stamps, tick_s: float) -> tuple[Stamps, list[str]]:
    """Presentation stamps on one clock.

    Parameters
    ----------
    pts, dts : (packets,) int
        Presentation and decoding stamps in the order of the file.
    tick_s : float
        Seconds per unit of a stamp.

    Returns
    -------
    pts : (packets,) int
        Where the clock starts anew (decoding times jump back, as in joined transport
        streams), it goes on instead.
    repairs : list of str
    """
    known = np.flatnonzero(dts != NO_STAMP)
    steps = np.diff(dts[known].astype(float)) * tick_s
    broken = np.flatnonzero(steps < -_BACK_S)
    if not len(broken):
        return pts, []
    usual = np.median(steps[steps > 0]) if (steps > 0).any() else 1 / _USUAL_FPS
    shift = np.zeros(len(pts))
    for place in broken:
        shift[known[place + 1] :] += usual - steps[place]
    moved = pts + np.round(shift / tick_s).astype(np.int64)
    line = f"times: the file's clock starts anew {len(broken)} times; continued"
    return np.where(pts == NO_STAMP, NO_STAMP, moved), [line]


def is_plain(pts: Stamps) -> bool:
    """Whether these stamps alone tell the order: all there, unlike, and near."""
    if not len(pts) or (pts == NO_STAMP).any():
        return False
    order = np.argsort(pts, kind="stable")
    if (np.diff(pts[order]) <= 0).any():
        return False
    return int(np.abs(order - np.arange(len(pts))).max()) <= _MAX_REORDER


def presentation(
    pts: Stamps, dts: Stamps, tick_s: float, fps: float
) -> tuple[NDArray[np.float64], list[str]]:
    """Times of pictures from their stamps, which may be missing or wrong.

    Parameters
    ----------
    pts : (frames,) int
        Presentation stamps, in the order in which pictures are shown.
    dts : (frames,) int
        Their decoding stamps, in the order of the file.
    tick_s : float
        Seconds per unit.
    fps : float or None
        What the file claims, for the case that no two stamps are of use.

    Returns
    -------
    time_s : (frames,) float
        Strictly increasing, from 0. As many stamps as possible are kept (the longest
        increasing run of them); the others are interpolated. Where many presentation
        stamps are of no use (AVI has none), the decoding stamps are taken, in order.
        Gaps of over ten minutes are closed.
    repairs : list of str
        A line if any was.

    Examples
    --------
    >>> stamps = np.array([0, 10, 900, 30])
    >>> presentation(stamps, stamps, 0.01, None)[0].tolist()
    [0.0, 0.1, 0.2, 0.3]
    """
    kept, repairs = _increasing(pts), []
    stamps, others = pts, _increasing(dts)
    if len(pts) - len(kept) > _MANY * len(pts) and len(others) > len(kept):
        stamps, kept = dts, others
        repairs.append("times: from decoding stamps, for lack of presentation stamps")
    frames, lost = np.arange(len(stamps)), len(stamps) - len(kept)
    if len(kept) < 2 and len(stamps) > 1:
        rate = fps if fps and 1 / 60 <= fps <= 1000 else _USUAL_FPS
        return frames / rate, [f"times: none of use in the file; {rate:.6g} fps taken"]
    if len(stamps) < 2:
        return np.zeros(len(stamps)), repairs
    known, closed = _closed((stamps[kept] - stamps[kept[0]]).astype(float) * tick_s)
    repairs += closed
    if not lost:
        return known, repairs
    times = np.interp(frames, kept, known)
    pace = float(np.median(np.diff(known) / np.diff(kept)))
    before, after = frames < kept[0], frames > kept[-1]
    times[before] = (frames[before] - kept[0]) * pace
    times[after] = known[-1] + (frames[after] - kept[-1]) * pace
    line = (
        f"times: {lost} of {len(stamps)} stamps missing or out of order; interpolated"
    )
    return times - times[0], [*repairs, line]


def _closed(times: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[str]]:
    """Times without gaps that no recording has, and a line if there were any."""
    steps = np.diff(times)
    absurd = steps > _LONGEST_GAP_S
    if not absurd.any():
        return times, []
    steps[absurd] = np.median(steps[~absurd]) if not absurd.all() else 1 / _USUAL_FPS
    line = f"times: gaps of over ten minutes closed: {absurd.sum()}"
    return np.concatenate([[0.0], np.cumsum(steps)]), [line]


def _increasing(stamps: Stamps) -> NDArray[np.intp]:
    """Places of the longest strictly increasing run of stamps (patience sorting)."""
    given = np.flatnonzero(stamps != NO_STAMP)
    if not len(given) or (np.diff(stamps[given]) > 0).all():
        return given
    ends: list[int] = []  # the least stamp that ends a run of each length
    places: list[int] = []
    before = np.full(len(stamps), -1)
    for place in given.tolist():
        stamp = int(stamps[place])
        length = bisect_left(ends, stamp)
        before[place] = places[length - 1] if length else -1
        if length == len(ends) or stamp < ends[length]:  # of equals the first is kept
            ends[length : length + 1] = [stamp]
            places[length : length + 1] = [place]
    run = []
    place = places[-1]
    while place >= 0:
        run.append(place)
        place = int(before[place])
    return np.array(run[::-1])
