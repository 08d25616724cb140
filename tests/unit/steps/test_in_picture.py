"""Names on which bodies that look alike agree."""

import pytest

from repetiteur.steps.in_picture import ALL, SURE, agreed
from repetiteur.steps.step import Step


def step(name, start, end=None, sure=0.9, **more):
    return Step(name, None, start, start + 1.0 if end is None else end, sure, **more)


def test_what_all_see_is_named_in_the_middle_of_their_times():
    (found,) = agreed([[step("retire", 0.2 * k)] for k in range(3)])
    assert (found.id, found.confidence) == ("retire", pytest.approx(0.9))
    assert (found.start_s, found.end_s) == (0.2, 1.2)


def test_what_few_see_is_not_named():
    one, none = [step("retire", 0.0, sure=1.0)], []
    assert agreed([one] * 9 + [none])
    assert not agreed([one] * 7 + [none] * 3, sure=0.8)
    assert not agreed([one] * 5 + [none] * 5)


def test_how_sure_bodies_are_counts():
    danced = [[step("retire", 0.0, sure=s)] for s in (1.0, SURE, SURE - 0.1)]
    (found,) = agreed(danced)
    assert found.confidence == pytest.approx((0.9 + 2.0 * SURE) / 3.0)


def test_one_movement_has_one_name():
    danced = [[step("retire", 0.0, sure=1.0)]] * 9 + [[step("attitude", 0.1)]]
    assert [one.id for one in agreed(danced)] == ["retire"]


def test_of_two_names_between_which_bodies_are_divided_none_is_said():
    third, fifth = step("third_position", 0.0), step("fifth_position", 0.0)
    assert agreed([[third]] * 2 + [[fifth]] * 2) == ()
    assert agreed([[third], []]) == ()
    (found,) = agreed([[third]] * 9 + [[fifth]])
    assert (found.id, found.runner_up) == ("third_position", "fifth_position")


def test_a_step_that_bodies_leave_undecided_counts_half():
    danced = [[step("retire", 0.0, sure=1.0, undecided=True)]] * 3
    assert not agreed(danced)
    assert agreed(danced, sure=0.5)


def test_the_arms_go_beside_the_feet():
    danced = [[step("retire", 0.0), step("port_de_bras", 0.0)]] * 2
    assert {one.id for one in agreed(danced)} == {"retire", "port_de_bras"}


def test_what_asks_for_little_needs_all_bodies():
    def heard(sure):
        return agreed([[step("temps_leve", 0.0, sure=sure)]] * 3)

    assert heard(ALL + 0.01)
    assert not heard(ALL - 0.01)


def test_each_step_of_a_row_is_named_once():
    danced = [[step("saute", 0.0), step("saute", 1.0)]] * 3
    assert [one.start_s for one in agreed(danced)] == [0.0, 1.0]


def test_nothing_gives_nothing():
    assert agreed([[], []]) == ()
