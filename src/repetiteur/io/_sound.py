"""The sound of a file as one channel, at its own rate; for a process of its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._media import BROKEN, best_video, opened

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

__all__ = ["MAX_SAMPLES", "read_sound"]

#: One and a half hours at 48 kHz, a gigabyte.
MAX_SAMPLES = 1 << 28
_RATES = (1000, 768_000)
_JUMP_S = 0.05  # stamps that are less off than this follow one another
_LONGEST_GAP_S = 600.0
#: The mean of the channels has less than this share of the power of the loudest (20 dB
#: less) only where they cancel: one cable with its poles exchanged turns the sign of
#: one channel. Two that have nothing in common lose 3 dB, one of two alone 6.
_CANCELLED = 0.01

Samples = NDArray[np.float32]


def read_sound(path: Path) -> tuple[Samples, int, float]:
    """Decode the sound of a file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    samples : (n,) float32
        Mean of the channels; where they cancel each other, the loudest of them.
        Silence where packets are missing.
    rate : int
        Samples per second.
    start_s : float
        When the first sample is heard, after the first picture (before: negative); 0
        where there is no video.

    Raises
    ------
    UnreadableRecording
        When there is no sound in it.
    DamagedFile
        When none of it can be decoded, or it is absurdly long.
    """
    with opened(path) as container:
        origin = _first_picture(container)
    powers = _Powers()
    samples, rate, start = _decoded(path, powers)
    loudest = powers.cancelled()
    if loudest is not None:
        samples, rate, start = _decoded(path, powers, loudest)
    return samples, rate, start - origin if origin is not None else 0.0


@dataclass
class _Powers:
    """Sums of squares of the mean of the channels, and of each."""

    mean: float = 0.0
    channels: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))

    def add(self, mean: Samples, channels: Samples) -> None:
        self.mean += float(np.sum(mean**2, dtype=np.float64))
        self.channels = self.channels + np.sum(channels**2, axis=1, dtype=np.float64)

    def cancelled(self) -> int | None:
        """The loudest channel, where in the mean nearly nothing is left of it."""
        loudest = int(self.channels.argmax())
        lost = self.mean < _CANCELLED * self.channels[loudest]
        return loudest if lost else None


def _first_picture(container: InputContainer) -> float | None:
    """Stamp of the first picture that is shown, in seconds."""
    stream = best_video(container)
    if stream is None or stream.time_base is None:
        return None
    for packet in container.demux(stream):
        if packet.is_keyframe and not packet.is_discard and packet.pts is not None:
            return float(packet.pts * stream.time_base)
    return None


def _decoded(
    path: Path, powers: _Powers, channel: int | None = None
) -> tuple[Samples, int, float]:
    """Samples of the mean of the channels or of one, their rate, and their begin."""
    with opened(path) as container:
        stream = container.streams.best("audio")
        if stream is None or stream.codec_context is None:
            raise UnreadableRecording(
                f"{path.name} needs sound that can be decoded, and has none. Give the "
                "recording with its music."
            )
        return _joined(container, stream, path, powers, channel)


def _joined(
    container: InputContainer,
    stream: Any,
    path: Path,
    powers: _Powers,
    channel: int | None,
) -> tuple[Samples, int, float]:
    rate = int(stream.codec_context.sample_rate or 0)
    if not _RATES[0] <= rate <= _RATES[1]:
        raise DamagedFile(
            f"{path.name} needs {_RATES[0]} to {_RATES[1]} samples of sound per "
            f"second, and claims {rate}. Export it again."
        )
    sound, start = array("f"), None
    for channels, at in _parts(container, stream, rate):
        mean = channels.mean(axis=0)
        powers.add(mean, channels)
        part = mean if channel is None else channels[channel]
        if start is None:
            start = at
        gap = round((at - start) * rate) - len(sound)
        if _JUMP_S * rate < gap < _LONGEST_GAP_S * rate:
            sound.frombytes(bytes(4 * gap))
        sound.frombytes(part.tobytes())
        if len(sound) > MAX_SAMPLES:
            raise DamagedFile(
                f"{path.name} may have {MAX_SAMPLES} samples of sound, and has more: "
                "cut out the part with the dancer."
            )
    if start is None:
        raise DamagedFile(
            f"{path.name} needs sound that can be decoded, and none of it can. Copy or "
            "record it again."
        )
    return np.frombuffer(sound, np.float32), rate, start


def _parts(
    container: InputContainer, stream: AudioStream, rate: int
) -> Iterator[tuple[Samples, float]]:
    """Pieces of all channels, (channels, n), and when they begin, in seconds."""
    apart = AudioResampler("fltp", None, rate)
    clock = 0.0
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except BROKEN:
            continue
        for frame in frames:
            if frame.pts is not None and frame.time_base is not None:
                clock = float(frame.pts * frame.time_base)
            for alike in _alike(apart, frame):
                part: Samples = np.nan_to_num(alike.to_ndarray().astype(np.float32))
                yield part, clock
                clock += part.shape[1] / rate


def _alike(apart: AudioResampler, frame: AudioFrame) -> list[AudioFrame]:
    """The frame as floats; none of one that is unlike those before."""
    try:
        return apart.resample(frame)
    except BROKEN:
        return []
