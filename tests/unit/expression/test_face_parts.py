"""Parts of a recording by the face."""

from itertools import pairwise

import numpy as np
import pytest

from faced import RATE, moved, seen
from repetiteur.expression.face import told
from repetiteur.expression.face_parts import Action, action_of, parts_of

SMILE = {"lip_corners": (0.5, 0.5, 0.0)}


def levels(*spans):
    """How much in each frame: (seconds, level) after one another."""
    return np.concatenate([np.full(round(s * RATE), level) for s, level in spans])


def faced(much, rng, noise=0.004, **more):
    how = {name: (0.2 * much, way) for name, way in SMILE.items()}
    points = moved(len(much), how)
    return told(seen(points, noise=noise, rng=rng, **more))


def test_a_face_that_stays_is_one_part(rng):
    parts = parts_of(faced(levels((12, 0)), rng))
    assert [part.start_s for part in parts] == [0.0]
    assert parts[0].reason == ""


def test_changes_are_found_where_they_are(rng):
    parts = parts_of(faced(levels((4, 0), (5, 1), (3, 0)), rng))
    assert [part.start_s for part in parts] == pytest.approx([0, 4, 9], abs=0.2)
    assert set(parts[1].changed) == {"lip_corners_up", "mouth_width"}
    assert parts[1].levels["lip_corners_up"] == pytest.approx(0.1, abs=0.01)
    assert parts[1].levels["mouth_width"] == pytest.approx(0.2, abs=0.01)


def test_what_is_covered_is_a_part_that_says_so(rng):
    steep = levels((4, 0.02), (3, 0.2), (5, 0.02))
    parts = parts_of(faced(levels((4, 0), (8, 1)), rng, steep=steep))
    assert [part.start_s for part in parts] == pytest.approx([0, 4, 7], abs=0.1)
    assert [part.reason for part in parts] == ["", "the face is covered", ""]
    assert parts[1].levels == {}
    assert "lip_corners_up" in parts[2].changed


def test_parts_have_no_gaps(rng):
    steep = levels((2, 0.02), (2, 0.2), (2, 0.02), (2, 0.2), (2, 0.02))
    parts = parts_of(faced(levels((5, 0), (5, 1)), rng, steep=steep))
    for one, after in pairwise(parts):
        assert one.end_s == after.start_s
    assert parts[0].start_s == 0.0
    assert parts[-1].end_s == pytest.approx(10 - 1 / RATE)


def test_one_picture_has_no_parts():
    assert parts_of(told(seen(moved(1, {})))) == []


def test_what_never_rises_has_no_onset():
    assert np.isnan(action_of([0.0, 1.0], [0.3, 0.3]).onset_s)
    assert np.isnan(action_of([0.0, 1.0], [-0.3, -0.2]).onset_s)
    nothing = action_of([0.0], [np.nan])
    assert isinstance(nothing, Action)
    assert np.isnan([nothing.onset_s, nothing.peak, nothing.peak_s]).all()
