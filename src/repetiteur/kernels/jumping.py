"""Lining up a take that skips, repeats or goes on alone: warping that may jump.

Warping in time alone can only stretch. Here the take may also leave the reference and
come back, or go on at any other place of it [1]_: each frame of the take is either
danced, at a frame of the reference, or alone, in a gap between two frames of it. The
cheapest way through is exact; the sums from both ends together tell how much worse
every other way is at each moment.

References
----------
.. [1] C. Fremerey, M. Mueller, M. Clausen, "Handling repeats and jumps in score-
   performance synchronization", ISMIR 2010.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels.warping import square_distances

Array = NDArray[np.float64]
Frames = NDArray[np.int64]
Distances = NDArray[np.float32]


@dataclass(frozen=True)
class Costs:
    """What a way through may cost beside the distances, in their unit.

    Attributes
    ----------
    aside : float
        Each step in which only one of the two goes on.
    alone : float
        Each frame that the take is alone, and each frame of the reference left out
        before the first danced one or after the last, up to a jump's cost.
    leaving : float
        Leaving the reference to be alone, or coming back.
    jump : float
        Going on elsewhere in the reference.
    far : float
        Each frame of the reference that a jump passes over: of two places that are as
        good, the near one.
    unseen : float
        Two frames of which nothing was seen in both. At no cost a whole take would wait
        on one hidden frame.
    """

    aside: float
    alone: float
    leaving: float
    jump: float
    far: float
    unseen: float = 0.0

    def left_out(self, count: int) -> Array:
        """Cost of leaving out the first 0, 1, ... ``count`` frames of the reference."""
        frames = np.arange(count + 1.0)
        return np.minimum(self.alone * frames, self.jump) + self.far * frames


@dataclass(frozen=True)
class Way:
    """The cheapest way of a take through its reference.

    Attributes
    ----------
    frames : (points, 2) int
        Frame of the reference and of the take; each frame of the take at least once.
        The reference's goes back where the take jumps back; -1 where the take is alone.
    cost : float
        Sum of distances and costs.
    """

    frames: Frames
    cost: float


def way_through(reference: ArrayLike, take: ArrayLike, costs: Costs) -> Way:
    """The cheapest way of a take through its reference.

    Parameters
    ----------
    reference : (n, d) float
    take : (m, d) float
        Feature vectors, one row a frame; NaN = not seen, and not counted; where all
        is, ``costs.unseen``.
    costs : Costs

    Returns
    -------
    Way

    Notes
    -----
    Time O(n m), memory O(n sqrt(m)).

    Examples
    --------
    >>> costs = Costs(aside=0.1, alone=4.0, leaving=1.0, jump=5.0, far=0.01)
    >>> bar = np.arange(6.0)[:, None] * 3
    >>> once_more = bar[[0, 1, 2, 3, 1, 2, 3, 4, 5]]
    >>> way_through(bar, once_more, costs).frames[:, 0].tolist()
    [0, 1, 2, 3, 1, 2, 3, 4, 5]
    """
    sums = _Sums(np.asarray(reference), np.asarray(take), costs)
    place, danced, cost = sums.cheapest_end()
    pieces: list[Frames] = []
    for number in reversed(sums.blocks):
        first = sums.edges[number]
        block = (*sums.block(number), *sums.before[number])
        piece, place, danced = _trace(*block, place, danced, first, *sums.prices)
        pieces.append(piece)
    return Way(np.concatenate(pieces)[::-1], cost)


def other_ways(
    reference: ArrayLike, take: ArrayLike, costs: Costs, way: Way, near: ArrayLike
) -> Array:
    """How much more the best other way costs at each moment.

    Parameters
    ----------
    reference, take, costs
        As for :func:`way_through`.
    way : Way
        The cheapest one.
    near : (n, 2) int
        For each frame of the reference the first and the last that are the same place.

    Returns
    -------
    (m,) float
        For each frame of the take the cost of the best way on which it is danced
        elsewhere, not near the place of ``way``, less the cost of ``way``; for a frame
        that is alone there, of the best way on which it is danced.
    """
    x, y = np.asarray(reference), np.asarray(take)
    there, back = _Sums(x, y, costs), _Sums(x[::-1], y[::-1], costs)
    places = _places(way, np.asarray(near), len(y))
    margin = np.empty(len(y))
    for number in there.blocks:
        apart, danced, _ = there.block(number)
        _, after, _ = back.block(there.blocks[-1] - number)
        rows = there.rows(number)
        margin[rows] = _best_elsewhere(danced + after[::-1, ::-1] - apart, places[rows])
    return margin - way.cost


def _places(way: Way, near: Frames, count: int) -> Frames:
    """First and last frame that are near the way at each moment; none where alone."""
    i, j = way.frames[way.frames[:, 0] >= 0].T
    first, last = np.full(count, len(near)), np.full(count, -1)
    np.minimum.at(first, j, near[i, 0])
    np.maximum.at(last, j, near[i, 1])
    return np.stack([first, last], axis=1)


class _Sums:
    """Cheapest sums from the beginning to each place, a block of frames at a time.

    What lies before each block is kept; the rest is computed anew when it is asked for.
    Blocks are as long from the end as from the beginning, so that those of two that are
    reversed match.
    """

    def __init__(self, reference: Array, take: Array, costs: Costs) -> None:
        self.x, self.y, self.costs = reference, take, costs
        self.prices = (
            costs.aside, costs.alone, costs.leaving, costs.jump, costs.far,
        )  # fmt: skip
        count = max(1, round(np.sqrt(len(take))))
        half = np.linspace(0, len(take) // 2, count // 2 + 1).astype(int)
        self.edges = np.unique([*half, *(len(take) - half)])
        self.blocks = range(len(self.edges) - 1)
        before = (np.full(len(reference), np.inf), costs.left_out(len(reference)))
        self.before = [before]
        for number in self.blocks:
            _, danced, free = self.block(number)
            self.before.append((danced[-1].copy(), free[-1].copy()))

    def rows(self, number: int) -> slice:
        """The take's frames of a block."""
        return slice(self.edges[number], self.edges[number + 1])

    def block(self, number: int) -> tuple[Distances, Array, Array]:
        """Distances of a block (., n); its sums: danced (., n), alone (., n + 1)."""
        apart = square_distances(
            self.y[self.rows(number)], self.x, unseen=self.costs.unseen
        )
        return apart, *_sweep(apart, *self.before[number], *self.prices)

    def cheapest_end(self) -> tuple[int, bool, float]:
        """Where the cheapest way ends, whether danced there, and its cost."""
        danced, free = self.before[-1]
        left = self.costs.left_out(danced.size)[::-1]
        by_dance, by_gap = danced + self.costs.leaving + left[1:], free + left
        i, k = int(np.argmin(by_dance)), int(np.argmin(by_gap))
        if by_dance[i] <= by_gap[k]:
            return i, True, float(by_dance[i])
        return k, False, float(by_gap[k])


