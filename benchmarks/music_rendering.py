"""Music whose every beat is known: scores played with a tempo curve by fluidsynth.

    apt-get install fluidsynth fluid-soundfont-gm
    python -m venv scores && scores/bin/pip install music21

``scores`` reads notes and beats (``music_scores.py``), ``performed`` gives every
quarter a time, ``rendered`` writes the sound into a folder outside the project. One
score performed twice is two playings of the same music; their beats belong together,
one to one.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

READER = Path(__file__).with_name("music_scores.py")
SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
#: Programs of General MIDI.
PROGRAMS = {"piano": 0, "organ": 19, "strings": 48, "accordion": 21, "guitar": 24}
#: The first pieces of ``music_scores.py`` are tuned on, the others kept for the end.
TUNED_ON = 12
#: Before the first note, and after the last one, s.
LEAD_S, TAIL_S = 0.5, 2.0
_TICKS_PER_S = 2000


@dataclass(frozen=True)
class Score:
    """Notes and beats of a piece, in quarters from its beginning.

    ``notes``: (notes, 4) onset, length, pitch, part. ``beats``: (beats,) onset;
    ``beat`` and ``bar`` number them as ``repetiteur.model.counts.Counts`` does.
    ``tempo``: beats a minute.
    """

    name: str
    notes: Array
    beats: Array
    beat: NDArray[np.int64]
    bar: NDArray[np.int64]
    metre: int
    tempo: float
    instrument: str

    def part(self, seconds: float) -> Score:
        """The beginning: as much as lasts so long at the score's tempo."""
        kept = self.beats < self.beats[0] + seconds * self.quarters_per_s
        end = self.beats[kept][-1] + 1e-6
        return replace(
            self,
            notes=self.notes[self.notes[:, 0] <= end],
            beats=self.beats[kept],
            beat=self.beat[kept],
            bar=self.bar[kept],
        )

    @property
    def quarters_per_s(self) -> float:
        """The score's own tempo."""
        return self.tempo / 60.0 * float(np.median(np.diff(self.beats)))


@dataclass(frozen=True)
class Performance:
    """A score in time: ``beat_s`` (beats,) is when each of its beats is played."""

    score: Score
    beat_s: Array
    seed: int

    def at(self, quarters: Array) -> Array:
        """Seconds of places in the score; beyond its beats at the tempo there."""
        known, times = self.score.beats, self.beat_s
        before = (times[1] - times[0]) / (known[1] - known[0])
        after = (times[-1] - times[-2]) / (known[-1] - known[-2])
        inside = np.interp(quarters, known, times)
        early = np.minimum(quarters - known[0], 0.0) * before
        return inside + early + np.maximum(quarters - known[-1], 0.0) * after


def scores(python: str | Path, cache: Path) -> dict[str, Score]:
    """All pieces, read by ``python``, which has music21; kept as JSON in ``cache``."""
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / "scores.json"
    if not file.exists():
        subprocess.run([str(python), str(READER), str(file)], check=True)
    found = {}
    for name, given in json.loads(file.read_text(encoding="utf-8")).items():
        beats = np.array(given["beats"])
        found[name] = Score(
            name,
            np.array(given["notes"]),
            beats[:, 0],
            beats[:, 1].astype(np.int64),
            beats[:, 2].astype(np.int64),
            int(given["metre"]),
            float(given["tempo"]),
            given["instrument"],
        )
    return found


def performed(
    score: Score,
    seed: int,
    *,
    rubato: float = 0.0,
    phrase_end: float = 1.0,
    phrase_bars: int = 8,
    fermatas: int = 0,
    tempo: float = 1.0,
) -> Performance:
    """Give every beat its time.

    Parameters
    ----------
    score : Score
    seed : int
    rubato : float
        Largest share by which the tempo swings, slowly, to either side: 0.25 is ±25 %.
    phrase_end : float
        Tempo that is left on the last beat of every phrase; 1: no rallentando. It
        begins two bars before, and the piece's end has one too.
    phrase_bars : int
        Bars of a phrase.
    fermatas : int
        At so many ends of phrases the last beat is held for twice its time besides.
    tempo : float
        Factor on the score's tempo for the whole.
    """
    rng = np.random.default_rng([seed, crc32(score.name.encode())])
    quarters = np.diff(score.beats, append=2 * score.beats[-1] - score.beats[-2])
    usual = quarters / (score.quarters_per_s * tempo)
    place = np.arange(usual.size) / score.metre  # in bars
    swing = np.zeros(usual.size)
    for bars in (3.0, 5.3, 9.7):  # periods of the swing
        swing += rng.normal() * np.sin(2 * np.pi * (place / bars + rng.random()))
    swing *= rubato / max(np.abs(swing).max(), 1e-9)
    speed = 1.0 + swing
    last = (score.bar >= 1) & (score.bar % phrase_bars == 0)
    ends = np.flatnonzero(last & (score.beat == score.metre))
    ends = np.append(ends[ends < usual.size - 1], usual.size - 1)
    for end in ends:
        into = np.clip((np.arange(usual.size) - (end - 2 * score.metre)), 0, None)
        into = np.where(np.arange(usual.size) <= end, into / (2 * score.metre), 0.0)
        speed *= 1.0 - (1.0 - phrase_end) * into**2
    lasting = usual / speed
    held = rng.permutation(ends[:-1])[:fermatas]
    lasting[held] *= 3.0
    times = np.concatenate([[0.0], np.cumsum(lasting)[:-1]])
    first = (min(score.notes[0, 0], score.beats[0]) - score.beats[0]) / (
        score.quarters_per_s * tempo
    )
    return Performance(score, times - first + LEAD_S, seed)


