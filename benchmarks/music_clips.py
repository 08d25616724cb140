"""Recordings of known music in known rooms: what two phones in two corners hear.

A room is an impulse response that ends exponentially: direct sound, a dozen early
reflections, and noise that falls by 60 dB in its reverberation time. Speech is imitated
by noise in the voice's band, in syllables; applause and claps by short bursts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from music_rendering import TUNED_ON, Performance, performed, rendered, scores
from numpy.typing import NDArray
from scipy import signal

from repetiteur.io.audio import Sound, read_audio

Array = NDArray[np.float64]
RATE = 22_050
#: Seconds of a score that are played.
PLAYED_S = 60.0
#: What the encoder puts before the sound and the plain decoder below leaves there, s.
PRIMED_S = {"aac": 1024 / 48_000, "libopus": 312 / 48_000}
#: Another instrument for each.
OTHER = {
    "piano": "strings",
    "strings": "piano",
    "organ": "piano",
    "accordion": "piano",
    "guitar": "piano",
}


@dataclass(frozen=True)
class Playing:
    """One score played: its sound, and when each of its quarters is heard."""

    name: str
    sound: Sound
    played: Performance

    @property
    def beat_s(self) -> Array:
        return self.played.beat_s


def playings(
    python: str, cache: Path, *, kept: bool, seed: int
) -> dict[str, tuple[Playing, Playing, Playing]]:
    """Of every piece two playings on one instrument and a third on another."""
    found = {}
    names = scores(python, cache)
    wanted = list(names)[TUNED_ON:] if kept else list(names)[:TUNED_ON]
    for name in wanted:
        score = names[name].part(PLAYED_S)
        rng = np.random.default_rng([seed, len(name)])
        three = []
        for which in range(3):
            tempo = 1.0 if which == 0 else float(rng.uniform(0.85, 1.15))
            played = performed(
                score, seed * 10 + which, rubato=0.25, phrase_end=0.75, tempo=tempo
            )
            instrument = OTHER[score.instrument] if which == 2 else None
            path = rendered(played, cache, instrument=instrument, rate=RATE)
            three.append(Playing(name, read_audio(path), played))
        found[name] = (three[0], three[1], three[2])
    return found


def room(
    rng: np.random.Generator,
    rate: int,
    *,
    reverberation_s: float = 1.6,
    direct_db: tuple[float, float] = (-8.0, 0.0),
) -> Array:
    """Impulse response: direct sound at its first sample, of energy 1 in all.

    ``direct_db`` is the range of the direct sound's energy over that of all the rest:
    0 dB at about a metre and a half from a loudspeaker in a studio, -8 dB at four.
    """
    n = round(reverberation_s * rate)
    time_s = np.arange(n) / rate
    tail = rng.normal(size=n) * 10.0 ** (-3.0 * time_s / reverberation_s)
    tail[: round(0.003 * rate)] = 0.0
    early = np.zeros(n)
    for after_s in rng.uniform(0.002, 0.06, 12):
        size = rng.normal() * 10.0 ** (-after_s / 0.06)
        early[round(after_s * rate)] += size
    tail /= np.sqrt((tail**2).sum())
    early /= np.sqrt((early**2).sum())
    rest = 0.8 * tail + 0.6 * early
    direct = np.zeros(n)
    direct[0] = 10.0 ** (rng.uniform(*direct_db) / 20.0)
    whole = direct + rest
    return np.asarray(whole / np.sqrt((whole**2).sum()))


def heard_in(sound: Sound, response: Array) -> Sound:
    """The same sound with a room around it."""
    wet = signal.fftconvolve(sound.samples, response)[: len(sound.samples)]
    return Sound(wet.astype(np.float32), sound.rate, sound.start_s)


def babble(rng: np.random.Generator, n: int, rate: int) -> Array:
    """Pink noise, and a voice: the voice's band in syllables; of power 1."""
    white = np.fft.rfft(rng.normal(size=n))
    hz = np.fft.rfftfreq(n, 1.0 / rate)
    pink = np.fft.irfft(white / np.sqrt(np.maximum(hz, 20.0)), n)
    band = signal.butter(2, (250.0, 3500.0), "bandpass", fs=rate, output="sos")
    voice = signal.sosfilt(band, rng.normal(size=n))
    syllables = np.interp(
        np.arange(n) / rate,
        np.arange(0, n / rate + 1.0, 0.125),
        rng.gamma(0.5, size=int(n / rate / 0.125) + 9)[
            : len(np.arange(0, n / rate + 1.0, 0.125))
        ],
    )
    voice *= syllables
    mixed = pink / pink.std() + voice / voice.std()
    return np.asarray(mixed / mixed.std())


def with_noise(sound: Sound, rng: np.random.Generator, snr_db: float) -> Sound:
    """So many decibels quieter than the music."""
    power = float(np.mean(sound.samples.astype(np.float64) ** 2))
    noise = babble(rng, len(sound.samples), sound.rate)
    noisy = sound.samples + noise * np.sqrt(power) * 10.0 ** (-snr_db / 20.0)
    return Sound(noisy.astype(np.float32), sound.rate, sound.start_s)


def with_claps(sound: Sound, rng: np.random.Generator, a_minute: float) -> Sound:
    """Bursts of 20 ms, as loud as the loudest music."""
    noisy = sound.samples.copy()
    n = round(0.02 * sound.rate)
    for _ in range(round(a_minute * sound.duration_s / 60.0)):
        at = int(rng.integers(0, len(noisy) - n))
        burst = rng.normal(size=n) * np.exp(-np.arange(n) / (0.25 * n))
        noisy[at : at + n] += (burst * np.abs(sound.samples).max()).astype(np.float32)
    return Sound(noisy, sound.rate, sound.start_s)


def coded(sound: Sound, codec: str, bit_rate: int) -> Sound:
    """As a phone stores it: encoded, and decoded again. ``aac`` or ``libopus``."""
    kept, rate = io.BytesIO(), 48_000
    resampled = signal.resample_poly(sound.samples, rate // 150, sound.rate // 150)
    with av.open(kept, "w", format="mp4" if codec == "aac" else "ogg") as out:
        stream = out.add_stream(codec, rate=rate, layout="mono")
        stream.bit_rate = bit_rate
        whole = np.clip(resampled, -1.0, 1.0).astype(np.float32)[None]
        frame = av.AudioFrame.from_ndarray(whole, "fltp", "mono")
        frame.sample_rate = rate
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    kept.seek(0)
    with av.open(kept) as back:
        stream = back.streams.audio[0]
        frames = [f for f in back.decode(stream) if f.pts is not None]
        start = float(frames[0].pts * frames[0].time_base)
        samples = np.concatenate([f.to_ndarray().mean(axis=0) for f in frames])
    begun = start + sound.start_s - PRIMED_S[codec]
    return Sound(samples.astype(np.float32), rate, begun)
