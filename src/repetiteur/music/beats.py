"""Beats: when they are heard in a recording of music, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, percentile_filter
from scipy.special import expit

from repetiteur.errors import NothingToJudge
from repetiteur.io.audio import Sound
from repetiteur.music.onsets import COARSE, FINE, RATE, Onsets, onsets

__all__ = ["Beats", "beats_of"]

Array = NDArray[np.float64]

#: How stiffly librosa holds on to the tempo; its own 100 loses rubato. A tempo that a
#: person tapped may be held on to more.
TIGHTNESS, TIGHTNESS_TAPPED = 30.0, 60.0
#: Where nothing else tells which pulse is the beat, it is the one nearer to this many a
#: minute. librosa's 120 counts quavers in more of the slow music.
USUAL_BPM = 110.0
#: How far from the tracker's frame the onset itself is looked for, s.
_REACH_S = 0.035
#: A silence is so far below the loudest, dB, for at least so long, s.
_SILENT_DB, _SILENCE_S = -50.0, 0.35
#: Onset strength, dB, that is nothing beside any note.
_NOTHING = 0.3
#: Applause and noise have onsets, too, but weaker ones than the music: those that are
#: weaker than this share of the strong ones of the whole are not weighed on their own.
_OF_WHOLE = 0.7
#: In steady noise something begins all the time: the strong onsets are 1.3 to 1.5 times
#: the median of all frames, those of music nearly everywhere 1.8 times and more, in
#: halls too. Up to the first no beat is believed, from the second on as all others.
_STEADY = (1.5, 1.8)
#: Of the logistic model of :func:`_confidence`, fitted on benchmarks/music_beats.py:
#: offset, strength, steadiness, a tapped tempo.
_SURE = (-1.0, 3.05, 5.45, 0.63)


@dataclass(frozen=True, eq=False)
class Beats:
    """Beats of a piece of music, in order of time.

    Attributes
    ----------
    time_s : (beats,) float
        When each is heard, seconds in the recording, increasing.
    confidence : (beats,) float
        0 to 1: the share of beats like this one that were within 70 ms of a true beat
        where the truth was known.
    heard : (beats,) bool
        False in a silence, where the beat only goes on.
    """

    time_s: Array
    confidence: Array
    heard: NDArray[np.bool_]


def beats_of(sound: Sound, *, bpm: float | None = None) -> Beats:
    """Find the beats of music.

    Parameters
    ----------
    sound : Sound
        At 22,050 samples per second.
    bpm : float, optional
        Beats a minute, as a person taps them: their median. It decides which pulse is
        the beat, and the tempo may still swing about it.

    Returns
    -------
    Beats
        None in the silence before and after the music.

    Raises
    ------
    NothingToJudge
        When there is no music, or no beat in it.

    Notes
    -----
    librosa's dynamic programming [1]_ over the onset strength, with a loose hold on the
    tempo; then each beat is moved to the onset at its place.

    References
    ----------
    .. [1] D. P. W. Ellis, "Beat Tracking by Dynamic Programming", J. New Music Research
       36 (1), 2007.

    Examples
    --------
    >>> clicks = np.zeros(8 * 22050, np.float32)
    >>> clicks[:: 22050 // 2] = 1.0
    >>> beats = beats_of(Sound(clicks, 22050, 0.0))
    >>> np.diff(beats.time_s).round(2).max()
    np.float64(0.5)
    """
    found = onsets(sound)
    frames = _tracked(found, bpm)
    frames = frames[_between(found, frames)]
    if len(frames) < 2:
        raise NothingToJudge(
            "Beats need music in which notes begin in time, and none was found. Give "
            "the music alone, or its tempo (--bpm)."
        )
    time_s = _on_onsets(onsets(sound, FINE), found.time(frames.astype(np.float64)))
    time_s = time_s[np.diff(time_s, prepend=-np.inf) > _REACH_S]  # one onset, one beat
    place = found.frame(time_s)
    return Beats(
        time_s,
        _confidence(found, place, tapped=bpm is not None),
        ~_silent(found)[np.round(place).astype(int).clip(0, len(found.level) - 1)],
    )


def _tracked(found: Onsets, bpm: float | None) -> NDArray[np.int64]:
    """Frames of beats by librosa."""
    import librosa

    _, frames = librosa.beat.beat_track(
        onset_envelope=found.strength,
        sr=RATE,
        hop_length=COARSE.hop,
        tightness=TIGHTNESS if bpm is None else TIGHTNESS_TAPPED,
        bpm=bpm,
        start_bpm=USUAL_BPM,
        trim=False,
    )
    return np.asarray(frames, np.int64)


def _silent(found: Onsets) -> NDArray[np.bool_]:
    """Frames in silences that are not just the end of a short note."""
    size = 2 * round(_SILENCE_S * found.per_s / 2) + 1
    around = maximum_filter1d(found.level, size)
    return np.asarray(around < _SILENT_DB, np.bool_)


def _between(found: Onsets, frames: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which frames are between the first sound and the last."""
    loud = np.flatnonzero(found.level >= _SILENT_DB)
    if loud.size == 0:
        return np.zeros(len(frames), np.bool_)
    reach = round(_REACH_S * found.per_s)
    return np.asarray((frames >= loud[0] - reach) & (frames <= loud[-1]), np.bool_)


def _on_onsets(fine: Onsets, time_s: Array) -> Array:
    """When the onset at each beat is heard; the time as it was where there is none."""
    frames = np.round(fine.frame(time_s)).astype(int).clip(0, len(fine.strength) - 1)
    reach = round(_REACH_S * fine.per_s)
    padded = np.pad(fine.strength, reach + 1, mode="edge")
    near = padded[frames[:, None] + np.arange(2 * reach + 3)]
    top = 1 + near[:, 1:-1].argmax(axis=1)
    row = np.arange(len(frames))
    before, at, after = (near[row, top + k] for k in (-1, 0, 1))
    bend = before - 2.0 * at + after
    is_top = (bend < 0.0) & (at > _NOTHING) & (before <= at) & (after <= at)
    between = (before - after) / np.where(is_top, 2.0 * bend, 1.0)
    moved = fine.time(frames + (top - 1 - reach) + between)
    return np.where(is_top, moved, time_s)


def _confidence(found: Onsets, place: Array, *, tapped: bool) -> Array:
    """How sure each beat is; see :class:`Beats`."""
    strength, steady = _evidence(found, place)
    offset, by_strength, by_steady, by_tap = _SURE
    score = offset + by_strength * strength + by_steady * steady + by_tap * tapped
    return np.asarray((expit(score) * _begins(found, place)).round(2))


def _begins(found: Onsets, place: Array) -> Array:
    """0 at beats in steady noise, in which nothing begins, to 1 in music."""
    size = _around(found)
    strong = percentile_filter(maximum_filter1d(found.strength, 9), 90, size)
    median = percentile_filter(found.strength, 50, size)
    over = strong / np.maximum(median, _NOTHING)
    at = np.round(place).astype(int).clip(0, len(over) - 1)
    return np.asarray(np.interp(over[at], _STEADY, (0.0, 1.0)))


def _around(found: Onsets) -> int:
    """Frames of 2 s to each side."""
    return 2 * round(2.0 * found.per_s) + 1


def _evidence(found: Onsets, place: Array) -> tuple[Array, Array]:
    """What speaks for each beat.

    Returns
    -------
    strength : (beats,) float
        Its onset's share of the strong ones (90th percentile) in 2 s to each side, or
        of those of the whole where that is more; 0 to 1.
    steady : (beats,) float
        Minus the change of the beat's length there: the root mean square logarithm of
        the ratio of neighbours, over four of them.
    """
    reach = round(_REACH_S * found.per_s)
    tops = maximum_filter1d(found.strength, 9)
    usual = percentile_filter(tops, 90, _around(found))
    usual = np.maximum(usual, _OF_WHOLE * np.percentile(tops, 90))
    here = maximum_filter1d(found.strength, 2 * reach + 1)
    at = np.round(place).astype(int).clip(0, len(here) - 1)
    strength = (here[at] / np.maximum(usual[at], _NOTHING)).clip(0.0, 1.0)
    change = np.diff(np.log(np.maximum(np.diff(place), 1.0)))
    if change.size == 0:
        return strength, np.zeros(len(place))
    square = np.pad(change**2, 2, mode="edge")
    mean = np.convolve(square, np.ones(3) / 3.0, mode="valid")
    return strength, -np.sqrt(mean[: len(place)])
