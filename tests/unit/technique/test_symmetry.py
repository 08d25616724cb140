"""The same measure on both sides."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repetiteur.technique.symmetry import LEAST, asymmetry, symmetry_index

sizes = st.floats(1e-3, 1e4)


@given(sizes, sizes)
def test_the_index_is_the_signed_one_without_its_sign(right, left):
    signed, index = asymmetry(right, left), symmetry_index(right, left)
    assert index == abs(signed)
    assert 0.0 <= index <= 200.0
    assert signed == pytest.approx(200.0 * (right - left) / (right + left))
    assert asymmetry(left, right) == pytest.approx(-signed)
    assert asymmetry(-right, -left) == pytest.approx(signed)


@pytest.mark.parametrize(
    ("right", "left"),
    [(0.0, 0.0), (1.0, -1.0), (5.0, -1.0), (math.nan, 3.0), (3.0, math.nan)],
)
def test_near_zero_it_says_nothing(right, left):
    assert math.isnan(symmetry_index(right, left))
    assert math.isnan(asymmetry(right, left))


def test_too_small_a_mean_says_nothing():
    assert math.isnan(symmetry_index(0.8 * LEAST, LEAST, least=LEAST))
    assert symmetry_index(1.2 * LEAST, LEAST, least=LEAST) > 0.0


def test_one_side_alone_is_as_unlike_as_can_be():
    assert symmetry_index(40.0, 0.0) == 200.0
    assert asymmetry(0.0, 40.0) == -200.0
