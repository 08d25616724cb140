"""What marks say of the notes, and what they cannot say."""

import numpy as np
import pytest

from repetiteur.coaching.agreement import PROGRAM, agreement
from repetiteur.errors import NothingToJudge
from repetiteur.io.marks import Mark


def marks(rater, answers, notes="monday", **changes):
    return [
        Mark(notes, f"n{k}", answer, rater, **changes)
        for k, answer in enumerate(answers.split(), start=1)
    ]


def figure(found, what, *raters):
    return next(
        one for one in found.figures if (one.what, one.raters) == (what, raters)
    )


def why(found, what, *raters):
    return next(
        one.reason
        for one in found.not_judged
        if (one.what, one.raters) == (what, raters)
    )


def test_one_rater():
    found = agreement(marks("Anna", "accept accept reject not_now accept"))
    accepted = figure(found, "accepted", "Anna")
    assert accepted.of == 4
    assert accepted.estimate.value == 0.75
    assert accepted.estimate.low < 0.75 < accepted.estimate.high
    assert found.not_now == {"Anna": 1}
    assert "missed" in why(found, "found", "Anna")
    assert "neither" in why(found, "kappa", PROGRAM, "Anna")


def test_what_was_missed_counts_where_it_was_looked_for():
    here = marks("Anna", "accept accept reject missed")
    elsewhere = marks("Anna", "accept accept accept accept", "tuesday")
    found = agreement(here + elsewhere)
    assert figure(found, "found", "Anna").of == 3
    assert figure(found, "found", "Anna").estimate.value == pytest.approx(2 / 3)
    assert figure(found, "agreement", "Anna").estimate.value == pytest.approx(4 / 6)
    assert figure(found, "accepted", "Anna").of == 7


def test_to_miss_nothing_has_to_be_said():
    found = agreement(
        [*marks("Anna", "accept"), Mark("monday", "", "none_missed", "Anna")]
    )
    assert figure(found, "found", "Anna").estimate.value == 1.0
    found = agreement(
        [*marks("Anna", "reject"), Mark("monday", "", "none_missed", "Anna")]
    )
    assert why(found, "found", "Anna") == "The rater sees no fault."


def test_two_raters_are_compared_on_what_both_decided():
    one = marks("Anna", "accept accept reject reject not_now accept")
    other = marks("Ben", "accept reject reject reject accept")
    found = figure(agreement(one + other), "kappa", "Anna", "Ben")
    assert found.of == 4
    assert found.estimate.value == pytest.approx(0.5)


def test_two_who_share_no_note_are_not_compared():
    found = agreement(marks("Anna", "accept") + marks("Ben", "accept", "tuesday"))
    assert "no note in common" in why(found, "kappa", "Anna", "Ben")


def test_two_who_accept_everything_agree_as_chance_does():
    found = agreement(marks("Anna", "accept accept") + marks("Ben", "accept accept"))
    assert "chance" in why(found, "kappa", "Anna", "Ben")


def test_the_later_mark_counts():
    found = agreement(marks("Anna", "reject") + marks("Ben", "reject")
                      + marks("Anna", "accept"))  # fmt: skip
    assert figure(found, "accepted", "Anna").estimate.value == 1.0


def sized(rater, sizes, unit="deg", said=None):
    said = [None] * len(sizes) if said is None else said
    return [
        Mark("monday", f"n{k}", "accept", rater, tool, size, unit)
        for k, (size, tool) in enumerate(zip(sizes, said, strict=True), start=1)
    ]


def test_sizes_are_compared_without_their_signs():
    said = [-12.0, 20.0, -6.0, 9.0, 15.0]
    given = sized("Anna", [11.0, 21.0, 7.0, -8.0, 14.0], said=said)
    found = figure(agreement(given), "icc", PROGRAM, "Anna")
    assert (found.of, found.unit) == (5, "deg")
    assert found.estimate.value > 0.95
    silent = figure(agreement([*given, *sized("Ben", [1.0, 30.0, 2.0, 1.0, 9.0])]),
                    "icc", "Anna", "Ben")  # fmt: skip
    assert silent.estimate.value < found.estimate.value


def test_units_stay_apart():
    given = sized("Anna", [0.1, 0.3, 0.2], "s", said=[0.1, 0.2, 0.2])
    given += [
        Mark("tuesday", m.note, "accept", "Anna", 100 * m.said, 90 * m.size, "deg")
        for m in given
    ]
    units = {one.unit: one.of for one in agreement(given).figures if one.what == "icc"}
    assert units == {"s": 3, "deg": 3}


def test_sizes_that_tell_nothing_have_a_reason():
    few = agreement(sized("Anna", [3.0, 4.0], said=[3.0, 5.0]))
    assert "3 notes are needed" in why(few, "icc", PROGRAM, "Anna")
    alike = agreement(sized("Anna", [3.0, 4.0, 5.0], said=[3.0, 4.0, 5.0]))
    assert "alike" in why(alike, "icc", PROGRAM, "Anna")
    mixed = agreement(sized("Anna", [3.0]) + sized("Ben", [3.0], "s"))
    assert "no size of one note" in why(mixed, "icc", "Anna", "Ben")


def test_a_missed_fault_has_no_size_to_compare():
    given = [
        Mark("monday", f"m{k}", "missed", who, None, 5.0 + k, "deg")
        for who in ("Anna", "Ben")
        for k in range(4)
    ]
    found = agreement(given)
    assert not [one for one in found.figures if one.what == "icc"]


@pytest.mark.parametrize("given", [[], marks("Anna", "not_now not_now")])
def test_no_decision_is_nothing_to_judge(given):
    with pytest.raises(NothingToJudge, match="accepted or rejected"):
        agreement(given)


def test_every_figure_has_an_interval_around_it():
    rng = np.random.default_rng(3)
    given = []
    for who in ("Anna", "Ben", "Cleo"):
        answers = rng.choice(
            ["accept", "reject", "missed", "not_now"], 30, p=[0.6, 0.2, 0.1, 0.1]
        )
        given += [
            Mark("monday", f"n{k}", str(answer), who, float(k), k + rng.normal(), "deg")
            for k, answer in enumerate(answers)
        ]
    found = agreement(given)
    assert len(found.figures) == 9 + 3 + 6
    for one in found.figures:
        assert one.estimate.low < one.estimate.value < one.estimate.high
