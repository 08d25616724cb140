import numpy as np
import pytest
from scipy import signal

from repetiteur.io.audio import Sound
from repetiteur.kernels.correlation import stretched
from repetiteur.music.sync import Sync, sync
from sounding import RATE, noise, onsets, played, tune


def _sound(samples, start_s=0.0, rate=RATE):
    return Sound(samples, rate, start_s)


def _sync(**kwargs):
    return Sync(
        "other_playing",
        np.array([1.0, 2.0, 3.0, 4.0]),
        np.array([11.0, 13.0, 14.0, 15.0]),
        np.array([0.01, 0.02, 0.03, 0.04]),
        np.array([1.0, 1.0, 0.2, 0.2]),
        **kwargs,
    )


def test_one_playback_at_two_rates_and_starts_is_found_out():
    music = played(tune(0), onsets(0))
    other = signal.resample_poly(music, 3, 1).astype(np.float32)[48_000 * 2 :]
    found = sync(_sound(music, -0.25), _sound(other, 0.5, 48_000))
    assert found.kind == "same_playback"
    assert found.reason == ""
    there, sd = found.carried([5.0, 10.0])
    assert there == pytest.approx([5.25 - 1.5, 10.25 - 1.5], abs=2e-4)
    assert (sd < 0.01).all()
    assert found.drift_ppm == pytest.approx(0.0, abs=1.0)


def test_clocks_are_tried_when_the_tempo_is_one_throughout():
    music = played(tune(0, 80), onsets(0, 80))
    found = sync(_sound(music), _sound(stretched(music, 110.0)))
    assert found.kind == "same_playback"
    assert found.drift_ppm == pytest.approx(110.0, abs=8.0)


def test_the_same_music_played_again_is_found_out():
    one, two = onsets(1), onsets(2)
    found = sync(_sound(played(tune(0), one)), _sound(played(tune(0), two), 3.0))
    assert found.kind == "other_playing"
    assert np.isnan(found.drift_ppm)
    there, _ = found.carried(one)
    assert np.nanmedian(np.abs(there - 3.0 - two)) < 0.015
    assert np.isfinite(there).mean() > 0.9


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (np.zeros(10 * RATE), noise(0, 10.0), "the first is silent"),
        (noise(0, 10.0), np.zeros(10 * RATE), "the second is silent"),
        (noise(0, 2.0), noise(0, 10.0), "the first has 2.0 s"),
        (noise(0, 10.0), np.empty(0), "the second has 0.0 s"),
        (noise(0, 10.0), np.full(10 * RATE, np.nan), "the second has others"),
        (noise(0, 20.0), noise(1, 20.0), "same music"),
        (noise(0, 20.0), played(tune(0), onsets(0)), "same music"),
        (played(tune(0), onsets(0)), played(tune(1), onsets(1)), "same music"),
    ],
)
def test_neither_says_why(first, second, said):
    found = sync(_sound(np.float32(first)), _sound(np.float32(second)))
    assert found.kind == "neither"
    assert said in found.reason
    assert "\n" not in found.reason
    assert found.first_s.size == found.second_s.size == found.sure.size == 0
    assert np.isnan(found.carried([1.0, 2.0])).all()


def test_nothing_is_carried_outside_or_where_it_is_not_sure():
    there, sd = _sync().carried([0.5, 1.0, 1.5, 2.0, 3.0, 4.5, np.nan])
    assert there[1:4].tolist() == [11.0, 12.0, 13.0]
    assert sd[1:4] == pytest.approx([0.01, 0.015, 0.02])
    assert np.isnan(there[[0, 4, 5, 6]]).all()
    assert np.isnan(sd[[0, 4, 5, 6]]).all()


def test_how_sure_is_nothing_outside():
    assert _sync().sure_at([0.5, 1.5, 2.5, 9.0, np.nan]).tolist() == [0, 1, 0.6, 0, 0]


def test_carried_takes_and_gives_any_shape():
    there, sd = _sync().carried(np.array([[1.0, 2.0]]))
    assert there.shape == sd.shape == (1, 2)
    assert _sync().carried(1.5)[0] == 12.0


def test_turned_twice_is_the_same_and_once_leads_back():
    found = _sync(drift_ppm=3.0)
    back = found.turned()
    assert back.carried(13.0)[0] == 2.0
    assert back.drift_ppm == -3.0
    assert back.turned().sd_s == pytest.approx(found.sd_s)
    assert back.sd_s[0] == pytest.approx(0.005)


def test_the_sounds_are_not_edited():
    music = played(tune(0, 30), onsets(0, 30))
    before = music.copy()
    sync(_sound(music), _sound(music[RATE:]))
    assert (music == before).all()


@pytest.mark.parametrize(("notes", "kind"), [(44, "neither"), (90, "other_playing")])
def test_one_tempo_throughout_is_believed_of_long_recordings_alone(notes, kind):
    """Steadily played twice, once a little higher, and with a hiss of each."""
    steady = onsets(0, notes, swing=0.0)
    first = played(tune(0, notes), steady)
    second = played(tune(0, notes), steady + 0.7, tuning=0.3)
    first += noise(1, first.size / RATE, size=0.2)
    second += noise(2, second.size / RATE, size=0.2)
    found = sync(_sound(first), _sound(second))
    assert found.kind == kind
    assert ("Record longer" in found.reason) == (kind == "neither")
