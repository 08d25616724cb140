"""The same music played again: another pianist, another tempo at every moment.

Note names of fifths of a second are lined up whole, which says whether it is the same
music at all; then note names and onsets of fiftieths of a second are lined up near that
path. Both ends of either recording may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from repetiteur.kernels.warping import Warp, warp
from repetiteur.kernels.warping_near import warp_near
from repetiteur.music.features import FRAMES_PER_S, Heard, heard
from repetiteur.music.points import Array, Points

__all__ = ["played_again"]

Single = NDArray[np.float32]
#: Frames to a coarse one, and frames that each of those looks at.
COARSE, LOOKS = 10, 21
#: What leaving a frame out at the ends costs, of what two frames of chance cost; in
#: the fine line-up, where less is alike.
LEFT_OUT, LEFT_OUT_FINE = 0.3, 0.4
#: What a step of one recording alone costs besides, of the same.
ASIDE = 0.3
#: Onsets count so many times note names.
ONSETS = 1.5
#: The fine path is sought within so many seconds of the coarse one.
RADIUS_S = 2.5
#: Saved by lining up, of what could be saved at most, and how many times as much as
#: by lining up what cannot be the same: backwards, and in the eleven other keys. Of
#: different pieces none reaches either (docs/sound-sync.md).
SAVED, TIMES = 0.25, 2.0
#: Seconds that must be lined up, and least and greatest tempo against the other.
LINED_UP_S, TEMPI = 5.0, (1.0 / 3.0, 3.0)
#: The path is smoothed by a bell of so many seconds: of one frame's width, nearly.
SMOOTH_S = 0.025
#: Seconds from point to point of what is returned.
STEP_S = 0.1
#: How far other places are looked at, and over how long, seconds.
BESIDE_S, AROUND_S = 0.5, 1.0
#: A place beside the path that is dearer by this share of what chance costs is as
#: likely as it is at 1/e; and that share grows where nothing fits well.
DEARER, DEARER_BY_FIT = 0.025, 0.06
#: Notes do not sound as they are struck: standard deviation at the least, seconds.
STRUCK_SD_S = 0.01
#: Log odds that a place is right to 0.15 s; how much less by each second of its
#: standard deviation, and by each e-fold of its tempo off the whole's, at most so many.
#: Fitted to 6400 beats of 72 planted pairs, half of them interrupted and with 8 s of
#: other music before.
LIKELY, MOST_AWAY = (3.6, 7.0, 2.7), 2.0


@dataclass(frozen=True, eq=False)
class Laid:
    """The second recording laid along the first, at each frame of a part of the first.

    Attributes
    ----------
    frame : (frames,) int
        Of the first recording.
    there : (frames,) float
        Frame of the second.
    """

    frame: NDArray[np.int64]
    there: Array


def played_again(first: Single, second: Single, rate: int) -> Points | str:
    """Line up two playings of the same music.

    Parameters
    ----------
    first : (n,) float
    second : (m,) float
        Sound.
    rate : int
        Samples per second.

    Returns
    -------
    Points or str
        Seconds from the first sample of each; or, in words, why they are not lined up.

    Examples
    --------
    >>> hum = np.sin(np.arange(96_000) / 10.0).astype(np.float32)
    >>> played_again(hum, hum, 16_000)[:28]
    'The same music is needed, an'
    """
    a, b = heard(first, rate), heard(second, rate)
    rough, reason = _rough(_coarse(a), _coarse(b))
    if reason:
        return reason
    x, y = _rows(a), _rows(b)
    chance = _chance(x, y)
    path = warp_near(
        x,
        y,
        rough.path * COARSE,
        round(RADIUS_S * FRAMES_PER_S),
        leave_out=LEFT_OUT_FINE * chance,
        aside=ASIDE * chance,
    )
    points = _points(_laid(path), x, y, chance)
    lasts_s = points.lasts_s
    return points if lasts_s >= LINED_UP_S else _too_little(lasts_s)


def _coarse(of: Heard) -> Array:
    """Note names of fifths of a second, each the mean of twice as long."""
    bell = np.hanning(LOOKS + 2)[1:-1]
    mean = ndimage.convolve1d(of.chroma, bell / bell.sum(), axis=0, mode="constant")
    rows = mean[::COARSE]
    size = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(size, 0.2))


def _rows(of: Heard) -> Array:
    return np.hstack([of.chroma, ONSETS * of.onset])


def _chance(x: Array, y: Array) -> float:
    """Mean square distance of any row to any other."""
    spread = (x**2).sum(axis=1).mean() + (y**2).sum(axis=1).mean()
    return float(spread - 2.0 * x.mean(axis=0) @ y.mean(axis=0))


def _rough(x: Array, y: Array) -> tuple[Warp, str]:
    """The coarse line-up, and why it is not the same music; empty if it is."""
    chance = _chance(x, y)
    found, saved = _saved(x, y, chance)
    others = [_saved(x, y[::-1], chance)[1]]
    others += [_saved(x, np.roll(y, keys, axis=1), chance)[1] for keys in range(1, 12)]
    lined_up_s = np.diff(found.path[[0, -1]], axis=0)[0] * COARSE / FRAMES_PER_S
    if lined_up_s.min() < LINED_UP_S:
        return found, _too_little(lined_up_s.min())
    if saved < SAVED or saved < TIMES * max(others):
        return found, (
            "The same music is needed, and these two are no more alike than two "
            "pieces may be. Give recordings of the same music, nearer to it, and "
            "without other music."
        )
    tempo = lined_up_s[1] / lined_up_s[0]
    if not TEMPI[0] <= tempo <= TEMPI[1]:
        return found, (
            "Two tempi of which one is less than three times the other are needed, "
            f"and the second lasts {tempo:.2f} times the first. Give the same music."
        )
    return found, ""


def _too_little(alike_s: float) -> str:
    return (
        f"At least {LINED_UP_S:.0f} s of the same music are needed, and "
        f"{alike_s:.1f} s of the two recordings are alike. Give recordings of the same "
        "music."
    )


def _saved(x: Array, y: Array, chance: float) -> tuple[Warp, float]:
    """The line-up, and how much of what leaving all out costs it saves, 0 to 1."""
    out = LEFT_OUT * chance
    found = warp(x, y, leave_out=out, weights=(2.0, 1.0, 1.0))
    return found, 1.0 - (found.cost / out - abs(len(x) - len(y))) / (
        2.0 * min(len(x), len(y))
    )


def _laid(path: NDArray[np.int64]) -> Laid:
    """A path as a frame of the second for each of the first, smooth."""
    along = path.sum(axis=1)
    steps = np.arange(along[0], along[-1] + 1)
    both = [np.interp(steps, along, column) for column in path.T]
    wide = 2.0 * SMOOTH_S * FRAMES_PER_S
    x, y = (ndimage.gaussian_filter1d(row, wide, mode="nearest") for row in both)
    frame = np.arange(path[0, 0], path[-1, 0] + 1)
    return Laid(frame, np.interp(frame, x, y))


def _points(laid: Laid, x: Array, y: Array, chance: float) -> Points:
    beside = _beside(laid, x, y) / chance
    off_s = np.arange(len(beside)) / FRAMES_PER_S - BESIDE_S
    fit = beside[len(beside) // 2]
    dearer = DEARER + DEARER_BY_FIT * fit
    likely = np.exp(-(beside - beside.min(axis=0)) / dearer)
    sd = np.hypot(np.sqrt(off_s**2 @ likely / likely.sum(axis=0)), STRUCK_SD_S)
    first, last = _fitting(fit)
    at = np.arange(first, last, round(STEP_S * FRAMES_PER_S))
    rising = np.arange(at.size) * 1e-6  # while one of the two stands still
    return Points(
        laid.frame[at] / FRAMES_PER_S,
        laid.there[at] / FRAMES_PER_S + rising,
        sd[at],
        _sure(laid, sd)[at],
    )


def _fitting(fit: Array) -> tuple[int, int]:
    """From where to where the two are alike: less at the ends is something else.

    Alike is what is nearer to the usual fit than to chance, 1; of all stretches the one
    with the greatest sum of what it is nearer.
    """
    so_far = np.concatenate([[0.0], np.cumsum((np.median(fit) + 1.0) / 2.0 - fit)])
    last = int(np.argmax(so_far - np.minimum.accumulate(so_far)))
    return int(np.argmin(so_far[: last + 1])), last


def _beside(laid: Laid, x: Array, y: Array) -> Array:
    """Mean distances round each moment, were the second later, (offs, frames)."""
    reach = round(BESIDE_S * FRAMES_PER_S)
    apart = np.empty((2 * reach + 1, laid.frame.size))
    rows = x[laid.frame]
    for k in range(len(apart)):
        at = np.clip(laid.there + (k - reach), 0.0, len(y) - 1.001)
        before = at.astype(np.int64)
        part = (at - before)[:, None]
        there = y[before] * (1.0 - part) + y[before + 1] * part
        apart[k] = ((rows - there) ** 2).sum(axis=1)
    bell = np.hanning(round(AROUND_S * FRAMES_PER_S) + 2)[1:-1]
    return np.asarray(ndimage.convolve1d(apart, bell / bell.sum(), mode="nearest"))


def _sure(laid: Laid, sd: Array) -> Array:
    """How likely each place is right to 0.15 s: a logistic regression.

    Other places nearby that fit as well speak against it, and so does a tempo over
    a second round it that is far from that of the whole: somebody spoke there, or
    music was left out.
    """
    half = FRAMES_PER_S // 2
    first, last = laid.frame[0], laid.frame[-1]
    ends = np.clip(laid.frame + np.array([[-half], [half]]), first, last)
    there = np.interp(ends, laid.frame, laid.there)
    tempo = np.maximum(np.diff(there, axis=0)[0], 1.0) / np.diff(ends, axis=0)[0]
    whole = (laid.there[-1] - laid.there[0]) / (last - first)
    away = np.minimum(np.abs(np.log(tempo / whole)), MOST_AWAY)
    against = LIKELY[0] - LIKELY[1] * sd - LIKELY[2] * away
    return np.asarray(1.0 / (1.0 + np.exp(-against)))
