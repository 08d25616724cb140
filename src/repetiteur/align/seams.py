"""Where exactly a take leaves its reference, and where it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals
from repetiteur.kernels.jumping import Costs, way_through

Array = NDArray[np.float64]
Frames = NDArray[np.int64]
Corner = tuple[int, int]

#: Further from everything than any pose, rad: what nothing is danced to.
_WALL = 1e3
#: Dearer than any way, rad^2: a jump where it is known that there is none.
_NEVER = 1e9


@dataclass(frozen=True)
class Piece:
    """A stretch that both dance: (reference, take) frames of its first and its last."""

    first: Corner
    last: Corner

    def reach(self, look: int) -> int:
        """``look``, or as many frames as leave half of the stretch to its other end."""
        i, j = self.last[0] - self.first[0], self.last[1] - self.first[1]
        return min(look, i // 2, j // 2)


def exact_ends(
    pieces: Sequence[Piece], x: Array, y: Array, costs: Costs, look: int
) -> list[Piece]:
    """First and last frames of each stretch, to the frame.

    Round each seam the cheapest way is sought once more, at the rate of the features.

    Parameters
    ----------
    pieces : sequence of Piece
        Roughly, in the order of the take.
    x : (n, d) float
    y : (m, d) float
        Features of reference and take.
    costs : Costs
        For their rate.
    look : int
        Frames round a seam that are looked at.

    Returns
    -------
    list of Piece
        As many.
    """
    if not pieces:
        return []
    begin, end = pieces[0], pieces[-1]
    way = _way([_Look(begin.first, look, begin.reach(look))], x, y, costs)
    firsts, lasts = [_corner(way, 0, begin.first)], []
    for one, two in pairwise(pieces):
        last, first = _seam(one, two, x, y, costs, look)
        lasts.append(last)
        firsts.append(first)
    way = _way([_Look(end.last, end.reach(look), look)], x, y, costs)
    lasts.append(_corner(way, -1, end.last))
    return [Piece(*ends) for ends in zip(firsts, lasts, strict=True)]


@dataclass(frozen=True)
class _Look:
    """A corner, and how many frames before and after it are looked at."""

    corner: Corner
    back: int
    on: int

    def frames(self, axis: int, count: int) -> Frames:
        at = self.corner[axis]
        return np.arange(max(at - self.back, 0), min(at + self.on + 1, count))


def _seam(
    one: Piece, two: Piece, x: Array, y: Array, costs: Costs, look: int
) -> tuple[Corner, Corner]:
    """The last frames of one stretch and the first of the next."""
    looks = [
        _Look(one.last, one.reach(look), look),
        _Look(two.first, look, two.reach(look)),
    ]
    if 0 < two.first[0] - one.last[0] <= look // 4:  # it goes on where it had stopped
        way = _way(looks, x, y, replace(costs, jump=_NEVER))
        runs = signals.runs(way[:, 0] < 0)
        alone = [(a, b) for a, b in runs if a > 0 and b < len(way) - 1]
        if not alone:
            return one.last, two.first
        cut = max(alone, key=lambda run: run[1] - run[0])[0]
    else:  # that it jumps is known, and costs little; it only has to be seen where
        way = _way(looks, x, y, replace(costs, jump=costs.leaving), apart=True)
        side = np.where(way[:, 0] < 0, 0, np.where(way[:, 2] == 0, 1, -1))
        cut = int(np.argmax(np.cumsum(side))) + 1
    return _corner(way[:cut], -1, one.last), _corner(way[cut:], 0, two.first)


def _corner(way: Frames, which: int, roughly: Corner) -> Corner:
    """The first (0) or last (-1) danced point; the rough one where there is none."""
    danced = way[way[:, 0] >= 0]
    return (int(danced[which, 0]), int(danced[which, 1])) if len(danced) else roughly


def _way(
    looks: Sequence[_Look], x: Array, y: Array, costs: Costs, *, apart: bool = False
) -> Frames:
    """Frames of reference and take, and the window (0, 1) of each, (points, 3).

    The reference is -1 where the take is alone. Windows of the reference that are
    ``apart`` stay two though they overlap.
    """
    places = [look.frames(0, len(x)) for look in looks]
    if not apart:
        places = [np.unique(np.concatenate(places))]
    window = np.concatenate([np.full(p.size, k) for k, p in enumerate(places)])
    i, window = _walled(np.concatenate(places), window)
    j, _ = _walled(
        np.unique(np.concatenate([look.frames(1, len(y)) for look in looks]))
    )
    way = way_through(_rows(x, i), _rows(y, j), costs).frames
    way = way[j[way[:, 1]] >= 0]
    danced = way[:, 0] >= 0
    return np.stack(
        [np.where(danced, i[way[:, 0]], -1), j[way[:, 1]], window[way[:, 0]]], axis=1
    )


def _walled(frames: Frames, window: Frames | None = None) -> tuple[Frames, Frames]:
    """Frames with a wall, -1, wherever they do not go on by one; and their windows."""
    window = np.zeros_like(frames) if window is None else window
    breaks = np.flatnonzero((np.diff(frames) != 1) | (np.diff(window) != 0)) + 1
    return np.insert(frames, breaks, -1), np.insert(window, breaks, 0)


def _rows(rows: Array, frames: Frames) -> Array:
    return np.where(frames[:, None] < 0, _WALL, rows[frames])
