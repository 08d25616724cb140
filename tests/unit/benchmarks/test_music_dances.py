"""The dancer to music of the benchmarks is as late as she is said to be."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize("piece", ["allegro", "battements", "tendus", "plies"])
def test_what_is_put_on_a_count_is_as_late_as_planted(piece):
    from music_dances import perform

    rng = np.random.default_rng(3)
    danced = perform(piece, rng, late_s=0.11, steady_s=0.0, noise_m=0.0)
    on = np.array([when for _, when, count in danced.arrivals if count])
    counts = danced.counts
    late = on - counts.time_s[counts.nearest(on - 0.11)]
    assert on.size == 18
    assert late == pytest.approx(0.11, abs=0.012)
    assert np.ptp(counts.beat_s) > 0.1 * counts.beat_s.mean()


def test_a_tempo_that_follows_does_so_later():
    from music_dances import music, own_clock

    counts = music(np.random.default_rng(1), 60, bpm=100.0, wander=0.2)
    own = np.diff(own_clock(counts, 3.0))
    assert own[3:] == pytest.approx(np.diff(counts.time_s)[:-3])
    assert own_clock(counts, 0.0) == pytest.approx(counts.time_s)
