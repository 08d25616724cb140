"""Which events of two performances are the same, and what is said of them."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from repetiteur.align.alignment import Break
from repetiteur.coaching.event_kinds import BALANCES, JUMPS, JUMPS_BY_TIME, TURNS, kinds
from repetiteur.coaching.events import _of_themselves, events, measured, unjudged
from repetiteur.coaching.pairing import Two, in_both
from repetiteur.coaching.timeline import even, timeline
from repetiteur.coaching.wording import wording
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.findings import Difference, Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.jumps import saute
from repetiteur.synthetic.steps import close_fifth, equilibre, fifth_position
from repetiteur.synthetic.turns import pirouette_en_dehors
from unit.report import small_rehearsal as made

WORDS = wording("en")


@cache
def moved(balance=2.0, turns=1, flight=0.5):
    return movement_of(
        body_of(
            dance(
                Phrase.of(
                    fifth_position("right"),
                    equilibre("right", balance=balance),
                    close_fifth("right", "devant"),
                    saute(flight),
                    fifth_position("right"),
                    pirouette_en_dehors("right", turns),
                    fifth_position("left"),
                )
            )
        )
    )


def beside(reference, take, at=None, *, side="same", tempo=1.0, breaks=()):
    """Two lined up by what is known: moments of the reference, and of the take."""
    path = at or ([reference.body.time[0], reference.body.time[-1]],) * 2
    moments = np.arange(path[0][0], path[0][-1] + 1e-9, 0.02)
    alignment = replace(
        made.line_up(),
        side=side,
        tempo_ratio=tempo,
        reference_s=moments,
        take_s=np.interp(moments, *path),
        on_time_s=np.interp(moments, *path),
        late_s=np.zeros(moments.size),
        late_sd_s=np.full(moments.size, 0.01),
        state=np.full(moments.size, "danced"),
        sure=np.ones(moments.size),
        breaks=tuple(breaks),
    )
    bodies = even(reference.body), even(take.body)
    line = timeline(*bodies, alignment)
    return Two(reference, take, line, alignment)


def test_a_performance_beside_itself_has_its_events_once_each_and_no_note():
    one = moved()
    two = beside(one, one)
    found = {kind.name: list(in_both(kind, two)) for kind in kinds(one, one)}
    assert {name: len(pairs) for name, pairs in found.items()} == {
        "turn": 1, "flight": 1, "balance": 1,
    }  # fmt: skip
    assert all(both.met for pairs in found.values() for both in pairs)
    differences = {note.measure: note.difference.value for note in measured(two)}
    assert differences == pytest.approx(
        {"turn_count": 0.0, "jump_height_com": 0.0, "balance_time": 0.0}, abs=1e-9
    )
    assert events(two, WORDS) == ()


def test_sides_are_those_of_the_take():
    one = moved()
    (both,) = in_both(BALANCES, beside(one, movement_of(one.body.mirrored()),
                                       side="mirrored"))  # fmt: skip
    assert (one.balances[0].side, both.side) == ("left", "right")


def test_the_other_leg_is_another_balance():
    one = moved()
    assert not list(in_both(BALANCES, beside(one, movement_of(one.body.mirrored()))))


def test_a_shorter_balance_is_told_with_its_times():
    first, second = moved(2.0), moved(1.2)
    end = first.balances[0].end_s
    known = [0.0, end - 1.0, end, first.body.time[-1]]
    take_s = [0.0, end - 1.0, end - 0.8, second.body.time[-1]]
    (note,) = events(beside(first, second, (known, take_s)), WORDS)
    assert (note.measure, note.side, note.kind) == ("balance_time", "left", "less")
    assert note.difference.value == pytest.approx(-0.8, abs=0.05)
    assert note.take_value - note.reference_value == pytest.approx(
        note.difference.value
    )
    assert note.at_take_s == note.take.end_s
    time = second.body.time
    assert time[note.evidence.take_frames[1]] == pytest.approx(
        note.take.end_s, abs=0.02
    )
    assert note.text
    assert note.reason


def test_a_shorter_balance_whose_foot_may_be_anywhere_is_not_said():
    first, second = (
        replace(one, body=replace(one.body, sd=off(one.body, 0.4)))
        for one in (moved(2.0), moved(1.2))
    )
    end = first.balances[0].end_s
    known = [0.0, end - 1.0, end, first.body.time[-1]]
    take_s = [0.0, end - 1.0, end - 0.8, second.body.time[-1]]
    two = beside(first, second, (known, take_s))
    (held,) = (note for note in measured(two) if note.measure == "balance_time")
    assert held.difference.value == pytest.approx(-0.8, abs=0.05)
    assert not held.difference.beyond_floor
    assert events(two, WORDS) == ()


def off(body, sd):
    return {name: np.full(place.shape, sd) for name, place in body.points.items()}


@pytest.mark.parametrize("fall_sd", [0.0, 0.5, 2.2])
def test_a_body_that_does_not_follow_a_parabola_rises_nobody_knows_how_far(fall_sd):
    """As a parabola through even frames errs, from its end to its middle."""
    one = moved()
    (jump,) = one.airborne
    span = Span(jump.take_off_s, jump.landing_s)
    sure, unsure = (
        JUMPS.sd(replace(one, airborne=(replace(jump, fall_sd=sd),)), 0.3, span, None)
        for sd in (0.0, fall_sd)
    )
    x = np.linspace(-0.5, 0.5, 400) * jump.time_s
    columns = np.stack([np.ones(x.size), x, 0.5 * x**2])
    errors = np.linalg.inv(columns @ columns.T)
    way = np.array([0.0, 0.5 * jump.time_s, jump.time_s**2 / 8.0])
    expected = fall_sd * np.sqrt(way @ errors @ way / errors[2, 2])
    assert np.sqrt(unsure**2 - sure**2) == pytest.approx(expected, rel=0.02)


def test_an_event_of_one_alone_is_no_difference():
    """Another turn where the reference jumps, nothing where it turns."""
    one = moved()
    bare = replace(
        one, turns=(), balances=(), airborne=(), flights=(), turning=0.0 * one.turning
    )
    assert not list(measured(beside(one, bare)))
    assert not list(measured(beside(bare, one)))


def test_a_turn_of_half_its_size_counts_though_it_is_none_by_itself():
    one = moved()
    less = replace(one, turns=(), turning=0.5 * one.turning)
    (note,) = events(beside(one, less), WORDS)
    assert (note.measure, note.difference.value) == (
        "turn_count", pytest.approx(-0.5, abs=0.03),
    )  # fmt: skip


def test_two_turns_are_one_where_the_other_does_not_stop():
    one = moved(turns=2)
    (turn,) = one.turns
    middle = 0.5 * (turn.start_s + turn.end_s)
    halves = (
        replace(turn, end_s=middle - 0.02, rotation=0.5 * turn.rotation),
        replace(turn, start_s=middle + 0.02, rotation=0.5 * turn.rotation),
    )
    (both,) = in_both(TURNS, beside(one, replace(one, turns=halves)))
    assert both.take.start_s < turn.start_s < turn.end_s < both.take.end_s
    assert events(beside(one, replace(one, turns=halves)), WORDS) == ()


@pytest.mark.parametrize(
    ("one", "kept"),
    [
        (Break("skipped", (2.6, 3.1), (2.6, 2.6)), True),
        (Break("skipped", (2.0, 3.6), (2.0, 2.0)), False),
        (Break("repeated", (2.6, 3.1), (2.6, 3.1)), False),
        (Break("skipped", (0.1, 0.4), (0.1, 0.1)), True),
    ],
    ids=["short, within", "long, within", "danced twice", "before"],
)
def test_breaks_in_a_balance(one, kept):
    """The rest of a balance that is cut short is a short break."""
    two = beside(moved(), moved(), breaks=[one])
    held = moved().balances[0]
    assert held.start_s < 2.6 < 3.1 < held.end_s
    assert bool(list(in_both(BALANCES, two))) == kept


def test_what_is_not_lined_up_on_both_sides_is_not_compared():
    one = moved()
    half = one.turns[0].start_s - 4.0
    path = ([0.0, half], [0.0, half])
    assert not list(in_both(TURNS, beside(one, one, path)))


def test_slower_music_asks_for_a_longer_balance():
    one = moved()
    two = beside(one, one, tempo=1.3)
    (note,) = (n for n in events(two, WORDS) if n.measure == "balance_time")
    assert note.kind == "less"
    assert note.reference_value == pytest.approx(1.3 * note.take_value)


def test_by_time_alone_a_jump_is_told_where_no_tempo_explains_it():
    """In 1.2 times the time a copy is in the air for longer, a dancer is not."""
    share = JUMPS_BY_TIME.meant(moved(), moved(), 1.2)
    assert share == pytest.approx((1.0, 1.44))
    assert JUMPS_BY_TIME.meant(moved(), moved(), 0.9) == pytest.approx((0.81, 1.0))


def test_in_a_picture_balances_alone_are_judged_and_the_rest_says_why():
    one = moved()
    seen = replace(one, body=replace(one.body, space="2d"))
    two = replace(beside(one, one), reference=seen, take=seen)
    entries = {entry.measure: entry for entry in unjudged(two, WORDS)}
    assert set(entries) == {"turn_count", "jump_height_flight"}
    assert "camera" in entries["turn_count"].reason
    assert "foot leaves the floor" in entries["jump_height_flight"].reason
    assert all(len(entry.spans) == 1 for entry in entries.values())
    (held,) = measured(two)
    assert held.measure == "balance_time"
    assert not held.difference.beyond_floor
    assert list(unjudged(beside(one, one), WORDS)) == []
    assert list(measured(beside(one, one))) != []


def test_what_is_told_by_its_time_is_not_compared_with_several_references():
    first, take = moved(2.0), moved(1.2)
    end = first.balances[0].end_s
    known = [0.0, end - 1.0, end, first.body.time[-1]]
    take_s = [0.0, end - 1.0, end - 0.8, take.body.time[-1]]
    two = beside(first, take, (known, take_s))
    also = replace(two, others=(moved(1.3),))
    assert len(events(two, WORDS)) == 1
    assert events(also, WORDS) == ()
    assert list(unjudged(two, WORDS)) == []
    (entry,) = unjudged(also, WORDS)
    assert entry.measure == "balance_time"
    assert "one reference alone" in entry.how_to_film


def turn(revolutions, start_s):
    apart = (revolutions - 0.05, revolutions + 0.05)
    span = Span(start_s, start_s + 1.0)
    gap = Difference(revolutions, "rev", apart, 0.25)
    return made.note(measure="turn_count", side="left", difference=gap, take=span)


def test_what_makes_up_for_a_turn_explains_no_further_one():
    notes = [turn(way * 0.5, 2.0 * k) for k, way in enumerate((-1, 1, -1, 1, -1))]
    assert _of_themselves(notes) == [notes[0], notes[2], notes[4]]
    far = [turn(-0.5, 0.0), turn(0.5, 9.0)]
    assert _of_themselves(far) == far
