"""Scores of the trials: the truth is full, silence and errors are not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest


def skipped(a, b):
    from planting_truth import Break

    return Break("skipped", (a, b), (3.0, 3.0))


def extra(a, b):
    from planting_truth import Break

    return Break("extra", (2.0, 2.0), (a, b))


def test_what_is_found_is_a_hit_by_overlap():
    from planting_scores import matched

    planted = [skipped(2.0, 4.0), skipped(8.0, 10.0)]
    tally, wrong = matched([skipped(2.2, 4.2), skipped(8.9, 12.0)], planted, "skipped")
    assert (tally.hit, tally.false, tally.missed) == (1, 1, 1)
    assert tally.f1 == 0.5
    assert wrong[0].startswith("missed skipped: reference 8.00-10.00")
    assert wrong[1].startswith("false skipped: reference 8.90-12.00")


def test_one_find_is_not_two():
    from planting_scores import matched

    tally, _ = matched([extra(2.0, 4.0)] * 2, [extra(2.0, 4.0)], "extra")
    assert (tally.hit, tally.false, tally.missed) == (1, 1, 0)


def test_silence_misses_all():
    from planting_scores import by_the_frame, matched

    planted = [skipped(2.0, 4.0), extra(5.0, 6.0)]
    assert matched([], planted, "extra")[0].f1 == 0.0
    assert by_the_frame([], planted, "skipped", 10.0).f1 == 0.0
    assert matched([], planted, "repeated")[0].figures()["f1"] is None


def test_seconds_are_counted_in_the_recording_that_is_alone():
    from planting_scores import by_the_frame

    tally = by_the_frame([extra(5.0, 7.0)], [extra(6.0, 9.0)], "extra", 20.0)
    assert (tally.hit, tally.false, tally.missed) == pytest.approx((1.0, 1.0, 2.0))


def test_a_stop_that_is_found_as_extra_is_no_false_break():
    from planting_scores import in_a_stop
    from planting_truth import Stop

    stops = [Stop(2.0, (5.0, 7.0))]
    assert in_a_stop(extra(4.8, 7.3), stops)
    assert not in_a_stop(extra(4.8, 9.0), stops)
    assert not in_a_stop(skipped(5.0, 7.0), stops)


def alignment_of(truth, seconds, *, late_s=0.0, sd_s=0.02):
    """What a program would give that knows the truth, off by so much."""
    from repetiteur.align.alignment import Alignment

    reference = np.arange(0.0, seconds, 1 / 60)
    take = truth.take_at(reference)
    reference, take = reference[np.isfinite(take)], take[np.isfinite(take)]
    late = truth.late_at(reference) + late_s
    return Alignment(
        side=truth.side,
        tempo_ratio=truth.tempo,
        start_offset_s=truth.offset_s,
        confidence=1.0,
        judged_share=1.0,
        heading_deg=truth.heading_deg,
        reference_s=reference,
        take_s=take,
        state=np.full(reference.size, "danced"),
        sure=np.ones(reference.size),
        on_time_s=take - truth.late_at(reference),
        late_s=late,
        late_sd_s=np.full(reference.size, sd_s),
        breaks=truth.breaks,
    )


@pytest.fixture
def take():
    from planting_sources import synthetic
    from planting_takes import Breaks, plant
    from planting_variation import Variation

    source = synthetic()["allegro"]
    variation = Variation(
        tempo=1.1, wobble_s=0.03, side="mirrored", facing_deg=170.0, start_s=1.0
    )
    breaks = Breaks(skips=((6.0, 8.0),), repeats=((12.0, 14.0),))
    rng = np.random.default_rng(1)
    return plant(source, variation, rng=rng, breaks=breaks)


def test_the_truth_itself_is_without_fault(take):
    from planted_warps import Trial, figures, judge, score_breaks

    found = alignment_of(take.truth, 23.0)
    trial = Trial("truth")
    judge(trial, found, take.truth)
    score_breaks(trial, found.breaks, take.truth, 23.0, take.motion.time[-1])
    assert trial.side_right
    assert trial.frames < 1e-6
    assert trial.wrong == []
    assert figures([trial])["breaks"]["all"]["f1"] == 1.0


def test_what_is_off_is_seen(take):
    from planted_warps import Trial, judge, score_breaks

    found = alignment_of(take.truth, 23.0)
    # Two frames of the reference later than in truth, on the other side, no breaks.
    late = replace(found, reference_s=found.reference_s + 2 / 60, side="same")
    trial = Trial("off")
    judge(trial, late, take.truth)
    score_breaks(trial, (), take.truth, 23.0, take.motion.time[-1])
    assert not trial.side_right
    assert trial.frames == pytest.approx(2.0, abs=0.01)
    assert trial.breaks["skipped"].missed == trial.breaks["repeated"].missed == 1
    assert len(trial.wrong) == 3


@pytest.mark.parametrize(("off_s", "held"), [(0.0, 1.0), (0.03, 1.0), (0.04, 0.0)])
def test_intervals_hold_what_is_within_them(take, off_s, held):
    from planted_lateness import Trial, judge

    trial = Trial("late")
    judge(trial, alignment_of(take.truth, 23.0, late_s=off_s), take.truth, 23.0)
    assert trial.half.size > 15
    assert trial.held == held


def test_moments_that_are_not_told_are_not_judged(take):
    from planted_lateness import Trial, figures, judge

    found = alignment_of(take.truth, 23.0)
    sd = np.where(found.reference_s < 12.0, np.inf, found.late_sd_s)
    trial = Trial("late")
    judge(trial, replace(found, late_sd_s=sd), take.truth, 23.0)
    assert trial.reference_s.min() >= 11.9
    assert 0.3 < figures([trial])["judged"] < 0.6


@pytest.mark.parametrize("group", ["warps", "structures"])
def test_a_trial_of_real_motion(test_data, group):
    from planted_warps import run

    trial = run(group, 0, test_data)
    again = run(group, 0, test_data)
    assert trial.side_right
    assert trial.frames < 1.2
    assert trial.frames == again.frames


def test_a_trial_of_real_lateness(test_data):
    from planted_lateness import run

    trial = run("late", 2, test_data)
    assert abs(trial.planted_s) > 0.1
    assert trial.found_planted
    silent = run("none", 0, test_data)
    assert silent.noted == []
