"""Beats become counts: metre, the one, pick-ups, silences, counting anew."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.errors import NothingToJudge
from repetiteur.music.beats import Beats
from repetiteur.music.numbering import numbered


def beats(n, *, step=0.5, silent=()):
    heard = ~np.isin(np.arange(n), silent)
    return Beats(np.arange(n) * step, np.linspace(0.2, 0.9, n), heard)


def test_the_nearest_beat_is_the_one_and_those_before_are_pick_ups():
    counts = numbered(beats(8), metre=3, ones_s=[1.1])
    assert counts.beat.tolist() == [2, 3, 1, 2, 3, 1, 2, 3]
    assert counts.bar.tolist() == [0, 0, 1, 1, 1, 2, 2, 2]
    assert counts.confidence[0] == 0.2


def test_without_a_one_the_first_beat_is_it():
    assert numbered(beats(3), metre=4).label.tolist() == ["1·1", "1·2", "1·3"]


def test_silences_are_counted_through_and_left_out():
    counts = numbered(beats(12, silent=(4, 5, 6)), metre=4)
    assert counts.count.tolist() == [1, 2, 3, 4, 8, 1, 2, 3, 4]
    assert 2.5 not in counts.time_s


def test_counting_begins_anew_where_it_is_told_to_in_any_order():
    counts = numbered(beats(14), metre=4, ones_s=[5.0, 0.5])
    assert counts.label[1] == "1·1"
    assert counts.label[10] == "3·1"
    assert (counts.beat[10], counts.bar[10]) == (1, 4)
    assert (np.diff(counts.bar) >= 0).all()


@pytest.mark.parametrize(
    ("ones", "said"),
    [
        ([30.0], "near 30 s"),
        ([np.nan], "near nan s"),
        ([-4], "near -4"),
        ([1, 1.1], "of its own"),
    ],
)
def test_a_one_that_is_no_beat(ones, said):
    with pytest.raises(NothingToJudge, match=said):
        numbered(beats(8), metre=4, ones_s=ones)
