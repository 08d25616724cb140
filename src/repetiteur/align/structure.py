"""What a take does with its reference: which stretches it dances, skips and repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.align.alignment import Alone, Break
from repetiteur.align.features import Frame
from repetiteur.align.path import ALONE_S, breaks
from repetiteur.kernels import signals
from repetiteur.kernels.jumping import Costs

Array = NDArray[np.float64]
Frames = NDArray[np.int64]

#: Being alone for a frame, or leaving one out, as a share of what two poses are apart
#: by chance: half the angle. More, and a take that was cut short has its ends squeezed
#: onto foreign frames. By a tracker's depth the same poses from different sides are a
#: quarter to a half of that apart.
ALONE_SHARE: dict[Frame, float] = {"space": 0.25, "picture": 0.25, "depth": 0.5}
#: Leaving the reference, or coming back to it, and going on elsewhere in it cost as
#: much as being alone for so long, s; each frame that a jump passes over, as this share
#: of one. By the depth nearly any pose fits somewhere else.
LEAVING_S, FAR = 0.25, 0.01
JUMP_S: dict[Frame, float] = {"space": 0.8, "picture": 0.8, "depth": 30.0}
#: Two frames of which nothing was seen cost this share of being alone. More, and what
#: is hidden looks left out; less, and foreign dancing is laid to hidden frames.
UNSEEN_SHARE = 0.8
#: Dancing together for less than this, s, is chance.
TOGETHER_S = 0.6
#: Dancing again less than this, s, of what is danced is no repeat, but a way back in;
#: nor is what lasts more than so many times as long as the bar, or as little.
AGAIN_S, AGAIN_TIMES = 1.2, 2.0
ALONE: tuple[Alone, ...] = get_args(Alone)


def costs(chance: float, rate: float, aside: float, frame: Frame) -> Costs:
    """What a way through may cost.

    Parameters
    ----------
    chance : float
        Mean squared distance of any two poses, rad^2.
    rate : float
        Frames per second.
    aside : float
        Cost of a step in which only one of the two goes on.
    frame : {"space", "picture", "depth"}
        In which the two are compared.

    Returns
    -------
    Costs
    """
    alone = ALONE_SHARE[frame] * chance
    second = alone * rate
    return Costs(
        aside=aside,
        alone=alone,
        leaving=LEAVING_S * second,
        jump=JUMP_S[frame] * second,
        far=FAR * alone,
        unseen=UNSEEN_SHARE * alone,
    )


def stretches(frames: Frames, rate: float) -> list[Frames]:
    """Where a way through its reference neither jumps nor is alone.

    Parameters
    ----------
    frames : (points, 2) int
        As in :class:`~repetiteur.kernels.jumping.Way`.
    rate : float
        Frames per second of both.

    Returns
    -------
    list of (points, 2) int
        In the order of the take; each goes on by one frame at the most, and lasts.

    Examples
    --------
    >>> bar = [[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]]
    >>> found = stretches(np.array([*bar, [-1, 5], [1, 6], [2, 7], [3, 8]]), 2.0)
    >>> [piece.tolist() for piece in found]
    [[[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]], [[1, 6], [2, 7], [3, 8]]]
    """
    step = np.diff(frames[:, 0])
    alone = frames[:, 0] < 0
    cut = (step < 0) | (step > 1) | alone[1:] | alone[:-1]
    pieces = np.split(frames, np.flatnonzero(cut) + 1)
    least = TOGETHER_S * rate
    return [p for p in pieces if p[0, 0] >= 0 and np.ptp(p, axis=0).min() >= least]


@dataclass(frozen=True)
class Together:
    """All of both recordings, laid side by side in the order of the reference.

    Attributes
    ----------
    path : (points, 2) int
        Frames of reference and take, both non-decreasing.
    state : (points,) str
        As in :class:`~repetiteur.align.alignment.Alignment`.
    again : (points,) int
        The frame of the reference that the take dances once more; -1 elsewhere.
    rate : float
        Frames per second of both.
    """

    path: Frames
    state: NDArray[np.str_]
    again: Frames
    rate: float

    def breaks(self, reference_s: Array, take_s: Array) -> tuple[Break, ...]:
        """The stretches that are not danced together, by the times of the frames."""
        found = []
        for name in ALONE:
            for a, b in self._runs(name):
                i, j = self.path[a : b + 1].T
                again = self.again[a : b + 1]
                if name == "repeated" and (again >= 0).any():
                    i = again[again >= 0]
                where = float(reference_s[i.min()]), float(reference_s[i.max()])
                when = float(take_s[j[0]]), float(take_s[j[-1]])
                if name == "skipped":
                    when = when[0], when[0]
                elif name == "extra":
                    where = where[0], where[0]
                lasts = where if name == "skipped" else when
                if lasts[0] < lasts[1]:  # one point between two stretches is a seam
                    found.append(Break(name, where, when))
        return tuple(sorted(found, key=lambda one: (one.take_s, one.reference_s)))

    def _runs(self, name: Alone) -> list[tuple[int, int]]:
        """First and last point of each stretch of a state, one bar's repeat each."""
        found = []
        for a, b in signals.runs(self.state == name):
            bars = [(0, b - a)]
            if name == "repeated":
                bars = _bars(self.again[a : b + 1], self.rate)
            found += [(a + c, a + d) for c, d in bars]
        return found


