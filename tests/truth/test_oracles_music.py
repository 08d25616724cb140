"""Dancing to music against the oracle of the domain: O24."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels import circular
from repetiteur.kernels.on_the_beat import closeness, growth, intervals
from repetiteur.model.counts import counted
from repetiteur.technique.musical_accents import accents
from repetiteur.technique.musical_events import Arrival
from repetiteur.technique.musical_offsets import heard
from repetiteur.technique.musical_tempo import tempo

BEATS = 1.0 + 0.5 * np.arange(20)
SCORES = {0.0: 1.0, 0.025: 0.882, 0.05: 0.607, 0.1: 0.135}


@pytest.mark.parametrize("late_s", SCORES)
def test_the_score_of_arrivals_that_are_late(late_s):
    events = BEATS + late_s
    assert closeness(events, BEATS) == pytest.approx(SCORES[late_s], abs=5e-4)
    # Of beats: the same but for those that have no arrival; here all have one.
    assert closeness(BEATS, events) == pytest.approx(SCORES[late_s], abs=5e-4)


def test_both_forms_of_the_score_of_arrivals_on_every_second_beat():
    events = BEATS[::2] + 0.05
    assert closeness(events, BEATS) == pytest.approx(0.607, abs=5e-4)
    assert closeness(BEATS, events) == pytest.approx(0.303, abs=5e-4)


@pytest.mark.parametrize("late_s", [*SCORES, -0.07])
@pytest.mark.parametrize("each", [1, 2])
def test_the_offset_is_what_it_was(late_s, each):
    counts = counted(np.append(BEATS, BEATS[-1] + 0.5), metre=4, one=0)
    events = [Arrival("landing", when + late_s) for when in BEATS[1::each]]
    found = heard(events, counts).offsets["landing"]
    assert found.late_s == pytest.approx(late_s)
    assert np.median(found.late_s) == pytest.approx(late_s)
    assert found.together == pytest.approx(1.0)


def test_the_phase_is_of_the_beat_where_it_lies():
    slower = np.cumsum(0.5 * 1.03 ** np.arange(20))
    events = slower[:-1] + 0.2 * np.diff(slower)
    place = circular.positions(events, slower)
    assert circular.mean_phase(place) == pytest.approx(0.2)
    assert abs(circular.resultant(place)) == pytest.approx(1.0)


def test_intervals_that_grow_three_percent_a_beat():
    slower = np.cumsum(0.5 * 1.03 ** np.arange(20))
    found = growth(intervals(slower, np.arange(20)))
    assert found.value == pytest.approx(np.log(1.03))
    assert found.sd == pytest.approx(0.0, abs=1e-12)


def test_a_dancer_who_goes_on_steadily_while_the_music_slows_down_is_apart():
    counts = counted(10.0 + np.cumsum(0.5 * 1.005 ** np.arange(28)), metre=4, one=0)
    steady = np.linspace(counts.time_s[2], counts.time_s[25], 24)
    events = [Arrival("step", when) for when in steady]
    found = tempo(heard(events, counts).offsets.values(), counts)
    assert found.danced.value == pytest.approx(0.0, abs=1e-6)
    assert found.played.value == pytest.approx(0.5)
    assert found.apart.value == pytest.approx(-0.4975, abs=1e-3)
    assert found.apart.high < 0.0


@pytest.mark.parametrize(
    ("out", "closed", "name"),
    [(2.02, 2.27, "out"), (1.77, 2.02, "in"), (2.01, 2.51, None)],
)
def test_the_accent_is_what_is_nearer_to_the_beat(out, closed, name):
    counts = counted(BEATS, metre=4, one=0)
    leg = [Arrival("extension", out, "left"), Arrival("closing", closed, "left")]
    (found,) = accents(leg, counts, 0.008)
    assert (found.name, found.side) == (name, "left")