def rendered(
    played: Performance,
    cache: Path,
    *,
    instrument: str | None = None,
    transposed: int = 0,
    loose_s: float = 0.008,
    hall: bool = False,
    rate: int = 22050,
    soundfont: Path = SOUNDFONT,
) -> Path:
    """Write the sound (WAV) unless it is there already, and say where.

    Parameters
    ----------
    played : Performance
    cache : Path
        A folder outside the project.
    instrument : str, optional
        One of ``PROGRAMS``; the score's own if not given.
    transposed : int
        Semitones.
    loose_s : float
        Standard deviation of each note's own time, s.
    hall : bool
        With fluidsynth's reverberation; dry without.
    rate : int
    soundfont : Path
    """
    rng = np.random.default_rng([played.seed, 1])
    notes = played.score.notes
    start = played.at(notes[:, 0]) + rng.normal(size=len(notes)) * loose_s
    end = played.at(notes[:, 0] + np.maximum(notes[:, 1], 0.1) * 0.95)
    loud = _loudness(played.score, rng)
    program = PROGRAMS[instrument or played.score.instrument]
    midi = _midi(
        np.maximum(start, 0.0),
        np.maximum(end, start + 0.04),
        notes[:, 2].astype(int) + transposed,
        loud,
        program,
    )
    digest, room = sha256(midi).hexdigest()[:12], "-hall" if hall else ""
    name = f"{played.score.name}-{digest}-{rate}{room}"
    sound = cache / f"{name}.wav"
    if sound.exists():
        return sound
    cache.mkdir(parents=True, exist_ok=True)
    score, part = cache / f"{name}.mid", cache / f"{name}.part.wav"
    score.write_bytes(midi)
    reverberation = ["-R", "1"] if hall else ["-R", "0"]
    options = ["-ni", "-q", "-C", "0", *reverberation, "-g", "0.5", "-r", str(rate)]
    command = ["fluidsynth", *options, "-F", str(part), str(soundfont), str(score)]
    subprocess.run(command, check=True, capture_output=True)
    os.replace(part, sound)  # noqa: PTH105 - whole or not there
    return sound


def _loudness(score: Score, rng: np.random.Generator) -> Array:
    """Velocity of every note: bars and beats are leaned on a little."""
    onset = score.notes[:, 0]
    on_beat = np.abs(onset[:, None] - score.beats).min(axis=1) < 1e-3
    firsts = score.beats[score.beat == 1]
    on_first = np.abs(onset[:, None] - firsts).min(axis=1) < 1e-3
    swell = 8 * np.sin(2 * np.pi * (onset / 37.0 + rng.random()))
    loud = 70 + 6 * on_beat + 6 * on_first + swell + rng.normal(size=onset.size) * 5
    return np.clip(loud, 30, 120)


def _midi(
    start: Array, end: Array, pitch: Sequence[int], loud: Array, program: int
) -> bytes:
    """A standard MIDI file of one track, at half a millisecond a tick."""
    events = [(0.0, 0, bytes([0xC0, program]))]
    for on, off, key, velocity in zip(start, end, pitch, loud, strict=True):
        events.append((on, 2, bytes([0x90, int(key), int(velocity)])))
        events.append((off, 1, bytes([0x80, int(key), 0])))
    events.append((float(end.max()) + TAIL_S, 3, b"\xff\x2f\x00"))
    track, now = bytearray(b"\x00\xff\x51\x03" + (500_000).to_bytes(3, "big")), 0
    for time, _, message in sorted(events):
        tick = round(time * _TICKS_PER_S)
        track += _length(tick - now) + message
        now = tick
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS_PER_S // 2)
    return head + b"MTrk" + struct.pack(">I", len(track)) + bytes(track)


def _length(ticks: int) -> bytes:
    """A number as MIDI writes it: seven bits a byte, the last without the eighth."""
    out = [ticks & 0x7F]
    while ticks := ticks >> 7:
        out.insert(0, (ticks & 0x7F) | 0x80)
    return bytes(out)
