"""What is known of a measure, for people."""

from __future__ import annotations

import pytest

from repetiteur.report.about import about, names, near
from repetiteur.technique.background import background_of
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import measures


@pytest.mark.parametrize("id", sorted({one.id for one in measures()}))
def test_every_measure_is_told(id):
    title, *rest = about(id)
    assert title.endswith(f"({id})")
    assert any(line.startswith("Needs ") for line in rest)


def test_a_name_stands_for_its_components():
    said = "\n".join(about("turn_rate"))
    assert "turn_rate.mean" in said
    assert "turn_rate.peak" in said


def test_only_what_was_read_is_told_as_published():
    norms = background_of("turn_rate").norms
    assert {norm.evidence for norm in norms} == {"A", "B"}
    said = "\n".join(about("turn_rate"))
    for norm in norms:
        assert (norm.source in said) == (norm.evidence == "A")
    assert "Background, no mark" in said


def test_what_no_measure_is_called_has_nothing():
    assert about("turn_cuont") == []


@pytest.mark.parametrize("asked", names())
def test_nothing_is_told_that_has_no_words(asked):
    said = about(asked)
    assert said
    assert not any(line.rstrip(".").endswith(":") for line in said)
    assert not any("{" in line for line in said)


def test_a_name_of_several_tells_which_way_each_of_them_grows():
    said = about("spotting")
    assert "Larger, spotting.snap: head whips faster than the trunk." in said
    assert "Larger: head whips faster than the trunk." in about("spotting.snap")
    assert sum(line.startswith("Larger") for line in said) == 5


def test_one_sense_of_all_components_is_said_once():
    said = [line for line in about("symmetry_index") if line.startswith("Larger")]
    assert said == ["Larger: less alike."]


def test_a_name_does_not_grow():
    said = about("turn_sense")
    assert not any(line.startswith("Larger") for line in said)
    assert any(line.startswith("Says: en dehors is") for line in said)


@pytest.mark.parametrize("id", [one.id for one in curves()])
def test_a_curve_says_that_performances_are_compared_by_it(id):
    (line,) = [line for line in about(id) if "a curve over all frames" in line]
    assert "two performances are compared by it" in line
    assert not any("curve over all frames" in line for line in about("turn_rate"))


def test_what_comes_of_a_comparison_alone_is_told():
    title, formula, *_ = about("pose_distance")
    assert title == "Distance of the pose from the reference (pose_distance)"
    assert "compared" in formula


def test_what_somebody_may_have_meant():
    assert near("leg_elevaton", names()).startswith("near to it: leg_elevation")
    nothing = near("qqqq", names())
    assert "turn_rate" in nothing
    assert "turn_rate.mean" not in nothing
