"""What became of earlier notes: the same place, measured again."""

from dataclasses import replace

import numpy as np
import pytest

from manners import SPANS, only, told
from repetiteur.coaching import moments
from repetiteur.coaching.differences import Comparison
from repetiteur.coaching.ledger import change, corrections, same_reference, state_of
from repetiteur.coaching.presence import Gap
from repetiteur.coaching.shown import Shown
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.wording import wording
from repetiteur.errors import NothingToJudge
from repetiteur.io.notes import Earlier, EarlierNote
from repetiteur.model.findings import Difference, Span
from repetiteur.technique.curve import curves
from unit.report import small_rehearsal as made

CURVES = {one.id: one for one in curves()}
STEP, FRAMES = 1 / 60, 601
PLACE = Span(3.0, 5.0)


def line(late=0.0, sd=0.01, hidden=()):
    time = np.arange(FRAMES) * STEP
    take = time + late
    for start, end in hidden:
        take[(time >= start) & (time <= end)] = np.nan
    return Timeline(
        reference_s=time,
        take_s=take,
        late_s=np.where(np.isfinite(take), take - time, np.nan),
        late_sd_s=np.full(FRAMES, sd),
        support=np.zeros(FRAMES, np.int8),
    )


def compared(lower, measure="leg_elevation", side="left", reference=90.0):
    """A take that is so much lower in its place."""
    values = np.broadcast_to(reference, FRAMES).astype(float)
    time = np.arange(FRAMES) * STEP
    blend = np.clip(np.minimum(time - 2.8, 5.2 - time) / 0.4, 0.0, 1.0)
    take = values - lower * blend
    return Comparison(
        CURVES[measure],
        side,
        values,
        take,
        take - values,
        timing_sd=np.zeros(FRAMES),
        sd=np.full(FRAMES, CURVES[measure].difference_error),
        blind={},
    )


def shown(*comparisons, **changes):
    plain = Shown("same", comparisons, line(), moments.TIMING_FLOOR_S, ())
    return replace(plain, **changes)


def note(lower=12.0, half=3.0, **changes):
    gap = Difference(-lower, "deg", (-lower - half, -lower + half), 5.0)
    made = EarlierNote("n1", "leg_elevation", "left", PLACE, 4.0, gap)
    return replace(made, **changes)


def earlier(*notes, side="same"):
    return Earlier("monday.bvh", ("a" * 64,), side, notes)


def became(note, what, side="same"):
    (found,) = corrections([earlier(note, side=side)], what, wording())
    return found


@pytest.mark.parametrize(
    ("lower", "state"),
    [
        (0.0, "improved"),
        (-1.0, "improved"),
        (7.0, "improved"),
        (11.0, "kept"),
        (12.0, "kept"),
        (14.0, "kept"),
        (20.0, "lost"),
    ],
)
def test_a_difference_is_followed_at_its_place(lower, state):
    found = became(note(), shown(compared(lower)))
    assert found.state == state
    assert found.now is not None
    assert found.change is not None
    assert found.now.value == pytest.approx(-lower, abs=0.05)
    assert found.change.value == pytest.approx(12.0 - lower, abs=0.05)
    low, high = found.change.interval90
    assert low < found.change.value < high
    assert (found.source, found.note, found.reason) == ("monday.bvh", "n1", "")


def test_a_take_beside_itself_has_not_changed():
    one = compared(12.0)
    (moment,) = moments.shape_moments(one, line())
    first, last = moment.first * STEP, moment.last * STEP
    then = note(reference=Span(first, last), difference=moment.difference)
    found = became(then, shown(one))
    assert found.change is not None
    assert found.change.value == 0.0
    assert found.state == "kept"


def test_a_smaller_difference_is_measured_though_it_is_no_note():
    found = became(note(), shown(compared(4.0)))
    assert found.now is not None
    assert not found.now.beyond_floor
    assert found.now.value == pytest.approx(-4.0, abs=0.05)
    assert found.state == "improved", "its interval reaches beyond the floor"


def test_what_is_neither_surely_smaller_nor_larger_is_kept():
    found = became(note(lower=8.5), shown(compared(6.5)))
    assert (found.state, found.reason) == ("kept", "")


