"""Counts for people: a row for each phrase."""

from __future__ import annotations

import numpy as np

from repetiteur.model.counts import counted
from repetiteur.report.counts import COLUMNS, counts_json, phrase_rows, summary
from repetiteur.report.exports import to_json


def test_a_row_for_each_phrase_and_one_for_pick_ups():
    counts = counted(1.0 + np.arange(21) * 0.5, metre=3, one=2)
    rows = phrase_rows(counts)
    assert [row[0] for row in rows] == ["pick-up", "1", "2", "3", "4"]
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert rows[1] == ["1", "2.00", "4.50", "1–2", "6", "120", "1.00"]
    assert rows[4][3:6] == ["7", "1", ""]


def test_what_is_less_sure_is_counted():
    sure = np.array([0.9, 0.2, 0.6])
    counts = counted(np.arange(3.0), metre=4, one=0, confidence=sure)
    assert "3 counts, 1 of them less sure than 0.5" in summary(counts)


def test_the_document_is_json():
    found = counts_json(counted(np.arange(3.0), metre=4, one=0))
    assert "NaN" not in to_json(found)
    assert [row["count"] for row in found["counts"]] == [1, 2, 3]
