"""Stamps of packets become times, whatever is wrong with them."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.io._video_times import NO_STAMP, is_plain, presentation, unbroken

TEN = np.arange(10) * 40


def with_(places, values):
    stamps = TEN.copy()
    stamps[places] = values
    return stamps


def test_good_stamps_are_kept():
    times, repairs = presentation(TEN + 7000, TEN, 0.001, 0)
    np.testing.assert_allclose(times, TEN / 1000)
    assert repairs == []


@pytest.mark.parametrize(
    ("places", "values"),
    [
        ([3], NO_STAMP),
        ([0, 1], NO_STAMP),
        ([8, 9], NO_STAMP),
        ([4], 10**9),
        ([4], -(10**9)),
        ([5], 160),  # as the one before
        ([2, 3, 7], [999, 998, 1]),
    ],
)
def test_bad_stamps_are_interpolated(places, values):
    times, repairs = presentation(with_(places, values), TEN[:0], 0.001, 0)
    np.testing.assert_allclose(times, TEN / 1000, atol=1e-12)
    assert repairs == [
        f"times: {len(places)} of 10 stamps missing or out of order; interpolated"
    ]


@pytest.mark.parametrize("stamps", [np.full(10, NO_STAMP), np.zeros(10, np.int64)])
@pytest.mark.parametrize(("claimed", "fps"), [(50.0, 50), (0.0, 25), (1e9, 25)])
def test_no_stamps_at_all(stamps, claimed, fps):
    times, repairs = presentation(stamps, stamps, 0.001, claimed)
    np.testing.assert_allclose(times, np.arange(10) / fps)
    assert repairs == [f"times: none of use in the file; {fps:g} fps taken"]


def test_decoding_stamps_stand_in():
    order = [0, 4, 2, 1, 3, 5, 9, 7, 6, 8]
    times, repairs = presentation(TEN[order], TEN, 0.001, 0)
    np.testing.assert_allclose(times, TEN / 1000)
    assert repairs == ["times: from decoding stamps, for lack of presentation stamps"]


def test_one_picture_and_none():
    assert presentation(np.array([70]), np.array([70]), 0.1, 0)[0].tolist() == [0.0]
    one = np.array([NO_STAMP])
    assert presentation(one, one, 0.1, 0)[0].tolist() == [0.0]


def test_a_clock_that_starts_anew():
    pts = np.concatenate([TEN, TEN])
    joined, repairs = unbroken(pts, pts, 0.001)
    np.testing.assert_array_equal(joined, np.arange(20) * 40)
    assert repairs == ["times: the file's clock starts anew 1 times; continued"]
    missing = np.full(20, NO_STAMP)
    np.testing.assert_array_equal(unbroken(missing, pts, 0.001)[0], missing)
    np.testing.assert_array_equal(unbroken(pts, missing, 0.001)[0], pts)


def test_which_stamps_tell_the_order():
    assert is_plain(TEN)
    assert is_plain(TEN[[0, 3, 1, 2, 4]])
    assert not is_plain(TEN[:0])
    assert not is_plain(with_([3], NO_STAMP))
    assert not is_plain(with_([3], 0))
    assert not is_plain(np.concatenate([[10**6], np.arange(50)]))
