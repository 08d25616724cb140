"""The demo: its three faults and nothing else; without them, nothing."""

import pytest

from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.synthetic.demo import (
    demo_reference,
    demo_take,
    demo_take_without_faults,
    demo_truth,
)


@pytest.fixture(scope="module")
def reference():
    return recording_from_poses(demo_reference(), "reference")


@pytest.fixture(scope="module")
def found(reference):
    return rehearse(reference, recording_from_poses(demo_take(), "take"))


def test_names_exactly_the_planted_faults(found):
    named = {(n.measure, n.side, n.kind) for n in found.findings.notes}
    planted = {(t.measure, t.side, t.kind) for t in demo_truth()}
    assert named == planted
    assert len(found.findings.notes) == len(planted) == 3


@pytest.mark.parametrize("truth", demo_truth(), ids=lambda t: t.measure)
def test_the_truth_lies_in_the_interval_and_in_the_place(found, truth):
    (note,) = [n for n in found.findings.notes if n.measure == truth.measure]
    low, high = note.difference.interval90
    assert low <= truth.value <= high
    assert note.difference.beyond_floor
    assert note.reference.start_s < truth.end_s
    assert note.reference.end_s > truth.start_s
    shared = min(note.reference.end_s, truth.end_s) - max(
        note.reference.start_s, truth.start_s
    )
    assert shared > 0.6 * (truth.end_s - truth.start_s)


def test_natural_variation_is_no_fault(reference):
    take = recording_from_poses(demo_take_without_faults(), "take")
    found = rehearse(reference, take)
    assert found.findings.notes == ()
    assert len(found.findings.timing) > 15, "silence would pass without this"
    assert found.alignment.confidence > 0.95


def test_faults_are_found_on_the_other_side_too(reference, found):
    turned = recording_from_poses(demo_take(), "take").unmirrored()
    other = rehearse(reference, turned)
    assert other.alignment.side == "mirrored"
    swap = {"left": "right", "right": "left", None: None}
    assert {(n.measure, n.side, n.kind) for n in other.findings.notes} == {
        (n.measure, swap[n.side], n.kind) for n in found.findings.notes
    }


def test_tempo_and_offset_are_those_of_the_demo(found):
    assert found.alignment.tempo_ratio == pytest.approx(1 / 0.93, rel=0.005)
    assert found.alignment.start_offset_s == pytest.approx(0.8, abs=0.05)
