"""Sound whose line-up is known from how it was made, to the sample."""

import numpy as np
import pytest

from repetiteur.io.audio import Sound
from repetiteur.music.sync import sync

RATE = 16_000


@pytest.mark.parametrize("late", [-37_003, 0, 12_345])
def test_noise_that_begins_later_is_laid_to_a_tenth_of_a_millisecond(late):
    noise = np.random.default_rng(0).normal(size=20 * RATE).astype(np.float32)
    heard = np.pad(noise, (max(late, 0), 0))[max(-late, 0) :]
    found = sync(Sound(noise, RATE, 0.0), Sound(heard, RATE, 0.0))
    assert found.kind == "same_playback"
    truth = found.first_s + late / RATE
    assert np.abs(found.second_s - truth).max() < 1e-4


def _clicks(times_s, seconds):
    """Clicks between samples, exact below half the rate."""
    sound, near = np.zeros(seconds * RATE), np.arange(-200, 201)
    for time in times_s:
        at = round(time * RATE) + near
        at = at[(at >= 0) & (at < sound.size)]
        away = at - time * RATE
        sound[at] += 0.5 * np.sinc(away) * np.exp(-((away / 80.0) ** 2))
    return Sound(sound.astype(np.float32), RATE, 0.0)


@pytest.mark.parametrize("ppm", [60.0, -60.0])
def test_clicks_heard_by_a_clock_of_another_rate_are_laid_by_that_rate(ppm):
    struck = np.sort(np.random.default_rng(1).uniform(0.0, 60.0, 900))
    found = sync(_clicks(struck, 60), _clicks(struck * (1.0 + ppm * 1e-6), 60))
    assert found.kind == "same_playback"
    assert found.drift_ppm == pytest.approx(ppm, abs=3.0)
    truth = found.first_s * (1.0 + ppm * 1e-6)
    assert np.abs(found.second_s - truth).max() < 2e-4
