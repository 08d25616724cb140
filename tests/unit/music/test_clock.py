import numpy as np
import pytest

from repetiteur.errors import NothingToJudge
from repetiteur.model.counts import counted
from repetiteur.music.clock import (
    MusicClock,
    clock_of_counts,
    clock_of_sounds,
    clock_through,
)
from repetiteur.music.sync import Sync

BEATS = np.arange(0.0, 12.0, 0.5)


def laid(first, second, *, sd=0.01, sure=1.0, kind="other_playing", reason=""):
    rows = (np.asarray(v, float) for v in np.broadcast_arrays(first, second, sd, sure))
    return Sync(kind, *rows, reason=reason)


def test_there_and_back_is_the_same_moment():
    clock = MusicClock(BEATS, 2.0 + BEATS**1.1, np.full(BEATS.size, 0.01))
    moments = np.linspace(-3.0, 15.0, 50)
    assert clock.reference_at(clock.take_at(moments)) == pytest.approx(moments)


def test_where_the_music_is_not_sure_the_doubt_is_infinite():
    sd = np.full(BEATS.size, 0.01)
    sd[10:14] = np.inf
    clock = MusicClock(BEATS, BEATS, sd)
    assert clock.sd_at(BEATS[[2, 20]]) == pytest.approx([0.01, 0.01])
    assert np.isinf(clock.sd_at(np.array([BEATS[11], -1.0, 99.0]))).all()


def test_nothing_is_known_in_a_long_gap():
    clock = MusicClock(
        np.array([0.0, 1.0, 9.0, 10.0]), np.arange(4.0), np.full(4, 0.01)
    )
    assert np.isfinite(clock.sd_at(np.array([0.5, 9.5]))).all()
    assert np.isinf(clock.sd_at(np.array([5.0]))).all()


def test_what_is_not_sure_by_ear_is_not_sure_on_the_clock():
    heard = laid(BEATS, BEATS + 1.0, sure=np.where(BEATS < 6.0, 1.0, 0.1))
    clock = clock_of_sounds(heard)
    assert clock.take_at(np.array([3.25])) == pytest.approx([4.25])
    assert np.isfinite(clock.sd_at(np.array([3.25]))).all()
    assert np.isinf(clock.sd_at(np.array([8.0]))).all()


def test_two_recordings_are_laid_together_through_a_third():
    on_reference = laid(BEATS, 3.0 + BEATS, sd=0.03)
    on_take = laid(BEATS + 0.2, 1.0 + 1.5 * (BEATS + 0.2), sd=0.04)
    clock = clock_through(on_reference, on_take)
    music = np.array([2.0, 7.3])
    assert clock.take_at(3.0 + music) == pytest.approx(1.0 + 1.5 * music)
    assert clock.sd_at(3.0 + music) == pytest.approx(
        np.hypot(0.03 * 1.5, 0.04), rel=0.2
    )


def test_counts_of_the_same_name_are_the_same_moment_and_others_are_left_out():
    first = counted(BEATS, metre=4, one=2)
    taken = counted(5.0 + 2.0 * BEATS, metre=4, one=2)
    there = np.where(np.arange(len(taken)) % 5 != 3, taken.time_s, np.nan)
    fewer = taken.moved(there, taken.confidence)
    clock = clock_of_counts(first, fewer)
    assert clock.take_at(BEATS) == pytest.approx(5.0 + 2.0 * BEATS)
    assert clock.reference_s.size == len(fewer)


def test_two_others_are_no_clock():
    early = counted(BEATS[:3], metre=4, one=0)
    with pytest.raises(NothingToJudge, match="4 places or more in common"):
        clock_of_counts(early, early)
    backwards = laid(BEATS, BEATS[::-1])
    with pytest.raises(NothingToJudge, match="same order"):
        clock_through(laid(BEATS, BEATS), backwards)


@pytest.mark.parametrize("which", [0, 1])
def test_the_reason_why_nothing_was_heard_is_passed_on(which):
    nothing = laid([], [], sd=[], sure=[], kind="neither", reason="It is silent.")
    both = [laid(BEATS, BEATS), laid(BEATS, BEATS)]
    both[which] = nothing
    with pytest.raises(NothingToJudge, match="silent"):
        clock_through(*both)
    with pytest.raises(NothingToJudge, match="silent"):
        clock_of_sounds(nothing)
