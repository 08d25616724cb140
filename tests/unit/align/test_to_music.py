"""A take danced to another playing of the music: what is late is late on the music."""

import numpy as np
import pytest

import altered
import bodies
from repetiteur.align.anchor import NOWHERE, Anchor
from repetiteur.align.line_up import line_up
from repetiteur.align.to_music import line_up_to_music
from repetiteur.music.clock import MusicClock

TIME, POINTS = bodies.moving_points(seconds=20.0)
REFERENCE = bodies.body(TIME, POINTS)
#: Music time of the take at each second of the reference: it begins 3 s later, slows
#: down by a quarter and catches up again.
BEATS = np.arange(0.0, 20.5, 0.5)
PLAYED = 3.0 + BEATS + 1.6 * np.sin(2 * np.pi * BEATS / 20.0) / 1.3


def clock(sd=0.01, first=0.0, last=20.5):
    sure = (first <= BEATS) & (last >= BEATS)
    return MusicClock(BEATS, PLAYED, np.where(sure, sd, np.inf))


def danced(late):
    """The take's frames: at each, which moment of the reference it dances."""
    reference_s = np.arange(0.0, TIME[-1], 0.01)
    at = np.interp(reference_s, BEATS, PLAYED) + late(reference_s)
    time = np.arange(at[0], at[-1], 1 / 60)
    source = np.interp(time, at, reference_s)
    points = {
        name: np.stack([np.interp(source, TIME, p[:, k]) for k in range(3)], axis=1)
        for name, p in POINTS.items()
    }
    return bodies.body(time, points)


def error(found, late):
    told = np.isfinite(found.late_s) & np.isfinite(found.late_sd_s)
    assert told.mean() > 0.7
    return np.abs(found.late_s - late(found.reference_s))[told]


def on_time(reference_s):
    return np.zeros_like(reference_s)


def late_for_a_phrase(reference_s):
    return 0.2 * altered.blend(reference_s, 9.0, lasts=6.0, ramp=0.8)


def late_throughout(reference_s):
    return np.full_like(reference_s, 0.18)


@pytest.mark.parametrize("late", [on_time, late_for_a_phrase, late_throughout])
def test_lateness_counts_from_the_music_whatever_its_tempo_does(late):
    found = line_up_to_music(REFERENCE, danced(late), clock())
    assert found.to_music.all()
    assert np.median(error(found, late)) < 0.01
    assert np.quantile(error(found, late), 0.95) < 0.05


def test_without_the_music_another_playing_looks_late():
    found = line_up(REFERENCE, danced(on_time))
    assert np.quantile(error(found, on_time), 0.9) > 0.2


def test_the_times_are_the_take_s_own():
    found = line_up_to_music(REFERENCE, danced(on_time), clock())
    true = np.interp(found.reference_s, BEATS, PLAYED)
    both = found.state == "danced"
    assert np.median(np.abs(found.take_s - true)[both]) < 1 / 60
    assert found.start_offset_s == pytest.approx(3.0, abs=0.05)
    assert found.tempo_ratio == pytest.approx(clock().tempo_ratio, rel=0.02)
    assert (np.diff(found.take_s) >= 0).all()


def test_where_the_music_is_not_sure_it_is_no_clock():
    found = line_up_to_music(REFERENCE, danced(late_throughout), clock(first=8.0))
    surely = found.reference_s > 8.6
    assert found.to_music[surely].all()
    assert not found.to_music[found.reference_s < 7.4].any()
    told = np.isfinite(found.late_s) & surely
    assert np.median(found.late_s[told]) == pytest.approx(0.18, abs=0.02)


def test_the_doubt_about_the_music_is_doubt_about_lateness():
    sure, vague = (
        line_up_to_music(REFERENCE, danced(on_time), clock(sd)) for sd in (0.001, 0.08)
    )
    told = np.isfinite(vague.late_sd_s)
    assert (vague.late_sd_s[told] >= 0.08).all()
    assert np.median(sure.late_sd_s[told]) < 0.03


def test_of_two_bars_that_are_danced_alike_the_music_says_which_is_meant():
    """The phrase twice; the take dances its second half alone, to its music."""
    twice = {name: np.concatenate([p, p]) for name, p in POINTS.items()}
    time = np.arange(2 * TIME.size) / 60
    second = time >= 20.0
    take = bodies.body(time[second], {n: p[second] for n, p in twice.items()})
    same = MusicClock(np.array([0.0, 40.0]), np.array([0.0, 40.0]), np.full(2, 0.01))
    found = line_up_to_music(bodies.body(time, twice), take, same)
    both = found.state == "danced"
    assert np.median(np.abs(found.reference_s - found.take_s)[both]) < 0.05


def test_an_anchor_that_is_nowhere_sure_changes_nothing():
    features = np.zeros((4, 2))
    assert NOWHERE(features, np.arange(4.0)) is features
    unseen = Anchor(np.array([0.0, 9.0]), np.array([True, True]))(
        np.full((2, 3), np.nan), np.arange(2.0)
    )
    assert np.isnan(unseen).all()
