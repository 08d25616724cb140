"""The sides of one dancer over time: which point is left, and which right.

A tracker that looks at one picture at a time can take left for right: for a few
frames or for seconds, for the legs alone, for the arms alone, or for the whole body
when it takes a back for a front. A body's movement is smooth in the picture and in
space, and an exchange is not: that tells them apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repetiteur.kernels.signals import runs
from repetiteur.kernels.stature import SHARES, apparent_stature
from repetiteur.kernels.strays import Patience, strays
from repetiteur.track.labelling import (
    APART_S,
    ARMS,
    DOES,
    GROUPS,
    LEGS,
    NONE,
    WHOLE,
    cheapest_labelling,
    exchanged,
    median,
)
from repetiteur.track.landmarks import LANDMARKS

__all__ = ["enforce_sides"]

Array = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

_SAID = {LEGS: "the legs", ARMS: "the arms", WHOLE: "the whole body"}
#: What the distances of left from right do, all together, as shares of stature: jitter
#: and acceleration (a second squared).
_APART, _APART_PULL = 0.03, 100.0
#: A frame that was left out goes to the labelling whose squared distance is this much
#: less than the other's; else it stays with the frame before.
_CLEARLY = 0.5
_LEAST_POINTS = 8
#: Which labelling is right is open where the rarer has more than this share.
_OPEN = 0.3
#: Feet and hips that come out this much longer tell which labelling is right.
_LONGER = 1.15
_DOUBT = 0.5
_BONES = {
    "trunk": ("shoulder", "hip"),
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper_arm": ("shoulder", "elbow"),
    "forearm": ("elbow", "wrist"),
}


def enforce_sides(
    time_s: ArrayLike, pixels: ArrayLike, visibility: ArrayLike, world: ArrayLike
) -> tuple[Array, Array, Array, list[str]]:
    """Give each point of a tracked dancer to the same side throughout.

    Parameters
    ----------
    time_s : (time,) float
        Seconds, increasing.
    pixels : (time, 33, 2) float
        Landmarks in the picture, y down; NaN where not seen.
    visibility : (time, 33) float
        0 to 1.
    world : (time, 33, 3) float
        Metres from the middle of the hips: right in the picture, up, to the camera.

    Returns
    -------
    pixels, visibility, world
        New arrays. Where the tracker took a back for a front, depth is reversed too.
    repairs : list of str
        A line for each stretch that was changed, or that stays open.

    Notes
    -----
    In each frame the sides are left as they are, or exchanged for the legs, the arms or
    the whole body. The cheapest course through these labellings is found exactly
    (Viterbi) over pairs of frames: each point is compared with where the last two
    frames lead, in the picture and in space, as a share of stature; e^4 / (e^4 + s^4)
    counts. As the course foresees speed, a real turn, in which left and right cross in
    the picture, costs nothing, and exchanging them there would. Frames in which left
    and right are suddenly drawn together (a blend of both labellings) are left out and
    follow the frame before. Depth is reversed in a run whose near and far are the
    reverse of its neighbours'.

    What is smooth does not say which of two labellings is right. Over a stretch without
    long gaps it is the tracker's own in most frames; where the rarer of the two has
    over 30 %, it is the one in which feet and hips come out 15 % longer, as a tracker
    that takes a back for a front foreshortens what it sees against its belief; and
    where that does not tell either, nothing is exchanged, and visibility is halved.

    Examples
    --------
    >>> time, still = np.arange(20) / 30, np.random.default_rng(0).normal(size=(33, 3))
    >>> world = np.tile(still, (20, 1, 1))
    >>> pixels = 500.0 + 300.0 * world[..., :2] * (1, -1)
    >>> kept = enforce_sides(time, pixels, np.ones((20, 33)), world)
    >>> bool((kept[0] == pixels).all()), kept[3]
    (True, [])
    """
    time = np.asarray(time_s, dtype=np.float64)
    places = (np.array(pixels, dtype=np.float64), np.array(world, dtype=np.float64))
    sure = np.array(visibility, dtype=np.float64)
    features = _features(places, time)
    seen = _whole_frames(features, time)
    repairs: list[str] = []
    if seen.size < 3:
        return places[0], sure, places[1], repairs
    found = cheapest_labelling(time[seen], features[seen], sure[seen])
    for stretch in _stretches(time[seen]):
        found[stretch], doubts = _settled(found[stretch], places[1][seen[stretch]])
        if doubts:
            sure[seen[stretch]] *= _DOUBT
            start, end = time[seen[stretch][[0, -1]]]
            repairs.append(
                f"left and right open for {doubts} from {start:.2f} to {end:.2f} s: "
                "exchanged in about half of the frames; left as tracked, confidence "
                "halved"
            )
    state = np.zeros(time.size, dtype=np.intp)
    state[seen] = found
    state = _joined(state, features, seen)
    for kind, does in DOES.items():
        _exchange(GROUPS[kind], does[state], (*places, sure[..., np.newaxis]))
    _face_about(places[1], state == WHOLE)
    return places[0], sure, places[1], repairs + _lines(time, state)


def _features(places: tuple[Array, Array], time: Array) -> Array:
    """Points as shares of stature, in the picture and in space: (time, 33, 5)."""
    shares = [
        place / _stature(place, time)[:, np.newaxis, np.newaxis] for place in places
    ]
    return np.concatenate(shares, axis=2)


def _whole_frames(features: Array, time: Array) -> Ints:
    """Frames with enough points, whose left and right lie as far apart as around.

    Between two labellings a tracker may give a frame of both, with left and right drawn
    together; such a frame says nothing of the sides.
    """
    enough = np.isfinite(features).all(axis=2).sum(axis=1) >= _LEAST_POINTS
    pairs = np.concatenate([GROUPS["legs"], GROUPS["arms"]])
    apart = features[:, pairs[:, 0], :2] - features[:, pairs[:, 1], :2]
    width = np.nan_to_num(np.linalg.norm(apart, axis=2))
    width[~enough] = np.nan
    bends = (np.diff(width[enough], 2, axis=0) ** 2).sum(axis=1)
    noise = max(_APART, 1.5 * np.sqrt(median(bends) / 6.0))
    return np.flatnonzero(enough & ~strays(width, time, Patience(noise, _APART_PULL)))


def _stature(place: Array, time: Array) -> Array:
    lengths, shares = [], []
    for bone, (a, b) in _BONES.items():
        for side in ("left", "right"):
            ends = (LANDMARKS.index(f"{side}_{part}") for part in (a, b))
            start, end = (place[:, k] for k in ends)
            lengths.append(np.linalg.norm(end - start, axis=1))
            shares.append(SHARES[bone])
    return apparent_stature(np.stack(lengths, axis=1), shares, time)


def _exchange(pairs: Ints, does: Ints, arrays: tuple[Array, ...]) -> None:
    """Exchange the sides of pairs of points in some frames, in place."""
    here = np.flatnonzero(does)[:, np.newaxis]
    left, right = pairs[:, 0], pairs[:, 1]
    for array in arrays:
        array[here, left], array[here, right] = array[here, right], array[here, left]


def _face_about(world: Array, exchanged: Bools) -> None:
    """Reverse depth in exchanged frames where the tracker took back for front.

    It did where near and far of a run are the reverse of those on either side of it.
    """
    for a, b in runs(exchanged):
        alike = sum(
            float(np.nansum(world[inner, :, 2] * world[outer, :, 2]))
            for inner, outer in ((a, a - 1), (b, b + 1))
            if 0 <= outer < len(world)
        )
        if alike < 0.0:
            world[a : b + 1, :, 2] *= -1.0


def _joined(state: Ints, features: Array, seen: Ints) -> Ints:
    """States with those of left-out frames: as near as can be to the one before."""
    out = state.copy()
    rest = np.setdiff1d(np.arange(state.size), seen)
    last = seen[np.clip(np.searchsorted(seen, rest) - 1, 0, None)]
    far = np.zeros((2, rest.size))
    for kind, does in DOES.items():
        place = features[:, GROUPS[kind], :2]
        known = np.where(
            does[state[last]][:, None, None, None], place[last, :, ::-1], place[last]
        )
        for e in (0, 1):
            far[e] += np.nansum(
                (exchanged(place[rest], e) - known) ** 2, axis=(1, 2, 3)
            )
    out[rest] = np.where(far[1] < _CLEARLY * far[0], WHOLE, state[last])
    lost = ~np.any(np.all(np.isfinite(features[rest]), axis=2), axis=1)
    out[rest] = np.where(lost | (far[0] < _CLEARLY * far[1]), NONE, out[rest])
    return out


def _stretches(time: Array) -> list[Ints]:
    """Frames between the long gaps."""
    cuts = np.flatnonzero(np.diff(time) > APART_S) + 1
    return [np.asarray(part) for part in np.split(np.arange(time.size), cuts)]


def _settled(state: Ints, world: Array) -> tuple[Ints, str]:
    """States of a stretch with the right labelling as none; and what stays open."""
    for kind in (WHOLE, LEGS, ARMS):
        here, none = state == kind, state == NONE
        if here.sum() <= _OPEN * max(here.sum() + none.sum(), 1):
            continue
        longer = _lower_body(world[here]) / _lower_body(world[none])
        if kind != ARMS and longer >= _LONGER:
            state = np.where(here, NONE, np.where(none, kind, state))
        elif kind == ARMS or not longer <= 1.0 / _LONGER:
            return np.where(here, NONE, state), _SAID[kind]
    return state, ""


def _lower_body(world: Array) -> float:
    """Median length of the feet and of the line between the hips, metres.

    0 (almost) of no frames; NaN where feet or hips were never seen.
    """
    if not len(world):
        return 1e-9
    ends = GROUPS["legs"]
    hips = np.linalg.norm(world[:, ends[0, 0]] - world[:, ends[0, 1]], axis=1)
    feet = np.linalg.norm(world[:, ends[4]] - world[:, ends[3]], axis=2).sum(axis=1)
    both = (hips + feet)[np.isfinite(hips + feet)]
    return float(np.median(both)) if both.size else float("nan")


def _lines(time: Array, state: Ints) -> list[str]:
    """A line for each stretch of exchanged frames, in the order of time."""
    lines = [
        (
            float(time[a]),
            f"left and right exchanged for {said} from {time[a]:.2f} to "
            f"{time[b]:.2f} s",
        )
        for kind, said in _SAID.items()
        for a, b in runs(state == kind)
    ]
    return [line for _, line in sorted(lines)]
