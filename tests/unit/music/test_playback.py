import numpy as np
import pytest

from repetiteur.kernels.correlation import stretched
from repetiteur.music.playback import CLOCKS_PPM, same_playback, same_playback_near
from repetiteur.music.points import Points
from sounding import RATE, noise, onsets, played, tune


def _music(seed=0, notes=80):
    return played(tune(seed, notes), onsets(seed, notes))


def test_one_playback_begun_at_another_time_is_laid_to_a_tenth_of_a_millisecond():
    music = _music()
    points, ppm = same_playback(music[3 * RATE :], music[: 30 * RATE])
    assert np.abs(points.second_s - points.first_s - 3.0).max() < 1e-4
    assert abs(ppm) < 0.1
    assert points.first_s[[0, -1]] == pytest.approx([0.0, 27.0], abs=1e-3)
    assert (points.sure == 1.0).all()


def test_a_part_is_found_in_the_whole_and_the_whole_round_its_part():
    music = _music()
    part = music[12 * RATE : 28 * RATE] + noise(1, 16.0, size=0.01)
    inside, _ = same_playback(music, part)
    around, _ = same_playback(part, music)
    assert np.abs(inside.second_s - (inside.first_s - 12.0)).max() < 1e-4
    assert np.abs(around.second_s - (around.first_s + 12.0)).max() < 1e-4


@pytest.mark.parametrize("ppm", [100.0, -100.0])
def test_clocks_that_run_apart_are_found(ppm):
    music = _music(notes=120)
    music = music + noise(3, len(music) / RATE, size=0.005)
    later = stretched(music, ppm)[2 * RATE :]
    points, found = same_playback(music, later, CLOCKS_PPM)
    truth = points.first_s * (1.0 + ppm * 1e-6) - 2.0
    assert found == pytest.approx(ppm, abs=3.0)
    assert np.abs(points.second_s - truth).max() < 2e-4


def test_points_are_so_near_that_nothing_lies_between_them():
    music = _music()
    points, _ = same_playback(music, music[RATE:])
    assert np.diff(points.first_s).max() <= 1.0
    assert (np.diff(points.second_s) > 0.0).all()


def test_the_same_tune_played_again_is_no_one_playback():
    one = played(tune(0), onsets(0))
    two = played(tune(0), onsets(1))
    assert same_playback(one, two, CLOCKS_PPM) is None


def test_noise_and_silence_are_no_one_playback():
    assert same_playback(noise(0, 20.0), noise(1, 20.0), CLOCKS_PPM) is None
    assert same_playback(noise(0, 20.0), np.zeros(20 * RATE, np.float32)) is None


def test_where_somebody_speaks_it_is_less_sure_and_the_line_goes_on():
    music = _music(notes=160)
    spoken = music.copy()
    spoken[30 * RATE : 60 * RATE] = noise(5, 30.0, size=0.3)
    points, _ = same_playback(music, spoken)
    during = (points.first_s > 40.0) & (points.first_s < 50.0)
    assert np.abs(points.second_s - points.first_s).max() < 1e-4
    assert (points.sure[during] < 1.0).all()
    assert (points.sure[during] > 0.5).all()
    assert points.sure[0] == points.sure[-1] == 1.0


def test_a_loud_reflection_widens_the_standard_deviation():
    sound = noise(0, 30.0)
    echoed = sound.copy()
    echoed[480:] += 0.95 * sound[:-480]
    plain, _ = same_playback(sound, sound + noise(1, 30.0, size=1e-3))
    unclear, _ = same_playback(sound, echoed)
    assert plain.sd_s.max() < 0.004
    assert unclear.sd_s.min() > 0.01


def test_a_reflection_louder_than_the_direct_sound_is_not_taken_for_it():
    sound = noise(0, 30.0)
    echoed = sound.copy()
    echoed[320:] += 1.3 * sound[:-320]
    points, _ = same_playback(sound, echoed[RATE:])
    assert np.abs(points.second_s - points.first_s + 1.0).max() < 1e-4
    back, _ = same_playback(echoed, sound[RATE:])
    assert np.abs(back.second_s - back.first_s + 1.0).max() < 1e-4


def _lost_in_noise(delay_s):
    """One noisy hall on two phones: no one delay stands out twice as high."""
    music = _music()[: 16 * RATE]
    first = music + noise(1, 16.0, size=0.25)
    later = np.concatenate([np.zeros(round(delay_s * RATE), np.float32), music])
    return first, later[: first.size] + noise(2, 16.0, size=0.25)


def _rough(delay_s):
    at = np.array([2.0, 8.0, 14.0])
    return Points(at, at + delay_s, np.full(3, 0.1), np.ones(3))


def test_near_where_the_music_tells_it_a_delay_needs_to_stand_out_less():
    first, second = _lost_in_noise(1.0)
    assert same_playback(first, second) is None
    points, _ = same_playback_near(first, second, _rough(1.03))
    assert np.abs(points.second_s - points.first_s - 1.0).max() < 1e-3
    back, _ = same_playback_near(second[: 15 * RATE], first, _rough(-0.97))
    assert np.abs(back.second_s - back.first_s + 1.0).max() < 1e-3


def test_where_the_music_tells_another_delay_nothing_is_found_near_it():
    first, second = _lost_in_noise(1.0)
    assert same_playback_near(first, second, _rough(2.1)) is None
    assert same_playback_near(first[: 3 * RATE], second, _rough(1.0)) is None
    assert same_playback_near(noise(4, 16.0), noise(5, 16.0), _rough(0.0)) is None
