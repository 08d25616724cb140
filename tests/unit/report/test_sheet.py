"""What was measured as people read it."""

from __future__ import annotations

import pytest

from danced_again import measurement
from repetiteur.model.findings import Measured, NotJudged, Span
from repetiteur.report.sheet import COLUMNS, FLAT, SUMMED, sheet


def plies(count, **words):
    """A plié a second, two values each."""
    return [
        measurement(10.0 + k, at=float(k), measure=name, **words)
        for k in range(count)
        for name in ("knee_flexion", "aplomb.pitch")
    ]


def test_a_heading_for_each_moment_in_order_of_time():
    made = sheet(Measured(tuple(plies(2))))
    assert not made.flat
    assert not made.summed
    assert [part.heading for part in made.moments] == [
        "0.00–0.50 s · plié",
        "1.00–1.50 s · plié",
    ]
    row = dict(zip(COLUMNS, made.moments[1].rows[0], strict=True))
    assert row["value"] == "11.0°"
    assert row["90 % interval"] == "10.9 to 11.1"
    assert (row["measure"], row[""]) == ("knee_flexion", "Bend of the knee")


def test_a_turn_is_called_by_its_way_and_its_sense():
    words = {"moment": "turn"}
    made = sheet(
        Measured(
            (
                measurement(500.0, measure="turn_rotation", side="right", **words),
                measurement(
                    "en_dehors",
                    measure="turn_sense",
                    side="left",
                    unit="label",
                    **words,
                ),
            )
        )
    )
    (part,) = made.moments
    assert part.heading == "0.00–0.50 s · turn · right, en dehors"
    assert [row[-1] for row in part.rows] == ["turn_rotation"]


def test_the_other_side_has_the_name_above_it():
    words = {"measure": "knee_flexion"}
    left, right = (measurement(50.0, side=side, **words) for side in ("left", "right"))
    (part,) = sheet(Measured((left, right))).moments
    assert [row[:2] for row in part.rows] == [
        ("Bend of the knee", "left"),
        ("", "right"),
    ]


def test_a_name_that_is_a_value_has_its_row():
    words = {"measure": "arm_position", "moment": "gesture", "unit": "label"}
    other = measurement(5.0, measure="aplomb.pitch", moment="gesture")
    (part,) = sheet(Measured((measurement("front", **words), other))).moments
    assert part.rows[0][2] == "front"
    assert "front" not in part.heading


def test_values_that_stand_alone_have_a_line_each():
    made = sheet(Measured(tuple(plies(3))[::2]))
    assert not made.moments
    seconds, moment, name, *_ = made.flat[1]
    assert (seconds, moment, name) == ("1.00–1.50", "plié", "Bend of the knee")
    assert all(len(row) == len(FLAT) for row in made.flat)


def test_a_long_recording_is_summarised():
    stance = measurement(3.0, at=2.2, measure="knee_flexion", moment="stance")
    found = Measured((*plies(150, side="left"), stance))
    made = sheet(found)
    (part,) = made.summed
    assert part.heading == "0.00–149.50 s · 150 pliés"
    row = dict(zip(SUMMED, part.rows[0], strict=True))
    assert row["values"] == "150"
    assert row["median"] == "84.5°"
    assert row["lowest to highest"] == "10.0 to 159.0"
    assert row["each ±"] == "0.1°"
    assert len(made.flat) == 1
    everything = sheet(found, most_values=1000)
    assert not everything.summed
    assert len(everything.moments) == 151


def test_few_moments_are_never_summarised():
    many = [
        measurement(1.0, at=float(k), measure=f"m{n}")
        for k in range(3)
        for n in range(99)
    ]
    assert len(sheet(Measured(tuple(many))).moments) == 3


def test_names_are_counted_in_a_summary():
    words = {"measure": "turn_sense", "moment": "turn", "unit": "label"}
    senses = ["en_dehors"] * 150 + ["en_dedans"] * 60
    found = [measurement(one, at=float(k), **words) for k, one in enumerate(senses)]
    (part,) = sheet(Measured(tuple(found))).summed
    row = dict(zip(SUMMED, part.rows[0], strict=True))
    assert row["lowest to highest"] == "150 en dehors, 60 en dedans"


def test_directions_are_summarised_around_the_circle():
    words = {"measure": "leg_azimuth", "moment": "gesture", "side": "left"}
    found = [
        measurement(-178.0 if k % 2 else 178.0, at=float(k), **words)
        for k in range(201)
    ]
    (part,) = sheet(Measured(tuple(found))).summed
    row = dict(zip(SUMMED, part.rows[0], strict=True))
    assert row["lowest to highest"] == "178.0 to 182.0"


def test_shares_are_written_in_hundreds():
    depth = measurement(0.1853, unit="ratio", half=0.0326)
    (row,) = sheet(Measured((depth,))).flat
    assert row[-3:] == ("18.5%", "15.2 to 21.8", "")


def test_a_reason_is_said_once_with_its_times():
    once, twice = Span(4.1, 5.0), Span(6.0, 7.0)
    spans = (once, twice, Span(8.0, 9.0), Span(10.0, 11.0), Span(12.0, 13.0))
    lacking = (
        NotJudged("plie_depth", "Cut.", "Go on.", (once,)),
        NotJudged("knee_over_toe", "Unsure.", "", spans[:2]),
        NotJudged("knee_flexion", "Unsure.", "", spans[1:]),
        NotJudged("turn_count", "No turn.", ""),
    )
    depth = measurement(1.0, at=4.1, measure="aplomb.pitch")
    found = Measured((depth,), lacking)
    assert sheet(found).lacking == (
        "Depth of the plié at 4.10 s. Cut. Go on.",
        "Knee over toe; Bend of the knee at 4.10 s, 6.00 s, 8.00 s and 2 more. Unsure.",
        "Number of turns. No turn.",
    )


@pytest.mark.parametrize("measure", ["somebodys_own", "plie_depth"])
def test_a_measure_of_another_package_is_called_by_its_id(measure):
    (row,) = sheet(Measured((measurement(1.0, measure=measure),))).flat
    assert row[2] == {"plie_depth": "Depth of the plié"}.get(measure, measure)


def test_a_ratio_that_is_no_share_is_a_number():
    words = {"measure": "spotting.snap", "moment": "turn", "unit": "ratio"}
    snap = measurement(2.651, half=0.17, **words)
    (row,) = sheet(Measured((snap,))).flat
    assert row[-3:] == ("2.65 ", "2.48 to 2.83", "times")
    many = [measurement(2.0 + k, at=float(k), half=0.2, **words) for k in range(5)]
    (part,) = sheet(Measured(tuple(many)), most_values=1).summed
    row = dict(zip(SUMMED, part.rows[0], strict=True))
    assert (row["median"], row["lowest to highest"]) == ("4.00 ", "2.00 to 6.00")
    assert (row["unit"], row["each ±"]) == ("times", "0.20")