@pytest.mark.parametrize(
    ("changes", "what", "said"),
    [
        ({}, shown(compared(0.0), line=line(hidden=[(2.9, 4.5)])), "not danced"),
        ({"reference": Span(20.0, 21.0)}, shown(compared(0.0)), "not danced"),
        ({"side": "right"}, shown(compared(0.0)), "not measured"),
        ({"measure": "sparkle"}, shown(compared(0.0)), "cannot be told"),
        ({}, shown(compared(np.nan)), "cannot be seen"),
    ],
)
def test_a_place_that_shows_nothing_is_not_seen(changes, what, said):
    found = became(note(**changes), what)
    assert found.state == "not_seen"
    assert said in found.reason
    assert (found.now, found.change) == (None, None)


def test_another_unit_is_not_compared():
    metres = replace(note().difference, unit="m")
    assert became(note(difference=metres), shown(compared(0.0))).state == "not_seen"


def test_a_leg_is_not_followed_to_the_other_side_but_lateness_is():
    what = shown(compared(0.0), side="mirrored")
    assert became(note(), what).reason == "This take dances the other side."
    assert became(note(), what, side="mirrored").state == "improved"
    late = Difference(0.2, "s", (0.17, 0.23), 0.07)
    timing = note(measure="timing_path", side=None, difference=late)
    assert became(timing, what).state == "improved"


@pytest.mark.parametrize(
    ("late", "state"),
    [(0.0, "improved"), (0.1, "improved"), (0.2, "kept"), (0.3, "lost")],
)
def test_lateness_is_followed(late, state):
    then = Difference(0.2, "s", (0.17, 0.23), 0.07)
    timing = note(measure="timing_path", side=None, difference=then)
    found = became(timing, shown(line=line(late)))
    assert found.state == state
    assert found.change is not None
    assert found.change.value == pytest.approx(late - 0.2)


def test_lateness_of_who_stands_still_cannot_be_told():
    then = Difference(0.2, "s", (0.17, 0.23), 0.07)
    timing = note(measure="timing_path", side=None, difference=then)
    found = became(timing, shown(line=line(0.0, sd=0.5)))
    assert (found.state, found.now) == ("not_seen", None)


def test_a_straight_knee_is_followed_by_its_bend():
    bent = Difference(14.0, "deg", (11.0, 17.0), 5.0)
    knee = note(measure="knee_extension_support", side="right", difference=bent)
    now = compared(-14.0, "knee_flexion", "right", reference=0.0)
    assert became(knee, shown(now)).state == "kept"


def test_a_kick_is_followed_at_its_height():
    time = np.arange(FRAMES) * STEP
    kick = 20 + 80 * np.clip(1 - np.abs(time - 4.0) / 0.4, 0, 1)
    one = compared(0.0, reference=kick)
    one = replace(one, take=np.where(kick > 60, 60.0, kick))
    short = Span(3.93, 4.07)
    found = became(note(lower=40.0, reference=short), shown(one))
    assert found.now is not None
    assert found.now.value == pytest.approx(-40.0)


def missing(value, **changes):
    gap = Difference(value, "s", (value - 0.4, value + 0.4), 0.5)
    changes = {"measure": "step_presence", "side": None, "difference": gap, **changes}
    return note(presence="skipped" if value < 0 else "extra", **changes)


def test_a_step_that_is_danced_again_is_improved():
    found = became(missing(-2.0), shown())
    assert found.state == "improved"
    assert found.now is not None
    low, high = found.now.interval90
    assert low < 0.0 < high


def test_a_step_that_is_left_out_again_is_as_it_was():
    gap = Gap("skipped", Span(3.1, 4.9), Span(3.1, 3.1), -1.8)
    hidden = line(hidden=[(3.1, 4.9)])
    assert became(missing(-2.0), shown(gaps=[gap], line=hidden)).state == "kept"
    other = Gap("extra", Span(3.1, 3.1), Span(3.1, 4.9), 1.8)
    assert became(missing(-2.0), shown(gaps=[other])).state == "improved"
    far = replace(gap, reference=Span(8.0, 9.0))
    assert became(missing(-2.0), shown(gaps=[far])).state == "improved"


def test_a_step_beyond_what_was_lined_up_is_not_seen():
    hidden = line(hidden=[(2.0, 9.0)])
    assert became(missing(-2.0), shown(line=hidden)).state == "not_seen"


