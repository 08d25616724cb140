import numpy as np
import pytest

from repetiteur.errors import NothingToJudge
from repetiteur.model.counts import Counts, counted, counts_in_a_phrase


def _beats(n, seconds=0.5):
    return np.arange(n) * seconds


def test_eights_are_numbered_from_the_one_and_what_comes_before_is_a_pick_up():
    counts = counted(_beats(19), metre=4, one=2)
    assert counts.label[:3].tolist() == ["0·7", "0·8", "1·1"]
    assert counts.label[2 + 8 + 4] == "2·5"
    assert counts.bar[:3].tolist() == [0, 0, 1]
    assert counts.beat[:4].tolist() == [3, 4, 1, 2]


def test_a_phrase_begins_where_a_person_counts_anew():
    counts = counted(_beats(12), metre=4, one=0)
    again = Counts(
        counts.time_s,
        counts.beat,
        counts.bar,
        np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2]),
        counts.confidence,
    )
    assert again.phrase.tolist() == [1] * 10 + [2] * 2


def test_a_first_phrase_that_begins_in_its_middle_is_the_first():
    counts = counted(_beats(8), metre=4, one=0)
    late = Counts(
        counts.time_s, counts.beat, counts.bar, counts.count % 8 + 1, np.ones(8)
    )
    assert late.phrase.tolist() == [1] * 7 + [2]


def test_a_waltz_is_counted_in_sixes_and_a_march_in_eights():
    assert [counts_in_a_phrase(m) for m in (1, 2, 3, 4, 5, 7, 9, 12)] == [
        8, 8, 6, 8, 5, 7, 9, 12,
    ]  # fmt: skip


def test_the_count_under_way_and_the_nearest_one():
    counts = counted(_beats(4), metre=4, one=0)
    assert counts.at(np.array([-0.1, 0.0, 0.49, 9.0])).tolist() == [-1, 0, 0, 3]
    assert counts.nearest(np.array([-0.1, 0.2, 0.3, 9.0])).tolist() == [0, 0, 1, 3]


def test_moved_counts_leave_out_those_without_a_time():
    counts = counted(_beats(4), metre=4, one=0)
    moved = counts.moved(np.array([1.0, np.nan, 2.0, 3.0]), np.full(4, 0.5))
    assert moved.time_s.tolist() == [1.0, 2.0, 3.0]
    assert moved.count.tolist() == [1, 3, 4]
    assert moved.confidence.tolist() == [0.5] * 3


def test_the_length_of_the_last_count_is_that_of_the_one_before():
    assert counted(np.array([0.0, 0.4, 1.0]), metre=3, one=0).beat_s.tolist() == [
        0.4, 0.6, 0.6,
    ]  # fmt: skip


@pytest.mark.parametrize("one", [-1, 4])
def test_a_one_that_is_no_beat_is_refused(one):
    with pytest.raises(NothingToJudge, match="one of the beats"):
        counted(_beats(4), metre=4, one=one)


@pytest.mark.parametrize("metre", [2, 3, 4, 6])
def test_counts_that_are_left_out_take_no_name_from_the_others(metre):
    whole = counted(np.arange(60) * 0.5, metre=metre, one=3)
    rng = np.random.default_rng(metre)
    for _ in range(20):
        kept = rng.random(60) < 0.6
        kept[3] = True  # the first 1 says where the first phrase is
        part = whole.moved(np.where(kept, whole.time_s, np.nan), whole.confidence)
        assert part.label.tolist() == whole.label[kept].tolist()


def test_a_bar_of_another_metre_is_no_new_phrase():
    counts = Counts(
        np.arange(11.0),
        np.array([1, 2, 3, 4, 1, 2, 3, 1, 2, 1, 2]),
        np.array([1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4]),
        np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]),
        np.ones(11),
    )
    assert counts.phrase.tolist() == [1] * 9 + [2] * 2
