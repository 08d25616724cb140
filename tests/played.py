"""Music for tests: notes of a plucked string at given times."""

from __future__ import annotations

import numpy as np

from repetiteur.io.audio import Sound
from repetiteur.music.onsets import RATE


def plucked(times, *, seconds, loud=None, start_s=0.0, seed=0):
    """Notes of changing pitch over a faint noise, at times counted from the video."""
    faint = np.random.default_rng(0).normal(size=round(seconds * RATE))
    samples = 1e-4 * faint
    loud = np.ones(len(times)) if loud is None else loud
    rng = np.random.default_rng(seed)
    since = np.arange(round(0.9 * RATE)) / RATE
    for time, volume in zip(times, loud, strict=True):
        hz = 110.0 * 2.0 ** (rng.integers(0, 24) / 12.0)
        tone = sum(np.sin(2 * np.pi * k * hz * since) / k for k in range(1, 6))
        note = volume * 0.15 * np.exp(-since / 0.2) * tone
        note *= np.minimum(1.0, (since[-1] - since) / 0.2)
        first = round((time - start_s) * RATE)
        note = note[: max(len(samples) - first, 0)]
        samples[first : first + len(note)] += note
    return Sound(samples.astype(np.float32), RATE, start_s)
