"""The detector's own arithmetic; what it finds in real pictures is tested with them."""

from __future__ import annotations

import numpy as np
import pytest

from repetiteur.track import detector
from repetiteur.track.detector import Detector
from repetiteur.track.weights import path_of


def test_anchors_are_the_middles_of_three_grids() -> None:
    anchors = detector._anchors()
    assert anchors.shape == (2254, 2)
    np.testing.assert_allclose(anchors[:2], [[0.5 / 28, 0.5 / 28]] * 2)
    np.testing.assert_allclose(anchors[2], [1.5 / 28, 0.5 / 28])  # along the row first
    np.testing.assert_allclose(anchors[1568], [0.5 / 14, 0.5 / 14])
    np.testing.assert_allclose(anchors[-1], [6.5 / 7, 6.5 / 7])


def _person(score: float, left: float) -> detector.Person:
    box = np.array([left, 0.0, left + 10.0, 10.0])
    return detector.Person(score, box, np.array([left, 50.0]), np.array([left, 20.0]))


def test_finds_that_overlap_are_one_and_weighted() -> None:
    people = detector._apart([_person(0.6, 2.0), _person(0.9, 0.0), _person(0.8, 40.0)])
    assert [one.score for one in people] == [0.9, 0.8]
    assert people[0].hips[0] == pytest.approx(2.0 * 0.6 / 1.5)


def test_boxes_without_area_overlap_with_nothing() -> None:
    flat = np.zeros(4)
    assert detector._overlap(flat, flat) == 0.0


def test_squares_cover_a_length_and_overlap() -> None:
    middles = detector._middles(1000.0, 300.0)
    assert middles[0] - 150.0 == 0.0
    assert middles[-1] + 150.0 == 1000.0
    assert max(np.diff(middles)) <= 150.0
    assert detector._middles(300.0, 300.0) == [150.0]


def test_in_an_empty_picture_there_is_nobody() -> None:
    finder = Detector(path_of("pose_detection"))
    for picture in (
        np.zeros((90, 160, 3), np.uint8),
        np.full((1, 1, 3), 128, np.uint8),
    ):
        assert finder.find(picture) == []
        assert finder.find_small(picture) == []
