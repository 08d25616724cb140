"""Music with clicks on its counts, to check them by ear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.io.audio import Sound
from repetiteur.model.counts import Counts

__all__ = ["BAR_HZ", "BEAT_HZ", "ONE_HZ", "clicked"]

#: Pitch of the clicks: on a "1", at the beginning of another bar, on other beats.
ONE_HZ, BAR_HZ, BEAT_HZ = 2400.0, 1600.0, 1000.0
_LASTS_S, _FADES_S = 0.04, 0.008
#: Loudest sample of the music and of a click, of full scale.
_MUSIC, _CLICK = 0.5, 0.45


def clicked(sound: Sound, counts: Counts) -> Sound:
    """Music with a click at each count.

    Parameters
    ----------
    sound : Sound
        The music; it becomes half as loud as can be.
    counts : Counts
        Those before and after the sound have no click.

    Returns
    -------
    Sound
        As long as the music.

    Examples
    --------
    >>> from repetiteur.model.counts import counted
    >>> quiet = Sound(np.zeros(22050, np.float32), 22050, 0.0)
    >>> both = clicked(quiet, counted(np.array([0.25, 0.75]), metre=4, one=0))
    >>> np.flatnonzero(both.samples)[0] / 22050 > 0.249
    np.True_
    """
    samples = np.nan_to_num(sound.samples)
    loudest = float(np.abs(samples).max(initial=0.0))
    result = samples * np.float32(_MUSIC / loudest if loudest > 0.0 else 0.0)
    pitch = np.where(
        counts.count == 1, ONE_HZ, np.where(counts.beat == 1, BAR_HZ, BEAT_HZ)
    )
    for hz in (BEAT_HZ, BAR_HZ, ONE_HZ):
        click = _click(hz, sound.rate)
        first = (counts.time_s[pitch == hz] - sound.start_s) * sound.rate
        at = (np.round(first).astype(np.int64)[:, None] + np.arange(click.size)).ravel()
        inside = (at >= 0) & (at < result.size)
        loud = np.tile(click, first.size)[inside]
        np.add.at(result, at[inside], loud)
    return Sound(result.clip(-1.0, 1.0), sound.rate, sound.start_s)


def _click(hz: float, rate: int) -> NDArray[np.float32]:
    time = np.arange(round(_LASTS_S * rate)) / rate
    wave = _CLICK * np.exp(-time / _FADES_S) * np.sin(2.0 * np.pi * hz * time)
    return wave.astype(np.float32)
