"""A face beside a reference's."""

import numpy as np
import pytest

from faced import moved, seen
from repetiteur.expression.face import told
from repetiteur.expression.face_compared import compared
from repetiteur.expression.face_units import UNITS

UP = (0, 1, 0)
NAMES = [one.name for one in UNITS]


def smiling(much, **more):
    how = {"lip_corners": (0.1 * np.asarray(much), UP)}
    return told(seen(moved(len(much), how), **more), rest_s=(0.0, 1.0))


def test_the_same_face_differs_in_nothing():
    face = smiling(np.r_[np.zeros(50), np.ones(50)])
    both = compared(face, face, face.time_s, face.time_s)
    for one in both.over(0.0, 4.0):
        if one.value is not None:
            assert one.value == 0.0
            assert one.interval90[0] < 0.0 < one.interval90[1]
    assert [one.name for one in both.over(0.0, 4.0)] == NAMES


def test_less_of_a_smile_at_another_tempo():
    reference = smiling(np.r_[np.zeros(50), np.ones(50)])
    take = smiling(np.r_[np.zeros(100), 0.4 * np.ones(100)])
    at = np.linspace(0.0, 7.9, 80)
    both = compared(take, reference, at, at / 2)
    (found,) = [o for o in both.over(4.5, 7.5) if o.name == "lip_corners_up"]
    assert found.value == pytest.approx(-0.06, abs=1e-6)
    assert found.interval90[1] < 0.0
    (before,) = [o for o in both.over(0.0, 3.5) if o.name == "lip_corners_up"]
    assert before.value == pytest.approx(0.0, abs=1e-6)


def test_another_face_at_rest_is_no_difference():
    """A wider mouth is no smile: each is told from its own rest."""
    how = {"lip_corners": (np.full(100, 0.2), (1, 0, 0))}
    wide = told(seen(moved(100, how)), rest_s=(0.0, 4.0))
    plain = smiling(np.zeros(100))
    both = compared(wide, plain, wide.time_s, plain.time_s)
    (found,) = [o for o in both.over(0.0, 4.0) if o.name == "mouth_width"]
    assert found.value == pytest.approx(0.0, abs=1e-6)


def test_what_either_does_not_show_is_not_judged():
    covered = smiling(np.zeros(100), steep=np.r_[np.full(50, 0.02), np.full(50, 0.2)])
    plain = smiling(np.zeros(100))
    for one, other in ((covered, plain), (plain, covered)):
        both = compared(one, other, one.time_s, other.time_s)
        (found,) = [o for o in both.over(2.2, 4.0) if o.name == "jaw_down"]
        assert (found.value, found.interval90) == (None, None)
        assert found.reason == "the face is covered"


def test_places_that_are_nowhere():
    face = smiling(np.zeros(50))
    both = compared(face, face, [0.0, np.nan, 9.0], [0.0, 0.5, 0.5])
    jaw = both.difference[:, NAMES.index("jaw_down")]
    assert np.isfinite(jaw).tolist() == [True, False, False]
    assert both.over(5.0, 6.0)[0].value is None


def test_times_that_are_not_aligned():
    face = smiling(np.zeros(50))
    with pytest.raises(ValueError, match="as many of the take"):
        compared(face, face, [0.0, 1.0], [0.0])


def test_a_resting_face_that_is_unsure_is_in_the_interval():
    """Where either of two faces may be the resting one, neither is a difference."""
    wide = np.where(np.arange(100) % 50 < 25, 0.0, 0.1)
    unsure = told(seen(moved(100, {"lip_corners": (wide, (1, 0, 0))})))
    plain = smiling(np.zeros(100))
    both = compared(unsure, plain, unsure.time_s, plain.time_s)
    for start_s in (0.0, 1.0):
        of = both.over(start_s, start_s + 0.96)
        (found,) = [one for one in of if one.name == "mouth_width"]
        assert found.interval90[0] < 0.0 < found.interval90[1]
