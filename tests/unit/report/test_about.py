"""What is known of a measure, for people."""

from __future__ import annotations

import pytest

from repetiteur.report.about import about
from repetiteur.technique.background import background_of
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
