"""What rooms do to phases, told from what they do to loudness."""

import numpy as np
import pytest
from scipy import signal

from naive import minimum_phase_of
from repetiteur.kernels.rooms import room_phase

RATE, BAND_HZ = 16_000.0, (200.0, 6000.0)


def _noise(seed, n=64_000):
    return np.random.default_rng(seed).normal(size=n)


def _room(*reflections, n=2000):
    """Direct sound, and reflections as (seconds later, how loud)."""
    response = np.zeros(n)
    response[0] = 1.0
    for after_s, loud in reflections:
        response[round(after_s * RATE)] += loud
    return response


def _spectra(first, second):
    return [np.fft.rfft(s, 2 * len(s)).astype(np.complex64) for s in (first, second)]


def _inside(values, bins):
    hz = np.linspace(0.0, RATE / 2.0, bins)
    return values[(hz > BAND_HZ[0] + 20.0) & (hz < BAND_HZ[1] - 20.0)]


def _heard(response):
    return signal.fftconvolve(_noise(0), response)[:64_000]


@pytest.mark.parametrize(
    "reflections",
    [((0.004, 0.5),), ((0.01, -0.6),), ((0.007, 0.3), (0.013, -0.2), (0.03, 0.25))],
)
def test_of_a_room_of_minimum_phase_all_of_it_is_told(reflections):
    response = _room(*reflections)
    spectra = _spectra(_noise(0), _heard(response))
    turned = room_phase(*spectra, RATE, BAND_HZ)
    truth = np.angle(np.fft.rfft(response, 128_000))
    assert np.abs(_inside(turned - truth, truth.size)).max() < 0.25
    assert np.sqrt(np.mean(_inside(turned - truth, truth.size) ** 2)) < 0.06
    assert np.abs(truth).max() > 0.3


def test_of_two_rooms_it_is_the_difference_and_exchanged_its_negative():
    responses = _room((0.006, 0.5)), _room((0.011, -0.4))
    spectra = _spectra(*(_heard(response) for response in responses))
    turned = room_phase(*spectra, RATE, BAND_HZ)
    one, two = (np.angle(np.fft.rfft(r, 128_000)) for r in responses)
    rest = _inside(turned - (two - one), one.size)
    assert np.sqrt(np.mean(rest**2)) < 0.06
    back = room_phase(*spectra[::-1], RATE, BAND_HZ)
    np.testing.assert_allclose(back, -turned, atol=1e-6)


def test_of_another_room_it_is_that_of_minimum_phase_as_the_slow_twin_has_it():
    """A reflection louder than the direct sound: as loud, but otherwise in phase."""
    response = _room((0.008, 1.6))
    spectra = _spectra(_noise(0), _heard(response))
    turned = room_phase(*spectra, RATE, BAND_HZ)
    twin = np.interp(
        np.arange(turned.size) / turned.size,
        np.arange(2001) / 2001,
        minimum_phase_of(np.abs(np.fft.rfft(response, 4000))),
    )
    rest = _inside(turned - twin, turned.size)
    assert np.sqrt(np.mean(rest**2)) < 0.06
    assert np.abs(twin).max() > 0.5


def test_the_colour_of_a_microphone_is_left():
    coloured = signal.lfilter([1.0], [1.0, -0.6], _noise(0))
    turned = room_phase(*_spectra(_noise(0), coloured), RATE, BAND_HZ)
    hz = np.linspace(0.0, RATE / 2.0, turned.size)
    _, colour = signal.freqz([1.0], [1.0, -0.6], worN=hz, fs=RATE)
    phases = _inside(turned, hz.size), _inside(np.angle(colour), hz.size)
    rms = [np.sqrt(np.mean(phase**2)) for phase in phases]
    assert rms[0] < 0.08 < 0.4 < rms[1]


def test_noise_hides_rooms_and_makes_none():
    response = _room((0.006, 0.6))
    truth = np.angle(np.fft.rfft(response, 128_000))
    noisy = _noise(0) + 0.7 * _noise(1), _heard(response) + 0.7 * _noise(2)
    turned = room_phase(*_spectra(*noisy), RATE, BAND_HZ)
    along = np.corrcoef(_inside(turned, truth.size), _inside(truth, truth.size))[0, 1]
    assert along > 0.7
    long = _noise(1, 240_000), _noise(2, 240_000)
    apart = _inside(room_phase(*_spectra(*long), RATE, BAND_HZ), 240_001)
    assert np.sqrt(np.mean(apart**2)) < 0.15


def test_of_silence_nothing_is_told():
    silent = np.zeros(64_000)
    for pair in ((silent, _noise(0)), (_noise(0), silent), (silent, silent)):
        assert not room_phase(*_spectra(*pair), RATE, BAND_HZ).any()
