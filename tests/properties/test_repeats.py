"""What must hold of a dancer's own variation, whatever she dances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from repetiteur.kernels.repeats import MOSTLY_OWN, again

TAKES = arrays(
    np.float64,
    st.tuples(st.integers(2, 5), st.integers(2, 40)),
    elements=st.floats(-90.0, 90.0).map(lambda x: round(x, 3)),
)


def numbers(found):
    return tuple(found)


@given(TAKES, st.sampled_from([0.01, 0.5, 8.0]))
def test_it_is_in_the_unit_of_the_curve(danced, scale):
    noise = np.ones(danced.shape)
    *one, freedom = again(danced, noise, 0.1)
    *other, same = again(scale * danced, scale**2 * noise, 0.1)
    assert other == pytest.approx(
        [scale * number for number in one], rel=1e-6, abs=1e-9
    )
    assert same == pytest.approx(freedom, rel=1e-6)


@given(TAKES, st.randoms(use_true_random=False))
def test_the_order_of_takes_does_not_matter(danced, random):
    order = list(range(len(danced)))
    random.shuffle(order)
    noise = np.ones(danced.shape)
    one, other = again(danced, noise, 0.1), again(danced[order], noise, 0.1)
    assert numbers(other) == pytest.approx(numbers(one), rel=1e-6, abs=1e-9)


@given(TAKES, st.floats(0.0, 30.0))
def test_what_all_takes_do_is_no_variation(danced, by):
    noise = np.ones(danced.shape)
    curve = by * np.sin(np.arange(danced.shape[1]))
    one, other = again(danced, noise, 0.1), again(danced + curve, noise, 0.1)
    assert other.sd == pytest.approx(one.sd, rel=1e-6, abs=1e-6)


@given(TAKES, st.floats(0.0, 50.0))
def test_the_dancer_has_half_of_it_at_least_and_all_of_it_at_most(danced, noise):
    one = again(danced, np.full(danced.shape, noise**2), 0.1)
    assert np.sqrt(MOSTLY_OWN) * one.sd <= one.own * (1.0 + 1e-9)
    assert one.own <= one.sd * (1.0 + 1e-9)
    assert one.low <= one.sd * (1.0 + 1e-9)
    assert one.sd <= one.high * (1.0 + 1e-9)
    assert one.freedom > 0.0
