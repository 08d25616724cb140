"""The noise that is another one at each frame, from the recording itself."""

import numpy as np
import pytest
from scipy.signal import lfilter

from repetiteur.kernels.jitter import correlation_of, jitter, share_seen
from repetiteur.kernels.resampling import lasting_noise
from repetiteur.synthetic import demo_reference


@pytest.mark.parametrize("fps", [30.0, 60.0, 120.0])
@pytest.mark.parametrize("mm", [0.5, 3.0, 10.0])
def test_of_a_dancer(fps, mm, rng):
    clean = demo_reference(fps)
    place = clean["position"].to_numpy()
    shaken = place + rng.normal(0.0, 1e-3 * mm, place.shape)
    found = 1e3 * jitter(shaken, clean["time"].to_numpy())
    assert found.shape == place.shape[1:]
    assert np.median(found) == pytest.approx(mm, rel=0.05)
    assert found == pytest.approx(np.full(found.shape, mm), rel=0.25)


def test_movement_has_none():
    clean = demo_reference(30.0)
    found = jitter(clean["position"].to_numpy(), clean["time"].to_numpy())
    assert found.max() < 2e-5


def test_what_lasts_is_not_jitter(rng):
    time = np.arange(2000) / 60.0
    assert jitter(0.015 * lasting_noise(time, 3, 1.0, rng), time).max() < 1e-5


def test_gaps_dropped_frames_and_blows_do_not_count(rng):
    time = np.arange(2000) / 100.0
    kept = rng.uniform(size=time.size) > 0.05
    values = np.sin(3.0 * time) + rng.normal(0.0, 0.002, time.size)
    values[400:420] = np.nan
    values[np.arange(50, 2000, 40)] += 1.0  # a foot that hits the floor
    assert jitter(values[kept], time[kept]) == pytest.approx(0.002, rel=0.35)


def test_too_little_is_no_estimate():
    assert np.isnan(jitter(np.zeros(11), np.arange(11.0)))
    gone = np.full((100, 2), np.nan)
    gone[:, 0] = 0.0
    found = jitter(gone, np.arange(100.0))
    assert found[0] == 0.0
    assert np.isnan(found[1])


def coloured(correlation, size, rng):
    """Noise of standard deviation 1 that goes on from sample to sample."""
    new = rng.normal(0.0, np.sqrt(1.0 - correlation**2), size)
    return lfilter([1.0], [1.0, -correlation], new, axis=0)[500:]


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 0.8])
def test_of_noise_that_goes_on(correlation, rng):
    noise = coloured(correlation, (40500, 4), rng)
    time = np.arange(len(noise)) / 100.0
    once, twice = (jitter(noise, time, every=k) for k in (1, 2))
    assert once == pytest.approx(np.full(4, share_seen(correlation)), rel=0.03)
    share = share_seen(correlation, every=2)
    assert twice == pytest.approx(np.full(4, share), rel=0.03)
    assert correlation_of(once, twice) == pytest.approx(
        np.full(4, correlation), abs=0.05
    )


def test_every_other_frame_of_dropped_ones(rng):
    time = np.arange(4000) / 100.0
    kept = rng.uniform(size=time.size) > 0.05
    values = np.sin(3.0 * time) + rng.normal(0.0, 0.002, time.size)
    found = jitter(values[kept], time[kept], every=2)
    assert found == pytest.approx(0.002, rel=0.1)
    assert np.isnan(jitter(np.zeros(15), np.arange(15.0), every=2))
    assert jitter(np.zeros(16), np.arange(16.0), every=2) == 0.0


def test_what_has_no_jitter_does_not_go_on():
    assert correlation_of([0.0, 0.0], [0.0, 1.0]).tolist() == [0.0, 0.0]
