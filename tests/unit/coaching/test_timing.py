"""Rows of lateness: one a count, or one a second."""

from dataclasses import replace

import numpy as np

from repetiteur.coaching.placing import counted_notes
from repetiteur.coaching.timeline import Timeline
from repetiteur.coaching.timing import against, count_at, rows
from repetiteur.coaching.wording import wording
from repetiteur.model.counts import counted
from repetiteur.model.findings import Span
from unit.report import small_rehearsal as made

STEP = 1 / 60
COUNTS = counted(2.0 + 0.6 * np.arange(16), metre=4, one=4)


def line(seconds=14.0, sd=0.01, to_music=None):
    time = np.arange(0.0, seconds, STEP)
    return Timeline(
        reference_s=time,
        take_s=time,
        late_s=0.01 * time,
        late_sd_s=np.full(time.size, sd),
        support=np.zeros(time.size, np.int8),
        to_music=to_music,
    )


def test_without_counts_there_is_a_row_a_second():
    found = list(rows(line()))
    assert [row.count for row in found] == [str(k) for k in range(15)]
    assert {row.against for row in found} == {"reference"}


def test_with_counts_there_is_a_row_a_count_and_elsewhere_a_second():
    found = list(rows(line(), COUNTS))
    named = [row.count for row in found if "·" in row.count]
    assert named == COUNTS.label.tolist()
    assert named[:5] == ["0·5", "0·6", "0·7", "0·8", "1·1"]
    assert [row.count for row in found][:2] == ["0", "1"]
    for row in found:
        if row.count == "1·3":
            assert abs(row.reference_s - (2.0 + 0.6 * 6)) <= 0.3 + STEP


def test_each_frame_of_a_row_is_nearest_to_its_count():
    for row in rows(line(), COUNTS):
        if "·" in row.count:
            assert count_at(row.reference_s, COUNTS) == row.count


def test_a_count_that_tells_no_time_has_no_row():
    vague = line()
    sd = vague.late_sd_s.copy()
    sd[(vague.reference_s > 4.05) & (vague.reference_s < 4.75)] = np.inf
    names = [row.count for row in rows(replace(vague, late_sd_s=sd), COUNTS)]
    assert "1·1" not in names
    assert "1·2" in names


def test_each_row_says_what_it_counts_from():
    half = line().reference_s < 7.0
    found = list(rows(line(to_music=half), COUNTS))
    assert {row.against for row in found if row.reference_s < 6.9} == {"music"}
    assert {row.against for row in found if row.reference_s > 7.1} == {"reference"}
    assert against(line(to_music=half), 0, 10) == "music"


def test_a_note_is_on_its_count_and_late_on_the_music():
    note = made.note(
        measure="timing_path",
        kind="late",
        side=None,
        at_reference_s=2.0 + 0.6 * (4 + 12 - 8),
        reference=Span(6.0, 7.2),
    )
    everywhere = np.ones(line().reference_s.size, dtype=bool)
    words = wording("en")
    (heard,) = counted_notes([note], line(to_music=everywhere), COUNTS, words)
    assert (heard.count, heard.against) == ("1·5", "music")
    assert heard.place == "first eight, count 5"
    assert "to the same music" in heard.reason
    (seen,) = counted_notes([note], line(), None, words)
    assert (seen.count, seen.against) == (None, "reference")
    assert "music" not in seen.reason + seen.text


def test_a_note_far_from_all_counts_keeps_its_seconds():
    note = made.note(at_reference_s=0.2, reference=Span(0.0, 0.4))
    (found,) = counted_notes([note], line(), COUNTS, wording("en"))
    assert found.count is None
    assert " s" in found.place


def test_a_piece_that_begins_with_no_counts_goes_by_seconds():
    nobody = counted(100.0 + np.arange(8.0), metre=4, one=0)
    assert [row.count for row in rows(line(3.0), nobody)] == ["0", "1", "2", "3"]
