"""What a take does with its reference: which stretches it dances, skips and repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
#: Dancing together for less than this, s, is a chance meeting.
MEETING_S = 0.6
#: Dancing again less than this, s, of what was danced is no repeat, but a way back in.
AGAIN_S = 0.5
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
    return Costs(aside, alone, LEAVING_S * second, JUMP_S[frame] * second, FAR * alone)


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
    >>> found = stretches(np.array([*bar, [-1, 5], [1, 6], [2, 7], [3, 8]]), 4.0)
    >>> [piece.tolist() for piece in found]
    [[[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]], [[1, 6], [2, 7], [3, 8]]]
    """
    step = np.diff(frames[:, 0])
    alone = frames[:, 0] < 0
    cut = (step < 0) | (step > 1) | alone[1:] | alone[:-1]
    pieces = np.split(frames, np.flatnonzero(cut) + 1)
    least = MEETING_S * rate
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
    """

    path: Frames
    state: NDArray[np.str_]
    again: Frames

    def breaks(self, reference_s: Array, take_s: Array) -> tuple[Break, ...]:
        """The stretches that are not danced together, by the times of the frames.

        What is shorter than ``ALONE_S`` belongs to a longer one beside it.
        """
        found = []
        for name in ALONE:
            for a, b in signals.runs(self.state == name):
                i, j = self.path[a : b + 1].T
                i = self.again[a : b + 1] if name == "repeated" else i
                where = float(reference_s[i.min()]), float(reference_s[i.max()])
                when = float(take_s[j[0]]), float(take_s[j[-1]])
                start, end = where if name == "skipped" else when
                if end - start >= ALONE_S:
                    found.append(Break(name, where, when))
        return tuple(sorted(found, key=lambda one: (one.take_s, one.reference_s)))


def together(
    pieces: Sequence[Frames], frames: tuple[int, int], rate: float
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

    Returns
    -------
    Together
        Where a stretch goes back, the take repeats what it had danced, until it comes
        to what is new. Of what is left out at the ends, nothing that is short.
    """
    laid = _Laid(rate)
    for piece in pieces:
        new = piece[piece[:, 0] > laid.front]
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

    def __init__(self, rate: float) -> None:
        self.rate = rate
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
        """The take dances again what it had danced, if that is long enough to tell."""
        if not len(piece):
            return
        j, first = np.unique(piece[:, 1], return_index=True)
        danced = np.concatenate(self.rows)[np.concatenate(self.names) == "danced", 0]
        known = (
            j.size >= AGAIN_S * self.rate and np.isin(piece[:, 0], danced).mean() > 0.5
        )
        if known:
            self._lay(self.front, j, "repeated", piece[first, 0])
        else:
            self._lay(self.front, j, "extra")
        self.then = int(piece[-1, 1])

    def dance(self, piece: Frames) -> None:
        """Both dance, but for what :func:`~repetiteur.align.path.breaks` finds."""
        self._lay(piece[:, 0], piece[:, 1], breaks(piece, self.rate))
        self.front, self.then = map(int, piece[-1])

    def done(self) -> Together:
        """The whole; a break that is short is danced, or at an end no part of it."""
        rows, names = np.concatenate(self.rows), np.concatenate(self.names)
        for a, b in signals.runs(names != "danced"):
            if np.ptp(rows[a : b + 1, :2], axis=0).max() < ALONE_S * self.rate:
                inside = a > 0 and b < len(names) - 1
                names[a : b + 1] = "danced" if inside else ""
        kept = names != ""
        return Together(rows[kept, :2], names[kept], rows[kept, 2])
