import numpy as np
import pytest

from repetiteur.kernels.agreement import icc, kappa, share, specific


def test_nothing_has_no_share():
    assert np.isnan([*share(0, 0), *specific(0, 0, 0), *kappa([[0, 0], [0, 0]])]).all()


@pytest.mark.parametrize("of", [1, 5, 40])
def test_a_share_of_all_leaves_room_below(of):
    assert share(of, of).value == share(of, of).high == 1.0
    assert share(of, of).low < 1.0
    assert share(0, of).low == 0.0 < share(0, of).high


def test_full_agreement_and_full_disagreement():
    assert kappa([[6, 0], [0, 4]]).value == 1.0
    assert kappa([[6, 0], [0, 4]]).low < 0.9
    assert kappa([[0, 5], [5, 0]]).value == -1.0
    assert kappa([[4, 4], [4, 4]]).value == 0.0


def test_one_answer_alone_tells_nothing():
    assert np.isnan(kappa([[9, 0], [0, 0]]).value)


def test_kappa_does_not_mind_who_is_first():
    table = np.array([[7, 2], [1, 5]])
    assert kappa(table) == kappa(table.T)


def test_agreement_on_what_is_said_is_the_f_measure():
    both, one, other = 9, 3, 1
    precision, recall = both / (both + one), both / (both + other)
    f = 2 * precision * recall / (precision + recall)
    assert specific(both, one, other).value == pytest.approx(f)


def naive_icc(rows):
    """ICC(2,1), its sums written out."""
    rows = np.asarray(rows, dtype=float)
    n, k = rows.shape
    whole = sum(rows[i, j] for i in range(n) for j in range(k)) / (n * k)
    thing = [sum(rows[i]) / k for i in range(n)]
    rater = [sum(rows[:, j]) / n for j in range(k)]
    bms = k * sum((t - whole) ** 2 for t in thing) / (n - 1)
    jms = n * sum((r - whole) ** 2 for r in rater) / (k - 1)
    ems = sum(
        (rows[i, j] - thing[i] - rater[j] + whole) ** 2
        for i in range(n)
        for j in range(k)
    ) / ((n - 1) * (k - 1))
    return (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n)


def test_icc_is_its_sums():
    rows = np.random.default_rng(0).normal(size=(7, 3))
    assert icc(rows).value == pytest.approx(naive_icc(rows))


def test_a_rater_who_is_always_higher_agrees_less():
    rows = np.array([[9.0, 8.5], [6, 6.4], [12, 12.3], [7, 6.8], [10, 10.1]])
    high = rows + np.array([0.0, 5.0])
    assert icc(high).value < icc(rows).value - 0.3
    assert icc(rows).low < icc(rows).value < icc(rows).high


@pytest.mark.parametrize(
    "rows", [[[1, 2], [2, 3]], [[1], [2], [3]], [[1, 1], [2, 2], [3, 3]], [[2, 2]] * 4]
)
def test_where_no_icc_can_be_told_there_is_none(rows):
    assert np.isnan(icc(rows)).all()
