"""Long pairs of real motion with a known warp, and pairs that differ in content.

Seven clips of motion capture with the same 22 keypoints, thirty frames a second, hip at
the origin, are joined to one dance; the take is that dance at a tempo that wanders
between 0.6 and 1.7, with stops, on a body 5 % larger, with noise. In a pair that
differs in content some bars are danced again, some left out, some replaced by others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.io.formats import read_poses
from repetiteur.kernels import signals
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.synthetic import demo_reference

Array = NDArray[np.float64]

FPS = 30.0
CLIPS = {
    "cmu_60_02_salsa.bvh": 60.0,
    "cmu_60_06_salsa.bvh": 60.0,
    "cmu_61_02_salsa.bvh": 60.0,
    "cmu_61_06_salsa.bvh": 60.0,
    "cmu_94_04_indian.bvh": None,
    "cmu_94_13_indian.bvh": None,
    "cmu_pirouette.bvh": None,
}
BLEND = 10


def clips(folder: Path) -> list[Array]:
    """Each clip of ``folder/mocap`` and the synthetic adage, (frames, 22, 3) m."""
    bodies = [
        body_of(read_poses(folder / "mocap" / name, **({"fps": fps} if fps else {})))
        for name, fps in CLIPS.items()
    ]
    return [_from_the_hip(body, sorted(bodies[0].points)) for body in bodies] + [
        _from_the_hip(body_of(demo_reference(60.0)), sorted(bodies[0].points))
    ]


def _from_the_hip(body: Body, names: Sequence[str]) -> Array:
    time = np.arange(body.time[0], body.time[-1], 1.0 / FPS)
    points = {
        name: signals.resample(body.points[name], body.time, time) for name in names
    }
    return np.stack([points[name] - points["pelvis"] for name in names], axis=1)


def joined(parts: Sequence[Array]) -> Array:
    """Parts one after the other, blended over a third of a second."""
    out = [parts[0]]
    fade = np.linspace(0.0, 1.0, BLEND)[:, None, None]
    for part in parts[1:]:
        out[-1], end = out[-1][:-BLEND], out[-1][-BLEND:]
        out += [(1.0 - fade) * end + fade * part[:BLEND], part[BLEND:]]
    return np.concatenate(out)


def dance(sources: Sequence[Array], frames: int, rng: np.random.Generator) -> Array:
    """A dance of so many frames from parts of the clips, some with sides swapped."""
    parts, count = [], 0
    while count < frames + BLEND:
        clip = sources[rng.integers(len(sources))]
        length = min(int(rng.uniform(4.0, 20.0) * FPS), len(clip))
        start = rng.integers(len(clip) - length + 1)
        mirror = np.array([rng.choice([-1.0, 1.0]), 1.0, 1.0])
        parts.append(clip[start : start + length] * mirror)
        count += length - BLEND
    return joined(parts)[:frames]


def wandering(frames: int, rng: np.random.Generator) -> Array:
    """Places in a dance at which a take's frames are: tempo 0.6 to 1.7, stops."""
    places, at = [], 0.0
    while at < frames - 1:
        if rng.random() < 0.15:
            places.append(np.full(int(rng.uniform(0.5, 4.0) * FPS), at))
            continue
        tempo = np.exp(rng.uniform(np.log(0.6), np.log(1.7)))
        steps = at + tempo * np.arange(1, int(rng.uniform(2.0, 10.0) * FPS))
        places.append(steps)
        at = float(steps[-1])
    found = np.concatenate([[0.0], *places])
    return found[found <= frames - 1]


def played(
    motion: Array, places: Array, rng: np.random.Generator, noise: float
) -> Array:
    """The motion at those places on a body 5 % larger, with noise (m)."""
    found = signals.resample(motion, np.arange(len(motion)) * 1.0, places)
    return 1.05 * found + noise * rng.normal(size=found.shape)


def rows(motion: Array) -> Array:
    """(frames, 66), as a warp takes it."""
    return motion.reshape(len(motion), -1)


@dataclass(frozen=True)
class Pair:
    """Reference and take, (frames, 66), and where in it the take's frames are."""

    reference: Array
    take: Array
    places: Array


def long_pair(sources: Sequence[Array], shape: tuple[int, int], seed: int = 0) -> Pair:
    """A reference of so many frames and a take of so many, at a known warp."""
    rng = np.random.default_rng(seed)
    reference = dance(sources, shape[0], rng)
    places = wandering(shape[0], rng)
    # One more tempo brings the take to its number of frames.
    at = np.linspace(0, places.size - 1, shape[1])
    places = np.interp(at, np.arange(places.size), places)
    noisy = reference + 0.01 * rng.normal(size=reference.shape)
    return Pair(rows(noisy), rows(played(reference, places, rng, 0.01)), places)


def differing_pair(sources: Sequence[Array], seed: int) -> Pair:
    """A pair with stops, repeats, skips and foreign bars, 1,500 to 8,000 frames."""
    rng = np.random.default_rng([5, seed])
    frames = int(np.exp(rng.uniform(np.log(1500), np.log(8000))))
    reference = dance(sources, frames, rng)
    if rng.random() < 0.3:  # the same bars over and over
        bar = reference[: int(rng.uniform(4.0, 15.0) * FPS)]
        reference = joined([bar] * (frames // (len(bar) - BLEND) + 1))[:frames]
    places = wandering(frames, rng)
    for _ in range(rng.integers(0, 4)):
        cut = int(rng.integers(places.size))
        jump = int(rng.uniform(1.0, 10.0) * FPS) * rng.choice([-1, 1])
        places = np.concatenate([places[:cut], places[max(cut + jump, 0) :]])
    noise = float(rng.choice([0.0, 0.005, 0.02, 0.05]))
    take = played(reference, places, rng, noise)
    for _ in range(rng.integers(0, 4)):
        length = min(int(rng.uniform(1.0, 12.0) * FPS), len(take) // 3)
        start = rng.integers(len(take) - length)
        take[start : start + length] = dance(sources, length, rng)
    noisy = reference + noise * rng.normal(size=reference.shape)
    return Pair(rows(noisy), rows(take), places)
