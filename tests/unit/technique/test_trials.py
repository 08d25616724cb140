"""Several trials of one dancer: which belong together, and what they vary by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from danced_again import depths, measurement, trial
from repetiteur.technique.repeats import Trial
from repetiteur.technique.trials import compare


def of(found, measure):
    (one,) = [v for v in found.variations if v.measure == measure]
    return one


def test_three_trials_of_one_plie():
    found = of(compare([depths(1.0), depths(2.0), depths(3.0)]), "plie_depth")
    assert (found.trials, found.moments, found.mean) == (3, 1, 2.0)
    assert found.typical_error == pytest.approx(1.0)
    low, high = found.typical_error90
    assert (low, high) == (
        pytest.approx(0.578, abs=1e-3),
        pytest.approx(4.415, abs=1e-3),
    )
    assert found.detectable == pytest.approx(2.920 * np.sqrt(2.0), rel=1e-3)
    assert found.instrument == pytest.approx(0.1 / 1.645)
    assert found.own == pytest.approx(np.sqrt(1.0 - found.instrument**2))
    assert found.own90[0] < found.own < found.own90[1]


def test_what_tells_moments_apart_is_no_variation():
    found = of(compare([depths(1.0, 50.0), depths(2.0, 51.0)]), "plie_depth")
    assert found.moments == 2
    assert found.typical_error == pytest.approx(np.sqrt(0.5))


def test_the_moments_of_one_recording_are_trials():
    found = of(compare([depths(1.0, 2.0, 3.0)]), "plie_depth")
    assert (found.trials, found.moments) == (3, 1)
    assert found.typical_error == pytest.approx(1.0)


def test_two_trials_are_judged_and_leave_it_open():
    found = of(compare([depths(1.0), depths(2.0)]), "plie_depth")
    low, high = found.typical_error90
    assert high > 30.0 * low
    assert found.slope is None


def test_one_moment_alone_is_no_trial():
    found = compare([depths(1.0)])
    assert not found.variations
    (lacking,) = found.not_judged
    assert "There is one plié in it" in lacking.reason


def test_other_numbers_of_moments_are_not_compared():
    found = compare([depths(1.0, 2.0, 3.0), depths(1.0, 2.0), depths(4.0, 2.0)])
    assert not found.variations
    (lacking,) = found.not_judged
    assert lacking.reason == "The trials have 3, 2 and 2 pliés."
    assert "--from" in lacking.how_to_film


def test_a_kind_that_a_trial_lacks():
    turn = measurement(500.0, at=5.0, measure="turn_rotation", moment="turn")
    found = compare([trial(measurement(1.0), turn), trial(measurement(2.0))])
    (lacking,) = found.not_judged
    assert lacking.reason == "The trials have 1 and 0 turns."
    assert [one.measure for one in found.variations] == ["plie_depth"]


def test_legs_are_matched_apart():
    """Left first in one trial, right first in the other: each goes with its own."""
    first = trial(
        measurement(10.0, at=0.0), measurement(90.0, at=1.0),
        legs={0.0: "left", 1.0: "right"}.items(),
    )  # fmt: skip
    second = trial(
        measurement(91.0, at=0.0), measurement(11.0, at=1.0),
        legs={0.0: "right", 1.0: "left"}.items(),
    )  # fmt: skip
    left, right = compare([first, second]).variations
    assert (left.leg, left.mean, right.leg, right.mean) == ("left", 10.5, "right", 90.5)
    assert left.typical_error == right.typical_error == pytest.approx(np.sqrt(0.5))


def test_a_moment_that_is_not_judged_in_every_trial_is_left_out():
    found = of(compare([depths(1.0, 7.0), depths(2.0, None)]), "plie_depth")
    assert (found.trials, found.moments, found.mean) == (2, 1, 1.5)


def test_of_one_moment_the_trials_that_judged_it():
    found = of(compare([depths(1.0), depths(None), depths(2.0)]), "plie_depth")
    assert (found.trials, found.mean) == (2, 1.5)


def test_judged_in_one_trial_alone():
    found = compare([depths(1.0), depths(None), depths(None)])
    (lacking,) = found.not_judged
    assert lacking.measures == ("plie_depth",)
    assert lacking.reason == "Judged in 1 of the 3 trials alone."


def test_an_instrument_as_large_as_the_variation_leaves_nothing_to_the_dancer():
    trials = [depths(v, half=2.0) for v in (1.0, 2.0, 3.0)]
    found = of(compare(trials), "plie_depth")
    assert found.own is None
    assert found.typical_error == pytest.approx(1.0)


def test_who_still_changes_has_no_typical_error(rng):
    steady = rng.normal(size=8)
    better = [depths(float(v)) for v in steady + 4.0 * np.arange(8)]
    found = of(compare(better), "plie_depth")
    assert found.still_changing
    assert (found.typical_error, found.detectable, found.own) == (None, None, None)
    assert found.slope90[0] < 4.0 < found.slope90[1]
    same = of(compare([depths(float(v)) for v in steady]), "plie_depth")
    assert not same.still_changing


def test_a_line_within_what_the_instrument_can_tell_is_no_change():
    line = np.arange(6) * 0.1
    sure, unsure = (
        of(compare([depths(float(v), half=half) for v in line]), "plie_depth")
        for half in (0.01, 1.0)
    )
    assert sure.still_changing
    assert not unsure.still_changing


def test_directions_do_not_wrap():
    words = {"measure": "leg_azimuth", "moment": "gesture", "side": "left"}
    trials = [trial(measurement(v, **words)) for v in (179.0, -178.0, 181.0)]
    found = of(compare(trials), "leg_azimuth")
    assert found.typical_error < 2.0
    assert found.mean == pytest.approx(180.7, abs=0.1)


def test_names_and_counts_agree_or_do_not():
    words = {"moment": "turn", "side": "right"}

    def turn(sense, count):
        return trial(
            measurement(sense, measure="turn_sense", unit="label", **words),
            measurement(count, measure="turn_count", unit="rev", half=0.0, **words),
        )

    found = compare(
        [turn("en_dehors", 2.0), turn("en_dedans", 2.0), turn("en_dehors", 2.0)]
    )
    assert not found.variations
    sense, count = found.agreements
    assert (sense.most, sense.agree, sense.of) == (("en_dehors",), 2, 3)
    assert (count.most, count.agree, count.of) == ((2.0,), 3, 3)


def test_trials_that_are_equal_vary_by_nothing_and_do_not_change():
    found = of(compare([depths(0.1)] * 4), "plie_depth")
    assert found.typical_error == pytest.approx(0.0, abs=1e-15)
    assert not found.still_changing


@pytest.mark.parametrize("depth", [0.0, 0.1, 1e9])
def test_trials_that_are_equal_do_not_tell_what_a_change_is(depth):
    alike = of(compare([depths(depth)] * 3), "plie_depth")
    assert alike.detectable is None
    apart = of(
        compare([depths(depth), depths(depth), depths(depth + 1e2)]), "plie_depth"
    )
    assert apart.detectable > 0.0


def some(*values):
    """A trial with a plié a second; on those that are None nothing was measured."""
    whole = depths(*(0.0 if value is None else value for value in values))
    there = (
        measurement(value, at=float(second))
        for second, value in enumerate(values)
        if value is not None
    )
    return Trial(whole.moments, replace(whole.measured, measurements=tuple(there)))


def test_a_moment_that_was_not_measured_keeps_its_place():
    """Else the second plié of one would be compared with the third of the other."""
    found = of(compare([some(90.0, None, 30.0), some(91.0, 60.0, None)]), "plie_depth")
    assert (found.moments, found.mean) == (1, 90.5)
    assert found.typical_error == pytest.approx(np.sqrt(0.5))


def test_a_moment_that_was_not_measured_is_counted():
    (lacking,) = compare([some(90.0, None), some(91.0)]).not_judged
    assert lacking.reason == "The trials have 2 and 1 pliés."


def test_moments_on_which_nothing_was_measured_in_any_trial_are_nothing():
    found = compare([some(None, None), some(None)])
    assert (found.variations, found.agreements, found.not_judged) == ((), (), ())


def test_directions_do_not_wrap_from_moment_to_moment():
    words = {"measure": "leg_azimuth", "moment": "gesture", "side": "left"}
    trials = [
        trial(*(measurement(v, at=float(k), **words) for k, v in enumerate(values)))
        for values in ((179.0, -179.0), (178.0, -178.0), (177.0, -177.0))
    ]
    found = of(compare(trials), "leg_azimuth")
    assert abs(found.mean) == pytest.approx(180.0)
    assert found.typical_error == pytest.approx(1.0)
    assert found.mean90[0] < found.mean < found.mean90[1]


@pytest.mark.parametrize(
    ("measure", "moment", "values", "lowest"),
    [("support_travel", "turn", (0.05, 0.3), 0.0),
     ("leg_elevation", "gesture", (5.0, 25.0), 0.0),
     ("knee_flexion", "plie", (5.0, 25.0), -100.0)],
)  # fmt: skip
def test_a_mean_is_open_no_further_than_such_values_go(measure, moment, values, lowest):
    trials = [
        trial(measurement(v, measure=measure, moment=moment, half=0.01)) for v in values
    ]
    low, high = of(compare(trials), measure).mean90
    assert low == lowest or lowest < low < 0.0
    assert high > max(values)