def _bars(again: Frames, rate: float) -> list[tuple[int, int]]:
    """First and last point of each bar that is gone through without a jump."""
    step = np.diff(again)
    cuts = np.flatnonzero((step < 0) | (step > ALONE_S * rate)) + 1
    return [(a, b - 1) for a, b in pairwise([0, *map(int, cuts), again.size])]


def chain(pieces: Sequence[Frames]) -> list[int]:
    """Which stretches, each going beyond the one before, dance most of the reference.

    Parameters
    ----------
    pieces : sequence of (points, 2) int
        In the order of the take.

    Returns
    -------
    list of int
        The others go back, or ahead of what follows.

    Examples
    --------
    >>> ahead, all_of_it = np.array([[60, 0], [80, 20]]), np.array([[0, 21], [90, 111]])
    >>> chain([ahead, all_of_it])
    [1]
    """
    most = [int(np.ptp(piece[:, 0])) for piece in pieces]
    before = [-1] * len(pieces)
    for k, piece in enumerate(pieces):
        own = most[k]
        for j in range(k):
            beyond = int(piece[-1, 0] - pieces[j][-1, 0])
            if beyond > 0 and most[j] + min(own, beyond) >= most[k]:
                most[k], before[k] = most[j] + min(own, beyond), j
    out = [int(np.argmax(most))] if pieces else []
    while out and before[out[-1]] >= 0:
        out.append(before[out[-1]])
    return out[::-1]


def together(
    pieces: Sequence[Frames],
    frames: tuple[int, int],
    rate: float,
    seen: NDArray[np.bool_] | None = None,
) -> Together:
    """Lay stretches into one path, what lies between them being a break.

    Parameters
    ----------
    pieces : sequence of (points, 2) int
        In the order of the take, no frame of it in two.
    frames : (int, int)
        Frames of reference and take.
    rate : float
        Frames per second of both.
    seen : (take frames,) bool, optional
        Where the take was seen: what is hidden is no repeat. By default everywhere.

    Returns
    -------
    Together
        Where a stretch goes back, the take repeats what it dances, until it comes to
        what is new. Of what is left out at the ends, nothing that is short.
    """
    kept = chain(pieces)
    danced = np.concatenate([np.zeros(0, int), *(pieces[k][:, 0] for k in kept)])
    seen = np.ones(frames[1], dtype=bool) if seen is None else seen
    laid = _Laid(rate, danced, seen)
    for k, piece in enumerate(pieces):
        new = piece[piece[:, 0] > laid.front] if k in kept else piece[:0]
        laid.alone_until(piece[0, 1])
        laid.repeat(piece[: len(piece) - len(new)])
        if len(new):
            laid.skip_until(*new[0])
            laid.dance(new)
    laid.alone_until(frames[1])
    laid.skip_until(frames[0], frames[1] - 1)
    return laid.done()


