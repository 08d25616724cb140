"""Being on the music: what is said of a dance, and what is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from projecting import Camera, seen
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.counts import Counts, counted
from repetiteur.model.poses import body_of
from repetiteur.synthetic import Phrase, dance
from repetiteur.synthetic.barre import degage
from repetiteur.synthetic.keyposes import KeyPose
from repetiteur.synthetic.steps import demi_plie, fifth_position
from repetiteur.technique.musicality import MEASURES, musicality


def moving(step, times=12, fps=60.0):
    phrase = Phrase.of(fifth_position("left"), *[step] * times)
    return movement_of(body_of(dance(phrase, fps=fps)))


def every_count(lasting, first=0.0, beat_s=1.0):
    return counted(np.arange(first, lasting, beat_s), metre=4, one=0)


@pytest.fixture(scope="module")
def plies():
    """Twelve pliés with their bottoms at 2, 4, ... 24 s."""
    return moving(demi_plie(counts=2.0))


@pytest.fixture(scope="module")
def degages():
    """Twelve dégagés, the leg out at 1.48 s and every 2 s after, and a wait."""
    wait = (KeyPose("wait", 0.6),)
    return moving((*degage("left", "devant", counts=1.4), *wait))


def of(found, measure, moment=None):
    return [
        one
        for one in found.measurements
        if one.measure == measure and moment in (None, one.moment)
    ]


@pytest.mark.parametrize("late", [-0.2, 0.0, 0.15])
def test_lateness_is_against_the_counts(plies, late):
    found = musicality(plies, every_count(27.0, -late))
    (one,) = of(found, "beat_offset", "plie")
    assert one.value == pytest.approx(late, abs=0.02)
    low, high = one.interval90
    assert low <= late <= high
    assert (one.unit, one.side) == ("s", None)
    assert one.span.start_s == pytest.approx(2.0, abs=0.02)
    first, last = one.evidence
    assert (first / 60.0, last / 60.0) == (
        pytest.approx(one.span.start_s, abs=0.02),
        pytest.approx(one.span.end_s, abs=0.02),
    )


def test_who_is_steady_is_said_to_be(plies):
    found = musicality(plies, every_count(27.0))
    (spread,) = of(found, "beat_offset.steadiness", "plie")
    (together,) = of(found, "beat_offset.consistency", "plie")
    assert spread.value < 0.02
    assert together.value > 0.98
    assert together.interval90[1] <= 1.0


def test_each_eight_has_its_own_lateness():
    movement = moving(demi_plie(counts=1.0), times=24)
    found = of(musicality(movement, every_count(27.0, 0.5)), "beat_offset.phrase")
    assert [one.moment for one in found] == ["phrase 1", "phrase 2", "phrase 3"]
    assert all(abs(one.value) < 0.03 for one in found)


def test_both_scores_stand_beside_chance(plies):
    found = musicality(plies, every_count(27.0))
    for form, expected in (("per_movement", 1.0), ("per_count", 12.0 / 27.0)):
        (score,) = of(found, f"beat_alignment.{form}")
        (chance,) = of(found, f"beat_alignment.{form}_chance")
        assert score.value == pytest.approx(expected, abs=0.05)
        assert score.value > chance.interval90[1] > chance.value


def test_who_is_steadily_late_is_late_and_has_no_score(plies):
    found = musicality(plies, every_count(27.0, -0.2))
    assert of(found, "beat_offset", "plie")
    assert of(found, "beat_alignment.per_movement") == []
    (why,) = [n for n in found.not_judged if n.measure == "beat_alignment.per_movement"]
    assert "chance" in why.reason


def test_tempi_that_go_together_are_not_apart(plies):
    found = musicality(plies, every_count(27.0))
    (apart,) = of(found, "tempo_shape.apart")
    assert apart.interval90[0] <= 0.0 <= apart.interval90[1]
    assert abs(apart.value) < 0.1
    (why,) = [n for n in found.not_judged if n.measure == "tempo_shape.lag"]
    assert "tempo" in why.reason


def test_accents(degages):
    top = 1.0 + 0.48 * 1.4
    out = of(musicality(degages, every_count(26.0, top - 1.0)), "accent")
    closed = 1.0 + 0.82 * 1.4
    into = of(musicality(degages, every_count(26.0, closed - 1.0)), "accent")
    assert len(out) == len(into) == 12
    assert {(one.value, one.side, one.unit) for one in out} == {
        ("out", "left", "label")
    }
    assert {one.interval90 for one in out} == {("out", "out")}
    assert {one.value for one in into} == {"in"}


def test_kinds_that_are_differently_late_have_no_number_together(degages):
    found = musicality(degages, every_count(26.0, 0.6))
    assert of(found, "beat_offset", "extension")
    assert of(found, "beat_offset", "arrival") == []
    assert any("kinds" in n.reason for n in found.not_judged)


def test_to_other_music_nothing_is_said(plies):
    found = musicality(plies, every_count(27.0, 0.13, 0.73))
    assert found.measurements == ()
    assert [one.measure for one in found.not_judged] == list(MEASURES)
    assert all("chance" in one.reason for one in found.not_judged)


def test_half_way_between_counts_it_is_not_said_which_way(plies):
    found = musicality(plies, every_count(27.0, 0.45, 2.0))
    (one,) = of(found, "beat_offset", "plie")
    assert one.value == pytest.approx(-0.45, abs=0.02)
    found = musicality(plies, every_count(27.0, -0.95, 2.0))
    assert of(found, "beat_offset") == []
    assert any("as well late" in one.reason for one in found.not_judged)


def test_one_camera_tells_less_surely(plies):
    camera = Camera(heading=20.0, distance=6.0)
    filmed = body_of(seen(plies.body.time, dict(plies.body.points), camera))
    found = musicality(movement_of(filmed), every_count(27.0))
    (one,) = of(found, "beat_offset", "plie")
    (exact,) = of(musicality(plies, every_count(27.0)), "beat_offset", "plie")
    assert one.value == pytest.approx(0.0, abs=0.03)
    assert np.diff(one.interval90) > 2.0 * np.diff(exact.interval90)


def why(found):
    assert found.measurements == ()
    assert [one.measure for one in found.not_judged] == list(MEASURES)
    (reason,) = {one.reason for one in found.not_judged}
    assert all(one.how_to_film for one in found.not_judged)
    return reason


def test_a_slow_film_is_not_judged():
    slow = moving(demi_plie(), fps=30.0)
    assert "needs 50 frames a second" in why(musicality(slow, every_count(27.0)))


def test_without_enough_counts_or_arrivals_it_says_so(plies):
    none = np.empty(0)
    whole = np.empty(0, dtype=np.int64)
    empty = Counts(none, whole, whole, whole, none)
    assert "there are 0" in why(musicality(plies, empty))
    assert "there are 3" in why(musicality(plies, every_count(7.5, 0.0, 0.5)))
    far = every_count(27.0)
    far = replace(far, time_s=far.time_s + 100.0)
    assert "there are 0" in why(musicality(plies, far))


def test_a_recording_that_begins_elsewhere_is_the_same(plies):
    counts = every_count(27.0, -0.1)
    body = replace(plies.body, time=plies.body.time + 40.0)
    here = musicality(plies, counts)
    there = musicality(
        movement_of(body), counts.moved(counts.time_s + 40.0, counts.confidence)
    )
    for one, other in zip(here.measurements, there.measurements, strict=True):
        assert one.measure == other.measure
        assert one.value == pytest.approx(other.value, abs=1e-3)
