import numpy as np
import pytest

from repetiteur.music.points import Points


def _points():
    rows = [[0.0, 4.0, 8.0], [1.0, 7.0, 12.0], [0.1, 0.1, 0.1], [1.0, 0.9, 1.0]]
    return Points(*np.array(rows))


def test_points_of_recordings_that_begin_at_other_times():
    later = _points().begun(0.5, -1.0)
    assert later.first_s.tolist() == [0.5, 4.5, 8.5]
    assert later.second_s.tolist() == [0.0, 6.0, 11.0]


def test_turned_points_have_the_recordings_exchanged():
    turned = _points().turned()
    assert turned.first_s.tolist() == [1.0, 7.0, 12.0]
    assert turned.second_s.tolist() == [0.0, 4.0, 8.0]
    assert turned.sure.tolist() == [1.0, 0.9, 1.0]


def test_they_last_as_long_as_in_the_recording_where_that_is_less():
    assert _points().lasts_s == pytest.approx(8.0)
    assert Points(*np.empty((4, 0))).lasts_s == 0.0
