"""Real music lined up by its sound."""

import numpy as np
import pytest
from scipy import signal

from repetiteur.io.audio import Sound, read_audio
from repetiteur.music.sync import sync

RATE = 22_050


@pytest.fixture(scope="module")
def dance(test_data):
    return read_audio(test_data / "audio" / "hungarian_dance_5.ogg", RATE)


@pytest.fixture(scope="module")
def fairy(test_data):
    return read_audio(test_data / "audio" / "sugar_plum_fairy_macleod.ogg", RATE)


def _room(seed, rate):
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(1.6 * rate)) / rate
    tail = rng.normal(size=time_s.size) * 10.0 ** (-3.0 * time_s / 1.6)
    response = 0.7 * tail / np.linalg.norm(tail)
    response[0] = 0.7
    return response


def _heard(sound, seed, snr_db):
    rng = np.random.default_rng([seed, 1])
    wet = signal.fftconvolve(sound.samples, _room(seed, sound.rate))
    wet = wet[: len(sound.samples)]
    noise = rng.normal(size=wet.size) * wet.std() * 10.0 ** (-snr_db / 20.0)
    return Sound((wet + noise).astype(np.float32), sound.rate, 0.0)


def test_two_phones_in_two_corners_of_a_room(dance):
    one = _heard(dance.part(5.0, 20.0), 1, 3.0)
    two = _heard(dance.part(6.5, 21.5), 2, 3.0)
    found = sync(one, two)
    assert found.kind == "same_playback"
    assert np.abs(found.second_s - (found.first_s - 1.5)).max() < 0.01


def test_another_tempo_of_the_same_playing_is_followed(dance):
    # A record that is run faster: every note is higher, by less than a semitone.
    faster = signal.resample_poly(dance.samples, 39, 40).astype(np.float32)
    found = sync(dance, Sound(faster, RATE, 0.0))
    assert found.kind == "other_playing"
    there, _ = found.carried(np.arange(2.0, 44.0))
    error = there - np.arange(2.0, 44.0) * 39 / 40
    assert np.nanmedian(np.abs(error)) < 0.015
    assert np.isfinite(error).mean() > 0.9


def test_two_pieces_are_neither(dance, fairy):
    found = sync(dance, fairy)
    assert found.kind == "neither"
    assert found.reason
