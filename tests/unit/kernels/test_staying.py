"""For how long points stay where they are."""

import numpy as np
import pytest

import naive
from repetiteur.kernels.staying import stays


@pytest.mark.parametrize("seed", range(12))
def test_as_its_slow_twin(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.normal(0.0, 0.05, (2, 60, 3)).cumsum(axis=1)
    for place in (one, other):
        place[rng.random(60) < 0.2] = np.nan
    for first in (0, 20, 50):
        found = stays(one[first:], other[first:], 0.4)
        assert found == naive.stays(one[first:], other[first:], 0.4)


def test_heights_do_not_count_and_who_was_never_seen_does_not_go():
    still, jumps = np.zeros((2, 4, 3))
    jumps[2, 1] = 9.0
    assert stays(still, jumps, 0.1) == 4
    assert stays(np.full((4, 3), np.nan), still, 0.1) == 4
    jumps[3, 2] = 0.2
    assert stays(jumps, still, 0.1) == stays(still, jumps, 0.1) == 3
