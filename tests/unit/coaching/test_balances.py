"""How surely it is known how long a dancer stands on one foot."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from repetiteur.coaching.balances import CONTACT_S, balances, stood, stood_sd
from repetiteur.kinematics.doubts import copies_of
from repetiteur.kinematics.estimates import moment_sd
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.findings import Span
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.steps import close_fifth, equilibre, fifth_position

#: Three quarters of its variance stay for good; the rest is off by half of this.
OFF_M = 0.016


@cache
def moved(slower=1.0, off=0.0):
    """A balance on the left, danced so many times slower, with points so far off."""
    steps = fifth_position("right"), equilibre("right"), close_fifth("right", "devant")
    body = body_of(dance(Phrase.of(*steps, fifth_position("right"))))
    sd = {name: np.full(place.shape, off) for name, place in body.points.items()}
    return movement_of(replace(body, time=slower * body.time, sd=sd if off else {}))


def surely(movement):
    """Standard deviation of the one balance of a movement, seconds."""
    (held,) = balances(movement)
    return stood_sd(movement, 0.0, Span(held.start_s, held.end_s), held.side)


def test_of_points_without_errors_the_moments_of_contact_are_all_there_is():
    one = moved()
    ends = np.sqrt(2.0) * moment_sd(1.0 / one.rate, CONTACT_S)
    assert surely(one) == pytest.approx(ends)


def test_a_foot_that_passes_slowly_leaves_open_when():
    """Six times slower passes six times slower; a fast one is known to CONTACT_S."""
    fast, slow, slower = (surely(moved(k, OFF_M)) for k in (1.0, 6.0, 12.0))
    assert fast == pytest.approx(surely(moved()), rel=0.3)
    assert slow > 2.0 * fast
    assert slower == pytest.approx(2.0 * slow, rel=0.05)


def test_a_foot_of_which_nobody_knows_how_high_it_is_tells_no_moment():
    one = moved(1.0, 10.0)
    lasting = one.body.time[-1] - one.body.time[0]
    ends = np.sqrt(2.0) * moment_sd(1.0 / one.rate, lasting)
    assert surely(one) == pytest.approx(ends)


def test_it_is_how_far_copies_with_such_errors_lie_apart():
    one = moved(8.0, OFF_M)
    (held,) = balances(one)
    span = Span(held.start_s, held.end_s)
    copies = copies_of(one.body, count=16, seed=1)
    lasting = [stood(movement_of(body), span, held.side) for body in copies]
    assert 0.5 < np.std(lasting) / surely(one) < 2.0


def test_an_end_that_no_foot_makes_is_known_as_surely_as_a_contact():
    """A balance that a turn ends: the free foot is high, and stays there."""
    one = moved(8.0, OFF_M)
    (held,) = balances(one)
    ends = moment_sd(1.0 / one.rate, CONTACT_S)
    span = Span(held.start_s, held.end_s)
    time = one.body.time
    middle = int(np.searchsorted(time, 0.5 * (held.start_s + held.end_s)))
    turn = SimpleNamespace(start=middle, end=time.size - 1)
    cut = replace(one, turns=(turn,))
    by_turn = stood_sd(cut, 0.0, Span(held.start_s, time[middle]), held.side)
    whole = stood_sd(one, 0.0, span, held.side)
    assert ends < by_turn < whole
