"""Statistics of agreement against published worked examples, and what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.kernels.agreement import icc, kappa, share, specific

# Six things, four raters: P. E. Shrout & J. L. Fleiss, Psychol. Bull. 86, 1979.
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
# Two radiologists on 85 mammograms: D. G. Altman, Practical statistics for medical
# research, 1991 (of N. F. Boyd et al., J. Natl. Cancer Inst. 68, 1982).
RADIOLOGISTS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]


@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_in_newcombe(yes, of, low, high):
    """R. G. Newcombe, Stat. Med. 17, 1998, table I, method 3."""
    found = share(yes, of, level=0.95)
    assert found.value == pytest.approx(yes / of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_kappa_of_two_radiologists():
    assert kappa(RADIOLOGISTS).value == pytest.approx(0.4728, abs=5e-5)


def test_icc_of_shrout_and_fleiss():
    """ICC(2,1) is 0.29 there; the interval is what McGraw & Wong's formula gives.

    The R package psych prints 0.019 to 0.761 for the same table.
    """
    found = icc(SHROUT_FLEISS, level=0.95)
    assert found.value == pytest.approx(0.29, abs=0.005)
    assert (found.low, found.high) == pytest.approx((0.019, 0.761), abs=5e-4)


def test_kappa_comes_to_the_agreement_on_what_is_said():
    both, one, other = 18, 4, 7
    near = [kappa([[both, one], [other, d]]).value for d in (10, 1000, 1e7)]
    said = specific(both, one, other).value
    assert near[0] < near[1] < near[2] == pytest.approx(said, abs=1e-5)


@pytest.mark.parametrize(
    ("n", "first", "second", "true"),
    [(15, 0.7, 0.7, 0.5), (30, 0.85, 0.85, 0.8), (60, 0.8, 0.7, 0.4)],
)
def test_intervals_of_kappa_hold_the_truth(n, first, second, true):
    chance = first * second + (1 - first) * (1 - second)
    agreed = true * (1 - chance) + chance
    both = 0.5 * (agreed + first + second - 1)
    cells = [both, first - both, second - both, 1 - first - second + both]
    tables = np.random.default_rng(1).multinomial(n, cells, 1500).reshape(-1, 2, 2)
    found = np.array([kappa(table) for table in tables])
    found = found[np.isfinite(found[:, 0])]
    inside = (found[:, 1] <= true) & (true <= found[:, 2])
    assert 0.87 <= inside.mean() <= 0.97
    widths = found[:, 2] - found[:, 1]
    assert np.median(widths) < 4.0 / np.sqrt(n), (
        "an interval of everything holds it, too"
    )


@pytest.mark.parametrize(("n", "true"), [(8, 0.6), (20, 0.8)])
def test_intervals_of_icc_hold_the_truth(n, true):
    rng = np.random.default_rng(2)
    things = rng.normal(0.0, np.sqrt(true), (1200, n, 1))
    raters = rng.normal(0.0, np.sqrt(0.3 * (1 - true)), (1200, 1, 3))
    errors = rng.normal(0.0, np.sqrt(0.7 * (1 - true)), (1200, n, 3))
    found = np.array([icc(rows) for rows in things + raters + errors])
    inside = (found[:, 1] <= true) & (true <= found[:, 2])
    assert 0.87 <= inside.mean() <= 0.94
