"""Music with a tempo curve: its beats are where the curve says."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture
def score():
    from music_rendering import Score

    beats = np.arange(64.0)
    notes = np.column_stack([beats, np.ones(64), np.full(64, 60.0), np.zeros(64)])
    place = np.arange(64)
    return Score(
        "scale", notes, beats, place % 4 + 1, place // 4 + 1, 4, 120.0, "piano"
    )


def test_a_steady_one_keeps_its_tempo(score):
    from music_rendering import LEAD_S, performed

    played = performed(score, 1)
    np.testing.assert_allclose(played.beat_s, LEAD_S + np.arange(64) * 0.5)
    np.testing.assert_allclose(performed(score, 1, tempo=2.0).beat_s[-1], 0.5 + 15.75)


def test_rubato_stays_within_its_share_and_uses_it(score):
    from music_rendering import performed

    speed = 0.5 / np.diff(performed(score, 7, rubato=0.25).beat_s)
    assert np.abs(speed - 1).max() == pytest.approx(0.25, abs=0.01)
    other = 0.5 / np.diff(performed(score, 8, rubato=0.25).beat_s)
    assert not np.allclose(speed, other)


def test_phrases_end_slowly_and_fermatas_hold(score):
    from music_rendering import performed

    lasts = np.diff(performed(score, 1, phrase_end=0.5).beat_s)
    assert lasts[31] == pytest.approx(1.0)
    np.testing.assert_allclose(lasts[:20], 0.5)
    held = np.diff(performed(score, 1, fermatas=1).beat_s)
    assert held[31] == pytest.approx(1.5)
    assert np.delete(held, 31).max() == pytest.approx(0.5)


def test_notes_between_beats_and_beyond_them_have_their_time(score):
    from music_rendering import performed

    played = performed(score, 3, rubato=0.2)
    np.testing.assert_allclose(played.at(score.beats), played.beat_s)
    half = played.at(np.array([10.5, -1.0, 64.0]))
    assert half[0] == pytest.approx(played.beat_s[10:12].mean())
    assert half[1] < played.beat_s[0]
    assert half[2] > played.beat_s[-1]


@pytest.mark.parametrize(
    ("ticks", "written"),
    [(0, b"\x00"), (127, b"\x7f"), (128, b"\x81\x00"), (0x3FFF, b"\xff\x7f")],
)
def test_lengths_are_written_as_midi_has_them(ticks, written):
    from music_rendering import _length

    assert _length(ticks) == written
