"""The labelling of left and right that makes a body move smoothly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.landmarks import LANDMARKS

Array = NDArray[np.float64]
Ints = NDArray[np.intp]

#: The labellings of a frame: as tracked, or with sides exchanged.
NONE, LEGS, ARMS, WHOLE = range(4)
_LEG_PARTS = ("hip", "knee", "ankle", "heel", "toe")
_ARM_PARTS = ("shoulder", "elbow", "wrist", "pinky", "hand", "thumb")
_FACE_PARTS = ("eye_inner", "eye", "eye_outer", "ear", "mouth")
#: Which states exchange the legs, the arms and the face.
DOES = {
    "legs": np.array([0, 1, 0, 1]),
    "arms": np.array([0, 0, 1, 1]),
    "face": np.array([0, 0, 0, 1]),
}
_WEIGHT = {"legs": 1.0, "arms": 1.0, "face": 0.5}
#: Price of a change of state by what is exchanged, and of staying, a second. A group of
#: points that jumps costs its weight in two frames at each end of a run.
_CHANGE = np.array([0.3, 0.8, 0.8, 0.3])
_STAY_PER_S = np.array([0.0, 0.2, 0.2, 0.1])
#: Nothing is known of the sides across a longer step than this, seconds.
APART_S = 0.3
#: What a point moves off its course without being exchanged, as shares of stature:
#: jitter (and how much of what is measured), acceleration (a second squared; the
#: fastest kicks) and the most that counts.
_JITTER, _NOISE, _PULL, _LARGE = 0.03, 3.0, 50.0, 0.25
#: Frames looked at in one go: bounds the memory.
_BLOCK = 4096
#: Where picture and space lie among the coordinates; each says half.
_VIEWS = {"picture": slice(0, 2), "space": slice(2, 5)}


def _pairs(parts: tuple[str, ...]) -> Ints:
    """Indices of left and right landmarks, (pairs, 2)."""
    names = [[LANDMARKS.index(f"{s}_{p}") for s in ("left", "right")] for p in parts]
    return np.array(names)


#: Left and right landmarks of the parts that are exchanged together, (pairs, 2) each.
GROUPS = {
    "legs": _pairs(_LEG_PARTS),
    "arms": _pairs(_ARM_PARTS),
    "face": _pairs(_FACE_PARTS),
}


def cheapest_labelling(time: Array, features: Array, sure: Array) -> Ints:
    """Labelling of each frame on the cheapest course (Viterbi).

    Parameters
    ----------
    time : (time,) float
        Seconds, increasing; at least three frames.
    features : (time, 33, 5) float
        Landmarks in the picture (2) and in space (3), as shares of stature; NaN = not
        seen.
    sure : (time, 33) float
        How much each landmark says, 0 to 1.

    Returns
    -------
    (time,) int
        ``NONE``, ``LEGS``, ``ARMS`` or ``WHOLE``: what is exchanged.
    """
    count = _CHANGE.size
    change = np.maximum(_CHANGE[:, np.newaxis], _CHANGE) * (1.0 - np.eye(count))
    stay = _STAY_PER_S * np.minimum(np.gradient(time), APART_S)[:, np.newaxis]
    near = np.diff(time, prepend=time[0]) <= APART_S
    # total[i, j]: cheapest course whose last two frames are labelled i and j.
    total = stay[0][:, np.newaxis] + change * near[1] + stay[1]
    came = np.zeros((time.size, count, count), dtype=np.int8)
    for t, price in enumerate(_prices(time, features, sure), start=2):
        ways = total[:, :, np.newaxis] + price
        came[t] = ways.argmin(axis=0)
        total = ways.min(axis=0) + change * near[t] + stay[t]
    state = np.zeros(time.size, dtype=np.intp)
    state[-2:] = np.unravel_index(int(total.argmin()), total.shape)
    for t in range(time.size - 1, 1, -1):
        state[t - 2] = came[t, state[t - 1], state[t]]
    return state


def _prices(time: Array, features: Array, sure: Array) -> Iterator[Array]:
    """Price of each frame from the third on, by the labellings of three frames."""
    k = np.arange(_CHANGE.size)
    k0, k1, k2 = k[:, None, None], k[None, :, None], k[None, None, :]
    for start in range(0, time.size - 2, _BLOCK):
        block = slice(start, start + _BLOCK + 2)
        price = np.zeros((1, k.size, k.size, k.size))
        for kind, does in DOES.items():
            pairs = GROUPS[kind]
            off = _off_course(
                time[block], features[block][:, pairs], sure[block][:, pairs]
            )
            price = (
                price + _WEIGHT[kind] * off[:, does[k0] ^ does[k1], does[k1] ^ does[k2]]
            )
        yield from price


def _off_course(time: Array, place: Array, sure: Array) -> Array:
    """How far each frame is from where the two before lead, (time - 2, 2, 2), 0 to 1.

    Points are (time, pair, side, 5). The last two axes of the result say whether the
    sides of the first and of the last of the three frames are exchanged as against the
    middle one.
    """
    trust = np.nan_to_num(sure)
    first, last = np.diff(time)[:-1], np.diff(time)[1:]
    ratio = np.where(first <= APART_S, np.minimum(last / first, 2.0), 0.0)
    bend = (0.5 * _PULL * last * (first + last))[:, None, None]
    ratio, now = ratio[:, None, None, None], place[1:-1]
    usual: dict[str, Array] = {}
    out = np.zeros((time.size - 2, 2, 2))
    for a, b in np.ndindex(2, 2):
        before = np.where(ratio > 0.0, exchanged(place[:-2], a), 0.0)
        off = (exchanged(place[2:], b) - now - ratio * (now - before)) ** 2
        weight = np.minimum(trust[1:-1], exchanged(trust[2:], b))
        weight = np.where(np.isfinite(off).all(axis=-1), weight, 0.0)
        whole = np.maximum(weight.sum(axis=(1, 2)), 1e-9)
        for view, axes in _VIEWS.items():
            square = off[..., axes].sum(axis=-1)
            if a == b == 0:
                noise = _NOISE * median(square[weight > 0.0])
                usual[view] = np.minimum(max(_JITTER**2, noise) + bend**2, _LARGE**2)
            share = square**2 / (square**2 + usual[view] ** 2)
            share = np.where(weight > 0.0, weight * share, 0.0).sum(axis=(1, 2))
            out[:, a, b] += share / whole / len(_VIEWS)
    out[last > APART_S] = 0.0
    return out


def median(values: Array) -> float:
    """Median, or 0 of nothing."""
    return float(np.median(values)) if values.size else 0.0


def exchanged(place: Array, sides: int) -> Array:
    """Points (time, pair, side, ...), with their sides exchanged (1) or not (0)."""
    return place[:, :, ::-1] if sides else place