# No NaN comes here and -0 is 0, so the compiler may take several places at a time.
@njit(cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})
def _sweep(apart, before, free_before, aside, alone, leaving, jump, far):  # type: ignore[no-untyped-def]
    count, n = apart.shape
    danced = np.empty((count, n))
    free = np.empty((count, n + 1))
    leap = np.empty(n)
    for r in range(count):
        # The cheapest place to jump from: further on, then before.
        behind = ahead = last = np.inf
        for i in range(n - 1, -1, -1):
            behind = min(before[i], behind) + far
            leap[i] = behind
        for i in range(n):
            ahead = min(last, ahead + far)
            leap[i] = min(leap[i], ahead)
            last = before[i]
        here, gaps = danced[r], free[r]
        here[0] = min(leap[0] + jump, before[0] + aside, free_before[0] + leaving)
        for i in range(1, n):
            on = min(before[i] + aside, before[i - 1])
            here[i] = min(on, min(leap[i] + jump, free_before[i] + leaving))
        gaps[0] = free_before[0] + alone
        for i in range(n):
            gaps[i + 1] = min(before[i] + leaving, free_before[i + 1]) + alone
        # What waits for the place below comes last, on its own: it is one long chain.
        below = np.inf
        for i in range(n):
            below = min(here[i], below + aside) + apart[r, i]
            here[i] = below
        before, free_before = here, gaps
    return danced, free


@njit(cache=True, nogil=True)
def _trace(  # type: ignore[no-untyped-def]  # noqa: PLR0913
    apart, danced, free, before, free_before, place, is_danced, first,
    aside, alone, leaving, jump, far,
):  # fmt: skip
    """Walk back from a place through one block; the place to go on from before it."""
    count, n = apart.shape
    points = np.empty((count + n * count, 2), dtype=np.int64)
    found = 0
    r, i = count - 1, place
    while r >= 0:
        last, last_free = (
            (danced[r - 1], free[r - 1]) if r > 0 else (before, free_before)
        )
        points[found, 0] = i if is_danced else -1
        points[found, 1] = first + r
        found += 1
        if not is_danced:
            if i > 0 and last[i - 1] + leaving < last_free[i]:
                is_danced, i = True, i - 1
            r -= 1
            continue
        d, here = apart[r, i], danced[r, i]
        if i > 0 and d + last[i - 1] <= here:
            i, r = i - 1, r - 1
        elif d + (last[i] + aside) <= here:
            r -= 1
        elif i > 0 and d + (danced[r, i - 1] + aside) <= here:
            i -= 1
        elif d + (last_free[i] + leaving) <= here:
            is_danced, r = False, r - 1
        else:
            best, source = np.inf, 0
            for k in range(n):
                if last[k] + far * abs(i - k - 1) < best:
                    best, source = last[k] + far * abs(i - k - 1), k
            i, r = source, r - 1
    return points[:found], i, is_danced


@njit(cache=True, nogil=True)
def _best_elsewhere(danced, near):  # type: ignore[no-untyped-def]
    count, n = danced.shape
    best = np.full(count, np.inf)
    for r in range(count):
        for i in range(n):
            if (i < near[r, 0] or i > near[r, 1]) and danced[r, i] < best[r]:
                best[r] = danced[r, i]
    return best