class _Laid:
    """Points laid so far, and how far both recordings have come."""

    def __init__(self, rate: float, danced: Frames, seen: NDArray[np.bool_]) -> None:
        self.rate, self.danced, self.seen = rate, danced, seen
        self.front, self.then = -1, -1
        self.rows: list[Frames] = []
        self.names: list[NDArray[np.str_]] = []

    def _lay(
        self, i: ArrayLike, j: ArrayLike, name: ArrayLike, again: ArrayLike = -1
    ) -> None:
        rows = np.stack(np.broadcast_arrays(i, j, again), axis=1)
        self.rows.append(rows)
        self.names.append(np.broadcast_to(np.asarray(name, dtype="<U8"), len(rows)))

    def alone_until(self, frame: int) -> None:
        """The take goes on alone until just before one of its frames."""
        j = np.arange(self.then + 1, frame)
        self._lay(max(self.front, 0), j, "extra")

    def skip_until(self, place: int, frame: int) -> None:
        """The reference goes on alone until just before one of its frames."""
        self._lay(np.arange(self.front + 1, place), frame, "skipped")

    def repeat(self, piece: Frames) -> None:
        """The take dances once more what it dances, if that is long enough to tell."""
        if not len(piece):
            return
        j, first = np.unique(piece[:, 1], return_index=True)
        lasts, bar = np.ptp(piece, axis=0)[::-1] + 1
        mostly = min(
            float(np.isin(piece[:, 0], self.danced).mean()), float(self.seen[j].mean())
        )
        as_long = bar / AGAIN_TIMES <= lasts <= bar * AGAIN_TIMES
        if lasts >= AGAIN_S * self.rate and as_long and mostly > 0.5:
            self._lay(self.front, j, "repeated", piece[first, 0])
        else:
            self._lay(self.front, j, "extra")
        self.then = int(piece[-1, 1])

    def dance(self, piece: Frames) -> None:
        """Both dance, but for what :func:`~repetiteur.align.path.breaks` finds."""
        self._lay(piece[:, 0], piece[:, 1], breaks(piece, self.rate))
        self.front, self.then = map(int, piece[-1])

    def done(self) -> Together:
        """The whole; what is short belongs to the longest break beside it.

        Where none is long all is danced, or at an end no part of it.
        """
        rows, names = np.concatenate(self.rows), np.concatenate(self.names)
        least = ALONE_S * self.rate
        self._doubt_repeats(rows[:, 2], names)
        for a, b in signals.runs(names != "danced"):
            run = names[a : b + 1]
            cuts = np.flatnonzero(run[1:] != run[:-1]) + 1
            parts = list(pairwise([a, *(cuts + a), b + 1]))
            long = [int(np.ptp(rows[c:d, :2], axis=0).max()) for c, d in parts]
            longest = str(names[parts[int(np.argmax(long))][0]])
            inside = a > 0 and b < len(names) - 1
            instead = "danced" if inside else ""
            for (c, d), lasts in zip(parts, long, strict=True):
                if lasts < least:
                    names[c:d] = longest if max(long) >= least else instead
        kept = names != ""
        return Together(rows[kept, :2], names[kept], rows[kept, 2], self.rate)

    def _doubt_repeats(self, again: Frames, names: NDArray[np.str_]) -> None:
        """Bits of several bars in one break are no repeat, but other movement."""
        for a, b in signals.runs(names != "danced"):
            inside = slice(a, b + 1)
            once_more = again[inside][names[inside] == "repeated"]
            bars = [
                (once_more[c], once_more[d])
                for c, d in (_bars(once_more, self.rate) if once_more.size else [])
            ]
            for one, two in pairwise(sorted(bars)):
                if two[0] > one[1]:
                    names[inside][names[inside] == "repeated"] = "extra"
