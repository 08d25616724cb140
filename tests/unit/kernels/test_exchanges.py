import numpy as np
import pytest

import naive
from repetiteur.kernels.exchanges import _GAIN, _LOUD, exchanged
from repetiteur.kernels.strays import _BREAK, Patience

PATIENCE = Patience(noise=0.003, pull=100.0, longest_s=0.5, most=8)


def walking(rng, fps, apart=0.2, seconds=2.0):
    """Two points side by side that swing against one another."""
    time = np.arange(0.0, seconds, 1.0 / fps)
    swing = 0.3 * np.sin(2 * np.pi * 0.9 * time)
    pair = [np.column_stack([side * apart / 2 + 0 * time, 0 * time, side * swing])
            for side in (1, -1)]  # fmt: skip
    return time, *(place + rng.normal(0.0, 0.001, place.shape) for place in pair)


@pytest.mark.parametrize("fps", [60.0, 120.0])
@pytest.mark.parametrize("count", [1, 2, 5, 25])
def test_exchanged_samples_are_found_and_nothing_else(rng, fps, count):
    time, one, other = walking(rng, fps)
    start = 40
    here = slice(start, start + count)
    one[here], other[here] = other[here].copy(), one[here].copy()
    found = exchanged(one, other, time, PATIENCE)
    assert np.flatnonzero(found).tolist() == list(range(start, start + count))
    assert np.array_equal(found, exchanged(other, one, time, PATIENCE))


@pytest.mark.parametrize("fps", [25.0, 30.0, 60.0, 120.0])
def test_feet_that_beat_are_not_exchanged(rng, fps):
    """An entrechat six: three changes in a third of a second, 8 cm to either side."""
    time = np.arange(0.0, 2.0, 1.0 / fps)
    beats = np.where(abs(time - 1.0) < 1 / 6, np.sin(2 * np.pi * 4.5 * (time - 1)), 0.0)
    one = np.column_stack([0.08 * beats, 0 * time, 0.03 + 0 * time])
    other = np.column_stack([-0.08 * beats, 0 * time, -0.03 + 0 * time])
    assert not exchanged(one, other, time, PATIENCE).any()


def test_one_that_never_ends_or_lasts_too_long_stays(rng):
    time, one, other = walking(rng, 60.0)
    for end in (len(time), 40 + 45):
        here = slice(40, end)
        first, second = one.copy(), other.copy()
        first[here], second[here] = other[here], one[here]
        assert not exchanged(first, second, time, PATIENCE).any()


def test_missing_samples_do_not_hide_an_exchange(rng):
    time, one, other = walking(rng, 120.0)
    one[50:54], other[50:54] = other[50:54].copy(), one[50:54].copy()
    one[52] = other[49] = np.nan
    found = exchanged(one, other, time, PATIENCE)
    assert np.flatnonzero(found).tolist() == [50, 51, 53]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_too_few_samples_to_say(count):
    place = np.zeros((count, 3))
    assert not exchanged(place, place + 1.0, np.arange(float(count)), PATIENCE).any()


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_whole_courses_say(seed):
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.5, 1.5, 40)) / 60
    one, other = (
        np.cumsum(rng.normal(0.0, 0.01, (40, 3)), axis=0) + x for x in (0.0, 0.1)
    )
    for _ in range(4):
        start = rng.integers(0, 38)
        here = slice(start, start + rng.integers(1, 6))
        one[here], other[here] = other[here].copy(), one[here].copy()
    prices = (_BREAK, _GAIN, _LOUD)
    twin = naive.exchanged(one, other, time, PATIENCE, prices)
    assert np.array_equal(exchanged(one, other, time, PATIENCE), twin)
    if seed == 0:
        assert twin.any()
