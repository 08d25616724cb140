import numpy as np
import pytest

import naive
from repetiteur.kernels import warping_search
from repetiteur.kernels.warping_search import find


@pytest.fixture
def long(rng):
    return np.cumsum(rng.normal(size=(3000, 5)), axis=0)


def overlap(match, start, end):
    both = min(match.end, end) - max(match.start, start) + 1
    return both / (max(match.end, end) - min(match.start, start) + 1)


@pytest.mark.parametrize("tempo", [0.6, 0.9, 1.0, 1.6])
def test_finds_a_phrase_at_any_tempo(rng, long, tempo):
    frames = np.arange(1200, 1350, tempo)
    phrase = np.stack([np.interp(frames, np.arange(3000), c) for c in long.T], axis=1)
    (match,) = find(phrase + 0.1 * rng.normal(size=phrase.shape), long)
    assert overlap(match, 1200, 1349) > 0.97
    assert match.path[0].tolist() == [0, match.start]
    assert match.path[-1].tolist() == [len(phrase) - 1, match.end]


def test_finds_every_time_it_is_danced(rng, long):
    phrase = long[1000:1120].copy()
    for start in (100, 1500, 2880):
        long[start : start + 120] = phrase + 0.1 * rng.normal(size=phrase.shape)
    found = find(phrase, long, most=4)
    assert found[0].start == 1000
    assert found[0].cost == pytest.approx(0.0, abs=1e-9)
    assert sorted(match.start for match in found) == [100, 1000, 1500, 2880]
    costs = [match.cost for match in found]
    assert costs == sorted(costs)


def test_a_gap_is_like_nothing(rng, long):
    phrase = long[500:560]
    long[2000:2300] = np.nan
    noisy = phrase + 0.3 * rng.normal(size=phrase.shape)
    (match,) = find(noisy, long)
    assert overlap(match, 500, 559) > 0.9


@pytest.mark.parametrize("cells", [1, 40, 300])
def test_takes_away_what_was_found_across_tiles(rng, monkeypatch, cells):
    monkeypatch.setattr(warping_search, "_CELLS", cells)
    monkeypatch.setattr(warping_search, "_NARROW", 1)
    for _ in range(20):
        phrase, within = rng.normal(size=(5, 2)), rng.normal(size=(40, 2))
        found = find(phrase, within, most=6, aside=0.2)
        slow = naive.phrase_matches(phrase, within, 6, aside=0.2)
        assert [(m.start, m.end) for m in found] == [(a, b) for a, b, _ in slow]
        assert [m.cost for m in found] == pytest.approx([c for *_, c in slow], abs=1e-5)


def test_ends_when_nothing_is_left():
    found = find(np.zeros((2, 1)), np.zeros((3, 1)), most=50)
    frames = [frame for m in found for frame in range(m.start, m.end + 1)]
    assert sorted(frames) == [0, 1, 2]


@pytest.mark.parametrize(
    ("phrase", "costs", "says"),
    [
        (np.zeros((2, 3)), {}, "same number of columns"),
        (np.zeros((2, 1)), {"most": 0}, "most must be 1 or more"),
        (np.zeros((2, 1)), {"weights": (np.nan, 1, 1)}, "weights must be 0 or more"),
    ],
)
def test_says_what_it_needs(phrase, costs, says):
    with pytest.raises(ValueError, match=says):
        find(phrase, np.zeros((9, 1)), **costs)
