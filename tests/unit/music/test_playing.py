import numpy as np
import pytest

from repetiteur.music.playing import played_again
from sounding import RATE, noise, onsets, played, tune


def _pair(seed=0, **kwargs):
    """Two playings of a tune, and when each note of either is struck."""
    one, two = onsets(10 + seed), onsets(20 + seed, tempo=0.9)
    notes = tune(seed)
    return played(notes, one), played(notes, two, **kwargs), one, two


def _off(points, one, two):
    return np.abs(np.interp(one, points.first_s, points.second_s) - two)


def test_another_tempo_at_every_moment_is_followed_to_the_hundredth_of_a_second():
    first, second, one, two = _pair()
    points = played_again(first, second, RATE)
    off = _off(points, one, two)
    assert np.median(off) < 0.012
    assert np.quantile(off, 0.9) < 0.03
    straight = np.abs(np.polyval(np.polyfit(one, two, 1), one) - two)
    assert np.median(straight) > 0.1


@pytest.mark.parametrize("tuning", [0.45, -0.3])
def test_another_piano_tuned_otherwise_is_followed(tuning):
    first, second, one, two = _pair(1, tuning=tuning, partials=7)
    points = played_again(first, second, RATE)
    assert np.median(_off(points, one, two)) < 0.015


def test_other_music_is_not_accepted():
    one = played(tune(0), onsets(0))
    two = played(tune(1), onsets(1))
    assert played_again(one, two, RATE).startswith(("At least", "The same music"))


def test_the_same_music_backwards_or_in_another_key_is_not_accepted():
    first, second, _, _ = _pair()
    higher = played(tune(0) + 5, onsets(20))
    assert isinstance(played_again(first, second[::-1].copy(), RATE), str)
    assert isinstance(played_again(first, higher, RATE), str)


def test_a_take_that_begins_later_ends_earlier_and_is_spoken_before():
    first, second, one, two = _pair(2)
    begin, end = round(6.0 * RATE), round((two[-1] - 6.0) * RATE)
    heard = np.concatenate([noise(1, 5.0), second[begin:end], noise(2, 4.0)])
    points = played_again(first, heard, RATE)
    inside = (two > 7.0) & (two < two[-1] - 7.0)
    assert np.median(_off(points, one, two - 1.0)[inside]) < 0.015
    assert points.second_s[0] == pytest.approx(5.0, abs=0.6)
    assert points.second_s[-1] == pytest.approx(end / RATE - 1.0, abs=0.6)


def test_a_fermata_is_waited_for():
    notes, one = tune(3), onsets(13)
    two = onsets(23)
    two[30:] += 3.0
    points = played_again(played(notes, one), played(notes, two), RATE)
    assert np.median(_off(points, one, two)) < 0.015
    assert _off(points, one, two)[[29, 30, 31]].max() < 0.15


def test_where_other_music_stands_between_it_is_not_sure():
    first, second, one, two = _pair(4)
    cut = round((two[30] - 0.02) * RATE)
    other = played(tune(9, 12), onsets(9, 12))[: 6 * RATE]
    points = played_again(
        first, np.concatenate([second[:cut], other, second[cut:]]), RATE
    )
    there = two + 6.0 * (np.arange(60) >= 30)
    off = _off(points, one, there)
    sure = np.interp(one, points.first_s, points.sure)
    assert np.median(off) < 0.02
    assert sure[off > 1.0].size == 0 or sure[off > 1.0].min() < 0.5
    assert sure[[10, 50]].min() > 0.7


def test_both_times_increase():
    first, second, _, _ = _pair(5)
    points = played_again(first, second, RATE)
    assert (np.diff(points.first_s) > 0.0).all()
    assert (np.diff(points.second_s) > 0.0).all()
    assert ((points.sure >= 0.0) & (points.sure <= 1.0)).all()


def test_nine_of_ten_notes_lie_within_the_interval():
    first, second, one, two = _pair(6)
    points = played_again(first, second, RATE)
    sd = np.interp(one, points.first_s, points.sd_s)
    assert np.mean(_off(points, one, two) < 1.645 * sd) >= 0.85
    assert np.median(sd) < 0.05
