"""Reading a warp path: where one recording goes on alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels import signals

Array = NDArray[np.float64]

#: A recording that goes on alone for longer than this, s, is not dancing the phrase.
ALONE_S = 0.35
#: Within a break the two may meet by chance for this long, s, if for the rest, at least
#: this share of it, one goes on alone; being late or early is much less than that.
MEETING_S, MOSTLY = 0.15, 0.75


def breaks(path: NDArray[np.int64], rate: float) -> NDArray[np.str_]:
    """State of each point of a path.

    Parameters
    ----------
    path : (points, 2) int
        Frames of reference and take.
    rate : float
        Frames per second of both.

    Returns
    -------
    (points,) str
        ``extra`` where the reference stands still for long, ``skipped`` where the take
        does, else ``danced``.

    Examples
    --------
    >>> path = np.array([[0, j] for j in range(9)] + [[i, i + 8] for i in range(1, 9)])
    >>> breaks(path, 2.0).tolist().count("extra")
    8
    """
    state = np.full(len(path), "danced", dtype="<U8")
    frames = np.ptp(path, axis=0) + 1.0
    usual = float(max(frames[0] / frames[1], frames[1] / frames[0]))
    long = max(ALONE_S * rate, 4.0 * usual)  # with the tempo not known, runs are longer
    for column, name in ((0, "extra"), (1, "skipped")):
        alone = np.concatenate([[False], np.diff(path[:, column]) == 0])
        for a, b in signals.runs(signals.bridged(alone, round(MEETING_S * rate))):
            if b - a + 1 > long and alone[a : b + 1].mean() >= MOSTLY:
                # Before the beginning, the last of the still points is danced.
                state[slice(a - 1, b) if a == 1 else slice(a, b + 1)] = name
    return state


def inner(state: NDArray[np.str_]) -> slice:
    """The points from the first to the last at which both dance.

    Examples
    --------
    >>> inner(np.array(["extra", "danced", "skipped", "danced"]))
    slice(1, 4, None)
    """
    danced = np.flatnonzero(state == "danced")
    first, last = (int(danced[0]), int(danced[-1])) if danced.size else (0, -1)
    return slice(first, last + 1)


def inner_breaks(state: NDArray[np.str_]) -> list[tuple[int, int]]:
    """First and last point of each break that has dancing before and after it.

    Examples
    --------
    >>> inner_breaks(np.array(["extra", "danced", "skipped", "danced"]))
    [(2, 2)]
    """
    found = signals.runs(state != "danced")
    return [(a, b) for a, b in found if a > 0 and b < state.size - 1]


def without_breaks(path: NDArray[np.int64], state: NDArray[np.str_]) -> Array:
    """Frames of both recordings, counted as if the breaks had not been.

    Parameters
    ----------
    path : (points, 2) int
    state : (points,) str

    Returns
    -------
    (points, 2) float

    Examples
    --------
    >>> path = np.array([[0, 0], [1, 1], [1, 2], [1, 3], [2, 4]])
    >>> state = np.array(["danced", "danced", "extra", "extra", "danced"])
    >>> without_breaks(path, state)[:, 1].tolist()
    [0.0, 1.0, 1.0, 1.0, 2.0]
    """
    steps = np.diff(path, axis=0, prepend=0)
    for a, b in inner_breaks(state):
        steps[a : b + 1] = 0
    return np.cumsum(steps, axis=0).astype(np.float64)


def standing(seconds: Array, state: NDArray[np.str_], *names: str) -> Array:
    """Times of one recording, standing still in these states.

    Examples
    --------
    >>> state = np.array(["danced", "extra", "extra", "danced"])
    >>> standing(np.array([1.0, 1.1, 1.2, 1.3]), state, "extra").tolist()
    [1.0, 1.1, 1.1, 1.3]
    """
    out = seconds.copy()
    for a, b in signals.runs(np.isin(state, names)):
        out[a : b + 1] = out[a]
    return out
