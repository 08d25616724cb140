"""curves.csv: what it holds, and where its cells are empty."""

import csv
import io

import pytest

from repetiteur.report.curves import COLUMNS, curves_csv
from unit.report import charted


def rows(*courses):
    return list(csv.DictReader(io.StringIO(curves_csv(courses))))


def test_a_row_for_each_moment_of_each_measure():
    leg, head = (
        charted.course(2.0),
        charted.course(1.0, measure="head_pitch", side=None),
    )
    found = rows(leg, head)
    assert len(found) == leg.reference_s.size + head.reference_s.size
    assert (found[0]["measure"], found[0]["side"]) == ("leg_elevation", "left")
    assert (found[-1]["measure"], found[-1]["side"]) == ("head_pitch", "")
    for row, at, value in zip(found, leg.reference_s, leg.take, strict=False):
        assert float(row["reference_s"]) == pytest.approx(at, abs=6e-4)
        assert float(row["take"]) == pytest.approx(value, abs=6e-3)
        assert row["low"] == row["high"] == row["reference"]


def test_cells_are_empty_where_nothing_was_judged():
    found = rows(charted.course(2.0, blind=(0.5, 1.0)))
    for row in found:
        blind = 0.499 <= float(row["reference_s"]) <= 1.001
        assert (row["take"] == "") is blind
        assert (row["reference"] == "") is blind


def test_edges_of_several_references():
    (first, *_) = rows(charted.several(charted.course(2.0)))
    assert (first["low"], first["high"]) == ("2", "14")


def test_without_notes_on_shape_the_heading_stands_alone():
    assert curves_csv(()) == ",".join(COLUMNS) + "\n"
