"""Who is who in detections frame by frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from repetiteur.errors import DamagedFile, UnreadableRecording
from repetiteur.io._people import People, follow, markers_of

PATH = Path("take.json")
BOX = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 100.0], [0.0, 100.0]])
NAMES = ("left_hip", "right_hip", "right_knee", "left_knee")


def walkers(frames, *paths):
    """Rows of boxes along paths (frame -> x, or None where not detected)."""
    rows = [
        (frame, who, BOX + np.array([path(frame), 50.0]))
        for frame in range(frames)
        for who, path in enumerate(paths)
        if path(frame) is not None
    ]
    frame, who, points = zip(*rows, strict=True)
    return np.array(frame), np.array(who), np.array(points)


def people(frame, points, **more):
    return People(frame, points, np.ones(points.shape[:2]), NAMES, **more)


def same_up_to_names(found, truth):
    pairs = {(a, b) for a, b in zip(found, truth, strict=True)}
    return len(pairs) == len(set(found)) == len(set(truth))


def test_two_keep_their_names_whatever_their_order(rng):
    frame, truth, points = walkers(40, lambda f: 3.0 * f, lambda f: 300.0 - 2.0 * f)
    order = rng.permutation(len(frame))
    found = follow(frame[order], points[order])
    assert same_up_to_names(found.tolist(), truth[order].tolist())


def test_who_was_gone_for_a_moment_comes_back():
    frame, truth, points = walkers(
        40, lambda f: None if 10 <= f < 20 else 3.0 * f, lambda f: 400.0
    )
    assert same_up_to_names(follow(frame, points).tolist(), truth.tolist())


def test_who_appears_far_away_or_after_long_is_somebody_new():
    frame, _, points = walkers(10, lambda f: 0.0 if f < 5 else 900.0)
    assert follow(frame, points).tolist() == [0] * 5 + [1] * 5
    frame, _, points = walkers(200, lambda f: 0.0 if f < 5 or f > 150 else None)
    assert set(follow(frame, points)[-5:].tolist()) == {1}


def test_points_that_only_one_of_them_shows_do_not_matter():
    frame, truth, points = walkers(10, lambda f: 3.0 * f, lambda f: 200.0)
    points[::3, :2] = np.nan
    assert same_up_to_names(follow(frame, points).tolist(), truth.tolist())


def test_the_best_seen_comes_first_and_passers_by_are_left_out():
    frame, _, points = walkers(
        100,
        lambda f: 0.0 if f < 60 else None,
        lambda f: 400.0,
        lambda f: 800.0 if f == 50 else None,
    )
    markers = markers_of(people(frame, points), PATH, software="a test")
    assert markers.names[0] == "person 1:left_hip"
    assert len(markers.names) == 8
    assert markers.position.shape == (100, 2, 8)
    assert markers.position[0, 0, 0] == 400.0
    assert markers.position[0, 0, 4] == 0.0
    assert np.isnan(markers.position[60:, :, 4:]).all()
    assert markers.lines[0].startswith("2 people, followed by where they are")


def test_more_than_eight_are_not_kept():
    paths = [lambda f, k=k: 200.0 * k for k in range(10)]
    frame, _, points = walkers(5, *paths)
    markers = markers_of(people(frame, points), PATH, software="a test")
    assert len(markers.names) == 8 * 4
    assert "the 8 people seen most are kept" in markers.lines


def test_one_in_each_frame_is_one_dancer_wherever():
    frame, _, points = walkers(10, lambda f: 900.0 * (f % 2))
    markers = markers_of(people(frame, points), PATH, software="a test")
    assert list(markers.names) == list(NAMES)
    assert "one dancer" in markers.lines[0]


def test_names_of_the_file_count_unless_they_come_twice_in_a_frame():
    frame, truth, points = walkers(10, lambda f: 0.0, lambda f: 300.0)
    crossed = np.where(frame < 5, truth, 1 - truth)
    told = markers_of(people(frame, points, who=crossed), PATH, software="a test")
    assert "told apart by the file" in told.lines[0]
    assert np.ptp(told.position[:, 0, 0]) == 300.0
    doubled = markers_of(people(frame, points, who=0 * truth), PATH, software="a test")
    assert "followed by where they are" in doubled.lines[0]
    assert np.ptp(doubled.position[:, 0, 0]) == 0.0


def test_frames_without_people_are_missing_not_left_out():
    frame, _, points = walkers(3, lambda f: 10.0)
    markers = markers_of(
        people(2 * frame + 5, points, frames=(3, 12)), PATH, software="a test"
    )
    seen = np.isfinite(markers.position).all(axis=(1, 2))
    assert np.flatnonzero(seen).tolist() == [2, 4, 6]
    assert len(seen) == 10


def test_rows_without_a_point_are_nobody():
    frame, _, points = walkers(6, lambda f: 10.0, lambda f: 300.0)
    points[1::2] = np.nan
    markers = markers_of(people(frame, points), PATH, software="a test")
    assert "one dancer" in markers.lines[0]
    points[:] = np.nan
    with pytest.raises(UnreadableRecording, match="no frame shows anybody"):
        markers_of(people(frame, points), PATH, software="a test")


def test_numbers_that_are_no_frames():
    frame, _, points = walkers(3, lambda f: 10.0)
    with pytest.raises(DamagedFile, match="span 2000001 for 3"):
        markers_of(people(1_000_000 * frame, points), PATH, software="a test")
    with pytest.raises(DamagedFile, match="span"):
        markers_of(people((1 << 62) * (frame - 1), points), PATH, software="a test")


def test_shares_of_the_picture_are_no_pixels():
    frame, _, points = walkers(3, lambda f: 10.0)
    with pytest.raises(UnreadableRecording, match="shares of its size"):
        markers_of(people(frame, points / 1000.0), PATH, software="a test")


def test_confidence_above_one_is_said():
    frame, _, points = walkers(3, lambda f: 10.0)
    sure = np.full(points.shape[:2], 5.5)
    markers = markers_of(People(frame, points, sure, NAMES), PATH, software="a test")
    assert markers.confidence.max() == 1.0
    assert "confidence: up to 5.5, above 1 taken as 1" in markers.lines
