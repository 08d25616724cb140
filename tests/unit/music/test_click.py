"""Clicks stand at the counts, and their pitch says which."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.io.audio import Sound
from repetiteur.model.counts import counted
from repetiteur.music.click import BAR_HZ, BEAT_HZ, ONE_HZ, clicked

RATE = 16000


def pitch(samples):
    spectrum = np.abs(np.fft.rfft(samples, 8 * RATE))
    return spectrum.argmax() / 8


@pytest.mark.parametrize("start_s", [0.0, -0.4, 2.0])
def test_each_click_is_at_its_count_and_tells_what_it_is(start_s):
    counts = counted(start_s + 0.25 + np.arange(8) * 0.5, metre=2, one=0)
    both = clicked(Sound(np.zeros(5 * RATE, np.float32), RATE, start_s), counts)
    assert len(both.samples) == 5 * RATE
    heard = np.flatnonzero(both.samples)
    for k, time in enumerate(counts.time_s):
        first = round((time - start_s) * RATE)
        assert heard[heard >= first - 5][0] <= first + 1
        expected = ONE_HZ if k == 0 else BAR_HZ if k % 2 == 0 else BEAT_HZ
        assert pitch(both.samples[first : first + 600]) == pytest.approx(
            expected, rel=0.05
        )


def test_the_music_stays_and_nothing_is_too_loud(rng):
    music = rng.uniform(-3.0, 3.0, 2 * RATE).astype(np.float32)
    before = music.copy()
    both = clicked(Sound(music, RATE, 0.0), counted(np.array([1.0]), metre=4, one=0))
    np.testing.assert_array_equal(music, before)
    assert np.abs(both.samples).max() <= 1.0
    assert np.corrcoef(both.samples, music)[0, 1] > 0.95


def test_counts_beyond_the_sound_have_none():
    counts = counted(np.array([-5.0, 0.99, 7.0]), metre=4, one=0)
    both = clicked(Sound(np.zeros(RATE, np.float32), RATE, 0.0), counts)
    assert np.flatnonzero(both.samples)[0] > 0.98 * RATE
