"""Sound files that every player opens: WAV of 16 bits, one channel."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from repetiteur.io.audio import Sound
from repetiteur.io.files import replacing

__all__ = ["write_wav"]

_FULL = 32767


def write_wav(sound: Sound, path: str | Path) -> None:
    """Write sound as WAV; the file is whole or not there.

    Parameters
    ----------
    sound : Sound
        What is beyond -1 to 1 is cut off there. Its ``start_s`` is not kept: the file
        begins with the first sample.
    path : str or Path

    Raises
    ------
    CannotWrite

    Examples
    --------
    >>> file = getfixture("tmp_path") / "silence.wav"
    >>> write_wav(Sound(np.zeros(800, np.float32), 8000, 0.0), file)
    >>> file.stat().st_size
    1644
    """
    whole = np.nan_to_num(sound.samples).clip(-1.0, 1.0) * _FULL
    with replacing(path) as beside, wave.open(str(beside), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(np.round(whole).astype("<i2").tobytes())