def test_a_turn_is_followed_by_its_notes():
    turns = Difference(-1.0, "rev", (-1.1, -0.9), 0.25)
    turn = note(measure="turn_count", difference=turns)
    again = made.note(measure="turn_count", difference=turns, reference=Span(3, 5))
    assert became(turn, shown(events=[again])).state == "kept"
    assert became(turn, shown()).state == "not_seen"


def test_what_is_overdone_is_not_improved():
    then, now = note().difference, Difference(11.0, "deg", (8.0, 14.0), 5.0)
    assert state_of(then, now) == "lost"
    assert change(then, now).value == 23.0


def test_uneven_intervals_stay_uneven():
    then = Difference(-10.0, "deg", (-14.0, -9.0), 5.0)
    now = Difference(-4.0, "deg", (-7.0, -4.0), 5.0)
    low, high = change(then, now).interval90
    assert low == pytest.approx(6.0 - np.hypot(3.0, 1.0))
    assert high == pytest.approx(6.0 + 4.0)


def test_intervals_of_changes_hold_the_truth_in_nine_of_ten():
    rng = np.random.default_rng(5)
    then, now = rng.normal([-12.0, -7.0], [2.0, 3.0], (4000, 2)).T
    half = 1.645 * np.array([2.0, 3.0])
    inside = 0
    for a, b in zip(then, now, strict=True):
        found = change(
            Difference(a, "deg", (a - half[0], a + half[0]), 5.0),
            Difference(b, "deg", (b - half[1], b + half[1]), 5.0),
        )
        low, high = found.interval90
        inside += low <= 5.0 <= high
    assert 0.885 <= inside / 4000 <= 0.915


def test_another_reference_is_refused_with_what_is_needed():
    one = Earlier("monday.bvh", ("a" * 64, "b" * 64), "same", ())
    same_reference(one, ("ref.bvh", "a" * 64), ["b" * 64])
    with pytest.raises(NothingToJudge, match=r"another file than ref\.bvh"):
        same_reference(one, ("ref.bvh", "c" * 64), ["b" * 64])
    with pytest.raises(NothingToJudge, match="beside 1 of them, not these 0"):
        same_reference(one, ("ref.bvh", "a" * 64), [])


# ---------- qualities of movement ----------


def quality(where=(10, 14), **changes):
    """A note on arms that were half again as sudden in some windows."""
    gap = Difference(50.0, "%", (48.0, 52.0), 26.0)
    at = Span(SPANS[where[0]].start_s, SPANS[where[1]].end_s)
    given = {"measure": "effort_time.hands", "side": None, "difference": gap}
    return note(**(given | {"reference": at} | changes))


@pytest.mark.parametrize(
    ("now", "state"), [(3.0, "kept"), (2.2, "improved"), (4.0, "lost"), (1.0, "lost")]
)
@pytest.mark.parametrize("side", ["same", "mirrored"])
def test_a_quality_is_told_at_its_place_again_on_either_side(now, state, side):
    one = became(quality(), shown(qualities=told(effort_time__hands=now)), side)
    assert one.state == state
    assert one.now.value == pytest.approx(50.0 * (now - 2.0))
    assert one.change.value == pytest.approx(one.now.value - 50.0)


def test_a_quality_of_elsewhere_is_not_that_of_its_place():
    elsewhere = shown(qualities=told(effort_time__hands=only(20, 25, 5.0)))
    assert became(quality(), elsewhere).now.value == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("changes", "qualities", "why"),
    [
        ({}, None, "not_measured"),
        ({}, told(arm_height=80.0), "not_measured"),
        ({}, told(effort_time__hands=only(0, 20, np.nan)), "not_danced"),
        ({"reference": Span(80.0, 90.0)}, told(effort_time__hands=3.0), "not_danced"),
        ({"difference": Difference(1.0, "s", (0.9, 1.1), 0.1)},
         told(effort_time__hands=3.0), "not_measured"),
        ({"measure": "quantity_of_motion"}, told(quantity_of_motion=3.0), "not_told"),
    ],
)  # fmt: skip
def test_why_a_quality_is_not_told_now(changes, qualities, why):
    one = became(quality(**changes), shown(qualities=qualities))
    assert (one.state, one.now) == ("not_seen", None)
    assert one.reason == wording().messages["earlier"][why]
