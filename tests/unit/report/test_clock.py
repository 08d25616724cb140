"""The clock that drives both performances."""

from dataclasses import replace

import numpy as np

from repetiteur.report.clock import clock_line, clock_parts, clock_take, path_of
from unit.report import small_rehearsal as made


def test_what_stands_in_the_take_alone_takes_its_time():
    reference = np.array([0.0, 4.0, 4.0, 8.0])
    take = np.array([0.0, 4.0, 6.0, 10.0])
    state = np.array(["danced", "danced", "extra", "danced"])
    alignment = made.line_up(reference_s=reference, take_s=take, state=state)
    path = path_of(made.rehearsal(alignment=alignment))
    np.testing.assert_allclose(path.place, [0.0, 4.0, 6.0, 10.0])
    assert path.of_take(5.0) == 5.0


def test_the_place_increases_and_both_times_never_go_back():
    draw = np.random.default_rng(1)
    steps = draw.choice([0.0, 0.02, 0.04], size=(2, 4000))
    reference, take = np.cumsum(steps, axis=1)
    alignment = made.line_up(
        reference_s=reference, take_s=take, state=np.full(4000, "danced")
    )
    path = path_of(made.rehearsal(alignment=alignment))
    assert (np.diff(path.place) > 0).all()
    assert (np.diff(path.reference_s) >= 0).all()
    assert (np.diff(path.take_s) >= 0).all()
    assert path.take_s[-1] == take[-1]


def test_a_straight_line_up_needs_few_points():
    path = path_of(made.rehearsal(alignment=made.line_up(late_s=0.0)))
    assert path.place.size <= 122


def test_the_clock_line_is_the_tempo_without_the_lateness():
    line_up = replace(made.line_up(), tempo_ratio=1.25, start_offset_s=0.5)
    rehearsal = made.rehearsal(alignment=line_up)
    begins = float(rehearsal.reference.poses["time"][0])
    ratio, offset = clock_line(rehearsal)
    assert ratio == 1.25
    assert offset + ratio * begins == 0.5


def test_without_a_line_up_both_begin_together():
    rehearsal = made.rehearsal(alignment=made.no_line_up())
    path = path_of(rehearsal)
    np.testing.assert_allclose(path.reference_s, [0.0, 12.0])
    assert clock_line(rehearsal) == (1.0, 0.0)


def test_a_moment_of_the_reference_has_its_place():
    reference = np.array([0.0, 4.0, 6.0, 8.0])
    take = np.array([0.0, 4.0, 4.0, 6.0])
    state = np.array(["danced", "danced", "skipped", "danced"])
    alignment = made.line_up(reference_s=reference, take_s=take, state=state)
    path = path_of(made.rehearsal(alignment=alignment))
    assert path.of_reference(5.0) == 5.0
    assert path.of_reference(7.0) == 7.0


def test_after_a_break_the_clock_begins_anew():
    reference = np.array([0.0, 2.0, 4.0, 6.0, 8.0, 10.0])
    take = np.array([1.0, 3.0, 5.0, 5.0, 7.0, 9.0])
    state = np.array(["danced", "danced", "danced", "skipped", "danced", "danced"])
    alignment = made.line_up(
        reference_s=reference, take_s=take, on_time_s=take, state=state
    )
    rehearsal = made.rehearsal(
        alignment=replace(alignment, tempo_ratio=1.0, start_offset_s=1.0)
    )
    assert clock_parts(rehearsal) == [(0.0, 1.0), (8.0, -1.0)]
    assert clock_take(rehearsal, 3.0) == 4.0
    assert clock_take(rehearsal, 9.0) == 8.0
