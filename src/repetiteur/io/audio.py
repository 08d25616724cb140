"""The sound of a recording: the music that was danced to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from repetiteur.errors import UnreadableRecording
from repetiteur.io._limited import limited
from repetiteur.io._sound import MAX_SAMPLES, read_sound

__all__ = ["Sound", "read_audio"]

_SECONDS = 60.0
_BYTES_PER_SECOND = 2e6  # of compressed sound on a slow machine
_MAX_SECONDS = 1800.0
_RATES = (1000, 192_000)
_CHUNK = 1 << 16


@dataclass(frozen=True, eq=False)
class Sound:
    """Sound as one channel.

    Attributes
    ----------
    samples : (n,) float32
        Mean of the channels, or the loudest where they cancel; full scale is -1 to 1.
    rate : int
        Samples per second.
    start_s : float
        When the first sample is heard, in seconds after the first picture of the
        video (negative: before it); 0 where there is no video.
    """

    samples: NDArray[np.float32]
    rate: int
    start_s: float

    @property
    def duration_s(self) -> float:
        """Seconds of sound."""
        return len(self.samples) / self.rate

    def part(self, start_s: float, end_s: float) -> Sound:
        """What is heard from one time to another, in seconds; silence beyond its ends.

        The result begins at 0.

        Examples
        --------
        >>> sound = Sound(np.ones(4, np.float32), rate=2, start_s=0.5)
        >>> sound.part(0.0, 2.0).samples.tolist()
        [0.0, 1.0, 1.0, 1.0]
        """
        first, last = (round((t - self.start_s) * self.rate) for t in (start_s, end_s))
        inside = self.samples[max(first, 0) : max(last, 0)]
        before = min(max(-first, 0), max(last - first, 0))
        after = max(last - first - before - len(inside), 0)
        return Sound(np.pad(inside, (before, after)), self.rate, 0.0)


def read_audio(path: str | Path, rate: int | None = None) -> Sound:
    """Read the sound of a video or sound file.

    Parameters
    ----------
    path : str or Path
        A file; its content decides, not its name.
    rate : int, optional
        Samples per second of the result; those of the file if not given.

    Returns
    -------
    Sound

    Raises
    ------
    UnknownFormat
        When the content is no video or sound.
    DamagedFile
        When none of it can be decoded, or it is too long.
    UnreadableRecording
        When the file cannot be opened, holds no sound, or the rate is absurd.
    """
    if rate is not None and not _RATES[0] <= rate <= _RATES[1]:
        raise UnreadableRecording(
            f"A rate of sound needs to be {_RATES[0]} to {_RATES[1]} samples per "
            f"second, and is {rate}. Leave it out, or give another."
        )
    file = Path(path)
    size = file.stat().st_size if file.is_file() else 0
    seconds = min(_SECONDS + size / _BYTES_PER_SECOND, _MAX_SECONDS)
    samples, own, start_s = limited(read_sound, file, seconds=seconds)
    if rate is None or rate == own:
        return Sound(samples, own, start_s)
    if len(samples) * rate / own > MAX_SAMPLES:
        raise UnreadableRecording(
            f"{file.name} may give {MAX_SAMPLES} samples of sound, and would give more "
            f"at {rate} per second. Ask for a lower rate."
        )
    return Sound(_resampled(samples, own, rate), rate, start_s)


def _resampled(
    samples: NDArray[np.float32], own: int, rate: int
) -> NDArray[np.float32]:
    """The same sound at another rate; as long, to the sample."""
    resampler = AudioResampler("flt", "mono", rate)
    frames: list[AudioFrame] = []
    for start in range(0, len(samples), _CHUNK):
        chunk = np.ascontiguousarray(samples[None, start : start + _CHUNK])
        frame = AudioFrame.from_ndarray(chunk, "flt", "mono")
        frame.sample_rate, frame.pts = own, start
        frame.time_base = Fraction(1, own)
        frames += resampler.resample(frame)
    frames += resampler.resample(None)
    length = round(len(samples) * rate / own)
    result = np.zeros(length, np.float32)
    if frames:
        found = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
        result[: len(found)] = found[:length]
    return result
