"""Long dances joined from real motion, and takes of them whose place is known.

Nothing here knows the code that is judged: arrays in, arrays out. Bodies are
``(time, keypoints, 3)`` arrays at 30 Hz, metres, y up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from repetiteur.io.formats import read_poses
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.model.skeletons import other_side

Array = NDArray[np.float64]

#: Frames per second of references and takes.
FPS = 30.0
#: Seven motions with the same 22 keypoints; the salsa's headers say 120 Hz for 60.
CLIPS = (
    "cmu_60_02_salsa", "cmu_60_06_salsa", "cmu_61_02_salsa", "cmu_61_06_salsa",
    "cmu_94_04_indian", "cmu_94_13_indian", "cmu_pirouette",
)  # fmt: skip
#: Bones as (from, to), from the pelvis outwards.
TREE = (
    ("pelvis", "chest"), ("chest", "neck"), ("neck", "head"),
    *(
        (a if a in ("pelvis", "neck", "head") else f"{side}_{a}", f"{side}_{b}")
        for side in ("left", "right")
        for a, b in (
            ("head", "eye"), ("neck", "shoulder"), ("shoulder", "elbow"),
            ("elbow", "wrist"), ("wrist", "hand"), ("pelvis", "hip"),
            ("hip", "knee"), ("knee", "ankle"), ("ankle", "toe"),
        )
    ),
)  # fmt: skip
NAMES = ("pelvis", *(b for _, b in TREE))
#: Seconds over which one piece goes over into the next.
JOINT_S = 0.3
#: Half the time for which an error that lasts does so, s.
DRIFT_S = 0.3


def body(time: Array, place: Array) -> Body:
    """A body from (time, keypoints, 3)."""
    return Body(time, {name: place[:, k] for k, name in enumerate(NAMES)})


def clips(folder: Path) -> dict[str, Array]:
    """The motions of the folder ``mocap``, each on an even grid."""
    found = {}
    for name in CLIPS:
        fps = 60.0 if "salsa" in name else None
        read = body_of(read_poses(folder / f"{name}.bvh", fps=fps))
        place = np.stack([read[keypoint] for keypoint in NAMES], axis=1)
        start = 1.0 if name == "cmu_pirouette" else 0.0  # begins with a rest pose
        at = np.arange(start, read.time[-1] - read.time[0], 1.0 / FPS)
        found[name] = sampled(place, at / np.diff(read.time).mean())
    return found


def sampled(place: Array, at: Array) -> Array:
    """Frames at fractional indices, by straight lines."""
    left = np.clip(np.floor(at).astype(int), 0, len(place) - 2)
    share = (at - left)[:, None, None]
    return (1.0 - share) * place[left] + share * place[left + 1]


def mirrored(place: Array) -> Array:
    """The other side: x reversed, left and right exchanged."""
    swap = [NAMES.index(other_side(name)) for name in NAMES]
    return place[:, swap] * [-1.0, 1.0, 1.0]


def joined(
    found: Mapping[str, Array], rng: np.random.Generator, minutes: float
) -> Array:
    """Pieces of 6 to 12 s of all motions and their mirror images, in any order.

    No piece comes twice. Beyond what that gives, the same played backwards.
    """
    ways = [side for place in found.values() for side in (place, mirrored(place))]
    if sum(len(way) for way in ways) < minutes * 60 * FPS * 1.1:
        ways += [way[::-1] for way in ways]
    pieces = []
    for side in ways:
        start = 0
        while len(side) - start >= 4 * FPS:
            long = int(rng.uniform(6.0, 12.0) * FPS)
            pieces.append(side[start : start + long])
            start += long
    order = rng.permutation(len(pieces))
    out = pieces[order[0]]
    for k in order[1:]:
        if len(out) >= minutes * 60 * FPS:
            break
        out = _join(out, pieces[k])
    return out[: int(minutes * 60 * FPS)]


def _join(one: Array, other: Array) -> Array:
    """One movement after another, hips over hips, the poses blended."""
    over = int(JOINT_S * FPS)
    shift = one[-over, 0] - other[0, 0]
    moved = other + shift * [1.0, 0.0, 1.0]
    share = np.linspace(0.0, 1.0, over)[:, None, None]
    blend = (1.0 - share) * one[-over:] + share * moved[:over]
    return np.concatenate([one[:-over], blend, moved[over:]])


@dataclass(frozen=True)
class Trial:
    """What a trial is made with.

    Attributes
    ----------
    noise, drift : float
        Standard deviations of each coordinate, metres: white, and one that lasts.
    stop_every_s, longest_stop_s : float
        The take stops so often, for 0.5 s to so long.
    """

    noise: float
    drift: float
    stop_every_s: float
    longest_stop_s: float


#: As a motion capture system sees a dancer, and as a tracker of one camera does.
MILD = Trial(noise=0.02, drift=0.0, stop_every_s=20.0, longest_stop_s=2.0)
HARD = Trial(noise=0.02, drift=0.05, stop_every_s=10.0, longest_stop_s=4.0)


def another_body(place: Array, rng: np.random.Generator, trial: Trial) -> Array:
    """The same movement, bones 5 % longer or shorter at the most, seen with errors."""
    out = place.copy()
    for a, b in TREE:
        i, j = NAMES.index(a), NAMES.index(b)
        longer = rng.uniform(0.95, 1.05)
        out[:, j] = out[:, i] + longer * (place[:, j] - place[:, i])
    slow = gaussian_filter1d(rng.normal(size=out.shape), DRIFT_S * FPS, axis=0)
    slow *= trial.drift / slow.std()
    return out + rng.normal(scale=trial.noise, size=out.shape) + slow


@dataclass(frozen=True)
class Take:
    """A take and where in the reference each of its frames is.

    Attributes
    ----------
    time : (time,) float
        Seconds.
    place : (time, keypoints, 3) float
    true_s : (time,) float
        Place in the reference, seconds; NaN where something else is danced.
    """

    time: Array
    place: Array
    true_s: Array


def take_of(
    reference: Array, true_s: Array, rng: np.random.Generator, trial: Trial,
    other: Array | None = None,
) -> Take:  # fmt: skip
    """A take at these places; where they are NaN, another movement is danced."""
    foreign = np.isnan(true_s)
    place = sampled(reference, np.nan_to_num(true_s) * FPS)
    if other is not None:
        shift = place[~foreign][0, 0] - other[0, 0]
        place[foreign] = other[: foreign.sum()] + shift * [1.0, 0.0, 1.0]
    time = np.arange(true_s.size) / FPS
    return Take(time, another_body(place, rng, trial), true_s)


def wandering(
    rng: np.random.Generator, seconds: float, slowest: float, fastest: float
) -> Array:
    """A tempo for each frame: a new one every 2 to 6 s, straight lines between."""
    knots = np.cumsum(rng.uniform(2.0, 6.0, int(seconds / 2.0) + 3))
    values = np.exp(rng.uniform(np.log(slowest), np.log(fastest), knots.size))
    return np.interp(np.arange(int(seconds * FPS)) / FPS, knots - knots[0], values)


def warped(reference: Array, rng: np.random.Generator, trial: Trial) -> Array:
    """Places of a take at 0.6 to 1.7 times the tempo, with stops."""
    lasts = (len(reference) - 2) / FPS
    tempo = wandering(rng, lasts / 0.5, 0.6, 1.7)
    true = np.concatenate([[0.0], np.cumsum(tempo)]) / FPS
    true = true[true < lasts]
    stops = rng.choice(true.size, int(lasts / trial.stop_every_s), replace=False)
    held = np.ones(true.size, dtype=int)
    longest = rng.uniform(0.5, trial.longest_stop_s, stops.size)
    held[stops] += (longest * FPS).astype(int)
    return np.repeat(true, held)


def part(rng: np.random.Generator, start: float, lasts: float) -> Array:
    """Places of a part that begins there; the tempo wanders between 0.8 and 1.25."""
    tempo = wandering(rng, lasts, 0.8, 1.25)
    return start + np.concatenate([[0.0], np.cumsum(tempo[:-1])]) / FPS
