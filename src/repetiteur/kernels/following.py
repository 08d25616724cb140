"""One step of a hidden Markov model that follows a pose through a reference.

The hidden state is a frame of the reference together with a tempo, or *lost*: nothing
of the reference is danced. A step takes the belief (the probability of every state) on
in time, and weighs it by how near the new pose is to each frame [1]_. Every step costs
the same, whatever came before. ``tests/naive.py`` has the plain twins.

References
----------
.. [1] L. R. Rabiner, "A tutorial on hidden Markov models and selected applications in
   speech recognition", Proc. IEEE 77, 1989 (the forward recursion).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

_PLAIN = njit(cache=True, error_model="numpy")
#: Least say (of 1) of the bones by which a pose and a frame can be compared.
LEAST_SAY = 0.3


class Going(NamedTuple):
    """How the belief changes before a new pose is seen, each a probability.

    Attributes
    ----------
    keep : float
        The tempo is kept; else it is drawn anew.
    jump, lose : float
        One who danced goes on somewhere else, or does something else.
    find : float
        One who was lost goes on somewhere.
    """

    keep: float
    jump: float
    lose: float
    find: float


@_PLAIN
def directions(points: Array, ends: NDArray[np.int64]) -> Array:
    """Unit directions of the bones of many poses.

    Parameters
    ----------
    points : (time, points, 3) float
        NaN = not seen.
    ends : (bones, 4) int
        Each bone goes from the middle of the first two of these points to the middle of
        the other two.

    Returns
    -------
    (time, bones, 3) float
        NaN where a bone was not seen or has no length.
    """
    out = np.empty((len(points), len(ends), 3))
    for i in range(len(points)):
        for k in range(len(ends)):
            a, b, c, d = ends[k]
            total = 0.0
            for j in range(3):
                one = points[i, a, j] + points[i, b, j]
                out[i, k, j] = points[i, c, j] + points[i, d, j] - one
                total += out[i, k, j] ** 2
            length = math.sqrt(total) if total > 0.0 else math.nan
            for j in range(3):
                out[i, k, j] /= length
    return out


class Frames(NamedTuple):
    """The frames of a reference, laid out so that one product compares a pose to all.

    Attributes
    ----------
    columns : (3 * bones, frames) float32
        All x, then all z, then all y of the directions; 0 where not seen.
    squares, seen : (bones, frames) float32
        Squared length of each direction; 1 or 0.
    """

    columns: NDArray[np.float32]
    squares: NDArray[np.float32]
    seen: NDArray[np.float32]


def frames_of(bones: Array) -> Frames:
    """Lay out the directions of a reference, (frames, bones, 3), NaN = not seen.

    Their squared lengths say how much each bone counts and sum to 1 at the most.
    """
    seen = ~np.isnan(bones.sum(axis=2))
    known = np.where(seen[..., None], bones, 0.0).astype(np.float32)
    columns = known[..., [0, 2, 1]].transpose(2, 1, 0).reshape(-1, len(bones))
    squares = np.ascontiguousarray((known**2).sum(axis=2).T)
    return Frames(columns, squares, np.ascontiguousarray(seen.T, dtype=np.float32))


def square_distances(frames: Frames, pose: Array, *, turned: bool) -> Array:
    """Squared distance of a pose to each frame, over the bones that both have.

    Parameters
    ----------
    frames : Frames
    pose : (bones, 3) float
        In the same way; NaN = not seen.
    turned : bool
        Whether the pose may be turned about the vertical to where it fits best, for
        each frame anew.

    Returns
    -------
    (frames,) float
        For small angles the mean squared angle between the bones, rad^2; 4 at the most.
        NaN where the bones that both have say too little.

    Notes
    -----
    With the horizontal part of each direction as a complex number, the turn that makes
    the sum of squares least is the argument of the sum of x conj(y), and what is left
    is the sum of |x|^2 + |y|^2 less twice the modulus of that sum.

    Examples
    --------
    >>> east, north, up = np.eye(3)[[0, 2, 1]] / np.sqrt(2.0)
    >>> frames = frames_of(np.array([[east, up], [north, up], [north, east]]))
    >>> square_distances(frames, np.array([east, up]), turned=False).round(6).tolist()
    [0.0, 1.0, 2.0]
    >>> square_distances(frames, np.array([east, up]), turned=True).round(6).tolist()
    [0.0, 0.0, 1.0]
    """
    seen = ~np.isnan(pose.sum(axis=1))
    known = np.where(seen[:, None], pose, 0.0)
    x, y, z = known.T.astype(np.float32)
    flat = np.array([[x, z], [z, -x]]).reshape(2, -1)
    level, across = flat @ frames.columns[: 2 * x.size]
    upright = y @ frames.columns[2 * x.size :]
    own = (known**2).sum(axis=1).astype(np.float32)
    say = seen.astype(np.float32) @ frames.squares + own @ frames.seen
    if turned:
        level = np.sqrt(level * level + across * across)  # hypot takes ten times it
    told = say >= 2.0 * LEAST_SAY
    square = 2.0 - 4.0 * (level + upright) / np.where(told, say, np.float32(1.0))
    return np.where(told, np.maximum(square, 0.0), np.nan).astype(np.float64)


@_PLAIN
def go_on(
    belief: Array, out: Array, lost: float, shifts: Array, tempi: Array,
    landing: Array, going: Going,
) -> float:  # fmt: skip
    """Take the belief on in time.

    Parameters
    ----------
    belief, out : (tempi, frames) float
        Probability of each tempo in each frame, and where the new one goes.
    lost : float
        Probability of being lost; with the belief it sums to 1.
    shifts : (tempi,) float
        Frames that each tempo goes on, 0 or more; nobody goes beyond the last frame.
    tempi : (tempi,) float
        Probability of each tempo where it is drawn anew.
    landing : (frames,) float
        Probability of each frame after a jump.
    going : Going

    Returns
    -------
    float
        The new probability of being lost.
    """
    speeds, frames = belief.shape
    danced = 1.0 - lost
    stays = 1.0 - going.jump - going.lose
    lands = going.jump * danced + going.find * lost
    at = over_tempi(belief)
    moved = np.empty(frames)
    for k in range(speeds):
        whole = min(int(shifts[k]), frames - 1)
        share = shifts[k] - math.floor(shifts[k])
        old, new = stays * going.keep, stays * (1.0 - going.keep) * tempi[k]
        for i in range(frames):
            moved[i] = old * belief[k, i] + new * at[i]
        land = lands * tempi[k]
        for i in range(frames):
            out[k, i] = land * landing[i]
        end = frames - whole - 1  # from here on the last frame is reached
        near, far = out[k, whole:-1], out[k, whole + 1 :]
        for i in range(end):
            near[i] += (1.0 - share) * moved[i]
        for i in range(end):
            far[i] += share * moved[i]
        out[k, frames - 1] += moved[end:].sum()
    return (1.0 - going.find) * lost + going.lose * danced


@_PLAIN
def over_tempi(belief: Array) -> Array:
    """Probability of each frame at any tempo, (frames,)."""
    at = np.zeros(belief.shape[1])
    for k in range(len(belief)):
        for i in range(len(at)):
            at[i] += belief[k, i]
    return at


@_PLAIN
def weigh(
    belief: Array, lost: float, square: Array, likelihood: Array, far: float,
    strange: float,
) -> tuple[float, float]:  # fmt: skip
    """Weigh the belief, in place, by the distances of a pose.

    Parameters
    ----------
    belief : (tempi, frames) float
    lost : float
    square : (frames,) float
        Squared distance of the pose to each frame; NaN = cannot be told.
    likelihood : (levels,) float
        Of the squared distances from 0 to ``far`` in even steps.
    far : float
        Squared distance from which on one is as unlikely as the other.
    strange : float
        Likelihood of the pose for one who is lost, and of what cannot be told.

    Returns
    -------
    lost : float
    evidence : float
        Log-likelihood of the pose.
    """
    speeds, frames = belief.shape
    steps = len(likelihood) - 1
    likely = np.empty(frames)
    for i in range(frames):
        at = min(square[i] / far, 1.0) * steps
        if math.isnan(square[i]):
            likely[i] = strange
        else:
            k = min(int(at), steps - 1)
            share = at - k
            likely[i] = (1.0 - share) * likelihood[k] + share * likelihood[k + 1]
    total = lost * strange + (over_tempi(belief) * likely).sum()
    likely /= total
    for k in range(speeds):
        for i in range(frames):
            belief[k, i] *= likely[i]
    return lost * strange / total, math.log(total)


@_PLAIN
def likeliest(belief: Array, reach: int) -> tuple[float, float, float]:
    """The place with the most belief round it.

    Parameters
    ----------
    belief : (tempi, frames) float
        The first tempo is standing still.
    reach : int
        Frames to either side that count as the same place.

    Returns
    -------
    place : float
        Mean frame within reach of the middle of that place.
    mass : float
        Belief within reach of that middle.
    still : float
        Share of that mass that stands still.
    """
    frames = belief.shape[1]
    at = over_tempi(belief)
    inside = at[:reach].sum()
    best, middle = -1.0, 0
    for i in range(frames):
        inside += at[i + reach] if i + reach < frames else 0.0
        inside -= at[i - reach - 1] if i > reach else 0.0
        if inside > best:
            best, middle = inside, i
    first, last = max(middle - reach, 0), min(middle + reach + 1, frames)
    mass, place = at[first:last].sum(), 0.0
    if mass <= 0.0:
        return float(middle), 0.0, 0.0
    for i in range(first, last):
        place += i * at[i] / mass
    return place, mass, belief[0, first:last].sum() / mass
