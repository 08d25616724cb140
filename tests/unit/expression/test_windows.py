"""Windows of a phrase."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.expression.windows import frames_in, over, windows
from repetiteur.model.findings import Span

TIME = np.arange(0.0, 5.0, 0.1)


def test_windows_cover_the_phrase():
    found = windows(0.0, 10.0)
    assert len(found) == 9
    assert found[0] == Span(0.0, 2.0)
    assert found[-1] == Span(8.0, 10.0)


@pytest.mark.parametrize("end_s", [0.0, 0.5, 2.0])
def test_a_short_phrase_is_one_window(end_s):
    assert windows(0.0, end_s) == (Span(0.0, end_s),)


def test_both_ends_belong_to_a_window():
    assert frames_in(TIME, [Span(1.0, 2.0)]) == [slice(10, 21)]


def test_a_window_that_is_not_danced_has_no_frames():
    nan = float("nan")
    first, second = frames_in(TIME, [Span(nan, nan), Span(8.0, 9.0)])
    assert first.start == first.stop
    assert second.start == second.stop
    assert np.isnan(over(TIME, [first, second])).all()


def test_a_window_that_is_half_known_has_a_value():
    curve = np.where(np.arange(10) < 5, 3.0, np.nan)
    less = np.where(np.arange(10) < 4, 3.0, np.nan)
    assert over(curve, [slice(0, 10)]).tolist() == [3.0]
    assert np.isnan(over(less, [slice(0, 10)])).all()
