"""What the page goes by: counts, and seconds where there are none."""

import numpy as np
import pytest

from repetiteur.model.counts import counted
from repetiteur.model.findings import Lateness, Span
from repetiteur.report.slots import slots_of

SPAN = Span(0.0, 16.0)
#: A pick-up of two, an eight, and three of the next; half a second each.
MARCH = counted(2.2 + 0.5 * np.arange(13), metre=4, one=2)


def row(name, at):
    return Lateness(name, at, at, 0.0, (-0.1, 0.1))


def test_counts_have_their_times_and_the_rest_is_seconds():
    found = slots_of(SPAN, MARCH)
    assert found.unit == "count"
    here = [k for k, name in enumerate(found.names) if "·" in name]
    assert [found.names[k] for k in here] == MARCH.label.tolist()
    assert found.at_s[here] == pytest.approx(MARCH.time_s)
    assert found.names[:2] == ("0", "1")
    assert found.names[-1] == "16"
    assert (np.diff(found.at_s) > 0).all()


def test_a_line_is_a_phrase():
    names = [one.name for one in slots_of(SPAN, MARCH).systems()]
    assert names[:4] == [
        "Seconds 0 to 2",
        "Before the first count",
        "Eight 1",
        "Eight 2",
    ]
    assert names[-1].startswith("Second")


def test_a_waltz_has_phrases_and_no_eights():
    waltz = counted(np.arange(0.0, 6.0, 0.5), metre=3, one=0)
    lines = slots_of(Span(0.0, 5.5), waltz).systems()
    assert [(one.name, one.many) for one in lines] == [("Phrase 1", 6), ("Phrase 2", 6)]
    assert [one.begins for one in lines] == ["phrase 1", "phrase 2"]


def test_all_lines_fit_into_the_longest():
    found = slots_of(SPAN, MARCH)
    for one in found.systems():
        lasts = found.edges[one.first + one.many] - found.edges[one.first]
        assert lasts <= found.longest_s + 1e-9
    assert slots_of(SPAN).longest_s == 8.0


def test_a_row_stands_for_its_slot_though_it_lies_beyond_its_edge():
    found = slots_of(SPAN, MARCH)
    for k, name in enumerate(found.names):
        assert found.of(row(name, float(found.at_s[k]))) == k
    five = found.names.index("1·5")
    late = float(found.edges[five + 1]) + 0.01
    assert found.of(row("1·5", late)) == five
    assert found.of(row("nothing", late)) == five + 1
    assert slots_of(SPAN).of(row("4", 4.46)) == 4


def test_what_has_no_row_was_not_judged():
    found = slots_of(SPAN, MARCH)
    rows = [row(name, at) for name, at in zip(found.names, found.at_s, strict=True)]
    (whole,) = found.judged(rows, SPAN)
    assert (whole.start_s, whole.end_s) == (0.0, 16.0)
    three = found.names.index("1·3")
    first, second = found.judged(rows[:three] + rows[three + 1 :], SPAN)
    assert second.start_s - first.end_s == pytest.approx(0.5)


def test_counts_of_another_place_leave_seconds():
    found = slots_of(SPAN, counted(99.0 + np.arange(4.0), metre=4, one=0))
    assert (found.unit, found.names) == ("second", slots_of(SPAN).names)


def test_a_recording_of_an_instant_has_one_slot():
    found = slots_of(Span(2.0, 2.1))
    assert found.names == ("2",)
    assert found.edges.tolist() == [1.5, 2.5]
    assert found.systems()[0].name == "Second 2"


def test_a_row_of_the_first_count_lies_in_its_line_though_it_reaches_far():
    """Counts reach as far as they last; the seconds before them end there."""
    slow = counted(4.0 + np.arange(4.0), metre=4, one=0)
    found = slots_of(Span(0.0, 12.0), slow)
    first, after = found.names.index("1·1"), found.names.index("1·4") + 1
    assert found.edges[first] == pytest.approx(3.0, abs=0.02)
    assert found.edges[after] == pytest.approx(8.0, abs=0.02)
