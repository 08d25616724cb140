"""The correction ledger: in notes.json, on the page, on a terminal."""

import json
from dataclasses import replace

import pytest

from repetiteur.coaching.ledger import change
from repetiteur.model.findings import Change, Correction, Difference, Span
from repetiteur.report.earlier import (
    change_words,
    earlier_json,
    ledgers,
    lines,
    size_words,
)
from repetiteur.report.exports import notes_json, to_json
from repetiteur.report.page import render
from unit.report import small_rehearsal as made

THEN = Difference(-12.12, "deg", (-15.84, -8.4), 5.2)
NASTY = "</table><script>alert('x')</script>\x1b[31m.bvh"


def correction(state="improved", now=-7.1, **changes):
    gap = None if now is None else Difference(now, "deg", (now - 1.6, now + 1.6), 4.9)
    fields = {
        "source": "monday.bvh",
        "note": "n1",
        "measure": "leg_elevation",
        "side": "left",
        "reference": Span(3.9, 5.4),
        "state": state,
        "then": THEN,
        "now": gap,
        "change": None if gap is None else change(THEN, gap),
        "reason": "" if gap else "It is not measured in this take.",
    }
    return Correction(**{**fields, **changes})


ALL = (
    correction("improved", -1.0),
    correction("improved", -7.1, note="n2"),
    correction("kept", -12.0, note="n3"),
    correction("lost", -30.0, note="n4"),
    correction("not_seen", None, note="n5"),
)


def rehearsal(found=ALL):
    return made.rehearsal(found=made.findings(earlier=found))


def test_notes_json_is_the_contract():
    document = json.loads(to_json(notes_json(rehearsal(ALL[1:2]))))
    assert document["earlier"] == [
        {
            "source": "monday.bvh",
            "note": "n2",
            "state": "improved",
            "measure": "leg_elevation",
            "side": "left",
            "reference": {"start_s": 3.9, "end_s": 5.4},
            "change": {"value": 5.0, "unit": "deg", "interval90": [1.0, 9.1]},
            "then": {
                "value": -12.1,
                "unit": "deg",
                "interval90": [-15.8, -8.4],
                "floor": 5.2,
            },
            "now": {
                "value": -7.1,
                "unit": "deg",
                "interval90": [-8.7, -5.5],
                "floor": 4.9,
            },
        }
    ]


def test_what_is_not_seen_has_a_reason_and_no_numbers_and_nothing_is_null():
    (entry,) = earlier_json(ALL[-1:])
    assert entry["state"] == "not_seen"
    assert entry["reason"]
    assert not {"now", "change"} & entry.keys()


def test_earlier_is_there_when_it_was_asked_for_and_not_else():
    assert notes_json(rehearsal(()))["earlier"] == []
    assert "earlier" not in notes_json(made.rehearsal())


@pytest.mark.parametrize(
    ("low", "high"), [(0.04, 3.0), (-3.0, -0.04), (-0.02, 3.0), (-3.0, 0.003)]
)
def test_rounding_leaves_an_end_on_its_side_of_nothing(low, high):
    found = Change(0.5 * (low + high), "deg", (low, high))
    (entry,) = earlier_json([correction(change=found)])
    ends = entry["change"]["interval90"]
    assert [end > 0 for end in ends] == [low > 0, high > 0]
    assert 0.0 not in ends


def test_rounding_leaves_what_is_gone_within_the_floor():
    now = Difference(-1.0, "deg", (-4.97, 2.97), 4.98)
    (entry,) = earlier_json([replace(ALL[0], now=now, change=change(THEN, now))])
    assert max(map(abs, entry["now"]["interval90"])) < entry["now"]["floor"]


def test_the_page_says_each_with_its_word_and_its_interval():
    page = render(rehearsal())
    for said in ("kept", "improved", "lost", "not seen", "Since monday"):
        assert said in page
    assert "5° nearer</b> <span>1° to 9°" in page
    assert "It is not measured in this take." in page


def test_the_page_has_no_such_part_without_an_earlier_rehearsal():
    assert "h-since" not in render(made.rehearsal(found=made.findings(earlier=None)))


def test_an_earlier_rehearsal_without_notes_is_said():
    page = render(made.rehearsal(found=made.findings(earlier=())))
    assert "No note was given then" in page
    assert "<caption>" not in page


def test_names_from_files_stay_text():
    nasty = correction(source=NASTY, measure=NASTY)
    page = render(rehearsal((nasty,)))
    assert "<script>alert" not in page
    assert page.count("<table") == render(rehearsal(ALL[:1])).count("<table")


def test_each_earlier_take_has_its_table():
    found = ledgers([*ALL[:2], correction(source="tuesday.bvh")])
    assert [(one.title, len(one.rows)) for one in found] == [
        ("monday", 2),
        ("tuesday", 1),
    ]


def test_two_earlier_takes_of_one_name_have_a_table_each():
    found = ledgers([*ALL[:3], *ALL[:2]])
    assert [(one.title, len(one.rows)) for one in found] == [
        ("monday (1)", 3),
        ("monday (2)", 2),
    ]


def test_each_state_has_its_sign_and_what_is_gone_is_said():
    (ledger,) = ledgers(ALL)
    assert [(row.sign, row.state) for row in ledger.rows] == [
        ("↓", "improved, now within the noise"),
        ("↓", "improved"),
        ("=", "kept"),
        ("↑", "lost"),
        ("/", "not seen"),
    ]


def test_lines_for_a_terminal():
    said = lines(ALL[1:2] + ALL[-1:])
    assert said == [
        "Since monday:",
        "↓  Improved. Height of the leg, left, at 3.9 s of the reference: "
        "12° lower (90 %: 8° to 16°) then, 7° lower (90 %: 6° to 9°) now; "
        "5° nearer (90 %: 1° to 9°).",
        "/  Not seen. Height of the leg, left, at 3.9 s of the reference: "
        "It is not measured in this take.",
    ]


def test_a_change_is_seen_from_what_was_to_be_corrected():
    above = Difference(9.0, "deg", (6.0, 12.0), 5.0)
    now = Difference(4.0, "deg", (1.0, 7.0), 5.0)
    nearer = change_words(above, now, Change(-5.0, "deg", (-9.0, -1.0)))
    assert nearer == ("5° nearer", "1° to 9°")
    further = change_words(above, above, Change(3.0, "deg", (-1.0, 7.0)))
    assert further == ("3° further", "−1° to +7°")
    over = Difference(-20.0, "deg", (-23.0, -17.0), 5.0)
    across = change_words(above, over, Change(-29.0, "deg", (-33.0, -25.0)))
    assert across.main == "29° across it"
    assert size_words("leg_elevation", above) == ("9° higher", "6° to 12°")


@pytest.mark.parametrize(
    ("state", "words"),
    [("improved", "nearer to the reference"), ("lost", "further from the reference")],
)
def test_a_quality_is_nearer_and_not_better(state, words):
    gap = Difference(1.0, "%", (-3.0, 5.0), 20.0)
    one = correction(state, measure="effort_time.hands", side=None, then=gap, now=None)
    (row,) = ledgers([replace(one, now=gap, change=change(gap, gap))])[0].rows
    assert row.state == words
    assert row.sign not in "↓↑"
