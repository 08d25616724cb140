"""Small music whose every note is known, as samples."""

from __future__ import annotations

import numpy as np

RATE = 16_000


def tune(seed, notes=60):
    """Notes of a walk through a scale, two at a time, as MIDI numbers."""
    rng = np.random.default_rng(seed)
    scale = np.array([0, 2, 4, 5, 7, 9, 11])
    degrees = np.clip(np.cumsum(rng.integers(-2, 3, notes)), -7, 13)
    upper = 60 + 12 * (degrees // 7) + scale[degrees % 7]
    lower = 48 + scale[rng.integers(0, 7, notes)]
    return np.stack([upper, lower], axis=1)


def onsets(seed, notes=60, *, swing=0.25, tempo=1.0, start_s=0.5):
    """When each is struck: half a second apart, with a tempo curve."""
    rng = np.random.default_rng(seed)
    phase = rng.uniform(0, 2 * np.pi)
    rate = 1.0 + swing * np.sin(np.arange(notes) / 4.0 + phase)
    return start_s + np.concatenate([[0.0], np.cumsum(0.5 * tempo / rate)[:-1]])


def played(notes, onset_s, *, tuning=0.0, partials=4, tail_s=1.0):
    """Struck notes that die away, float32 at RATE."""
    n = round((onset_s[-1] + tail_s) * RATE)
    sound = np.zeros(n)
    lasts = np.append(np.diff(onset_s), tail_s)
    for chord, start, last in zip(notes, onset_s, lasts, strict=True):
        first = round(start * RATE)
        time_s = np.arange(min(round(1.5 * last * RATE), n - first)) / RATE
        fade = np.exp(-3.0 * time_s) * np.minimum(time_s / 0.005, 1.0)
        for note in chord:
            hz = 440.0 * 2.0 ** ((note + tuning - 69.0) / 12.0)
            for k in range(1, partials + 1):
                wave = np.sin(2 * np.pi * k * hz * time_s) * fade / k
                sound[first : first + time_s.size] += wave
    return (0.1 * sound).astype(np.float32)


def noise(seed, seconds, *, size=0.1):
    """White noise."""
    rng = np.random.default_rng(seed)
    return (size * rng.normal(size=round(seconds * RATE))).astype(np.float32)
