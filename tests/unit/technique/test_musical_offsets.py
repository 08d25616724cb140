"""Arrivals against counts: lateness above chance, and nothing below it."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.model.counts import counted
from repetiteur.technique.musical_events import ALL, Arrival
from repetiteur.technique.musical_offsets import FEWEST, heard, middle


def rubato(rng, number=48, beat_s=0.5):
    waves = np.sin(2.0 * np.pi * (np.arange(number) / number + rng.uniform()))
    return counted(2.0 + np.cumsum(beat_s * np.exp(0.15 * waves)), metre=4, one=0)


def dancing(times, kind="landing"):
    return [Arrival(kind, float(when)) for when in np.sort(times)]


def judged_of(trials, draw):
    """Share of dances that anything is said of."""
    return np.mean([bool(heard(*draw(k)).offsets) for k in range(trials)])


def anywhen(k):
    rng = np.random.default_rng([1, k])
    counts = rubato(rng)
    kinds = rng.choice(["landing", "closing", "plie"], 30)
    times = np.sort(rng.uniform(*counts.time_s[[0, -1]], 30))
    each = zip(kinds.tolist(), times.tolist(), strict=True)
    return [Arrival(kind, when) for kind, when in each], counts


def own_tempo(k):
    rng = np.random.default_rng([2, k])
    counts = rubato(rng)
    times = 3.0 + rng.uniform(0.4, 0.65) * np.cumsum(rng.integers(1, 3, 24))
    return dancing(times + rng.normal(0.0, 0.02, 24)), counts


def on_the_music(k, steady_s=0.03):
    rng = np.random.default_rng([3, k])
    counts = rubato(rng)
    hit = np.sort(rng.choice(np.arange(1, 47), 16, replace=False))
    late = rng.uniform(-0.12, 0.12)
    return dancing(counts.time_s[hit] + late + rng.normal(0.0, steady_s, 16)), counts


@pytest.mark.parametrize("draw", [anywhen, own_tempo])
def test_dancing_that_is_on_no_music_is_seldom_judged(draw):
    assert judged_of(100, draw) <= 0.07 + 0.04  # of so few trials


def test_dancing_that_is_on_the_music_is_judged():
    assert judged_of(60, on_the_music) >= 0.95


def test_looser_dancing_is_judged_less_often():
    loose = judged_of(40, lambda k: on_the_music(k, steady_s=0.15))
    assert loose < 0.6


def test_lateness_is_held_by_its_interval(rng):
    held, off = [], []
    for _ in range(150):
        counts = rubato(rng)
        late = rng.uniform(-0.12, 0.12)
        times = counts.time_s[2:42:2] + late + rng.normal(0.0, 0.03, 20)
        found = heard(dancing(times), counts).offsets["landing"]
        value, half = middle(found.late_s, 0.003)
        off.append(abs(value - late))
        held.append(abs(value - late) <= half)
    assert 0.85 <= np.mean(held) <= 0.95
    assert np.median(off) < 0.01


@pytest.mark.parametrize("late", [-0.15, 0.0, 0.15])
@pytest.mark.parametrize(("start", "each"), [(2, 1), (3, 2), (2, 4)])
def test_which_counts_are_danced_on_does_not_matter(rng, start, each, late):
    counts = rubato(rng)
    hit = np.arange(start, 45, each)
    found = heard(dancing(counts.time_s[hit] + late), counts).offsets["landing"]
    assert found.late_s == pytest.approx(late)
    assert found.meant == pytest.approx(hit)


def test_halves_of_counts_are_meant_where_they_are_danced_on(rng):
    counts = rubato(rng)
    halves = np.interp(np.arange(4.0, 40.0, 0.5), np.arange(48), counts.time_s)
    found = heard(dancing(halves + 0.03), counts).offsets["landing"]
    assert found.period == 0.5
    assert found.late_s == pytest.approx(0.03)


def test_half_way_between_two_counts_nobody_can_say_which_is_meant(rng):
    counts = rubato(rng)
    middles = 0.5 * (counts.time_s[3:40] + counts.time_s[4:41])
    assert heard(dancing(middles), counts).offsets["landing"].between


def test_kinds_are_told_apart(rng):
    counts = rubato(rng)
    on = dancing(counts.time_s[2:40:2])
    off = dancing(rng.uniform(4.0, 22.0, 19), "closing")
    found = heard(sorted(on + off, key=lambda one: one.time_s), counts)
    assert "landing" in found.offsets
    assert found.by_chance == ("closing",)


def test_few_are_not_judged(rng):
    counts = rubato(rng)
    found = heard(dancing(counts.time_s[2 : 2 + FEWEST - 1]), counts)
    assert not found.offsets
    assert found.few == (ALL, "landing")


def test_what_is_outside_the_counts_is_left_out(rng):
    counts = rubato(rng)
    inside = dancing(counts.time_s[2:40:2])
    outside = [Arrival("landing", 0.5), *inside, Arrival("landing", 99.0)]
    assert heard(outside, counts).arrivals == tuple(inside)


def test_the_same_dancing_gets_the_same_answer():
    one, two = (heard(*own_tempo(4)) for _ in range(2))
    assert one.offsets.keys() == two.offsets.keys()
    assert (one.copies_s == two.copies_s).all()


def test_offsets_that_go_on_are_worth_fewer(rng):
    alone = rng.normal(0.0, 0.03, 64)
    lasting = np.repeat(alone[::8], 8) + 1e-3 * rng.normal(size=64)
    assert middle(np.sort(alone), 0.0)[1] > 1.5 * middle(alone, 0.0)[1]
    assert middle(lasting, 0.0)[1] > middle(rng.permutation(lasting), 0.0)[1]
