import numpy as np
import pytest

import bodies
from repetiteur.align.alignment import Break
from repetiteur.coaching.presence import presence, whole
from repetiteur.coaching.wording import wording
from unit.report import small_rehearsal as made

WORDS = wording("en")
TIME, POINTS = bodies.moving_points(seconds=16.0)
MOVING = bodies.body(TIME, POINTS)


def stood(start, end, noise=0.0):
    """Who moves, but stands still for a while."""
    rng = np.random.default_rng(2)
    stands = (start <= TIME) & (end >= TIME)
    first = int(np.argmax(stands))
    points = {
        name: np.where(stands[:, None], place[first], place)
        + noise * rng.normal(size=place.shape)
        for name, place in POINTS.items()
    }
    return bodies.body(TIME, points)


def found(*breaks, take=MOVING, tempo=1.0):
    """Notes of breaks; the two dance together from 1 to 12 s of the reference."""
    reference = np.linspace(1.0, 12.0, 600)
    alignment = made.line_up(
        reference_s=reference,
        take_s=tempo * reference + 1.0,
        state=np.full(600, "danced"),
        tempo_ratio=tempo,
        breaks=tuple(breaks),
    )
    return presence(alignment, MOVING, take, WORDS), whole(alignment, take, 1.0)


def test_what_is_left_out_is_missing_with_its_place_in_the_reference():
    (note,), complete = found(Break("skipped", (4.0, 7.0), (5.0, 5.0)))
    assert (note.measure, note.kind, note.presence) == (
        "step_presence", "missing", "skipped",
    )  # fmt: skip
    assert note.priority == "rhythm"
    assert note.difference.value == pytest.approx(-3.0)
    low, high = note.difference.interval90
    assert low < -3.0 < high
    assert note.difference.beyond_floor
    assert (note.reference.start_s, note.reference.end_s) == (4.0, 7.0)
    assert "4.0 to 7.0 s" in note.reason
    assert note.place == "at 5.0 s"
    assert note.evidence.reference_frames == (240, 420)
    assert not complete


def test_a_bar_danced_once_more_is_extra_and_names_the_bar():
    (note,), complete = found(Break("repeated", (3.0, 6.0), (7.0, 10.2)))
    assert (note.kind, note.presence) == ("extra", "repeated")
    assert note.difference.value == pytest.approx(3.2)
    assert (note.reference.start_s, note.reference.end_s) == (3.0, 6.0)
    assert "3.0 to 6.0 s" in note.reason
    assert not complete


def test_a_bar_gone_over_before_the_beginning_is_no_fault():
    assert found(Break("repeated", (1.0, 3.5), (0.0, 2.0)))[0] == ()


def test_what_is_danced_in_between_is_extra():
    (note,), _ = found(Break("extra", (5.0, 5.0), (6.0, 9.0)))
    assert (note.kind, note.presence) == ("extra", "extra")
    assert note.difference.value == pytest.approx(3.0)


@pytest.mark.parametrize("noise", [0.0, 0.004])
def test_standing_still_is_a_pause_and_no_step(noise):
    one = Break("extra", (5.0, 5.0), (6.0, 9.0))
    (note,), _ = found(one, take=stood(6.0, 9.0, noise))
    assert (note.kind, note.presence) == ("extra", "paused")
    assert "stand still" in note.reason


def test_a_breath_is_not_said_and_a_longer_stand_needs_more_than_a_step():
    assert found(Break("skipped", (4.0, 4.8), (5.0, 5.0))) == ((), False)
    assert len(found(Break("skipped", (4.0, 5.0), (5.0, 5.0)))[0]) == 1
    stands = stood(5.8, 7.4)
    assert found(Break("extra", (5.0, 5.0), (6.0, 7.2)), take=stands)[0] == ()
    longer = stood(5.8, 7.9)
    assert len(found(Break("extra", (5.0, 5.0), (6.0, 7.7)), take=longer)[0]) == 1
    assert len(found(Break("extra", (5.0, 5.0), (6.0, 7.2)))[0]) == 1


def test_walking_on_and_off_is_no_fault():
    before = Break("extra", (1.0, 1.0), (0.0, 2.0))
    after = Break("extra", (12.0, 12.0), (13.0, 16.0))
    assert found(before, after) == ((), True)


def test_who_stands_from_the_beginning_waits_and_does_not_pause():
    one = Break("extra", (2.0, 2.0), (3.0, 5.0))
    assert found(one, take=stood(0.0, 5.0))[0] == ()
    assert len(found(one, take=stood(3.0, 5.0))[0]) == 1


def test_a_beginning_and_an_end_that_are_missing_are_no_note_and_not_the_whole():
    before = Break("skipped", (0.0, 1.0), (2.0, 2.0))
    after = Break("skipped", (12.0, 16.0), (13.0, 13.0))
    assert found(before, after) == ((), False)


def test_something_else_in_its_place_is_one_note():
    notes, _ = found(
        Break("extra", (4.0, 4.0), (5.0, 8.0)), Break("skipped", (4.0, 6.5), (8.0, 8.0))
    )
    (note,) = notes
    assert (note.kind, note.presence) == ("missing", "replaced")
    assert note.difference.value == pytest.approx(-2.5)
    assert (note.take.start_s, note.take.end_s) == (5.0, 8.0)
    assert "something else" in note.reason


def test_breaks_side_by_side_are_one_and_count_together():
    notes, _ = found(
        Break("skipped", (4.0, 5.5), (5.0, 5.3)),
        Break("skipped", (5.9, 7.0), (5.6, 5.6)),
    )
    (note,) = notes
    assert note.difference.value == pytest.approx(-2.3)
    assert (note.reference.start_s, note.reference.end_s) == (4.0, 7.0)


def test_breaks_far_apart_are_two():
    notes, _ = found(
        Break("skipped", (3.0, 5.0), (4.0, 4.0)),
        Break("skipped", (8.0, 9.5), (7.0, 7.0)),
    )
    assert [note.difference.value for note in notes] == pytest.approx([-2.0, -1.5])


def test_a_slow_take_leaves_out_seconds_of_the_reference():
    (note,), _ = found(Break("skipped", (4.0, 7.0), (5.0, 5.6)), tempo=1.5)
    assert note.difference.value == pytest.approx(-3.0 + 0.6 / 1.5)


def test_a_line_up_without_dancing_says_nothing():
    assert presence(made.no_line_up(), MOVING, MOVING, WORDS) == ()
