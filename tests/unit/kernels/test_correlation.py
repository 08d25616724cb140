import numpy as np
import pytest
from scipy import signal

from naive import delay_of
from repetiteur.kernels.correlation import delays, direct_delay, stretched

RATE = 16_000.0


def _noise(n, seed=0):
    return np.random.default_rng(seed).normal(size=n)


@pytest.mark.parametrize("begin", [-300, 0, 777, 1000])
def test_a_window_is_found_as_the_slow_twin_finds_it(begin):
    sound = _noise(4000)
    window, whole = sound[1000:1500], sound[1000 - begin : 3000 - begin]
    found = delays(window[None], whole, RATE)
    assert round(float(found.delay[0])) == begin
    assert delay_of(window, whole, RATE, (200.0, 6000.0)) == begin


def test_a_delay_of_half_a_sample_is_found():
    sound = signal.resample_poly(_noise(20_000), 2, 1)
    found = delays(sound[None, 4000:14_000:2], sound[1::2], RATE)
    assert found.delay[0] == pytest.approx(1999.5, abs=0.1)


def test_the_ratio_tells_a_window_that_is_there_from_one_that_is_not():
    sound = _noise(40_000)
    windows = np.stack([sound[9000:19_000], _noise(10_000, seed=1)])
    found = delays(windows, sound, RATE)
    assert found.ratio[0] > 10.0
    assert 1.0 <= found.ratio[1] < 1.5


def test_a_microphone_that_turns_the_sign_changes_nothing():
    sound = _noise(20_000)
    found = delays(-sound[None, 3000:9000], sound, RATE)
    assert found.delay[0] == pytest.approx(3000.0, abs=0.01)


def test_silence_is_found_nowhere():
    assert delays(np.zeros((1, 1000)), _noise(3000), RATE).ratio.tolist() == [0.0]
    assert delays(_noise(1000)[None], np.zeros(3000), RATE).ratio.tolist() == [0.0]


def test_a_reflection_as_loud_as_the_sound_is_told_by_near():
    sound = _noise(30_000)
    echoed = sound.copy()
    echoed[320:] += 0.9 * sound[:-320]
    clear = delays(sound[None, 4000:20_000], sound, RATE)
    unclear = delays(sound[None, 4000:20_000], echoed, RATE)
    assert unclear.ratio[0] > 4.0
    assert unclear.near[0] < 1.5 < 4.0 < clear.near[0]


def test_what_is_outside_the_band_is_not_compared():
    hum = np.sin(2 * np.pi * 50.0 * np.arange(40_000) / RATE)
    sound, other = _noise(40_000), _noise(40_000, seed=2)
    loud = 100.0 * hum
    same = delays((sound + loud)[None, 5000:25_000], sound + loud, RATE)
    apart = delays((sound + loud)[None, 5000:25_000], other + loud, RATE)
    assert same.delay[0] == pytest.approx(5000.0, abs=0.01)
    assert apart.ratio[0] < 1.5


def test_a_stretched_sound_is_later_by_so_many_millionths():
    time_s = np.arange(160_000) / RATE
    tone = np.sin(2 * np.pi * 440.0 * time_s)
    truth = np.sin(2 * np.pi * 440.0 * time_s / (1.0 + 200e-6))
    assert np.abs(stretched(tone, 200.0) - truth)[10:-10].max() < 1e-3
    assert np.abs(stretched(tone, -200.0) - truth)[10:-100].max() > 0.1


def test_a_window_is_sought_within_bounds_alone():
    """Where a sound comes twice, the bounds say which is meant."""
    sound, other = np.random.default_rng(7).normal(size=(2, 8000))
    twice = np.concatenate([sound, 0.7 * sound + other])
    window = sound[None, :6000]
    assert delays(window, twice, 16_000.0).delay == pytest.approx([0.0], abs=0.1)
    later = delays(window, twice, 16_000.0, within=(7500.0, 8050.0))
    assert later.delay == pytest.approx([8000.0], abs=0.1)
    assert delays(window, sound[:6000], 16_000.0, within=(1e6, 2e6)).ratio == [0.0]


def _echoed(sound, *reflections):
    """The sound, and reflections of it as (samples later, how loud)."""
    heard = sound.copy()
    for after, loud in reflections:
        heard[after:] += loud * sound[:-after]
    return heard


def test_the_direct_sound_is_found_before_a_louder_reflection():
    sound = _noise(48_000)
    echoed = _echoed(sound, (160, 1.3), (400, 0.3))
    found = direct_delay(sound, echoed, RATE)
    assert found.delay == pytest.approx([160.0, 0.0], abs=0.1)
    assert (found.ratio > 5.0).all()
    back = direct_delay(echoed, sound, RATE)
    assert back.delay == pytest.approx([-160.0, 0.0], abs=0.1)


def test_the_direct_sound_is_found_in_two_rooms_and_noise():
    sound = _noise(120_000)
    first = _echoed(sound, (90, 0.8), (700, -0.5)) + 0.7 * _noise(120_000, seed=1)
    second = _echoed(sound, (250, -1.25), (530, 0.4)) + 0.7 * _noise(120_000, seed=2)
    found = direct_delay(first[300:], second[: 120_000 - 300], RATE)
    assert found.delay == pytest.approx([550.0, 300.0], abs=0.1)


def test_without_rooms_both_delays_are_those_of_a_window():
    sound = _noise(30_000)
    found = direct_delay(sound[700:20_700], sound[:20_000], RATE)
    alone = delays(sound[None, 700:20_700], sound[:20_000], RATE)
    assert found.delay == pytest.approx([700.0, 700.0], abs=0.01)
    assert found.ratio[0] == pytest.approx(alone.ratio[0], rel=0.02)


def test_another_sound_stands_out_nowhere_and_silence_is_no_sound():
    found = direct_delay(_noise(20_000), _noise(20_000, seed=1), RATE)
    assert (found.ratio < 1.5).all()
    for pair in ((np.zeros(9000), _noise(9000)), (_noise(9000), np.zeros(9000))):
        assert direct_delay(*pair, RATE).ratio.tolist() == [0.0, 0.0]


def test_the_direct_sound_is_sought_within_bounds_alone():
    sound = _noise(30_000)
    twice = _echoed(sound, (4000, 0.8))
    within = direct_delay(sound, twice, RATE, within=(3000.0, 5000.0))
    assert within.delay[0] == pytest.approx(4000.0, abs=0.1)
    none = direct_delay(sound, twice, RATE, within=(1e6, 2e6))
    assert none.ratio.tolist() == [0.0, 0.0]
