"""Beats where their times are known: clicks, notes, rubato, silence."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from played import plucked
from repetiteur.errors import NothingToJudge
from repetiteur.io.audio import Sound
from repetiteur.music import beats as module
from repetiteur.music import onsets as onsets_of
from repetiteur.music.beats import beats_of
from repetiteur.music.onsets import COARSE, FINE, RATE, onsets


def f_measure(true, found, near=0.07):
    hit = (np.abs(true[:, None] - found).min(axis=1) <= near).sum()
    return 2 * hit / (len(true) + len(found))


@pytest.mark.parametrize("bpm", [72, 100, 126])
def test_a_steady_tempo_is_found_with_every_beat_on_time(bpm):
    true = np.arange(1.0, 18.0, 60.0 / bpm)
    found = beats_of(plucked(true, seconds=20.0), bpm=bpm)
    near = np.abs(true[:, None] - found.time_s).argmin(axis=1)
    late = found.time_s[near] - true
    assert f_measure(true, found.time_s) > 0.97
    assert np.abs(late).max() < 0.025
    assert found.confidence[near].min() > 0.7


def test_a_rubato_is_followed_and_a_stiff_grid_is_not_enough():
    place = np.arange(36)
    length = 0.6 * (1.0 + 0.25 * np.sin(2 * np.pi * place / 17.0))
    true = 1.0 + np.cumsum(length)
    found = beats_of(plucked(true, seconds=true[-1] + 2.0), bpm=100.0)
    grid = np.arange(true[0], true[-1], np.median(np.diff(true)))
    assert f_measure(true, found.time_s) > 0.9
    assert f_measure(true, grid) < 0.6


def test_times_are_the_recordings_own():
    true = np.arange(1.0, 12.0, 0.6)
    at_zero = beats_of(plucked(true, seconds=14.0), bpm=100.0)
    later = beats_of(plucked(true + 3.0, seconds=14.0, start_s=3.0), bpm=100.0)
    np.testing.assert_allclose(later.time_s, at_zero.time_s + 3.0, atol=1e-9)


def test_there_are_no_beats_before_and_after_the_music():
    true = np.arange(5.0, 15.0, 0.5)
    sound = plucked(true, seconds=30.0)
    quiet = np.where(np.abs(sound.samples) < 1e-3, 0.0, sound.samples)
    found = beats_of(Sound(quiet.astype(np.float32), RATE, 0.0), bpm=120.0)
    assert found.time_s.min() > 4.9
    assert found.time_s.max() < 16.5


def test_a_silence_within_has_no_heard_beats():
    true = np.concatenate([np.arange(1.0, 8.0, 0.5), np.arange(12.0, 19.0, 0.5)])
    sound = plucked(true, seconds=20.0)
    quiet = np.where(np.abs(sound.samples) < 1e-3, 0.0, sound.samples)
    found = beats_of(Sound(quiet.astype(np.float32), RATE, 0.0), bpm=120.0)
    inside = (found.time_s > 9.2) & (found.time_s < 11.8)
    assert inside.any()
    assert not found.heard[inside].any()
    assert found.heard[~inside].mean() > 0.9


def test_confidence_falls_where_nothing_is_played():
    true = np.arange(1.0, 25.0, 0.5)
    played = (true < 10.0) | (true > 15.0)
    sound = plucked(true[played], seconds=27.0)
    hum = 0.05 * np.sin(2 * np.pi * 220.0 * np.arange(len(sound.samples)) / RATE)
    found = beats_of(Sound(sound.samples + hum.astype(np.float32), RATE, 0.0), bpm=120)
    held = (found.time_s > 10.7) & (found.time_s < 14.8)
    assert held.any()
    assert found.confidence[held].max() < 0.5
    assert np.median(found.confidence[~held]) > 0.8


def test_increasing_and_between_0_and_1():
    rng = np.random.default_rng(5)
    noise = Sound(0.1 * rng.normal(size=20 * RATE).astype(np.float32), RATE, 0.0)
    found = beats_of(noise)
    assert (np.diff(found.time_s) > 0.1).all()
    assert ((found.confidence >= 0) & (found.confidence <= 1)).all()


@pytest.mark.parametrize("colour", ["white", "pink", "hiss under a hum"])
def test_beats_of_steady_noise_are_not_believed_and_those_of_music_in_it_are(colour):
    rng = np.random.default_rng(6)
    noise = rng.normal(size=20 * RATE)
    if colour == "pink":
        hz = np.fft.rfftfreq(noise.size, 1.0 / RATE)
        noise = np.fft.irfft(np.fft.rfft(noise) / np.sqrt(np.maximum(hz, 20.0)))
    if colour == "hiss under a hum":
        hum = np.sin(2 * np.pi * 100.0 * np.arange(noise.size) / RATE)
        noise = 0.01 * noise + hum
    noise = (0.02 * noise / noise.std()).astype(np.float32)
    alone = beats_of(Sound(noise, RATE, 0.0), bpm=120.0)
    assert np.median(alone.confidence) < 0.05
    assert alone.confidence.mean() < 0.1
    music = plucked(np.arange(1.0, 18.0, 0.5), seconds=20.0)
    both = beats_of(Sound(music.samples + noise, RATE, 0.0), bpm=120.0)
    assert np.median(both.confidence) > 0.7


@pytest.mark.parametrize("grain", [COARSE, FINE])
def test_pieces_are_joined_without_a_seam(grain, monkeypatch):
    sound = plucked(np.arange(0.5, 7.0, 0.4), seconds=8.0)
    whole = onsets(sound, grain)
    monkeypatch.setattr(onsets_of, "_CHUNK", 37)
    pieces = onsets(sound, grain)
    np.testing.assert_allclose(pieces.strength, whole.strength, atol=1e-4)


def test_what_is_no_music():
    silent = Sound(np.zeros(5 * RATE, np.float32), RATE, 0.0)
    with pytest.raises(NothingToJudge, match="silent"):
        beats_of(silent)
    with pytest.raises(NothingToJudge, match="s long"):
        beats_of(Sound(np.ones(RATE, np.float32), RATE, 0.0))
    one = np.zeros(5 * RATE, np.float32)
    one[RATE] = 1.0
    with pytest.raises(NothingToJudge, match="notes begin"):
        beats_of(Sound(one, RATE, 0.0))


def test_a_tapped_tempo_decides_which_pulse_is_the_beat():
    true = np.arange(1.0, 18.0, 0.3)
    loud = np.where(np.arange(len(true)) % 2 == 0, 1.0, 0.6)
    sound = plucked(true, seconds=20.0, loud=loud)
    slow, fast = (beats_of(sound, bpm=bpm).time_s for bpm in (100.0, 200.0))
    assert np.median(np.diff(slow)) == pytest.approx(0.6, abs=0.02)
    assert np.median(np.diff(fast)) == pytest.approx(0.3, abs=0.02)
    assert module.TIGHTNESS < module.TIGHTNESS_TAPPED


def test_librosa_is_loaded_when_it_is_needed_alone():
    code = (
        "import sys, repetiteur.cli.main, repetiteur.music.beats; "
        "sys.exit('librosa' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0
