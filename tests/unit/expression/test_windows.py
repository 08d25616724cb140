"""Windows of a phrase."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.expression.windows import frames_in, highest, over, windows, within
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


def wandering():
    """A curve with gaps, and windows over it: some empty, some little known."""
    rng = np.random.default_rng(5)
    curve = np.where(rng.uniform(size=200) < 0.3, np.nan, rng.normal(size=200))
    curve[60:90] = np.nan
    edges = np.sort(rng.integers(0, 201, size=(60, 2)), axis=1)
    edges[:3] = [[0, 200], [7, 7], [200, 200]]
    return curve, [slice(a, b) for a, b in edges.tolist()]


def one_by_one(curve, frames, of):
    parts = [curve[where] for where in frames]
    seen = [part[np.isfinite(part)] for part in parts]
    return [
        of(known) if known.size and known.size >= 0.5 * part.size else np.nan
        for part, known in zip(parts, seen, strict=True)
    ]


def test_means_of_windows():
    curve, frames = wandering()
    found = over(curve, frames)
    np.testing.assert_allclose(found, one_by_one(curve, frames, np.mean))
    assert 20 < np.isfinite(found).sum() < 58


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 1.0])
def test_what_a_share_of_a_window_stays_under(share):
    curve, frames = wandering()
    plain = one_by_one(curve, frames, lambda known: np.quantile(known, share))
    np.testing.assert_allclose(highest(curve, frames, share), plain)


def test_sums_of_columns_within_windows():
    rows = np.arange(20.0).reshape(10, 2)
    frames = [slice(0, 10), slice(4, 4), slice(9, 10), slice(2, 5)]
    plain = [rows[where].sum(axis=0) for where in frames]
    np.testing.assert_allclose(within(rows, frames), plain)
