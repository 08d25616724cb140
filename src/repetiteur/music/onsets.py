"""How strongly notes begin at each moment of a recording, and how loud it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repetiteur.errors import NothingToJudge
from repetiteur.io.audio import Sound

__all__ = ["COARSE", "FINE", "RATE", "Grain", "Onsets", "onsets"]

Array = NDArray[np.float64]

#: Samples per second that beats are looked for in.
RATE = 22_050
_HIGHEST_HZ = 8000.0
_RANGE_DB, _QUIET_DB = 60.0, -70.0
_CHUNK = 4096  # frames at a time
_LONGEST_S = 3600.0
_SHORTEST_S = 2.0


@dataclass(frozen=True)
class Grain:
    """How finely sound is heard: samples of a window, from one to the next, bands."""

    window: int
    hop: int
    bands: int


#: To tell notes apart, and to tell when one begins: a click is found 12 ms early by the
#: finer one, a note of a piano 4 ms late, one of bowed strings 8 ms late (medians).
COARSE, FINE = Grain(2048, 256, 128), Grain(1024, 128, 64)


@dataclass(frozen=True, eq=False)
class Onsets:
    """What is heard at each frame of music.

    Attributes
    ----------
    strength : (frames,) float
        Mean rise of the loudness of the bands, dB.
    level : (frames,) float
        Loudness of the whole, dB below its loudest.
    start_s : float
        When the beginning of a note at the first frame would be heard, s.
    per_s : float
        Frames per second.
    """

    strength: Array
    level: Array
    start_s: float
    per_s: float

    def frame(self, time_s: Array) -> Array:
        """Frames, with their fractions, of times."""
        return (np.asarray(time_s) - self.start_s) * self.per_s

    def time(self, frame: Array) -> Array:
        """Seconds of frames, with their fractions."""
        return self.start_s + np.asarray(frame) / self.per_s


def onsets(sound: Sound, grain: Grain = COARSE) -> Onsets:
    """Where notes begin in music.

    Parameters
    ----------
    sound : Sound
        At 22,050 samples per second.
    grain : Grain

    Returns
    -------
    Onsets

    Raises
    ------
    NothingToJudge
        When it is shorter than 2 s, longer than an hour, or silent.

    Notes
    -----
    The rise of the loudness (dB) of mel bands over two frames, half-wave rectified
    and averaged, by librosa [1]_; 60 dB below the loudest is silence. librosa's own
    arrangement finds a note of a piano 40 ms late, since it delays what it found by
    half a window; here it is not delayed.

    References
    ----------
    .. [1] B. McFee et al., "librosa: Audio and Music Signal Analysis in Python",
       SciPy 2015.
    """
    if not _SHORTEST_S <= sound.duration_s <= _LONGEST_S:
        raise NothingToJudge(
            f"Beats need {_SHORTEST_S:g} s to {_LONGEST_S / 60:g} min of music, and "
            f"this is {sound.duration_s:.1f} s long. Give the music that is danced to."
        )
    import librosa

    bands = librosa.power_to_db(_bands(sound.samples, grain), ref=1.0, top_db=None)
    level = bands.max(axis=0)
    loudest = float(level.max())
    if loudest < _QUIET_DB:
        raise NothingToJudge(
            "Beats need music that is heard, and this recording is silent. Give the "
            "recording with its music."
        )
    strength = librosa.onset.onset_strength(
        S=np.maximum(bands, loudest - _RANGE_DB), sr=RATE, lag=2, center=False
    )
    return Onsets(
        np.asarray(strength, np.float64),
        np.asarray(level - loudest, np.float64),
        sound.start_s,
        RATE / grain.hop,
    )


def _bands(samples: NDArray[np.float32], grain: Grain) -> NDArray[np.float32]:
    """Power of mel bands, (bands, frames), in pieces that fit into memory."""
    import librosa

    hop, window = grain.hop, grain.window
    frames = 1 + len(samples) // hop
    padded = np.pad(np.nan_to_num(samples), (window // 2, window))
    parts = []
    for first in range(0, frames, _CHUNK):
        last = min(first + _CHUNK, frames)
        part = padded[first * hop : (last - 1) * hop + window]
        parts.append(
            librosa.feature.melspectrogram(
                y=part,
                sr=RATE,
                n_fft=window,
                hop_length=hop,
                center=False,
                n_mels=grain.bands,
                fmin=30.0,
                fmax=_HIGHEST_HZ,
            )
        )
    return np.concatenate(parts, axis=1)
