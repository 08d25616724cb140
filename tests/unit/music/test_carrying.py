import numpy as np

from repetiteur.model.counts import counted
from repetiteur.music.carrying import carried
from repetiteur.music.sync import Sync


def _sync(sure):
    rows = np.array([[0.0, 4.0, 8.0], [1.0, 7.0, 9.0], [0.01, 0.01, 0.01], sure])
    return Sync("other_playing", *rows)


def test_counts_keep_their_numbers_at_the_times_of_the_other_recording():
    counts = counted(np.arange(9.0), metre=4, one=1)
    there = carried(counts, _sync([1.0, 1.0, 1.0]))
    assert there.time_s.tolist() == [1.0, 2.5, 4.0, 5.5, 7.0, 7.5, 8.0, 8.5, 9.0]
    assert there.label.tolist() == counts.label.tolist()
    assert there.confidence.tolist() == [1.0] * 9


def test_what_is_outside_or_not_sure_is_left_out():
    counts = counted(np.arange(-2.0, 12.0), metre=4, one=2)
    there = carried(counts, _sync([1.0, 1.0, 0.0]))
    assert there.count.tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_confidence_is_what_both_leave():
    confidence = np.linspace(0.2, 1.0, 5)
    counts = counted(np.arange(5.0), metre=4, one=0, confidence=confidence)
    there = carried(counts, _sync([0.9, 0.5, 0.5]))
    assert np.allclose(there.confidence, confidence * [0.9, 0.8, 0.7, 0.6, 0.5])


def test_of_neither_nothing_is_left():
    none = Sync("neither", *np.empty((4, 0)), reason="other music")
    assert len(carried(counted(np.arange(5.0), metre=4, one=0), none)) == 0
